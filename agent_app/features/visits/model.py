"""The lines of the visits in words, and what this device holds."""

from collections.abc import Mapping
from datetime import tzinfo

from agent_app.features.visits.state import Span
from agent_app.store.queries.visits import Visit, Visits, VisitStage
from agent_app.ui import formats
from agent_app.ui.i18n import mark, translate
from agent_app.ui.reason_words import reason_text
from agent_app.ui.rows import Mark, TwoLine
from agent_app.ui.tokens import Tone
from agent_app.ui.words import purpose_label, tier_label, toned_word_of
from server_sync.domain.clock import HOUR

SOON = HOUR

_STAGES: Mapping[str, tuple[str, Tone]] = {
    VisitStage.UNDER_WAY: (mark("Visits", "Under way"), Tone.ACCENT),
    VisitStage.FILLED: (mark("Visits", "Form complete"), Tone.ACCENT),
    VisitStage.WAITING: (mark("Visits", "Waits to be sent"), Tone.WARNING),
    VisitStage.SENT: (mark("Visits", "Sent"), Tone.SUCCESS),
}
_SPANS: Mapping[Span, str] = {
    Span.TODAY: mark("Visits", "Today"),
    Span.WEEK: mark("Visits", "This week"),
    Span.ALL: mark("Visits", "All"),
}


def spans() -> list[tuple[str, str]]:
    """The choice of days."""
    return [(span.value, translate("Visits", words)) for span, words in _SPANS.items()]


def visit_line(visit: Visit, now: int, tz: tzinfo) -> TwoLine:
    """Name, tier and how far it is, when it is due; beneath, where to go, and what is to go up or his number; what for
    and why in the tooltip."""
    note, tone = _note(visit, now, tz)
    return TwoLine(
        title=visit.name,
        marks=_marks(visit),
        note=note,
        note_tone=tone,
        second=where(visit),
        second_note=_second_note(visit),
        tooltip="\n".join(part for part in _details(visit, now, tz) if part),
    )


def where(visit: Visit) -> str:
    """The way to him: city and address, and what of the two is there."""
    address = visit.address.removeprefix(visit.city)
    place = " ".join(part for part in (visit.city or visit.region, address) if part)
    return place or translate("Visits", "no address")


def held_words(shown: Visits, now: int, tz: tzinfo) -> str:
    """What of it is on this device, and as of when: it works without the network."""
    held = translate("Visits", "%n dossier(s) on this device", shown.dossiers)
    if shown.in_step_at is None:
        return translate("Visits", "{held} · not yet in step with the server").format(held=held)
    moment = formats.moment(shown.in_step_at, now, tz)
    return translate("Visits", "{held} · in step as of {moment}").format(held=held, moment=moment)


def left_words(shown: Visits) -> str:
    """How many files of these visits are still to go up."""
    by_customer = {visit.customer_id: visit.uploads for visit in shown.visits}
    files = sum(by_customer.values())
    return translate("Visits", "%n file(s) to upload", files) if files else ""


def _marks(visit: Visit) -> tuple[Mark, ...]:
    marks = [Mark(*tier_label(visit.tier))]
    if visit.stage is not VisitStage.OPEN:
        marks.append(Mark(*toned_word_of("Visits", _STAGES, visit.stage)))
    elif visit.label:
        marks.append(Mark(visit.label))
    if visit.in_pool and visit.is_left:
        marks.append(Mark(translate("Visits", "Team pool"), Tone.ACCENT))
    return tuple(marks)


def _second_note(visit: Visit) -> str:
    if visit.uploads:
        return translate("Visits", "%n file(s) to upload", visit.uploads)
    return visit.contact


def _note(visit: Visit, now: int, tz: tzinfo) -> tuple[str, Tone | None]:
    if not visit.is_left:
        return "", None
    at = visit.appointment_at
    if at is not None:
        return formats.brief(
            at, now, tz
        ), Tone.DANGER if at < now else Tone.WARNING if at - now < SOON else None
    if visit.due_at < now:
        return formats.due(visit.due_at, now), Tone.DANGER
    return formats.brief(visit.due_at, now, tz), None


def _details(visit: Visit, now: int, tz: tzinfo) -> tuple[str, ...]:
    agreed = visit.appointment_at
    when = (
        translate("Visits", "Due {moment}").format(moment=formats.exact(visit.due_at, tz))
        if agreed is None
        else translate("Visits", "Agreed for {moment}").format(moment=formats.exact(agreed, tz))
    )
    why = reason_text(visit.reason, visit.reason_values, now, tz)
    return (where(visit), visit.contact, f"{purpose_label(visit.purpose)} · {why}", when)
