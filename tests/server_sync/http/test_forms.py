"""Forms over HTTP: only administrators check, publish, list and fetch them; whatever is sent, the answer is calm."""

from typing import Any
from urllib.parse import quote

import pytest

from server_sync.automation.check_process import check, check_apart
from server_sync.demo.chance import draw
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import Role
from tests.server_sync.http.conftest import DESK, Scene
from tests.servers import Answer, add_person

FORM = """| survey | | | |
| | type | name | label |
| | text | opinion | {question} |
| settings | | | |
| | form_id | form_title | version |
| | care | 关怀回访 | {version} |
"""
FIRST = FORM.format(question="您还满意吗?", version="1").encode()
SECOND = FORM.format(question="您满意吗?", version="2").encode()
ROUTES = [
    ("POST", "/check?filename=a.md"),
    ("POST", "/publish?filename=a.md"),
    ("GET", ""),
    ("GET", f"/{'0' * 32}/file"),
]


@pytest.fixture
def office(scene: Scene) -> Scene:
    """The scene, its caller signed in as an administrator."""
    add_person(scene.database, "chief", role=Role.ADMINISTRATOR, clock=scene.clock)
    assert scene.caller.sign_in("chief", device=DESK).status == 200
    return scene


def send(office: Scene, path: str, body: bytes, filename: str = "关怀.md", **query: str) -> Answer:
    asked = "&".join(f"{name}={quote(value)}" for name, value in {"filename": filename, **query}.items())
    return office.caller.post(f"/api/v1/forms/{path}?{asked}", body)


def versions(office: Scene, code: str = "care") -> list[dict[str, Any]]:
    """The versions of a form, as they are listed."""
    listed = office.caller.get("/api/v1/forms").json["forms"]
    return [version for form in listed if form["code"] == code for version in form["versions"]]


def kinds(answer: Answer) -> list[str]:
    assert answer.status == 200, answer.body
    return [one["kind"] for one in answer.json["findings"]]


@pytest.mark.parametrize(("method", "path"), ROUTES)
def test_whoever_is_no_administrator_is_refused(signed_in: Scene, method: str, path: str) -> None:
    answer = signed_in.caller.send(method, f"/api/v1/forms{path}", FIRST if method == "POST" else b"")
    assert (answer.status, answer.json["kind"]) == (403, ErrorKind.NOT_PERMITTED)


def test_a_good_form_is_checked_and_nothing_is_kept(office: Scene) -> None:
    answer = send(office, "check", FIRST)
    assert [one for one in answer.json["findings"] if one["error"]] == []
    assert answer.json["form"]["code"] == "care"
    assert "您还满意吗" in answer.json["form"]["xform"]
    assert versions(office) == []


def test_what_is_wrong_is_told_with_its_place_and_a_suggestion(office: Scene) -> None:
    wrong = FIRST.replace(b"| | text |", b"| | txet |")
    [found] = [one for one in send(office, "check", wrong).json["findings"] if one["error"]]
    assert (found["kind"], found["sheet"], found["row"], found["column"]) == (
        "type_unknown",
        "survey",
        2,
        "type",
    )
    assert found["suggestion"] == "text"


def test_a_published_file_comes_back_as_it_was(office: Scene) -> None:
    published = send(office, "publish", FIRST, note="第一版")
    assert published.status == 200, published.body
    assert (published.json["code"], published.json["outcome"]) == ("care", "created")
    answer = office.caller.get(f"/api/v1/forms/{published.json['version_id']}/file")
    assert answer.body == FIRST
    assert answer.headers["content-disposition"].endswith(quote("关怀.md"))
    [version] = versions(office)
    assert (version["file"], version["change_note"], version["current"]) == ("关怀.md", "第一版", True)
    assert version["published_by"] is not None


def test_versions_are_listed_from_the_newest_on_and_the_last_is_current(office: Scene) -> None:
    send(office, "publish", FIRST)
    office.clock.move(1_000)
    assert send(office, "publish", SECOND).json["outcome"] == "updated"
    assert [(one["version"], one["current"]) for one in versions(office)] == [("2", True), ("1", False)]


def test_another_content_under_a_version_that_is_taken_is_refused(office: Scene) -> None:
    send(office, "publish", FIRST)
    answer = send(office, "publish", FORM.format(question="别的", version="1").encode())
    assert (answer.status, answer.json["kind"]) == (409, ErrorKind.ALREADY_EXISTS)


def test_a_form_with_errors_is_not_published(office: Scene) -> None:
    answer = send(office, "publish", FIRST.replace(b"| | text |", b"| | txet |"))
    assert (answer.status, answer.json["kind"]) == (400, ErrorKind.FORM_INVALID)
    assert answer.json["values"] == {"errors": 1}
    assert versions(office) == []


@pytest.mark.parametrize(
    ("body", "filename"),
    [
        (b"", "a.xlsx"),
        (b"PK\x03\x04 not a workbook", "a.xlsx"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "a.xls"),
        (b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "a.xml"),
        (b"MZ" + bytes(100), "a.exe"),
    ],
    ids=["empty", "torn zip", "torn xls", "entities", "a program"],
)
def test_what_is_no_form_is_a_finding(office: Scene, body: bytes, filename: str) -> None:
    assert set(kinds(send(office, "check", body, filename))) & {
        "file_unreadable",
        "file_too_large",
        "no_questions",
        "sheet_missing",
    }


@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("", ErrorKind.FIELD_MISSING),
        ("filename=%00.md", ErrorKind.FIELD_INVALID),
        ("filename=" + "a" * 300, ErrorKind.TEXT_TOO_LONG),
    ],
)
def test_a_file_needs_a_proper_name(office: Scene, query: str, kind: ErrorKind) -> None:
    answer = office.caller.post(f"/api/v1/forms/check?{query}", FIRST)
    assert (answer.status, answer.json["kind"]) == (400, kind)


def test_a_file_that_is_too_large_is_not_even_checked(office: Scene) -> None:
    answer = send(office, "check", bytes((10 << 20) + 1))
    assert (answer.status, answer.json["kind"]) == (413, ErrorKind.TOO_LARGE)


def test_a_check_that_takes_too_long_is_ended(office: Scene) -> None:
    rows = "\n".join(f"| | text | q{number} | Q |" for number in range(40_000))
    with pytest.raises(KnownError) as caught:
        check_apart(f"| survey | | | |\n| | type | name | label |\n{rows}\n".encode(), "a.md", seconds=1)
    assert caught.value.kind is ErrorKind.FORM_TOO_LARGE


def spoilt(turn: int) -> bytes:
    at, size = draw(len(FIRST), "at", turn), draw(40, "size", turn)
    return FIRST[:at] + FIRST[at + size :]


def test_no_spoilt_form_is_too_much_for_the_check() -> None:
    for turn in range(60):
        check(spoilt(turn), "a.md")  # by what the child does; it would end with whatever this raised


def test_spoilt_forms_are_answered_calmly(office: Scene) -> None:
    for turn in range(3):
        answer = send(office, "check", spoilt(turn))
        assert answer.status == 200, answer.body
    assert office.caller.get("/healthz").status == 200


@pytest.mark.parametrize("version", ["x", "0" * 32, "%00", "..%2f"])
def test_a_version_that_is_not_there_has_no_file(office: Scene, version: str) -> None:
    assert office.caller.get(f"/api/v1/forms/{version}/file").status == 404
