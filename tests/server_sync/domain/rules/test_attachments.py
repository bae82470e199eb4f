"""What may be attached: types by what a file is, not by what it says it is; names that are safe everywhere."""

import pytest

from server_sync.domain.model import AttachmentKind
from server_sync.domain.rules.attachments import (
    LONGEST_NAME,
    MEDIA_TYPES,
    MEGABYTE,
    SUFFIXES,
    is_safe_name,
    is_sha256,
    kind_of,
    looks_like,
    may_be,
    media_type_of,
    most_bytes,
)
from server_sync.domain.rules.settings import setting_value

OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def zipped(first: bytes) -> bytes:
    """How a zip file with this first entry begins."""
    return b"PK\x03\x04" + bytes(22) + len(first).to_bytes(2, "little") + bytes(2) + first + b"..."


BEGINNINGS = {
    "image/jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "image/png": b"\x89PNG\r\n\x1a\n....",
    "image/webp": b"RIFF\x10\x00\x00\x00WEBPVP8 ",
    "image/heic": b"\x00\x00\x00\x18ftypheic....",
    "audio/wav": b"RIFF\x10\x00\x00\x00WAVEfmt ",
    "audio/mpeg": b"ID3\x04....",
    "audio/mp4": b"\x00\x00\x00\x18ftypM4A ....",
    "video/mp4": b"\x00\x00\x00\x18ftypM4V ....",
    "video/quicktime": b"\x00\x00\x00\x14ftypqt  ....",
    "video/webm": b"\x1aE\xdf\xa3....",
    "audio/ogg": b"OggS\x00....",
    "audio/amr": b"#!AMR\n....",
    "application/pdf": b"%PDF-1.7\n",
    OFFICE: zipped(b"[Content_Types].xml"),
    "text/plain": "客户要求上午联系\r\n".encode(),
    "text/csv": "姓名,电话\n".encode("gb18030"),
}
HOSTILE = (
    b"MZ\x90\x00\x03",
    b"\x7fELF\x02\x01\x01",
    b"#!/bin/sh\nrm -rf ~\n",
    b"<script>alert(1)</script>",
    b"\xef\xbb\xbf<html>",
    b'<?xml version="1.0"?><svg onload="x"/>',
    zipped(b"META-INF/MANIFEST.MF"),
    zipped(b"AndroidManifest.xml"),
    b"\xca\xfe\xba\xbe\x00\x00",
    bytes(600),
    b"",
)


@pytest.mark.parametrize("media_type", BEGINNINGS)
def test_f1_each_type_is_known_by_its_first_bytes_and_taken_for_no_other(media_type: str) -> None:
    texts = {"text/plain", "text/csv"}
    for other, beginning in BEGINNINGS.items():
        same = other == media_type or {other, media_type} <= texts
        if media_type in texts and other in ("audio/ogg", "image/jpeg"):
            continue  # what is no text is seen by its control characters, which may come later
        assert looks_like(media_type, beginning) is same, other


@pytest.mark.parametrize("beginning", HOSTILE)
def test_f1_what_a_computer_would_run_is_no_allowed_type(beginning: bytes) -> None:
    taken = [media_type for media_type in SUFFIXES if looks_like(media_type, beginning)]
    assert taken == [] if beginning else set(taken) <= {"text/plain", "text/csv"}


def test_a_frame_of_an_mp3_needs_no_tag() -> None:
    assert looks_like("audio/mpeg", b"\xff\xfb\x90\x64")
    assert not looks_like("audio/mpeg", b"\xff\xff\xff\xff")
    assert not looks_like("audio/mpeg", b"\xff")


def test_a_type_that_there_is_not_looks_like_nothing() -> None:
    assert not looks_like("image/svg+xml", b"<svg/>")


def test_a_kind_allows_its_own_types_alone() -> None:
    assert may_be("photo", "image/jpeg")
    assert not may_be("photo", "application/pdf")
    assert may_be("video", "video/mp4")
    assert not may_be("video", "image/jpeg")
    assert not may_be("film", "video/mp4")
    assert not may_be("document", "application/zip")


def test_every_allowed_type_has_a_suffix_and_is_known_by_it() -> None:
    allowed = {media_type for types in MEDIA_TYPES.values() for media_type in types}
    assert allowed == set(SUFFIXES)
    for media_type, suffixes in SUFFIXES.items():
        media = media_type.partition("/")[0]
        assert {media_type_of(f"文件.{suffix.upper()}", media) for suffix in suffixes} == {media_type}
        assert may_be(kind_of(media_type), media_type)
    assert media_type_of("a.exe") is None


def test_an_mp4_is_a_film_unless_a_sound_is_wanted() -> None:
    assert media_type_of("a.mp4") == media_type_of("a.mp4", "video") == "video/mp4"
    assert media_type_of("a.mp4", "audio") == "audio/mp4"
    assert media_type_of("a.mp4", "image") is None


@pytest.mark.parametrize("name", ["现场 照片.jpg", "a.b.JPEG", "x" * (LONGEST_NAME - 4) + ".jpg"])
def test_a_name_may_have_any_letters(name: str) -> None:
    assert is_safe_name(name, "image/jpeg")


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "a.png",
        "a.jpg.exe",
        "../a.jpg",
        "a/b.jpg",
        "a\\b.jpg",
        "c:a.jpg",
        "a\n.jpg",
        "a\0.jpg",
        "gpj\u202e.jpg",
        "\ud800.jpg",
        " a.jpg",
        "a.jpg ",
        "a.jpg.",
        "CON.jpg",
        "lpt1.jpg",
        'a".jpg',
        "x" * LONGEST_NAME + ".jpg",
    ],
)
def test_a_name_that_could_lead_elsewhere_is_refused(name: str) -> None:
    assert not is_safe_name(name, "image/jpeg")


def test_the_company_says_how_large_a_file_may_be() -> None:
    policy = setting_value("attachments", {"value": {"photo_megabytes": 3}})
    assert most_bytes(policy, AttachmentKind.PHOTO) == 3 * MEGABYTE
    assert most_bytes(policy, AttachmentKind.RECORDING) == 100 * MEGABYTE


def test_a_sum_is_64_small_hex_digits() -> None:
    assert is_sha256("0f" * 32)
    assert not any(map(is_sha256, ("", "0F" * 32, "0f" * 31, "0f" * 32 + "\n", "g0" * 32)))
