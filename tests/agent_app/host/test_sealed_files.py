"""Sealed files: nobody reads them without their key, and nothing that was changed, moved or cut is taken for whole."""

import secrets
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from agent_app.host.sealed_files import SealedFolder
from agent_app.ports import SEALED_BLOCK
from server_sync.domain.errors import ErrorKind, KnownError

CONTENT = b"a name nobody may read " * 9_000
STORED = SEALED_BLOCK + 28


@pytest.fixture
def files(tmp_path: Path) -> SealedFolder:
    return SealedFolder(tmp_path / "profile" / "attachments")


@pytest.fixture
def key(files: SealedFolder) -> bytes:
    return files.new_key()


def damaged(files: SealedFolder, key: bytes, size: int = len(CONTENT)) -> bool:
    """Whether reading all of it is refused, or brings less than was written."""
    try:
        return files.read("one", key, 0, size) != CONTENT
    except KnownError as error:
        return error.kind is ErrorKind.FILE_DAMAGED


@pytest.mark.parametrize("size", [0, 1, SEALED_BLOCK - 1, SEALED_BLOCK, SEALED_BLOCK + 1, len(CONTENT)])
def test_what_is_written_is_read_again(files: SealedFolder, key: bytes, size: int) -> None:
    files.write("one", key, 0, CONTENT[:size])
    assert files.read("one", key, 0, size + 10) == CONTENT[:size]
    assert files.names() == {"one"}


def test_f1_nothing_of_it_lies_plain_on_the_disk_and_every_writing_looks_different(
    files: SealedFolder, key: bytes
) -> None:
    seen = []
    for _ in range(3):
        files.write("one", key, 0, CONTENT)
        stored = (files.folder / "one").read_bytes()
        assert b"nobody" not in stored
        assert key not in stored
        seen.append(stored[:200])
    assert len(set(seen)) == 3


def test_pieces_are_appended_block_by_block_and_what_lay_behind_goes(files: SealedFolder, key: bytes) -> None:
    files.write("one", key, 0, CONTENT)
    files.write("one", key, SEALED_BLOCK, b"the end")
    assert files.read("one", key, 0, len(CONTENT)) == CONTENT[:SEALED_BLOCK] + b"the end"
    assert files.read("one", key, SEALED_BLOCK, 3) == b"the"
    for wrong in (1, SEALED_BLOCK - 1):
        with pytest.raises(ValueError, match="block"):
            files.write("one", key, wrong, b"x")


def test_f1_another_key_opens_nothing(files: SealedFolder, key: bytes) -> None:
    files.write("one", key, 0, CONTENT)
    assert damaged(files, secrets.token_bytes(32))
    assert len({files.new_key() for _ in range(20)}) == 20


@pytest.mark.parametrize("place", [0, 11, 12, 5_000, STORED - 1, STORED, 2 * STORED + 100, -1])
def test_f1_a_single_changed_bit_is_seen(files: SealedFolder, key: bytes, place: int) -> None:
    files.write("one", key, 0, CONTENT)
    file = files.folder / "one"
    stored = bytearray(file.read_bytes())
    stored[place] ^= 1
    file.write_bytes(stored)
    assert damaged(files, key)


def test_f1_blocks_cannot_change_places(files: SealedFolder, key: bytes) -> None:
    files.write("one", key, 0, CONTENT)
    file = files.folder / "one"
    stored = file.read_bytes()
    file.write_bytes(stored[STORED : 2 * STORED] + stored[:STORED] + stored[2 * STORED :])
    assert damaged(files, key)


@pytest.mark.parametrize("left", [0, 5, 27, 28, STORED - 1, STORED, STORED + 40])
def test_f1_a_cut_file_is_never_the_whole_one(files: SealedFolder, key: bytes, left: int) -> None:
    files.write("one", key, 0, CONTENT)
    file = files.folder / "one"
    file.write_bytes(file.read_bytes()[:left])
    assert damaged(files, key)


def test_a_file_that_is_not_there_is_damaged_and_removing_it_is_no_error(
    files: SealedFolder, key: bytes
) -> None:
    assert damaged(files, key)
    files.remove("one")
    assert files.names() == set()


def test_a_disk_that_refuses_is_named(files: SealedFolder, key: bytes) -> None:
    files.folder.parent.mkdir()
    files.folder.write_text("")
    with pytest.raises(KnownError) as caught:
        files.write("one", key, 0, b"x")
    assert caught.value.kind is ErrorKind.STORE_UNREADABLE


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
def test_a_full_disk_is_said_as_such(files: SealedFolder, key: bytes) -> None:
    files.folder.mkdir(parents=True)
    (files.folder / "one").symlink_to("/dev/full")
    with pytest.raises(KnownError) as caught:
        files.write("one", key, 0, CONTENT)
    assert caught.value.kind in (ErrorKind.DISK_FULL, ErrorKind.STORE_UNREADABLE)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_only_the_person_may_read_the_folder(files: SealedFolder, key: bytes) -> None:
    files.write("one", key, 0, b"x")
    modes = [(path.stat().st_mode & 0o777) for path in (files.folder, files.folder / "one")]
    assert [wanted >= mode for wanted, mode in zip((0o700, 0o600), modes, strict=True)] == [True, True]
    assert all(later <= earlier for earlier, later in pairwise(modes))


def test_what_is_free_is_told_before_the_folder_is_there(tmp_path: Path) -> None:
    (tmp_path / "profile").mkdir()
    files = SealedFolder(tmp_path / "profile" / "attachments")
    assert files.free() > 0
    files.write("one", files.new_key(), 0, CONTENT)
    assert files.free() > 0
