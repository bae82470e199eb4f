"""One desk of a schedule: real engine, synchroniser and store, driven in virtual time; it can be killed, imaged and set
back. What its person does, and what goes wrong, stands elsewhere."""

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec

from agent_app.actions.desk import Desk
from agent_app.host.sealed_files import SealedFolder
from agent_app.ports import Lane
from agent_app.store.changes import StoreChanges
from agent_app.store.desk_state import recall, remember
from agent_app.store.lease import LeaseWatch
from agent_app.sync.attachments import Transfers
from agent_app.sync.carrier import Carrier
from agent_app.sync.client import Server
from agent_app.sync.pool import PoolOffice
from agent_app.sync.schedule import Schedule
from agent_app.sync.synchroniser import Synchroniser
from agent_app.sync.transfers import TransferRounds
from server_sync.domain.clock import SECOND
from server_sync.domain.commands import Actor
from server_sync.domain.errors import ErrorKind, KnownError
from tests.convergence import disk
from tests.convergence.company import Seat
from tests.convergence.crashes import Killed, Moments
from tests.convergence.desk_work import DeskEngine, LifeWork, Piece, Profile
from tests.convergence.ledger import Violated
from tests.convergence.line import Line
from tests.convergence.memory import DeskMemory, empty_desk
from tests.convergence.server_site import ServerSite
from tests.convergence.standing import ends_staging, followed, lacking
from tests.convergence.timeline import SiteIds, SkewedClock, Timeline

_FILES = frozenset({"attachment", "attachment_file"})


