"""Positions: which can be, which are inaccurate, how a typed one is read."""

import pytest

from server_sync.domain.rules.places import Position, inaccurate, typed_position


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("31.2304, 121.4737", Position(31.2304, 121.4737)),
        ("31.2304，121.4737", Position(31.2304, 121.4737)),
        ("-33.9 18.4 25", Position(-33.9, 18.4, 25.0)),
        ("31.2304 121.4737 ±40m", Position(31.2304, 121.4737, 40.0)),
        ("31.2304、121.4737；40 米", Position(31.2304, 121.4737, 40.0)),
        ("31.2304", None),
        ("121.4737, 31.2304", None),
        ("31.2304, 121.4737, 40, 5", None),
        ("31.23 near 121.47", None),
        ("", None),
    ],
)
def test_a_typed_position_is_read_or_refused(text: str, position: Position | None) -> None:
    assert typed_position(text) == position


def test_journey_c1_more_than_30_m_off_is_inaccurate_and_what_nobody_knows_is_not() -> None:
    assert [inaccurate(accuracy) for accuracy in (None, 30.0, 30.1, 40.0)] == [False, False, True, True]
