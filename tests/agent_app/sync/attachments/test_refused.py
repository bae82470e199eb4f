"""Files that the server will not have, or that were damaged: said, kept, and never taken for whole (SYNC F1)."""

import hashlib

import pytest

from agent_app.actions import attachments as actions
from agent_app.store.attachments import FileState
from agent_app.sync.attachments import MOST_TRIES
from server_sync.domain.errors import ErrorKind
from server_sync.store.attachment_files import AttachmentFiles
from tests.agent_app.sync.attachments.road import (
    PHOTO,
    SMALL,
    FilesDesk,
    arrived,
    customer_of,
    photo,
)


def sealed_as(desk: FilesDesk, content: bytes, other: dict[str, str]) -> bytes:
    """Attach a file whose row says something `other` of it than it is, as an edited program would."""
    file = desk.new_file(customer_of(desk))
    actions.begin_attachment(desk.seat.desk, file)
    desk.files.write(file.name, file.key, 0, content)
    told = {"kind": "photo", "file_name": "a.jpg", "media_type": "image/jpeg"}
    told |= {"sha256": hashlib.sha256(content).hexdigest(), **other}
    sealed = actions.Sealed(file.attachment_id, file.customer_id, size=len(content), **told)
    actions.finish_attachment(desk.seat.desk, sealed)
    return file.attachment_id


@pytest.mark.parametrize(
    ("content", "other", "kind"),
    [
        (b"MZ" + bytes(5_000), {}, ErrorKind.FILE_TYPE_REFUSED),
        (SMALL, {"media_type": "image/png", "file_name": "a.png"}, ErrorKind.FILE_TYPE_REFUSED),
        (SMALL, {"sha256": "0" * 64}, ErrorKind.FILE_DAMAGED),
    ],
)
def test_f1_what_the_server_will_not_have_is_said_and_stays_until_a_person_decides(
    desk: FilesDesk, folder: AttachmentFiles, content: bytes, other: dict[str, str], kind: ErrorKind
) -> None:
    bad = sealed_as(desk, content, other)
    good = desk.attach(customer_of(desk), photo(4_000, 3))
    for _ in range(3):
        desk.settle()
    file = desk.local(bad)
    assert file is not None
    assert (file.state, file.error) == (FileState.REFUSED, kind)
    assert desk.state(bad) == "announced"
    assert arrived(folder, bad) is None
    assert desk.state(good) == "complete"
    asked = len(desk.road.asked)
    desk.settle()
    assert len(desk.road.asked) == asked
    actions.send_again(desk.seat.desk, bad, customer_of(desk))
    desk.round()
    assert len(desk.road.asked) > asked
    actions.remove_attachment(desk.seat.desk, bad, customer_of(desk))
    desk.settle()
    assert desk.local(bad) is None
    assert desk.state(bad) == "removed"


def test_f1_a_sealed_file_that_was_damaged_is_never_sent_as_if_it_were_whole(
    desk: FilesDesk, folder: AttachmentFiles
) -> None:
    one = desk.attach(customer_of(desk), PHOTO)
    [name] = desk.files.names()
    path = desk.files.folder / name
    stored = bytearray(path.read_bytes())
    stored[len(stored) // 2] ^= 1
    path.write_bytes(stored)
    for _ in range(MOST_TRIES):
        desk.settle()
    file = desk.local(one)
    assert file is not None
    assert (file.state, file.error) == (FileState.REFUSED, ErrorKind.FILE_DAMAGED)
    assert arrived(folder, one) is None
