"""Every text of the desk has its Chinese words, and no catalogue keeps a text that is gone."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from agent_app.ui import catalogue, i18n_catalogue
from agent_app.ui.catalogue import Entry
from agent_app.ui.i18n_catalogue import SOURCE, Fault, Texts, calls_in, faults, texts_in, update


@pytest.fixture(scope="module")
def texts() -> Texts:
    """All of the desk's: read once."""
    return texts_in()


def test_chinese_is_complete_and_nothing_is_stale(texts: Texts) -> None:
    wrong = faults(texts)
    assert not wrong, "python -m agent_app.ui.i18n_catalogue --update lists what to translate:\n" + "\n".join(
        f"{fault.kind} {fault.context}: {fault.text}" for fault in wrong
    )


def test_english_has_the_words_for_one_and_for_several(texts: Texts) -> None:
    wrong = faults(texts, language="en")
    assert not wrong, "\n".join(f"{fault.kind} {fault.context}: {fault.text}" for fault in wrong)
    for path in (catalogue.FOLDER / "en").glob("*.ts"):
        for entry in catalogue.read(path).values():
            if entry.plural:
                assert len(entry.forms) == 2, f"{path.name}: {entry.source}"
                assert not any("(s)" in form for form in entry.forms), f"{path.name}: {entry.source}"


def test_other_languages_hold_no_stale_text(texts: Texts) -> None:
    for language in ("zh_TW", "en"):
        wrong = [fault for fault in faults(texts, language=language) if fault.kind == "stale"]
        assert not wrong


def test_translations_name_the_same_values_as_their_texts() -> None:
    """``{name}`` left out or misspelt would lose a value or raise KeyError in front of the user."""
    for language in catalogue.LANGUAGES:
        for path in (catalogue.FOLDER / language).glob("*.ts"):
            for entry in catalogue.read(path).values():
                for form in filter(None, entry.forms):
                    assert _places(form) == _places(entry.source), f"{path.name}: {entry.source}"


def test_chinese_sentences_have_chinese_marks() -> None:
    """A half-width comma between two Chinese words is a slip of whoever typed it."""
    slip = re.compile(r"[\u4e00-\u9fff}][,:;][\u4e00-\u9fff{]")
    for path in (catalogue.FOLDER / "zh_CN").glob("*.ts"):
        for entry in catalogue.read(path).values():
            for form in entry.forms:
                assert not slip.search(form), f"{path.name}: {form}"


def _places(text: str) -> list[str]:
    return sorted(part.split("}")[0] for part in text.split("{")[1:])


def test_no_text_is_an_f_string_or_put_together_before_it_is_translated() -> None:
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in ("translate", "mark"):
                continue
            built = [arg for arg in node.args[:2] if isinstance(arg, (ast.JoinedStr, ast.BinOp))]
            assert not built, f"{path.name}:{node.lineno}"


def test_the_tool_finds_calls_marks_and_plurals() -> None:
    code = (
        'translate("Queue", "Next")\nmark("Words", "Done")\n'
        'i18n.translate("Queue", "%n task(s)", n=2)\ntranslate("Queue", name)'
    )
    assert set(calls_in(code)) == {
        ("Queue", "Next", False),
        ("Words", "Done", False),
        ("Queue", "%n task(s)", True),
    }


def test_update_adds_what_is_missing_and_drops_what_is_stale(tmp_path: Path) -> None:
    path = catalogue.path_of("zh_CN", "Queue", tmp_path)
    catalogue.write(path, "zh_CN", "Queue", [Entry("Next", ("下一个",)), Entry("Gone", ("没了",))])
    texts = {"Queue": {"Next": False, "%n task(s)": True}}
    update(texts, tmp_path)
    assert catalogue.read(path)["Next"] == Entry("Next", ("下一个",))
    assert faults(texts, tmp_path) == [Fault("unfinished", "zh_CN", "Queue", "%n task(s)")]


def test_of_english_the_plurals_are_wanted(tmp_path: Path) -> None:
    texts = {"Queue": {"Next": False, "%n overdue": True, "%n task(s)": True}, "Team": {"Next": False}}
    update(texts, tmp_path)
    assert faults(texts, tmp_path, "en") == [Fault("unfinished", "en", "Queue", "%n task(s)")]
    assert faults({"Queue": {"%n file(s)": True}}, tmp_path, "en", only=["Queue"]) == [
        Fault("missing", "en", "Queue", "%n file(s)"),
        Fault("stale", "en", "Queue", "%n task(s)"),
    ]
    assert faults(texts, tmp_path, "zh_TW") == []


def test_update_deletes_a_file_left_without_a_text(tmp_path: Path) -> None:
    path = catalogue.path_of("zh_CN", "Queue", tmp_path)
    catalogue.write(path, "zh_CN", "Queue", [Entry("Gone", ("没了",))])
    update({}, tmp_path)
    assert not path.exists()


def test_update_of_named_contexts_leaves_the_others_alone(tmp_path: Path) -> None:
    other = catalogue.path_of("zh_CN", "Team", tmp_path)
    catalogue.write(other, "zh_CN", "Team", [Entry("Gone", ("没了",))])
    update({"Queue": {"Next": False}}, tmp_path, only=["Queue"])
    assert other.exists()
    assert catalogue.path_of("zh_CN", "Queue", tmp_path).exists()


@pytest.mark.parametrize(
    "entry",
    [
        Entry("A < B & \"C\" 'D'", ("甲 < 乙 & “丙”",)),
        Entry("%n task(s)", ("%n 个任务",), plural=True),
        Entry("later", ()),
        Entry("draft", ("草稿",), draft=True),
    ],
)
def test_a_written_catalogue_reads_back_the_same(tmp_path: Path, entry: Entry) -> None:
    path = tmp_path / "Queue.ts"
    catalogue.write(path, "zh_CN", "Queue", [entry])
    (read,) = catalogue.read(path).values()
    assert (read.source, read.finished, read.plural) == (entry.source, entry.finished, entry.plural)
    assert [form for form in read.forms if form] == [form for form in entry.forms if form]


def test_writing_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "Queue.ts"
    entries = [Entry("b", ("乙",)), Entry("a", ()), Entry("%n", ("%n",), plural=True)]
    catalogue.write(path, "zh_CN", "Queue", entries)
    first = path.read_bytes()
    catalogue.write(path, "zh_CN", "Queue", catalogue.read(path).values())
    assert path.read_bytes() == first


def test_the_tool_says_by_its_exit_code_whether_anything_is_to_be_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert i18n_catalogue.main(["Dialogs"]) == 0
    assert capsys.readouterr().out == ""
