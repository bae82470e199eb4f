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


def kept(desk: FilesDesk, count: int) -> list[bytes]:
    """So many files that the server has as well, attached one after the other."""
    made = [desk.attach(customer_of(desk), SMALL, f"{place}.jpg") for place in range(count)]
    desk.settle()
    for one in made:
        desk.seat.clock.at += MINUTE
        actions.note_look(desk.seat.desk, one)
    return made


def here(desk: FilesDesk) -> set[bytes]:
    with desk.seat.store.read() as connection:
        return set(connection.execute(select(attachment_file.c.attachment_id)).scalars())


def room(desk: FilesDesk, monkeypatch: pytest.MonkeyPatch, files: int) -> None:
    """There is room for so many."""
    monkeypatch.setattr(machine, "MOST_KEPT", files * len(SMALL))
    desk.round()


def test_f1_what_was_looked_at_least_recently_goes_first(
    desk: FilesDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third, fourth = kept(desk, 4)
    actions.note_look(desk.seat.desk, first)
    room(desk, monkeypatch, 2)
    assert here(desk) == {first, fourth}
    assert len(desk.files.names()) == 2
    assert desk.state(second) == desk.state(third) == "complete"
    desk.fetch(second)
    desk.round()
    assert desk.content(second) == SMALL


def test_f1_what_somebody_looks_at_now_stays_however_little_room_there_is(
    desk: FilesDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    *_, last = kept(desk, 3)
    room(desk, monkeypatch, 0)
    assert here(desk) == {last}


def test_f1_what_the_server_does_not_have_is_never_removed(
    desk: FilesDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused, announced_again, looked_at = kept(desk, 3)
    unsent = desk.attach(customer_of(desk), SMALL, "新.jpg")
    with desk.seat.store.write() as connection:  # the second as after a restore of the server from a backup
        attachments.change(connection, refused, state=FileState.REFUSED)
        connection.exec_driver_sql(
            "UPDATE attachment SET state = 'announced' WHERE id IN (?, ?)", (refused, announced_again)
        )
    monkeypatch.setattr(machine, "MOST_KEPT", 0)
    with desk.seat.store.write() as connection:
        desk.transfers.begin_round(connection)
    assert here(desk) == {refused, announced_again, looked_at, unsent}
    assert len(desk.files.names()) == 4


def test_f1_a_full_disk_leaves_less_room(desk: FilesDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    *_, third, fourth = kept(desk, 4)
    monkeypatch.setattr(desk.files, "free", lambda: 4 * len(SMALL))
    desk.round()
    assert here(desk) == {third, fourth}
