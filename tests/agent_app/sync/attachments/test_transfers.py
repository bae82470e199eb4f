"""The driver of files: rounds that begin by themselves, beside those of the rows."""

from agent_app.store import attachments
from agent_app.store.attachments import FileState
from agent_app.store.changes import StoreChanges
from agent_app.sync.schedule import Schedule
from agent_app.sync.transfers import TransferRounds
from server_sync.domain.clock import HOUR
from server_sync.domain.errors import ErrorKind, KnownError
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.sync.attachments.road import SMALL, FilesDesk, customer_of


def test_rounds_begin_by_themselves_and_pause_while_the_server_is_away(desk: FilesDesk) -> None:
    work = ImmediateWork()
    told: list[StoreChanges] = []
    rounds = TransferRounds(
        work, desk.seat.store, desk.transfers, desk.carrier, desk.seat.clock, Schedule(0.5), told.append
    )
    rounds.start()
    one = desk.attach(customer_of(desk), SMALL)
    desk.seat.sync()
    desk.road.trouble = KnownError(ErrorKind.SERVER_BUSY, seconds=100)
    rounds.tick(desk.seat.clock.at)
    assert desk.road.asked == []
    desk.road.trouble = None
    rounds.nudge()
    rounds.tick(desk.seat.clock.at)
    assert desk.road.asked == []  # it asked to be left alone
    desk.seat.clock.at += 200_000
    rounds.tick(desk.seat.clock.at)
    assert desk.road.asked == ["HEAD", "PATCH"]
    desk.seat.sync()
    rounds.insist()
    with desk.seat.store.read() as connection:
        file = attachments.load(connection, one)
    assert file is not None
    assert file.state is FileState.KEPT
    assert {table for changes in told for table in changes.tables} == {"attachment_file"}
    rounds.stop()
    desk.seat.clock.at += HOUR
    rounds.tick(desk.seat.clock.at)
    assert desk.road.asked == ["HEAD", "PATCH"]


def test_a_file_that_waits_after_a_failure_is_tried_when_its_time_has_come(desk: FilesDesk) -> None:
    work = ImmediateWork()
    rounds = TransferRounds(
        work,
        desk.seat.store,
        desk.transfers,
        desk.carrier,
        desk.seat.clock,
        Schedule(0.5),
        lambda changes: None,
    )
    desk.attach(customer_of(desk), SMALL)
    desk.seat.sync()
    desk.road.trouble = KnownError(ErrorKind.SERVER_FAILED)
    rounds.tick(desk.seat.clock.at)
    desk.road.trouble = None
    rounds.tick(desk.seat.clock.at)
    assert desk.road.asked == []
    desk.seat.clock.at += 2_000
    rounds.tick(desk.seat.clock.at)
    assert desk.road.asked == ["HEAD", "PATCH"]
