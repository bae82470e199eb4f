"""What the status bar says of files on their way up: how many, how far, and what they wait for."""

import pytest

from agent_app.store.queries.uploads import Uploads, Wait
from server_sync.domain.errors import ErrorKind, KnownError
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.sync.attachments.road import PHOTO, SMALL, FilesDesk, customer_of


class Told:
    """A driver of a desk's files and all that it told."""

    def __init__(self, desk: FilesDesk) -> None:
        self._desk = desk
        self.uploads: list[Uploads] = []
        self.rounds = desk.rounds(ImmediateWork(), on_uploads=self.uploads.append)

    def go(self, later: int = 60_000) -> Uploads:
        """A round, somewhat later; returns what is said after it."""
        self._desk.seat.clock.at += later
        self.rounds.tick(self._desk.seat.clock.at)
        return self.uploads[-1]


@pytest.fixture
def told(desk: FilesDesk) -> Told:
    return Told(desk)


def test_f1_what_goes_up_is_told_with_its_count_and_bytes_until_nothing_is_left(
    desk: FilesDesk, told: Told
) -> None:
    told.rounds.start()
    assert told.uploads == [Uploads()]
    customer_id = customer_of(desk)
    desk.attach(customer_id, PHOTO)
    desk.attach(customer_id, SMALL, "另一张.jpg")
    desk.seat.sync()
    told.go()
    size = len(PHOTO) + len(SMALL)
    assert {one.size for one in told.uploads if one.files == 2} == {size}
    assert {one.customer_id for one in told.uploads if one.files} == {customer_id}
    sent = [one.position for one in told.uploads if one.files]
    assert sent == sorted(sent)
    assert len(set(sent)) > 3
    assert {one.wait for one in told.uploads} == {None}
    desk.seat.sync()
    told.rounds.nudge()
    assert told.go() == Uploads()


def test_f1_it_is_told_that_the_server_has_to_hear_of_the_file_first(desk: FilesDesk, told: Told) -> None:
    desk.attach(customer_of(desk), SMALL)
    waiting = told.go()
    assert (waiting.files, waiting.position, waiting.size, waiting.wait) == (1, 0, len(SMALL), Wait.ROW)


def test_f1_it_is_told_that_the_server_is_away_and_when_it_is_back(desk: FilesDesk, told: Told) -> None:
    desk.attach(customer_of(desk), PHOTO)
    desk.seat.sync()
    desk.road.trouble = KnownError(ErrorKind.OFFLINE)
    assert told.go().wait is Wait.SERVER
    desk.road.trouble = None
    assert told.go().wait is None
    assert told.uploads[-1].position == len(PHOTO)


def test_f1_it_is_told_that_a_file_is_tried_again(desk: FilesDesk, told: Told) -> None:
    desk.attach(customer_of(desk), SMALL)
    desk.seat.sync()
    desk.road.trouble = KnownError(ErrorKind.SERVER_FAILED)
    assert told.go().wait is Wait.RETRY
    second = desk.attach(customer_of(desk, 1), SMALL)
    assert told.go(1_000).wait is Wait.RETRY
    assert desk.state(second) == "announced"


def test_f1_what_was_refused_is_counted_apart_and_named_first(desk: FilesDesk, told: Told) -> None:
    refused, sent = customer_of(desk, 1), customer_of(desk, 0)
    desk.attach(refused, SMALL)
    desk.seat.sync()
    desk.road.trouble = KnownError(ErrorKind.FILE_TYPE_REFUSED)
    told.go()
    desk.attach(sent, SMALL)
    told.rounds.nudge()
    said = told.uploads[-1]
    assert (said.files, said.refused, said.customer_id) == (1, 1, refused)
    assert said.size == len(SMALL)


def test_nothing_is_told_any_more_once_the_desk_closes(desk: FilesDesk, told: Told) -> None:
    told.rounds.stop()
    desk.attach(customer_of(desk), SMALL)
    told.rounds.nudge()
    assert told.uploads == []
