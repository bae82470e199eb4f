"""Icons of the Phosphor set, drawn in the colours in force; no other icon set, no picture files.

``icon("phone")`` for Qt's own widgets (it re-colours itself on a theme change), ``paint_icon`` for widgets
that draw themselves. Names are those of Phosphor 1.x (phone, phone-disconnect, ticket, users, …); a name
ending in ``-fill`` or ``-bold`` is that style.

The glyphs come from the font file inside the qtawesome package, but qtawesome itself is never imported: its
import takes 0.3 s and its first icon loads twelve fonts; reading the one font costs 5 ms.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QIcon, QIconEngine, QPainter, QPainterPath, QPixmap, QRawFont, QTransform

from agent_app.ui import theme
from agent_app.ui.tokens import RGB, Tone

_EM = 256.0


@cache
def _charmap() -> dict[str, str]:
    (found,) = _font_folder().glob("phosphor-charmap-*.json")
    codes: dict[str, str] = json.loads(found.read_text(encoding="utf-8"))
    return codes


def _font_folder() -> Path:
    spec = find_spec("qtawesome")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("the qtawesome package, which carries the icon font, is not installed")
    return Path(spec.submodule_search_locations[0]) / "fonts"


@cache
def _raw_font() -> QRawFont:
    (found,) = (path for path in _font_folder().glob("phosphor-*.ttf"))
    return QRawFont(str(found), _EM, QFont.HintingPreference.PreferNoHinting)


@cache
def _outline(name: str) -> QPainterPath:
    """The glyph's outline within a unit square. Raises KeyError for a name that Phosphor does not have."""
    raw = _raw_font()
    glyph = raw.glyphIndexesForString(chr(int(_charmap()[name], 16)))[0]
    path = raw.pathForGlyph(glyph)
    advance = raw.advancesForGlyphIndexes([glyph])[0].x()
    centre = QPointF(advance / 2, -(raw.ascent() - raw.descent()) / 2)
    side = max(advance, raw.ascent() + raw.descent())
    to_unit = QTransform().translate(0.5, 0.5).scale(1 / side, 1 / side).translate(-centre.x(), -centre.y())
    outline = to_unit.map(path)
    outline.setFillRule(Qt.FillRule.WindingFill)
    return outline


def exists(name: str) -> bool:
    """Whether Phosphor has an icon of this name."""
    return name in _charmap()


def paint_icon(painter: QPainter, rect: QRectF, name: str, colour: RGB, opacity: float = 1.0) -> None:
    """Draw the icon as large as fits into the middle of ``rect``."""
    side = min(rect.width(), rect.height())
    place = (
        QTransform().translate(rect.center().x() - side / 2, rect.center().y() - side / 2).scale(side, side)
    )
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillPath(place.map(_outline(name)), theme.color(colour, opacity))
    painter.restore()


class _ThemedEngine(QIconEngine):
    """Draws one glyph at any size; asks the theme for its colour each time."""

    def __init__(self, name: str, tone: Tone | None) -> None:
        super().__init__()
        self._name = name
        self._tone = tone

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        c = theme.colours()
        colour = c.soft if self._tone is None else c.inks[self._tone]
        paint_icon(painter, QRectF(rect), self._name, colour, 0.4 if mode == QIcon.Mode.Disabled else 1.0)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        drawn = QPixmap(size)
        drawn.fill(Qt.GlobalColor.transparent)
        painter = QPainter(drawn)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return drawn

    def clone(self) -> QIconEngine:
        return _ThemedEngine(self._name, self._tone)


@cache
def icon(name: str, tone: Tone | None = None) -> QIcon:
    """The icon in soft text colour, or in the ink of ``tone``. Raises KeyError for an unknown name."""
    _outline(name)
    return QIcon(_ThemedEngine(name, tone))
