"""Hints: to whom they go, and how often."""

import asyncio
import threading
from contextlib import ExitStack

from server_sync.domain.commands import AddNote
from server_sync.store.changes import write
from server_sync.store.database import Database
from server_sync.store.partitions import desk, team
from server_sync.sync.live import AT_ONCE, QUIET_SECONDS, TURN_SECONDS, Hub
from server_sync.sync.pull import allowed_places
from tests.server_sync.organisation import NOW, Organisation
from tests.server_sync.sync.conftest import NewDesk


def test_l3_the_first_hint_says_everything_at_once() -> None:
    async def listen() -> None:
        with Hub().subscribe(["ref", "desk:1"]) as waiter:
            assert await waiter.hint() == {"ref", "desk:1"}

    asyncio.run(listen())


def test_l3_a_hint_names_what_moved_and_only_what_was_asked_for() -> None:
    hub = Hub()

    async def listen() -> None:
        with hub.subscribe(["ref", "desk:1"]) as one, hub.subscribe(["desk:2"]) as two:
            await one.hint()
            await two.hint()
            hub.notify(frozenset({"desk:1", "desk:2", "team:1"}))
            hub.notify(frozenset({"team:1"}))
            assert await one.hint() == {"desk:1"}
            assert await two.hint() == {"desk:2"}

    asyncio.run(listen())


def test_l3_who_has_left_is_told_nothing_and_nobody_else_misses_anything() -> None:
    hub = Hub()

    async def listen() -> None:
        with hub.subscribe(["ref", "desk:1"]) as one:
            with hub.subscribe(["ref", "desk:2"]):
                pass
            await one.hint()
            hub.notify(frozenset({"ref", "desk:2"}))
            assert await one.hint() == {"ref"}

    asyncio.run(listen())
    hub.notify(frozenset({"ref", "desk:1", "desk:2"}))


def test_l3_when_notices_were_missed_everybody_is_told_that_everything_may_have_moved() -> None:
    hub = Hub()

    async def listen() -> None:
        with hub.subscribe(["ref", "desk:1"]) as one, hub.subscribe(["ref", "desk:2"]) as two:
            await one.hint()
            await two.hint()
            hub.notify_all()
            assert await one.hint() == {"ref", "desk:1"}
            assert await two.hint() == {"ref", "desk:2"}

    asyncio.run(listen())


def test_l3_what_concerns_many_they_hear_in_turns() -> None:
    hub = Hub()
    later: list[float] = []

    class Loop(asyncio.SelectorEventLoop):
        """A loop that notes for when something was put off, and does it at once."""

        def call_later(self, delay, callback, *args, context=None):  # type: ignore[no-untyped-def, override]
            later.append(delay)
            return super().call_soon(callback, *args, context=context)

    async def listen() -> None:
        with ExitStack() as opened:
            waiters = [opened.enter_context(hub.subscribe(["ref"])) for _ in range(3 * AT_ONCE)]
            for waiter in waiters:
                assert await waiter.hint() == {"ref"}
            hub.notify(frozenset({"ref"}))
            await asyncio.sleep(0)
            put_off = list(later)
            for waiter in waiters:
                assert await waiter.hint() == {"ref"}
        assert put_off == [TURN_SECONDS] * AT_ONCE + [2 * TURN_SECONDS] * AT_ONCE

    with asyncio.Runner(loop_factory=Loop) as runner:
        runner.run(listen())


def test_l3_after_quiet_a_hint_comes_at_once_and_a_burst_becomes_one_more() -> None:
    """On a loop whose clock is turned by hand."""
    hub = Hub()
    slept: list[float] = []

    class Loop(asyncio.SelectorEventLoop):
        """A loop on which nobody waits: a sleep only moves the clock."""

        at = 0.0

        def time(self) -> float:
            return self.at

        def call_later(self, delay, callback, *args, context=None):  # type: ignore[no-untyped-def, override]
            slept.append(delay)
            self.at += delay
            return super().call_soon(callback, *args, context=context)

    async def listen() -> None:
        loop = asyncio.get_running_loop()
        with hub.subscribe(["ref", "desk:1"]) as waiter:
            await waiter.hint()
            assert slept == []
            for name in ("ref", "desk:1", "ref"):
                hub.notify(frozenset({name}))
            assert await waiter.hint() == {"ref", "desk:1"}
            assert slept == [QUIET_SECONDS]
            assert isinstance(loop, Loop)
            loop.at += 1
            hub.notify(frozenset({"ref"}))
            assert await waiter.hint() == {"ref"}
            assert slept == [QUIET_SECONDS]

    with asyncio.Runner(loop_factory=Loop) as runner:
        runner.run(listen())


def test_l3_notices_come_from_any_thread_and_go_to_nobody_who_has_left() -> None:
    hub = Hub()

    async def listen() -> None:
        with hub.subscribe(["ref"]) as waiter:
            await waiter.hint()
            thread = threading.Thread(target=hub.notify, args=(frozenset({"ref"}),))
            thread.start()
            assert await waiter.hint() == {"ref"}
            thread.join()

    asyncio.run(listen())
    hub.notify(frozenset({"ref"}))


def test_l3_a_commit_is_heard_by_those_who_may_pull_it(
    database: Database, organisation: Organisation, new_desk: NewDesk
) -> None:
    agent = new_desk(organisation.north_agents[0])
    assert agent.actor.person_id is not None
    customer = organisation.customer(organisation.north, owner=agent.actor)
    with database.write(NOW) as tx:
        write(tx, [customer])
    hub = Hub()
    database.listen(hub.notify)
    with database.read() as connection:
        names = [place.name for place in allowed_places(connection, agent.actor, agent.device)]
        leads = [place.name for place in allowed_places(connection, organisation.north_lead, b"")]

    async def listen() -> None:
        with hub.subscribe(names) as waiter, hub.subscribe(leads) as lead:
            await waiter.hint()
            await lead.hint()
            assert agent.do(AddNote(organisation.ids.new(), customer.row_id, "好", NOW)) == ["accepted"]
            assert await waiter.hint() == {desk(agent.actor.person_id or b"")}
            assert await lead.hint() == {team(organisation.north)}

    asyncio.run(listen())
