"""A form's file with the files that it names, as one: what comes back, what is refused, and what it is bounded by."""

import io
import zipfile
from pathlib import Path

import pytest

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.bundle import MOST_FILES, Bundle, Noted, media_names, media_of, unpack
from server_sync.domain.forms.checking import CheckedForm, check_form
from server_sync.domain.forms.secondary import MAX_FILE, files_beside

FORM = """| survey | | | | |
| | type | name | label | media::image |
| | select_one_from_file shops.csv | shop | 哪家门店？ | shop.png |
| settings | | |
| | form_id | version |
| | shops | 1 |
""".encode()
SHOPS = "name,label\ns1,一号店\ns2,二号店\n".encode()
PICTURE = b"\x89PNG\r\n\x1a\n...."


def zipped(*entries: tuple[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return held.getvalue()


def refused(content: bytes) -> KnownError:
    with pytest.raises(KnownError) as caught:
        unpack("a.zip", content)
    return caught.value


def test_what_was_packed_comes_back_and_the_same_files_are_the_same_bytes() -> None:
    bundle = Bundle("shops.md", FORM, {"shops.csv": SHOPS, "shop.png": PICTURE})
    packed = bundle.packed()
    assert packed.name == "shops.zip"
    assert packed.content == bundle.packed().content
    assert unpack(packed.name, packed.content) == bundle


def test_a_form_without_other_files_travels_as_it_is() -> None:
    bundle = Bundle("shops.md", FORM)
    assert bundle.packed() is bundle
    assert unpack("shops.md", FORM) == bundle


def test_the_form_is_found_among_the_others_whatever_folder_they_lie_in() -> None:
    found = unpack("a.zip", zipped(("shops/media/shop.png", PICTURE), ("shops/shops.md", FORM)))
    assert (found.name, set(found.files)) == ("shops.md", {"shop.png"})


def test_a_checked_bundle_finds_its_lists_and_pictures() -> None:
    packed = Bundle("shops.md", FORM, {"shops.csv": SHOPS, "shop.png": PICTURE}).packed()
    checked = check_form(packed.content, packed.name)
    assert checked.findings == ()
    assert checked.form is not None
    assert "二号店" in checked.form.xform_xml
    assert media_names(checked.form.xform_xml) == ("shop.png",)
    assert media_of(checked.form.xform_xml, {"shop.png": PICTURE}.get) == {"shop.png": PICTURE}
    assert media_of(checked.form.xform_xml, lambda name: None) == {}


def test_beside_its_file_the_same_are_found_and_noted(tmp_path: Path) -> None:
    media = tmp_path / "elsewhere"
    media.mkdir()
    (media / "shops.csv").write_bytes(SHOPS)
    form = tmp_path / "shops.md"
    form.write_bytes(FORM)
    files = Noted(files_beside(form, media))
    assert missing(check_form(form, form.name, files)) == ["shop.png"]
    assert set(files.found) == {"shops.csv"}
    assert missing(check_form(form, form.name)) == ["shops.csv", "shop.png"]


def missing(checked: CheckedForm) -> list[object]:
    """The files that a check does not find; there is nothing else to tell."""
    assert {one.kind for one in checked.findings} == {"file_missing"}
    return [one.values["name"] for one in checked.findings]


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04 torn", zipped(), zipped(("a.png", PICTURE)), zipped(("a.md", FORM))[:-30]],
    ids=["empty", "torn", "nothing", "no form", "cut off"],
)
def test_what_is_no_bundle_is_unreadable(content: bytes) -> None:
    assert refused(content).kind is ErrorKind.FORM_UNREADABLE
    assert check_form(content, "a.zip").form is None


def test_a_file_that_unfolds_without_end_is_refused_unread() -> None:
    error = refused(zipped(("a.md", FORM), ("a.png", bytes(MAX_FILE + 1))))
    assert (error.kind, error.values["most"]) == (ErrorKind.FORM_TOO_LARGE, MAX_FILE)


def test_all_files_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server_sync.domain.forms.bundle.MAX_BUNDLE", 2_000)
    error = refused(zipped(("a.md", FORM), ("a.png", bytes(1_500)), ("b.png", bytes(1_500))))
    assert (error.kind, error.values["most"]) == (ErrorKind.FORM_TOO_LARGE, 2_000)


def test_more_files_than_a_form_may_have_are_refused() -> None:
    many = [(f"{number}.png", PICTURE) for number in range(MOST_FILES + 1)]
    assert refused(zipped(*many)).values == {"files": MOST_FILES + 1, "most": MOST_FILES}
