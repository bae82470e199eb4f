"""The look in force: Fusion, a palette and one style sheet, all made from ``tokens``; no widget is defined here.

``install(app, choice)`` once at start; afterwards widgets that draw themselves ask ``colours()`` at paint
time and are repainted by Qt when the scheme changes. A view never names a colour or a point size: it asks here.
"""

from __future__ import annotations

import sys
from enum import Enum

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication

from agent_app.ui import tokens
from agent_app.ui.stylesheet import style_sheet
from agent_app.ui.tokens import SIZES, Colours, TypeRole, Weight

_CJK_SIMPLIFIED = ("Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC")
_CJK_TRADITIONAL = ("Microsoft JhengHei UI", "PingFang TC", "Noto Sans CJK TC")

FAMILIES: dict[str, tuple[str, ...]] = {
    "zh_CN": _CJK_SIMPLIFIED,
    "zh_TW": (*_CJK_TRADITIONAL, *_CJK_SIMPLIFIED),
    "en": ("Segoe UI", "Helvetica Neue", "Noto Sans", *_CJK_SIMPLIFIED),
}
"""Font families by language, best first: without them Qt falls back to Japanese shapes of Chinese characters."""


class SchemeChoice(Enum):
    """What the user chose in the settings."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


def color(value: tokens.RGB, alpha: float = 1.0) -> QColor:
    """A token as a QColor; ``alpha`` 0..1."""
    made = QColor(*value)
    made.setAlphaF(alpha)
    return made


def points(role: TypeRole) -> float:
    """The type size in points; one point is a pixel on macOS (72 dpi) and 4/3 pixel elsewhere (96 dpi)."""
    return role.value if sys.platform == "darwin" else role.value * 0.75


class Theme(QObject):
    """Owner of the scheme in force. Lives in the main thread. Signals: ``changed()`` after a new scheme was applied."""

    changed = Signal()

    def __init__(self, app: QApplication, choice: SchemeChoice, language: str) -> None:
        super().__init__(app)
        self._app = app
        self._choice = choice
        self._families = list(FAMILIES.get(language, _CJK_SIMPLIFIED))
        # Every painted word asks for its font.
        self._fonts: dict[tuple[TypeRole, Weight, bool, float], QFont] = {}
        self.colours: Colours = tokens.LIGHT
        app.setStyle("Fusion")
        app.setFont(self.font(TypeRole.BODY))
        app.styleHints().colorSchemeChanged.connect(self._on_system_scheme_changed)
        self._apply()

    @property
    def choice(self) -> SchemeChoice:
        return self._choice

    def choose(self, choice: SchemeChoice) -> None:
        """Follow the user's choice from now on."""
        self._choice = choice
        self._apply()

    def font(
        self, role: TypeRole, weight: Weight = Weight.REGULAR, *, tabular: bool = False, scale: float = 1.0
    ) -> QFont:
        """A font of this role, never to be changed; ``tabular`` gives all figures one width, for columns of numbers."""
        wanted = role, weight, tabular, scale
        font = self._fonts.get(wanted)
        if font is None:
            font = self._fonts[wanted] = QFont()
            font.setFamilies(self._families)
            font.setPointSizeF(points(role) * scale)
            font.setWeight(QFont.Weight(weight.value))
            if tabular:
                font.setFeature(QFont.Tag("tnum"), 1)
        return font

    @Slot()
    def _on_system_scheme_changed(self) -> None:
        if self._choice is SchemeChoice.SYSTEM:
            self._apply()

    def _apply(self) -> None:
        system_dark = self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark
        dark = system_dark if self._choice is SchemeChoice.SYSTEM else self._choice is SchemeChoice.DARK
        self.colours = tokens.DARK if dark else tokens.LIGHT
        self._app.setPalette(_palette(self.colours))
        small = points(TypeRole.SMALL)
        self._app.setStyleSheet(style_sheet(self.colours, SIZES, small_points=small))
        self.changed.emit()


def _palette(c: Colours) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    accent = color(c.tones[tokens.Tone.ACCENT])
    for where, value in (
        (role.Window, color(c.canvas)),
        (role.WindowText, color(c.text)),
        (role.Base, color(c.surface)),
        (role.AlternateBase, color(c.canvas)),
        (role.Text, color(c.text)),
        (role.Button, color(c.surface)),
        (role.ButtonText, color(c.text)),
        (role.ToolTipBase, color(c.text)),
        (role.ToolTipText, color(c.surface)),
        (role.PlaceholderText, color(c.faint)),
        (role.Highlight, color(c.selection)),
        (role.HighlightedText, color(c.text)),
        (role.Accent, accent),
        (role.Link, color(c.inks[tokens.Tone.ACCENT])),
        (role.LinkVisited, color(c.inks[tokens.Tone.ACCENT])),
        (role.Light, color(c.surface)),
        (role.Midlight, color(c.line)),
        (role.Mid, color(c.line)),
        (role.Dark, color(c.line)),
        (role.Shadow, color(c.line)),
    ):
        palette.setColor(where, value)
    disabled = QPalette.ColorGroup.Disabled
    for text_role in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(disabled, text_role, color(c.faint))
    return palette


class _Installed:
    """The one theme of this process; set by ``install``."""

    theme: Theme | None = None


def install(app: QApplication, choice: SchemeChoice = SchemeChoice.SYSTEM, language: str = "zh_CN") -> Theme:
    """Dress the application. A second call (a test, another language) replaces the first."""
    if _Installed.theme is not None:
        app.styleHints().colorSchemeChanged.disconnect(_Installed.theme._on_system_scheme_changed)
        _Installed.theme.deleteLater()
    _Installed.theme = Theme(app, choice, language)
    return _Installed.theme


def current() -> Theme:
    """The theme in force. Raises RuntimeError before ``install``."""
    if _Installed.theme is None:
        raise RuntimeError("theme.install(app) comes before the first widget")
    return _Installed.theme


def colours() -> Colours:
    """The colours in force: ask at paint time, never keep them."""
    return current().colours


def font(
    role: TypeRole, weight: Weight = Weight.REGULAR, *, tabular: bool = False, scale: float = 1.0
) -> QFont:
    """See ``Theme.font``."""
    return current().font(role, weight, tabular=tabular, scale=scale)


def line_height(role: TypeRole) -> int:
    """Height of one line of this role with its leading (1.45, Chinese needs it), in device-independent pixels."""
    metrics = QFontMetrics(font(role))
    return max(metrics.height(), round(metrics.ascent() * SIZES.line_height_percent / 100))


def row_height() -> int:
    """Height of a table row: 32, more where the system's text is larger."""
    return max(SIZES.row, line_height(TypeRole.BODY) + 3 * SIZES.grid)


def two_line_row_height() -> int:
    """Height of a two-line list row: 56, more where the system's text is larger."""
    return max(SIZES.row_two_line, line_height(TypeRole.BODY) + line_height(TypeRole.SMALL) + 4 * SIZES.grid)
