"""The whole kit at once: both frames and the sheet are drawn in every scheme and language, named for screen
readers, unclipped.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from agent_app.ui import catalogue, i18n, theme
from agent_app.ui.accessibility import unnamed
from agent_app.ui.buttons import IconButton
from agent_app.ui.charts import BarTrend
from agent_app.ui.feedback import EmptyState
from agent_app.ui.fields import Field, TextField
from agent_app.ui.theme import SchemeChoice
from agent_app.ui.tokens import SIZES
from tests.agent_app.ui.gallery_frames import team_frame, work_frame
from tests.agent_app.ui.gallery_sheets import sheet
from tests.agent_app.windows import opened_windows

PICTURES = pytest.mark.parametrize("made", [work_frame, team_frame, sheet], ids=["work", "team", "sheet"])


@PICTURES
@pytest.mark.parametrize("language", catalogue.LANGUAGES)
@pytest.mark.parametrize("scheme", [SchemeChoice.LIGHT, SchemeChoice.DARK])
def test_everything_draws(
    qapp: QApplication, qtbot: QtBot, made: Callable[[], QWidget], language: str, scheme: SchemeChoice
) -> None:
    i18n.install(language)
    theme.install(qapp, scheme, language)
    window = made()
    qtbot.addWidget(window)
    picture = window.grab().toImage()
    corner = picture.pixelColor(picture.width() - 3, picture.height() // 2)
    assert (corner.lightness() < 128) == (scheme is SchemeChoice.DARK)


@PICTURES
@pytest.mark.usefixtures("look")
def test_everything_that_takes_the_focus_has_a_spoken_name(qtbot: QtBot, made: Callable[[], QWidget]) -> None:
    window = made()
    qtbot.addWidget(window)
    assert unnamed(window) == []


@pytest.mark.usefixtures("look")
def test_the_check_finds_what_has_no_name(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    nameless, named = TextField("", parent=window), IconButton("更多", "dots-three", parent=window)
    assert unnamed(window) == [nameless]
    assert named not in unnamed(window)


@pytest.mark.parametrize("made", [work_frame, team_frame], ids=["work", "team"])
@pytest.mark.usefixtures("look")
def test_the_frames_fit_the_smallest_window(qtbot: QtBot, made: Callable[[], QWidget]) -> None:
    window = made()
    qtbot.addWidget(window)
    window.resize(SIZES.window_min_width, SIZES.window_min_height)
    window.show()
    charts = window.findChildren(BarTrend)
    qtbot.waitUntil(lambda: all(chart.drawn() for chart in charts), timeout=30_000)
    QApplication.processEvents()
    assert window.width() == SIZES.window_min_width
    assert window.height() == SIZES.window_min_height


@pytest.mark.usefixtures("look")
def test_nothing_of_the_kit_is_a_window_before_it_has_a_place(qtbot: QtBot) -> None:
    """A part that is shown before it has a parent flashes up beside the window and takes the keyboard from it."""
    with opened_windows() as opened:
        window = QWidget()
        qtbot.addWidget(window)
        layout = QVBoxLayout(window)
        layout.addWidget(Field("手机号", TextField("手机号"), hint="11 位"))
        layout.addWidget(EmptyState("暂无", "还没有", action="新建"))
        for made in (work_frame, team_frame, sheet):
            qtbot.addWidget(made())
    assert opened == []
