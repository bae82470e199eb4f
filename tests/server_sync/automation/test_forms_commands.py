"""`forms check` and `forms fill` as they are typed: words in the user's language, exit codes, one object on stdout."""

import json
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from openpyxl import Workbook
from sqlalchemy import select

from server_sync.domain.forms.bundle import unpack
from server_sync.store.database import Database
from server_sync.store.tables import form_file, form_media
from tests.servers import run_command_line
from tests.warm import ROOT

HEADER = ["type", "name", "label", "relevant", "calculation"]
ROWS = [["text", "foo", "Foo"], *[["text", f"q{number}", "Q"] for number in range(26)]]


def write_book(file: Path, *rows: list[str]) -> Path:
    """An .xlsx with a survey sheet of these rows."""
    made = Workbook()
    survey = made.worksheets[0]
    survey.title = "survey"
    for row in (HEADER, *rows):
        survey.append(row)
    settings = made.create_sheet("settings")
    for row in (["form_id", "version"], ["care", "1"]):
        settings.append(row)
    made.save(file)
    return file


def forms(*arguments: object, language: str = "en", **environment: str) -> subprocess.CompletedProcess[str]:
    return run_command_line("forms", *map(str, arguments), language=language, **environment)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    """A form with a question that is asked when another one has an answer, and a moment."""
    return write_book(
        tmp_path / "good.xlsx",
        ["text", "foo", "Foo"],
        ["text", "why", "Why?", "${foo} != ''"],
        ["calculate", "day", "", "", "today()"],
        ["calculate", "moment", "", "", "now()"],
    )


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    file = tmp_path / "answers.json"
    file.write_text('{"/data/why": "x", "/data/foo": "a", "/data/why": "y"}', encoding="utf-8")
    return file


def test_a_fault_is_told_in_the_authors_language_with_sheet_row_column_and_a_guess(tmp_path: Path) -> None:
    file = write_book(tmp_path / "f.xlsx", *ROWS, ["text", "why", "Why?", "${FOO} = 1"])
    chinese = forms("check", file, language="zh_CN")
    assert chinese.returncode == 1
    assert chinese.stdout.splitlines() == [
        "survey 表第 29 行 relevant 列:${FOO} 指向的题目不存在,是否 foo?",
        "表单不能发布:1 个错误,0 个警告。",
    ]
    english = forms("check", file)
    assert english.stdout.splitlines()[0] == (
        "sheet survey, row 29, column relevant: The question that ${FOO} refers to does not exist, did you mean foo?"
    )


def test_the_language_may_be_that_of_the_locale(tmp_path: Path) -> None:
    file = write_book(tmp_path / "f.xlsx", ["text", "a", "A", "${b} = 1"])
    told = forms("check", file, language="", LANG="zh_CN.UTF-8").stdout
    assert "指向的题目不存在" in told
    assert (
        "指向的题目不存在"
        in forms("check", file, language="", LANG="en_US.UTF-8", LC_ALL="zh_CN.UTF-8").stdout
    )


def test_a_good_form_may_have_warnings(good: Path) -> None:
    done = forms("check", good)
    assert (done.returncode, done.stdout) == (0, "The form can be published.\n")
    book = write_book(good.with_name("w.xlsx"), ["text", "a", "A"], ["text", "A", "B"])
    warned = forms("check", book)
    assert warned.returncode == 0
    assert warned.stdout.startswith("Warning: sheet survey, row 3, column name:")


def test_machines_get_one_object(tmp_path: Path) -> None:
    file = write_book(tmp_path / "f.xlsx", ["text", "a", "A", "${b} = 1"], ["text", "A", "B"])
    done = forms("check", file, "--json", language="zh_CN")
    assert done.returncode == 1
    report = json.loads(done.stdout)
    assert report.keys() == {"errors", "warnings"}
    [error] = report["errors"]
    assert error == {
        "sheet": "survey",
        "row": 2,
        "column": "relevant",
        "kind": "reference_unknown",
        "message": "survey 表第 2 行 relevant 列:${b} 指向的题目不存在",
        "suggestion": "",
    }
    assert [one["kind"] for one in report["warnings"]] == ["name_case"]


