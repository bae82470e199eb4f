"""Two server processes, killed again and again: every reminder is sent at least once, under one key, and noted once."""

import sys
import time
from collections import Counter
from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy import func, select

from server_sync.domain.clock import HOUR, MINUTE
from server_sync.domain.commands import Insert
from server_sync.domain.model import ReminderMeans, activity, reminder, task
from server_sync.jobs import ladders
from server_sync.jobs.deliveries import ChannelKind
from server_sync.jobs.leases import LEASE
from server_sync.store.changes import write
from server_sync.store.database import Database
from server_sync.store.tables import delivery
from tests import warm
from tests.clocks import HandClock
from tests.server_sync.channels.far_sides import Gateway
from tests.server_sync.channels.outgoing import Outgoing
from tests.server_sync.channels.sending_process import send
from tests.server_sync.jobs.ladder_world import step
from tests.server_sync.organisation import NOW, Organisation

KILLS = 4


def plan(out: Outgoing, count: int) -> None:
    """As many tasks, each with a ladder: an SMS after an hour, the lead after two."""
    steps = [step(1, "natural_hours", ReminderMeans.SMS), step(2, "natural_hours", ReminderMeans.SUPERVISOR)]
    policy = {
        "id": out.organisation.ids.new(),
        "code": "ladder",
        "name": "阶梯",
        "steps": steps,
        "position": 0,
    }
    begun = {"created_at": NOW, "available_at": NOW}
    tasks = [out.organisation.task(out.customer, out.agent, **begun) for _ in range(count)]
    with out.database.write(NOW) as tx:
        write(tx, [Insert("escalation_policy", {**policy, "active": True, "applies_to": {}}), *tasks])
        ladders.replan(tx, [one.row_id for one in tasks])


def has_sent(database: Database, goal: int) -> bool:
    with database.read() as connection:
        return (connection.scalar(select(func.count()).where(delivery.c.state == "sent")) or 0) >= goal


def has_raised(database: Database, goal: int) -> bool:
    with database.read() as connection:
        return connection.scalar(select(func.count()).where(task.c.escalation_level > 0)) == goal


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
def test_two_killed_servers_send_every_reminder_under_one_key_and_note_it_once(
    database: Database, database_url: str, organisation: Organisation
) -> None:
    out = Outgoing(database, organisation, HandClock(NOW))
    # On SQLite one process serves.
    servers, count = (1, 60) if database_url.startswith("sqlite") else (2, 120)
    with Gateway().open() as gateway:
        out.channel(ChannelKind.SMS, "sms", {"url": gateway.url})
        plan(out, count)
        at = NOW + HOUR + MINUTE
        for kill in range(KILLS + 1):
            goal = count * (kill + 1) // (KILLS + 1)
            run_until(database, database_url, at, servers, partial(has_sent, database, goal))
            at += 2 * LEASE
        run_until(database, database_url, NOW + 2 * HOUR, servers, partial(has_raised, database, count))
        keys = Counter(request.headers["Idempotency-Key"] for request in gateway.requests)
    with database.read() as connection:
        known = {row.hex() for row in connection.scalars(select(delivery.c.id))}
        found = connection.execute(select(reminder.c.means, reminder.c.state))
        states = Counter((means, state) for means, state in found)
        facts = Counter(connection.scalars(select(activity.c.task_id)))
    assert keys.keys() == known
    assert len(known) == count
    assert states == {("sms", "sent"): count, ("supervisor", "sent"): count}
    assert (len(facts), set(facts.values())) == (count, {1})


def run_until(database: Database, url: str, at: int, servers: int, reached: Callable[[], bool]) -> None:
    """Run so many servers from a moment on, and kill them all once something is reached."""
    running = [warm.context.Process(target=send, args=(url, at), daemon=True) for _ in range(servers)]
    for one in running:
        one.start()
    try:
        while not reached():
            assert all(one.is_alive() for one in running)
            time.sleep(0.02)
    finally:
        for one in running:
            one.kill()
        for one in running:
            one.join()
