"""Files of plans, segments, goals, ladders and calendars on the command line: all that is wrong is told at once, each
fault in words with its file and place, and nothing is stored."""

import json
from pathlib import Path
from typing import Any

import pytest

from server_sync.__main__ import main
from server_sync.automation.definition_files import LARGEST_FILE
from server_sync.automation.faults import MOST_TOLD, path_to
from tests.server_sync.automation.planning import EVERYONE, SILENCE, Centre

DAY = {"amount": 1, "unit": "working_days"}
SEGMENT: dict[str, Any] = {"code": "north", "name": "华北客户", "audience": EVERYONE}
GOAL: dict[str, Any] = {
    "code": "renewal",
    "name": "续费率",
    "metric": "renewal_rate",
    "target": 80,
    "starts_on": "2026-09-01",
    "deadline_on": "2026-12-31",
}
LADDER: dict[str, Any] = {"code": "slow", "name": "阶梯", "steps": [{"after": DAY, "means": ["popup"]}]}
TAKING = {
    ("plan", "check"): SILENCE,
    ("plan", "import"): SILENCE,
    ("plan", "preview"): SILENCE,
    ("segments", "check"): SEGMENT,
    ("segments", "import"): SEGMENT,
    ("goal", "check"): GOAL,
    ("goal", "import"): GOAL,
    ("escalation", "check"): LADDER,
    ("escalation", "import"): LADDER,
}
"""The verbs that take files of definitions, and something sound for each."""
KINDS = ("plans", "segments", "goals", "policies")
STORED = ("plan", "segment", "goal", "escalation_policy")
CLOCK = ("clock", "add", "2026-11-20T16:30", "--hours", "1", "--calendar")


class Typed:
    """The command line as it is typed, on a database."""

    def __init__(self, office: Centre, capsys: pytest.CaptureFixture[str]) -> None:
        self._database = str(office.database.url)
        self._capsys = capsys

    def __call__(self, *words: str | Path) -> tuple[int, str, str]:
        """Exit code, stdout, stderr."""
        code = main([*map(str, words), "--database", self._database])
        out, err = self._capsys.readouterr()
        return code, out, err

    def faults(self, *words: str | Path) -> list[dict[str, Any]]:
        """The faults that the only line of stdout lists, each with a line of words beside it."""
        code, out, err = self(*words, "--json")
        assert code == 2

        def no_number(name: str) -> None:
            raise AssertionError(name)

        report = json.loads(out, parse_constant=no_number)
        found: list[dict[str, Any]] = report["faults"]
        assert len(err.splitlines()) == len(found) + sum(len(report.get(name, [])) for name in KINDS)
        if "error" in report:
            assert (report["error"], report["values"]) == (found[0]["kind"], found[0]["values"])
        return found


@pytest.fixture
def typed(office: Centre, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    monkeypatch.setenv("LANGUAGE", "en")
    return Typed(office, capsys)


def written(folder: Path, value: Any, name: str = "file.json") -> Path:
    file = folder / name
    file.write_bytes(value if isinstance(value, bytes) else json.dumps(value).encode())
    return file


def places(faults: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(fault["path"], fault["kind"]) for fault in faults]


@pytest.mark.parametrize("verb", TAKING, ids=" ".join)
def test_everything_in_all_files_is_told_at_once_and_nothing_is_stored(
    typed: Typed, office: Centre, tmp_path: Path, verb: tuple[str, str]
) -> None:
    before = {table: office.rows(table) for table in STORED}
    sound = TAKING[verb]
    first = written(tmp_path, [sound, sound | {"name": 7, "color.of": 1}, "x"], "first.json")
    second = written(tmp_path, sound, "second.json")
    found = typed.faults(*verb, first, second, tmp_path / "third.json")
    assert sorted((fault["file"], fault["path"], fault["kind"]) for fault in found) == [
        ("first.json", "$[1].code", "field_invalid"),
        ("first.json", "$[1].name", "field_invalid"),
        ("first.json", '$[1]["color.of"]', "field_invalid"),
        ("first.json", "$[2]", "field_invalid"),
        ("second.json", "$.code", "field_invalid"),
        ("third.json", "$", "file_unreadable"),
    ]
    code = sound["code"]
    (twice,) = [fault["message"] for fault in found if fault["file"] == "second.json"]
    assert twice == f"{code}.code: {code} is already the code of first.json $[0]."
    assert {table: office.rows(table) for table in STORED} == before


def test_the_same_file_twice_has_each_of_its_codes_twice(typed: Typed, tmp_path: Path) -> None:
    file = written(tmp_path, GOAL)
    assert places(typed.faults("goal", "import", file, file)) == [("$.code", "field_invalid")]


@pytest.mark.parametrize("verb", TAKING, ids=" ".join)
@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "nothing stands in it"),
        (b"\xef\xbb\xbf[]", "nothing stands in it"),
        (b'[{"code": "a"},\n {"code": }]', "it is no JSON at line 2, column 11"),
        ('{"code": "甲"}'.encode("gb18030"), "it is no text in UTF-8"),
        (json.dumps(GOAL).encode("utf-16"), "it is no text in UTF-8"),
        (b'{"target": -Infinity}', "-Infinity is no number of JSON"),
        (b'{"code": "a", "name": "b", "code": "c"}', "the key code stands twice in one object"),
        (b"[" * 100_000, "more than 200 levels stand within each other"),
        (b"[" * 300 + b"]" * 300, "more than 200 levels stand within each other"),
    ],
)
def test_a_file_that_is_no_json_says_why(
    typed: Typed, tmp_path: Path, verb: tuple[str, str], data: bytes, said: str
) -> None:
    (fault,) = typed.faults(*verb, written(tmp_path, data))
    assert (fault["path"], fault["kind"]) == ("$", "file_unreadable")
    assert fault["message"] == f"file.json cannot be read: {said}."


