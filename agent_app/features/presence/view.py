"""The menu of 坐席状态; number keys choose."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from agent_app.actions.session import DeskSession
from agent_app.features.presence.presenter import CHOICES, PresencePresenter
from agent_app.store.queries.presence import OwnPresence
from agent_app.ui.i18n import translate
from agent_app.ui.words import presence_label
from server_sync.domain.model import PauseReason, Presence


class PresenceMenu(QObject):
    """Pops up above the button that it is asked for; main thread."""

    def __init__(
        self, session: DeskSession, render: Callable[[OwnPresence], object], window: QWidget
    ) -> None:
        super().__init__(window)
        self.presenter = PresencePresenter(session, render)
        self._menu = QMenu(window)
        self._menu.setAccessibleName(translate("Presence", "What are you doing?"))
        for number, (state, pause) in enumerate(CHOICES, 1):
            label, _ = presence_label(state, pause)
            action = self._menu.addAction(f"&{number}  {label}")
            action.setData((str(state), str(pause) if pause else ""))
        self._menu.triggered.connect(self._on_triggered)

    def pop_up(self, where: QPoint) -> None:
        """Show the menu with its lower left corner here (global)."""
        self._menu.popup(where - QPoint(0, self._menu.sizeHint().height()))

    @Slot(QAction)
    def _on_triggered(self, action: QAction) -> None:
        state, pause = action.data()
        self.presenter.on_chosen(Presence(state), PauseReason(pause) if pause else None)
