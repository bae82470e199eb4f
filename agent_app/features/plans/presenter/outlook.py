"""What happens when somebody looks what a plan would do now: the server is asked, one question at a time."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from agent_app.actions.session import DeskSession
from agent_app.features.plans.state import Outlook, Stage
from agent_app.ports import Running
from agent_app.sync.plans import PlansOffice
from server_sync.domain.errors import KnownError
from server_sync.domain.wire.plans import PlanPreview


class OutlookPresenter:
    """`render` gets None when nothing was asked."""

    def __init__(
        self, session: DeskSession, office: PlansOffice, render: Callable[[Outlook | None], object]
    ) -> None:
        self._session = session
        self._office = office
        self._render = render
        self._running: Running | None = None
        self._state: Outlook | None = None

    @property
    def state(self) -> Outlook | None:
        """What is shown."""
        return self._state

    def ask(self, definition: Mapping[str, Any], then: Callable[[Outlook], object] | None = None) -> None:
        """Ask for a plan; `then` gets what came of it, also that the server could not be reached."""
        self._cancel()

        def told(state: Outlook) -> None:
            self._draw(state)
            if then is not None:
                then(state)

        def done(found: PlanPreview) -> None:
            told(Outlook(Stage.DONE, found))

        def failed(error: Exception) -> None:
            if not isinstance(error, KnownError):
                raise error
            told(Outlook(Stage.FAILED, None, error.kind, error.values))

        before = self._state.found if self._state is not None else None
        self._draw(Outlook(Stage.RUNNING, before))
        self._running = self._session.load(lambda: self._office.preview(definition), done, failed)

    def on_stopped(self) -> None:
        """The answer is not wanted any more."""
        self._cancel()
        self._draw(None)

    def on_written(self) -> None:
        """The plan is another one now."""
        stage = self._state.stage if self._state is not None else None
        if stage is Stage.RUNNING:
            self.on_stopped()
        elif self._state is not None and stage is Stage.DONE:
            self._draw(replace(self._state, stage=Stage.STALE))

    def _cancel(self) -> None:
        if self._running is not None:
            self._running.cancel()
            self._running = None

    def _draw(self, state: Outlook | None) -> None:
        self._state = state
        self._render(state)
