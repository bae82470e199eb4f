"""Shapes that widgets and row delegates draw alike: boxes, badges, key caps, focus rings; no widgets here."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from agent_app.ui import theme
from agent_app.ui.tokens import RGB, SIZES, Tone, TypeRole

BADGE_PADDING = 6.0
KEY_PADDING = 5.0


def box(
    painter: QPainter,
    rect: QRectF,
    *,
    fill: RGB | None,
    line: RGB | None = None,
    radius: float = SIZES.radius,
) -> None:
    """A rounded rectangle, its border of one pixel drawn inside ``rect``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(theme.color(fill) if fill is not None else Qt.BrushStyle.NoBrush)
    if line is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect, radius, radius)
    else:
        painter.setPen(QPen(theme.color(line), SIZES.border))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.restore()


def focus_ring(painter: QPainter, rect: QRectF, radius: float = SIZES.radius) -> None:
    """The ring of whatever has the keyboard, drawn inside ``rect``."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme.color(theme.colours().accent), SIZES.focus_ring))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius - 1, radius - 1)
    painter.restore()


def text(
    painter: QPainter,
    rect: QRectF,
    words: str,
    font: QFont,
    colour: RGB,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> float:
    """One line, vertically centred, elided at the right; returns the width it took."""
    shown = elided(words, font, rect.width())
    painter.setFont(font)
    painter.setPen(theme.color(colour))
    flags = int(align) | int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
    painter.drawText(rect, flags, shown)
    return text_width(shown, font)


def elided(words: str, font: QFont, width: float) -> str:
    """``words``, shortened with an ellipsis where they are wider than ``width``."""
    return QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, max(0.0, width) + 0.5)


def text_width(words: str, font: QFont) -> float:
    """Advance of one line, in device-independent pixels."""
    return QFontMetricsF(font).horizontalAdvance(words)


def badge_font() -> QFont:
    return theme.font(TypeRole.SMALL, scale=11.5 / 12)


def badge_width(words: str) -> float:
    return text_width(words, badge_font()) + 2 * BADGE_PADDING


def badge_height() -> float:
    return round(QFontMetricsF(badge_font()).ascent() + 4.5)


def badge(painter: QPainter, left: float, middle: float, words: str, tone: Tone) -> float:
    """A tinted label centred on ``middle``; returns its width."""
    c = theme.colours()
    rect = QRectF(left, round(middle - badge_height() / 2), badge_width(words), badge_height())
    box(painter, rect, fill=c.tints[tone], radius=SIZES.radius_small)
    text(painter, rect, words, badge_font(), c.inks[tone], Qt.AlignmentFlag.AlignHCenter)
    return rect.width()


def count_badge(painter: QPainter, right: float, top: float, words: str) -> None:
    """A small filled pill with a count, its right upper corner given."""
    c = theme.colours()
    font = theme.font(TypeRole.SMALL, scale=10 / 12)
    height = QFontMetricsF(font).ascent() + 5.0
    width = max(height, text_width(words, font) + 8.0)
    rect = QRectF(right - width, top, width, height)
    box(painter, rect, fill=c.fills[Tone.DANGER], radius=height / 2)
    text(painter, rect, words, font, c.on_fill, Qt.AlignmentFlag.AlignHCenter)


def key_cap_width(keys: str) -> float:
    return max(text_width(keys, badge_font()) + 2 * KEY_PADDING, badge_height() + 1)


def key_cap(painter: QPainter, left: float, middle: float, keys: str, *, on_fill: bool = False) -> float:
    """A key as it is printed on the keyboard; ``on_fill`` on a coloured button. Returns its width."""
    c = theme.colours()
    width, height = key_cap_width(keys), badge_height() + 1
    rect = QRectF(left, round(middle - height / 2), width, height)
    if on_fill:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.color(c.on_fill, 0.45), SIZES.border))
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), SIZES.radius_small, SIZES.radius_small)
        painter.restore()
        text(painter, rect, keys, badge_font(), c.on_fill, Qt.AlignmentFlag.AlignHCenter)
    else:
        box(
            painter,
            rect,
            fill=c.surface,
            line=c.strong_line if not c.dark else c.line,
            radius=SIZES.radius_small,
        )
        text(painter, rect, keys, badge_font(), c.soft, Qt.AlignmentFlag.AlignHCenter)
    return width


def dot(painter: QPainter, centre: QPointF, tone: Tone, radius: float = 4.0) -> None:
    """A status dot; a word always stands beside it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(theme.colours().tones[tone]))
    painter.drawEllipse(centre, radius, radius)
    painter.restore()
