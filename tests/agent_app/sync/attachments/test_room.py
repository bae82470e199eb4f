"""How much of the disk files take up that could be fetched again: what was looked at last stays, and whatever the
server does not have."""

import pytest
from sqlalchemy import select

from agent_app.actions import attachments as actions
from agent_app.store import attachments
from agent_app.store.attachments import FileState
from agent_app.store.tables import attachment_file
from agent_app.sync import attachments as machine
from server_sync.domain.clock import MINUTE
from tests.agent_app.sync.attachments.road import SMALL, FilesDesk, customer_of


def fetched(desk: FilesDesk, lead: FilesDesk, count: int) -> list[bytes]:
    """So many files of an agent's that his lead has fetched one after the other."""
    made = [desk.attach(customer_of(desk), SMALL, f"{place}.jpg") for place in range(count)]
    desk.settle()
    lead.seat.sync()
    for one in made:
        lead.seat.clock.at += MINUTE
        lead.fetch(one)
        lead.round()
        actions.note_look(lead.seat.desk, one)
    return made


def here(desk: FilesDesk) -> set[bytes]:
    with desk.seat.store.read() as connection:
        return set(connection.execute(select(attachment_file.c.attachment_id)).scalars())


def room(desk: FilesDesk, monkeypatch: pytest.MonkeyPatch, files: int) -> None:
    """There is room for so many."""
    monkeypatch.setattr(machine, "MOST_KEPT", files * len(SMALL))
    desk.round()


def test_f1_what_was_looked_at_least_recently_goes_first(
    desk: FilesDesk, lead: FilesDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third, fourth = fetched(desk, lead, 4)
    actions.note_look(lead.seat.desk, first)
    room(lead, monkeypatch, 2)
    assert here(lead) == {first, fourth}
    assert len(lead.files.names()) == 2
    assert lead.state(second) == lead.state(third) == "complete"
    lead.fetch(second)
    lead.round()
    assert lead.content(second) == SMALL


def test_f1_what_somebody_looks_at_now_stays_however_little_room_there_is(
    desk: FilesDesk, lead: FilesDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    *_, last = fetched(desk, lead, 3)
    room(lead, monkeypatch, 0)
    assert here(lead) == {last}


def test_f1_what_the_server_does_not_have_is_never_removed(
    desk: FilesDesk, lead: FilesDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused, announced_again, looked_at = fetched(desk, lead, 3)
    unsent = lead.attach(customer_of(lead), SMALL, "新.jpg")
    with lead.seat.store.write() as connection:  # the second as after a restore of the server from a backup
        attachments.change(connection, refused, state=FileState.REFUSED)
        connection.exec_driver_sql(
            "UPDATE attachment SET state = 'announced' WHERE id IN (?, ?)", (refused, announced_again)
        )
    monkeypatch.setattr(machine, "MOST_KEPT", 0)
    with lead.seat.store.write() as connection:
        lead.transfers.begin_round(connection)
    assert here(lead) == {refused, announced_again, looked_at, unsent}
    assert len(lead.files.names()) == 4


def test_f1_a_full_disk_leaves_less_room(
    desk: FilesDesk, lead: FilesDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    *_, third, fourth = fetched(desk, lead, 4)
    monkeypatch.setattr(lead.files, "free", lambda: 4 * len(SMALL))
    lead.round()
    assert here(lead) == {third, fourth}


def test_f1_what_was_attached_here_stays_for_a_server_that_is_put_back(
    desk: FilesDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (desk.attach(customer_of(desk), SMALL, f"{place}.jpg") for place in range(2))
    desk.settle()
    room(desk, monkeypatch, 0)
    assert here(desk) == {one, other}
