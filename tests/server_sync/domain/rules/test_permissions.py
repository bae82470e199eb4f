"""Who may touch which row, as a table: roles against the places a task or customer can be in."""

from typing import Any

import pytest

from server_sync.domain.commands import Actor
from server_sync.domain.model import Role
from server_sync.domain.rules.permissions import (
    has_worked_on,
    leads,
    may_see_customer,
    may_take,
    may_work_on,
)

NORTH, SOUTH = b"n" * 16, b"s" * 16
ME, OTHER = b"1" * 16, b"2" * 16

AGENT = Actor(ME, Role.AGENT, NORTH)
TEAMLESS = Actor(ME, Role.AGENT, None)
LEAD = Actor(b"3" * 16, Role.SUPERVISOR, NORTH)
OTHER_LEAD = Actor(b"4" * 16, Role.SUPERVISOR, SOUTH)
TEAMLESS_LEAD = Actor(b"5" * 16, Role.SUPERVISOR, None)
ADMINISTRATOR = Actor(b"6" * 16, Role.ADMINISTRATOR, None)
SERVER = Actor(None, Role.AGENT, None)


def task(
    assignee: bytes | None = None,
    *,
    pool: bool = False,
    team: bytes | None = NORTH,
    before: Any = (),
    because: Any = None,
) -> dict[str, Any]:
    return {
        "assignee_id": assignee,
        "in_pool": pool,
        "team_id": team,
        "previous_assignees": [one.hex() for one in before],
        "assigned_because": because,
    }


@pytest.mark.parametrize(
    ("actor", "team", "expected"),
    [
        (AGENT, NORTH, False),
        (LEAD, NORTH, True),
        (LEAD, SOUTH, False),
        (LEAD, None, False),
        (TEAMLESS_LEAD, None, False),
        (TEAMLESS_LEAD, NORTH, False),
        (ADMINISTRATOR, SOUTH, True),
        (ADMINISTRATOR, None, True),
        (SERVER, SOUTH, True),
        (SERVER, None, True),
    ],
)
def test_a_lead_leads_his_team_and_no_other(actor: Actor, team: bytes | None, expected: bool) -> None:
    assert leads(actor, team) is expected


@pytest.mark.parametrize(
    ("actor", "row", "expected"),
    [
        (AGENT, task(ME), True),
        (AGENT, task(OTHER), False),
        (AGENT, task(pool=True), True),
        (AGENT, task(pool=True, team=SOUTH), False),
        (AGENT, task(pool=False), False),
        (AGENT, task(OTHER, pool=True), False),
        (TEAMLESS, task(pool=True, team=None), False),
        (TEAMLESS, task(ME, team=None), True),
        (LEAD, task(OTHER), False),
        (LEAD, task(pool=True), True),
        (ADMINISTRATOR, task(pool=True), False),
    ],
)
def test_a_task_is_taken_by_its_assignee_or_from_the_pool_of_ones_team(
    actor: Actor, row: dict[str, Any], expected: bool
) -> None:
    assert may_take(actor, row) is expected


def test_nobody_takes_a_task_that_waits_for_its_lead() -> None:
    assert not any(may_take(actor, task()) for actor in (AGENT, TEAMLESS, LEAD, ADMINISTRATOR))


@pytest.mark.parametrize(
    ("actor", "row", "expected"),
    [
        (AGENT, task(ME), True),
        (AGENT, task(OTHER), False),
        (LEAD, task(OTHER), True),
        (OTHER_LEAD, task(OTHER), False),
        (ADMINISTRATOR, task(OTHER, team=None), True),
        (SERVER, task(OTHER), True),
    ],
)
def test_work_is_done_by_who_may_take_it_or_leads_its_team(
    actor: Actor, row: dict[str, Any], expected: bool
) -> None:
    assert may_work_on(actor, row) is expected


def test_what_one_had_before_is_remembered_and_the_servers_work_is_nobodys() -> None:  # SYNC §5
    assert has_worked_on(AGENT, task(OTHER, before=[ME]))
    assert not has_worked_on(AGENT, task(OTHER, before=[OTHER]))
    assert not has_worked_on(AGENT, {**task(OTHER), "previous_assignees": None})
    assert not has_worked_on(SERVER, task(before=[ME]))


def test_who_had_a_task_in_his_teams_pool_may_have_worked_on_it_whoever_took_it() -> None:
    assert has_worked_on(AGENT, task(OTHER, because={"by": "pool"}))
    assert not has_worked_on(AGENT, task(OTHER, because={"by": "supervisor"}))
    assert not has_worked_on(AGENT, task(OTHER, team=SOUTH, because={"by": "pool"}))
    assert not has_worked_on(TEAMLESS, task(OTHER, team=None, because={"by": "pool"}))


@pytest.mark.parametrize(
    ("actor", "team", "owner", "tasks", "expected"),
    [
        (AGENT, NORTH, None, [], False),
        (AGENT, NORTH, ME, [], True),
        (AGENT, SOUTH, ME, [], True),
        (AGENT, NORTH, OTHER, [task(OTHER)], False),
        (AGENT, NORTH, OTHER, [task(OTHER), task(ME)], True),
        (AGENT, NORTH, OTHER, [task(pool=True)], True),
        (AGENT, NORTH, OTHER, [task(OTHER, before=[ME])], True),
        (LEAD, NORTH, OTHER, [], True),
        (OTHER_LEAD, NORTH, OTHER, [task(OTHER)], False),
        (OTHER_LEAD, NORTH, OTHER, [task(OTHER, team=SOUTH)], True),
        (ADMINISTRATOR, None, None, [], True),
        (TEAMLESS, None, None, [], False),
    ],
)
def test_a_customer_is_seen_by_owner_workers_and_leads_alone(
    actor: Actor, team: bytes | None, owner: bytes | None, tasks: list[Any], expected: bool
) -> None:
    assert may_see_customer(actor, {"team_id": team, "owner_id": owner}, tasks) is expected
