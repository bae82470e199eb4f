"""The history of a customer as lines in words: orders and facts together, the latest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, tzinfo
from typing import Any

from agent_app.store.queries.customer360 import Customer360, TimelineEntry
from agent_app.ui import formats
from agent_app.ui.clock_words import place_words, skew_words
from agent_app.ui.i18n import translate
from agent_app.ui.words import activity_label, commitment_state_label, disposition_label, field_label
from server_sync.domain.model import ActivityKind

MOST_LINES = 60
_CONTACTS = (ActivityKind.CALL, ActivityKind.VISIT)
_ANSWERED = (*_CONTACTS, ActivityKind.ANSWERS_CORRECTED)


@dataclass(frozen=True)
class Line:
    """One line: day, what, and the rest of it; `exact` for the tooltip; `response_id` where answers can be opened."""

    day: str
    what: str
    rest: str
    exact: str
    response_id: bytes | None = None


def timeline(
    customer: Customer360, correctable: Mapping[bytes, bytes], now: int, tz: tzinfo
) -> Sequence[Line]:
    """Orders and facts by day, the latest first; `correctable` are answers that may be opened, by the call."""
    today = formats.today(now, tz)
    dated: list[tuple[str, int, Line]] = []
    for place, order in enumerate(customer.orders):
        what = translate("Customer", "Order {amount}").format(amount=formats.money(order.amount))
        rest = " · ".join(part for part in (order.product_line, _returned(order.returned)) if part)
        line = Line(formats.day(order.ordered_on, today), what, rest, f"{order.number} · {order.ordered_on}")
        dated.append((order.ordered_on, -place, line))
    for place, entry in enumerate(customer.timeline):
        on = formats.today(entry.happened_at, tz).isoformat()
        line = _fact(entry, today, on, now, tz)
        if entry.attempt_id is not None and entry.kind in _ANSWERED:
            line = replace(line, response_id=correctable.get(entry.attempt_id))
        dated.append((on, 1_000 - place, line))
    dated.sort(key=lambda one: (one[0], one[1]), reverse=True)
    return [line for _, _, line in dated[:MOST_LINES]]


def _returned(returned: bool) -> str:
    return translate("Customer", "returned") if returned else ""


def _fact(entry: TimelineEntry, today: date, on: str, now: int, tz: tzinfo) -> Line:
    details = entry.details
    what, rest = activity_label(entry.kind), ""
    if entry.kind in _CONTACTS:
        what = " · ".join(
            part for part in (details.get("label") or what, disposition_label(details["disposition"])) if part
        )
        off = skew_words(entry.clock.skew_ms) if entry.clock else ""
        rest = " · ".join(part for part in (_late(details), off, _scores(details)) if part)
    elif entry.kind == ActivityKind.CALLBACK_BOOKED:
        rest = formats.moment(details["at"], now, tz)
    elif entry.kind == ActivityKind.ANSWERS_CORRECTED:
        rest = _edition(details)
    elif entry.kind == ActivityKind.COMMITMENT_MADE:
        rest = formats.moment(details["due_at"], now, tz)
    elif entry.kind == ActivityKind.COMMITMENT_SETTLED:
        rest = f"{commitment_state_label(details['outcome'])[0]} · {details['promise']}"
    elif entry.kind == ActivityKind.FIELD_CORRECTED:
        rest = _correction(details)
    elif entry.kind == ActivityKind.CONFLICT_SETTLED:
        rest = field_label(details["field"]) if details.get("field") else ""
    elif entry.kind == ActivityKind.RETURN:
        rest = str(details.get("number") or "")
    parts = [part for part in (rest, entry.text or "", entry.person or "") if part]
    return Line(formats.day(on, today), what, " · ".join(parts), _exact(entry, tz))


def _exact(entry: TimelineEntry, tz: tzinfo) -> str:
    """When it was; of a call or visit by the device's clock and by the server's, and where."""
    clock = entry.clock
    if clock is None or clock.received_at is None or entry.kind not in _CONTACTS:
        return formats.exact(entry.happened_at, tz)
    words = (
        translate("Customer", "Device {moment}").format(moment=formats.exact(clock.device_at, tz)),
        translate("Customer", "Server {moment}").format(moment=formats.exact(clock.received_at, tz)),
        skew_words(clock.skew_ms),
        place_words(clock.place),
    )
    return "\n".join(part for part in words if part)


def _edition(details: Mapping[str, Any]) -> str:
    """Which edition of the answers, that somebody else had corrected them too, and the scores that are others now."""
    words = translate("Customer", "Edition {number}").format(number=details["edition"])
    if "seen" in details:
        words = translate("Customer", "{edition}, after another correction").format(edition=words)
    changed = (
        translate("Customer", "{score} {before} → {now}").format(
            score=name.upper(), before=_or_none(before), now=_or_none(now)
        )
        for name, (before, now) in ((name, details[name]) for name in ("csat", "nps"))
        if before != now
    )
    return " · ".join((words, *changed))


def _or_none(score: int | None) -> str:
    return "–" if score is None else str(score)


def _correction(details: Mapping[str, Any]) -> str:
    """Which field; that it was merged with what somebody else changed meanwhile."""
    words = field_label(details["field"])
    if not details.get("merged"):
        return words
    others = ", ".join(field_label(name) for name in details.get("with", ()))
    merged = translate("Customer", "merged with {fields}").format(fields=others) if others else ""
    return f"{words} · {merged or translate('Customer', 'merged')}"


def _late(details: Mapping[str, Any]) -> str:
    """The task had been closed or given away when the result came: it is history (SYNC §5)."""
    return translate("Customer", "offline update") if details.get("late") else ""


def _scores(details: dict[str, Any]) -> str:
    parts = []
    if details.get("csat") is not None:
        parts.append(f"CSAT {details['csat']}")
    if details.get("nps") is not None:
        parts.append(f"NPS {details['nps']}")
    return " · ".join(parts)
