"""`segments` and `goal` on the command line, and the jobs of segmentation."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from server_sync.__main__ import main
from server_sync.automation import segment_jobs
from server_sync.automation.definition_files import items_of
from server_sync.domain.clock import HOUR
from server_sync.domain.commands import Update
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import customer
from server_sync.domain.rules.goals import checked_goal
from server_sync.domain.rules.segment_definition import checked_segment
from server_sync.jobs.worker import Worker
from server_sync.store.tables import job
from tests.server_sync.automation.planning import BATCH, EVERYONE, Centre
from tests.server_sync.organisation import NOW

SAMPLES = Path(__file__).resolve().parents[3] / "resources" / "samples"
NORTH: dict[str, Any] = {
    "code": "north",
    "name": "华北客户",
    "tag": "北方",
    "audience": EVERYONE | {"rules": [{"field": "region", "operator": "=", "value": "华北"}]},
}
GOAL: dict[str, Any] = {
    "code": "renewal",
    "name": "续费率",
    "metric": "renewal_rate",
    "target": 80,
    "starts_on": "2026-09-01",
    "deadline_on": "2026-12-31",
}


@pytest.fixture(autouse=True)
def _speaking_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")


@pytest.fixture
def line(office: Centre, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> "Line":
    return Line(office.database.url.render_as_string(hide_password=False), capsys, tmp_path)


class Line:
    """The command line on a database; what it prints is its answer."""

    def __init__(self, address: str, capsys: pytest.CaptureFixture[str], folder: Path) -> None:
        self._address, self._capsys, self._folder = address, capsys, folder
        self.said = ""

    def __call__(self, *words: str, file: Any = None, code: int = 0) -> Any:
        given = [*words]
        if file is not None:
            path = self._folder / "definitions.json"
            path.write_text(json.dumps(file), encoding="utf-8")
            given.append(str(path))
        assert main(["--database", self._address, *given, "--json"]) == code
        out, self.said = self._capsys.readouterr()
        return json.loads(out)


def test_segments_are_taken_in_worked_out_and_listed(line: Line, office: Centre) -> None:
    office.put(office.customer("A", region="华北"), office.customer("B", region="华南"))
    answer = line("segments", "import", file=[NORTH])
    assert answer == {"segments": [{"code": "north", "outcome": "created"}]}
    assert line("segments", "import", file=NORTH)["segments"][0]["outcome"] == "unchanged"
    changed = line("segments", "import", file=NORTH | {"name": "北方客户"})
    assert changed["segments"][0]["outcome"] == "updated"
    worked_out = line("segments", "run", "--as-of", "2026-10-01T10:00", "--yes")
    assert worked_out["looked_at"] == 2
    assert worked_out["changed"]["segment_codes"] == 1
    assert line("segments", "run", "--as-of", "2026-10-01T10:00", "--yes") == {"looked_at": 0, "changed": {}}
    (listed,) = line("segments", "list")["segments"]
    assert (listed["code"], listed["customers"], listed["tag"]) == ("north", 1, "北方")


def test_a_faulty_segment_changes_nothing(line: Line, office: Centre) -> None:
    faulty = NORTH | {
        "code": "x",
        "audience": EVERYONE | {"rules": [{"field": "nothing", "operator": "null"}]},
    }
    answer = line("segments", "import", file=[NORTH, faulty], code=2)
    assert answer["error"] == "condition_invalid"
    assert answer["values"]["field"] == "x.audience"
    assert answer["values"]["path"] == [0]
    assert line("segments", "import", file=[NORTH, NORTH], code=2)["error"] == "field_invalid"
    assert office.rows("segment") == []


def test_segments_go_out_and_come_in_as_they_were(line: Line, office: Centre) -> None:
    line("segments", "save", file=[NORTH, NORTH | {"code": "south", "tag": None}])
    exported = line("segments", "export")
    assert [one["code"] for one in exported] == ["north", "south"]
    assert {one["outcome"] for one in line("segments", "import", file=exported)["segments"]} == {"unchanged"}
    assert line("segments", "export", "south") == [exported[1]]
    assert line("segments", "export", "west", code=2)["error"] == "not_found"


def test_checking_segments_changes_nothing_and_says_what_is_wrong(line: Line, office: Centre) -> None:
    before = office.rows("segment")
    found = line("segments", "check", file=NORTH)
    assert found == {"segments": [{"code": "north", "outcome": "created"}], "faults": []}
    unknown = EVERYONE | {"rules": [{"field": "shoe_size", "operator": "null"}]}
    line("segments", "check", file=NORTH | {"audience": unknown}, code=2)
    assert "north.audience: condition 1 is not valid: there is no field shoe_size." in line.said
    line("segments", "check", file=NORTH | {"audience": {"combinator": "xor", "rules": []}}, code=2)
    assert "north.audience is not valid: its combinator must be and or or" in line.said
    round_about = EVERYONE | {"rules": [{"field": "segments", "operator": "contains", "value": "north"}]}
    line("segments", "check", file=NORTH | {"audience": round_about}, code=2)
    assert "segments that ask for each other would go round in a circle" in line.said
    assert office.rows("segment") == before


def test_who_is_in_a_segment_that_is_removed_leaves_it_with_its_tag(line: Line, office: Centre) -> None:
    office.put(
        office.customer("A", region="华北", tags=["北方", "老客"]), office.customer("B", region="华北")
    )
    line("segments", "save", file=[NORTH, NORTH | {"code": "all_north", "tag": "北方客户"}])
    line("segments", "run", "--as-of", "2026-10-01T10:00", "--yes")
    removed = line("segments", "remove", "north", "north")
    assert removed == {"segments": [{"code": "north", "customers": 2}]}
    assert [row["code"] for row in office.rows("segment")] == ["all_north"]
    assert {(row["code"], *row["tags"]) for row in office.rows("customer")} == {
        ("A", "老客", "北方客户"),
        ("B", "北方客户"),
    }
    assert {tuple(row["segment_codes"]) for row in office.rows("customer")} == {("all_north",)}
    assert line("segments", "remove", "north", code=2)["error"] == "not_found"


def test_a_segment_that_a_plan_asks_for_is_not_removed(line: Line, office: Centre) -> None:
    line("segments", "save", file=NORTH)
    asks = EVERYONE | {"rules": [{"field": "segments", "operator": "contains", "value": "north"}]}
    office.plan(BATCH, audience=EVERYONE | {"rules": [asks]}, state="draft")
    line("segments", "remove", "north", code=2)
    assert "north cannot be removed: these plans ask for it: news." in line.said
    assert [row["active"] for row in office.rows("segment")] == [True]


def test_the_tag_of_a_segment_that_was_switched_off_goes(line: Line, office: Centre) -> None:
    office.put(office.customer("A", region="华北"))
    line("segments", "save", file=NORTH)
    line("segments", "run", "--as-of", "2026-10-01T10:00", "--yes")
    line("segments", "save", file=NORTH | {"active": False})
    line("segments", "run", "--as-of", "2026-10-01T10:00", "--yes")
    (row,) = office.rows("customer")
    assert (row["segment_codes"], row["tags"]) == ([], [])


def test_a_segment_does_not_go_by_segments() -> None:
    rule = {"combinator": "or", "rules": [{"field": "segments", "operator": "contains", "value": "north"}]}
    with pytest.raises(KnownError) as caught:
        checked_segment(NORTH | {"audience": EVERYONE | {"rules": [rule]}})
    assert caught.value.kind is ErrorKind.CONDITION_INVALID
    assert (caught.value.values["problem"], caught.value.values["path"]) == ("field_not_here", [0, 0])


def test_the_shipped_segments_and_goals_can_be_read_and_name_their_sources() -> None:
    segments = items_of((SAMPLES / "segments" / "segments.json").read_bytes(), "segments.json")
    goals = items_of((SAMPLES / "goals" / "goals.json").read_bytes(), "goals.json")
    assert len([checked_segment(item) for _, item in segments]) >= 10
    assert len([checked_goal(item) for _, item in goals]) >= 5
    assert all(item["source"] for _, item in [*segments, *goals])


def test_the_shipped_segments_run_on_the_database(line: Line, office: Centre) -> None:
    office.put(office.customer("A"))
    line("segments", "import", str(SAMPLES / "segments" / "segments.json"))
    line("segments", "run", "--as-of", "2026-10-01T10:00", "--yes")
    assert office.rows("customer")[0]["segment_codes"] == ["newcomer"]


def test_goals_are_taken_in_measured_and_listed(line: Line, office: Centre) -> None:
    made = office.customer("A")
    office.put(
        made, *(contract(office, made.row_id, number, on) for number, on in enumerate(("2026-09-20", None)))
    )
    assert line("goal", "import", file=[GOAL])["goals"] == [{"code": "renewal", "outcome": "created"}]
    assert line("goal", "import", file=GOAL | {"target": "75"})["goals"][0]["outcome"] == "updated"
    (measured,) = line("goal", "measure", "--as-of", "2026-10-01", "--yes")["goals"]
    assert (measured["value"], measured["sample"], measured["state"]) == ("50.00", 2, "active")
    assert (measured["percent"], measured["behind"], measured["days_left"]) == (66, False, 91)
    assert line("goal", "list")["goals"][0]["value"] == "50.00"
    (over,) = line("goal", "measure", "--as-of", "2027-01-01", "--yes")["goals"]
    assert over["state"] == "missed"


def contract(office: Centre, customer_id: bytes, number: int, renewed_on: str | None) -> Any:
    from server_sync.domain.commands import Insert

    row = {"id": office.ids.new(), "customer_id": customer_id, "number": str(number)}
    return Insert("contract", row | {"expires_on": "2026-09-30", "renewed_on": renewed_on})


def test_a_faulty_goal_is_refused_with_its_place(line: Line, office: Centre) -> None:
    for fault, field in (
        ({"code": None}, "goal.code"),
        ({"target": 101}, "renewal.target"),
        ({"target": "many"}, "renewal.target"),
        ({"target": None}, "renewal.target"),
        ({"metric": "luck"}, "renewal.metric"),
        ({"deadline_on": "2026-08-31"}, "renewal.deadline_on"),
        ({"starts_on": None}, "renewal.starts_on"),
        ({"scope": {"tiers": ["gold"]}}, "renewal.scope.tiers"),
        ({"scope": {"plan": ["x"]}}, "renewal.scope.plan"),
        ({"colour": "red"}, "renewal.colour"),
    ):
        answer = line("goal", "import", file=GOAL | fault, code=2)
        assert answer["values"]["field"] == field
    assert office.rows("goal") == []


# ---- the jobs


def worked(office: Centre) -> int:
    return Worker(office.database, office.clock, {segment_jobs.SEGMENTS: segment_jobs.work}).run_due()


def stages(office: Centre) -> list[str | None]:
    with office.database.read() as connection:
        return list(connection.scalars(select(customer.c.stage).order_by(customer.c.code)))


def test_the_first_look_is_at_everybody_and_the_next_at_those_who_changed(office: Centre) -> None:
    made = [office.customer(code, region="华南") for code in "AB"]
    office.put(*made)
    with office.database.write(NOW) as tx:
        segment_jobs.enqueue(tx)
    assert worked(office) == 0
    office.clock.move(HOUR)
    assert worked(office) == 2  # the look, and its one handful
    assert stages(office) == ["new", "new"]
    office.put(
        Update("customer", made[0].row_id, {"stage": None}),
        Update("customer", made[1].row_id, {"stage": None}),
    )
    office.put(office.organisation.customer(None, code="C"))
    office.clock.move(HOUR)
    worked(office)
    # of a customer without a team the night hears
    assert stages(office) == ["new", "new", None]


def test_the_night_looks_at_everybody_and_sees_to_the_next(office: Centre) -> None:
    office.put(office.organisation.customer(None, code="C"))
    with office.database.write(NOW) as tx:
        segment_jobs.enqueue(tx)
        segment_jobs.enqueue(tx)
    office.clock.move(17 * HOUR)
    worked(office)
    assert stages(office) == ["new"]
    with office.database.read() as connection:
        waiting = connection.execute(
            select(job.c.payload, job.c.due_at).where(job.c.state == "waiting")
        ).all()
    assert sorted("all" in row.payload for row in waiting) == [False, True]
    assert all(row.due_at > office.clock.now() for row in waiting)
