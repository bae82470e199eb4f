"""Positions on the earth: which may be, how one that was typed is read, and from where on one is inaccurate."""

import re
from dataclasses import dataclass

SOURCES = ("position", "hand")
"""Where a position is from: a positioning device, or somebody's word."""

INACCURATE_FROM = 30.0
"""Metres: what is less accurate is kept with a warning, and stands against nothing (journey C1)."""

FARTHEST = 20_037_508.0
"""Metres: half the way round the earth; nothing is farther off."""

_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")
_BETWEEN = re.compile(r"[\s,，;；、±]*(?:m|米)?")


@dataclass(frozen=True)
class Position:
    """Degrees of WGS 84; how far off it may be in metres, None where nobody knows."""

    latitude: float
    longitude: float
    accuracy: float | None = None


def coordinate_fault(latitude: float, longitude: float, accuracy: float | None) -> str | None:
    """Which of the three cannot be: "latitude", "longitude", "accuracy", or None. What is no number cannot be."""
    if not -90 <= latitude <= 90:
        return "latitude"
    if not -180 <= longitude <= 180:
        return "longitude"
    if accuracy is not None and not 0 <= accuracy <= FARTHEST:
        return "accuracy"
    return None


def inaccurate(accuracy: float | None) -> bool:
    """Whether a warning is due: more than 30 m off (journey C1)."""
    return accuracy is not None and accuracy > INACCURATE_FROM


def typed_position(text: str) -> Position | None:
    """What was typed as "latitude, longitude", and the accuracy in metres after them if it is known; None when it
    cannot be read or cannot be."""
    numbers = _NUMBER.findall(text)
    if len(numbers) not in (2, 3) or _BETWEEN.fullmatch(_NUMBER.sub("", text).strip()) is None:
        return None
    latitude, longitude, *rest = map(float, numbers)
    position = Position(latitude, longitude, rest[0] if rest else None)
    fault = coordinate_fault(position.latitude, position.longitude, position.accuracy)
    return position if fault is None else None