@pytest.mark.parametrize("words", [*TAKING, CLOCK], ids=lambda words: " ".join(words[:2]))
def test_a_folder_a_missing_file_and_one_that_is_too_large_say_so_and_are_not_read(
    typed: Typed, tmp_path: Path, words: tuple[str, ...]
) -> None:
    large = tmp_path / "large.json"
    with large.open("wb") as file:
        file.truncate(50 * LARGEST_FILE)
    for path, said in (
        (tmp_path, f"{tmp_path.name} cannot be read: it is a folder."),
        (tmp_path / "none.json", "none.json cannot be read: there is no such file."),
        (large / "none.json", "none.json cannot be read: there is no such file."),
        (tmp_path / ("x" * 300), f"{'x' * 300} cannot be read: it cannot be opened."),
        (tmp_path / "no\0ne.json", "no\\u0000ne.json cannot be read: there is no such file."),
        (large, "large.json cannot be read: it is larger than 4 MB."),
    ):
        (fault,) = typed.faults(*words, path)
        assert (fault["path"], fault["message"]) == ("$", said)


@pytest.mark.parametrize("verb", TAKING, ids=" ".join)
def test_numbers_beyond_all_bounds_and_texts_in_their_place_are_refused_where_they_stand(
    typed: Typed, tmp_path: Path, verb: tuple[str, str]
) -> None:
    key = {"plan": "priority", "goal": "target"}.get(verb[0], "position")
    sound = json.dumps(TAKING[verb] | {key: "HERE"})
    for number, shown in (
        ("1e999", "Infinity"),
        ("-" + "9" * 5_000, "-Infinity"),
        ("9" * 300, f"{'9' * 100}…"),
        ('"x"', '"x"'),
        ("true", "true"),
        ("[1]", "[1]"),
    ):
        data = sound.replace('"HERE"', number).encode()
        (fault,) = typed.faults(*verb, written(tmp_path, data))
        assert fault["path"] == f"$.{key}"
        assert f".{key} is {shown}; it must be a" in fault["message"]


def test_what_a_terminal_would_obey_is_shown_and_every_fault_is_one_line(
    typed: Typed, tmp_path: Path
) -> None:
    odd = SEGMENT | {"na\nme": 1, "tag": "\x1b[31m" + "长" * 40, "source": "\n" * 300}
    messages = [fault["message"] for fault in typed.faults("segments", "check", written(tmp_path, odd))]
    assert all(message.isprintable() for message in messages)
    assert any("\\u001b[31m" in message for message in messages)


def test_of_very_many_faults_the_first_are_told_and_that_there_are_more(typed: Typed, tmp_path: Path) -> None:
    found = typed.faults("goal", "import", written(tmp_path, [{}] * MOST_TOLD))
    assert len(found) == MOST_TOLD + 1
    assert found[-1]["message"] == "file.json cannot be read: more than 1000 faults; the others are not told."


def test_a_tree_beyond_the_depth_of_conditions_is_refused_at_the_group_that_is_too_deep(
    typed: Typed, tmp_path: Path
) -> None:
    tree: dict[str, Any] = {"combinator": "and", "rules": []}
    for _ in range(60):
        tree = {"combinator": "and", "rules": [tree]}
    for verb in (("segments", "import"), ("plan", "import")):
        (fault,) = typed.faults(*verb, written(tmp_path, TAKING[verb] | {"audience": tree}))
        assert fault["path"] == "$.audience" + 13 * ".rules[0]"
        assert "at most 12 groups within each other" in fault["message"]