class DeskSite:
    """A person's computer. `after_step` is called when a step of the program may have changed the store."""

    def __init__(
        self,
        place: int,
        seat: Seat,
        memory: DeskMemory,
        timeline: Timeline,
        server: ServerSite,
        moments: Moments,
        after_step: Callable[["DeskSite"], None],
    ) -> None:
        assert seat.person.person_id is not None
        self.name = f"desk {place}"
        self.person_id = seat.person.person_id
        self.timeline = timeline
        self.memory = memory.memory
        self.store = memory.store
        self.clock = SkewedClock(timeline.clock)
        self.ids = SiteIds(16 + place)
        self.device = seat.device
        self.line = Line(timeline, server, moments, self._stray)
        self.line.token = seat.token
        self.spread = 0.5
        self.deaf = False
        self.damaged = False
        self.alive = False
        self.asked = False
        self.agreed = False
        self.agrees = False
        self.wiped = False
        self.on_wipe: Callable[[DeskSite], object] = lambda _: None
        self.images: list[Profile] = []
        self.clock_in_doubt = False
        """Its clock may have been set back while nobody could see it: no lease can be kept by it."""
        self.put_back = False
        """Another profile took the place of its own: numbers of edits may be used a second time."""
        self.files = SealedFolder(disk.empty(self.name))
        self.with_files = False
        self.transfers: TransferRounds | None = None
        self.meanwhile: deque[Callable[[], object]] = deque()
        """What the person does while replies are on their way, one before each."""
        self.at_exchange: deque[Callable[[], object]] = deque()
        """And while the last page is that another replica waits for (SYNC L4)."""
        self._person = seat.person
        self._server = server
        self._moments = moments
        self._requests_at_work = 0
        self._off_until = 0
        self._after_step = after_step
        self._life = 0
        self._planned: int | None = None
        self._ticked_at = 0
        self._hinted = False

    def start(self) -> None:
        """The program begins on what its store holds."""
        if self.alive or self.wiped or self.timeline.clock.at < self._off_until:
            return
        self.alive = True
        self._life += 1
        self._planned = None
        self._ticked_at = 0
        self._hinted = False
        self._schedule = Schedule(self.spread)
        self._lease = LeaseWatch(self.clock)
        self.know_device()
        self.engine = DeskEngine(self.device, self.actor, self.ids, self._differs, self._failed)
        self.synchroniser = Synchroniser(
            LifeWork(self, self._life),
            self.store,
            self.engine,
            Server(self.line),
            self.clock,
            self._schedule,
            self._changed,
            lambda _: None,
            self._become,
        )
        if self.with_files:
            self._start_transfers()
        self.plan_tick()

    def know_device(self) -> None:
        """Which device it is by its store: it may have become another just before it was stopped (SYNC P2)."""
        with self.store.read() as connection:
            device, token = recall(connection, "device"), recall(connection, "token")
        if device is not None and bytes.fromhex(device) != self.device:
            self.device, self.line.token = bytes.fromhex(device), token

    def _start_transfers(self) -> None:
        self._transfers_due = Schedule(self.spread)
        self.transfers = TransferRounds(
            LifeWork(self, self._life),
            self.store,
            Transfers(self.files),
            Carrier(self.line, self.files),
            self.clock,
            self._transfers_due,
            self._changed,
        )
        self.transfers.start()

    def kill(self, away: int) -> None:
        """The program ends without a word, and is started again after `away` ms."""
        self.alive = False
        self.transfers = None
        self._life += 1
        self._requests_at_work = 0
        self._off_until = max(self._off_until, self.timeline.clock.at + away)
        self.timeline.at(self._off_until, self.start)

    def profile(self) -> Profile:
        """A copy of the profile as it is on the disk."""
        image, files = self.memory.image(), disk.content_of(self.files.folder)
        older = self.line.translate is not None
        return Profile(image, files, self.device, self.line.token, older, self.damaged)

    def set_back(self, profile: Profile) -> None:
        """The profile is as it was when this copy was made; the program begins anew on it."""
        self.kill(0)
        # What it counted of its own running since is gone.
        self.clock_in_doubt = True
        self.memory.fill(profile.image)
        disk.fill(self.files.folder, profile.files)
        self.device, self.line.token = profile.device, profile.token
        self.damaged = profile.damaged

    def agree(self) -> None:
        """The person lets most of what is here go."""
        if self.alive and self.asked:
            self.asked, self.agreed = False, True
            self.synchroniser.allow_emptying()
            self.plan_tick()

    def begin_anew(self) -> None:
        """Somebody signs in where everything was wiped: another device, with nothing on it."""
        self.wiped = False
        self.device = self.ids.new()

    def use_token(self, token: str) -> None:
        """The person has signed in anew."""
        self.line.token = token
        with self.store.write() as connection:
            remember(connection, "token", token)

    def set_clock(self, skew: int) -> None:
        """The computer's clock is wrong by so much from now on. The program looks at it every second."""
        self._look(self._life)
        if not self.alive and skew < self.clock.skew:
            self.clock_in_doubt = True
        self.clock.skew = skew
        self.timeline.after(SECOND, self._look, self._life)

    def heal(self) -> None:
        """Nothing goes wrong here any more."""
        self._off_until = 0
        self.agrees = True
        self.agree()
        self.meanwhile.clear()
        self.line.faults.clear()
        self.line.file_faults.clear()
        self.line.cut_until = 0
        self.deaf = False
        self.set_clock(0)

    def followed(self) -> dict[str, int]:
        """The partitions that this desk may follow, with their heads: what the server's hints are about."""
        return followed(self._server.memory, self.person_id, self.device)

    def doing(self) -> str:
        """Why it is not in step, "" when it is."""
        if self.wiped:
            return ""
        files = self.files if self.with_files else None
        return lacking(self.memory, self._server.memory, self.followed(), files)

    def is_in_step(self) -> bool:
        """Whether it has nothing to send, waits for nothing, and has all that it may have."""
        if not (self.alive or self.wiped) or self._requests_at_work:
            return False
        return self.doing() == ""

    @property
    def desk(self) -> Desk:
        """The desk as its actions know it."""
        return Desk(self.store, self.clock, self.ids, self.actor(), self.device)

    def actor(self) -> Actor:
        """Who sits here, as the sign-in said."""
        return self._person

    def act(self, action: Callable[[Desk], object]) -> str:
        """The person does something; returns "" or why the desk refused it."""
        if not self.alive:
            return "the program is not running"
        try:
            with self._moments.runs(self.name):
                changes = action(self.desk)
        except KnownError as error:
            return error.kind.value
        except Killed as killed:
            self._die(killed)
            return "killed"
        finally:
            self._after_step(self)
        self.synchroniser.edited()
        if isinstance(changes, StoreChanges):
            self._changed(changes)
        self.plan_tick()
        return ""

    def hint(self) -> None:
        """The server says that something moved; several hints within a moment are one."""
        if (
            self.alive
            and not self.deaf
            and not self._hinted
            and self.timeline.clock.at >= self.line.cut_until
        ):
            self._hinted = True
            self.timeline.after(50 + self.line.way, self._hear, self._life)

    def plan_tick(self) -> None:
        """Look at the clock when the next round is due, but once a second at most."""
        now = self.timeline.clock.at
        next_round = self._schedule.due_at
        if self.transfers is not None:
            next_round = min(next_round, self._transfers_due.due_at)
        due = max(now + next_round - self.clock.now(), now, self._ticked_at + SECOND)
        if self.alive and self._planned != due:
            self._planned = due
            self.timeline.at(due, self._tick, self._life, due)

    def step_soon(self, life: int, piece: Piece) -> None:
        """The same in a moment."""
        self.timeline.after(1, self.step, life, piece)

    def step(self, life: int, piece: Piece) -> None:
        """A piece of work on the store's thread, and what follows on the main one."""
        if life != self._life:
            return
        try:
            with self._moments.runs(self.name):
                then = piece.do()
                self._after_step(self)
                then()
        except Killed as killed:
            self._die(killed)
            self._after_step(self)
        self.plan_tick()

    def carry(self, life: int, piece: Piece) -> None:
        """A request goes out; it arrives even if the program ends meanwhile."""
        self._requests_at_work += 1
        self.timeline.after(self.line.way, self._arrive, life, piece)

    def _arrive(self, life: int, piece: Piece) -> None:
        self.line.wait = 1
        then = piece.do()
        self.timeline.after(self.line.wait, self._deliver, life, then)

    def _deliver(self, life: int, then: "partial[object]") -> None:
        if life != self._life:
            return
        self._requests_at_work -= 1
        doings = self.at_exchange if ends_staging(self.memory, *then.args) else self.meanwhile
        if doings:
            doings.popleft()()
            if life != self._life:
                return
        then()
        self.plan_tick()

    def _stray(self, reply: msgspec.Struct) -> None:
        self.timeline.note(f"  {self.name} gets a stray {type(reply).__name__}")
        self.step(self._life, Piece(partial(self._receive, reply), lambda _: None, self._stray_failed))

    def _stray_failed(self, error: Exception) -> None:
        # It was the reply that this desk waits for: it will ask the person when it comes again (SYNC L5).
        if not (isinstance(error, KnownError) and error.kind is ErrorKind.SERVER_WOULD_EMPTY_DESK):
            raise error

    def _receive(self, reply: Any) -> None:
        with self.store.write() as connection:
            self.engine.receive(connection, reply, self.clock.now())

    def _changed(self, changes: StoreChanges) -> None:
        if self.transfers is not None and not changes.tables.isdisjoint(_FILES):
            self.transfers.nudge()

    def _differs(self, partitions: list[str]) -> None:
        """It holds other rows than the server (SYNC E2): right, if they were damaged, or if it cannot know all."""
        self.timeline.note(f"  {self.name} holds other rows of {len(partitions)} partitions")
        if not (self.damaged or self.line.translate):
            raise Violated("desks converge", f"{self.name} had other rows: {partitions}")

    def _failed(self, error: KnownError) -> None:
        if error.kind is ErrorKind.SERVER_WOULD_EMPTY_DESK:
            # It may speak of a reply from before he said so.
            self.asked, self.agreed = True, self.engine.may_empty
            if self.agrees:
                self.timeline.after(SECOND, self.agree)
        elif error.kind is ErrorKind.DEVICE_REVOKED and error.values.get("wipe") is True:
            self.timeline.after(1, self._wipe, self._life)

    def _wipe(self, life: int) -> None:
        """As the window does: at once, when nothing waits to be sent (SYNC E4)."""
        if life != self._life or self.memory.rows("SELECT 1 FROM outbox WHERE state = 'pending'"):
            return
        self.timeline.note(f"  {self.name} wipes itself")
        self.kill(0)
        self.wiped = True
        self.memory.fill(empty_desk())
        disk.fill(self.files.folder, {})
        self.on_wipe(self)

    def _become(self, device: bytes) -> None:
        self.timeline.note(f"  {self.name} is another device now")
        self.device = device

    def _hear(self, life: int) -> None:
        self._hinted = False
        if life == self._life:
            self.synchroniser.hinted()
            self.plan_tick()

    def pull(self, count: int) -> None:
        """The person wants tasks out of the pool."""
        if not self.alive:
            return
        office = PoolOffice(Server(self.line), lambda: self.device)
        work = LifeWork(self, self._life)
        work.run(lambda: office.take(count), lambda _: self.hint(), _unless_known, lane=Lane.NETWORK)

    def _look(self, life: int) -> None:
        if self.alive and life == self._life:
            with self.store.write() as connection:
                self._lease.look(connection)
            self.synchroniser.tick(self.clock.now())
            if self.transfers is not None:
                self.transfers.tick(self.clock.now())
            self.plan_tick()

    def _tick(self, life: int, due: int) -> None:
        if life == self._life and self._planned == due:
            self._planned = None
            self._ticked_at = due
            self._look(life)

    def _die(self, killed: Killed) -> None:
        self.timeline.note(f"  {self.name} killed at {killed.moment}")
        self.kill(500)


def _unless_known(error: Exception) -> None:
    if not isinstance(error, KnownError):
        raise error
