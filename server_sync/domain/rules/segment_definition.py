"""A segment's definition as JSON, checked on both ends, each fault named with its place (M2.6, M2.7)."""

from collections.abc import Mapping
from typing import Any

from server_sync.domain.rules.conditions import EVERYONE
from server_sync.domain.rules.definition_audience import audience_of
from server_sync.domain.rules.definition_fields import LONGEST_NAME, LONGEST_TAG, Fields, checked, looked_at
from server_sync.domain.rules.faults import Placed

MOST_POSITION = 10_000
_KEYS = ("active", "audience", "code", "name", "position", "source", "tag")


def checked_segment(item: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of `segment` that an object says, with all that it leaves out.

    It has "code", "name", "audience" and may have "tag" (none), "position" (0), "active" (true), "source". An audience
    does not ask in which segments a customer is: they are worked out together.

    Raises KnownError FIELD_MISSING {field}, FIELD_INVALID {field, …}, CONDITION_INVALID (with `field`).
    """
    return checked(item, "segment", _read)


def looked_at_segment(item: Any) -> tuple[dict[str, Any] | None, list[Placed]]:
    """All that is wrong with the definition of one object, and what it comes to with something sound in its place."""
    return looked_at(item, "segment", _read)


def _read(given: Fields, code: str) -> dict[str, Any]:
    given.only(*_KEYS)
    given.needed("audience")
    return {
        "code": code,
        "name": given.text("name", LONGEST_NAME),
        "audience": given.attempt(lambda: audience_of(given, asks_segments=False), EVERYONE),
        "tag": given.text_or_none("tag", LONGEST_TAG),
        "position": given.whole("position", 0, MOST_POSITION, 0),
        "active": given.flag("active") if given.has("active") else True,
        "source": given.text_or_none("source", LONGEST_NAME),
    }
