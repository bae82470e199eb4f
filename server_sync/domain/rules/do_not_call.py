"""When a customer must not be called, by scope, and when a desk's list is too old to be trusted (journeys A4, A5)."""

from collections.abc import Iterable, Mapping
from typing import Any

from server_sync.domain.clock import HOUR
from server_sync.domain.model import Purpose
from server_sync.domain.rules.reason import Reason, reason


def blocking_entry(entries: Iterable[Mapping[str, Any]], purpose: str, at: int) -> Mapping[str, Any] | None:
    """The earliest entry that stands against a contact of this purpose at a moment; "set" wins until it is cleared."""
    standing = [
        entry
        for entry in entries
        if entry["scope"] in ("all", purpose)
        and entry["set_at"] <= at
        and (entry["cleared_at"] is None or entry["cleared_at"] > at)
    ]
    return min(standing, key=lambda entry: (entry["set_at"], entry["id"]), default=None)


def stale(purpose: str, in_step_at: int | None, now: int, settings: Mapping[str, Any]) -> Reason | None:
    """Why a desk may not make this contact on a list that old: marketing is locked, service and surveys are not (A5).

    `in_step_at`: when the desk was last in step with the server, ms; None for never.
    """
    if purpose != Purpose.MARKETING:
        return None
    hours = settings["stale_hours"]
    if in_step_at is not None and now - in_step_at <= hours * HOUR:
        return None
    return reason("do_not_call_stale", hours=hours, in_step_at=in_step_at)
