"""Many desks connected to one server process: what they cost while nothing happens, how soon an edit is at another desk
meanwhile, and how they come back when the server was started again."""

import asyncio
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select

from agent_app.sync.schedule import FIRST_LISTEN, LAST_LISTEN, LISTEN_SPREAD, POLL, Waits
from server_sync.domain.clock import SystemClock
from server_sync.domain.commands import AddNote
from server_sync.domain.ids import SystemIds
from server_sync.domain.wire.codec import encode_arguments
from server_sync.domain.wire.messages import Mutation, PushRequest
from server_sync.http import limits
from server_sync.http.serving import allow_open_files
from server_sync.store import partitions
from server_sync.store.database import Database
from server_sync.store.tables import partition
from tests.bench.desks import Server
from tests.bench.figures import percentile
from tests.bench.fleet import Member, make_fleet, second_device
from tests.bench.wires import NUMBERS, RefusedError, Wire, hints

DESKS = 1_000
IDLE_SECONDS = 30.0
EDITS = 40
PATIENCE_SECONDS = 120.0


class Desk:
    """A desk that listens as the program does, and pulls at each hint when it is `pulling`."""

    def __init__(self, address: str, member: Member, spread: float) -> None:
        self.address = address
        self.wire = Wire(address, member)
        self.spread = spread
        self.hinted = asyncio.Event()
        self.listening = False
        self.pulling = False
        self.pulls: list[float] = []
        self.refused: Counter[int] = Counter()

    async def listen(self) -> None:
        """Until cancelled; taken up again whenever it ends, as `LiveListener` does."""
        waits = Waits(FIRST_LISTEN, LAST_LISTEN, LISTEN_SPREAD, self.spread)
        while True:
            asked = 0
            try:
                async for _ in hints(self.address, self.wire.member, self._opened):
                    waits.begin_anew()
                    self.hinted.set()
                    if self.pulling:
                        await self.pull()
            except RefusedError as error:
                self.refused[error.status] += 1
                asked = error.retry_after * 1_000
            except OSError:
                pass
            self.listening = False
            await asyncio.sleep(waits.after_failure(asked) / 1_000)

    async def pull(self) -> None:
        """One look at the server, its time taken."""
        begun = time.perf_counter()
        try:
            await self.wire.pull()
        except RefusedError as error:
            self.refused[error.status] += 1
        except OSError:
            self.refused[0] += 1
        else:
            self.pulls.append((time.perf_counter() - begun) * 1_000)

    async def poll(self) -> None:
        """Look as often as a desk does while nothing happens."""
        period = POLL / 1_000
        await asyncio.sleep(period * self.spread)
        while True:
            await self.pull()
            await asyncio.sleep(period)

    def _opened(self) -> None:
        self.listening = True


def run(desks: int | None) -> dict[str, Any]:
    """CPU in percent of one core, memory in MB, times in ms or seconds."""
    desks = desks or DESKS
    allow_open_files(3 * desks + 500)
    with tempfile.TemporaryDirectory(prefix="huifang-bench-") as name:
        file = Path(name) / "server.db"
        members = make_fleet(str(file), desks - 1, 1)
        members.append(second_device(str(file), members[0]))
        server = Server(file)
        try:
            return {"desks": desks, **asyncio.run(_measure(server, file, members))}
        finally:
            server.stop()


