"""A form's file together with the files that it names: pictures and sounds beside its words, lists that it looks up.

They travel as one zip file, the form first; a form without such files travels as it is.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.secondary import MAX_FILE, Files
from server_sync.domain.forms.xlsform.files import SUFFIXES
from server_sync.domain.forms.xlsform.grids import unreadable

SUFFIX = ".zip"
MEDIA_SUFFIXES = (
    ".png", ".jpg", ".jpeg", ".webp", ".wav", ".mp3", ".m4a", ".ogg", ".mp4", ".webm", ".mov", ".geojson",
)  # fmt: skip
"""What people may choose along with a form, besides .csv and .xml."""
MOST_FILES = 200
MAX_BUNDLE = 50 * 1024 * 1024
"""Bytes of all files of a form."""
_FORMS = (".xlsx", ".xlsm", ".xls", ".md")
"""What is the form among other files, wherever it stands; else it is the first .csv or .xml."""
_MEDIA = re.compile(r"jr://(?:images|audio|video)/([^/\\<>\"&]+)")
_MADE_AT = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Bundle:
    """A form's file, and by name those that belong to it."""

    name: str
    content: bytes
    files: Mapping[str, bytes] = field(default_factory=dict)

    def packed(self) -> "Bundle":
        """The one file that it travels in, the same for the same files."""
        if not self.files:
            return self
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in ((self.name, self.content), *sorted(self.files.items())):
                archive.writestr(zipfile.ZipInfo(name, _MADE_AT), content, zipfile.ZIP_DEFLATED)
        return Bundle(f"{Path(self.name).stem}{SUFFIX}", held.getvalue())


def is_packed(name: str) -> bool:
    """Whether a file of this name holds several."""
    return name.lower().endswith(SUFFIX)


def unpack(name: str, content: bytes) -> Bundle:
    """What travelled in one file. Folders within a zip file do not count.

    Raises KnownError FORM_UNREADABLE (`reason`: "type" for a zip file without a form, "workbook" for none) and
    FORM_TOO_LARGE {bytes, most} or {files, most}.
    """
    if not is_packed(name):
        return Bundle(name, content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = [one for one in archive.infolist() if not one.is_dir()]
            if len(entries) > MOST_FILES:
                raise KnownError(ErrorKind.FORM_TOO_LARGE, files=len(entries), most=MOST_FILES)
            files: dict[str, bytes] = {}
            for entry in entries:
                files[PurePosixPath(entry.filename).name] = _read(archive, entry)
                check_size(files)
    # NotImplementedError and RuntimeError are how zipfile speaks of methods it does not know and of passwords.
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError, ValueError) as broken:
        raise unreadable("workbook", detail=str(broken)[:200]) from broken
    return bundle_of(files)


def bundle_of(files: Mapping[str, bytes]) -> Bundle:
    """The form among files, with the others. Raises KnownError FORM_UNREADABLE {reason: "type"} without one."""
    workbook = next((one for one in files if one.lower().endswith(_FORMS)), None)
    form = workbook or next((one for one in files if Path(one).suffix.lower() in SUFFIXES), None)
    if form is None:
        raise unreadable("type", filename=next(iter(files), ""))
    return Bundle(form, files[form], {name: content for name, content in files.items() if name != form})


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """One file, of which no more is unfolded than it may have."""
    with archive.open(entry) as reading:
        found = reading.read(MAX_FILE + 1)
    if len(found) > MAX_FILE:
        raise KnownError(ErrorKind.FORM_TOO_LARGE, bytes=max(entry.file_size, len(found)), most=MAX_FILE)
    return found


def check_size(files: Mapping[str, bytes]) -> None:
    """Raises KnownError FORM_TOO_LARGE when the files of a form are too many bytes together."""
    together = sum(map(len, files.values()))
    if together > MAX_BUNDLE:
        raise KnownError(ErrorKind.FORM_TOO_LARGE, bytes=together, most=MAX_BUNDLE)


def media_names(xform: str) -> tuple[str, ...]:
    """The pictures, sounds and films beside the words of a form (ODK XForms, Languages), each once."""
    return tuple(dict.fromkeys(_MEDIA.findall(xform)))


def media_of(xform: str, files: Files) -> dict[str, bytes]:
    """Those of the files that stand beside the words of a form."""
    found = ((name, files(name)) for name in media_names(xform))
    media = {name: content for name, content in found if content is not None}
    check_size(media)
    return media


class Noted:
    """Files of a form, of which it notes what was asked for and there."""

    def __init__(self, files: Files) -> None:
        self._files = files
        self.found: dict[str, bytes] = {}

    def __call__(self, name: str) -> bytes | None:
        content = self._files(name)
        if content is not None:
            self.found[name] = content
            check_size(self.found)
        return content
