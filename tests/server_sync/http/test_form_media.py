"""What stands beside a form's words over HTTP: it comes with the form's file, and every desk gets it."""

from urllib.parse import quote

import pytest

from server_sync.domain.forms.bundle import Bundle
from server_sync.domain.model import Role
from tests.server_sync.http.conftest import DESK, Scene
from tests.servers import Answer, add_person

FORM = """| survey | | | | |
| | type | name | label | media::image | media::audio |
| | select_one_from_file shops.csv | shop | 哪家门店？ | 门店.png | hello.mp3 |
| settings | | |
| | form_id | version |
| | shops | 1 |
""".encode()
PICTURE, SHOPS = b"\x89PNG\r\n\x1a\n....", "name,label\ns1,一号店\n".encode()
BUNDLE = Bundle(
    "shops.md", FORM, {"shops.csv": SHOPS, "门店.png": PICTURE, "other.png": b"nobody names it"}
).packed()


@pytest.fixture
def version(scene: Scene) -> str:
    """A version published with its files; then an agent is signed in."""
    add_person(scene.database, "chief", role=Role.ADMINISTRATOR, clock=scene.clock)
    assert scene.caller.sign_in("chief", device=DESK).status == 200
    path = f"/api/v1/forms/publish?filename={BUNDLE.name}"
    published = scene.caller.post(path, BUNDLE.content)
    assert published.status == 200, published.body
    return str(published.json["version_id"])


def fetch(scene: Scene, version: str, name: str) -> Answer:
    return scene.caller.get(f"/sync/forms/{version}/{quote(name)}")


def test_the_files_come_back_as_they_came_all_in_one(scene: Scene, version: str) -> None:
    answer = scene.caller.get(f"/api/v1/forms/{version}/file")
    assert answer.body == BUNDLE.content
    assert answer.headers["content-disposition"].endswith("shops.zip")


def test_what_was_forgotten_may_be_brought_later_without_a_new_version(scene: Scene, version: str) -> None:
    later = Bundle("shops.md", FORM, {"shops.csv": SHOPS, "门店.png": PICTURE, "hello.mp3": b"ID3."}).packed()
    again = scene.caller.post(f"/api/v1/forms/publish?filename={later.name}", later.content)
    assert (again.json["outcome"], again.json["version_id"]) == ("unchanged", version)
    assert fetch(scene, version, "hello.mp3").body == b"ID3."
    assert scene.caller.get(f"/api/v1/forms/{version}/file").body == later.content


def test_what_is_missing_is_told_by_the_check(scene: Scene, version: str) -> None:
    checked = scene.caller.post(f"/api/v1/forms/check?filename={BUNDLE.name}", BUNDLE.content)
    assert [(one["kind"], one["values"]["name"]) for one in checked.json["findings"]] == [
        ("file_missing", "hello.mp3")
    ]


def test_every_desk_gets_what_stands_beside_the_words(scene: Scene, version: str) -> None:
    add_person(scene.database, "visitor", clock=scene.clock)
    assert scene.caller.sign_in("visitor", device=bytes(range(1, 17))).status == 200
    answer = fetch(scene, version, "门店.png")
    assert (answer.status, answer.body) == (200, PICTURE)
    assert answer.headers["content-security-policy"].startswith("sandbox")


@pytest.mark.parametrize("name", ["other.png", "hello.mp3", "shops.csv", "../shops.csv", "%00"])
def test_nothing_else_is_given(scene: Scene, version: str, name: str) -> None:
    assert fetch(scene, version, name).status == 404


@pytest.mark.parametrize("version", ["0" * 32, "x", ".."])
def test_a_version_that_is_not_there_has_nothing(signed_in: Scene, version: str) -> None:
    assert fetch(signed_in, version, "a.png").status == 404


def test_nobody_gets_anything_without_signing_in(scene: Scene) -> None:
    assert fetch(scene, "0" * 32, "a.png").status == 401
