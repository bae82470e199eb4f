"""Plans as JSON: what is read, what is refused and where, and that adding twice changes nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from server_sync.automation.definition_files import items_of
from server_sync.automation.plan_files import Outcome, PlanDefinition, store_plan
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import PlanState, Trigger
from server_sync.domain.rules.plans.definition import checked_definition
from tests.server_sync.automation.planning import AFTER_ORDER, BATCH, SILENCE, Centre

SAMPLES = Path(__file__).resolve().parents[3] / "resources" / "samples" / "plans"


STEP = {
    "after": {"amount": 3, "unit": "natural_days"},
    "label": "使用指导",
    "due_within": {"amount": 1, "unit": "working_days"},
}


def read_plans(data: bytes, file: str) -> list[PlanDefinition]:
    return [checked_definition(item) for _, item in items_of(data, file)]


def read(value: Any) -> list[PlanDefinition]:
    return read_plans(json.dumps(value).encode(), "plan.json")


def refused(value: Any) -> KnownError:
    with pytest.raises(KnownError) as refusal:
        read(value)
    return refusal.value


def rule(**values: Any) -> dict[str, Any]:
    return {"combinator": "and", "rules": [values]}


def test_what_is_left_out_has_its_default() -> None:
    (one,) = read(AFTER_ORDER)
    assert one.values["params"] == {
        "days": 3,
        "basis": "ordered_on",
        "first_order": False,
        "catch_up_days": 7,
    }
    assert (one.values["channel"], one.values["priority"], one.values["urgency"]) == ("phone", 50, "normal")
    assert (one.values["audience"], one.form, one.state) == ({"combinator": "and", "rules": []}, None, None)


def test_a_file_may_hold_several_plans_and_a_bom() -> None:
    data = "\ufeff" + json.dumps([AFTER_ORDER, BATCH])
    assert [one.code for one in read_plans(data.encode(), "plans.json")] == ["first", "news"]


@pytest.mark.parametrize(
    ("values", "kind", "field"),
    [
        ({"code": None}, ErrorKind.FIELD_MISSING, "plan.code"),
        ({"code": "Erste Besuche"}, ErrorKind.FIELD_INVALID, "Erste Besuche.code"),
        ({"name": " "}, ErrorKind.FIELD_INVALID, "first.name"),
        ({"label": "x" * 101}, ErrorKind.FIELD_INVALID, "first.label"),
        ({"purpose": "fun"}, ErrorKind.FIELD_INVALID, "first.purpose"),
        ({"purpose": None}, ErrorKind.FIELD_MISSING, "first.purpose"),
        ({"channel": "pigeon"}, ErrorKind.FIELD_INVALID, "first.channel"),
        ({"trigger": "birthday"}, ErrorKind.FIELD_INVALID, "first.trigger"),
        ({"state": "ended"}, ErrorKind.FIELD_INVALID, "first.state"),
        ({"priority": 101}, ErrorKind.FIELD_INVALID, "first.priority"),
        ({"priority": True}, ErrorKind.FIELD_INVALID, "first.priority"),
        ({"urgency": "very"}, ErrorKind.FIELD_INVALID, "first.urgency"),
        ({"colour": "red"}, ErrorKind.FIELD_INVALID, "first.colour"),
        ({"params": None}, ErrorKind.FIELD_MISSING, "first.params"),
        ({"params": 3}, ErrorKind.FIELD_INVALID, "first.params"),
        ({"params": {}}, ErrorKind.FIELD_MISSING, "first.params.days"),
        ({"params": {"days": "3"}}, ErrorKind.FIELD_INVALID, "first.params.days"),
        ({"params": {"days": -1}}, ErrorKind.FIELD_INVALID, "first.params.days"),
        ({"params": {"days": 3, "basis": "paid_on"}}, ErrorKind.FIELD_INVALID, "first.params.basis"),
        ({"params": {"days": 3, "batch": "x"}}, ErrorKind.FIELD_INVALID, "first.params.batch"),
        ({"params": {"days": 3, "first_order": 1}}, ErrorKind.FIELD_INVALID, "first.params.first_order"),
        ({"due_within": None}, ErrorKind.FIELD_MISSING, "first.due_within"),
        ({"due_within": {"amount": 1}}, ErrorKind.OUT_OF_RANGE, "first.due_within"),
        ({"due_within": {"amount": 1.5, "unit": "working_days"}}, ErrorKind.OUT_OF_RANGE, "first.due_within"),
        (
            {"due_within": {"amount": 2700, "unit": "working_days"}},
            ErrorKind.OUT_OF_RANGE,
            "first.due_within",
        ),
        ({"audience": {}}, ErrorKind.CONDITION_INVALID, "first.audience"),
        ({"starts_on": "2026-02-30"}, ErrorKind.FIELD_INVALID, "first.starts_on"),
        ({"starts_on": "2026-03-01", "ends_on": "2026-02-28"}, ErrorKind.FIELD_INVALID, "first.ends_on"),
        (
            {"available_after": {"amount": 10**9, "unit": "natural_hours"}},
            ErrorKind.OUT_OF_RANGE,
            "first.available_after",
        ),
        (
            {"due_within": {"amount": 36_600, "unit": "working_days"}},
            ErrorKind.OUT_OF_RANGE,
            "first.due_within",
        ),
        ({"control_percent": 101}, ErrorKind.FIELD_INVALID, "first.control_percent"),
        ({"assignment": {"to": "anybody"}}, ErrorKind.FIELD_INVALID, "first.assignment.to"),
        ({"assignment": {"to": "person"}}, ErrorKind.FIELD_MISSING, "first.assignment.person"),
        ({"tags": ["a", "a"]}, ErrorKind.FIELD_INVALID, "first.tags"),
        ({"dialling": {"mode": "power"}}, ErrorKind.FIELD_INVALID, "first.dialling.mode"),
        (
            {"dialling": {"mode": "progressive", "seconds": 0}},
            ErrorKind.FIELD_INVALID,
            "first.dialling.seconds",
        ),
        ({"steps": {}}, ErrorKind.FIELD_INVALID, "first.steps"),
        (
            {"steps": [STEP | {"after": {"amount": 0, "unit": "natural_days"}}]},
            ErrorKind.FIELD_INVALID,
            "first.steps.1.after",
        ),
        ({"steps": [STEP, STEP]}, ErrorKind.FIELD_INVALID, "first.steps.2.after"),
        ({"steps": [STEP | {"next": 1}]}, ErrorKind.FIELD_INVALID, "first.steps.1.next"),
        ({"steps": [STEP | {"label": None}]}, ErrorKind.FIELD_MISSING, "first.steps.1.label"),
        ({"available_after": STEP["after"], "steps": [STEP]}, ErrorKind.FIELD_INVALID, "first.steps.1.after"),
        (
            {"trigger": "after_event", "params": {"event": "wedding"}},
            ErrorKind.FIELD_INVALID,
            "first.params.event",
        ),
        (
            {"trigger": "after_score", "params": {"measure": "nps"}},
            ErrorKind.FIELD_MISSING,
            "first.params.at_most",
        ),
        (
            {"trigger": "after_score", "params": {"measure": "nps", "at_most": 11}},
            ErrorKind.FIELD_INVALID,
            "first.params.at_most",
        ),
        (
            {"trigger": "before_date", "params": {"date": "contract.expires_on", "days": []}},
            ErrorKind.FIELD_INVALID,
            "first.params.days",
        ),
        (
            {
                "trigger": "before_date",
                "params": {"date": "contract.expires_on", "days": 30, "offers": {"31": "x"}},
            },
            ErrorKind.FIELD_INVALID,
            "first.params.offers.31",
        ),
        (
            {"trigger": "festival", "params": {"name": "x", "dates": ["soon"]}},
            ErrorKind.FIELD_INVALID,
            "first.params.dates",
        ),
        (
            {"trigger": "recurring", "params": {"every": "fortnight"}},
            ErrorKind.FIELD_INVALID,
            "first.params.every",
        ),
        (
            {"trigger": "cadence", "params": {"table": [{"tier": "vip"}]}},
            ErrorKind.FIELD_MISSING,
            "first.params.table.1.days",
        ),
        (
            {"trigger": "signal", "params": {"signal": "slow_reply", "percent": 3}},
            ErrorKind.FIELD_INVALID,
            "first.params.percent",
        ),
        (
            {"trigger": "by_hand", "params": {"customers": []}},
            ErrorKind.FIELD_INVALID,
            "first.params.customers",
        ),
        (
            {"trigger": "imported", "params": {"import": "last"}},
            ErrorKind.FIELD_INVALID,
            "first.params.import",
        ),
    ],
)
def test_every_fault_is_named_with_its_place(values: dict[str, Any], kind: ErrorKind, field: str) -> None:
    error = refused(AFTER_ORDER | values)
    assert (error.kind, error.values["field"]) == (kind, field)


def test_a_fault_in_the_audience_names_its_rule() -> None:
    error = refused(AFTER_ORDER | {"audience": rule(field="tier", operator="=", value="gold")})
    assert error.values == {
        "field": "first.audience",
        "problem": "choice_unknown",
        "path": [0],
        "of": "tier",
        "value": "gold",
    }


@pytest.mark.parametrize("params", [{"days": 0}, {"days": 15, "basis": "ordered_on"}])
def test_silence_counts_whole_days_and_nothing_else(params: dict[str, Any]) -> None:
    assert refused(SILENCE | {"params": params}).kind is ErrorKind.FIELD_INVALID


def test_a_batch_has_a_name() -> None:
    assert refused(BATCH | {"params": {"batch": "  "}}).values["field"] == "news.params.batch"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", {"problem": "empty"}),
        (b" \n", {"problem": "empty"}),
        (b"[]", {"problem": "empty"}),
        (b"{", {"problem": "not_json", "line": 1, "column": 2}),
        (b'[\n {"code": one}\n]', {"problem": "not_json", "line": 2, "column": 11}),
        (b'{"priority": NaN}', {"problem": "no_number", "name": "NaN"}),
        (b'{"code": "a", "code": "b"}', {"problem": "key_twice", "key": "code"}),
        (b"\xff\xfe", {"problem": "not_utf8"}),
        ('{"code": "a"}'.encode("utf-16"), {"problem": "not_utf8"}),
        (b"[" * 100_000, {"problem": "too_deep", "most": 200}),
        (b"[" * 500 + b"]" * 500, {"problem": "too_deep", "most": 200}),
        (b" " * (4 * 1024 * 1024 + 1), {"problem": "too_large", "most_mb": 4}),
    ],
)
def test_what_is_no_json_of_plans_is_refused(data: bytes, why: dict[str, Any]) -> None:
    with pytest.raises(KnownError) as refusal:
        read_plans(data, "plan.json")
    assert (refusal.value.kind, refusal.value.values) == (
        ErrorKind.FILE_UNREADABLE,
        {"file": "plan.json"} | why,
    )


@pytest.mark.parametrize("data", [b"3", b"[3]", b"null"])
def test_what_is_no_object_is_no_plan(data: bytes) -> None:
    with pytest.raises(KnownError) as refusal:
        read_plans(data, "plan.json")
    assert (refusal.value.kind, refusal.value.values["shape"]) == (ErrorKind.FIELD_INVALID, "object")


def store(office: Centre, **values: Any) -> Outcome:
    (one,) = read(BATCH | values)
    with office.database.write(office.clock.now()) as tx:
        return store_plan(tx, office.ids, one)


def state(office: Centre) -> str:
    (found,) = (str(row["state"]) for row in office.rows("plan") if row["code"] == "news")
    return found


def test_adding_twice_changes_nothing(office: Centre) -> None:
    assert [store(office), store(office)] == [Outcome.CREATED, Outcome.UNCHANGED]
    assert state(office) == PlanState.ACTIVE
    before = office.rows("plan")
    assert store(office, priority=60) is Outcome.UPDATED
    assert [row["rev"] for row in office.rows("plan")] == [
        row["rev"] + (row["code"] == "news") for row in before
    ]


def test_a_plan_that_has_ended_is_not_revived_by_its_old_file(office: Centre) -> None:
    store(office)
    office.run()
    assert (state(office), store(office), state(office)) == (
        PlanState.ENDED,
        Outcome.UNCHANGED,
        PlanState.ENDED,
    )
    assert store(office, state="active") is Outcome.UPDATED
    assert state(office) == PlanState.ACTIVE


def test_a_guide_must_be_published_before(office: Centre) -> None:
    with pytest.raises(KnownError) as refusal:
        store(office, form="nowhere")
    assert (refusal.value.kind, refusal.value.values) == (
        ErrorKind.NOT_FOUND,
        {"table": "form", "name": "nowhere"},
    )


def test_the_shipped_plans_can_be_read() -> None:
    files = sorted(SAMPLES.glob("*.json"))
    plans = [one for file in files for one in read_plans(file.read_bytes(), file.name)]
    assert [one.code for one in plans] == [file.stem for file in files]
    by_code = {one.code: one.values for one in plans}
    assert by_code["first_visit"]["params"]["days"] == 3
    assert by_code["vip_care"]["params"] == {"days": 15}
    assert {values["trigger"] for values in by_code.values()} == set(Trigger) - {"by_hand", "imported"}


def test_every_practice_of_the_inventory_has_a_template_that_names_it() -> None:
    sources = {json.loads(file.read_text("utf-8"))["source"] for file in SAMPLES.glob("*.json")}
    about_calls = {f"M1.{number}" for number in range(2, 25)}  # M1.1 is of goals
    assert about_calls <= sources


def test_the_guides_of_the_shipped_plans_are_shipped_too() -> None:
    shipped = {file.stem for file in SAMPLES.parent.joinpath("forms").glob("*.md")}
    plans = [one for file in SAMPLES.glob("*.json") for one in read_plans(file.read_bytes(), file.name)]
    assert {code for one in plans for code in one.forms} <= shipped
