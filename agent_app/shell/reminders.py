"""The reminders of ladders at the desk: each shown once when it is due, offline too, and gone when it is over."""

from collections.abc import Callable

from agent_app.actions.reminders import see_reminder
from agent_app.actions.session import DeskSession
from agent_app.store.changes import StoreChanges
from agent_app.store.queries import reminders
from agent_app.store.queries.reminders import DueReminder
from server_sync.domain.errors import KnownError

_CONCERNS = ("reminder", "task", "commitment", "callback")


class ReminderPresenter:
    """`show` takes a reminder, the time, and what to call when it was looked at; `take_away` one that is over."""

    def __init__(
        self,
        session: DeskSession,
        show: Callable[[DueReminder, int, Callable[[], object]], object],
        take_away: Callable[[bytes], object],
    ) -> None:
        self._session = session
        self._show = show
        self._take_away = take_away
        self._shown: set[bytes] = set()

    def on_changed(self, changes: StoreChanges) -> None:
        """Something that is reminded of has changed."""
        if changes.concerns(*_CONCERNS):
            self.look()

    def look(self) -> None:
        """Read what is due."""
        actor, now = self._session.desk.actor, self._session.now()
        self._session.read(
            lambda connection: reminders.to_show(connection, actor, now), self._due, key="due reminders"
        )

    def _due(self, due: tuple[DueReminder, ...]) -> None:
        over = self._shown - {one.id for one in due}
        for reminder_id in over:
            self._take_away(reminder_id)
        self._shown -= over
        for one in due:
            if one.id not in self._shown:
                self._shown.add(one.id)
                self._show(one, self._session.now(), self._seeing(one))

    def _seeing(self, one: DueReminder) -> Callable[[], object]:
        def act() -> None:
            self._session.act(
                lambda desk: see_reminder(desk, one.id, one.task_id, one.customer_id), on_error=self._over
            )

        return act

    def _over(self, error: Exception) -> None:
        """It is somebody else's by now, and no longer ours to see; anything else is a mistake."""
        if not isinstance(error, KnownError):
            raise error
