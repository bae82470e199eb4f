"""Ladders as files: the ready samples are taken in and reach what waits; what is wrong is named with its place."""

import json
from pathlib import Path
from typing import Any

import pytest

from server_sync.__main__ import main
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.rules.escalation_definition import checked_policy

SAMPLES = Path(__file__).resolve().parents[3] / "resources" / "samples" / "escalation" / "ladders.json"
SPAN = {"amount": 2, "unit": "working_hours"}
STEP: dict[str, Any] = {"after": SPAN, "means": ["popup"]}
POLICY: dict[str, Any] = {"code": "one", "name": "阶梯", "steps": [STEP]}


def test_the_samples_are_taken_in_and_listed_and_taken_in_again_without_change(
    database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    outcomes = []
    for _ in range(2):
        assert main(["escalation", "import", str(SAMPLES), "--json", "--database", database_url]) == 0
        report = json.loads(capsys.readouterr().out)
        outcomes.append({one["outcome"] for one in report["policies"]})
    assert outcomes == [{"created"}, {"unchanged"}]
    assert main(["escalation", "list", "--json", "--database", database_url]) == 0
    listed = json.loads(capsys.readouterr().out)["policies"]
    assert [one["code"] for one in listed if one["active"]] == [
        "complaint",
        "three_levels",
        "promises",
        "callbacks",
    ]


def test_what_is_left_out_has_a_value() -> None:
    assert checked_policy(POLICY) == {
        **POLICY,
        "applies_to": {"subject": "task"},
        "steps": [{"basis": "created", "while": "open", **STEP}],
        "position": 0,
        "active": True,
        "source": None,
    }


def test_a_step_may_come_before_it_is_due() -> None:
    span = {"amount": 24, "unit": "natural_hours"}
    written = {"before": span, "means": ["popup", "mail"]}
    wanted = {"basis": "due", "before": span, "while": "open", "means": ["popup", "mail"]}
    for step in (written, {**written, "basis": "due"}, wanted):
        assert checked_policy({**POLICY, "steps": [step]})["steps"] == [wanted]


@pytest.mark.parametrize(
    ("changed", "kind", "field"),
    [
        ({"steps": None}, ErrorKind.FIELD_MISSING, "one.steps"),
        ({"steps": []}, ErrorKind.FIELD_INVALID, "one.steps"),
        ({"steps": [{**STEP, "means": []}]}, ErrorKind.FIELD_INVALID, "one.steps.1.means"),
        ({"steps": [STEP, {**STEP, "means": ["pigeon"]}]}, ErrorKind.FIELD_INVALID, "one.steps.2.means"),
        ({"steps": [{**STEP, "basis": "birth"}]}, ErrorKind.FIELD_INVALID, "one.steps.1.basis"),
        (
            {"steps": [{**STEP, "after": {"amount": -1, "unit": "working_hours"}}]},
            ErrorKind.OUT_OF_RANGE,
            None,
        ),
        (
            {"steps": [{**STEP, "after": {"amount": 10**9, "unit": "natural_days"}}]},
            ErrorKind.OUT_OF_RANGE,
            None,
        ),
        ({"steps": [{**STEP, "before": SPAN}]}, ErrorKind.FIELD_INVALID, "one.steps.1.after"),
        ({"steps": [{"means": ["popup"]}]}, ErrorKind.FIELD_MISSING, "one.steps.1.after"),
        (
            {"steps": [{"means": ["popup"], "before": SPAN, "basis": "created"}]},
            ErrorKind.FIELD_INVALID,
            "one.steps.1.basis",
        ),
        (
            {"steps": [{"means": ["popup"], "before": {"amount": -1, "unit": "working_days"}}]},
            ErrorKind.OUT_OF_RANGE,
            "one.steps.1.before",
        ),
        (
            {"steps": [{"means": ["popup"], "before": {"amount": 3661, "unit": "working_days"}}]},
            ErrorKind.OUT_OF_RANGE,
            "one.steps.1.before",
        ),
        ({"applies_to": {"tiers": ["gold"]}}, ErrorKind.FIELD_INVALID, "one.applies_to.tiers"),
        ({"applies_to": {"colour": []}}, ErrorKind.FIELD_INVALID, "one.applies_to.colour"),
        ({"stepps": []}, ErrorKind.FIELD_INVALID, "one.stepps"),
        ({"position": True}, ErrorKind.FIELD_INVALID, "one.position"),
    ],
)
def test_a_ladder_that_cannot_be_is_refused_with_its_place(
    changed: dict[str, Any], kind: ErrorKind, field: str | None
) -> None:
    with pytest.raises(KnownError) as refused:
        checked_policy({**POLICY, **changed})
    assert refused.value.kind is kind
    assert refused.value.values["field"] == (field or "one.steps.1.after")
