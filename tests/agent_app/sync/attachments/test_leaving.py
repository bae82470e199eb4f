"""Files of dossiers that leave and files that are taken back: nobody keeps what he may not see (SYNC L2)."""

import pytest

from agent_app.actions import attachments as actions
from agent_app.actions.customers import add_note
from agent_app.store.attachments import FileState
from agent_app.sync.attachments import MOST_TRIES
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.store.attachment_files import AttachmentFiles
from server_sync.store.database import Database
from tests.agent_app.sync.attachments.road import (
    PHOTO,
    SMALL,
    FilesDesk,
    arrived,
    customer_of,
    give_away,
    photo,
)
from tests.server_sync.organisation import NOW, Organisation


def test_l2_a_dossier_that_leaves_takes_its_files_with_it(
    desk: FilesDesk, server: Database, organisation: Organisation
) -> None:
    gone, stays = customer_of(desk, 0), customer_of(desk, 1)
    desk.attach(gone, SMALL)
    kept = desk.attach(stays, photo(3_000, 5))
    desk.settle()
    give_away(server, organisation, desk, gone)
    desk.seat.sync()
    assert [name for (name,) in desk.seat.rows("SELECT attachment_id FROM attachment_file")] == [kept]
    desk.round()
    assert len(desk.files.names()) == 1
    assert desk.content(kept) == photo(3_000, 5)


def test_l2_what_has_not_gone_up_does_so_first_and_leaves_then(
    desk: FilesDesk, server: Database, organisation: Organisation, folder: AttachmentFiles
) -> None:
    customer_id = customer_of(desk)
    one = desk.attach(customer_id, PHOTO)
    desk.seat.sync()
    desk.step()
    desk.step()
    give_away(server, organisation, desk, customer_id)
    desk.seat.sync()
    assert desk.state(one) is None
    assert len(desk.files.names()) == 1
    desk.settle()
    assert arrived(folder, one) == PHOTO
    assert desk.local(one) is None
    assert desk.files.names() == set()


def test_l2_what_is_taken_back_after_its_dossier_left_leaves_without_going_up(
    desk: FilesDesk, server: Database, organisation: Organisation, folder: AttachmentFiles
) -> None:
    customer_id = customer_of(desk)
    one = desk.attach(customer_id, PHOTO)
    desk.seat.sync()
    actions.remove_attachment(desk.seat.desk, one, customer_id)
    give_away(server, organisation, desk, customer_id)
    desk.seat.sync()
    assert desk.state(one) is None
    desk.settle()
    assert desk.seat.rows("SELECT kind FROM conflict") == []
    assert (desk.local(one), arrived(folder, one)) == (None, None)
    assert desk.files.names() == set()


def test_p3_a_refused_row_keeps_its_file_until_somebody_has_dealt_with_it(
    desk: FilesDesk, server: Database, organisation: Organisation, folder: AttachmentFiles
) -> None:
    customer_id = customer_of(desk)
    with server.write(NOW) as tx:  # nobody's any more, and never worked on
        tx.connection.exec_driver_sql("UPDATE task SET assignee_id = NULL, previous_assignees = '[]'")
    one = desk.attach(customer_id, SMALL)
    desk.settle()
    assert desk.state(one) is None
    assert [kind for (kind,) in desk.seat.rows("SELECT kind FROM conflict")] == ["not_found"]
    assert desk.content(one) == SMALL
    with desk.seat.store.write() as connection:
        connection.exec_driver_sql("UPDATE conflict SET settled_at = 1")
    for _ in range(3):
        desk.settle()
    assert desk.local(one) is None
    assert desk.files.names() == set()
    assert arrived(folder, one) is None


def test_p3_what_the_server_would_not_have_stays_while_its_refused_row_waits_for_a_person(
    desk: FilesDesk, server: Database
) -> None:
    with server.write(NOW) as tx:
        tx.connection.exec_driver_sql("UPDATE task SET assignee_id = NULL, previous_assignees = '[]'")
    one = desk.attach(customer_of(desk), SMALL)
    desk.seat.sync()
    desk.road.trouble = KnownError(ErrorKind.NOT_PERMITTED)
    for _ in range(3):
        desk.settle()
    file = desk.local(one)
    assert file is not None
    assert file.state is FileState.REFUSED
    assert desk.content(one) == SMALL
    with desk.seat.store.write() as connection:
        connection.exec_driver_sql("UPDATE conflict SET settled_at = 1")
    desk.settle()
    assert desk.local(one) is None
    assert desk.files.names() == set()


@pytest.mark.parametrize("refused", [ErrorKind.ACCOUNT_DISABLED, ErrorKind.DEVICE_REVOKED])
def test_e4_the_files_of_a_desk_that_is_let_in_no_more_wait_for_it(
    desk: FilesDesk, folder: AttachmentFiles, refused: ErrorKind
) -> None:
    one = desk.attach(customer_of(desk), SMALL)
    desk.seat.sync()
    desk.road.refuse = KnownError(refused)
    for _ in range(MOST_TRIES + 1):
        desk.settle()
    file = desk.local(one)
    assert file is not None
    assert (file.state, file.tries) == (FileState.SENDING, 0)
    desk.road.refuse = None
    desk.settle()
    assert arrived(folder, one) == SMALL


def test_a_file_that_is_taken_back_goes_at_every_desk(desk: FilesDesk, lead: FilesDesk) -> None:
    one = desk.attach(customer_of(desk), SMALL)
    desk.settle()
    lead.seat.sync()
    lead.fetch(one)
    lead.round()
    assert lead.content(one) == SMALL
    actions.remove_attachment(desk.seat.desk, one, customer_of(desk))
    desk.settle()
    lead.settle()
    for each in (desk, lead):
        assert (each.local(one), each.state(one), each.files.names()) == (None, "removed", set())


def test_a_file_that_is_taken_back_does_not_wait_for_other_edits_of_its_customer(desk: FilesDesk) -> None:
    one = desk.attach(customer_of(desk), SMALL)
    desk.settle()
    actions.remove_attachment(desk.seat.desk, one, customer_of(desk))
    desk.seat.sync()
    add_note(desk.seat.desk, customer_of(desk), "unsent")
    desk.round()
    assert (desk.local(one), desk.files.names()) == (None, set())


def test_f1_a_file_taken_back_before_it_went_up_never_does(desk: FilesDesk, folder: AttachmentFiles) -> None:
    one = desk.attach(customer_of(desk), SMALL)
    actions.remove_attachment(desk.seat.desk, one, customer_of(desk))
    assert desk.content(one) == SMALL  # until the server has heard of it, it could still be refused
    desk.settle()
    assert (desk.local(one), desk.state(one), arrived(folder, one)) == (None, "removed", None)
    assert desk.files.names() == set()
