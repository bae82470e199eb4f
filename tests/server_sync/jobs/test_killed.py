"""A worker that is killed in the midst of its jobs loses none and does none twice."""

import sys
import time
from collections import Counter

import pytest
from sqlalchemy import func, select

from server_sync.domain.clock import HOUR, MINUTE
from server_sync.domain.commands import BookCallback, Insert
from server_sync.domain.model import CallbackState, Presence, activity, callback
from server_sync.jobs.leases import LEASE
from server_sync.store.changes import write
from server_sync.store.database import Database
from server_sync.store.job_table import JobState
from server_sync.store.tables import job
from server_sync.sync.deciding import carry_out
from tests import warm
from tests.server_sync.jobs.working_process import work
from tests.server_sync.organisation import NOW, Organisation

PROMISES = 60
KILLS = 3


def promise(database: Database, organisation: Organisation) -> None:
    """Book callbacks of an agent who is then away."""
    agent = organisation.north_agents[0]
    assert agent.person_id is not None
    away = {"id": agent.person_id, "team_id": organisation.north, "state": Presence.OFFLINE, "since_at": NOW}
    commands = []
    with database.write(NOW) as tx:
        write(tx, [Insert("presence", away)])
        for number in range(PROMISES):
            customer = organisation.customer(organisation.north)
            task = organisation.task(customer, agent)
            write(tx, [customer, task])
            made = (organisation.ids.new(), task.row_id, customer.row_id, NOW + number * 1000 + MINUTE)
            commands.append(BookCallback(*made, "respondent", None, None, NOW))
        carry_out(tx, agent, commands)


def done(database: Database) -> int:
    with database.read() as connection:
        return connection.scalar(select(func.count()).where(job.c.state == JobState.DONE)) or 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
def test_a_killed_worker_loses_nothing_and_doubles_nothing(
    database: Database, database_url: str, organisation: Organisation
) -> None:
    promise(database, organisation)
    at = NOW + HOUR
    for kill in range(KILLS + 1):
        goal = PROMISES * (kill + 1) // (KILLS + 1)
        process = warm.context.Process(target=work, args=(database_url, at), daemon=True)
        process.start()
        try:
            while done(database) < goal:
                assert process.is_alive()
                time.sleep(0.005)  # who only asks takes the core that the worker needs
        finally:
            process.kill()
            process.join()
        at += 10 * LEASE
    with database.read() as connection:
        states = Counter(connection.scalars(select(callback.c.state)))
        released = select(activity.c.task_id).where(activity.c.kind == "callback_released")
        facts = Counter(connection.scalars(released))
        jobs = Counter(connection.scalars(select(job.c.state)))
    assert states == {CallbackState.RELEASED: PROMISES}
    assert (len(facts), set(facts.values())) == (PROMISES, {1})
    assert jobs == {JobState.DONE: PROMISES}
