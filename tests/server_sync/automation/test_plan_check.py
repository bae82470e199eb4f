"""`plan check`: every fault of every plan, each at its place with what may stand there, and nothing stored."""

import json
from pathlib import Path
from typing import Any

import pytest

from server_sync.__main__ import main
from server_sync.automation.plan_files import store_plan
from server_sync.domain.commands import Insert
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.rules.plans.definition import checked_definition
from tests.server_sync.automation.planning import AFTER_ORDER, BATCH, SILENCE, Centre

FESTIVAL: dict[str, Any] = AFTER_ORDER | {
    "code": "day",
    "trigger": "festival",
    "params": {"name": "圣诞节", "days": 7},
}


class Check:
    """Checks plans with the verb as it is typed."""

    def __init__(self, office: Centre, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._database = str(office.database.url)
        self._folder = folder
        self._capsys = capsys

    def of(self, plans: Any) -> tuple[int, dict[str, Any]]:
        """Exit code and all of the output, one object of JSON."""
        file = self._folder / "plans.json"
        file.write_text(json.dumps(plans), encoding="utf-8")
        code = main(["plan", "check", str(file), "--json", "--database", self._database])
        return code, json.loads(self._capsys.readouterr().out)

    def faults(self, plans: Any) -> list[tuple[str, str]]:
        """Path and kind of each fault."""
        return [(fault["path"], fault["kind"]) for fault in self.of(plans)[1]["faults"]]


@pytest.fixture
def check(
    office: Centre, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Check:
    monkeypatch.setenv("LANGUAGE", "en")
    return Check(office, tmp_path, capsys)


def rules(*members: dict[str, Any]) -> dict[str, Any]:
    return {"combinator": "and", "rules": list(members)}


def in_segments(*codes: str) -> dict[str, Any]:
    return {"field": "segments", "operator": "in", "value": list(codes)}


def segment(office: Centre, code: str) -> Insert:
    columns = {"name": code, "audience": rules(), "tag": None, "position": 0, "active": True, "source": None}
    return Insert("segment", {"id": office.ids.new(), "code": code, **columns})


def day_off(office: Centre, day: str, name: str | None, *, provisional: bool = False) -> Insert:
    row = {"day": day, "working": False, "name": name, "provisional": provisional}
    return Insert("calendar_day", {"id": office.ids.new(), **row})


def test_every_fault_of_every_plan_is_told_with_its_place(check: Check) -> None:
    wrong = {
        "code": "first",
        "name": " ",
        "label": "首访",
        "purpose": "fun",
        "color": "red",
        "priority": 101,
        "trigger": "after_order",
        "params": {"days": -1, "basis": "paid_on", "weeks": 1},
        "due_within": {"amount": 1, "unit": "moons"},
        "audience": rules(
            {"field": "shoe_size", "operator": "=", "value": 1},
            rules({"field": "tier", "operator": "=", "value": "vip"}, {"field": "tier", "operator": "like"}),
        ),
        "steps": [
            {"after": {"amount": 3, "unit": "natural_days"}, "label": "", "due_within": {}},
            {"after": {"amount": 2, "unit": "natural_days"}, "label": "复访"},
        ],
    }
    assert sorted(check.faults([SILENCE, wrong])) == sorted(
        [
            ("$[1].name", "field_invalid"),
            ("$[1].purpose", "field_invalid"),
            ("$[1].color", "field_invalid"),
            ("$[1].priority", "field_invalid"),
            ("$[1].params.days", "field_invalid"),
            ("$[1].params.basis", "field_invalid"),
            ("$[1].params.weeks", "field_invalid"),
            ("$[1].due_within", "out_of_range"),
            ("$[1].audience.rules[0]", "condition_invalid"),
            ("$[1].audience.rules[1].rules[1]", "condition_invalid"),
            ("$[1].steps[0].label", "field_invalid"),
            ("$[1].steps[0].due_within", "out_of_range"),
            ("$[1].steps[1].after", "field_invalid"),
            ("$[1].steps[1].due_within", "field_missing"),
        ]
    )


def test_what_hangs_on_a_faulty_field_is_not_told_as_a_fault(check: Check) -> None:
    unknown = SILENCE | {"trigger": "full_moon", "assignment": {"to": "anybody", "person": "li"}}
    assert check.faults(unknown) == [
        ("$.trigger", "field_invalid"),
        ("$.assignment.to", "field_invalid"),
    ]


def test_a_fault_says_what_may_stand_there(check: Check) -> None:
    code, report = check.of({key: value for key, value in SILENCE.items() if key != "purpose"})
    assert (code, report["plans"]) == (2, [])
    (fault,) = report["faults"]
    assert (fault["file"], fault["path"], fault["values"]["choices"]) == (
        "plans.json",
        "$.purpose",
        ["service", "marketing", "survey"],
    )
    assert fault["message"] == "silent.purpose is missing; possible are: service, marketing, survey."


def test_a_condition_without_a_group_is_told_where_it_belongs(check: Check) -> None:
    alone = {"field": "tier", "operator": "=", "value": "vip"}
    found = check.of(SILENCE | {"audience": alone})[1]["faults"]
    assert any("a single condition stands in a group too" in fault["message"] for fault in found)
    assert check.faults(SILENCE | {"audience": rules(alone)}) == []


def test_sound_plans_beside_faulty_ones_are_named_and_nothing_is_stored(check: Check, office: Centre) -> None:
    before = office.rows("plan")
    code, report = check.of([SILENCE, BATCH | {"name": ""}])
    assert (code, report["plans"]) == (2, [{"code": "silent", "outcome": "created"}])
    assert check.of(SILENCE) == (0, {"plans": [{"code": "silent", "outcome": "created"}], "faults": []})
    assert office.rows("plan") == before


def test_the_same_code_twice_is_told_at_the_second(check: Check) -> None:
    assert check.faults([SILENCE, SILENCE]) == [("$[1].code", "field_invalid")]


def test_everything_that_is_not_there_is_told(check: Check) -> None:
    step = {"after": {"amount": 3, "unit": "natural_days"}, "label": "复访", "form": "second"}
    lacking = SILENCE | {
        "form": "first",
        "goal": "more",
        "assignment": {"to": "person", "person": "nobody"},
        "steps": [step | {"due_within": {"amount": 1, "unit": "working_days"}}],
        "trigger": "by_hand",
        "params": {"customers": ["X1", "X2"]},
    }
    places = (
        "form",
        "steps[0].form",
        "goal",
        "assignment.person",
        "params.customers[0]",
        "params.customers[1]",
    )
    assert check.faults(lacking) == [(f"$.{place}", "not_found") for place in places]


def test_an_import_that_there_never_was_is_told(check: Check) -> None:
    lacking = SILENCE | {"trigger": "imported", "params": {"import": "00" * 16}}
    assert check.faults(lacking) == [("$.params.import", "not_found")]


def test_a_segment_that_nobody_has_is_told_with_those_that_there_are(check: Check, office: Centre) -> None:
    office.put(segment(office, "sleeping"), segment(office, "vip"))
    asking = SILENCE | {"audience": rules(in_segments("vip"), rules(in_segments("vip", "vipp")))}
    (fault,) = check.of(asking)[1]["faults"]
    assert (fault["path"], fault["values"]["segment"]) == ("$.audience.rules[1].rules[0]", "vipp")
    assert fault["message"] == (
        "silent.audience: condition 2.1 names the segment vipp; there are: sleeping, vip."
    )
    with pytest.raises(KnownError) as refusal, office.database.write(office.clock.now()) as tx:
        store_plan(tx, office.ids, checked_definition(asking))
    assert refusal.value.kind is ErrorKind.FIELD_INVALID
    assert check.faults(SILENCE | {"audience": rules(in_segments("vip", "sleeping"))}) == []


def test_a_festival_that_the_calendar_does_not_know_is_told_with_those_that_it_does(
    check: Check, office: Centre
) -> None:
    office.put(
        day_off(office, "2026-09-25", "中秋"),
        day_off(office, "2026-10-01", "国庆节"),
        day_off(office, "2027-01-02", None, provisional=True),
    )
    (fault,) = check.of(FESTIVAL)[1]["faults"]
    assert (fault["path"], fault["values"]["festival"]) == ("$.params.name", "圣诞节")
    assert set(fault["values"]["known"]) == {"中秋", "国庆节"}
    for name in ("中秋节", "中秋", "国庆"):
        assert check.faults(FESTIVAL | {"params": {"name": name}}) == []
    assert check.faults(FESTIVAL | {"params": {"name": "圣诞节", "dates": ["2026-12-25"]}}) == []


def test_where_all_of_the_calendar_is_provisional_any_festival_may_come(check: Check, office: Centre) -> None:
    office.put(day_off(office, "2027-01-02", None, provisional=True))
    assert check.faults(FESTIVAL) == []
