"""`clock`: working time on the command line, one sum or a file of them."""

import json
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from server_sync.__main__ import main

WEEK = {day: [["09:00", "12:00"], ["13:30", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
COMPANY = {
    "timezone": "Asia/Shanghai",
    "week": {**WEEK, "sat": [], "sun": []},
    "exceptions": {"2026-10-01": [], "2026-10-10": [["09:00", "18:00"]]},
}


@pytest.fixture
def company(tmp_path: Path) -> str:
    file = tmp_path / "calendar.json"
    file.write_text(json.dumps(COMPANY), "utf-8")
    return str(file)


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main(["clock", *words, "--json"]) == 0
    out: dict[str, Any] = json.loads(capsys.readouterr().out)
    return out


@pytest.mark.parametrize(
    ("at", "amount", "result"),
    [
        ("2026-11-20T16:30", ["--hours", "4"], "2026-11-23T11:30:00+08:00"),
        ("2026-11-20T16:30", ["--hours", "1.5"], "2026-11-20T18:00:00+08:00"),
        ("2026-11-20T08:30:00Z", ["--hours", "1.5"], "2026-11-20T18:00:00+08:00"),
        ("2026-11-21T10:00", ["--hours", "0"], "2026-11-23T09:00:00+08:00"),
        ("2026-11-20T12:30", ["--days", "1"], "2026-11-23T13:30:00+08:00"),
        ("2026-09-30T16:00", ["--days", "1"], "2026-10-02T16:00:00+08:00"),
        ("2026-10-09T17:00", ["--hours", "2"], "2026-10-10T10:00:00+08:00"),
        ("2026-11-20T16:30", ["--hours", "4", "--natural"], "2026-11-20T20:30:00+08:00"),
        ("2026-11-20T16:30", ["--days", "2", "--natural"], "2026-11-22T16:30:00+08:00"),
    ],
)
def test_m3_5_the_result_of_a_sum(
    capsys: pytest.CaptureFixture[str], company: str, at: str, amount: list[str], result: str
) -> None:
    assert asked(capsys, "add", at, *amount, "--calendar", company)["result"] == result


@pytest.mark.parametrize(
    "words",
    [
        ("--hours", "4", "add", "2026-11-20T16:30"),
        ("add", "--hours", "4", "2026-11-20T16:30"),
        ("add", "--calendar", "cn", "2026-11-20T16:30", "--hours", "4"),
    ],
)
def test_options_stand_where_one_likes(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    assert asked(capsys, *words)["result"] == "2026-11-23T11:30:00+08:00"
    between = ("between", "2026-11-20T16:30", "--calendar", "cn", "2026-11-20T17:00")
    assert asked(capsys, *between) == {"working_minutes": 30}


def test_m3_5_a_sum_is_explained_step_by_step_in_ones_own_language(
    capsys: pytest.CaptureFixture[str], company: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "zh_CN")
    found = asked(capsys, "add", "2026-11-20T16:30", "--hours", "4", "--calendar", company)
    assert found["explain"] == [
        "2026-11-20 周五 16:30–18:00：计 1.5 小时",
        "2026-11-21 周六 至 2026-11-22 周日：非工作日，跳过",
        "2026-11-23 周一 09:00–11:30：计 2.5 小时",
    ]
    assert main(["clock", "add", "2026-11-21T10:00", "--days", "0", "--calendar", company]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "2026-11-23T09:00:00+08:00",
        "  2026-11-21 周六 10:00 不在工作时间：顺延到 2026-11-23 周一 09:00 上班",
    ]


def test_m3_5_china_has_its_holidays_and_make_up_days(capsys: pytest.CaptureFixture[str]) -> None:
    span = ["between", "2026-09-30T17:00", "2026-10-10T10:00", "--calendar", "cn"]
    assert asked(capsys, *span) == {"working_minutes": 60 + 2 * 450 + 60}
    assert main(["clock", *span]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "1020 min"
    assert told[-1] == "  2026-10-10 Sat 09:00–10:00: counts 1 h (make-up working day)"


def test_a_night_shift_ends_at_24_00(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "night.json"
    week = {"mon": [["20:00", "24:00"]], "tue": [["00:00", "04:00"]]}
    file.write_text(json.dumps({"timezone": "Asia/Shanghai", "week": week}), "utf-8")
    found = asked(capsys, "add", "2026-11-23T21:00", "--hours", "4", "--calendar", str(file))
    assert found["result"] == "2026-11-24T01:00:00+08:00"
    assert found["explain"] == [
        "2026-11-23 Mon 21:00–24:00: counts 3 h",
        "2026-11-24 Tue 00:00–01:00: counts 1 h",
    ]


def test_an_hour_that_a_clock_skips_does_not_count(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "berlin.json"
    file.write_text(json.dumps({"timezone": "Europe/Berlin", "week": {"sun": [["00:00", "24:00"]]}}), "utf-8")
    found = asked(capsys, "between", "2026-03-29T00:00", "2026-03-30T00:00", "--calendar", str(file))
    assert found["working_minutes"] == 23 * 60


def test_each_line_of_a_batch_is_answered_a_wrong_one_by_its_error(
    capsys: pytest.CaptureFixture[str], company: str, tmp_path: Path
) -> None:
    batch = tmp_path / "sums.jsonl"
    batch.write_text(
        '{"op": "add", "at": "2026-11-20T16:30", "hours": 4}\n'
        '{"op": "add", "at": "2026-11-20T16:30"}\n'
        "not json\n"
        "[]\n"
        '{"op": "add", "at": "never", "days": 1}\n'
        '{"op": "add", "at": "2026-11-20T16:30", "days": 1.5}\n'
        '{"op": "add", "at": "9999-12-31T00:00", "hours": 1}\n'
        '{"op": "between", "from": "2026-11-20T16:30", "to": "2026-11-20T17:00:30"}\n',
        "utf-8",
    )
    assert main(["clock", "--batch", str(batch), "--calendar", company, "--json"]) == 1
    out, err = capsys.readouterr()
    answers = [json.loads(line) for line in out.splitlines()]
    assert [one.get("result", one.get("working_minutes", one.get("error"))) for one in answers] == [
        "2026-11-23T11:30:00+08:00",
        "field_invalid",
        "malformed",
        "field_invalid",
        "field_invalid",
        "out_of_range",
        "out_of_range",
        30.5,
    ]
    assert [line.partition(":")[0] for line in err.splitlines()] == [
        "line 2",
        "line 3",
        "line 4",
        "line 5",
        "line 6",
        "line 7",
    ]


def test_a_line_of_a_batch_that_is_no_text_leaves_the_others_their_answers(
    capsys: pytest.CaptureFixture[str], company: str, tmp_path: Path
) -> None:
    batch = tmp_path / "sums.jsonl"
    line = b'{"op": "between", "from": "2026-11-20T16:30", "to": "2026-11-20T17:00"}'
    batch.write_bytes(b"\xef\xbb\xbf" + line + b"\r\n\xff\xfe\x00{\r\n \r\n" + line)
    assert main(["clock", "--batch", str(batch), "--calendar", company, "--json"]) == 1
    out, err = capsys.readouterr()
    answers = [json.loads(answer) for answer in out.splitlines()]
    assert answers == [{"working_minutes": 30}, {"error": "malformed", "values": {}}, {"working_minutes": 30}]
    assert err == "line 2: this is not JSON\n"


def test_a_batch_may_come_by_standard_input(
    capsys: pytest.CaptureFixture[str], company: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = b'{"op": "add", "at": "2026-11-20T16:30", "hours": 4}\n'
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(lines)))
    assert asked(capsys, "--batch", "-", "--calendar", company)["result"] == "2026-11-23T11:30:00+08:00"


@pytest.mark.parametrize(("first", "second"), [("a", "b"), ("start", "end"), ("from", "to")])
def test_the_two_moments_of_a_line_have_several_names(
    capsys: pytest.CaptureFixture[str], company: str, tmp_path: Path, first: str, second: str
) -> None:
    batch = tmp_path / "sums.jsonl"
    line = {"op": "between", first: "2026-11-20T16:30", second: "2026-11-23T11:30"}
    batch.write_text(json.dumps(line), "utf-8")
    assert asked(capsys, "--batch", str(batch), "--calendar", company) == {"working_minutes": 240}


@pytest.mark.parametrize(
    "words",
    [
        ["add", "2026-11-20T16:30"],
        ["add", "2026-11-20T16:30", "--hours", "-1"],
        ["add", "2026-11-20T16:30", "--hours", "x"],
        ["add", "2026-11-20T16:30", "--hours", "1e30"],
        ["add", "--hours", "1"],
        ["between", "2026-11-20T16:30"],
        ["add", "tomorrow", "--hours", "1"],
        ["add", "2026-11-20T16:30", "--hours", "1", "--calendar", "nowhere.json"],
        [],
    ],
)
def test_what_is_no_sum_is_refused_in_a_line(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    assert main(["clock", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1


def test_a_calendar_that_overlaps_is_refused_with_the_place(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "calendar.json"
    week = {"mon": [["09:00", "12:00"], ["11:00", "13:00"]]}
    file.write_text(json.dumps({"timezone": "Asia/Shanghai", "week": week}), "utf-8")
    assert main(["clock", "add", "2026-11-20T16:30", "--hours", "1", "--calendar", str(file)]) == 2
    assert capsys.readouterr().err == "The calendar is not valid at week.mon.1: two intervals overlap.\n"


@pytest.mark.parametrize("amount", ["abc", "", "4,5"])
def test_an_amount_that_is_no_number_is_named_as_it_was_written(
    capsys: pytest.CaptureFixture[str], amount: str
) -> None:
    assert main(["clock", "add", "2026-11-20T16:30", f"--hours={amount}"]) == 2
    assert capsys.readouterr().err.startswith(f"This is no span of time: {amount} working_hours.")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("add", "soon", "--hours", "1"), "at must be a time such as 2026-11-20T16:30."),
        (("add", "--hours", "1"), "add takes one time, between takes two."),
        (("between", "2026-11-20"), "add takes one time, between takes two."),
        (("add", "2026-11-20T16:30"), "Either hours or days must be given, and not both."),
        ((), "Either add, between or --batch must be given."),
        (("--batch", "nowhere.jsonl"), "nowhere.jsonl cannot be read: there is no such file."),
        (
            ("between", "2026-11-20", "2026-11-21", "--hours", "3"),
            "hours has no place in this sum; possible are: op, from, to.",
        ),
    ],
)
def test_what_is_wrong_with_a_sum_is_said(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    assert main(["clock", *words]) == 2
    assert capsys.readouterr().err == f"{said}\n"
