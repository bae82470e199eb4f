"""A desk whose synchroniser drives real engine, store and server, with the work and the road in the test's hands."""

from dataclasses import dataclass, field

from agent_app.ports import Work
from agent_app.store.changes import StoreChanges
from agent_app.sync.client import HttpNet, Server
from agent_app.sync.engine import Reply, Request
from agent_app.sync.schedule import Schedule
from agent_app.sync.status import SyncStatus
from agent_app.sync.synchroniser import Synchroniser
from server_sync.domain.commands import AddNote
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.wire.messages import PushRequest
from tests.agent_app.sync.office import Seat


class Road(Server):
    """The way to the real server in this process, for as long as nothing is `blocked` on it."""

    def __init__(self, seat: Seat) -> None:
        super().__init__(HttpNet("http://localhost"))
        self._seat = seat
        self.blocked: KnownError | None = None
        self.requests: list[Request] = []

    def exchange(self, request: Request) -> Reply:
        self.requests.append(request)
        if self.blocked is not None:
            raise self.blocked
        return self._seat.answer(request)


@dataclass
class Desk:
    """A seat with its synchroniser."""

    seat: Seat
    work: Work
    road: Road = field(init=False)
    sync: Synchroniser = field(init=False)
    changes: list[StoreChanges] = field(default_factory=list)
    statuses: list[SyncStatus] = field(default_factory=list)
    devices: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.road = Road(self.seat)
        self.sync = Synchroniser(
            self.work,
            self.seat.store,
            self.seat.engine,
            self.road,
            self.seat.clock,
            Schedule(0.5),
            self.changes.append,
            self.statuses.append,
            self.devices.append,
        )

    @property
    def status(self) -> SyncStatus:
        return self.statuses[-1]

    def tick(self, later: int = 0) -> None:
        """Time passes."""
        self.seat.clock.at += later
        self.sync.tick(self.seat.clock.now())

    def note(self, text: str) -> None:
        """Somebody writes into the timeline of the first customer."""
        ((customer,),) = self.seat.rows("SELECT id FROM customer ORDER BY id LIMIT 1")
        assert isinstance(customer, bytes)
        self.seat.do(AddNote(self.seat.ids.new(), customer, text, self.seat.clock.now()))
        self.sync.edited()

    def block(self, kind: ErrorKind | None) -> None:
        """From now on every request ends like this; None: the road is free."""
        self.road.blocked = None if kind is None else KnownError(kind)

    def sent(self) -> list[str]:
        """What was asked for since the last look."""
        kinds = ["push" if isinstance(one, PushRequest) else "pull" for one in self.road.requests]
        self.road.requests.clear()
        return kinds
