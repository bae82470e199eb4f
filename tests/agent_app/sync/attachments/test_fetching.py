"""Files on their way down: when they are wanted, resumed, verified before they are shown (SYNC F1)."""

import pytest

from agent_app.actions import attachments as actions
from agent_app.store.attachments import FileState
from agent_app.sync.attachments import MOST_TRIES, PIECE, Check, Fetch
from server_sync.domain.clock import HOUR
from server_sync.domain.errors import ErrorKind
from server_sync.store.attachment_files import AttachmentFiles
from tests.agent_app.sync.attachments.road import (
    PHOTO,
    SMALL,
    FilesDesk,
    Killed,
    customer_of,
)
from tests.server_sync.organisation import NOW


def fetched(lead: FilesDesk, desk: FilesDesk, content: bytes = PHOTO) -> bytes:
    """A file of the agent's that his supervisor wants to see."""
    one = desk.attach(customer_of(desk), content)
    desk.settle()
    lead.seat.sync()
    assert lead.local(one) is None  # on demand alone
    lead.fetch(one)
    return one


def test_f1_a_file_comes_when_somebody_wants_to_see_it_and_is_verified(
    desk: FilesDesk, lead: FilesDesk
) -> None:
    one = fetched(lead, desk)
    assert [type(lead.ask()), lead.step()] == [Fetch, True]
    file = lead.local(one)
    assert file is not None
    assert (file.state, file.position) == (FileState.FETCHING, PIECE)
    lead.round()
    file = lead.local(one)
    assert file is not None
    assert file.state is FileState.KEPT
    assert lead.content(one) == PHOTO
    lead.restart()
    assert lead.content(one) == PHOTO


def test_f1_a_fetch_goes_on_where_it_was_after_a_restart(desk: FilesDesk, lead: FilesDesk) -> None:
    one = fetched(lead, desk)
    for _ in range(12):
        lead.step()
        lead.restart()
    assert lead.content(one) == PHOTO
    assert lead.road.carried == len(PHOTO)


def test_f1_a_fetch_that_is_killed_at_its_end_is_only_checked_again(
    desk: FilesDesk, lead: FilesDesk, kill_at: dict[str, int]
) -> None:
    one = fetched(lead, desk)
    kill_at["desk.attachment_fetched"] = 1
    with pytest.raises(Killed):
        lead.round()
    lead.restart()
    assert isinstance(lead.ask(), Check)
    lead.round()
    assert lead.content(one) == PHOTO
    assert lead.road.carried == len(PHOTO)


def test_f1_what_arrives_otherwise_than_announced_is_never_shown(
    desk: FilesDesk, lead: FilesDesk, folder: AttachmentFiles
) -> None:
    one = fetched(lead, desk)
    file = folder.folder / "whole" / one.hex()[-2:] / one.hex()
    file.write_bytes(PHOTO[:-1] + b"\0")
    for _ in range(MOST_TRIES + 1):
        lead.round()
        lead.seat.clock.at += HOUR
    local = lead.local(one)
    assert local is not None
    assert (local.state, local.error) == (FileState.FAILED, ErrorKind.FILE_DAMAGED)
    file.write_bytes(PHOTO)
    lead.fetch(one)
    lead.round()
    assert lead.content(one) == PHOTO


def test_f1_a_file_that_the_server_has_lost_is_said_and_not_asked_for_again(
    desk: FilesDesk, lead: FilesDesk, folder: AttachmentFiles
) -> None:
    one = fetched(lead, desk)
    folder.remove(one)
    lead.round()
    local = lead.local(one)
    assert local is not None
    assert (local.state, local.error) == (FileState.FAILED, ErrorKind.NOT_FOUND)


def test_a_fetch_that_is_not_wanted_any_more_leaves_nothing(desk: FilesDesk, lead: FilesDesk) -> None:
    one = fetched(lead, desk)
    lead.step()
    request = lead.ask()
    actions.cancel_fetch(lead.seat.desk, one, customer_of(desk))
    assert request is not None
    reply = lead.carrier.carry_out(request)  # it was under way
    with lead.seat.store.write() as connection:
        assert lead.transfers.receive(connection, reply, NOW) is None
    assert lead.round() == 0
    assert (lead.local(one), lead.files.names()) == (None, set())


def test_what_somebody_waits_for_goes_before_what_is_to_be_sent(desk: FilesDesk, lead: FilesDesk) -> None:
    lead.attach(customer_of(lead), SMALL)
    one = fetched(lead, desk)
    lead.seat.sync()
    request = lead.ask()
    assert isinstance(request, Fetch)
    assert request.file.attachment_id == one
