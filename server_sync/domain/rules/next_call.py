"""What keeps a task from being the next that somebody calls, though it stays in sight: its time, whose it is, its plan,
the skills it asks for, and what stands against dialling it; the order of the rest is `queue_order`'s."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from server_sync.domain.clock import MINUTE
from server_sync.domain.model import PlanState
from server_sync.domain.rules import calling_window, dialling, skills
from server_sync.domain.rules.reason import Reason, reason
from server_sync.domain.rules.settings import setting_id, setting_value

Row = Mapping[str, Any]
Need = tuple[str, bytes, str]

SETTINGS = ("company", "calling_window", "callbacks", "retries")

_ENDS = ("free_at", "appointment_at", "available_at", "not_before_at")
"""The values of a block that say when it ends."""


def needs(task: Row, person_id: bytes | None) -> Iterator[Need]:
    """What `blocks` reads of a task for a person, as (table, value, column)."""
    yield from dialling.needs(task["id"], task["customer_id"])
    for table, row_id in (("plan", task["plan_id"]), ("person", person_id)):
        if row_id is not None:
            yield table, row_id, "id"
    for key in SETTINGS:
        yield "setting", setting_id(key), "id"


def blocks(rows: dialling.Rows, task: Row, person_id: bytes | None, now: int) -> Iterator[Reason]:
    """All that keeps a task from being offered to a person now; nothing when it can be called.

    "appointment_later" {appointment_at}, "available_later" {available_at}, "delay" {not_before_at, disposition},
    "attempts_used_up" {most} (an appointment overrides these three); "plan_paused" {plan} (one that has ended leaves
    its tasks to be called); "pull_over" {leased_until}; "skill_missing" {skill, wanted}; then what
    `dialling.refusals` finds.
    """
    yield from _by_time(rows, task, now)
    plan = rows.get("plan", task["plan_id"]) if task["plan_id"] is not None else None
    if plan is not None and plan["state"] == PlanState.PAUSED:
        yield reason("plan_paused", plan=plan["name"])
    if task["leased_until"] is not None and task["leased_until"] <= now:
        yield reason("pull_over", leased_until=task["leased_until"])
    yield from _by_skill(rows, task, person_id)
    for found in dialling.refusals(rows, task, person_id, None, now, task["channel"]):
        yield Reason(found.kind.value, found.values)


def until(blocks: Iterable[Reason]) -> int | None:
    """The moment (ms) from which none of these blocks stands any more; None where time alone ends not all of them."""
    ends = [next((one.values[name] for name in _ENDS if name in one.values), None) for one in blocks]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) else None


def offered(blocks: Iterable[Reason], rows: dialling.Rows, now: int) -> bool:
    """Whether what was found leaves a task to be the next; after hours, when nobody at all may be called, what is next
    then may be prepared."""
    kinds = {found.kind for found in blocks}
    if kinds != {"outside_calling_window"}:
        return not kinds
    company, window = _setting(rows, "company"), _setting(rows, "calling_window")
    return calling_window.refusal(now, company["timezone"], window) is not None


def _by_time(rows: dialling.Rows, task: Row, now: int) -> Iterator[Reason]:
    appointment = task["appointment_at"]
    if appointment is not None:
        if appointment > now + _setting(rows, "callbacks")["early_minutes"] * MINUTE:
            yield reason("appointment_later", appointment_at=appointment)
        return
    if task["available_at"] > now:
        yield reason("available_later", available_at=task["available_at"])
    if task["not_before_at"] is not None and task["not_before_at"] > now:
        yield reason("delay", not_before_at=task["not_before_at"], disposition=task["disposition"])
    most = _setting(rows, "retries")["attempts"]
    if task["attempt_count"] >= most:
        yield reason("attempts_used_up", most=most)


def _by_skill(rows: dialling.Rows, task: Row, person_id: bytes | None) -> Iterator[Reason]:
    """What lies in the pool is for those who can do it; what was given to somebody was given to him."""
    person = rows.get("person", person_id) if person_id is not None else None
    customer = rows.get("customer", task["customer_id"])
    if task["assignee_id"] is not None or person is None or customer is None:
        return
    missing = skills.missing(person["skills"], skills.Asked.of(task, customer))
    if missing is not None:
        about = skills.ABOUT_CUSTOMER.get(missing)
        wanted = [customer[about]] if about is not None else list(task["skills"])
        yield reason("skill_missing", skill=missing, wanted=wanted)


def _setting(rows: dialling.Rows, key: str) -> Mapping[str, Any]:
    return setting_value(key, rows.get("setting", setting_id(key)))