def test_a_ladder_for_plans_and_a_goal_for_teams_that_nobody_has_are_refused(
    typed: Typed, tmp_path: Path, office: Centre
) -> None:
    office.plan(SILENCE)
    ladder = LADDER | {"applies_to": {"plans": ["silent", "silence", "loud"]}}
    assert places(typed.faults("escalation", "import", written(tmp_path, ladder))) == [
        ("$.applies_to.plans[1]", "not_found"),
        ("$.applies_to.plans[2]", "not_found"),
    ]
    goal = GOAL | {"scope": {"teams": ["火星"], "plans": ["to_come"]}, "target": 101}
    assert places(typed.faults("goal", "import", written(tmp_path, goal))) == [
        ("$.target", "field_invalid"),
        ("$.scope.teams[0]", "not_found"),
    ]


def test_what_a_plan_names_in_vain_is_told_along_with_its_other_faults(typed: Typed, tmp_path: Path) -> None:
    in_segment = {"field": "segments", "operator": "contains", "value": "nobody"}
    unknown = {"field": "shoe_size", "operator": "="}
    plan = SILENCE | {
        "name": "",
        "form": "nowhere",
        "audience": {"combinator": "and", "rules": [unknown, in_segment]},
    }
    assert sorted(places(typed.faults("plan", "import", written(tmp_path, plan)))) == [
        ("$.audience.rules[0]", "condition_invalid"),
        ("$.audience.rules[1]", "field_invalid"),
        ("$.form", "not_found"),
        ("$.name", "field_invalid"),
    ]


def test_a_calendar_tells_all_that_is_wrong_with_it(typed: Typed, tmp_path: Path) -> None:
    calendar = {
        "timezone": "Asia/Shangai",
        "week": {"mon": [["09:00", "12:00"], ["11:00", "13:00"]], "monday": []},
        "exceptions": {"2026-02-30": [], "2026-10-10": [["9", "18:00"]]},
    }
    file = written(tmp_path, calendar)
    assert sorted(places(typed.faults(*CLOCK, file))) == [
        ('$.exceptions["2026-02-30"]', "calendar_invalid"),
        ('$.exceptions["2026-10-10"][0]', "calendar_invalid"),
        ("$.timezone", "calendar_invalid"),
        ("$.week.mon[1]", "calendar_invalid"),
        ("$.week.monday", "calendar_invalid"),
    ]
    code, out, err = typed(*CLOCK, file)
    assert (code, out) == (2, "")
    assert "The calendar is not valid at week.mon.1: two intervals overlap.\n" in err
    assert len(err.splitlines()) == 5


def test_faults_are_told_in_the_language_of_the_reader(
    typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "zh_CN")
    file = written(tmp_path, [GOAL | {"target": "many", "starts_on": "soon"}, 3])
    assert [fault["message"] for fault in typed.faults("goal", "import", file)] == [
        'renewal.target 为 "many"；须为 0 到 100 之间的数。',
        'renewal.starts_on 为 "soon"；须为日期，如 2026-11-20。',
        "goal 为 3；须为一个对象。",
    ]


@pytest.mark.parametrize(
    ("item", "place", "path"),
    [
        ({"steps": [{}, {"form": 1}]}, "steps.2.form", "$.steps[1].form"),
        ({"a.b": {"c": 1}}, "a.b.c", '$["a.b"].c'),
        ({"": 1}, "", '$[""]'),
        (3, "", "$"),
        ({"steps": []}, "steps.1.form", '$.steps["1"].form'),
        ({"offers": {"30": "x"}}, "offers.30", '$.offers["30"]'),
    ],
)
def test_a_place_is_a_path_of_json(item: Any, place: str, path: str) -> None:
    assert path_to("$", item, place) == path


@pytest.mark.parametrize(
    ("verb", "name", "sound"), [("goal", "goals", GOAL), ("escalation", "policies", LADDER)]
)
def test_a_check_tells_what_taking_in_would_do_and_does_nothing(
    typed: Typed, office: Centre, tmp_path: Path, verb: str, name: str, sound: dict[str, Any]
) -> None:
    before = {table: office.rows(table) for table in STORED}
    file = written(tmp_path, sound)
    for outcome in ("created", "unchanged"):
        code, out, err = typed(verb, "check", file, "--json")
        assert (code, json.loads(out)) == (
            0,
            {name: [{"code": sound["code"], "outcome": outcome}], "faults": []},
        )
        assert err == f"{sound['code']}\tcan be imported\n"
        if outcome == "created":
            assert {table: office.rows(table) for table in STORED} == before
            assert typed(verb, "import", file)[0] == 0