def test_a_circle_names_its_rows(tmp_path: Path) -> None:
    rows = [["calculate", "a", "", "", "${b}"], ["text", "x", "X"], ["calculate", "b", "", "", "${a}"]]
    done = forms("check", write_book(tmp_path / "f.xlsx", *rows), language="zh_CN")
    assert done.stdout.splitlines()[0] == (
        "survey 表第 2 行 calculation 列:循环依赖:a → b → a (第 2, 4 行)。建议:去掉其中一个引用"
    )


@pytest.mark.parametrize("name", ["missing.xlsx", "."])
def test_where_there_is_no_file_the_use_is_wrong(tmp_path: Path, answers: Path, name: str) -> None:
    for arguments in (("check",), ("check", "--json"), ("fill", "--answers", answers, "--json")):
        done = forms(arguments[0], tmp_path / name, *arguments[1:])
        assert (done.returncode, done.stdout) == (2, "")
        assert len(done.stderr.splitlines()) == 1


def test_what_is_no_form_is_an_error_of_the_form(tmp_path: Path) -> None:
    file = tmp_path / "f.xlsx"
    file.write_bytes(b"")
    done = forms("check", file, "--json")
    assert done.returncode == 1
    assert [one["kind"] for one in json.loads(done.stdout)["errors"]] == ["file_unreadable"]


def fill(file: Path, answers: Path, *more: str) -> dict[str, Any]:
    done = forms("fill", file, "--answers", answers, "--json", *more)
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    assert report.keys() == {"shown", "nodes", "refused", "instance"}
    return report


def test_filling_in_tells_what_was_asked_what_came_of_it_and_what_was_refused(
    good: Path, answers: Path
) -> None:
    report = fill(good, answers, "--now", "2026-03-15T09:30:00+08:00")
    assert report["shown"] == ["/data/foo", "/data/why"]
    assert report["refused"] == [{"path": "/data/why", "value": "x", "reason": "not_relevant"}]
    nodes = {node["path"]: node for node in report["nodes"]}
    assert list(nodes) == [
        *(f"/data{path}" for path in ("", "/foo", "/why", "/day", "/moment")),
        "/data/meta",
        "/data/meta/instanceID",
    ]
    assert nodes["/data/why"] == {
        "path": "/data/why",
        "type": "string",
        "relevant": True,
        "required": False,
        "readonly": False,
        "value": "y",
        "valid": True,
    }
    assert nodes["/data"]["type"] == "group"
    assert nodes["/data/day"]["value"] == "2026-03-15"
    assert nodes["/data/moment"]["value"] == "2026-03-15T09:30:00.000+08:00"
    instance = etree.fromstring(report["instance"])
    assert (instance.tag, instance.get("id"), instance.findtext("why")) == ("data", "care", "y")


@pytest.mark.parametrize(
    ("now", "day", "moment"),
    [
        ("2026-03-15", "2026-03-15", "2026-03-15T00:00:00.000+08:00"),
        ("2026-03-15T23:30:00", "2026-03-15", "2026-03-15T23:30:00.000+08:00"),
        ("2026-03-15T23:30:00Z", "2026-03-15", "2026-03-15T23:30:00.000Z"),
        ("2026-03-15T01:00:00-05:00", "2026-03-15", "2026-03-15T01:00:00.000-05:00"),
    ],
)
def test_the_present_is_given_with_a_zone_or_in_that_of_the_machine(
    good: Path, answers: Path, now: str, day: str, moment: str
) -> None:
    done = forms("fill", good, "--answers", answers, "--now", now, "--json", TZ="Asia/Shanghai")
    values = {node["path"]: node["value"] for node in json.loads(done.stdout)["nodes"]}
    assert values["/data/day"] == day
    assert values["/data/moment"].replace("+00:00", "Z") == moment


