"""What stands beside a form's words at a desk: fetched once, unreadable on the disk, there without the network."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from agent_app.host.sealed_files import SealedFolder
from agent_app.ports import SEALED_BLOCK, Reply
from agent_app.sync.form_media import FormMedia
from server_sync.domain.errors import ErrorKind, KnownError

FIRST, SECOND = b"version-00000001", b"version-00000002"
KEY = bytes(range(32))
LARGE = bytes(range(256)) * (SEALED_BLOCK // 64)


class Office:
    """`ports.Net` of a server that has these files; `asked` are the paths."""

    def __init__(self) -> None:
        self.files = {"a.png": b"a picture", "门店.jpg": LARGE}
        self.asked: list[str] = []
        self.away = False

    def send(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        if self.away:
            raise KnownError(ErrorKind.OFFLINE)
        self.asked.append(path)
        names = {"a.png": "a.png", "%E9%97%A8%E5%BA%97.jpg": "门店.jpg"}
        found = self.files.get(names.get(path.rpartition("/")[2], ""))
        return Reply(404, b"") if found is None else Reply(200, found)


@pytest.fixture
def office() -> Office:
    return Office()


@pytest.fixture
def media(office: Office, tmp_path: Path) -> FormMedia:
    return FormMedia(office, SealedFolder(tmp_path / "form_media"), KEY)


def xform(*names: str) -> str:
    return "".join(f"<value form='image'>jr://images/{name}</value>" for name in names)


def test_what_was_fetched_once_is_there_without_the_network(media: FormMedia, office: Office) -> None:
    assert media.keep([(FIRST, xform("a.png", "门店.jpg"))]) == 0
    office.away = True
    assert media.get(FIRST, "a.png") == b"a picture"
    assert media.get(FIRST, "门店.jpg") == LARGE
    assert len(office.asked) == 2


def test_nothing_of_it_can_be_read_on_the_disk(media: FormMedia, tmp_path: Path) -> None:
    media.keep([(FIRST, xform("a.png"))])
    [file] = (tmp_path / "form_media").iterdir()
    assert b"a picture" not in file.read_bytes()
    assert "a.png" not in file.name


def test_what_nobody_has_is_not_asked_for_again_and_again(media: FormMedia, office: Office) -> None:
    assert media.keep([(FIRST, xform("no.png"))]) == 0
    assert len(office.asked) == 1


def test_what_could_not_be_asked_for_is_counted_and_fetched_when_it_is_wanted(
    media: FormMedia, office: Office
) -> None:
    office.away = True
    assert media.keep([(FIRST, xform("a.png"))]) == 1
    assert media.get(FIRST, "a.png") is None
    office.away = False
    assert media.get(FIRST, "a.png") == b"a picture"
    assert media.get(FIRST, "no.png") is None


def test_a_file_that_a_kill_cut_off_is_fetched_anew(media: FormMedia, office: Office, tmp_path: Path) -> None:
    media.keep([(FIRST, xform("门店.jpg"))])
    [file] = (tmp_path / "form_media").iterdir()
    file.write_bytes(file.read_bytes()[: SEALED_BLOCK + 28])
    assert media.get(FIRST, "门店.jpg") == LARGE
    office.away = True
    assert media.get(FIRST, "门店.jpg") == LARGE


def test_a_block_of_another_file_is_not_taken_for_its_own(
    media: FormMedia, office: Office, tmp_path: Path
) -> None:
    media.keep([(FIRST, xform("a.png"))])
    [first] = (tmp_path / "form_media").iterdir()
    media.keep([(FIRST, xform("a.png")), (SECOND, xform("a.png"))])
    [second] = set((tmp_path / "form_media").iterdir()) - {first}
    second.write_bytes(first.read_bytes())
    office.away = True
    assert media.get(SECOND, "a.png") is None


def test_the_files_of_versions_that_have_gone_go(media: FormMedia, tmp_path: Path) -> None:
    media.keep([(FIRST, xform("a.png")), (SECOND, xform("a.png"))])
    media.keep([(SECOND, xform("a.png"))])
    assert len(list((tmp_path / "form_media").iterdir())) == 1
    media.keep([])
    assert list((tmp_path / "form_media").iterdir()) == []