async def _measure(server: Server, file: Path, members: list[Member]) -> dict[str, Any]:
    desks = [Desk(server.address, member, place / len(members)) for place, member in enumerate(members)]
    empty = server.memory_mb()
    begun = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        listening = [group.create_task(desk.listen()) for desk in desks]
        await _until(lambda: all(desk.listening for desk in desks))
        figures: dict[str, Any] = {
            "connected_seconds": round(time.perf_counter() - begun, 2),
            "refused": sum((desk.refused for desk in desks), Counter()).total(),
            "open_files_of_server": server.open_files(),
            "live_streams_allowed": limits.LIVE_STREAMS,
        }
        figures["idle_streams_cpu_percent"] = await _cpu(server)
        await _stand_at_the_heads(desks, file)
        polling = [group.create_task(desk.poll()) for desk in desks]
        await asyncio.sleep(POLL / 1_000)  # by then each has asked once
        for desk in desks:
            desk.pulls.clear()
        figures["idle_streams_and_polls_cpu_percent"] = await _cpu(server)
        figures["idle_pulls"] = sum(len(desk.pulls) for desk in desks)
        figures["idle_pull_ms_p50"] = percentile([took for desk in desks for took in desk.pulls], 50)
        figures["memory_mb_before_desks"] = round(empty)
        figures["memory_mb"] = round(server.memory_mb())
        figures["memory_kb_a_desk"] = round((server.memory_mb() - empty) * 1024 / len(desks))
        took = await _edits(desks[0], desks[-1])
        figures["edit_a_to_b_ms_p50"] = round(statistics.median(took), 1)
        figures["edit_a_to_b_ms_p95"] = percentile(took, 95)
        figures |= await _come_back(server, desks)
        for task in [*listening, *polling]:
            task.cancel()
    for desk in desks:
        desk.wire.close()
    return figures


async def _cpu(server: Server) -> float:
    used, begun = server.cpu_seconds(), time.perf_counter()
    await asyncio.sleep(IDLE_SECONDS)
    return round((server.cpu_seconds() - used) / (time.perf_counter() - begun) * 100, 2)


async def _stand_at_the_heads(desks: list[Desk], file: Path) -> None:
    """A desk that worked yesterday has pulled everything: one pulls in fact, the others stand where they would."""
    await desks[0].wire.pull()
    database = Database(str(file))
    with database.read() as connection:
        heads = {row.name: row.head for row in connection.execute(select(partition.c.name, partition.c.head))}
    database.close()
    for desk in desks[1:]:
        member = desk.wire.member
        names = (partitions.desk(member.person_id), partitions.device(member.device))
        desk.wire.follow(desks[0].wire, {name: heads[name] for name in names})


async def _edits(one: Desk, two: Desk) -> list[float]:
    """From the push of an edit at one desk until it has come with a pull to the other, which heard of it."""
    clock = SystemClock()
    ids = SystemIds(clock)
    took = []
    await two.wire.pull()
    for mid in range(1, EDITS + 1):
        await asyncio.sleep(0.1)
        two.hinted.clear()
        now = clock.now()
        note = AddNote(ids.new(), one.wire.member.customer, f"即时 {mid}", now)
        mutation = Mutation(mid=mid, command=note.name, args=encode_arguments(note), at=now)
        begun = time.perf_counter()
        await one.wire.push(
            PushRequest(**NUMBERS, device=one.wire.member.device, request=mid, mutations=[mutation])
        )
        while True:
            await asyncio.wait_for(two.hinted.wait(), PATIENCE_SECONDS)
            two.hinted.clear()
            if any("activity" in page.tables for page in await two.wire.pull()):
                break
        took.append((time.perf_counter() - begun) * 1_000)
    return took


async def _come_back(server: Server, desks: list[Desk]) -> dict[str, Any]:
    """The server is started again: streams and a pull of each come back, spread, and nobody is refused."""
    for desk in desks:
        desk.pulling = True
        desk.pulls.clear()
        desk.refused.clear()
    await asyncio.to_thread(server.stop)
    await asyncio.to_thread(server.start)
    begun, used = time.perf_counter(), server.cpu_seconds()
    per_second: list[int] = []
    while not all(desk.listening and desk.pulls for desk in desks):
        await asyncio.sleep(1)
        done = sum(len(desk.pulls) for desk in desks)
        per_second.append(done - sum(per_second))
        if len(per_second) > PATIENCE_SECONDS:
            raise TimeoutError
    pulls = [took for desk in desks for took in desk.pulls]
    refused = sum((desk.refused for desk in desks), Counter())
    return {
        "back_after_restart_seconds": round(time.perf_counter() - begun, 1),
        "back_cpu_seconds": round(server.cpu_seconds() - used, 1),
        "back_pulls_a_second": per_second,
        "back_pull_ms_p50": percentile(pulls, 50),
        "back_pull_ms_longest": percentile(pulls, 100),
        "back_refused_or_broken": dict(refused),
    }


async def _until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not done():
            await asyncio.sleep(0.05)
