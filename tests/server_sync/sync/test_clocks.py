"""The device's clock beside the server's: what of a push is stamped with it (journey C1)."""

from typing import Any

import pytest
from sqlalchemy import select

from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.commands import CheckIn, Command, FinishAttempt, StartAttempt
from server_sync.domain.model import Channel, attempt
from server_sync.store.changes import write
from server_sync.store.database import Database
from server_sync.sync.clocks import MOST_SKEW, skew
from tests.server_sync.organisation import NOW, Organisation
from tests.server_sync.sync.conftest import NewDesk

ATTEMPT = b"attempt-of-visit"


def visited(
    database: Database, organisation: Organisation, new_desk: NewDesk, by: int | None
) -> dict[str, Any]:
    """A visit that was made offline and sent by a device whose clock is ahead by so much."""
    desk = new_desk(organisation.north_agents[0])
    customer = organisation.customer(organisation.north)
    task = organisation.task(customer, organisation.north_agents[0])
    with database.write(NOW) as tx:
        write(tx, [customer, task])
    ahead = by or 0
    place = (task.row_id, customer.row_id)
    commands: tuple[Command, ...] = (
        StartAttempt(ATTEMPT, *place, None, Channel.VISIT, NOW - 2 * HOUR + ahead),
        CheckIn(ATTEMPT, *place, 31.2, 121.5, 40.0, "position", NOW - 2 * HOUR + ahead),
        FinishAttempt(ATTEMPT, *place, "1.1", None, NOW - HOUR + ahead, None),
    )
    sent_at = None if by is None else NOW + by
    reply = desk.push(*map(desk.mutation, commands), sent_at=sent_at)
    assert [one.status for one in reply.results] == ["accepted"] * 3
    with database.read() as connection:
        return dict(connection.execute(select(attempt)).mappings().one())


@pytest.mark.parametrize("by", [DAY, -DAY, 0])
def test_journey_c1_an_attempt_is_stamped_with_the_server_s_time_and_the_device_s_skew(
    database: Database, organisation: Organisation, new_desk: NewDesk, by: int
) -> None:
    row = visited(database, organisation, new_desk, by)
    assert (row["received_at"], row["clock_skew_ms"]) == (NOW, by)


def test_a_device_that_does_not_tell_its_time_is_stamped_with_the_server_s_alone(
    database: Database, organisation: Organisation, new_desk: NewDesk
) -> None:
    row = visited(database, organisation, new_desk, None)
    assert (row["received_at"], row["clock_skew_ms"]) == (NOW, None)


@pytest.mark.parametrize(
    ("sent_at", "found"),
    [
        (None, None),
        (NOW, 0),
        (NOW + DAY, DAY),
        (0, -NOW),
        ((1 << 63) - 1, MOST_SKEW),
        (-(1 << 63), -MOST_SKEW),
    ],
)
def test_whatever_a_device_says_its_skew_fits_the_column(sent_at: int | None, found: int | None) -> None:
    assert skew(sent_at, NOW) == found
