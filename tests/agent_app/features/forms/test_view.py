"""The forms room as it is seen: what lies over what, every finding in words, a trial by keys."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QStackedWidget
from pytestqt.qtbot import QtBot

from agent_app.features.forms.model.changes import line
from agent_app.features.forms.model.findings import suggestion_words, what_words
from agent_app.features.forms.view import FormsFeature
from agent_app.features.forms.view.importing import ImportColumn
from agent_app.features.forms.view.trial import TrialColumn
from agent_app.ports import Route
from agent_app.ui.buttons import Button
from agent_app.ui.fields import TextArea
from agent_app.ui.forms.keys import form_keys
from server_sync.domain.forms.comparison import ChangeKind, FormChange
from server_sync.domain.forms.xlsform.findings import FindingKind
from server_sync.domain.wire.forms import FindingTold
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import Company
from tests.agent_app.features.forms.office import FormsNet, office, put_version, workbook

pytestmark = pytest.mark.usefixtures("look")


class Dialogs:
    """`FileDialogs` that answer at once."""

    def __init__(self, given: Path, target: Path) -> None:
        self._given, self._target = given, target

    def choose(self, title: str, kinds: str, on_chosen: Callable[[Sequence[Path]], object]) -> None:
        on_chosen([self._given])

    def save_as(self, title: str, name: str, on_chosen: Callable[[Path], object]) -> None:
        on_chosen(self._target / name)


@pytest.fixture
def routes() -> list[Route]:
    return []


@pytest.fixture
def feature(company: Company, qtbot: QtBot, routes: list[Route], tmp_path: Path) -> FormsFeature:
    version = put_version(company, "1", workbook("1"))
    net = FormsNet()
    net.files[version.hex()] = ("care.md", workbook("1"))
    session = company.session(company.organisation.north_lead, ImmediateWork())
    made = FormsFeature(session, office(net), lambda facts: {}, routes.append)
    qtbot.addWidget(made.listing)
    qtbot.addWidget(made.room.widget)
    given = tmp_path / "care.md"
    given.write_bytes(workbook("2", ("还满意吗", "满意吗")))
    made.room.file_dialogs = Dialogs(given, tmp_path)
    made.room.widget.resize(900, 700)
    made.room.widget.show()
    made.listing.show()
    made.room.room.on_form_chosen(b"form-of-care-001")
    return made


def shown(feature: FormsFeature) -> type[object]:
    stack = feature.room.widget
    assert isinstance(stack, QStackedWidget)
    return type(stack.currentWidget())


def test_a_trial_lies_over_an_import_and_esc_leads_back(feature: FormsFeature, qtbot: QtBot) -> None:
    keys = {one.action: one.callback for one in feature.room.shortcuts()}
    keys["forms.import"]()
    assert shown(feature) is ImportColumn
    keys["forms.try"]()
    assert shown(feature) is TrialColumn
    keys["forms.back"]()
    assert shown(feature) is ImportColumn
    keys["forms.publish"]()
    assert feature.room.importing.state is not None
    assert feature.room.importing.state.published is not None
    keys["forms.back"]()
    assert feature.room.importing.state is None


def test_the_keys_of_forms_reach_a_trial_also_behind_its_last_page(feature: FormsFeature) -> None:
    feature.room.try_version()
    trial = feature.room.widget.findChild(TrialColumn)
    assert isinstance(trial, TrialColumn)
    (questions,) = (one for one in form_keys(feature.room.widget) if one.action == "form.questions")
    questions.callback()
    assert trial.form.side.isVisible()
    questions.callback()
    assert not trial.form.side.isVisible()
    feature.room.trial.on_answered("/data/consent", "n")
    feature.room.trial.on_next()
    questions.callback()
    assert trial.form.side.isVisible()


def test_the_file_is_saved_and_the_responses_are_a_key_away(
    feature: FormsFeature, routes: list[Route], tmp_path: Path
) -> None:
    keys = {one.action: one.callback for one in feature.room.shortcuts()}
    keys["forms.file"]()
    assert feature.room.room.state.saved == "care.md"
    assert (tmp_path / "care.md").read_bytes() == workbook("1")
    keys["forms.responses"]()
    assert routes == [Route("responses", b"form-of-care-001")]


VALUES = {
    "value": "v", "name": "a", "found": 1, "most": 2, "what": "rows", "first": 3, "other": "b", "count": 2,
    "rows": [1, 2], "names": ["a", "b"], "at": 4, "least": 1, "list": "l", "known": ["x"], "feature": "event",
    "detail": "d", "reason": "type", "expected": "operand", "filename": "f.csv",
}  # fmt: skip


@pytest.mark.parametrize("kind", list(FindingKind))
def test_every_finding_has_chinese_words_without_gaps(kind: FindingKind) -> None:
    told = FindingTold(kind=kind.value, sheet="survey", row=2, column="name", suggestion="b", values=VALUES)
    words = what_words(told)
    assert any("\u4e00" <= sign <= "\u9fff" for sign in words), words
    assert "{" not in words.replace("${", "")
    assert "{" not in suggestion_words(told).replace("${", "")


def test_a_finding_of_a_newer_server_is_told_all_the_same() -> None:
    assert "brand_new" in what_words(FindingTold(kind="brand_new"))


def test_a_finding_is_read_whole_where_its_line_has_no_room(feature: FormsFeature, tmp_path: Path) -> None:
    given = tmp_path / "wrong.md"
    given.write_bytes(workbook("2", ("| | yn | n | 不方便 |", "| | yn | y | 不方便 |")))
    feature.room.file_dialogs = Dialogs(given, tmp_path)
    feature.room.ask_for_file()
    column = feature.room.widget.findChild(ImportColumn)
    assert isinstance(column, ImportColumn)
    whole = "选项列表 yn 的选项值 y 与第 2 行重复"

    def said() -> list[str]:
        return [one.text() for one in column.findChildren(QLabel) if whole in one.text()]

    assert said() == []
    column.findings.selectRow(0)
    (words,) = said()
    assert "\n" in words
    assert "settings" in words


def test_f5_checks_the_corrected_file_again_and_keeps_what_was_written(
    feature: FormsFeature, tmp_path: Path
) -> None:
    keys = {one.action: one.callback for one in feature.room.shortcuts()}
    feature.room.ask_for_file()
    column = feature.room.widget.findChild(ImportColumn)
    assert isinstance(column, ImportColumn)
    note = column.findChild(TextArea)
    assert note is not None
    note.set_text("问法改了")
    (tmp_path / "care.md").write_bytes(workbook("3"))
    keys["forms.again"]()
    state = feature.room.importing.state
    assert state is not None
    assert state.form is not None
    assert (state.form.version, note.text()) == ("3", "问法改了")
    keys["forms.publish"]()
    buttons = {one.key(): one for one in column.findChildren(Button)}
    assert not buttons["Alt C"].isVisibleTo(column)


@pytest.mark.parametrize("name", ["form_id", "version"])
def test_what_a_missing_setting_means_is_told(name: str) -> None:
    assert suggestion_words(FindingTold(kind=FindingKind.SETTING_MISSING, values={"name": name}))


def test_a_choice_that_is_gone_is_told_from_one_that_is_new() -> None:
    changed = FormChange(ChangeKind.CHOICE_REMOVED, None, "yn", "later", "改天", "")
    assert line(changed)[1:] == ("改天", "无")
    assert line(replace(changed, kind=ChangeKind.CHOICE_ADDED, before="", after="改天"))[1:] == ("无", "改天")


@pytest.mark.parametrize("kind", list(ChangeKind))
def test_every_change_has_words(kind: ChangeKind) -> None:
    of, before, after = line(FormChange(kind, None, "name", "标签", "前", "后"))
    assert of
    assert "{" not in of + before + after
