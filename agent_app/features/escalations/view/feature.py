"""Joins the inbox's columns with their presenter, and what the shell calls."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QWidget

from agent_app.actions.session import DeskSession
from agent_app.features.escalations.presenter import EscalationsPresenter
from agent_app.features.escalations.state import Act, EscalationsState, Which
from agent_app.features.escalations.view.detail import EscalationDetail
from agent_app.features.escalations.view.listing import EscalationList
from agent_app.ports import KeyBinding, Route
from agent_app.store.changes import StoreChanges
from agent_app.ui.i18n import translate


class EscalationsFeature(QObject):
    """The work column for the shell, and ``listing`` beside it; `tell_count` hears how many are open. Main thread."""

    def __init__(
        self, session: DeskSession, route: Callable[[Route], object], tell_count: Callable[[int], object]
    ) -> None:
        super().__init__()
        self._tell_count = tell_count
        self.listing = EscalationList(session.timezone)
        self._detail = EscalationDetail(session.timezone)
        self.presenter = EscalationsPresenter(session, route, self._draw)
        self.listing.which_chosen.connect(self._on_which)
        self.listing.chosen.connect(self._on_chosen)
        detail = self._detail
        detail.acted.connect(self._on_acted)
        detail.give_asked.connect(self.give)
        detail.customer_asked.connect(self._on_customer)
        detail.notice_seen.connect(self._on_notice_seen)
        detail.takers.taken.connect(self._on_taken)
        detail.takers.given_up.connect(self._on_given_up)

    @property
    def widget(self) -> QWidget:
        return self._detail

    def open(self, item: bytes | None, detail: object = None) -> None:
        """Show this entry."""
        if item is not None:
            self.presenter.on_chosen(item)

    def on_changed(self, changes: StoreChanges) -> None:
        self.presenter.on_changed(changes)

    def on_tick(self, now: int) -> None:
        self.presenter.on_tick(now)

    def shortcuts(self) -> Sequence[KeyBinding]:
        words = translate
        return (
            KeyBinding("escalations.over", "Alt+T", words("Escalations", "Take over"), self._take_over),
            KeyBinding("escalations.give", "Alt+R", words("Escalations", "Reassign"), self.give),
            KeyBinding("escalations.away", "Alt+H", words("Escalations", "Take away"), self._take_away),
            KeyBinding(
                "escalations.back", "Esc", translate("Escalations", "Leave it where it is"), self._on_given_up
            ),
            KeyBinding("escalations.see", "Alt+M", words("Escalations", "Mark as seen"), self._see),
            KeyBinding("escalations.customer", "Alt+O", words("Escalations", "Customer"), self._on_customer),
        )

    def _draw(self, state: EscalationsState) -> None:
        self.listing.draw(state)
        self._detail.draw(state)
        self._tell_count(state.count(Which.OPEN))

    @Slot()
    def give(self) -> None:
        """Ask who shall get the task."""
        self.presenter.on_give_asked()

    def _take_over(self) -> None:
        self.presenter.on_act(Act.TAKE_OVER)

    def _take_away(self) -> None:
        self.presenter.on_act(Act.TAKE_AWAY)

    def _see(self) -> None:
        self.presenter.on_act(Act.SEE)

    @Slot(object)
    def _on_which(self, which: Which) -> None:
        self.presenter.on_which(which)

    @Slot(object)
    def _on_chosen(self, reminder_id: bytes) -> None:
        self.presenter.on_chosen(reminder_id)

    @Slot(object)
    def _on_acted(self, act: Act) -> None:
        self.presenter.on_act(act)

    @Slot()
    def _on_customer(self) -> None:
        self.presenter.on_customer()

    @Slot()
    def _on_notice_seen(self) -> None:
        self.presenter.on_notice_seen()

    @Slot(object)
    def _on_taken(self, person_id: bytes | None) -> None:
        self.presenter.on_given(person_id)
        self.listing.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_given_up(self) -> None:
        if self.presenter.state.candidates is not None:
            self.presenter.on_given_up()
            self.listing.rows.setFocus(Qt.FocusReason.OtherFocusReason)
