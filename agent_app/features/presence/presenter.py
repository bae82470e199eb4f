"""What happens when somebody says what he is doing now."""

from collections.abc import Callable

from agent_app.actions.session import DeskSession
from agent_app.actions.tasks import set_presence
from agent_app.store.changes import StoreChanges
from agent_app.store.queries import presence
from agent_app.store.queries.presence import OwnPresence
from server_sync.domain.model import PauseReason, Presence

# What a person may choose; the others are set by the call itself.
CHOICES: tuple[tuple[Presence, PauseReason | None], ...] = (
    (Presence.READY, None),
    (Presence.BUSY, None),
    (Presence.BREAK, PauseReason.MEAL),
    (Presence.BREAK, PauseReason.MEETING),
    (Presence.BREAK, PauseReason.TRAINING),
    (Presence.BREAK, PauseReason.REST),
)


class PresencePresenter:
    """`render` takes the presence as it is now."""

    def __init__(self, session: DeskSession, render: Callable[[OwnPresence], object]) -> None:
        self._session = session
        self._render = render

    def start(self) -> None:
        """Signing in means being ready."""
        self.on_chosen(Presence.READY, None)

    def on_chosen(self, state: Presence, pause_reason: PauseReason | None) -> None:
        """The person is doing this from now on."""
        self._session.act(lambda desk: set_presence(desk, state, pause_reason))

    def on_changed(self, changes: StoreChanges) -> None:
        """Show what the store says."""
        if changes.concerns("presence"):
            person = self._session.desk.person_id
            self._session.read(
                lambda connection: presence.load(connection, person), self._loaded, key="presence"
            )

    def _loaded(self, found: OwnPresence | None) -> None:
        if found is not None:
            self._render(found)
