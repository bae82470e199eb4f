"""Files on their way up: whatever is cut, lost or killed, what was attached arrives whole (SYNC F1)."""

import pytest
from sqlalchemy import update

from agent_app.actions import attachments as actions
from agent_app.ports import SEALED_BLOCK
from agent_app.store.attachments import FileState
from agent_app.sync.attachments import MOST_TRIES, PIECE, Ask, Send, Standing
from server_sync.domain.clock import HOUR
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import attachment
from server_sync.store.attachment_files import AttachmentFiles
from server_sync.store.database import Database
from tests.agent_app.sync.attachments.road import PHOTO, SMALL, FilesDesk, Killed, arrived, customer_of, photo
from tests.server_sync.organisation import NOW


def test_f1_what_is_attached_arrives_whole_and_stays_here_too(
    desk: FilesDesk, folder: AttachmentFiles
) -> None:
    one = desk.attach(customer_of(desk), PHOTO)
    assert desk.state(one) == "announced"
    desk.settle()
    assert desk.state(one) == "complete"
    assert arrived(folder, one) == PHOTO
    file = desk.local(one)
    assert file is not None
    assert (file.state, file.position, file.size) == (FileState.KEPT, len(PHOTO), len(PHOTO))
    assert desk.content(one) == PHOTO
    assert desk.road.carried == len(PHOTO)


def test_f1_no_byte_goes_before_its_row_has_been_taken(desk: FilesDesk) -> None:
    one = desk.attach(customer_of(desk), SMALL)
    assert desk.round() == 0
    assert desk.road.asked == []
    desk.seat.sync()
    assert desk.round() > 0
    assert desk.road.asked == ["HEAD", "PATCH"]
    assert desk.state(one) == "announced"  # the row that says more comes by its own road


def test_f1_the_rounds_of_the_rows_never_wait_for_a_file(desk: FilesDesk) -> None:
    desk.attach(customer_of(desk), PHOTO)
    desk.seat.sync()
    assert isinstance(desk.ask(), Ask)
    assert desk.seat.sync() > 0  # whatever is on its way
    assert desk.ask() is not None


@pytest.mark.parametrize("step", [1, 7, 4_095, SEALED_BLOCK - 1, SEALED_BLOCK + 1, 300_001])
def test_f1_a_line_that_tears_every_piece_gets_on_by_what_it_carried(
    desk: FilesDesk, folder: AttachmentFiles, step: int
) -> None:
    content = photo(min(len(PHOTO), 12 * step + 17))
    one = desk.attach(customer_of(desk), content)
    desk.seat.sync()
    desk.road.cut = [step, 0] * 12
    for _ in range(60):
        desk.round()
    desk.settle()
    assert arrived(folder, one) == content
    assert desk.state(one) == "complete"


def test_f1_lost_replies_cost_time_and_no_byte(desk: FilesDesk, folder: AttachmentFiles) -> None:
    one = desk.attach(customer_of(desk), PHOTO)
    desk.seat.sync()
    for _ in range(30):
        desk.road.lose = 1
        desk.round()
    desk.settle()
    assert arrived(folder, one) == PHOTO
    assert desk.state(one) == "complete"


def test_f1_it_goes_on_where_it_was_after_a_restart_at_any_step(
    desk: FilesDesk, folder: AttachmentFiles
) -> None:
    one = desk.attach(customer_of(desk), PHOTO)
    desk.seat.sync()
    for _ in range(20):
        desk.step()
        desk.restart()
        desk.step()
    desk.settle()
    assert arrived(folder, one) == PHOTO
    assert desk.road.carried == len(PHOTO)


def test_f1_the_server_may_end_between_any_two_of_its_steps(
    desk: FilesDesk, folder: AttachmentFiles, kill_at: dict[str, int]
) -> None:
    for place, point in enumerate(("attachment_appended", "attachment_verified", "attachment_moved")):
        content = photo(PIECE + 99, place + 1)
        one = desk.attach(customer_of(desk), content)
        desk.seat.sync()
        kill_at[f"server.{point}"] = 1
        with pytest.raises(Killed):
            desk.round()
        desk.settle()
        assert arrived(folder, one) == content
        assert desk.state(one) == "complete"


@pytest.mark.parametrize(
    "point",
    [
        "desk.attachment_begun",
        "desk.attachment_sealed",
        "desk.attachment_queued",
        "desk.attachment_recorded",
        "desk.attachment_piece_sent",
        "desk.attachment_file_removed",
    ],
)
def test_f1_a_kill_at_any_step_leaves_the_whole_file_or_nothing_of_it(
    desk: FilesDesk, folder: AttachmentFiles, kill_at: dict[str, int], point: str
) -> None:
    kill_at[point] = 1
    customer_id = customer_of(desk)
    try:
        desk.attach(customer_id, SMALL)
        desk.seat.sync()
        desk.round()
        desk.seat.sync()
        [(one,)] = desk.seat.rows("SELECT attachment_id FROM attachment_file")
        assert isinstance(one, bytes)
        actions.remove_attachment(desk.seat.desk, one, customer_id)
        desk.settle()
    except Killed:
        pass
    else:
        raise AssertionError("never passed")
    desk.restart()
    files = {name for (name,) in desk.seat.rows("SELECT name FROM attachment_file")}
    assert desk.files.names() <= files
    desk.settle()
    rows = desk.seat.rows("SELECT id, state FROM attachment")
    recorded = point not in ("desk.attachment_begun", "desk.attachment_sealed", "desk.attachment_queued")
    assert len(rows) == recorded
    for one, state in rows:
        assert isinstance(one, bytes)
        removed = point == "desk.attachment_file_removed"
        assert state == ("removed" if removed else "complete")
        assert removed or arrived(folder, one) == SMALL
    kept = 1 if recorded and point != "desk.attachment_file_removed" else 0
    assert len(desk.files.names()) == kept


