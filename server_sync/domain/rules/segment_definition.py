"""A segment's definition as JSON, checked on both ends, each fault named with its place (M2.6, M2.7)."""

from collections.abc import Mapping
from typing import Any

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.rules import conditions
from server_sync.domain.rules.conditions.tree import Condition, Rule
from server_sync.domain.rules.definition_fields import LONGEST_NAME, LONGEST_TAG, Fields, code_of, placed

MOST_POSITION = 10_000
_ANY_DAY = conditions.AsOf("2000-01-01", "Asia/Shanghai")


def checked_segment(item: Mapping[str, Any]) -> dict[str, Any]:
    """The columns of `segment` that an object says, with all that it leaves out.

    It has "code", "name", "audience" and may have "tag" (none), "position" (0), "active" (true), "source". An audience
    does not ask in which segments a customer is: they are worked out together.

    Raises KnownError FIELD_MISSING {field}, FIELD_INVALID {field, …}, CONDITION_INVALID (with `field`).
    """
    code = code_of(item, "segment")
    given = Fields(item, code)
    given.has("code")
    values = {
        "code": code,
        "name": given.text("name", LONGEST_NAME),
        "audience": _audience(given),
        "tag": given.text_or_none("tag", LONGEST_TAG),
        "position": given.whole("position", 0, MOST_POSITION, 0),
        "active": given.flag("active") if given.has("active") else True,
        "source": given.text_or_none("source", LONGEST_NAME),
    }
    given.finish()
    return values


def _audience(given: Fields) -> Any:
    tree = given.value("audience")
    try:
        _without_segments(conditions.parse(tree, _ANY_DAY), [])
    except KnownError as error:
        raise placed(error, given.place("audience")) from error
    return tree


def _without_segments(condition: Condition, path: list[int]) -> None:
    if not isinstance(condition, Rule):
        for place, member in enumerate(condition.members):
            _without_segments(member, [*path, place])
    elif condition.field.name == "segments":
        raise KnownError(ErrorKind.CONDITION_INVALID, problem="field_not_here", path=path, field="segments")
