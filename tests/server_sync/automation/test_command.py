"""`plan` and `forms` on the command line: what they print, and clear errors that change nothing."""

import json
from pathlib import Path
from typing import Any

import pytest

from server_sync.__main__ import main
from tests.server_sync.automation.planning import AFTER_ORDER, BATCH, Centre

FORM = """
| survey |
| | type | name | label |
| | text | wish | 客户需求 |
| settings |
| | form_title | form_id | version |
| | 关怀回访 | care | 1 |
"""


@pytest.fixture(autouse=True)
def _speaking_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(BATCH | {"code": "shipped", "form": "care"}), encoding="utf-8")
    return file


class Line:
    """The command line on a database."""

    def __init__(self, address: str, capsys: pytest.CaptureFixture[str]) -> None:
        self._address = address
        self._capsys = capsys

    def __call__(self, *words: object) -> tuple[int, str, str]:
        """(exit code, output, errors)."""
        code = main([*map(str, words), "--database", self._address])
        out, err = self._capsys.readouterr()
        return code, out, err

    def json(self, *words: object) -> dict[str, Any]:
        """The one object of what succeeds."""
        code, out, _ = self(*words, "--json")
        assert code == 0
        answer: dict[str, Any] = json.loads(out)
        return answer


@pytest.fixture
def line(database_url: str, office: Centre, capsys: pytest.CaptureFixture[str]) -> Line:
    return Line(database_url, capsys)


def test_a_form_and_a_plan_are_published_and_run(
    line: Line, office: Centre, plan_file: Path, tmp_path: Path
) -> None:
    form = tmp_path / "care.md"
    form.write_text(FORM, encoding="utf-8")
    published = line.json("forms", "publish", form)
    assert (published["code"], published["version"], published["outcome"]) == ("care", "1", "created")
    assert line.json("forms", "publish", form)["outcome"] == "unchanged"
    assert line.json("plan", "add", plan_file) == {"plans": [{"code": "shipped", "outcome": "created"}]}
    listed = {row["code"]: row for row in line.json("plan", "list")["plans"]}
    assert (listed["shipped"]["form"], listed["shipped"]["state"]) == ("care", "active")
    office.put(office.customer("A"))
    report = line.json("plan", "run", "--as-of", "2026-10-01", "--yes")
    assert (report["made"], report["assigned"], report["plans"][0]["code"]) == (1, 1, "shipped")
    assert sum(report["by_agent"].values()) == 1
    (task,) = office.tasks()
    assert task["form_version_id"] is not None


def test_a_run_tells_what_it_did_in_words(line: Line, office: Centre) -> None:
    customer = office.customer("A")
    office.put(customer, office.organisation.order(customer))
    assert line("plan", "run")[1] == "No plan is active.\n"
    office.plan(AFTER_ORDER, state="active")
    _, first, _ = line("plan", "run", "--plan", "first", "--as-of", "2026-10-01T10:00", "--yes")
    assert first.splitlines()[0] == "first: 1 new tasks for 1 picked"
    _, second, _ = line("plan", "run", "--as-of", "2026-10-01T10:00", "--yes")
    assert second == "first: 0 new tasks for 1 picked; made before: 1\n"


