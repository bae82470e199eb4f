"""Joins the room's two columns with their presenter, and what the shell calls."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

from agent_app.actions.session import DeskSession
from agent_app.features.conflicts.presenter import ConflictsPresenter
from agent_app.features.conflicts.state import ConflictsState, Whose
from agent_app.features.conflicts.view.detail import ConflictDetail
from agent_app.features.conflicts.view.listing import ConflictList
from agent_app.ports import KeyBinding, Route
from agent_app.store.changes import StoreChanges
from agent_app.ui.i18n import translate
from server_sync.domain.model import Role


class DetailPart(QObject):
    """The work column for the shell. Main thread."""

    def __init__(self, session: DeskSession, route: Callable[[Route], object], listing: ConflictList) -> None:
        super().__init__()
        self._list = listing
        self._column = ConflictDetail(session.timezone)
        self.presenter = ConflictsPresenter(session, route, self._draw)
        listing.chosen.connect(self._on_chosen)
        listing.opened.connect(self._on_opened)
        listing.whose_chosen.connect(self._on_whose)
        self._column.kept.connect(self._on_kept)
        self._column.edit_asked.connect(self._on_edit)
        self._column.pressed.connect(self._on_pressed)
        self._column.handed_over.connect(self._on_handed_over)
        self._column.customer_asked.connect(self._on_customer)
        self.presenter.start()

    @property
    def widget(self) -> QWidget:
        return self._column

    def open(self, item: bytes | None, detail: object = None) -> None:
        """Show this entry."""
        self.presenter.on_chosen(item)

    def on_changed(self, changes: StoreChanges) -> None:
        self.presenter.on_changed(changes)

    def on_tick(self, now: int) -> None:
        """Nothing here counts down."""

    def shortcuts(self) -> Sequence[KeyBinding]:
        return (
            KeyBinding(
                "conflicts.press",
                "Alt+S",
                translate("Conflicts", "Send again, or take this one"),
                self._on_pressed,
            ),
            KeyBinding(
                "conflicts.keep",
                "Alt+D",
                translate("Conflicts", "Leave everything as it stands"),
                self._on_kept,
            ),
            KeyBinding("conflicts.edit", "Alt+E", translate("Conflicts", "Edit"), self._on_edit),
            KeyBinding(
                "conflicts.hand_over",
                "Alt+H",
                translate("Conflicts", "Hand to the supervisor"),
                self._on_handed_over,
            ),
            KeyBinding("conflicts.customer", "Alt+C", translate("Conflicts", "Customer"), self._on_customer),
        )

    def _draw(self, state: ConflictsState) -> None:
        # What was pressed may be gone with its entry: whoever goes through the list by keys goes on there.
        focused: QWidget | None = self._column.window().focusWidget()
        within = focused is not None and self._column.isAncestorOf(focused)
        self._list.draw(state)
        self._column.draw(state)
        if within and focused is not None and not (focused.isVisible() and focused.isEnabled()):
            self._list.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_chosen(self, entry_id: bytes | None) -> None:
        self.presenter.on_chosen(entry_id)

    @Slot()
    def _on_opened(self) -> None:
        self._column.take_keyboard()

    @Slot(object)
    def _on_whose(self, whose: Whose) -> None:
        self.presenter.on_whose_chosen(whose)

    @Slot()
    def _on_kept(self) -> None:
        self.presenter.on_kept(self._column.note())

    @Slot()
    def _on_edit(self) -> None:
        self.presenter.on_edit_asked()

    @Slot()
    def _on_pressed(self) -> None:
        self.presenter.on_pressed(self._column.note(), self._column.edited())

    @Slot()
    def _on_handed_over(self) -> None:
        self.presenter.on_handed_over(self._column.note())

    @Slot()
    def _on_customer(self) -> None:
        self.presenter.on_customer_asked()


class ConflictsFeature:
    """The conflicts' place: the detail, and the list that it fills; main thread."""

    def __init__(self, session: DeskSession, route: Callable[[Route], object]) -> None:
        self.listing = ConflictList(session.timezone, leads=session.desk.actor.role is not Role.AGENT)
        self.detail = DetailPart(session, route, self.listing)
