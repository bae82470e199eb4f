"""Words come in the user's language, fall back in order, and count by the language's own rule."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_app.ui import catalogue, i18n
from agent_app.ui.catalogue import Entry


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Catalogues of their own for one test."""
    original = catalogue.path_of
    monkeypatch.setattr(catalogue, "path_of", lambda language, context: original(language, context, tmp_path))
    yield tmp_path
    monkeypatch.undo()
    i18n.install("zh_CN")


def put(folder: Path, language: str, *entries: Entry) -> None:
    catalogue.write(folder / language / "Queue.ts", language, "Queue", entries)


def test_a_text_is_said_in_chinese(folder: Path) -> None:
    put(folder, "zh_CN", Entry("Next {name}", ("下一个 {name}",)))
    i18n.install("zh_CN")
    assert i18n.translate("Queue", "Next {name}").format(name="客户 A") == "下一个 客户 A"


def test_traditional_chinese_falls_back_to_simplified_then_to_english(folder: Path) -> None:
    put(folder, "zh_CN", Entry("Next", ("下一个",)), Entry("Ticket", ("工单",)))
    put(folder, "zh_TW", Entry("Ticket", ("工單",)))
    i18n.install("zh_TW")
    assert [i18n.translate("Queue", text) for text in ("Ticket", "Next", "Other")] == [
        "工單",
        "下一个",
        "Other",
    ]


def test_an_unfinished_text_is_shown_in_english(folder: Path) -> None:
    put(folder, "zh_CN", Entry("Next", ("草稿",), draft=True))
    i18n.install("zh_CN")
    assert i18n.translate("Queue", "Next") == "Next"


@pytest.mark.parametrize(("n", "words"), [(0, "0 tasks"), (1, "1 task"), (2, "2 tasks")])
def test_english_has_two_forms_of_plural(folder: Path, n: int, words: str) -> None:
    put(folder, "en", Entry("%n task(s)", ("%n task", "%n tasks"), plural=True))
    i18n.install("en")
    assert i18n.translate("Queue", "%n task(s)", n=n) == words


@pytest.mark.parametrize("n", [0, 1, 2])
def test_chinese_has_one_form_of_plural(folder: Path, n: int) -> None:
    put(folder, "zh_CN", Entry("%n task(s)", ("%n 个任务",), plural=True))
    i18n.install("zh_CN")
    assert i18n.translate("Queue", "%n task(s)", n=n) == f"{n} 个任务"


def test_an_unknown_language_becomes_one_that_we_speak() -> None:
    assert i18n.install("fr") in catalogue.LANGUAGES


@pytest.mark.usefixtures("qapp")
def test_qts_own_words_are_chinese_too() -> None:
    from PySide6.QtCore import QCoreApplication

    i18n.install("zh_CN")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "取消"
    i18n.install("en")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
    i18n.install("zh_CN")
