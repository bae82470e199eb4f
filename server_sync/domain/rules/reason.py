"""Why something is as it is, as a kind and values; the words for it are made where a person reads them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a person: `kind` names it, `values` are plain JSON values that its words need.

    Moments in `values` are milliseconds (`*_at`), days ISO texts (`*_on`), spans milliseconds (`*_ms`).
    """

    kind: str
    values: Mapping[str, Any]


def reason(kind: str, **values: Any) -> Reason:
    """A reason with its values as keywords."""
    return Reason(kind, values)
