"""A visit from its check-in to its end: where it took place, what rules stand against it, how it is remembered."""

import math
from typing import Any

import pytest

from server_sync.domain.clock import HOUR, MINUTE
from server_sync.domain.commands import CheckIn, StartAttempt
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import ActivityKind, Channel
from tests.server_sync.domain.commands.calls import Desk
from tests.server_sync.organisation import NOW


def begin(desk: Desk, at: int = NOW) -> StartAttempt:
    return StartAttempt(desk.world.new(), desk.task_id, desk.customer_id, None, Channel.VISIT, at)


def check_in(desk: Desk, attempt_id: bytes, at: int = NOW, **values: Any) -> CheckIn:
    place: dict[str, Any] = {"latitude": 31.2304, "longitude": 121.4737, "accuracy": 40.0}
    place |= {"source": "position"} | values
    return CheckIn(attempt_id, desk.task_id, desk.customer_id, **place, checked_in_at=at)


def visit(desk: Desk) -> bytes:
    start = begin(desk)
    desk.world.do(start, desk.agent)
    return start.attempt_id


def test_journey_c1_an_inaccurate_position_is_kept_with_its_accuracy(desk: Desk) -> None:
    attempt_id = visit(desk)
    desk.world.do(check_in(desk, attempt_id), desk.agent)
    assert desk.world.one("attempt", attempt_id)["place"] == {
        "latitude": 31.2304,
        "longitude": 121.4737,
        "accuracy": 40.0,
        "source": "position",
        "at": NOW,
    }


def test_a_position_by_hand_may_be_of_unknown_accuracy(desk: Desk) -> None:
    attempt_id = visit(desk)
    desk.world.do(check_in(desk, attempt_id, accuracy=None, source="hand"), desk.agent)
    place = desk.world.one("attempt", attempt_id)["place"]
    assert (place["accuracy"], place["source"]) == (None, "hand")


def test_checking_in_again_takes_the_place_of_what_was_said_before(desk: Desk) -> None:
    attempt_id = visit(desk)
    desk.world.do(check_in(desk, attempt_id), desk.agent)
    desk.world.do(check_in(desk, attempt_id, accuracy=8.0), desk.agent)
    assert desk.world.one("attempt", attempt_id)["place"]["accuracy"] == 8.0


@pytest.mark.parametrize(
    ("wrong", "kind"),
    [
        ({"latitude": 90.5}, ErrorKind.OUT_OF_RANGE),
        ({"longitude": -181.0}, ErrorKind.OUT_OF_RANGE),
        ({"accuracy": -1.0}, ErrorKind.OUT_OF_RANGE),
        ({"latitude": math.nan}, ErrorKind.OUT_OF_RANGE),
        ({"accuracy": math.inf}, ErrorKind.OUT_OF_RANGE),
        ({"source": "guess"}, ErrorKind.FIELD_INVALID),
    ],
)
def test_a_place_that_cannot_be_is_refused(desk: Desk, wrong: dict[str, Any], kind: ErrorKind) -> None:
    attempt_id = visit(desk)
    assert desk.world.refused(check_in(desk, attempt_id, **wrong), desk.agent) is kind


def test_nobody_checks_in_on_a_call_on_another_s_visit_or_on_one_that_has_ended(desk: Desk) -> None:
    call = desk.start()
    desk.world.do(call, desk.agent)
    assert desk.world.refused(check_in(desk, call.attempt_id), desk.agent) is ErrorKind.FIELD_INVALID
    attempt_id = visit(desk)
    assert desk.world.refused(check_in(desk, attempt_id), desk.lead) is ErrorKind.NOT_FOUND
    desk.world.do(desk.finish(attempt_id, "1.1"), desk.agent, NOW + HOUR)
    assert desk.world.refused(check_in(desk, attempt_id), desk.agent) is ErrorKind.ATTEMPT_CLOSED


def test_the_telephone_s_hours_do_not_stand_against_a_visit(desk: Desk) -> None:
    start = begin(desk, NOW + 13 * HOUR)  # 23:00
    desk.world.do(start, desk.agent, NOW + 13 * HOUR)
    assert desk.world.one("attempt", start.attempt_id)["breach"] is None


def test_do_not_call_stands_against_a_visit_too(desk: Desk) -> None:
    desk.world.do(desk.refuse(), desk.agent)
    start = begin(desk, NOW + MINUTE)
    desk.world.do(start, desk.agent, NOW + MINUTE)
    assert desk.world.one("attempt", start.attempt_id)["breach"] == ErrorKind.DO_NOT_CALL


def test_a_visit_s_end_is_a_visit_in_the_timeline_and_no_talk_on_the_telephone(desk: Desk) -> None:
    attempt_id = visit(desk)
    desk.world.do(desk.finish(attempt_id, "1.1"), desk.agent, NOW + HOUR)
    ((kind, details),) = desk.world.facts()
    assert (kind, details["disposition"]) == (ActivityKind.VISIT, "1.1")
    assert details["talk_ms"] is None
    assert desk.world.one("attempt", attempt_id)["talk_ms"] is None


def test_journey_c1_the_device_s_own_time_stays_where_it_could_not_be_taken(desk: Desk) -> None:
    attempt_id = visit(desk)
    a_day_ahead = NOW + 24 * HOUR
    desk.world.do(desk.finish(attempt_id, "1.1", at=a_day_ahead), desk.agent, NOW + HOUR)
    ((_, details),) = desk.world.facts()
    assert details["device_at"] == a_day_ahead
    assert desk.world.one("attempt", attempt_id)["ended_at"] == NOW + HOUR
