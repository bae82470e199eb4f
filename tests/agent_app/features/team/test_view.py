"""The team's place on screen: what can be pressed leads to its tasks, back leads back, and everything has a name."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from agent_app.actions.session import DeskSession
from agent_app.features.team.view import TeamFeature
from agent_app.features.team.view.dragging import carrying
from agent_app.features.team.view.drill import DrillPanel
from agent_app.ports import Route
from agent_app.store.changes import StoreChanges
from agent_app.store.queries.task_list import TaskFilter
from agent_app.store.queries.task_parts import Part, Period, Whose
from agent_app.ui import accessibility, i18n, theme
from agent_app.ui.cell_tables import CellTable
from agent_app.ui.charts import BarTrend, HorizontalBars
from agent_app.ui.feedback import UndoBar
from agent_app.ui.row_views import RowList
from agent_app.ui.stat_cards import StatCard
from agent_app.ui.theme import SchemeChoice
from server_sync.domain.clock import DAY
from tests.agent_app.desk import Company
from tests.agent_app.team_desk import MIDNIGHT
from tests.server_sync.organisation import NOW


class Place:
    """The two columns in one window."""

    def __init__(self, session: DeskSession, qtbot: QtBot) -> None:
        self.routes: list[Route] = []
        self.feature = TeamFeature(session, self.routes.append)
        self.window = QWidget()
        qtbot.addWidget(self.window)
        layout = QHBoxLayout(self.window)
        layout.addWidget(self.feature.members)
        layout.addWidget(self.feature.figures.widget, 1)
        self.window.resize(1280, 760)
        self.window.show()
        self.window.activateWindow()
        (self.panel,) = self.window.findChildren(DrillPanel)
        (self.table,) = self.window.findChildren(CellTable)
        qtbot.waitUntil(lambda: all(chart.drawn() for chart in self.window.findChildren(BarTrend)))

    def card(self, name: str) -> StatCard:
        (found,) = (card for card in self.window.findChildren(StatCard) if card.text() == name)
        return found

    def key(self, action: str) -> None:
        """What the shell does at the key of an action."""
        (binding,) = (one for one in self.feature.figures.shortcuts() if one.action == action)
        binding.callback()

    def tell(self, *tables: str) -> None:
        self.feature.figures.on_changed(StoreChanges(frozenset(tables), None, "reassign"))


@pytest.fixture
def place(qapp: QApplication, session: DeskSession, qtbot: QtBot) -> Iterator[Place]:
    i18n.install("zh_CN")
    theme.install(qapp, SchemeChoice.LIGHT, "zh_CN")
    made = Place(session, qtbot)
    yield made
    made.window.findChildren(UndoBar)[0].undo()


def test_the_cards_say_the_figures(place: Place) -> None:
    figures = place.feature.figures._state.sheet
    assert figures is not None
    assert place.card("应完成").accessibleName().startswith(f"应完成 {figures.total.due} ")
    assert "95% 区间" in place.card("NPS").accessibleName()


def test_everything_that_takes_the_keyboard_has_a_name(place: Place) -> None:
    assert accessibility.unnamed(place.window) == []
    place.card("逾期").click()
    place.panel.table.selectAll()
    place.key("team.reassign")
    assert accessibility.unnamed(place.window) == []


def test_a_card_opens_its_tasks_and_back_returns_the_keyboard(place: Place) -> None:
    card = place.card("逾期")
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Return)
    assert place.panel.isVisible()
    assert place.window.focusWidget() is place.panel.table
    place.key("team.back")
    assert not place.panel.isVisible()
    assert place.window.focusWidget() is card


def test_every_cell_of_the_table_leads_somewhere(place: Place) -> None:
    for column in range(2, place.table.model().columnCount()):
        index = place.table.model().index(0, column)
        shown = str(place.table.model().data(index))
        place.table.setCurrentIndex(index)
        QTest.keyClick(place.table, Qt.Key.Key_Return)
        assert place.panel.isVisible()
        if column in (2, 3, 4):
            assert len(place.panel.model.ids()) == int(shown)
        place.key("team.back")
    place.table.setCurrentIndex(place.table.model().index(0, 0))
    QTest.keyClick(place.table, Qt.Key.Key_Return)
    assert place.feature.figures._state.member is not None


def test_bars_lead_to_their_tasks(place: Place) -> None:
    for chart in (*place.window.findChildren(BarTrend), *place.window.findChildren(HorizontalBars)):
        QTest.keyClick(chart, Qt.Key.Key_Down)
        QTest.keyClick(chart, Qt.Key.Key_Return)
        assert place.panel.isVisible()
        place.key("team.back")


def test_chosen_tasks_are_given_by_keyboard_alone_and_undone(place: Place, company: Company) -> None:
    place.card("逾期").click()
    table = place.panel.table
    table.setFocus()
    table.setCurrentIndex(table.model().index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    chosen = table.chosen()
    assert len(chosen) == 2
    before = company.rows("SELECT assignee_id FROM task WHERE id IN (?, ?) ORDER BY id", *chosen)
    place.key("team.reassign")
    takers = place.window.focusWidget()
    assert isinstance(takers, RowList)
    takers.setCurrentIndex(takers.model().index(takers.model().rowCount() - 1, 0))
    QTest.keyClick(takers, Qt.Key.Key_Return)
    now = company.rows("SELECT assignee_id FROM task WHERE id IN (?, ?) ORDER BY id", *chosen)
    assert now == [(None,), (None,)]
    assert table.chosen() == ()
    place.key("team.undo")
    again = company.rows("SELECT assignee_id FROM task WHERE id IN (?, ?) ORDER BY id", *chosen)
    assert again == before


def test_choice_and_place_in_the_list_survive_a_refresh(place: Place, company: Company) -> None:
    org = company.organisation
    customer = org.customer(org.north)
    company.put(customer, *(org.task(customer, org.north_agents[0], due_at=NOW + n) for n in range(60)))
    whose = Whose(org.north)
    place.feature.figures.open(None, TaskFilter(Part.WAITING, whose, Period(MIDNIGHT, MIDNIGHT + DAY)))
    table, flags = place.panel.table, QItemSelectionModel.SelectionFlag
    for row in (30, 33):
        table.selectionModel().select(table.model().index(row, 0), flags.Select | flags.Rows)
    table.verticalScrollBar().setValue(20 * theme.row_height() + 5)
    chosen, value = table.chosen(), table.verticalScrollBar().value()
    company.put(org.task(customer, org.north_agents[1], due_at=1))
    place.tell("task")
    assert table.chosen() == chosen
    assert table.verticalScrollBar().value() == value + theme.row_height()


def test_enter_on_a_task_opens_it(place: Place) -> None:
    place.card("应完成").click()
    table = place.panel.table
    table.setCurrentIndex(table.model().index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert place.routes == [Route("task", place.panel.model.id_at(0))]


def test_choosing_a_person_in_the_list_shows_his_figures_and_closes_the_tasks(place: Place) -> None:
    (members,) = place.feature.members.findChildren(RowList)
    for row in range(members.model().rowCount()):
        members.setCurrentIndex(members.model().index(row, 0))
        assert place.panel.isVisible() == (row in (1, 2))
    member = place.feature.figures._state.member
    assert member is not None
    assert member.name == "坐席 05"


def test_heads_sort_the_agents(place: Place) -> None:
    names = [str(place.table.model().data(place.table.model().index(row, 0))) for row in range(3)]
    place.table.horizontalHeader().sectionClicked.emit(0)
    place.table.horizontalHeader().sectionClicked.emit(0)
    again = [str(place.table.model().data(place.table.model().index(row, 0))) for row in range(3)]
    assert again == sorted(names, reverse=True)


def _drop(place: Place, row: int, ids: tuple[bytes, ...]) -> bool:
    """Lay tasks onto a row of the list of members; says whether it took them."""
    (members,) = place.feature.members.findChildren(RowList)
    at = members.visualRect(members.model().index(row, 0)).center()
    data = carrying(ids)
    none = Qt.KeyboardModifier.NoModifier
    left = Qt.MouseButton.LeftButton
    entering = QDragEnterEvent(at, Qt.DropAction.MoveAction, data, left, none)
    QApplication.sendEvent(members.viewport(), entering)
    dropping = QDropEvent(at.toPointF(), Qt.DropAction.MoveAction, data, left, none)
    dropping.setAccepted(False)
    QApplication.sendEvent(members.viewport(), dropping)
    return dropping.isAccepted()


def test_chosen_tasks_are_laid_onto_somebody(place: Place, company: Company) -> None:
    place.feature.figures.presenter.on_part_opened(Part.WAITING)
    ids = tuple(place.panel.model.ids()[:3])
    taker = company.rows("SELECT id FROM person WHERE login = 'p05'")[0][0]
    entries = 3
    assert not _drop(place, 0, ids)
    assert _drop(place, entries + 2, ids)
    found = company.rows("SELECT assignee_id FROM task WHERE id IN (?, ?, ?)", *ids)
    assert found == [(taker,)] * 3


def test_a_press_on_the_choice_keeps_it_and_its_end_chooses_the_one(place: Place) -> None:
    place.feature.figures.presenter.on_part_opened(Part.WAITING)
    table = place.panel.table
    table.selectAll()
    at = table.visualRect(table.model().index(2, 0)).center()
    QTest.mousePress(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert len(table.chosen()) == len(place.panel.model.ids())
    QTest.mouseRelease(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert table.chosen() == (place.panel.model.ids()[2],)
