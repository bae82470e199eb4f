"""The folder of attachments: nothing is whole before its sum was looked at, and a kill at any step loses nothing."""

import hashlib
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert

from server_sync.domain import crash
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import attachment
from server_sync.domain.model.columns import complete
from server_sync.store.attachment_files import VARIABLE, AttachmentFiles, default_folder
from server_sync.store.attachment_leftovers import examine
from server_sync.store.database import Database
from tests.server_sync.organisation import NOW, CountedIds

ONE = CountedIds(1).new()
CONTENT = bytes(range(256)) * 40
SUM = hashlib.sha256(CONTENT).hexdigest()


class Killed(Exception):
    """The process ended here."""


@pytest.fixture
def files(tmp_path: Path) -> AttachmentFiles:
    return AttachmentFiles(tmp_path / "server" / "attachments", CountedIds(2))


@pytest.fixture
def kill_at() -> Iterator[dict[str, str]]:
    """`kill_at["name"] = …` ends whatever passes this point."""
    wanted: dict[str, str] = {}

    def hook(name: str) -> None:
        if name == wanted.get("name"):
            raise Killed(name)

    crash.hook = hook
    yield wanted
    crash.hook = None


def test_f1_pieces_make_a_file_and_only_its_sum_makes_it_whole(files: AttachmentFiles) -> None:
    assert files.append(ONE, 0, CONTENT[:100]) == 100
    assert files.append(ONE, 100, CONTENT[100:]) == len(CONTENT)
    assert files.whole_size(ONE) is None
    assert files.verify(ONE, len(CONTENT), SUM)
    assert files.whole_size(ONE) == len(CONTENT)
    assert files.read(ONE, 10, 20) == CONTENT[10:30]


def test_f1_a_piece_goes_where_the_last_one_ended_and_nowhere_else(files: AttachmentFiles) -> None:
    files.append(ONE, 0, b"abc")
    for wrong in (0, 2, 4, 1 << 40):
        with pytest.raises(KnownError) as caught:
            files.append(ONE, wrong, b"x")
        assert (caught.value.kind, caught.value.values) == (ErrorKind.OFFSET_WRONG, {"offset": 3})
    assert files.offset(ONE) == 3


@pytest.mark.parametrize(
    ("size", "sha256"), [(len(CONTENT), "0" * 64), (len(CONTENT) - 1, SUM), (1, "0" * 64)]
)
def test_f1_what_is_not_as_announced_goes_and_begins_again(
    files: AttachmentFiles, size: int, sha256: str
) -> None:
    files.append(ONE, 0, CONTENT)
    assert not files.verify(ONE, size, sha256)
    assert (files.offset(ONE), files.whole_size(ONE)) == (0, None)
    assert list(files.parts()) == []


@pytest.mark.parametrize(
    "point", ["server.attachment_appended", "server.attachment_verified", "server.attachment_moved"]
)
def test_f1_a_kill_at_any_step_leaves_what_can_go_on(
    files: AttachmentFiles, kill_at: dict[str, str], point: str
) -> None:
    def send() -> None:
        files.append(ONE, 0, CONTENT)
        files.verify(ONE, len(CONTENT), SUM)

    kill_at["name"] = point
    with pytest.raises(Killed):
        send()
    kill_at.clear()
    offset = files.offset(ONE)
    assert offset == len(CONTENT)
    assert files.verify(ONE, len(CONTENT), SUM)
    assert files.read(ONE, 0, len(CONTENT)) == CONTENT


def test_f1_what_is_written_while_a_sum_is_taken_never_gets_into_the_whole_file(
    files: AttachmentFiles,
) -> None:
    files.append(ONE, 0, CONTENT)
    part = files.folder / "parts" / ONE.hex()
    with part.open("r+b") as late:
        assert files.verify(ONE, len(CONTENT), SUM)
        late.write(b"something else")
    assert files.read(ONE, 0, len(CONTENT)) == CONTENT


