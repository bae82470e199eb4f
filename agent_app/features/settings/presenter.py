"""One's private calendar: a new address for it, and its end; both are the server's to say."""

from collections.abc import Callable
from typing import Protocol

from agent_app.actions.session import DeskSession
from agent_app.features.settings.state import CalendarState
from server_sync.domain.errors import KnownError


class CalendarService(Protocol):
    """The server, as far as calendars go. Both raise KnownError."""

    def make_calendar(self) -> str:
        """A new address of one's own calendar; an earlier one ends."""

    def end_calendar(self) -> None:
        """There is no address any more."""


class CalendarPresenter:
    """Main thread; `render` takes each state."""

    def __init__(
        self, session: DeskSession, service: CalendarService, render: Callable[[CalendarState], object]
    ) -> None:
        self._session = session
        self._service = service
        self._render = render

    def on_made(self) -> None:
        """A new address is wanted."""
        self._render(CalendarState(busy=True))
        self._session.load(
            self._service.make_calendar, lambda address: self._render(CalendarState(address)), self._failed
        )

    def on_ended(self) -> None:
        """Nobody is to read it any more."""
        self._render(CalendarState(busy=True))
        self._session.load(
            self._service.end_calendar, lambda _: self._render(CalendarState(ended=True)), self._failed
        )

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._render(CalendarState(trouble=error))
