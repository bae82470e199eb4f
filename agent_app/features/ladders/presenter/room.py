"""What happens in the room of ladders: one is written, tried out and saved; quiet hours are set."""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from sqlalchemy import Connection

from agent_app.actions.desk import Desk
from agent_app.actions.ladders import save_ladder, save_quiet_hours
from agent_app.actions.session import DeskSession
from agent_app.features.ladders.presenter.trial import tried
from agent_app.features.ladders.state import LaddersState, Quiet, Trial, with_part
from agent_app.store import definition_drafts
from agent_app.store.changes import StoreChanges
from agent_app.store.definition_drafts import Kind
from agent_app.store.queries import ladders
from agent_app.store.queries.ladders import Company
from agent_app.ui.definitions.presenter import DefinitionsPresenter
from agent_app.ui.definitions.state import Fault, Found, Line, Written
from server_sync.domain.errors import KnownError
from server_sync.domain.rules.escalation_definition import checked_policy, looked_at_policy
from server_sync.domain.rules.faults import Placed

FIRST_STEP: Mapping[str, Any] = {
    "basis": "created",
    "after": {"amount": 1, "unit": "working_days"},
    "while": "open",
    "means": ["popup"],
}


class LaddersPresenter(DefinitionsPresenter[None, Company]):
    """`render_trial` gets None when nothing is tried; what is tried follows what is written."""

    tables = ("escalation_policy", "plan", "setting", "working_hours", "calendar_day")
    KIND = Kind.LADDER
    EMPTY: ClassVar[Written] = {
        "code": "",
        "name": "",
        "active": True,
        "position": 50,
        "applies_to": {"subject": "task"},
        "steps": [FIRST_STEP],
        "source": None,
    }

    def __init__(
        self,
        session: DeskSession,
        render: Callable[[LaddersState], object],
        render_trial: Callable[[Trial | None], object],
        render_quiet: Callable[[Quiet], object],
    ) -> None:
        super().__init__(session, Company(), render)
        self._render_trial, self._render_quiet = render_trial, render_quiet
        self._typed: tuple[str, str] | None = None

    def find(self, connection: Connection) -> Found[None, Company]:
        lines = {row_id: Line(dict(row), None) for row_id, row in ladders.load(connection).items()}
        return Found(lines, definition_drafts.load(connection, Kind.LADDER), ladders.company(connection))

    def fresh(self) -> tuple[bytes, Written]:
        policy_id = self._session.new_id()
        return policy_id, {**self.EMPTY, "code": f"ladder_{policy_id.hex()}"}

    def definition(self, written: Written) -> dict[str, Any]:
        return {name: value for name, value in written.items() if value is not None}

    def faults(self, definition: Mapping[str, Any]) -> list[Placed]:
        return looked_at_policy(definition)[1]

    def save(self, desk: Desk, row_id: bytes, seen: Written | None, written: Written) -> StoreChanges:
        return save_ladder(desk, row_id, seen, self.definition(written))

    # ---------------------------------------------------------------------------------------- what is written

    def on_field(self, name: str, value: Any) -> None:
        super().on_field(name, value)
        self._try()

    def on_chosen(self, row_id: bytes | None) -> None:
        super().on_chosen(row_id)
        self._try()

    def on_filter(self, name: str, value: Any) -> None:
        """For what the open one is, by "subject" or a list of `FILTERS`; an empty list: for all."""
        written = self._state.written
        if written is not None:
            rest = {key: kept for key, kept in written["applies_to"].items() if key != name}
            self.on_field("applies_to", {**rest, name: value} if value else rest)

    def on_step(self, place: int, name: str, value: Any) -> None:
        """A part of a step says this now, by its name in `with_part`."""
        steps = self._steps()
        if 0 <= place < len(steps):
            steps[place] = with_part(steps[place], name, value)
            self.on_field("steps", steps)

    def on_step_added(self) -> None:
        """One more step, like the last."""
        steps = self._steps()
        self.on_field("steps", [*steps, dict(steps[-1] if steps else FIRST_STEP)])

    def on_step_removed(self, place: int) -> None:
        """One step less."""
        self.on_field("steps", [one for at, one in enumerate(self._steps()) if at != place])

    def on_step_moved(self, place: int, by: int) -> None:
        """So many places down; up, if negative."""
        steps, to = self._steps(), place + by
        if 0 <= place < len(steps) and 0 <= to < len(steps):
            steps.insert(to, steps.pop(place))
            self.on_field("steps", steps)

    # ---------------------------------------------------------------------------------------------- what would be

    def on_trial(self, created: str, due: str) -> None:
        """What would happen to something made then and due then, by the open ladder as it is written?"""
        self._typed = (created, due)
        self._try()

    def on_quiet(self, begin: str, end: str) -> None:
        """From when to when nothing is sent."""
        seen = self._state.offered.quiet
        begin, end = _clock(begin), _clock(end)
        self._session.act(
            lambda desk: save_quiet_hours(desk, begin, end, seen),
            lambda _: self._render_quiet(Quiet(saved=True)),
            self._quiet_refused,
        )

    def _quiet_refused(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._render_quiet(Quiet(Fault(error.kind, error.values)))

    def _try(self) -> None:
        written = self._state.written
        if self._typed is None or written is None:
            self._render_trial(None)
            return
        try:
            values = checked_policy({**self.definition(written), "name": "-"})
            trial = tried(values, self._state.offered, *self._typed, self._session.now())
        except KnownError as error:
            trial = Trial(faults={"ladder": Fault(error.kind, error.values)})
        self._render_trial(trial)

    def _steps(self) -> list[dict[str, Any]]:
        written = self._state.written
        return [] if written is None else [dict(one) for one in written["steps"]]


def _clock(text: str) -> str:
    """A time of the day as it is typed, "8:00" and "8" too; what is none stays for the domain to say so."""
    hours, _, minutes = text.strip().replace("：", ":").partition(":")
    if hours.isascii() and hours.isdigit() and (not minutes or (minutes.isascii() and minutes.isdigit())):
        return f"{int(hours):02d}:{int(minutes or 0):02d}"
    return text.strip()
