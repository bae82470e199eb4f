"""The audience of a definition, whose every faulty condition is told; what a tree may say stands in `conditions`."""

from typing import Any

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.rules import conditions
from server_sync.domain.rules.definition_fields import Fields, placed

_ANY_DAY = conditions.AsOf("2000-01-01", "Asia/Shanghai")


def audience_of(given: Fields, *, asks_segments: bool) -> Any:
    """The tree under "audience", everyone when left out. Where `asks_segments` is not, it may not ask in which segments
    a customer is: they are worked out together. Its faults have CONDITION_INVALID {field, path, …}."""
    if not given.has("audience"):
        return conditions.EVERYONE
    tree = given.value("audience")
    found = conditions.faults(tree, _ANY_DAY)
    if not asks_segments:
        faulty = [error.values["path"] for error in found]
        found += [_not_here(path) for path in _paths_to_segments(tree) if path not in faulty]
    for error in sorted(found, key=lambda one: list(one.values["path"])):
        given.add(placed(error, given.place("audience")))
    return tree


def _paths_to_segments(tree: Any) -> list[list[int]]:
    return [path for path, rule in conditions.rules_of(tree) if rule.get("field") == "segments"]


def _not_here(path: list[int]) -> KnownError:
    return KnownError(ErrorKind.CONDITION_INVALID, problem="field_not_here", path=path, field="segments")