def test_f1_the_local_file_stays_until_the_server_has_verified_it(desk: FilesDesk) -> None:
    one = desk.attach(customer_of(desk), SMALL)
    for kind in (ErrorKind.OFFLINE, ErrorKind.SERVER_BUSY, ErrorKind.TOKEN_INVALID, ErrorKind.SERVER_FAILED):
        desk.road.trouble = KnownError(kind)
        desk.settle()
        assert desk.content(one) == SMALL
        assert len(desk.files.names()) == 1
    desk.road.trouble = None
    desk.settle()
    assert desk.state(one) == "complete"


def test_f1_a_server_that_is_away_counts_against_no_file_and_one_that_fails_holds_up_no_other(
    desk: FilesDesk,
) -> None:
    first, second = (desk.attach(customer_of(desk), photo(5_000, salt)) for salt in (1, 2))
    desk.seat.sync()
    desk.road.trouble = KnownError(ErrorKind.OFFLINE)
    for _ in range(20):
        desk.round()
    assert {file.tries for file in map(desk.local, (first, second)) if file} == {0}
    desk.road.trouble = KnownError(ErrorKind.SERVER_FAILED)
    assert desk.step()
    desk.road.trouble = None
    desk.round()
    desk.seat.sync()
    assert (desk.state(first), desk.state(second)) == ("announced", "complete")
    desk.seat.clock.at += HOUR
    desk.settle()
    assert desk.state(first) == "complete"


def test_p3_a_server_that_always_fails_is_asked_less_and_less_and_nothing_is_given_up(
    desk: FilesDesk,
) -> None:
    one = desk.attach(customer_of(desk), SMALL)
    desk.seat.sync()
    desk.road.trouble = KnownError(ErrorKind.SERVER_FAILED)
    waits = []
    for _ in range(3 * MOST_TRIES):
        desk.round()
        file = desk.local(one)
        assert file is not None
        assert file.state is FileState.SENDING
        waits.append(file.retry_at - desk.seat.clock.at)
        desk.seat.clock.at = file.retry_at
    assert waits == sorted(waits)
    assert waits[-1] <= 10 * 60_000


def test_e1_a_file_that_a_restored_server_lacks_goes_up_once_more(
    desk: FilesDesk, server: Database, folder: AttachmentFiles
) -> None:
    one = desk.attach(customer_of(desk), SMALL)
    desk.settle()
    folder.remove(one)
    with server.write(desk.seat.clock.now()) as tx:
        row = update(attachment).where(attachment.c.id == one)
        tx.connection.execute(row.values(state="announced", completed_at=None))
    with desk.seat.store.write() as connection:
        connection.execute(update(attachment).where(attachment.c.id == one).values(state="announced"))
    desk.settle()
    assert arrived(folder, one) == SMALL
    assert desk.state(one) == "complete"


def test_a_reply_that_comes_late_or_to_another_request_is_ignored(desk: FilesDesk) -> None:
    one = desk.attach(customer_of(desk), SMALL)
    desk.seat.sync()
    first, second = desk.ask(), desk.ask()
    assert isinstance(first, Ask)
    assert isinstance(second, Ask)
    with desk.seat.store.write() as connection:
        assert desk.transfers.receive(connection, Standing(first.number, 9_000, complete=True), NOW) is None
        assert (
            desk.transfers.receive(connection, Standing(second.number, 10, complete=False), NOW) is not None
        )
        assert desk.transfers.receive(connection, Standing(second.number, 0, complete=True), NOW) is None
    file = desk.local(one)
    assert file is not None
    assert file.position == 10
    request = desk.ask()
    assert isinstance(request, Send)
    assert (request.offset, request.size) == (10, len(SMALL) - 10)


def test_f1_a_clock_that_is_set_back_makes_no_file_wait_longer(desk: FilesDesk) -> None:
    one = desk.attach(customer_of(desk), SMALL)
    desk.seat.sync()
    desk.road.trouble = KnownError(ErrorKind.SERVER_FAILED)
    desk.round()
    desk.road.trouble = None
    assert desk.round() == 0
    desk.seat.clock.at -= 24 * HOUR
    assert desk.round() > 0
    desk.seat.sync()
    assert desk.state(one) == "complete"
