"""The columns of the list of tasks, and the names of its parts and periods, in words."""

from collections.abc import Sequence
from datetime import tzinfo

from agent_app.features.team.state import Span
from agent_app.store.queries.task_list import Order, TaskRow
from agent_app.store.queries.task_parts import Part
from agent_app.ui import formats
from agent_app.ui.i18n import translate
from agent_app.ui.reason_words import reason_text
from agent_app.ui.rows import Cell, Column
from agent_app.ui.tokens import Tone
from agent_app.ui.words import disposition_label, task_state_label, tier_label
from server_sync.domain.rules.dispositions import BY_CODE
from server_sync.domain.rules.permissions import OPEN_STATES


def span_words(span: Span) -> str:
    """今天, 本周, 本月."""
    return {
        Span.TODAY: translate("Team", "Today"),
        Span.WEEK: translate("Team", "This week"),
        Span.MONTH: translate("Team", "This month"),
    }[span]


def part_words(part: Part) -> str:
    """A part of the tasks as a title."""
    return {
        Part.WAITING: translate("Team", "Waiting"),
        Part.OVERDUE: translate("Team", "Overdue"),
        Part.DUE: translate("Team", "Due"),
        Part.COMPLETED: translate("Team", "Completed"),
        Part.CANCELLED: translate("Team", "Cancelled"),
        Part.DONE: translate("Team", "Finished"),
        Part.DIALLED: translate("Team", "Called"),
        Part.ANSWERED: translate("Team", "Answered"),
        Part.RATED: translate("Team", "With satisfaction"),
        Part.RECOMMENDED: translate("Team", "With recommendation"),
    }[part]


def task_columns(now: int, tz: tzinfo) -> tuple[Sequence[Order], Sequence[Column[TaskRow]]]:
    """The columns of the list of tasks, with what each sorts by."""

    def customer(row: TaskRow) -> Cell:
        return Cell(f"{row.name} · {tier_label(row.tier)[0]}" if row.tier == "vip" else row.name)

    def reason(row: TaskRow) -> Cell:
        why = reason_text(row.reason, row.reason_values, now, tz)
        words = " · ".join(part for part in (row.plan, why) if part)
        return Cell(words, tooltip=words)

    def assignee(row: TaskRow) -> Cell:
        if row.assignee is not None:
            return Cell(row.assignee)
        pool = translate("Team", "Team pool") if row.in_pool else translate("Team", "Unassigned")
        return Cell(pool, Tone.ACCENT if row.in_pool else Tone.WARNING)

    def due(row: TaskRow) -> Cell:
        late = row.state in OPEN_STATES and row.due_at < now
        words = formats.due(row.due_at, now) if late else formats.moment(row.due_at, now, tz)
        return Cell(words, Tone.DANGER if late else None, tooltip=formats.exact(row.due_at, tz))

    def last(row: TaskRow) -> Cell:
        if not row.attempt_count:
            return Cell(translate("Team", "Not dialled yet"))
        label = disposition_label(row.disposition) if row.disposition else ""
        times = translate("Team", "%n attempt(s)", row.attempt_count)
        return Cell(" · ".join(part for part in (label, times) if part))

    def state(row: TaskRow) -> Cell:
        words, tone = task_state_label(row.state)
        known = BY_CODE.get(row.disposition or "")
        if row.state == "done" and known is not None and not known.success:
            tone = Tone.NEUTRAL
        told = formats.exact(row.done_at, tz) if row.done_at is not None else ""
        return Cell(words, tone, badge=True, tooltip=told)

    columns = {
        Order.CUSTOMER: Column(translate("Team", "Customer"), customer, 104),
        Order.REASON: Column(translate("Team", "Plan and reason"), reason, 0),
        Order.ASSIGNEE: Column(translate("Team", "Agent"), assignee, 96),
        Order.DUE: Column(translate("Team", "Due at"), due, 120),
        Order.ATTEMPTS: Column(translate("Team", "Last call"), last, 144),
        Order.STATE: Column(translate("Team", "State"), state, 84),
    }
    return tuple(columns), tuple(columns.values())
