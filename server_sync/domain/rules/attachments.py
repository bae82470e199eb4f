"""What may be attached: kinds, media types, sizes, names, and what the first bytes of a file say it is (SYNC F1).

Where files lie and how they travel stands elsewhere.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from server_sync.domain.model import AttachmentKind

MEGABYTE = 1 << 20
HEAD_BYTES = 512
"""So many first bytes of a file tell what it is."""
LONGEST_NAME = 120
"""Characters of a file's name."""

_IMAGES = ("image/jpeg", "image/png", "image/webp")
_OFFICE = "application/vnd.openxmlformats-officedocument."
MEDIA_TYPES: Mapping[AttachmentKind, tuple[str, ...]] = {
    AttachmentKind.PHOTO: (*_IMAGES, "image/heic"),
    AttachmentKind.RECORDING: ("audio/wav", "audio/mpeg", "audio/mp4", "audio/ogg", "audio/amr"),
    AttachmentKind.VIDEO: ("video/mp4", "video/quicktime", "video/webm"),
    AttachmentKind.SIGNATURE: _IMAGES,
    AttachmentKind.DOCUMENT: (
        "application/pdf",
        f"{_OFFICE}wordprocessingml.document",
        f"{_OFFICE}spreadsheetml.sheet",
        f"{_OFFICE}presentationml.presentation",
        "text/plain",
        "text/csv",
        *_IMAGES,
    ),
}
"""What each kind may be. Nothing that a computer runs or that brings scripts: no HTML, no SVG, no archives."""

SUFFIXES: Mapping[str, tuple[str, ...]] = {
    "image/jpeg": ("jpg", "jpeg"),
    "image/png": ("png",),
    "image/webp": ("webp",),
    "image/heic": ("heic", "heif"),
    "audio/wav": ("wav",),
    "audio/mpeg": ("mp3",),
    "video/mp4": ("mp4", "m4v"),
    "video/quicktime": ("mov",),
    "video/webm": ("webm",),
    "audio/mp4": ("m4a", "mp4"),
    "audio/ogg": ("ogg", "oga", "opus"),
    "audio/amr": ("amr",),
    "application/pdf": ("pdf",),
    f"{_OFFICE}wordprocessingml.document": ("docx",),
    f"{_OFFICE}spreadsheetml.sheet": ("xlsx",),
    f"{_OFFICE}presentationml.presentation": ("pptx",),
    "text/plain": ("txt",),
    "text/csv": ("csv",),
}
"""How the names of such files end: a name that ends otherwise would be opened by another program than its type says."""

UNSAFE_NAME = re.compile(
    r'[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff/\\:*?"<>|]'
)
RESERVED_NAME = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}
_OFFICE_PARTS = (b"[Content_Types].xml", b"_rels/", b"docProps/", b"word/", b"xl/", b"ppt/")


def media_type_of(file_name: str, media: str = "") -> str | None:
    """The type that a file of this name should be; None for a name that no allowed type has, and with `media` (image,
    audio, video) for one that no such type has."""
    suffix = _suffix(file_name)
    found = (media_type for media_type, suffixes in SUFFIXES.items() if suffix in suffixes)
    return next((media_type for media_type in found if media_type.startswith(media)), None)


def kind_of(media_type: str) -> AttachmentKind:
    """What a file of this type usually is to those who attach it."""
    if media_type.startswith("image/"):
        return AttachmentKind.PHOTO
    if media_type.startswith("video/"):
        return AttachmentKind.VIDEO
    return AttachmentKind.RECORDING if media_type.startswith("audio/") else AttachmentKind.DOCUMENT


def may_be(kind: str, media_type: str) -> bool:
    """Whether a kind allows a type; False also for a kind that there is not."""
    return kind in list(AttachmentKind) and media_type in MEDIA_TYPES[AttachmentKind(kind)]


def is_safe_name(file_name: str, media_type: str) -> bool:
    """Whether a file may bear this name on any computer, and the name says what the type does."""
    if not 0 < len(file_name) <= LONGEST_NAME or file_name != file_name.strip().rstrip("."):
        return False
    if UNSAFE_NAME.search(file_name) or RESERVED_NAME.fullmatch(file_name):
        return False
    return _suffix(file_name) in SUFFIXES.get(media_type, ())


def most_bytes(policy: Mapping[str, Any], kind: str) -> int:
    """How large a file of a kind may be; `policy` is the setting "attachments"."""
    return int(policy[f"{kind}_megabytes"]) * MEGABYTE


def is_sha256(text: str) -> bool:
    """Whether a text is such a sum as hex."""
    return _SHA256.fullmatch(text) is not None


def looks_like(media_type: str, head: bytes) -> bool:
    """Whether a file that begins so can be of this type: by its first HEAD_BYTES, whatever its name and sender say."""
    return _LOOKS[media_type](head[:HEAD_BYTES]) if media_type in _LOOKS else False


def _suffix(file_name: str) -> str:
    return file_name.rpartition(".")[2].lower()


def _begins(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(marks)


def _riff(form: bytes) -> Callable[[bytes], bool]:
    return lambda head: head[:4] == b"RIFF" and head[8:12] == form


def _brand(*brands: bytes) -> Callable[[bytes], bool]:
    """The ISO base media format: a first box "ftyp" with the brand in it."""
    return lambda head: head[4:8] == b"ftyp" and head[8:12] in brands


def _mpeg(head: bytes) -> bool:
    """An ID3 tag, or the eleven set bits of a frame of layer III."""
    return head[:3] == b"ID3" or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2)


def _office(head: bytes) -> bool:
    """A zip file whose first entry is a part that such documents begin with."""
    name = head[30 : 30 + int.from_bytes(head[26:28], "little")]
    return head[:4] == b"PK\x03\x04" and name.startswith(_OFFICE_PARTS)


def _text(head: bytes) -> bool:
    """No control characters: text in any encoding that people here use (UTF-8, GBK); nothing that a computer runs."""
    return not _CONTROLS.intersection(head) and not head.startswith((b"#!", b"<", b"\xef\xbb\xbf<", b"%PDF"))


_LOOKS: Mapping[str, Callable[[bytes], bool]] = {
    "image/jpeg": _begins(b"\xff\xd8\xff"),
    "image/png": _begins(b"\x89PNG\r\n\x1a\n"),
    "image/webp": _riff(b"WEBP"),
    "image/heic": _brand(b"heic", b"heix", b"mif1", b"msf1", b"hevc"),
    "audio/wav": _riff(b"WAVE"),
    "audio/mpeg": _mpeg,
    "video/mp4": _brand(
        b"mp42",
        b"mp41",
        b"isom",
        b"iso2",
        b"iso4",
        b"iso5",
        b"iso6",
        b"avc1",
        b"3gp4",
        b"3gp5",
        b"dash",
        b"M4V ",
    ),
    "video/quicktime": _brand(b"qt  "),
    "video/webm": _begins(b"\x1aE\xdf\xa3"),
    "audio/mp4": _brand(b"M4A ", b"mp42", b"mp41", b"isom", b"iso2", b"3gp4", b"3gp5", b"dash"),
    "audio/ogg": _begins(b"OggS"),
    "audio/amr": _begins(b"#!AMR"),
    "application/pdf": _begins(b"%PDF-"),
    f"{_OFFICE}wordprocessingml.document": _office,
    f"{_OFFICE}spreadsheetml.sheet": _office,
    f"{_OFFICE}presentationml.presentation": _office,
    "text/plain": _text,
    "text/csv": _text,
}
