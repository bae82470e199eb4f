"""The plans' room as it is seen and typed into: by keys, every field with a name, every fault beside its field."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QWidget
from pytestqt.qtbot import QtBot

from agent_app.actions.plans import read_templates
from agent_app.actions.session import DeskSession
from agent_app.features.plans.state import Asked
from agent_app.features.plans.view import PlansFeature
from agent_app.features.plans.view.questions import question_of
from agent_app.store.changes import StoreChanges
from agent_app.sync.plans import PlansOffice
from agent_app.ui.accessibility import unnamed
from agent_app.ui.dialogs import Question
from agent_app.ui.feedback import Banner
from agent_app.ui.fields import TextField
from server_sync.domain.commands import Insert
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import PlanState, Trigger
from server_sync.domain.rules.conditions import EVERYONE
from server_sync.domain.rules.plans.definition import MOST_UNASKED
from tests.agent_app.clipping import clipped
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import TIMEZONE, Company
from tests.agent_app.features.plans.office import PlansNet
from tests.agent_app.pictures import settle

pytestmark = pytest.mark.usefixtures("look")


class Page:
    def __init__(self, base: Company, qtbot: QtBot) -> None:
        self.questions: list[Question] = []
        self.net = PlansNet()
        desk = base.desk(base.organisation.administrator)
        session = DeskSession(desk, ImmediateWork(), self.tell, TIMEZONE)
        self.feature = PlansFeature(session, PlansOffice(self.net), self.ask)
        self.window = QWidget()
        qtbot.addWidget(self.window)
        layout = QHBoxLayout(self.window)
        layout.addWidget(self.feature.listing)
        layout.addWidget(self.feature.widget, 1)
        self.window.resize(1200, 2600)
        with qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()

    def tell(self, changes: StoreChanges) -> None:
        self.feature.on_changed(changes)

    def ask(self, question: Question, on_confirmed: Callable[[str], object]) -> None:
        self.questions.append(question)
        on_confirmed("")

    def press(self, action: str) -> None:
        next(one for one in self.feature.shortcuts() if one.action == action).callback()

    def commit(self, name: str, text: str) -> None:
        """Type as an input method does."""
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        field = next(one for one in self.window.findChildren(TextField) if one.accessibleName() == name)
        QCoreApplication.sendEvent(field, event)

    def words(self) -> list[str]:
        QCoreApplication.processEvents()
        return [one.text() for one in self.window.findChildren(QLabel) if one.isVisible()]


@pytest.fixture
def page(company: Company, qtbot: QtBot) -> Page:
    return Page(company, qtbot)


def test_a_plan_is_written_and_set_to_work_by_keys(page: Page) -> None:
    page.press("plans.new")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "名称"
    page.press("plans.start")
    assert page.words().count("必填") == 2
    assert page.questions == []
    page.commit("名称", "静默关怀")
    page.commit("简称", "关怀")
    page.press("plans.start")
    assert [one.title for one in page.questions] == ["启用计划「静默关怀」？"]
    assert "36" in page.questions[0].words
    assert page.feature.presenter.state.plan_state is PlanState.ACTIVE


def test_a_number_that_is_none_stays_as_it_was_typed_and_is_told_what_it_may_be(page: Page) -> None:
    page.press("plans.new")
    page.commit("无跟进天数", "x")
    page.press("plans.save")
    assert "填 1–3650 的整数" in page.words()
    written = page.feature.presenter.state.written
    assert written is not None
    assert written["params"] == {"days": "15x"}


def test_what_was_written_is_let_be_only_after_a_question(page: Page) -> None:
    page.press("plans.new")
    page.feature.let_be()
    assert [one.danger for one in page.questions] == [True]
    assert page.feature.presenter.state.written is None


def test_very_many_tasks_are_a_question_that_names_number_load_and_window() -> None:
    window = {"amount": 2, "unit": "working_days"}
    few = question_of(Asked(b"", "甲", PlanState.ACTIVE, MOST_UNASKED, due_within=window))
    asked = Asked(b"", "甲", PlanState.ACTIVE, 24_001, people=12, a_day=600, due_within=window)
    many = question_of(asked)
    assert (few.danger, many.danger) == (False, True)
    assert "24,001" in many.title
    assert "24,001" in many.confirm
    for said in ("24,001", "10,000", "12", "600", "41", "2", "30,001"):
        assert said in many.words


def test_every_trigger_has_its_fields_each_named_and_nothing_cut(page: Page) -> None:
    page.press("plans.new")
    for trigger in Trigger:
        page.feature.presenter.on_trigger(trigger.value)
        settle(page.window)
        assert unnamed(page.window) == [], trigger
        # Qt reckons a header's words over several lines; the header shows them on one, shortened.
        assert [one for one in clipped(page.window) if not one.startswith("TableHeader")] == [], trigger


def test_a_sequence_is_shown_step_by_step(page: Page) -> None:
    ready = next(one for one in read_templates() if one["code"] == "new_customer_activation")
    page.feature.presenter.on_template(ready)
    labels = [one.text() for one in page.window.findChildren(TextField) if one.accessibleName() == "简称"]
    assert labels == ["欢迎致电", "使用指导", "首次反馈"]


def test_what_it_would_do_is_told_with_why_nothing_is_made_for_some(page: Page) -> None:
    page.press("plans.new")
    page.commit("名称", "静默关怀")
    page.commit("简称", "关怀")
    page.press("plans.look")
    said = page.words()
    assert {"120 位客户", "43 位客户", "36", "近期联系过于频繁"} <= set(said)


def test_without_the_server_the_look_ahead_says_so_calmly(page: Page) -> None:
    page.net.away = True
    page.press("plans.new")
    page.commit("名称", "静默关怀")
    page.commit("简称", "关怀")
    page.press("plans.look")
    assert any("稍后再试算" in words for words in page.words())


def test_a_condition_left_half_built_is_in_the_builder_again_and_the_page_says_it_is_not_saved(
    company: Company, qtbot: QtBot
) -> None:
    before = Page(company, qtbot)
    before.press("plans.new")
    half = {"combinator": "and", "rules": [{"field": "tier", "operator": "="}]}
    before.feature.presenter.on_audience_broken(half)
    after = Page(company, qtbot)
    assert after.feature.audience.builder.as_built() == half
    said = [one.words() for one in after.window.findChildren(Banner) if one.isVisible()]
    assert [words.split("。")[0] for words in said] == ["还没有保存"]


def test_conditions_that_are_too_heavy_to_count_say_so_beside_the_count(page: Page) -> None:
    values = {"seconds": 20, "looked_up": 40, "conditions": 52, "heaviest": "order_count"}
    page.net.refuses = KnownError(ErrorKind.TOO_HEAVY, **values)
    page.feature.audience.builder.count_wanted.emit(EVERYONE)
    assert "52 个条件中有 40 个要逐客户查找" in page.feature.audience.builder.count_words()


def test_a_festival_that_the_calendar_does_not_know_is_told_with_those_that_it_does(
    page: Page, company: Company
) -> None:
    for number, (day, name) in enumerate(
        (("2026-10-01", "国庆节"), ("2026-09-25", "中秋"), ("2027-01-02", None))
    ):
        row = {"day": day, "working": False, "name": name, "provisional": name is None}
        company.put(Insert("calendar_day", {"id": bytes([number]) * 16, **row}))
    page.press("plans.new")
    page.feature.on_changed(StoreChanges(frozenset({"calendar_day"})))
    presenter = page.feature.presenter
    presenter.on_trigger("festival")
    told = "日历中没有这个名称的日子，计划将永远不会触发。日历中有：国庆节、中秋。"
    for name, dates, said in (
        ("圣诞节", [], True),
        ("中秋节", [], False),
        ("圣诞节", ["2026-12-25"], False),
    ):
        presenter.on_param("name", name)
        presenter.on_param("dates", dates)
        assert any(words.startswith(told) for words in page.words()) is said
