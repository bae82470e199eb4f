"""The driver of files: rounds that begin by themselves, beside those of the rows."""

import pytest

from agent_app.actions import attachments as actions
from agent_app.store import attachments
from agent_app.store.attachments import FileState
from agent_app.store.changes import StoreChanges
from agent_app.sync.attachments import Reply, Request
from server_sync.domain.clock import HOUR
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.store.attachment_files import AttachmentFiles
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.deferred import DeferredWork
from tests.agent_app.sync.attachments.road import SMALL, FilesDesk, arrived, customer_of
from tests.server_sync.organisation import NOW


def test_rounds_begin_by_themselves_and_pause_while_the_server_is_away(desk: FilesDesk) -> None:
    told: list[StoreChanges] = []
    rounds = desk.rounds(ImmediateWork(), told.append)
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


def test_l2_what_may_not_stay_leaves_also_while_the_server_takes_no_files(
    desk: FilesDesk, lead: FilesDesk
) -> None:
    one = lead.attach(customer_of(lead), SMALL)
    lead.settle()
    desk.settle()
    desk.fetch(one)
    desk.round()
    two = desk.attach(customer_of(desk), SMALL)
    desk.seat.sync()
    rounds = desk.rounds(ImmediateWork())
    rounds.start()
    desk.road.trouble = KnownError(ErrorKind.OFFLINE)
    rounds.tick(desk.seat.clock.now())
    assert desk.content(one) == SMALL
    actions.remove_attachment(lead.seat.desk, one, customer_of(lead))
    lead.settle()
    desk.seat.sync()
    rounds.nudge()
    assert desk.local(one) is None
    assert desk.local(two) is not None


def test_l2_what_may_not_stay_leaves_also_when_the_server_goes_away_in_the_midst_of_a_round(
    desk: FilesDesk, lead: FilesDesk
) -> None:
    one = lead.attach(customer_of(lead), SMALL)
    lead.settle()
    desk.settle()
    desk.fetch(one)
    desk.road.trouble = KnownError(ErrorKind.OFFLINE)
    work = DeferredWork()
    rounds = desk.rounds(work)
    rounds.tick(desk.seat.clock.now())
    work.step()
    actions.remove_attachment(lead.seat.desk, one, customer_of(lead))
    lead.settle()
    desk.seat.sync()
    rounds.nudge()
    assert desk.local(one) is not None
    work.finish()
    assert desk.local(one) is None


def test_a_file_that_waits_after_a_failure_is_tried_when_its_time_has_come(desk: FilesDesk) -> None:
    rounds = desk.rounds(ImmediateWork())
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


def test_a_wish_in_the_midst_of_a_round_brings_another_one(desk: FilesDesk) -> None:
    work = DeferredWork()
    rounds = desk.rounds(work)
    rounds.tick(desk.seat.clock.at)
    work.step()
    rounds.nudge()
    work.finish()
    rounds.tick(desk.seat.clock.at)
    assert len(work.waiting) == 1
    work.finish()
    rounds.tick(desk.seat.clock.at)
    assert work.waiting == []


def test_nothing_more_is_begun_once_the_desk_closes(desk: FilesDesk) -> None:
    desk.attach(customer_of(desk), SMALL)
    desk.seat.sync()
    work = DeferredWork()
    rounds = desk.rounds(work)
    rounds.tick(desk.seat.clock.at)
    rounds.stop()
    work.finish()
    assert desk.road.asked == []


def test_a_bug_or_a_broken_store_goes_up_and_is_not_repeated_in_haste(
    desk: FilesDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.attach(customer_of(desk), SMALL)
    desk.seat.sync()
    rounds = desk.rounds(ImmediateWork())

    def broken(request: Request) -> Reply:
        raise ZeroDivisionError

    monkeypatch.setattr(desk.carrier, "carry_out", broken)
    with pytest.raises(ZeroDivisionError):
        rounds.tick(desk.seat.clock.at)
    rounds.tick(desk.seat.clock.at)  # later
    monkeypatch.undo()
    desk.seat.clock.at += 60_000
    rounds.tick(desk.seat.clock.at)
    assert desk.road.asked == ["HEAD", "PATCH"]


def test_a_failure_of_what_is_gone_meanwhile_is_nobodys(desk: FilesDesk) -> None:
    one = desk.attach(customer_of(desk), SMALL)
    desk.seat.sync()
    error = KnownError(ErrorKind.SERVER_FAILED)
    with desk.seat.store.write() as connection:
        assert desk.transfers.failed(connection, error, NOW) == (None, False)
        assert desk.transfers.failed(connection, KnownError(ErrorKind.OFFLINE), NOW) == (None, True)
        desk.transfers.next_request(connection, desk.seat.clock.at)
        attachments.forget(connection, one)
        assert desk.transfers.failed(connection, error, NOW) == (None, False)


def test_f1_an_offset_that_somebody_else_moved_is_asked_for_again(
    desk: FilesDesk, folder: AttachmentFiles
) -> None:
    one = desk.attach(customer_of(desk), SMALL)
    desk.seat.sync()
    desk.step()
    folder.append(one, 0, SMALL[:5_000])  # another device of the same person, say
    desk.step()
    file = desk.local(one)
    assert file is not None
    assert (file.tries, file.state) == (1, FileState.SENDING)
    desk.round()
    assert desk.road.asked == ["HEAD", "PATCH", "HEAD", "PATCH"]
    assert arrived(folder, one) == SMALL