@pytest.mark.parametrize(
    ("definition", "said"),
    [
        (AFTER_ORDER | {"params": {"days": "3"}}, 'first.params.days is "3"; it must be a whole number'),
        (AFTER_ORDER | {"purpose": "fun"}, "first.purpose is fun; possible are: service, marketing, survey."),
        (
            AFTER_ORDER | {"params": {"days": 3, "day": 3}},
            "first.params.day is not known here; known are: days, basis",
        ),
        (AFTER_ORDER | {"name": ""}, 'first.name must be a text of 1 to 100 characters: "".'),
        (AFTER_ORDER | {"label": None}, "A value is missing: first.label."),
        (
            AFTER_ORDER
            | {
                "audience": {
                    "combinator": "and",
                    "rules": [{"field": "tier", "operator": "=", "value": "gold"}],
                }
            },
            "first.audience: condition 1 is not valid: gold is no choice of tier.",
        ),
        (
            AFTER_ORDER | {"audience": {"combinator": "and", "rules": [{"field": "shoe_size"}]}},
            "first.audience: condition 1 is not valid: there is no field shoe_size.",
        ),
        (
            AFTER_ORDER | {"due_within": {"amount": 10**9, "unit": "working_days"}},
            "first.due_within is not valid: 1000000000 is not between 0 and 36600.",
        ),
        (AFTER_ORDER | {"label": "x" * 5000}, f"must be a text of 1 to 100 characters: {'x' * 100}…."),
        (AFTER_ORDER | {"form": "nowhere"}, "There is no such entry: form nowhere."),
    ],
)
def test_a_faulty_plan_is_refused_in_one_line(
    line: Line, office: Centre, tmp_path: Path, definition: dict[str, Any], said: str
) -> None:
    before = office.rows("plan")
    file = tmp_path / "plan.json"
    file.write_text(json.dumps([BATCH, definition]), encoding="utf-8")
    code, _, err = line("plan", "add", file)
    assert (code, err.count("\n")) == (2, 1)
    assert said in err
    assert office.rows("plan") == before  # not even the good one


def test_errors_are_json_where_json_is_asked_for(line: Line, tmp_path: Path) -> None:
    code, out, _ = line("plan", "add", tmp_path / "nowhere.json", "--json")
    values = {"file": "nowhere.json", "problem": "not_there"}
    message = "nowhere.json cannot be read: there is no such file."
    fault = {
        "file": "nowhere.json",
        "path": "$",
        "kind": "file_unreadable",
        "values": values,
        "message": message,
    }
    assert (code, json.loads(out)) == (
        2,
        {"error": "file_unreadable", "values": values, "faults": [fault]},
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("plan", "run", "--as-of", "soon"), "soon is no moment: --as-of takes 2026-11-20 or"),
        (("plan", "run", "--as-of", "0001-01-01"), "0001-01-01 is no moment"),
        (("plan", "run", "--plan", "nothing"), "There is no such entry: plan nothing."),
        (
            ("plan", "run", "--plan", "first"),
            "first is paused, and only active plans run: plan set first active.",
        ),
        (("plan", "add", "nowhere.json"), "nowhere.json cannot be read"),
        (("forms", "publish", "nowhere.xlsx"), "This cannot be read: nowhere.xlsx."),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(line: Line, words: tuple[str, ...], said: str) -> None:
    code, _, err = line(*words)
    assert (code, err.count("\n")) == (2, 1)
    assert said in err


def test_plans_go_out_and_come_in_as_they_were(line: Line, office: Centre, tmp_path: Path) -> None:
    office.plan(BATCH, control_percent=10, steps=[], tags=["老客"], form="visit")
    exported = line("plan", "export", "news")[1]
    file = tmp_path / "news.json"
    file.write_text(exported, encoding="utf-8")
    assert line.json("plan", "import", file)["plans"] == [{"code": "news", "outcome": "unchanged"}]
    code, _, err = line("plan", "export", "nobody")
    assert (code, err.count("\n")) == (2, 1)


def test_checking_a_file_changes_nothing(line: Line, office: Centre, tmp_path: Path) -> None:
    before = office.rows("plan")
    file = tmp_path / "plan.json"
    file.write_text(json.dumps(BATCH | {"form": "visit"}), encoding="utf-8")
    assert line.json("plan", "check", file)["plans"] == [{"code": "news", "outcome": "created"}]
    file.write_text(json.dumps(BATCH | {"form": "nowhere"}), encoding="utf-8")
    assert line("plan", "check", file)[0] == 2
    assert office.rows("plan") == before


