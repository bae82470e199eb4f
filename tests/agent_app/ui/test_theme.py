"""The theme: it follows the system or the user, and its fonts show Chinese."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent_app.ui import icons, painting, theme, tokens
from agent_app.ui.labels import Text
from agent_app.ui.stylesheet import style_sheet
from agent_app.ui.theme import FAMILIES, SchemeChoice
from agent_app.ui.tokens import SIZES, TypeRole


def test_choosing_dark_changes_palette_and_colours_and_tells_it(
    qapp: QApplication, look: theme.Theme
) -> None:
    heard: list[bool] = []
    look.changed.connect(lambda: heard.append(theme.colours().dark))
    look.choose(SchemeChoice.DARK)
    assert qapp.palette().color(QPalette.ColorRole.Window) == QColor(*tokens.DARK.canvas)
    look.choose(SchemeChoice.LIGHT)
    assert heard == [True, False]


@pytest.mark.parametrize("language", FAMILIES)
def test_fonts_show_chinese_in_every_language(qapp: QApplication, language: str) -> None:
    made = theme.install(qapp, SchemeChoice.LIGHT, language)
    metrics = QFontMetrics(made.font(TypeRole.BODY))
    assert all(metrics.inFontUcs4(ord(character)) for character in "回访小结")


@pytest.mark.usefixtures("look")
def test_type_is_in_points_so_that_the_systems_text_size_is_followed() -> None:
    sheet = style_sheet(tokens.LIGHT, SIZES, small_points=9.0)
    assert "font-size: 9.0pt" in sheet
    assert all(size.split(";")[0].endswith("pt") for size in sheet.split("font-size:")[1:])
    assert theme.font(TypeRole.BODY).pointSizeF() > 0


@pytest.mark.usefixtures("look")
def test_words_too_long_for_their_label_end_in_an_ellipsis_not_in_half_a_character(qtbot: QtBot) -> None:
    words = "已保存到本机 · 10:26:08"
    labels = Text(words), Text(painting.elided(words, theme.font(TypeRole.BODY), 100))
    assert labels[1].text().endswith("…")
    pictures = []
    for label in labels:
        qtbot.addWidget(label)
        label.resize(100, 24)
        pictures.append(label.grab().toImage())
    assert pictures[0] == pictures[1]


@pytest.mark.usefixtures("look")
def test_rows_are_never_lower_than_their_tokens() -> None:
    assert theme.row_height() >= 32
    assert theme.two_line_row_height() >= 56


def test_an_icon_takes_the_colours_in_force(look: theme.Theme) -> None:
    def darkest() -> int:
        image = icons.icon("phone").pixmap(QSize(32, 32)).toImage()
        pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
        return max(p.lightness() for p in pixels if p.alpha() > 200)

    light = darkest()
    look.choose(SchemeChoice.DARK)
    assert darkest() > light


@pytest.mark.usefixtures("look")
def test_an_unknown_icon_is_an_error_at_once() -> None:
    assert not icons.exists("no-such-icon")
    with pytest.raises(KeyError):
        icons.icon("no-such-icon")


def test_the_kit_starts_fast_no_plotting_no_icon_library_no_tables() -> None:
    code = (
        "import sys, agent_app.ui.charts, agent_app.ui.icons, agent_app.ui.row_views, agent_app.ui.error_words\n"
        "print(sorted({'qtawesome', 'pyqtgraph', 'numpy', 'qtpy', 'sqlalchemy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
