"""Whether this task may be dialled now, by all the rules that stand against a call; each rule has its own file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from server_sync.domain.clock import MINUTE
from server_sync.domain.errors import ErrorKind
from server_sync.domain.rules import calling_window, contact_frequency, do_not_call
from server_sync.domain.rules.settings import setting_id, setting_value


@dataclass(frozen=True)
class Refusal:
    """Why not, for the banner and for the attempt's `breach`."""

    kind: ErrorKind
    values: Mapping[str, Any]


class Rows(Protocol):
    """The rows that `needs` names."""

    def get(self, table: str, row_id: bytes) -> Mapping[str, Any] | None: ...
    def where(self, table: str, column: str, value: bytes) -> list[Mapping[str, Any]]: ...


DIALLED = ("mobile", "landline")
"""The kinds of contact points that are called."""

SETTINGS = ("company", "calling_window", "contact_frequency", "callbacks")


def needs(task_id: bytes, customer_id: bytes) -> Iterator[tuple[str, bytes, str]]:
    """What `refusal` reads, as (table, value, column)."""
    yield "task", task_id, "id"
    for table in ("contact_point", "do_not_call", "attempt"):
        yield table, customer_id, "customer_id"
    for key in SETTINGS:
        yield "setting", setting_id(key), "id"


def refusal(
    rows: Rows, task: Mapping[str, Any], person_id: bytes | None, contact_point_id: bytes | None, at: int
) -> Refusal | None:
    """The first rule that stands against a call by this person at this moment, or None.

    An appointment of another person (exclusive until it is released), do-not-call with its source and time, a number
    that two people say different things of (SYNC §5: until a lead has settled it), the calling window, and how often
    the number was called, or the customer where it is not known yet (a booked appointment that is due answers to the
    hard caps alone).
    """
    settings = {key: setting_value(key, rows.get("setting", setting_id(key))) for key in SETTINGS}
    appointment = task["appointment_at"]
    if appointment is not None and task["appointment_owner_id"] not in (None, person_id):
        return Refusal(ErrorKind.APPOINTMENT_OF_ANOTHER, {"at": appointment})
    entry = do_not_call.blocking_entry(
        rows.where("do_not_call", "customer_id", task["customer_id"]), task["purpose"], at
    )
    if entry is not None:
        told = {"scope": entry["scope"], "source": entry["source"], "set_at": entry["set_at"]}
        return Refusal(ErrorKind.DO_NOT_CALL, told)
    since = disputed_since(rows.where("contact_point", "customer_id", task["customer_id"]), contact_point_id)
    if since is not None:
        return Refusal(ErrorKind.NUMBER_DISPUTED, {"since": since})
    outside = calling_window.refusal(at, settings["company"]["timezone"], settings["calling_window"])
    if outside is not None:
        return Refusal(ErrorKind.OUTSIDE_CALLING_WINDOW, outside.values)
    due_at = None if appointment is None else appointment - settings["callbacks"]["early_minutes"] * MINUTE
    starts = [
        attempt["started_at"]
        for attempt in rows.where("attempt", "customer_id", task["customer_id"])
        if contact_point_id is None or attempt["contact_point_id"] in (None, contact_point_id)
    ]
    booked = due_at is not None and at >= due_at
    often = contact_frequency.refusal(starts, at, settings["contact_frequency"], booked=booked)
    return Refusal(ErrorKind.CONTACT_TOO_OFTEN, often.values) if often is not None else None


def disputed_since(points: Iterable[Mapping[str, Any]], contact_point_id: bytes | None) -> int | None:
    """Since when the number to be dialled is in dispute, ms, or None; where it is not known yet, every number that
    could be dialled has to be."""
    if contact_point_id is not None:
        chosen = [point for point in points if point["id"] == contact_point_id]
    else:
        chosen = [point for point in points if point["valid"] and point["kind"] in DIALLED]
    since = [point["disputed_at"] for point in chosen]
    return min(since) if since and all(at is not None for at in since) else None
