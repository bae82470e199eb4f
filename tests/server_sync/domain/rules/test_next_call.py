"""What keeps a task from being the next call: its time, plan and skills, and whatever stands against dialling it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.model import PlanState, Purpose, Tier, Urgency
from server_sync.domain.rules import next_call
from server_sync.domain.rules.queue_order import QueueClass, queue_class
from server_sync.domain.rules.settings import DEFAULTS, setting_id

NOW = round(datetime(2026, 11, 20, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai")).timestamp() * 1000)
CUSTOMER, TASK, PLAN, ME, OTHER = b"c" * 16, b"t" * 16, b"p" * 16, b"m" * 16, b"o" * 16

Row = dict[str, Any]


def a_task(**values: Any) -> Row:
    return {
        "id": TASK,
        "customer_id": CUSTOMER,
        "plan_id": PLAN,
        "assignee_id": ME,
        "purpose": Purpose.SERVICE,
        "channel": "phone",
        "urgency": Urgency.NORMAL,
        "priority": 50,
        "skills": [],
        "available_at": NOW - DAY,
        "due_at": NOW + 3 * DAY,
        "attempt_count": 0,
        "disposition": None,
        "not_before_at": None,
        "appointment_at": None,
        "appointment_owner_id": None,
        "leased_until": None,
    } | values


class Kept:
    """Rows by table; only those may be read that `needs` names."""

    def __init__(self, task: Row, tables: Mapping[str, list[Row]]) -> None:
        somebody: Row = {"id": CUSTOMER, "tier": Tier.NORMAL, "region": "华东", "province": None}
        somebody |= {"language": "zh", "product_line": "家具"}
        mine: Row = {"id": ME, "skills": {}}
        self.tables: dict[str, list[Row]] = {"customer": [somebody], "person": [mine], **tables}
        self.asked = set(next_call.needs(task, ME))

    def get(self, table: str, row_id: bytes) -> Row | None:
        assert (table, row_id, "id") in self.asked
        return next((row for row in self.tables.get(table, []) if row["id"] == row_id), None)

    def where(self, table: str, column: str, value: bytes) -> list[Mapping[str, Any]]:
        assert (table, value, column) in self.asked
        return [row for row in self.tables.get(table, []) if row[column] == value]


def kinds(values: Row, now: int = NOW, **tables: list[Row]) -> list[str]:
    task = a_task(**values)
    return [found.kind for found in next_call.blocks(Kept(task, tables), task, ME, now)]


def offered(values: Row, now: int = NOW, **tables: list[Row]) -> bool:
    task = a_task(**values)
    rows = Kept(task, tables)
    return next_call.offered(next_call.blocks(rows, task, ME, now), rows, now)


def refused(scope: str) -> Row:
    entry = {"id": b"d" * 16, "customer_id": CUSTOMER, "scope": scope, "source": "call"}
    return entry | {"set_at": NOW - DAY, "cleared_at": None}


def test_nothing_blocks_an_ordinary_task() -> None:
    assert kinds({}) == []
    assert offered({})


def test_later_appointment_delay_and_start_block() -> None:
    assert kinds({"appointment_at": NOW + HOUR}) == ["appointment_later"]
    assert kinds({"appointment_at": NOW + 5 * MINUTE}) == []
    assert kinds({"not_before_at": NOW + 1, "disposition": "3.13"}) == ["delay"]
    assert kinds({"available_at": NOW + 1}) == ["available_later"]


def test_appointment_of_another_blocks_until_it_is_released() -> None:
    theirs = {"appointment_at": NOW, "appointment_owner_id": OTHER}
    assert kinds(theirs) == ["appointment_of_another"]
    assert kinds(theirs | {"appointment_owner_id": None}) == []
    assert kinds(theirs | {"appointment_owner_id": ME}) == []


def test_appointment_overrides_delay_and_attempts() -> None:
    assert kinds({"attempt_count": 6}) == ["attempts_used_up"]
    assert kinds({"attempt_count": 6, "not_before_at": NOW + DAY, "appointment_at": NOW}) == []


def test_window_blocks_calls_and_not_visits() -> None:
    night = NOW + 12 * HOUR
    assert kinds({}, night) == ["outside_calling_window"]
    assert kinds({"channel": "visit"}, night) == []


def test_do_not_call_blocks_with_its_source() -> None:
    task = a_task()
    (found,) = next_call.blocks(Kept(task, {"do_not_call": [refused("service")]}), task, ME, NOW)
    assert (found.kind, found.values["source"]) == ("do_not_call", "call")
    assert kinds({"purpose": Purpose.SURVEY}, do_not_call=[refused("service")]) == []


@pytest.mark.parametrize("state", list(PlanState))
def test_only_a_paused_plan_holds_its_tasks_back(state: PlanState) -> None:
    plan = {"id": PLAN, "name": "新品告知", "state": state}
    assert kinds({}, plan=[plan]) == (["plan_paused"] if state is PlanState.PAUSED else [])
    assert kinds({"plan_id": None}, plan=[plan]) == []


@pytest.mark.parametrize(("until", "found"), [(NOW, ["pull_over"]), (NOW + 1, []), (None, [])])
def test_what_was_pulled_out_of_the_pool_is_ones_own_for_so_long(until: int | None, found: list[str]) -> None:
    assert kinds({"leased_until": until}) == found


@pytest.mark.parametrize(
    ("mine", "wanted", "assignee", "found"),
    [
        ({}, [], None, []),
        ({"regions": ["华东"]}, [], None, []),
        ({"regions": ["华北"]}, [], None, ["skill_missing"]),
        ({"regions": ["华北"]}, [], ME, []),
        ({}, ["refusal"], None, ["skill_missing"]),
        ({"trained": ["refusal"]}, ["refusal"], None, []),
        ({}, ["experience:3"], None, ["skill_missing"]),
    ],
)
def test_the_pool_offers_what_one_can_do_and_a_given_task_is_given(
    mine: Row, wanted: list[str], assignee: bytes | None, found: list[str]
) -> None:
    person = {"id": ME, "skills": mine}
    assert kinds({"assignee_id": assignee, "skills": wanted}, person=[person]) == found


def test_after_hours_the_next_task_can_be_prepared() -> None:
    night = NOW + 12 * HOUR
    assert offered({}, night)
    assert not offered({}, night, do_not_call=[refused("all")])


def test_where_it_is_too_early_is_not_offered_while_others_are() -> None:
    far = {"regions": {"华东": {"from": "11:00"}}}
    window = {"id": setting_id("calling_window"), "value": far}
    assert kinds({}, setting=[window]) == ["outside_calling_window"]
    assert not offered({}, setting=[window])


moments = st.sampled_from(
    [NOW + sign * step for step in (0, 1, 5 * MINUTE, 15 * MINUTE, DAY) for sign in (-1, 1)]
)


@given(st.none() | moments, st.none() | moments, moments, st.sampled_from(list(Urgency)))
def test_a_task_that_waits_is_a_task_that_is_blocked_by_time(
    appointment: int | None, not_before: int | None, available: int, urgency: Urgency
) -> None:
    values = {"appointment_at": appointment, "not_before_at": not_before, "available_at": available}
    by_time = {"appointment_later", "available_later", "delay"}
    task = a_task(**values, urgency=urgency)
    waits = queue_class(task, {"tier": Tier.NORMAL}, NOW, DEFAULTS) is QueueClass.WAITING
    assert waits == bool(by_time & set(kinds(values)))


def test_until_when_is_the_latest_of_the_ends_and_nothing_where_time_does_not_end_it() -> None:
    def until(values: Row, now: int = NOW, **tables: list[Row]) -> int | None:
        task = a_task(**values)
        return next_call.until(tuple(next_call.blocks(Kept(task, tables), task, ME, now)))

    assert until({}) is None
    assert until({"not_before_at": NOW + 5, "available_at": NOW + 9}) == NOW + 9
    night = NOW + 12 * HOUR
    assert until({"not_before_at": night + 5}, night) == NOW + 22 * HOUR
    assert until({"attempt_count": 6, "not_before_at": NOW + 5}) is None
    assert until({"not_before_at": NOW + 5}, do_not_call=[refused("all")]) is None
