"""The telephone's side of a task: the attempt is recorded, then dialled, timed and hung up; no drawing."""

from collections.abc import Callable
from dataclasses import dataclass

from agent_app.actions.calls import start_call
from agent_app.actions.drafts import save_draft
from agent_app.actions.session import DeskSession
from agent_app.actions.tasks import set_presence
from agent_app.features.call_guide.state import Call, CallPhase, PhoneNumber
from agent_app.ports import CallEvent, CallState, Dialler
from agent_app.store.queries.task_sheet import TaskSheet
from server_sync.domain.errors import KnownError
from server_sync.domain.model import Presence


@dataclass(frozen=True)
class OnLine:
    """The call that the telephone has: which attempt, of which task."""

    task_id: bytes
    customer_id: bytes
    call: Call


class Calling:
    """`on_call` hears of each step as (task id, call), once it is on the disk; `on_error` of what stood against it."""

    def __init__(
        self,
        session: DeskSession,
        dialler: Dialler,
        on_call: Callable[[bytes, Call], object],
        on_error: Callable[[Exception], object],
    ) -> None:
        self._session = session
        self._dialler = dialler
        self._on_call = on_call
        self._on_error = on_error
        self._line: OnLine | None = None
        self._busy = False
        dialler.listen(self._on_event)

    def dial(self, sheet: TaskSheet, number: PhoneNumber) -> None:
        """Record the attempt and dial, if no rule stands against it: it is on the disk before the telephone rings."""
        if self._busy:
            return
        self._busy = True
        attempt_id, task_id, customer_id = self._session.new_id(), sheet.id, sheet.customer_id
        call = Call(CallPhase.RUNNING, attempt_id, self._session.now())
        self._session.act(
            lambda desk: start_call(desk, attempt_id, task_id, customer_id, number.id),
            lambda changes: self._started(OnLine(task_id, customer_id, call), number),
            self._refused,
        )

    def hang_up(self, sheet: TaskSheet, call: Call) -> None:
        """End a call; one that outlived this program is ended by saying so."""
        if self._line is None or self._line.call.attempt_id != call.attempt_id:
            self._ended(OnLine(sheet.id, sheet.customer_id, call), self._session.now())
        else:
            self._dialler.hang_up()

    def wrapped_up(self, task_id: bytes) -> None:
        """The wrap-up was saved: if the line is still open, it is closed."""
        if self._line is not None and self._line.task_id == task_id:
            self._line = None
            self._dialler.hang_up()

    def _started(self, line: OnLine, number: PhoneNumber) -> None:
        self._busy = False
        self._on_call(line.task_id, line.call)
        self._tell_presence(Presence.ON_CALL)
        self._dialler.hang_up()
        self._line = line
        self._dialler.dial(number.value.partition(";")[0], line.call.attempt_id or b"")

    def _refused(self, error: Exception) -> None:
        self._busy = False
        self._on_error(error)

    def _on_event(self, event: CallEvent) -> None:
        if self._line is None or event.call_id != self._line.call.attempt_id:
            return
        if event.state is CallState.ENDED:
            line, self._line = self._line, None
            self._ended(line, event.at)
        elif event.state is CallState.FAILED and event.kind is not None:
            self._on_error(KnownError(event.kind, field="number"))

    def _ended(self, line: OnLine, at: int) -> None:
        call = Call(CallPhase.ENDED, line.call.attempt_id, line.call.started_at, at)
        content = {"call": {"started_at": call.started_at, "ended_at": at}}
        self._session.act(
            lambda desk: save_draft(desk, line.task_id, line.customer_id, None, call.attempt_id, content),
            lambda changes: self._on_call(line.task_id, call),
            self._on_error,
        )
        self._tell_presence(Presence.WRAP_UP)

    def _tell_presence(self, presence: Presence) -> None:
        self._session.act(lambda desk: set_presence(desk, presence), None, self._on_error)
