"""What happens among the figures: another period, another person, a figure is opened, the store has changed."""

from collections.abc import Callable
from dataclasses import replace

from agent_app.actions.session import DeskSession
from agent_app.features.team.presenter.periods import period_of, trend_days
from agent_app.features.team.state import Breakdown, Entry, Span, TeamState
from agent_app.store.changes import StoreChanges
from agent_app.store.queries import goals, team
from agent_app.store.queries.goals import Goal
from agent_app.store.queries.task_list import PlanOf, TaskFilter
from agent_app.store.queries.task_parts import Part, Period, Whose
from agent_app.store.queries.team import TeamSheet
from server_sync.domain.clock import MINUTE, SECOND
from server_sync.domain.model import Role
from server_sync.domain.rules.local_time import zone

TABLES = frozenset(("task", "attempt", "response", "person", "presence", "team", "plan", "goal"))
PATIENCE = 3 * SECOND
"""While page upon page arrives, figures are counted anew no more often than this."""


def led_team(session: DeskSession) -> bytes | None:
    """The team whose figures a person sees; None for administrators: all of them."""
    actor = session.desk.actor
    return None if actor.role is Role.ADMINISTRATOR else actor.team_id


class FiguresPresenter:
    """`drill` is called with what was opened; nothing is counted while the place is not in sight."""

    def __init__(
        self,
        session: DeskSession,
        render: Callable[[TeamState], object],
        drill: Callable[[TaskFilter], object],
    ) -> None:
        self._session = session
        self._render = render
        self._drill = drill
        self._state = TeamState()
        self._seen = False
        self._stale = True
        self._loading = False

    def on_seen(self, seen: bool) -> None:
        """The place came to the front, or went."""
        self._seen = seen
        if seen and self._stale:
            self._reload()

    def on_span_chosen(self, span: Span) -> None:
        """Another period."""
        self._state = replace(self._state, span=span)
        self._reload()

    def on_breakdown_chosen(self, breakdown: Breakdown) -> None:
        """Bars by plan or by result."""
        self._state = replace(self._state, breakdown=breakdown)
        self._render(self._state)

    def on_chosen(self, chosen: Entry | bytes) -> None:
        """An entry or a person of the list: overdue and nobody's tasks open at once, else the figures change."""
        self._state = replace(self._state, chosen=chosen)
        self._reload()
        if chosen is Entry.OVERDUE:
            self.on_part_opened(Part.OVERDUE)
        elif chosen is Entry.NOBODYS:
            self._open(Part.WAITING, Whose(led_team(self._session), nobodys=True))

    def on_part_opened(self, part: Part) -> None:
        """A card was opened."""
        self._open(part, self._whose())

    def on_cell_opened(self, person_id: bytes, part: Part) -> None:
        """A figure of one person was opened in the table."""
        self._open(part, Whose(led_team(self._session), person_id))

    def on_day_opened(self, day: Period) -> None:
        """A bar of the trend was opened."""
        self._drill(TaskFilter(Part.DUE, self._whose(), day))

    def on_plan_opened(self, plan_id: bytes | None) -> None:
        """A plan's bar was opened."""
        self._drill(TaskFilter(Part.DUE, self._whose(), self._state.period, plan=PlanOf(plan_id)))

    def on_result_opened(self, disposition: str) -> None:
        """A result's bar was opened."""
        wanted = TaskFilter(Part.DIALLED, self._whose(), self._state.period, disposition=disposition)
        self._drill(wanted)

    def on_changed(self, changes: StoreChanges) -> None:
        """What one did oneself shows at once, and so does a first sync that is complete; what others did, with the
        next count."""
        if changes.tables.isdisjoint(TABLES):
            return
        self._stale = True
        sheet = self._state.sheet
        if self._seen and (changes.origin != "sync" or sheet is None or sheet.in_step_at is None):
            self._reload()

    def on_tick(self, now: int) -> None:
        """Tasks fall due with time: counted anew each minute, and after changes."""
        age = now - self._state.read_at
        if self._seen and not self._loading and (age >= MINUTE or (self._stale and age >= PATIENCE)):
            self._reload()

    def _whose(self) -> Whose:
        return Whose(led_team(self._session), self._state.person_id)

    def _open(self, part: Part, whose: Whose) -> None:
        self._drill(TaskFilter(part, whose, self._state.period))

    def _reload(self) -> None:
        now, timezone = self._session.now(), str(self._session.timezone)
        period, days = period_of(self._state.span, now, timezone), trend_days(now, timezone)
        whose = self._whose()
        self._state = replace(self._state, period=period)
        self._stale, self._loading = False, True
        self._session.read(
            lambda connection: (
                team.load(connection, whose, period, now, days),
                goals.load(connection, zone(timezone).day(now)),
            ),
            lambda loaded: self._loaded(*loaded, now),
            key="team figures",
        )

    def _loaded(self, sheet: TeamSheet, found: tuple[Goal, ...], read_at: int) -> None:
        self._loading = False
        self._state = replace(self._state, sheet=sheet, goals=found, read_at=read_at)
        if self._state.person_id is not None and self._state.member is None:
            self.on_chosen(Entry.ALL)
            return
        self._render(self._state)
