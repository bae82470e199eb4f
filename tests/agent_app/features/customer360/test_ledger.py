"""The contact ledger of a customer: contacts and occasions with their reasons, what stands against a call, consent."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from agent_app.actions.customers import set_do_not_call
from agent_app.features.customer360.presenter import LedgerPresenter
from agent_app.features.customer360.state import ConsentAsked, LedgerState
from agent_app.features.customer360.view.ledger import LedgerSection
from agent_app.store.changes import StoreChanges
from agent_app.store.queries import contact_ledger
from agent_app.store.queries.contact_ledger import CustomerLedger, EntryKind
from agent_app.ui.accessibility import unnamed
from agent_app.ui.buttons import Button
from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.commands import Insert
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import Purpose
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import Company
from tests.agent_app.windows import window_around
from tests.server_sync.organisation import NOW

ANY = StoreChanges(frozenset({"attempt", "consent"}), None, "sync")
WORDING = "您是否同意我们来电介绍新品？（第 2 版）"


@dataclass
class Place:
    """A customer with what happened to him; the presenter with what it drew."""

    company: Company
    drawn: list[LedgerState] = field(default_factory=list)

    def __post_init__(self) -> None:
        organisation = self.company.organisation
        self.agent = organisation.north_agents[0]
        self.customer = organisation.customer(organisation.north, name="客户甲")
        self.task = organisation.task(self.customer, self.agent, purpose="marketing")
        self.company.put(self.customer, self.task)
        session = self.company.session(self.agent, ImmediateWork())
        self.presenter = LedgerPresenter(session, self.drawn.append)

    def attempt(self, number: int, ago: int, disposition: str | None, **values: Any) -> None:
        row: dict[str, Any] = {"id": bytes([number]) * 16, "customer_id": self.customer.row_id}
        row |= {"task_id": bytes(16), "person_id": self.agent.person_id, "channel": "phone"}
        row |= {"started_at": NOW - ago, "disposition": disposition}
        self.company.put(Insert("attempt", row | values))

    def occasion(self, number: int, ago: int, outcome: str, because: str | None = None, **told: Any) -> None:
        row: dict[str, Any] = {"id": bytes([number]) * 16, "customer_id": self.customer.row_id}
        row |= {"plan_id": self.task.row["plan_id"], "outcome": outcome, "purpose": "survey"}
        row |= {"reason": "silence", "reason_values": {"days": 15, "label": "关怀"}, "because": because}
        row |= {"because_values": told, "dedupe_key": str(number), "decided_at": NOW - ago}
        self.company.put(Insert("occasion", row))

    @property
    def state(self) -> LedgerState:
        return self.drawn[-1]

    def load(self) -> CustomerLedger:
        with self.company.store.read() as connection:
            found = contact_ledger.load(connection, self.customer.row_id, self.company.clock.at)
        assert found is not None
        return found

    def against(self, purpose: Purpose) -> list[str]:
        (one,) = (one for one in self.load().standings if one.purpose is purpose)
        return [reason.kind for reason in one.against]


@pytest.fixture
def place(company: Company) -> Place:
    return Place(company)


def test_contacts_and_occasions_stand_together_the_latest_first(place: Place) -> None:
    place.attempt(1, 2 * DAY, "1.1")
    place.occasion(2, DAY, "skipped", "contact_too_often", per="customer_gap", most=24, free_at=NOW)
    place.attempt(3, HOUR, None)
    place.occasion(4, 3 * DAY, "merged")
    place.occasion(5, 4 * DAY, "control")
    found = place.load().entries
    assert [entry.kind for entry in found] == [
        EntryKind.CONTACT,
        EntryKind.SKIPPED,
        EntryKind.CONTACT,
        EntryKind.MERGED,
        EntryKind.CONTROL,
    ]
    assert (found[0].disposition, found[2].disposition, found[2].person) == (None, "1.1", "坐席 03")
    assert found[1].because == ("contact_too_often", {"per": "customer_gap", "most": 24, "free_at": NOW})


def test_what_stands_against_a_call_is_told_for_each_purpose_and_until_when(place: Place) -> None:
    place.attempt(1, HOUR, "1.1")
    marketing, survey = (
        next(one for one in place.load().standings if one.purpose is purpose)
        for purpose in (Purpose.MARKETING, Purpose.SURVEY)
    )
    assert place.against(Purpose.SERVICE) == []
    assert (marketing.until_at, survey.until_at) == (NOW - HOUR + 3 * DAY, NOW - HOUR + DAY)
    assert marketing.needs_consent
    assert not survey.needs_consent


def test_a_customer_who_is_not_here_has_no_ledger(place: Place) -> None:
    with place.company.store.read() as connection:
        assert contact_ledger.load(connection, bytes(16), NOW) is None


def test_consent_is_recorded_with_its_words_and_withdrawn_without(place: Place) -> None:
    place.presenter.open(place.customer.row_id)
    place.presenter.on_consent_asked(ConsentAsked("marketing", granted=True))
    assert [state.asked for state in place.drawn[-1:]] == [ConsentAsked("marketing", granted=True)]
    place.presenter.on_worded(WORDING)
    assert [state.asked for state in place.drawn[-1:]] == [None]
    place.presenter.on_changed(place.company.told[-1])
    assert [(one.granted, one.wording) for one in place.load().standings if one.granted is not None] == [
        (True, WORDING)
    ]
    place.company.clock.at += MINUTE
    place.presenter.on_consent_asked(ConsentAsked("marketing", granted=None))
    place.presenter.on_worded("")
    assert place.against(Purpose.MARKETING) == ["no_consent"]
    assert place.company.rows("SELECT state FROM task") == [("cancelled",)], "what needs consent ends at once"


def test_consent_without_the_words_he_was_asked_with_is_refused_and_the_question_stays(place: Place) -> None:
    place.presenter.open(place.customer.row_id)
    place.presenter.on_consent_asked(ConsentAsked("marketing", granted=False))
    place.presenter.on_worded("  ")
    assert place.state.error is ErrorKind.FIELD_MISSING
    assert place.state.asked is not None
    place.presenter.on_consent_asked(ConsentAsked("marketing", granted=False))
    assert place.drawn[-1].asked is None
    assert place.drawn[-1].error is None


def test_another_customer_begins_anew_and_time_goes_by(place: Place) -> None:
    place.attempt(1, HOUR, "1.1")
    place.presenter.open(place.customer.row_id)
    place.presenter.on_consent_asked(ConsentAsked("marketing", granted=True))
    place.company.clock.at += 3 * DAY
    place.presenter.on_tick(place.company.clock.at)
    ledger = place.state.ledger
    assert ledger is not None
    assert all(not one.against for one in ledger.standings)
    place.presenter.open(None)
    assert place.state == LedgerState(now=place.company.clock.at)


@dataclass
class Shown:
    """The section in a window."""

    place: Place
    section: LedgerSection
    window: Any

    def words(self) -> str:
        QApplication.processEvents()
        return "\n".join(one.text() for one in self.window.findChildren(QLabel) if one.isVisible())

    def press(self, words: str) -> None:
        (button,) = (
            one for one in self.window.findChildren(Button) if one.isVisible() and one.text() == words
        )
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def shown(place: Place, qtbot: QtBot, look: None) -> Shown:
    section = LedgerSection(place.company.session(place.agent, ImmediateWork()))
    window = window_around(qtbot, section, 320)
    section.presenter.open(place.customer.row_id)
    return Shown(place, section, window)


def test_the_ledger_is_read_in_words(shown: Shown) -> None:
    place = shown.place
    place.attempt(1, HOUR, "1.1")
    place.occasion(2, DAY, "skipped", "contact_too_often", per="customer_week", most=3, free_at=NOW)
    place.occasion(3, 2 * DAY, "merged")
    for number in range(4, 9):
        place.attempt(number, number * DAY, "3.13")
    shown.section.presenter.on_changed(ANY)
    words = shown.words()
    for said in ("现在能否联系", "3 天内已联系过", "营销 · 未征询", "电话 · 完成 · 坐席 03", "还有 3 条"):
        assert said in words or any(said in one.text() for one in shown.window.findChildren(Button))
    assert "未派：7 天内已联系到 3 次" in words
    assert "已并入其他回访" in words
    shown.press("还有 3 条")
    assert shown.words().count("无人接听") == 5
    shown.press("收起")
    assert shown.words().count("无人接听") == 2


def test_consent_is_asked_for_by_key_and_mouse_and_the_keyboard_comes_back(shown: Shown) -> None:
    shown.press("同意")
    field = shown.window.focusWidget()
    QTest.keyClicks(field, "agreed, version 2")
    QTest.keyClick(field, Qt.Key.Key_Return)
    shown.section.presenter.on_changed(ANY)
    assert "营销 · 今天 10:00 已同意" in shown.words()
    shown.press("撤回")
    QTest.keyClick(shown.window.focusWidget(), Qt.Key.Key_Return)
    shown.section.presenter.on_changed(ANY)
    assert "营销 · 今天 10:00 起不同意" in shown.words()
    assert unnamed(shown.window) == []


def test_do_not_call_stands_first_among_what_stands_against_a_call(shown: Shown) -> None:
    place = shown.place
    set_do_not_call(place.company.desk(place.agent), place.customer.row_id, "all", "call", "别再打")
    shown.section.presenter.on_changed(ANY)
    assert place.against(Purpose.SERVICE) == ["do_not_call"]
    assert "免打扰" in shown.words()
    assert shown.words().count("不可以") == 3
