"""Words and small marks on the screen that are looked at, never pressed: text, badges, key caps, status dots."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from agent_app.ui import icons, painting, theme
from agent_app.ui.tokens import RGB, SIZES, Tone, TypeRole, Weight


class Text(QLabel):
    """Words in one of the four sizes. ``tone`` None is plain text; ``quiet`` is the soft colour, ``faint`` the softest.

    One line, shortened where its layout has no room (its tooltip then has all of it), unless it may ``wrap``; ``keep``
    never shortens it. ``selectable`` is for values a user copies.
    """

    def __init__(
        self,
        words: str = "",
        role: TypeRole = TypeRole.BODY,
        *,
        weight: Weight = Weight.REGULAR,
        tone: Tone | None = None,
        quiet: bool = False,
        faint: bool = False,
        wrap: bool = False,
        tabular: bool = False,
        selectable: bool = False,
        keep: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(words, parent)
        self._keep = keep
        self._told = ""
        self._tone, self._quiet, self._faint = tone, quiet, faint
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(role, weight, tabular=tabular))
        self.setWordWrap(wrap)
        self._drawn = not wrap and not selectable
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if not wrap:
            across = QSizePolicy.Policy.Minimum if keep else QSizePolicy.Policy.Preferred
            self.setSizePolicy(across, QSizePolicy.Policy.Fixed)

    def set_tone(self, tone: Tone | None) -> None:
        """Say it in another tone; the words must say it too."""
        self._tone = tone
        self.update()

    def ink(self) -> RGB:
        """The colour it is written in now."""
        c = theme.colours()
        if self._tone is not None:
            return c.inks[self._tone]
        if self._faint:
            return c.faint
        return c.soft if self._quiet else c.text

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if self.wordWrap() or self._keep:
            return hint
        return QSize(min(hint.width(), 4 * SIZES.grid), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.wordWrap():
            self._tell_what_is_cut()
        if self._drawn:
            painter = QPainter(self)
            painting.text(
                painter, QRectF(self.rect()), self.text(), self.font(), self.ink(), self.alignment()
            )
            return
        palette = self.palette()
        wanted = theme.color(self.ink())
        if palette.color(QPalette.ColorRole.WindowText) != wanted:
            palette.setColor(QPalette.ColorRole.WindowText, wanted)
            self.setPalette(palette)
        super().paintEvent(event)

    def _tell_what_is_cut(self) -> None:
        """Words that do not fit are in the tooltip, unless it says something else."""
        # Here, when they are drawn: a label's events are too many for each of them to pass through Python.
        if self.toolTip() != self._told:
            return
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.width()
        told = self.text() if cut else ""
        if told != self._told:
            self._told = told
            self.setToolTip(told)


class Paragraph(QLabel):
    """Wrapped words with the leading that Chinese needs (1.45): scripts, banners, empty states. Plain text only."""

    def __init__(
        self,
        words: str = "",
        role: TypeRole = TypeRole.BODY,
        *,
        quiet: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = ""
        self._quiet = quiet
        self.setFont(theme.font(role))
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.set_words(words)

    def words(self) -> str:
        return self._words

    def set_words(self, words: str) -> None:
        """Show these words; line breaks are kept."""
        self._words = words
        self._show(escape(words).replace("\n", "<br/>"))

    def set_rich(self, lines: str, words: str) -> None:
        """Show these lines of rich text, which say ``words``."""
        self._words = words
        self._show(lines)

    def _show(self, lines: str) -> None:
        self.setText(f'<p style="margin:0; line-height:{SIZES.line_height_percent - 25}%">{lines}</p>')
        self.setAccessibleName(self._words)

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        wanted = theme.color(c.soft if self._quiet else c.text)
        palette = self.palette()
        if palette.color(QPalette.ColorRole.WindowText) != wanted:
            palette.setColor(QPalette.ColorRole.WindowText, wanted)
            self.setPalette(palette)
        super().paintEvent(event)


class Badge(QWidget):
    """A tinted word: a tier, a state, a tag."""

    def __init__(self, words: str, tone: Tone = Tone.NEUTRAL, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._tone = words, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)

    def words(self) -> str:
        return self._words

    def set_words(self, words: str, tone: Tone) -> None:
        self._words, self._tone = words, tone
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(painting.badge_width(self._words) + 0.5), round(painting.badge_height() + 0.5))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.badge(painter, 0, self.height() / 2, self._words, self._tone)


class KeyCap(QWidget):
    """A key as printed on the keyboard, beside what it does."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(keys)

    def sizeHint(self) -> QSize:
        return QSize(round(painting.key_cap_width(self._keys) + 0.5), round(painting.badge_height() + 3))

    def paintEvent(self, event: QPaintEvent) -> None:
        painting.key_cap(QPainter(self), 0, self.height() / 2, self._keys)


class StatusDot(QWidget):
    """A dot and its word: 已同步, 通话中, 离线; ``boxed`` stands among buttons."""

    def __init__(self, words: str, tone: Tone, *, boxed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._tone, self._boxed = words, tone, boxed
        self.setFont(theme.font(TypeRole.BODY if boxed else TypeRole.SMALL, tabular=True))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)

    def words(self) -> str:
        return self._words

    def set_status(self, words: str, tone: Tone) -> None:
        self._words, self._tone = words, tone
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self._words) + 16
        return QSize(width + 20, SIZES.control) if self._boxed else QSize(width, metrics.height() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        c = theme.colours()
        rect = QRectF(self.rect())
        if self._boxed:
            painting.box(painter, rect, fill=c.surface, line=c.line)
            rect.adjust(10, 0, -10, 0)
        painting.dot(painter, QPointF(rect.left() + 5, rect.center().y()), self._tone)
        painting.text(painter, rect.adjusted(15, 0, 2, 0), self._words, self.font(), c.text)


class Picture(QWidget):
    """An icon that says something by itself beside words; not pressable."""

    def __init__(
        self, name: str, size: int = SIZES.icon, tone: Tone | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._tone = name, tone
        self.setFixedSize(size, size)

    def set_picture(self, name: str, tone: Tone | None) -> None:
        self._name, self._tone = name, tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        c = theme.colours()
        colour = c.soft if self._tone is None else c.inks[self._tone]
        icons.paint_icon(QPainter(self), QRectF(self.rect()), self._name, colour)