def test_f1_several_at_once_end_with_one_whole_file(files: AttachmentFiles) -> None:
    def send() -> None:
        try:
            offset = files.append(ONE, 0, CONTENT)
        except KnownError:
            offset = files.offset(ONE)
        if offset == len(CONTENT):
            files.verify(ONE, offset, SUM)

    threads = [threading.Thread(target=send) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if files.whole_size(ONE) is None:  # all of them were early
        assert files.verify(ONE, len(CONTENT), SUM)
    assert files.read(ONE, 0, len(CONTENT)) == CONTENT


def test_a_file_is_removed_in_whatever_state_it_is(files: AttachmentFiles) -> None:
    files.remove(ONE)
    files.append(ONE, 0, CONTENT)
    files.verify(ONE, len(CONTENT), SUM)
    files.remove(ONE)
    assert (files.offset(ONE), files.whole_size(ONE)) == (0, None)
    with pytest.raises(KnownError) as caught:
        files.read(ONE, 0, 1)
    assert caught.value.kind is ErrorKind.NOT_FOUND


def test_the_first_bytes_are_told_as_far_as_they_came(files: AttachmentFiles) -> None:
    assert files.head(ONE, 10) == b""
    files.append(ONE, 0, b"abc")
    assert files.head(ONE, 2) == b"ab"


def test_a_file_where_the_folder_should_be_is_trouble_that_passes(tmp_path: Path) -> None:
    (tmp_path / "attachments").write_text("")
    with pytest.raises(KnownError) as caught:
        AttachmentFiles(tmp_path / "attachments", CountedIds(2)).append(ONE, 0, b"x")
    assert caught.value.kind is ErrorKind.SERVER_BUSY


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_the_server_may_read_the_folder(files: AttachmentFiles) -> None:
    files.append(ONE, 0, CONTENT)
    files.verify(ONE, len(CONTENT), SUM)
    folders = [path for path in (files.folder, *files.folder.rglob("*")) if path.is_dir()]
    assert {path.stat().st_mode & 0o777 for path in folders} == {0o700}


def test_files_lie_beside_the_database_unless_told_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    database = Database(str(tmp_path / "huifang.db"))
    assert default_folder(database) == tmp_path / "huifang-attachments"
    database.close()
    shared = Database("postgresql://somebody@db.example.com/follow_up")
    assert default_folder(shared).name == "follow_up-attachments"
    monkeypatch.setenv(VARIABLE, "/srv/files")
    assert default_folder(shared) == Path("/srv/files")
    shared.close()


def test_the_doctor_is_told_of_files_without_rows_and_rows_without_files(
    sqlite_url: str, files: AttachmentFiles
) -> None:
    ids = CountedIds(3)
    names = ("waiting", "there", "gone", "cut", "removed")
    rows = {name: ids.new() for name in names}
    states = {"waiting": "announced", "removed": "removed"}
    database = Database(sqlite_url)
    with database.write(NOW) as tx:
        for name, row_id in rows.items():
            row = {
                "id": row_id, "customer_id": row_id, "kind": "photo", "file_name": "a.jpg", "media_type": "image/jpeg",
                "size": len(CONTENT), "sha256": SUM, "created_at": NOW, "state": states.get(name, "complete"),
            }  # fmt: skip
            tx.connection.execute(insert(attachment).values(complete(attachment, row)))
    stranger = ids.new()
    for row_id in (rows["there"], rows["cut"], rows["removed"], stranger):
        files.append(row_id, 0, CONTENT)
        files.verify(row_id, len(CONTENT), SUM)
        if row_id in (rows["there"], rows["cut"]):
            files.drop_part(row_id)
    files.append(rows["waiting"], 0, CONTENT[:10])
    cut = files.folder / "whole" / rows["cut"].hex()[-2:] / rows["cut"].hex()
    cut.write_bytes(CONTENT[:-1])
    (files.folder / "parts" / "stray").write_bytes(b"")
    with database.read() as connection:
        found = examine(connection, files)
    database.close()
    assert set(found.missing) == {rows["gone"], rows["cut"]}
    assert {file.name for file in found.orphans} == {rows["removed"].hex(), stranger.hex(), "stray"}
    assert len(found.orphans) == 5  # two of them as part and as a whole
