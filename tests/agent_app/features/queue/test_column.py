"""The queue column by keyboard: whoever walks through it is left where he is."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent_app.features.queue.view import QueueFeature
from agent_app.ports import Route
from agent_app.store.changes import StoreChanges
from agent_app.ui import i18n, theme
from agent_app.ui.fields import SearchField
from agent_app.ui.row_views import RowList
from agent_app.ui.theme import SchemeChoice
from server_sync.domain.clock import HOUR, MINUTE
from tests.agent_app.features.workplace import Workplace

MORE = 20


@pytest.fixture
def queue(place: Workplace, qapp: QApplication, qtbot: QtBot) -> QueueFeature:
    """A queue of 21 tasks that has the keyboard."""
    i18n.install("zh_CN")
    theme.install(qapp, SchemeChoice.LIGHT, "zh_CN")
    organisation = place.company.organisation
    for number in range(MORE):
        customer = organisation.customer(organisation.north, name=f"客户 {number}")
        due = place.company.clock.now() + (2 + number) * HOUR
        place.company.put(customer, organisation.task(customer, place.agent, due_at=due))
    feature = QueueFeature(place.session, place.routes.append)
    qtbot.addWidget(feature.widget)
    feature.widget.resize(344, 600)
    feature.widget.show()
    feature.widget.activateWindow()
    qtbot.waitUntil(feature.widget.isActiveWindow)
    feature.start()
    rows(feature).setFocus()
    return feature


def rows(queue: QueueFeature) -> RowList:
    return next(one for one in queue.widget.findChildren(RowList) if one.isVisible())


def press(queue: QueueFeature, key: Qt.Key, times: int = 1) -> None:
    for _ in range(times):
        QTest.keyClick(rows(queue), key)


def test_a_refresh_leaves_the_walker_and_the_scroll_where_they_are(
    queue: QueueFeature, place: Workplace
) -> None:
    press(queue, Qt.Key.Key_Down, 15)
    walked, scrolled = rows(queue).chosen(), rows(queue).verticalScrollBar().value()
    assert walked is not None
    assert scrolled > 0
    organisation = place.company.organisation
    customer = organisation.customer(organisation.north, name="客户 新")
    place.company.put(
        customer, organisation.task(customer, place.agent, due_at=place.company.clock.now() + HOUR)
    )
    place.move(MINUTE)
    queue.on_changed(StoreChanges(frozenset({"task", "customer"}), None, "sync"))
    queue.on_tick(place.company.clock.now())
    assert rows(queue).chosen() == walked
    assert rows(queue).model().rowCount() == MORE + 2
    row_height = rows(queue).sizeHintForRow(0)
    assert rows(queue).verticalScrollBar().value() in (scrolled, scrolled + row_height)


def test_enter_opens_where_one_walked_to(queue: QueueFeature, place: Workplace) -> None:
    press(queue, Qt.Key.Key_Down, 3)
    walked = rows(queue).chosen()
    press(queue, Qt.Key.Key_Return)
    assert place.routes == [Route("task", walked)]


def test_the_task_that_was_opened_is_shown_as_chosen(queue: QueueFeature, place: Workplace) -> None:
    queue.open(None, "next")
    (route,) = place.routes
    index = rows(queue).currentIndex()
    assert rows(queue).chosen() == route.item
    assert rows(queue).selectionModel().isSelected(index)


def test_esc_leaves_the_search_for_where_one_was(queue: QueueFeature) -> None:
    search = next(one for one in queue.shortcuts() if one.action == "queue.search")
    search.callback()
    field = QApplication.focusWidget()
    assert isinstance(field, SearchField)
    QTest.keyClicks(field, "zs")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), QApplication.focusWidget()) == ("", field)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is rows(queue)
