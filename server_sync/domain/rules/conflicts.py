"""Which of the team's conflicts wait for the lead, and which for the person whose work it was (SYNC P3, §5)."""

from collections.abc import Mapping
from typing import Any

from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import ConflictStatus

_FOR_THE_LEAD = (ConflictStatus.LATE, ConflictStatus.HANDED_OVER, ConflictStatus.REVOKED)
_FIELDS_OF_THE_LEAD = ("name", "number")


def awaits_lead(status: str, kind: str, details: Mapping[str, Any]) -> bool:
    """Whether only a lead can settle it: two names or two numbers, the result of a call that came late, and what was
    handed over or left on a revoked device. Everything else its person tries again or lets be."""
    return status in _FOR_THE_LEAD or decided_by_lead(kind, details)


def decided_by_lead(kind: str, details: Mapping[str, Any]) -> bool:
    """Whether two people corrected a name or a number: the one whose value was not taken cannot press it."""
    return kind == ErrorKind.FIELD_CONFLICT and details.get("field") in _FIELDS_OF_THE_LEAD
