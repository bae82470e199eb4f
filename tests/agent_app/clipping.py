"""Finds what a window shows only in part: widgets that got less room than they need, or lie beyond their parent."""

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QWidget


def clipped(root: QWidget) -> list[str]:
    """The visible widgets below `root` that are cut, in words for a test's message.

    Labels of one line that shorten themselves with an ellipsis are left alone: their tooltip has the rest.
    """
    return [f"{_told(widget)}: {why}" for widget in root.findChildren(QWidget) if (why := _why(widget, root))]


def _why(widget: QWidget, root: QWidget) -> str:
    if not widget.isVisibleTo(root) or widget.objectName().startswith("qt_") or widget.isWindow():
        return ""
    height = _least_height(widget)
    if height > widget.height():
        return f"{height} high, has {widget.height()}"
    parent = widget.parentWidget()
    if parent is None or _scrolls(parent):
        return ""
    there = QRect(QPoint(0, 0), parent.size())
    return "" if there.contains(widget.geometry()) else f"{widget.geometry()} beyond {there}"


def _least_height(widget: QWidget) -> int:
    """At the width that it has."""
    layout = widget.layout()
    if layout is not None and layout.hasHeightForWidth():
        return layout.minimumHeightForWidth(widget.width())
    if widget.hasHeightForWidth():
        return widget.heightForWidth(widget.width())
    return widget.minimumSizeHint().height()


def _scrolls(widget: QWidget) -> bool:
    return isinstance(widget.parentWidget(), QAbstractScrollArea)


def _told(widget: QWidget) -> str:
    words = widget.accessibleName() or (widget.text() if isinstance(widget, QLabel) else "")
    return f"{type(widget).__name__} {words!r}"
