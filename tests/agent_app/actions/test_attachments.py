"""Attaching a file as a person does: what is read, what is refused, under which name it stands; copies."""

import hashlib
from pathlib import Path

import pytest

from agent_app.actions.attachments import (
    abandon_attachment,
    begin_attachment,
    content,
    finish_attachment,
    safe_name,
    save_copy,
    seal,
)
from agent_app.actions.desk import Desk
from agent_app.host.sealed_files import SealedFolder
from agent_app.store import attachments
from agent_app.store.attachments import FileState, LocalFile
from agent_app.store.queries.attachments import Standing, of_customer
from server_sync.domain.commands import Insert
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.rules.attachments import LONGEST_NAME, is_safe_name
from server_sync.domain.rules.settings import DEFAULTS
from tests.agent_app.desk import Company

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 500
POLICY = dict(DEFAULTS["attachments"])


class Place:
    """A desk with one customer and a folder of the person's own."""

    def __init__(self, company: Company, folder: Path) -> None:
        agent = company.organisation.north_agents[0]
        self.company = company
        self.desk: Desk = company.desk(agent)
        self.customer: Insert = company.organisation.customer(company.organisation.north, owner=agent)
        company.put(self.customer)
        self.files = SealedFolder(folder / "sealed")
        self.folder = folder / "own"
        self.folder.mkdir()

    def source(self, name: str, held: bytes = JPEG) -> Path:
        file = self.folder / name
        file.write_bytes(held)
        return file

    def file(self) -> LocalFile:
        ids = self.company.ids
        key = self.files.new_key()
        return LocalFile(ids.new(), self.customer.row_id, ids.new().hex(), key, FileState.WRITING)

    def attach(self, source: Path, policy: dict[str, int] | None = None) -> LocalFile:
        file = self.file()
        begin_attachment(self.desk, file)
        finish_attachment(self.desk, seal(self.files, file, source, policy or POLICY))
        with self.company.store.read() as connection:
            found = attachments.load(connection, file.attachment_id)
        assert found is not None
        return found

    def refused(self, source: Path, policy: dict[str, int] | None = None) -> ErrorKind:
        with pytest.raises(KnownError) as caught:
            seal(self.files, self.file(), source, policy or POLICY)
        return caught.value.kind


@pytest.fixture
def place(company: Company, tmp_path: Path) -> Place:
    return Place(company, tmp_path)


def test_f1_row_outbox_and_queue_come_in_one_step(place: Place) -> None:
    file = place.attach(place.source("现场.jpg"))
    assert (file.state, file.size, file.sha256) == (
        FileState.SENDING,
        len(JPEG),
        hashlib.sha256(JPEG).hexdigest(),
    )
    rows = place.company.rows("SELECT kind, file_name, media_type, size, state, rev FROM attachment")
    assert rows == [("photo", "现场.jpg", "image/jpeg", len(JPEG), "announced", 0)]
    assert place.company.rows("SELECT command FROM outbox") == [("add_attachment@1",)]
    assert content(place.files, file) == JPEG
    with place.company.store.read() as connection:
        [shown] = of_customer(connection, place.customer.row_id, place.desk.person_id)
    assert (shown.standing, shown.mine, shown.is_here, shown.file_name) == (
        Standing.WAITING,
        True,
        True,
        "现场.jpg",
    )


def test_f1_until_then_nobody_sees_anything_of_it(place: Place) -> None:
    file = place.file()
    begin_attachment(place.desk, file)
    seal(place.files, file, place.source("a.jpg"), POLICY)
    with place.company.store.read() as connection:
        assert of_customer(connection, place.customer.row_id, place.desk.person_id) == ()
        assert attachments.due(connection, place.company.clock.at, 9) == []
    abandon_attachment(place.desk, file)
    assert place.company.rows("SELECT 1 FROM attachment_file") == []


@pytest.mark.parametrize(
    ("name", "held", "kind"),
    [
        ("a.exe", b"MZ", ErrorKind.FILE_TYPE_REFUSED),
        ("ohne", JPEG, ErrorKind.FILE_TYPE_REFUSED),
        ("a.jpg", b"MZ" + bytes(999), ErrorKind.FILE_TYPE_REFUSED),
        ("a.pdf", b"<html>", ErrorKind.FILE_TYPE_REFUSED),
        ("a.jpg", b"", ErrorKind.FIELD_INVALID),
    ],
)
def test_f1_a_file_is_refused_before_anybody_hears_of_it(
    place: Place, name: str, held: bytes, kind: ErrorKind
) -> None:
    assert place.refused(place.source(name, held)) is kind


def test_f1_a_file_above_the_companys_limit_is_refused(place: Place) -> None:
    large = place.source("a.jpg", JPEG + bytes(1 << 20))
    assert place.refused(large, POLICY | {"photo_megabytes": 1}) is ErrorKind.ATTACHMENT_TOO_LARGE
    place.attach(large)


def test_a_file_that_is_gone_or_a_folder_is_unreadable(place: Place) -> None:
    assert place.refused(place.folder / "gone.jpg") is ErrorKind.FILE_UNREADABLE
    (place.folder / "a.jpg").mkdir()
    assert place.refused(place.folder / "a.jpg") is ErrorKind.FILE_UNREADABLE


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("现场 1.JPG", "现场 1.JPG"),
        ("a:b?.jpg", "a_b_.jpg"),
        ("CON.jpg", "_CON.jpg"),
        (".jpg", "_.jpg"),
        ("x" * 300 + ".jpg", "x" * (LONGEST_NAME - 4) + ".jpg"),
        ("gpj\u202e.jpg", "gpj_.jpg"),
    ],
)
def test_a_name_is_made_safe_and_keeps_its_ending(given: str, kept: str) -> None:
    assert safe_name(given) == kept
    assert is_safe_name(kept, "image/jpeg")


def test_a_copy_is_saved_whole_or_not_at_all(place: Place) -> None:
    file = place.attach(place.source("a.jpg"))
    target = place.folder / "copy.jpg"
    save_copy(place.files, file, target)
    assert target.read_bytes() == JPEG
    with pytest.raises(KnownError) as caught:
        save_copy(place.files, file, place.folder / "nowhere" / "copy.jpg")
    assert caught.value.kind is ErrorKind.FILE_UNWRITABLE
    place.files.write(file.name, file.key, 0, JPEG[:100])
    target.write_bytes(b"before")
    for act in (lambda: save_copy(place.files, file, target), lambda: content(place.files, file)):
        with pytest.raises(KnownError) as caught:
            act()
        assert caught.value.kind is ErrorKind.FILE_DAMAGED
    assert target.read_bytes() == b"before"
    assert sorted(path.name for path in place.folder.iterdir()) == ["a.jpg", "copy.jpg"]
