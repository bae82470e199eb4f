"""The lines of the queue and of what was found, in words."""

from datetime import tzinfo

from agent_app.store.queries.queue import QueueRow
from agent_app.store.queries.search import Found
from agent_app.ui import formats
from agent_app.ui.i18n import translate
from agent_app.ui.reason_words import also_text, reason_text
from agent_app.ui.rows import Mark, TwoLine
from agent_app.ui.tokens import Tone
from agent_app.ui.words import disposition_label, tier_label
from server_sync.domain.clock import HOUR
from server_sync.domain.model import TaskState
from server_sync.domain.rules.names import mask_firm, mask_person
from server_sync.domain.rules.queue_order import QueueClass

SOON = 4 * HOUR


def queue_line(row: QueueRow, now: int, tz: tzinfo) -> TwoLine:
    """Name and tier, what is left of the time; beneath, why this task, and the region."""
    note, tone = _note(row, now, tz)
    second = reason_text(row.reason, row.reason_values, now, tz)
    if row.disputed_since is not None:
        second = reason_text("number_disputed", {"since": row.disputed_since}, now, tz)
    elif row.appointment_at is not None:
        second = translate("Queue", "Callback · {reason}").format(reason=second)
    elif row.attempt_count and row.disposition:
        second = translate("Queue", "{last}, attempt {number} · {reason}").format(
            last=disposition_label(row.disposition), number=row.attempt_count, reason=second
        )
    elif row.attempt_count:
        second = translate("Queue", "Attempt {number} · {reason}").format(
            number=row.attempt_count, reason=second
        )
    second = " · ".join(part for part in (second, also_text(row.also, now, tz)) if part)
    return TwoLine(
        title=row.name,
        marks=_marks(row),
        note=note,
        note_tone=tone,
        second=second,
        second_note=row.region or row.city or "",
        tooltip=translate("Queue", "Due {moment}").format(moment=formats.exact(row.due_at, tz)),
    )


def class_label(found: QueueClass) -> str:
    """The class of a queue by its name."""
    return {
        QueueClass.APPOINTMENT: translate("Queue", "Appointment due"),
        QueueClass.PROMISE: translate("Queue", "Promise or complaint"),
        QueueClass.DEADLINE: translate("Queue", "Due soon"),
        QueueClass.VIP: translate("Queue", "Important customer"),
        QueueClass.RETRY: translate("Queue", "Tried before"),
        QueueClass.FRESH: translate("Queue", "New task"),
        QueueClass.WAITING: translate("Queue", "Not its time yet"),
    }[found]


def found_line(found: Found) -> TwoLine:
    """A customer that was found."""
    label, tone = tier_label(found.tier)
    name = mask_firm(found.name) if found.kind == "company" else mask_person(found.name)
    waiting = translate("Queue", "Open task") if found.task_id else translate("Queue", "No open task")
    return TwoLine(
        title=name,
        marks=(Mark(label, tone),),
        second=waiting,
        second_note=found.region or "",
        tooltip=found.code,
    )


def _marks(row: QueueRow) -> tuple[Mark, ...]:
    label, tone = tier_label(row.tier)
    marks = [Mark(label, tone)]
    if row.kind == "company":
        marks.append(Mark(translate("Queue", "Company")))
    if row.disputed_since is not None:
        marks.append(Mark(translate("Queue", "Not called"), Tone.WARNING))
    if row.in_pool:
        marks.append(Mark(translate("Queue", "Team pool"), Tone.ACCENT))
    return tuple(marks)


def _note(row: QueueRow, now: int, tz: tzinfo) -> tuple[str, Tone | None]:
    if row.state == TaskState.DONE:
        return translate("Queue", "Done"), Tone.SUCCESS
    if row.appointment_at is not None:
        tone = Tone.DANGER if row.queue_class is QueueClass.PROMISE else Tone.WARNING
        return formats.brief(row.appointment_at, now, tz), tone
    if row.queue_class is QueueClass.WAITING and row.not_before_at is not None:
        return formats.brief(row.not_before_at, now, tz), None
    if row.due_at < now:
        return formats.due(row.due_at, now), Tone.DANGER
    if row.due_at - now < SOON:
        return formats.due(row.due_at, now), Tone.WARNING
    return formats.brief(row.due_at, now, tz), None
