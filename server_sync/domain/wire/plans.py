"""The JSON messages of the administrator's plans: whom a plan or an audience would pick as things stand."""

from typing import Any

import msgspec


class AskedPreview(msgspec.Struct, frozen=True, kw_only=True):
    """One of both: a plan's definition, or the condition tree of an audience alone."""

    plan: dict[str, Any] | None = None
    audience: dict[str, Any] | None = None


class Picked(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A customer of the sample: code, name, tier, city, last contact and order, what he spent; why a plan picks him,
    the window of his task (ms), and why it would make none for him (a value of `run_report.Skip`)."""

    customer: dict[str, Any]
    reason: str | None = None
    reason_values: dict[str, Any] = {}
    available_at: int | None = None
    due_at: int | None = None
    skipped: str | None = None


class PlanPreview(msgspec.Struct, frozen=True, kw_only=True):
    """How many the audience holds and how many of these the trigger picks; of the first `decided` of them how many
    would get a task (`made`), a further purpose of one (`merged`), or nothing, by why. An audience alone has its
    count and sample and no more."""

    audience: int
    picked: int | None = None
    decided: int = 0
    made: int = 0
    merged: int = 0
    skipped: dict[str, int] = {}
    sample: list[Picked] = []


ALL = (AskedPreview, PlanPreview)
