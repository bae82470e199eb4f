"""Looking at a definition or a calendar tells all that is wrong with it, and is of one mind with taking it."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.rules.escalation_definition import checked_policy, looked_at_policy
from server_sync.domain.rules.faults import Placed
from server_sync.domain.rules.goals import checked_goal, looked_at_goal
from server_sync.domain.rules.plans.definition import checked_definition, looked_at_plan
from server_sync.domain.rules.segment_definition import checked_segment, looked_at_segment
from server_sync.domain.rules.working_calendar import WorkingCalendar, looked_at_calendar

DAY = {"amount": 1, "unit": "working_days"}
RULE = {"field": "tier", "operator": "=", "value": "vip"}
TREE: dict[str, Any] = {"combinator": "and", "rules": [RULE, {"combinator": "or", "rules": [RULE]}]}
PLAN: dict[str, Any] = {
    "code": "first",
    "name": "首访",
    "label": "首访",
    "purpose": "service",
    "trigger": "before_date",
    "params": {"date": "contract.expires_on", "days": [90, 30], "offers": {"30": "续签优惠"}},
    "due_within": DAY,
    "audience": TREE,
    "starts_on": "2026-01-01",
    "ends_on": "2026-12-31",
    "available_after": DAY,
    "steps": [{"after": {"amount": 3, "unit": "natural_days"}, "label": "复访", "due_within": DAY}],
    "assignment": {"to": "person", "person": "li", "skills": ["外语"]},
    "dialling": {"mode": "progressive", "seconds": 5},
    "tags": ["续约"],
    "priority": 50,
}
SEGMENT: dict[str, Any] = {"code": "north", "name": "华北", "tag": "北", "audience": TREE, "position": 1}
GOAL: dict[str, Any] = {
    "code": "nps",
    "name": "净推荐值",
    "metric": "nps",
    "target": "40.5",
    "baseline": 10,
    "starts_on": "2026-01-01",
    "deadline_on": "2026-12-31",
    "scope": {"tiers": ["vip"], "teams": ["华北"]},
}
LADDER: dict[str, Any] = {
    "code": "slow",
    "name": "三级",
    "applies_to": {"subject": "task", "tiers": ["vip"], "plans": ["first"]},
    "steps": [{"after": DAY, "means": ["popup", "mail"]}, {"after": DAY, "means": ["supervisor"]}],
}
CALENDAR: dict[str, Any] = {
    "timezone": "Asia/Shanghai",
    "week": {"mon": [["09:00", "12:00"], ["13:30", "18:00"]], "sat": []},
    "exceptions": {"2026-10-01": [], "2026-10-10": [["09:00", "18:00"]]},
}
KINDS: dict[str, tuple[Any, Callable[[Any], object], Callable[[Any], tuple[object, list[Placed]]]]] = {
    "plan": (PLAN, checked_definition, looked_at_plan),
    "segment": (SEGMENT, checked_segment, looked_at_segment),
    "goal": (GOAL, checked_goal, looked_at_goal),
    "ladder": (LADDER, checked_policy, looked_at_policy),
    "calendar": (CALENDAR, WorkingCalendar.from_json, looked_at_calendar),
}
JUNK = st.sampled_from(
    [
        *(None, True, 0, -1, 3, 10**30, 1.5, float("inf"), "", " ", "x", "3", "vip", "\0", "\ud800"),
        *("2026-02-30", "2026-01-15", "9" * 300, [], [[]], [None], ["x", "x"], {}, {"x": 1}),
        *(DAY, {"amount": 36_600, "unit": "working_days"}, {"amount": "1e999", "unit": "natural_hours"}),
        *([["09:00", "12:00"], ["11:00", "13:00"]], [["18:00", "09:00"]], TREE, RULE),
    ]
)


def places(value: Any) -> list[list[Any]]:
    """The way to everything within a value."""
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        return [[key, *rest] for key, inner in pairs for rest in ([], *places(inner))]
    return []


def exchanged(value: Any, path: list[Any], other: Any, *, gone: bool) -> Any:
    """The same with something else at a place, or with nothing there."""
    key, *rest = path
    copy = dict(value) if isinstance(value, dict) else list(value)
    if rest:
        copy[key] = exchanged(copy[key], rest, other, gone=gone)
    elif gone:
        del copy[key]
    else:
        copy[key] = other
    return copy


@st.composite
def spoilt(draw: st.DrawFn, sound: Any) -> Any:
    """Something sound with up to three places in it exchanged or left out, and perhaps a key that nobody knows."""
    found = sound
    for _ in range(draw(st.integers(1, 3))):
        ways = places(found)
        if ways:
            path, other, gone = draw(st.sampled_from(ways)), draw(JUNK), draw(st.booleans())
            found = exchanged(found, path, other, gone=gone)
    if isinstance(found, dict) and draw(st.booleans()):
        found = found | {draw(st.sampled_from(["", "a.b", "color"])): 1}
    return found


def refused(take: Callable[[Any], object], item: Any) -> KnownError | None:
    """Why it is not taken; None: it is."""
    try:
        take(item)
    except KnownError as error:
        return error
    return None


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_what_has_no_fault_is_taken_and_what_is_refused_is_refused_for_one_of_its_faults(
    kind: str, data: st.DataObject
) -> None:
    sound, take, look = KINDS[kind]
    item = data.draw(spoilt(sound))
    _, faults = look(item)
    refusal = refused(take, item)
    if refusal is None:
        assert faults == []
    else:
        assert refusal.values in [fault.values for _, fault in faults]


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_sound_has_no_fault_and_comes_to_what_is_taken(kind: str) -> None:
    sound, take, look = KINDS[kind]
    assert look(sound) == (take(sound), [])


@pytest.mark.parametrize("kind", KINDS)
def test_of_everything_that_is_no_object_that_is_the_only_fault(kind: str) -> None:
    _, _, look = KINDS[kind]
    items: list[Any] = [None, 3, "x", [], [{}]]
    for item in items:
        found, faults = look(item)
        assert found is None
        assert [place for place, _ in faults] == [""]


def test_every_fault_of_a_segment_is_told_also_where_it_asks_for_segments() -> None:
    rules = [
        {"field": "shoe_size", "operator": "="},
        {"combinator": "or", "rules": [{"field": "segments", "operator": "contains", "value": "vip"}, RULE]},
        {"combinator": "or", "rules": []},
    ]
    item = SEGMENT | {"name": "", "position": "1", "audience": {"combinator": "and", "rules": rules}, "x": 1}
    _, faults = looked_at_segment(item)
    assert [(place, error.values.get("path")) for place, error in faults] == [
        ("x", None),
        ("name", None),
        ("audience", [0]),
        ("audience", [1, 0]),
        ("audience", [2]),
        ("position", None),
    ]


def test_every_fault_of_a_ladder_is_told_at_its_step() -> None:
    steps = [{"after": None, "means": ["pigeon"], "whiel": "open"}, 3, {"after": DAY, "means": []}]
    _, faults = looked_at_policy(LADDER | {"steps": steps, "applies_to": {"tiers": "vip", "sex": 1}})
    assert {place for place, _ in faults} == {
        "applies_to.tiers",
        "applies_to.sex",
        "steps.1.after",
        "steps.1.means",
        "steps.1.whiel",
        "steps.2",
        "steps.3.means",
    }


def test_what_hangs_on_a_choice_that_is_none_is_not_told() -> None:
    wrong_signal = PLAN | {"trigger": "signal", "params": {"signal": "silence", "percent": 3, "hours": 5}}
    wrong_measure = PLAN | {"trigger": "after_score", "params": {"measure": "luck", "at_most": 11}}
    wrong_days = PLAN | {"params": {"date": "contract.expires_on", "days": "30", "offers": {"30": "优惠"}}}
    for item, place in (
        (wrong_signal, "params.signal"),
        (wrong_measure, "params.measure"),
        (wrong_days, "params.days"),
    ):
        assert [told for told, _ in looked_at_plan(item)[1]] == [place]


def test_an_overflowing_first_span_is_a_fault_of_its_own_and_not_of_the_steps_after_it() -> None:
    far = {"amount": 36_600, "unit": "working_days"}
    _, faults = looked_at_plan(PLAN | {"available_after": far})
    assert [(place, error.kind) for place, error in faults] == [("available_after", ErrorKind.OUT_OF_RANGE)]


def test_every_fault_of_a_calendar_is_told_at_its_place() -> None:
    week = {
        "mon": [["09:00", "18:00"], ["10:00", "11:00"], ["12:00", "13:00"], ["25:00", "26:00"]],
        "tue": "09:00",
        "monday": [],
    }
    exceptions = {"2026-02-30": [], "2026-10-01": [["12:00", "09:00"]], "2026-W01-1": []}
    found, faults = looked_at_calendar(
        {"timezone": "Asia/Shangai", "week": week, "exceptions": exceptions, "holidays": []}
    )
    assert found is None
    assert sorted((place, error.values["problem"]) for place, error in faults) == [
        ("exceptions.2026-02-30", "not_a_day"),
        ("exceptions.2026-10-01.0", "interval_empty"),
        ("exceptions.2026-W01-1", "not_a_day"),
        ("holidays", "unknown_key"),
        ("timezone", "timezone_unknown"),
        ("week.mon.1", "intervals_overlap"),
        ("week.mon.2", "intervals_overlap"),
        ("week.mon.3", "interval_malformed"),
        ("week.monday", "unknown_key"),
        ("week.tue", "interval_malformed"),
    ]
