"""What a person sees of the queue of a desk; imports nothing that the desk itself does not."""

from PySide6.QtCore import QModelIndex, QPoint

from agent_app.assembly.desk import OpenDesk
from agent_app.ui.row_views import RowList
from agent_app.ui.tables import SHOWN_ROLE


def queue_list(desk: OpenDesk) -> RowList:
    """The list of the queue (the other one shows what was found)."""
    return max(desk.queue.widget.findChildren(RowList), key=lambda one: one.model().rowCount())


def is_filled(rows: RowList) -> bool:
    """Whether every row in sight is there, not a placeholder."""
    first = rows.indexAt(QPoint(5, 5))
    last = rows.indexAt(QPoint(5, rows.viewport().height() - 5))
    if not first.isValid():
        return False
    end = last.row() if last.isValid() else rows.model().rowCount(QModelIndex()) - 1
    return all(
        rows.model().index(place, 0).data(SHOWN_ROLE) is not None for place in range(first.row(), end + 1)
    )


def queue_is_usable(desk: OpenDesk) -> bool:
    """Whether the queue is listed and what is in sight can be read."""
    return is_filled(queue_list(desk))
