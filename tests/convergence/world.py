"""One schedule's world: a server, desks, the lines between them, and virtual time; what everybody does, and what has to
be true, stands elsewhere."""

from collections.abc import Callable, Mapping
from functools import cache, partial

from server_sync.accounts import devices
from server_sync.domain.clock import HOUR, MINUTE, SECOND
from server_sync.domain.commands import AdmitDevice, Update
from server_sync.domain.errors import KnownError
from server_sync.jobs import sweep as sweeping
from server_sync.store import changes
from tests import deciding
from tests.convergence import company, files, people, upgrades
from tests.convergence.crashes import Moments
from tests.convergence.desk_site import DeskSite
from tests.convergence.ledger import Ledger, Violated
from tests.convergence.memory import DeskMemory, ServerMemory, empty_desk
from tests.convergence.pulling import Grants, check_offers
from tests.convergence.schedule import Event, Schedule
from tests.convergence.server_site import ServerSite
from tests.convergence.timeline import SiteIds, Timeline
from tests.convergence.watch import Watch

HEALED_ROUNDS = 100
"""So many requests a desk may need after all is healed: eight tries of each mutation that the server cannot bear."""
HEALED_WITHIN = 90 * MINUTE
_LOOK_EVERY = 5 * SECOND
_HEALED_PAGE = 40
_LIVE_LANE = 2
_NIGHT = 26 * HOUR
_AT_EXCHANGE = (0.1, 0.8)
"""Which customers the people of each desk write of when the first and the next replica take another's place."""

Doing = Callable[["World", Event], str]


