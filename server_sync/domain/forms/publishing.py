"""Makes of a file what is stored and sent: the XForm of a form that we can do; all that is wrong tells `checking`."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.bundle import media_names
from server_sync.domain.forms.limits import check_limits
from server_sync.domain.forms.reading import read_form
from server_sync.domain.forms.secondary import Files, files_beside, inline_files
from server_sync.domain.forms.xlsform.conversion import convert_workbook
from server_sync.domain.forms.xlsform.files import kind_of
from server_sync.domain.forms.xlsform.grids import MAX_FILE
from server_sync.domain.forms.xlsform.sheets import Workbook, read_workbook
from server_sync.domain.forms.xml import parse_xml


@dataclass(frozen=True, slots=True)
class PublishedForm:
    """A form that every session can be started from.

    `code` and `version` are the form's own; without a version setting the caller has to number it. `warnings` are
    pyxform's remarks in its own English, for the log and the administrator; `missing` are the names of files that
    are not there: lists are empty, and pictures are not shown, for want of them.
    """

    code: str
    title: str
    version: str
    xform_xml: str
    warnings: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A file as an XForm: what pyxform remarked, and the files beside it that it names and that are not there."""

    xform_xml: str
    remarks: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def publish(source: Path | bytes, filename: str) -> PublishedForm:
    """Read a workbook (.xlsx, .xlsm, .xls, .csv, .md) or an XForm (.xml) and check that we can do all it asks for.

    Raises KnownError with the first thing that is wrong: FORM_UNREADABLE (`reason`: "type", "workbook", "xml", …),
    FORM_TOO_LARGE, FORM_INVALID (see `convert_workbook`), FORM_EXPRESSION, FORM_REFERENCE and FORM_CYCLE (with paths),
    FORM_UNSUPPORTED (`features`). OSError when the file cannot be read.
    """
    made = read_source(source, filename)
    form = read_form(made.xform_xml)
    check_limits(form)
    title = form.title or form.code
    return PublishedForm(form.code, title, form.version, made.xform_xml, made.remarks, made.missing)


def read_source(source: Path | bytes, filename: str) -> Source:
    """The XForm of a file, unread as yet, with the files beside it put in. Raises what `publish` does until then."""
    data = read_bytes(source)
    if kind_of(data, filename) == ".xml":
        return with_files(decode_xform(data), source)
    book = read_workbook(data, filename)
    xform, remarks = convert_workbook(book, Path(filename).stem)
    return with_files(xform, source, book, remarks)


def with_files(
    xform: str,
    source: Path | bytes,
    book: Workbook | None = None,
    remarks: Iterable[str] = (),
    files: Files | None = None,
) -> Source:
    """An XForm with its `files`, else those that stand beside its own file; a file's content has none beside it."""
    if files is None:
        files = files_beside(source) if isinstance(source, Path) else lambda name: None
    inlined = inline_files(xform, files, {} if book is None else book.external_lists())
    absent = tuple(name for name in media_names(inlined.xform) if files(name) is None)
    return Source(inlined.xform, tuple(remarks), (*inlined.missing, *absent))


def decode_xform(data: bytes) -> str:
    """An XForm as text, whatever encoding it declares. Raises KnownError FORM_UNREADABLE and FORM_TOO_LARGE."""
    root = parse_xml(data)
    declared = (root.getroottree().docinfo.encoding or "UTF-8").upper()
    return data.decode("utf-8-sig") if declared == "UTF-8" else etree.tostring(root, encoding="unicode")


def read_bytes(source: Path | bytes) -> bytes:
    """The content of a file that is not too large. Raises KnownError FORM_TOO_LARGE, OSError."""
    if isinstance(source, Path) and not source.is_file():  # a device would never end
        raise FileNotFoundError(source)
    size = source.stat().st_size if isinstance(source, Path) else len(source)
    if size > MAX_FILE:
        raise KnownError(ErrorKind.FORM_TOO_LARGE, bytes=size, most=MAX_FILE)
    return source.read_bytes() if isinstance(source, Path) else source
