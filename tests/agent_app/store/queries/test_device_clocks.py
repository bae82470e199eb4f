"""By which clocks a call or visit was, for those who read it: the timeline, a response, the words for both."""

from agent_app.store.queries import customer360, device_clocks
from agent_app.ui.clock_words import place_words, skew_words
from server_sync.domain.clock import DAY, MINUTE
from server_sync.domain.commands import Insert
from server_sync.domain.commands.decision import derived_id
from tests.agent_app.desk import Company
from tests.server_sync.organisation import NOW

ATTEMPT = b"attempt-of-visit"
PLACE = {"latitude": 31.2304, "longitude": 121.4737, "accuracy": 40.0, "source": "position", "at": NOW}


def visited(company: Company, skew: int | None, details: dict[str, object]) -> bytes:
    """A visit as it came from the server; returns the customer."""
    organisation = company.organisation
    customer = organisation.customer(organisation.north)
    task = organisation.task(customer, organisation.north_agents[0])
    own = {"customer_id": customer.row_id, "task_id": task.row_id}
    attempt = {
        "id": ATTEMPT,
        **own,
        "person_id": organisation.north_agents[0].person_id,
        "channel": "visit",
        "started_at": NOW - 2 * MINUTE,
        "ended_at": NOW - MINUTE,
        "place": PLACE,
        "received_at": NOW,
        "clock_skew_ms": skew,
    }
    fact = {
        "id": derived_id(ATTEMPT, 1),
        **own,
        "attempt_id": ATTEMPT,
        "kind": "visit",
        "details": {"disposition": "1.1", **details},
        "happened_at": NOW - MINUTE,
    }
    company.put(customer, task, Insert("attempt", attempt), Insert("activity", fact))
    return customer.row_id


def test_journey_c1_the_timeline_has_device_time_server_time_skew_and_place(company: Company) -> None:
    customer = visited(company, DAY, {"device_at": NOW + DAY})
    with company.store.read() as connection:
        found = customer360.load(connection, customer, 0)
    assert found is not None
    (entry,) = found.timeline
    assert entry.clock is not None
    assert (entry.clock.device_at, entry.clock.received_at, entry.clock.skew_ms) == (NOW + DAY, NOW, DAY)
    assert entry.clock.place == PLACE


def test_where_the_device_s_time_was_taken_it_is_the_attempt_s_own(company: Company) -> None:
    visited(company, -DAY, {})
    with company.store.read() as connection:
        clock = device_clocks.load(connection, [ATTEMPT, b"not-an-attempt-0"])
    assert list(clock) == [ATTEMPT]
    assert clock[ATTEMPT].device_at == NOW - MINUTE


def test_a_clock_is_worth_a_word_from_more_than_five_minutes_on() -> None:
    assert [skew_words(skew) for skew in (None, 0, 5 * MINUTE, -5 * MINUTE)] == [""] * 4
    assert skew_words(DAY + MINUTE) == "设备时钟快 1 天"
    assert skew_words(-6 * MINUTE) == "设备时钟慢 6 分钟"


def test_a_place_is_told_with_how_accurate_it_is() -> None:
    assert place_words(PLACE) == "31.23040, 121.47370 ±40 米"
    assert place_words({**PLACE, "accuracy": None}) == "31.23040, 121.47370"
    assert place_words(None) == ""
