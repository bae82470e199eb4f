"""The server's words: every marked text is translated into Chinese, with the same values, and none is left over."""

import ast
import re
from collections.abc import Iterator
from contextvars import copy_context
from pathlib import Path

import polib
import pytest

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.texts import _, language_of, speak
from server_sync.texts.catalogue import FOLDER, wishes_of
from server_sync.texts.errors import error_words

SERVER = Path(__file__).resolve().parents[3] / "server_sync"
VALUE = re.compile(r"{(\w*)[^}]*}")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def marked() -> Iterator[tuple[str, str]]:
    """Every (file, text) that is marked by `_`; what is not a literal would never be found in a catalogue."""
    for file in sorted(SERVER.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "_":
                (text,) = node.args
                assert isinstance(text, ast.Constant), f"{file.name}:{node.lineno}"
                assert isinstance(text.value, str)
                yield file.name, text.value


@pytest.fixture(scope="module")
def chinese() -> polib.POFile:
    return polib.pofile(str(FOLDER / "zh_CN.po"), check_for_duplicates=True)


def test_every_text_is_translated(chinese: polib.POFile) -> None:
    done = {entry.msgid for entry in chinese if entry.msgstr and not entry.fuzzy}
    missing = [f"{file}: {text}" for file, text in marked() if text not in done]
    assert not missing, "not in resources/i18n/server/zh_CN.po:\n" + "\n".join(missing)


def test_no_translation_is_of_a_text_that_is_gone(chinese: polib.POFile) -> None:
    used = {text for _file, text in marked()}
    assert [entry.msgid for entry in chinese if entry.msgid not in used] == []


def test_translations_hold_the_same_values_and_are_chinese(chinese: polib.POFile) -> None:
    for entry in chinese:
        assert set(VALUE.findall(entry.msgstr)) == set(VALUE.findall(entry.msgid)), entry.msgid
        assert CHINESE.search(entry.msgstr), entry.msgid


@pytest.mark.parametrize(
    ("wishes", "language"),
    [
        (["zh-CN"], "zh_CN"),
        (["zh_CN.UTF-8"], "zh_CN"),
        (["zh"], "zh_CN"),
        (["zh_TW"], "zh_CN"),
        (["fr", "zh"], "zh_CN"),
        (["en_GB", "zh"], "en"),
        (["C.UTF-8"], "en"),
        (["fr"], "en"),
        (["", "*"], "en"),
        ([], "en"),
    ],
)
def test_the_first_language_that_is_there_is_spoken(wishes: list[str], language: str) -> None:
    assert language_of(wishes) == language


@pytest.mark.parametrize(
    ("environment", "wishes"),
    [
        ({"LANG": "zh_CN.UTF-8"}, ["zh_CN.UTF-8"]),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, ["C"]),
        ({"LANG": "C", "LANGUAGE": "zh_CN:en"}, ["zh_CN", "en", "C"]),
    ],
)
def test_the_environment_wishes_in_the_order_of_gettext(
    environment: dict[str, str], wishes: list[str]
) -> None:
    assert wishes_of(environment) == wishes


def test_a_language_is_spoken_where_it_was_chosen_and_nowhere_else() -> None:
    def in_chinese() -> str:
        speak("zh_CN")
        return _("This account is disabled.")

    assert copy_context().run(in_chinese) == "该账号已停用。"
    assert _("This account is disabled.") == "This account is disabled."


def test_an_error_without_words_is_named_with_its_values() -> None:
    assert (
        error_words(KnownError(ErrorKind.DIAL_FAILED, why="x"))
        == "This is not possible: dial_failed (why=x)."
    )


def test_a_missing_value_does_not_hide_the_error() -> None:
    assert (
        error_words(KnownError(ErrorKind.TOO_MANY_TRIES)) == "Too many tries. Wait ? seconds and try again."
    )


@pytest.mark.parametrize("kind", [kind for kind in ErrorKind if kind.name.endswith("_CHANGED")])
def test_what_two_wrote_is_told_as_such(kind: ErrorKind) -> None:
    assert "Nothing was overwritten" in error_words(KnownError(kind, fields=["name"]))


def test_a_calendars_fault_is_told_in_words_not_by_its_code() -> None:
    said = error_words(KnownError(ErrorKind.CALENDAR_INVALID, problem="intervals_overlap", at="week.mon.1"))
    assert said == "The calendar or the working hours are not valid: two intervals overlap."
