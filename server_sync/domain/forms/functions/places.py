"""Geographic functions (ODK XForms, "Geographic Functions"): geopoints, traces and shapes on a round Earth."""

import math
from itertools import pairwise
from typing import NamedTuple

from server_sync.domain.forms.functions.adapters import on_values
from server_sync.domain.forms.xpath.context import Context
from server_sync.domain.forms.xpath.values import Value, items, plain_number, texts

_EARTH = 6_378_100.0
"""Radius at the equator in metres, as ODK's clients have it."""

MOST_CORNERS = 2_000
"""Points of a line whose crossings are looked for."""


class Place(NamedTuple):
    """Degrees of latitude (north) and longitude (east)."""

    latitude: float
    longitude: float


def _place(text: str) -> Place | None:
    """A geopoint: latitude and longitude, then altitude and accuracy, which count for nothing here."""
    parts = [plain_number(part) for part in items(text)]
    if not 2 <= len(parts) <= 4 or not (abs(parts[0]) <= 90 and abs(parts[1]) <= 180):
        return None
    return Place(parts[0], parts[1])


def _places(*values: Value) -> list[Place] | None:
    """The points of geopoints, traces and shapes one after another; None where anything else is among them."""
    found: list[Place] = []
    for value in values:
        for text in texts(value):
            for part in text.strip().rstrip(";").split(";"):
                place = _place(part)
                if place is None:
                    return None
                found.append(place)
    return found


def _hundredths(metres: float) -> float:
    return math.floor(metres * 100 + 0.5) / 100


def _area(context: Context, value: Value) -> Value:
    """Square metres, to the hundredth; NaN for what is no shape."""
    places = _places(value)
    if not places:
        return math.nan
    total = 0.0
    for one, other in pairwise([*places, places[0]]):
        slope = 2 + math.sin(math.radians(one.latitude)) + math.sin(math.radians(other.latitude))
        total += math.radians(other.longitude - one.longitude) * slope
    return _hundredths(abs(total * _EARTH * _EARTH / 2))


def _distance(context: Context, *values: Value) -> Value:
    """Metres along the points in their order, to the hundredth; NaN for what is no place."""
    places = _places(*values)
    if not places:
        return math.nan
    return _hundredths(math.fsum(_between(one, other) for one, other in pairwise(places)))


def _between(one: Place, other: Place) -> float:
    """The spherical law of cosines."""
    turn = math.radians(one.longitude - other.longitude)
    here, there = math.radians(one.latitude), math.radians(other.latitude)
    cosine = math.sin(here) * math.sin(there) + math.cos(here) * math.cos(there) * math.cos(turn)
    return math.acos(max(-1.0, min(1.0, cosine))) * _EARTH


def _geofence(context: Context, point: Value, shape: Value) -> Value:
    """Whether a point is within a shape: the parity of the borders to one side of it."""
    found, corners = _places(point), _places(shape)
    if not found or not corners or len(corners) < 3:
        return False
    latitude, longitude = found[0]
    inside = False
    for one, other in pairwise([*corners, corners[0]]):
        if (one.latitude > latitude) != (other.latitude > latitude):
            share = (latitude - one.latitude) / (other.latitude - one.latitude)
            inside ^= longitude < one.longitude + share * (other.longitude - one.longitude)
    return inside


Edge = tuple[Place, Place]


def _intersects(context: Context, value: Value) -> Value:
    """Whether a trace or shape crosses or touches itself elsewhere than where one edge follows another."""
    places = _places(value)
    if not places or len(places) > MOST_CORNERS:
        return False
    corners = [place for at, place in enumerate(places) if at == 0 or place != places[at - 1]]
    edges = list(pairwise(corners))
    closed = len(edges) > 1 and corners[0] == corners[-1]
    # From south to north, so that each edge meets only those that begin before it ends.
    order = sorted(range(len(edges)), key=lambda at: min(edges[at])[0])
    for rank, at in enumerate(order):
        edge = edges[at]
        north, (west, east) = max(edge)[0], sorted((edge[0].longitude, edge[1].longitude))
        for other in order[rank + 1 :]:
            (y1, x1), (y2, x2) = edges[other]
            if min(y1, y2) > north:
                break
            if max(x1, x2) < west or min(x1, x2) > east:
                continue
            context.scope.budget.spend(4)
            one, two = sorted((at, other))
            neighbours = two == one + 1 or (closed and one == 0 and two == len(edges) - 1)
            if (_fold_back if neighbours else _meet)(edge, edges[other]):
                return True
    return False


def _side(edge: Edge, place: Place) -> float:
    """Left of the edge, right of it (negative), or in line."""
    (a, b), (c, d), (x, y) = *edge, place
    return (c - a) * (y - b) - (d - b) * (x - a)


def _within(edge: Edge, place: Place) -> bool:
    """Whether a place in line with the edge is on it."""
    one, other = edge
    return all(min(a, b) <= c <= max(a, b) for a, b, c in zip(one, other, place, strict=True))


def _meet(one: Edge, other: Edge) -> bool:
    sides = [_side(one, place) for place in other] + [_side(other, place) for place in one]
    if sides[0] * sides[1] < 0 and sides[2] * sides[3] < 0:
        return True
    return any(
        side == 0 and _within(edge, place)
        for side, edge, place in zip(sides, *_ends(one, other), strict=True)
    )


def _ends(one: Edge, other: Edge) -> tuple[list[Edge], list[Place]]:
    return [one, one, other, other], [*other, *one]


def _fold_back(one: Edge, other: Edge) -> bool:
    """Whether two edges with a corner in common lie upon each other."""
    shared = next(place for place in one if place in other)
    (a,), (b,) = ([place for place in edge if place != shared] for edge in (one, other))
    same_way = (a[0] - shared[0]) * (b[0] - shared[0]) + (a[1] - shared[1]) * (b[1] - shared[1]) > 0
    return _side((shared, a), b) == 0 and same_way


FUNCTIONS = (
    on_values("area", 1, 1, _area),
    on_values("distance", 1, None, _distance),
    on_values("geofence", 2, 2, _geofence),
    on_values("intersects", 1, 1, _intersects, spends=True),
)
