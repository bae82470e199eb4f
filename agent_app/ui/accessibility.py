"""Whether a screen reader can name everything that takes the keyboard; used by the tests of every view."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget


def unnamed(root: QWidget) -> list[QWidget]:
    """Widgets at or below ``root`` that take the focus but have no spoken name; Qt's own inner parts are
    passed over.
    """
    return [
        widget for widget in (root, *root.findChildren(QWidget)) if _takes_focus(widget) and not _name(widget)
    ]


def _takes_focus(widget: QWidget) -> bool:
    inner = widget.objectName().startswith("qt_")
    hidden = widget.isHidden() and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)
    policy = widget.focusPolicy()
    return policy != Qt.FocusPolicy.NoFocus and not inner and not hidden and widget.focusProxy() is None


def _name(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()
