"""A clock by which nothing can be reckoned stops the reminders of whom it is for, and nobody else's."""

import pytest

from server_sync.domain.commands import Insert
from server_sync.store.database import Database
from tests.clocks import HandClock
from tests.server_sync.jobs.ladder_world import World, at, before, step
from tests.server_sync.organisation import Organisation


@pytest.fixture
def world(database: Database, organisation: Organisation) -> World:
    return World(database, organisation, HandClock(at("2026-11-20 16:30")))


@pytest.mark.parametrize("rung", [step(2, "working_hours", "popup"), before(2, "working_hours", "popup")])
def test_who_never_works_is_not_reminded_and_his_colleagues_are(
    world: World, rung: dict[str, object], caplog: pytest.LogCaptureFixture
) -> None:
    never: dict[str, object] = {
        "id": world.agent.person_id,
        "subject": "person",
        "timezone": None,
        "week": {},
        "exceptions": {},
    }
    world.write(Insert("working_hours", never))
    other = world.organisation.north_agents[1]
    world.task(due_at=at("2026-11-25 10:00"))
    world.task(assignee=other, due_at=at("2026-11-25 10:00"))
    world.policy(rung)
    world.worker.run_due()
    (waiting,) = world.reminders()
    assert waiting["person_id"] == other.person_id
    assert "reminders of 1 cannot be reckoned" in caplog.text