@pytest.mark.parametrize("text", ["[]", '"x"', "{", "", "\x00", "[" * 100_000])
def test_answers_that_are_no_object_are_a_wrong_use(good: Path, answers: Path, text: str) -> None:
    answers.write_text(text, encoding="utf-8")
    done = forms("fill", good, "--answers", answers, "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"{answers} is no JSON object of answers.\n"


@pytest.mark.parametrize("now", ["yesterday", "2026-13-01", "15/3", ""])
def test_a_present_that_is_no_time_is_a_wrong_use(good: Path, answers: Path, now: str) -> None:
    done = forms("fill", good, "--answers", answers, "--json", "--now", now)
    assert (done.returncode, done.stdout) == (2, "")


def test_a_form_with_errors_is_not_filled_in(tmp_path: Path, answers: Path) -> None:
    file = write_book(tmp_path / "f.xlsx", ["text", "a", "A", "${b} = 1"])
    done = forms("fill", file, "--answers", answers, "--json")
    assert (done.returncode, done.stdout) == (1, "")
    assert "row 2, column relevant" in done.stderr


def test_for_people_the_answers_are_listed(good: Path, answers: Path) -> None:
    done = forms("fill", good, "--answers", answers, language="zh_CN")
    assert done.stdout.splitlines() == ["/data/foo\ta", "/data/why\ty", "未采纳:/data/why:题目此时不显示"]


def test_a_form_with_errors_is_not_published(tmp_path: Path) -> None:
    database = str(tmp_path / "huifang.db")
    assert run_command_line("init", "--database", database).returncode == 0
    bad = write_book(tmp_path / "bad.xlsx", ["text", "a", "A", "${b} = 1"])
    done = forms("publish", bad, "--database", database, "--json")
    assert done.returncode == 1
    assert "row 2, column relevant" in done.stdout.splitlines()[0]
    good = write_book(tmp_path / "good.xlsx", ["text", "a", "A"])
    published = forms("publish", good, "--database", database, "--json")
    assert published.returncode == 0
    report = json.loads(published.stdout.splitlines()[-1])
    assert (report["code"], report["version"], report["outcome"]) == ("care", "1", "created")


def test_checking_and_filling_in_load_nothing_of_the_database(good: Path, answers: Path) -> None:
    program = """
import sys
from server_sync.__main__ import main
code = main(sys.argv[1:])
loaded = {name.partition(".")[0] for name in sys.modules} & {"sqlalchemy", "fastapi", "alembic", "msgspec"}
sys.exit(f"{code} {sorted(loaded)}" if code or loaded else 0)
"""
    for arguments in (("check", good), ("fill", good, "--answers", answers, "--json")):
        command = [sys.executable, "-c", program, "forms", *map(str, arguments)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
        assert (done.returncode, done.stderr) == (0, "")


def test_publishing_takes_the_files_along_that_the_form_names(tmp_path: Path) -> None:
    form, media = tmp_path / "shops.md", tmp_path / "media"
    media.mkdir()
    (media / "shop.png").write_bytes(b"\x89PNG\r\n\x1a\n....")
    (media / "other.png").write_bytes(b"nobody names it")
    form.write_text(
        "| survey | | | | |\n| | type | name | label | media::image |\n| | text | shop | 门店 | shop.png |\n"
        "| settings | | |\n| | form_id | version |\n| | shops | 1 |\n",
        encoding="utf-8",
    )
    address = f"sqlite:///{tmp_path / 'company.db'}"
    assert run_command_line("init", "--database", address).returncode == 0
    assert "shop.png" in forms("check", form).stdout
    assert "shop.png" not in forms("check", form, "--media", media).stdout
    published = forms("publish", form, "--media", media, "--database", address)
    assert published.returncode == 0, published.stderr
    with closing(Database(address)) as database, database.read() as connection:
        [(name, content)] = connection.execute(select(form_file.c.name, form_file.c.content)).all()
        [medium] = connection.execute(select(form_media.c.name)).scalars().all()
    assert (name, medium) == ("shops.zip", "shop.png")
    assert set(unpack(name, content).files) == {"shop.png"}