def test_a_preview_tells_whom_a_file_would_pick(line: Line, office: Centre, tmp_path: Path) -> None:
    office.put(office.customer("A", tier="vip"), office.customer("B"))
    file = tmp_path / "plan.json"
    vip = {"combinator": "and", "rules": [{"field": "tier", "operator": "=", "value": "vip"}]}
    file.write_text(json.dumps(BATCH | {"audience": vip}), encoding="utf-8")
    (found,) = line.json("plan", "preview", file, "--as-of", "2026-10-01")["plans"]
    assert (found["code"], found["audience"], found["picked"], found["made"]) == ("news", 1, 1, 1)
    assert [one["customer"]["code"] for one in found["sample"]] == ["A"]
    assert office.tasks() == []


def test_a_preview_shows_every_plan_of_the_files_or_the_one_that_is_named(
    line: Line, office: Centre, tmp_path: Path
) -> None:
    office.put(office.customer("A"))
    file, other = tmp_path / "plans.json", tmp_path / "other.json"
    file.write_text(json.dumps([BATCH | {"code": code} for code in ("one", "two")]), encoding="utf-8")
    other.write_text(json.dumps(BATCH | {"code": "three"}), encoding="utf-8")
    all_plans = line.json("plan", "preview", file, other)["plans"]
    assert [(one["code"], one["picked"]) for one in all_plans] == [("one", 1), ("two", 1), ("three", 1)]
    assert [one["code"] for one in line.json("plan", "preview", file, "--plan", "two")["plans"]] == ["two"]
    words = line("plan", "preview", file, other)[1].splitlines()
    assert [word for word in words if word.endswith(":")] == ["one:", "two:", "three:"]
    assert line("plan", "preview", file, "--plan", "four")[0] == 2
    other.write_text(json.dumps(BATCH | {"code": "one"}), encoding="utf-8")
    for act in ("preview", "import"):
        said = line("plan", act, file, other)[2]
        assert said == "other.json $.code: one.code: one is already the code of plans.json $[0].\n"


def test_json_is_all_of_the_output_and_words_go_beside_it(
    line: Line, office: Centre, plan_file: Path
) -> None:
    office.plan(BATCH, state="active")
    for words in (("run",), ("list",), ("set", "news", "paused"), ("check", plan_file)):
        code, out, err = line("plan", *words, "--json")
        assert code in (0, 2)
        assert len(out.splitlines()) == 1
        assert json.loads(out)
        assert err


@pytest.mark.parametrize(("act", "made"), [(("plan", "run"), "made"), (("segments", "run"), "looked_at")])
def test_a_moment_that_is_far_off_is_asked_about(
    line: Line, office: Centre, act: tuple[str, str], made: str
) -> None:
    office.put(office.customer("A"))
    office.plan(BATCH, state="active")
    for moment in ("2987-06-05", "1971-01-01T10:00"):
        assert line("goal", "measure", "--as-of", moment)[0] == 2
        code, out, err = line(*act, "--as-of", moment)
        assert (code, out) == (2, "")
        assert f"--as-of is {moment}, and not from" in err
        assert "Nothing was changed; with --yes it is done." in err
    assert office.tasks() == []
    code, out, err = line(*act, "--as-of", "2987-06-05", "--yes", "--json")
    assert (code, json.loads(out)[made]) == (0, 1)
    assert "By the data and the clock of 2987-06-05, not of today" in err


def test_a_plan_is_set_to_work_and_ended_by_its_code(line: Line, office: Centre) -> None:
    office.plan(BATCH, state="draft")
    assert line.json("plan", "set", "news", "active") == {"code": "news", "state": "active"}
    code, _, err = line("plan", "set", "news", "draft")
    assert (code, err.count("\n")) == (2, 1)
    assert line("plan", "set", "nothing", "active")[0] == 2
    assert [row["state"] for row in office.rows("plan") if row["code"] == "news"] == ["active"]
