"""The charts: what a click or key drills into, what is spoken, where bars stand, when the library is loaded."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from agent_app.ui import accessibility, theme
from agent_app.ui.charts import Bar, BarTrend, HorizontalBars, bars
from agent_app.ui.charts.library import Library
from agent_app.ui.feedback import Skeleton
from agent_app.ui.theme import SchemeChoice

pytestmark = pytest.mark.usefixtures("look")

BARS = [
    Bar("mon", "11-16", 62, "62%"),
    Bar("tue", "11-17", 70, "70%", line=60, line_shown="60%", tooltip="41/50"),
]
Chart = BarTrend | HorizontalBars


def shown(qtbot: QtBot, chart: Chart, wanted: Sequence[Bar] = BARS) -> Chart:
    qtbot.addWidget(chart)
    chart.show_bars(wanted)
    chart.resize(400, 200)
    chart.show()
    qtbot.waitUntil(chart.drawn)
    return chart


def both() -> tuple[Chart, Chart]:
    return BarTrend("完成率", 100), HorizontalBars("分类")


def count(image: QImage, colour: tuple[int, int, int]) -> int:
    wanted = QColor(*colour).rgb()
    size: QSize = image.size()
    return sum(image.pixel(x, y) == wanted for x in range(size.width()) for y in range(size.height()))


def test_a_click_on_a_bar_drills_down(qtbot: QtBot) -> None:
    for chart, point in zip(both(), (QPoint(330, 100), QPoint(100, 40)), strict=True):
        shown(qtbot, chart)
        heard: list[object] = []
        chart.drilled.connect(heard.append)
        QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=point)
        assert heard == ["tue"]


def test_bars_can_be_walked_and_opened_by_keys(qtbot: QtBot) -> None:
    for chart in both():
        shown(qtbot, chart)
        heard: list[object] = []
        chart.drilled.connect(heard.append)
        for key in (
            Qt.Key.Key_Return,
            Qt.Key.Key_Down,
            Qt.Key.Key_Return,
            Qt.Key.Key_Down,
            Qt.Key.Key_Return,
        ):
            QTest.keyClick(chart, key)
        assert heard == ["mon", "tue"]


def test_the_plot_itself_takes_neither_mouse_nor_keyboard(qtbot: QtBot) -> None:
    for chart in both():
        shown(qtbot, chart)
        inside = chart.findChildren(QWidget)
        assert inside
        assert all(widget.focusPolicy() == Qt.FocusPolicy.NoFocus for widget in inside)
        assert chart.childAt(200, 100) is None or isinstance(chart.childAt(200, 100), Skeleton)
        assert accessibility.unnamed(chart) == []


def test_a_chart_speaks_its_values_and_then_the_bar_that_is_pointed_at(qtbot: QtBot) -> None:
    chart = shown(qtbot, BarTrend("完成率", 100))
    assert chart.accessibleDescription() == "11-16 62%; 41/50"
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart.accessibleDescription() == "11-16 62%"


def test_what_a_tooltip_says_is_told_to_those_without_a_mouse(qtbot: QtBot) -> None:
    chart = shown(qtbot, BarTrend("完成率", 100))
    told: list[str] = []
    chart.pointed_at.connect(told.append)
    QTest.keyClick(chart, Qt.Key.Key_Right)
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert told == ["", "41/50"]


def test_the_bar_pointed_at_stays_pointed_at_through_a_refresh(qtbot: QtBot) -> None:
    chart = shown(qtbot, HorizontalBars("分类"))
    QTest.keyClick(chart, Qt.Key.Key_Down)
    chart.show_bars([Bar("new", "新", 90, "90"), *BARS])
    heard: list[object] = []
    chart.drilled.connect(heard.append)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    assert heard == ["mon"]


def test_bars_are_drawn_where_they_can_be_pressed(qtbot: QtBot) -> None:
    trend = shown(qtbot, BarTrend("完成率", 100))
    image = trend.grab().toImage()
    middle = trend.bar_area(1).center()
    foot = QPointF(middle.x(), trend.area().bottom() - 4).toPoint()
    assert image.pixelColor(foot * trend.devicePixelRatioF()) == QColor(*theme.colours().accent)
    ranking = shown(qtbot, HorizontalBars("分类"))
    track = ranking.area()
    end = QPointF(track.right() - 4, ranking.bar_area(1).center().y()).toPoint()
    QTest.keyClick(ranking, Qt.Key.Key_Down)
    QTest.keyClick(ranking, Qt.Key.Key_Down)
    image = ranking.grab().toImage()
    assert image.pixelColor(end * ranking.devicePixelRatioF()) == QColor(*theme.colours().accent)


def test_values_that_the_line_would_cross_out_stand_at_the_foot_of_their_bars(qtbot: QtBot) -> None:
    def foot_is_plain(line: float) -> bool:
        chart = shown(
            qtbot, BarTrend("完成率", 100), [Bar("mon", "11-16", 60, "60", line=line, line_shown="")]
        )
        image, ratio = chart.grab().toImage(), chart.devicePixelRatioF()
        left, bottom = chart.bar_area(0).center().x() - 10, chart.area().bottom() - 12
        row = [image.pixel(int((left + step) * ratio), int(bottom * ratio)) for step in range(20)]
        return len(set(row)) == 1

    assert foot_is_plain(95)
    assert not foot_is_plain(66)


def test_a_chart_follows_the_scheme(qtbot: QtBot, look: theme.Theme) -> None:
    chart = shown(qtbot, BarTrend("完成率", 100))
    assert count(chart.grab().toImage(), theme.colours().accent) > 100
    look.choose(SchemeChoice.DARK)
    image = chart.grab().toImage()
    assert count(image, theme.colours().accent) > 100
    assert image.pixelColor(image.width() // 2, 6) == QColor(*theme.colours().surface)


def test_charts_without_bars_or_room_are_drawn_empty(qtbot: QtBot) -> None:
    for chart in both():
        shown(qtbot, chart, [])
        chart.show_bars([Bar("none", "无", 0, "0")])
        chart.resize(20, 10)
        QTest.keyClick(chart, Qt.Key.Key_Down)
        chart.show_bars([])
        assert chart.accessibleDescription() == ""


def test_until_the_library_is_there_a_skeleton_holds_the_place(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library()
    monkeypatch.setattr(bars, "library", lambda: library)
    chart = BarTrend("完成率", 100)
    qtbot.addWidget(chart)
    chart.show_bars(BARS)
    (skeleton,) = chart.findChildren(Skeleton)
    with qtbot.waitSignal(library.loaded):
        chart.show()
        assert skeleton.isVisible()
        assert not chart.drawn()
    assert chart.drawn()
    assert not skeleton.isVisible()
