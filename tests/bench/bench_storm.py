"""Two hundred desks after an outage: each with work to send, on the program's own schedule of retries, with real
stores, pushes and pulls. The outage is stepped through, as nobody answers in it; after it time is real."""

import heapq
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from agent_app.actions.desk import Desk, record
from agent_app.store import outbox
from agent_app.store.database import Store, open_store
from agent_app.store.tables import ALL
from agent_app.sync.client import HttpNet
from agent_app.sync.client import Server as ServerOverHttp
from agent_app.sync.engine import Engine
from agent_app.sync.schedule import FIRST_LISTEN, LAST_LISTEN, LISTEN_SPREAD, Schedule, Waits, asked_wait
from server_sync.domain.clock import MINUTE, SECOND, SystemClock
from server_sync.domain.commands import AddNote
from server_sync.domain.errors import KnownError
from server_sync.domain.ids import SystemIds
from server_sync.domain.wire.messages import PullRequest, PushRequest
from tests.bench.desks import Server
from tests.bench.figures import percentile
from tests.bench.fleet import Member, make_fleet

DESKS = 200
TASKS = 50_000
EDITS = 20
OUTAGE = 10 * MINUTE
NETWORK_THREADS = 64
PATIENCE = 5 * MINUTE
"""Of the bench, should a desk never come back."""


@dataclass
class Seat:
    """One desk with its store, its engine and its waits."""

    member: Member
    store: Store
    engine: Engine
    server: ServerOverHttp
    schedule: Schedule
    listening: Waits
    back_at: int | None = None
    failures: Counter[str] = field(default_factory=Counter)


class Traffic:
    """When requests were answered and how long each took; from many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.took: list[float] = []
        self.per_second: Counter[int] = Counter()

    def note(self, begun: float, ended: float, since: float) -> None:
        """One request."""
        with self._lock:
            self.took.append((ended - begun) * 1_000)
            self.per_second[int(ended - since)] += 1


def run(desks: int | None) -> dict[str, Any]:
    """Times in seconds or ms from the moment when the server answers again."""
    desks = desks or DESKS
    with tempfile.TemporaryDirectory(prefix="huifang-bench-") as name:
        folder = Path(name)
        members = make_fleet(str(folder / "server.db"), desks, TASKS // desks)
        server = Server(folder / "server.db")
        try:
            seats = [
                _seat(folder / f"desk{place}", server.address, member, place / desks)
                for place, member in enumerate(members)
            ]
            with ThreadPoolExecutor(4) as pool:
                list(pool.map(_sync, seats))
            server.stop()
            with ThreadPoolExecutor(4) as pool:
                list(pool.map(_work_offline, seats))
            return {"desks": desks, "tasks": TASKS, "edits_a_desk": EDITS, **_come_back(server, seats)}
        finally:
            server.stop()


def _seat(folder: Path, address: str, member: Member, spread: float) -> Seat:
    net = HttpNet(address)
    net.token = member.token
    return Seat(
        member,
        open_store(folder, bytes(32), ALL),
        Engine(member.device, lambda: member.actor, SystemIds(SystemClock())),
        ServerOverHttp(net),
        Schedule(spread),
        Waits(FIRST_LISTEN, LAST_LISTEN, LISTEN_SPREAD, spread),
    )


def _sync(seat: Seat) -> None:
    """Everything of yesterday."""
    for _ in _round(seat, SystemClock()):
        pass


def _work_offline(seat: Seat) -> None:
    clock = SystemClock()
    ids = SystemIds(clock)
    desk = Desk(seat.store, clock, ids, seat.member.actor, seat.member.device)
    notes = [
        AddNote(ids.new(), seat.member.customer, f"离线备注 {number}", clock.now()) for number in range(EDITS)
    ]
    record(desk, notes, "bench")


def _come_back(server: Server, seats: list[Seat]) -> dict[str, Any]:
    """From the end of the outage until every desk has sent all and is in step."""
    clock = SystemClock()
    listens = _through_the_outage(seats, -OUTAGE)
    server.start()
    start, since = clock.now(), time.perf_counter()
    traffic = Traffic()
    order = count()
    # What is to be done when: a round when the schedule says so, or when the stream is there again and hints.
    due = [(seat.schedule.due_at, next(order), seat, False) for seat in seats]
    due += [(at, next(order), seat, True) for seat, at in zip(seats, listens, strict=True)]
    heapq.heapify(due)
    lock = threading.Lock()

    def act(seat: Seat, hinted: bool) -> None:
        now = clock.now() - start
        if hinted:
            seat.schedule.forgive(now)
        if seat.back_at is not None or now < seat.schedule.due_at:
            return
        try:
            for begun, ended in _round(seat, clock):
                traffic.note(begun, ended, since)
        except KnownError as error:
            seat.failures[error.kind.value] += 1
            seat.schedule.failed(clock.now() - start, asked_wait(error))
            with lock:
                heapq.heappush(due, (seat.schedule.due_at, next(order), seat, False))
        else:
            seat.back_at = clock.now() - start

    tried: list[Future[None]] = []
    with ThreadPoolExecutor(NETWORK_THREADS) as pool:
        while not all(seat.back_at is not None for seat in seats):
            now = clock.now() - start
            if now > PATIENCE:
                raise TimeoutError
            with lock:
                ready = []
                while due and due[0][0] <= now:
                    ready.append(heapq.heappop(due))
            tried = [one for one in tried if not (one.done() and one.result() is None)]
            tried += [pool.submit(act, seat, hinted) for _, _, seat, hinted in ready]
            time.sleep(0.01)
    for seat in seats:
        with seat.store.read() as connection:
            assert outbox.waiting(connection).count == 0
        seat.store.close()
    seconds = range(max(traffic.per_second) + 1)
    return {
        "all_back_seconds": round(max(seat.back_at or 0 for seat in seats) / SECOND, 1),
        "requests": len(traffic.took),
        "requests_a_second": [traffic.per_second[second] for second in seconds],
        "most_requests_a_second": max(traffic.per_second.values()),
        "request_ms_p50": percentile(traffic.took, 50),
        "request_ms_p95": percentile(traffic.took, 95),
        "request_ms_longest": percentile(traffic.took, 100),
        "errors": dict(sum((seat.failures for seat in seats), Counter())),
        "server_memory_mb": round(server.memory_mb()),
    }


def _through_the_outage(seats: list[Seat], begin: int) -> list[int]:
    """Every try in the outage fails at once; 0 is when the server is back. Returns when each desk listens next;
    `due_at` says the same of its round."""
    listens = []
    for seat in seats:
        seat.schedule.succeeded(begin)
        while seat.schedule.due_at < 0:
            seat.schedule.failed(seat.schedule.due_at)
        at = begin
        while at < 0:
            at += seat.listening.after_failure()
        listens.append(at)
    return listens


def _round(seat: Seat, clock: SystemClock) -> Iterator[tuple[float, float]]:
    """Push and pull until in step; begin and end of each request."""
    seat.engine.wake()
    while True:
        with seat.store.read() as connection:
            request = seat.engine.next_request(connection, clock.now())
        if request is None:
            return
        assert isinstance(request, PushRequest | PullRequest)
        begun = time.perf_counter()
        try:
            reply = seat.server.exchange(request)
        except KnownError as error:
            with seat.store.write() as connection:
                seat.engine.failed(connection, error, clock.now())
            raise
        yield begun, time.perf_counter()
        with seat.store.write() as connection:
            seat.engine.receive(connection, reply, clock.now())
