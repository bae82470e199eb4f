"""A visit's side of a task: it begins on the disk, then where it takes place is looked for and recorded; no drawing."""

from collections.abc import Callable

from agent_app.actions.calls import start_call
from agent_app.actions.session import DeskSession
from agent_app.actions.visits import check_in
from agent_app.features.call_guide.state import Call, CallPhase, Locating, Place
from agent_app.ports import Fix, Lack, Positions
from agent_app.store.queries.task_sheet import TaskSheet
from server_sync.domain.model import Channel
from server_sync.domain.rules.places import Position, inaccurate

WORTH_IT = 0.7
"""A later position is taken where it is off by so much less."""


class Visiting:
    """`on_begun` hears that a visit has begun, `on_place` of each place, both once they are on the disk; `on_locating`
    of the search; `on_error` of what stood against it."""

    def __init__(
        self,
        session: DeskSession,
        positions: Callable[[], Positions | Lack],
        on_begun: Callable[[bytes, Call], object],
        on_place: Callable[[bytes, Place], object],
        on_locating: Callable[[Locating], object],
        on_error: Callable[[Exception], object],
    ) -> None:
        self._session = session
        self._find = positions
        self._on_begun = on_begun
        self._on_place = on_place
        self._on_locating = on_locating
        self._on_error = on_error
        self._source: Positions | None = None
        self._place: Place | None = None
        self._busy = False

    def begin(self, sheet: TaskSheet) -> None:
        """Record that the visit begins, if no rule stands against it, and look for where."""
        if self._busy:
            return
        self._busy = True
        attempt_id, task_id, customer_id = self._session.new_id(), sheet.id, sheet.customer_id
        call = Call(CallPhase.RUNNING, attempt_id, self._session.now())

        def begun(_: object) -> None:
            self._busy = False
            self._on_begun(task_id, call)
            self.locate(sheet, call, None)

        self._session.act(
            lambda desk: start_call(desk, attempt_id, task_id, customer_id, None, Channel.VISIT),
            begun,
            self._refused,
        )

    def locate(self, sheet: TaskSheet, call: Call, known: Place | None) -> None:
        """Look for where we are, until it is accurate enough; `known` is where we were said to be."""
        self.stop()
        source = self._find()
        if isinstance(source, Lack):
            self._on_locating(Locating.IMPOSSIBLE)
            return
        self._source, self._place = source, known
        self._on_locating(Locating.SEARCHING)
        source.start(lambda fix: self._found(sheet, call, fix))

    def record(self, sheet: TaskSheet, call: Call, position: Position, source: str) -> None:
        """Record where it is."""
        attempt_id, place = call.attempt_id, Place(position, source)
        if attempt_id is None:
            return
        self._place = place
        self._session.act(
            lambda desk: check_in(desk, attempt_id, sheet.id, sheet.customer_id, position, source),
            lambda changes: self._on_place(sheet.id, place),
            self._on_error,
        )

    def stop(self) -> None:
        """Look no further."""
        if self._source is not None:
            self._source.stop()
            self._source = None
            self._on_locating(Locating.IDLE)

    def _found(self, sheet: TaskSheet, call: Call, fix: Fix) -> None:
        if not _worth(self._place, fix):
            return
        position = Position(fix.latitude, fix.longitude, fix.accuracy)
        self.record(sheet, call, position, "position")
        if not inaccurate(fix.accuracy):
            self.stop()

    def _refused(self, error: Exception) -> None:
        self._busy = False
        self._on_error(error)


def _worth(known: Place | None, fix: Fix) -> bool:
    if known is None or known.position.accuracy is None or fix.accuracy is None:
        return known is None
    return fix.accuracy <= known.position.accuracy * WORTH_IT
