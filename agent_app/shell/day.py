"""What the window itself reads of the store: today's figures and the callbacks that are near; no feature's business."""

from collections.abc import Callable

from agent_app.actions.session import DeskSession
from agent_app.store.changes import StoreChanges
from agent_app.store.queries import callbacks, today
from agent_app.store.queries.callbacks import NearCallback
from agent_app.store.queries.today import Today


class DayPresenter:
    """`show_today` takes the figures; `remind` each callback once, when it is near (journey A2)."""

    def __init__(
        self,
        session: DeskSession,
        show_today: Callable[[Today], object],
        remind: Callable[[NearCallback], object],
    ) -> None:
        self._session = session
        self._show_today = show_today
        self._remind = remind
        self._reminded: set[bytes] = set()
        self._midnight = 0

    def start(self) -> None:
        """Read both."""
        self._read_today()
        self.on_half_minute()

    def on_changed(self, changes: StoreChanges) -> None:
        """Figures change with attempts and answers."""
        if changes.concerns("attempt", "response", "setting"):
            self._read_today()

    def on_half_minute(self) -> None:
        """Look for callbacks that have come near; at midnight the figures begin anew."""
        if self._session.day_began_at() != self._midnight:
            self._read_today()
        person, now = self._session.desk.person_id, self._session.now()
        self._session.read(
            lambda connection: callbacks.near(connection, person, now), self._near, key="near callbacks"
        )

    def _read_today(self) -> None:
        person = self._session.desk.person_id
        self._midnight = midnight = self._session.day_began_at()
        self._session.read(
            lambda connection: today.load(connection, person, midnight), self._show_today, key="today"
        )

    def _near(self, near: tuple[NearCallback, ...]) -> None:
        for one in near:
            if one.id not in self._reminded:
                self._reminded.add(one.id)
                self._remind(one)