class World:
    """Everything that there is while a schedule runs."""

    def __init__(self, schedule: Schedule, doings: Mapping[str, Doing], *, traced: bool) -> None:
        setting = schedule.setting
        made = company.company(setting.company, setting.customers)
        self.schedule = schedule
        self.timeline = Timeline(4_000 + 60 * len(schedule.events), traced=traced)
        self.began_at = self.timeline.clock.at
        self.moments = Moments()
        self.ledger = Ledger()
        self.watch = Watch(self.ledger, self.timeline)
        self.organisation = made.organisation
        self.ids = SiteIds(_LIVE_LANE)
        database = _server_memory()
        database.begin_anew(made.image, self.ids)
        database.listen(self._moved)
        self.server = ServerSite(database, self.timeline.clock, setting.page_rows)
        self.server.on_answer = self.ledger.answered
        self.grants = Grants(database)
        self.server.on_given = self.grants.given
        self.sites = []
        for place, seat in enumerate(made.seats):
            memory = _desk_memory(place)
            memory.memory.fill(empty_desk())
            site = DeskSite(
                place, seat, memory, self.timeline, self.server, self.moments, self.watch.after_step
            )
            site.line.way = setting.ways[place]
            site.spread = setting.spreads[place]
            site.with_files = setting.files
            site.on_wipe = self._wiped
            site.at_exchange.extend(
                [partial(people.note, site, Event(0, "note", place, share, 0)) for share in _AT_EXCHANGE]
            )
            if setting.older[place]:
                upgrades.know_less(site)
            self.sites.append(site)
        self._doings = doings
        self._rest = 0

    @property
    def now(self) -> int:
        """The true time."""
        return self.timeline.clock.at

    def run(self) -> None:
        """All events, then the healing. Raises Violated."""
        for site in self.sites:
            site.start()
        before = 0
        for event in self.schedule.events:
            self.timeline.run_until(self.now + event.at - before + self._rest)
            self._rest = 0
            before = event.at
            self._do(event)
        self.timeline.run_until(self.now + SECOND + self._rest)
        while self.timeline.events < self.schedule.steps:
            self.timeline.run_until(self.now + MINUTE)
        if self.schedule.setting.night:
            self.timeline.note("a day passes")
            self.go_home(_NIGHT)
            self.timeline.run_until(self.now + _NIGHT)
        self._heal()

    def go_home(self, rest: int) -> None:
        """The programs are closed for so long, and nothing happens."""
        for site in self.sites:
            site.kill(rest)
        self._rest = rest

    def sign_in(self, site: DeskSite) -> str:
        """The person signs in anew on his desk."""
        person = site.person_id
        [(active,)] = self.server.memory.rows("SELECT active FROM person WHERE id = ?", (person,))
        if not active:
            return "is not let in"
        if site.wiped:
            site.begin_anew()
        site.know_device()
        try:
            with self.server.database.write(self.now) as tx:
                token = devices.issue(tx, person, site.device, site.name)
        except KnownError as error:
            return error.kind.value
        for one in self.sites:
            # A copy of a profile is the same device to the server.
            if one.device == site.device:
                one.use_token(token)
        site.start()
        return ""

    def admit(self, site: DeskSite) -> None:
        """The desk may have what its person may see, if it was refused before."""
        command = AdmitDevice(site.device)
        deciding.run_command(self.server.database, self.organisation.administrator, command, self.now)

    def excuse_lost(self, site: DeskSite, why: str) -> None:
        """Edits and files of this desk that are not here any more."""
        files = {row[0] for row in site.memory.rows("SELECT attachment_id FROM attachment_file")}
        self.ledger.files_gone |= self.ledger.files_of(site.name) - files
        self.excuse_edits(site, why)

    def excuse_edits(self, site: DeskSite, why: str) -> None:
        """Edits of this desk that are not here any more: nobody can have them, unless the server took them up."""
        here = self.watch.keys_at(site)
        known = {row[0] for row in self.server.memory.rows("SELECT args_hash FROM applied")}
        for edit in self.ledger.edits.values():
            if edit.desk == site.name and edit.key not in here:
                edit.gone_from_desk = True
                if edit.key not in known or self.ledger.told.get(edit.key) not in ("accepted", "merged"):
                    edit.excused = why

    def complete_files(self) -> set[bytes]:
        """The attachments of which the server has all bytes."""
        return {
            row[0] for row in self.server.memory.rows("SELECT id FROM attachment WHERE state = 'complete'")
        }

    def _do(self, event: Event) -> None:
        self.timeline.events += 1
        place = event.desk % len(self.sites)
        self.timeline.note(f"desk {place}  {event.what}")
        said = self._doings[event.what](self, Event(event.at, event.what, place, event.pick, event.more))
        if said:
            self.timeline.note(f"  {said}")
        self.watch.after_event(self.server)
        check_offers(self.sites, self.grants, company.POOL["lease_minutes"] * MINUTE)

    def _wiped(self, site: DeskSite) -> None:
        self.watch.forget(site)
        self.excuse_lost(site, "its desk was wiped")

    def _moved(self, partitions: frozenset[str]) -> None:
        for site in self.sites:
            if not partitions.isdisjoint(site.followed()):
                site.hint()

    def _heal(self) -> None:
        """Whatever is broken is repaired, nobody does anything more, and time passes."""
        self.timeline.note("all is healed")
        self.moments.disarm()
        self.server.down_until = 0
        self.server.backups.clear()
        # What its gate remembers of tokens may be a moment old.
        self.server.restart()
        self.server.page_rows = max(self.server.page_rows, _HEALED_PAGE)
        out = self.server.memory.rows("SELECT id FROM person WHERE NOT active ORDER BY id")
        with self.server.database.write(self.now) as tx:
            changes.write(tx, [Update("person", row[0], {"active": True}) for row in out])
        for site in self.sites:
            site.heal()
            site.know_device()
            self.admit(site)
            if site.line.translate is not None:
                upgrades.know_all(site)
            if site.wiped or not self.server.lets_in(site.line.token):
                self.sign_in(site)
            site.start()
        self._until_quiet()
        for site in self.sites:
            files.send_all_again(site)
        for site in self.sites:
            if site.damaged:
                # The next program of the day counts its rows soon.
                site.kill(0)
        if any(site.damaged for site in self.sites):
            self.timeline.run_until(self.now + 3 * MINUTE)
        with self.server.database.write(self.now) as tx:
            sweeping.sweep(tx, {})
        self._until_quiet()

    def _until_quiet(self) -> None:
        asked = {site.name: site.line.requests for site in self.sites}
        until = self.now + HEALED_WITHIN
        while True:
            self.timeline.run_until(self.now + _LOOK_EVERY)
            self.watch.after_event(self.server)
            for site in self.sites:
                # The order to wipe reached it just before it was admitted again; or another copy of it has its
                # name now.
                if site.wiped or not self.server.lets_in(site.line.token):
                    self.sign_in(site)
            restless = [site for site in self.sites if not site.is_in_step()]
            if not restless:
                return
            lost = [site for site in restless if site.line.requests - asked[site.name] > HEALED_ROUNDS]
            if lost or self.now > until:
                what = "; ".join(f"{site.name}: {site.doing()}" for site in lost or restless)
                raise Violated("after healing the outbox is soon empty", what)


@cache
def _server_memory() -> ServerMemory:
    return ServerMemory(SiteIds(0))


@cache
def _desk_memory(place: int) -> DeskMemory:
    return DeskMemory()
