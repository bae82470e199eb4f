"""Reads XML that anyone may have written: no entities, no network, bounded size; what it means is the reader's."""

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

from server_sync.domain.errors import ErrorKind, KnownError

MAX_BYTES = 16 * 1024 * 1024
"""Bytes of one XForm."""

XFORMS = "http://www.w3.org/2002/xforms"
XHTML = "http://www.w3.org/1999/xhtml"
JAVAROSA = "http://openrosa.org/javarosa"
OPENROSA = "http://openrosa.org/xforms"
ODK = "http://www.opendatakit.org/xforms"

Element = etree._Element
"""lxml's element; its public name exists only as a factory."""


def parse_xml(source: bytes) -> Element:
    """The root element. Raises KnownError FORM_TOO_LARGE or FORM_UNREADABLE (values `line`, `reason`)."""
    if len(source) > MAX_BYTES:
        raise KnownError(ErrorKind.FORM_TOO_LARGE, bytes=len(source), most=MAX_BYTES)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as broken:
        raise KnownError(ErrorKind.FORM_UNREADABLE, reason="xml", line=broken.lineno or 0) from broken
    if root.getroottree().docinfo.internalDTD is not None:
        raise KnownError(ErrorKind.FORM_UNREADABLE, reason="doctype", line=1)
    return root


def clean_text(text: str) -> str:
    """A text without the characters that XML 1.0 has no place for (control characters, halves of surrogate pairs)."""
    return _UNWRITABLE.sub("", text)


_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def name_of(element: Element) -> str:
    """The name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def line_of(element: Element) -> int:
    """The line of the XML on which an element begins; 0 where nobody knows."""
    line: Any = element.sourceline
    return int(line or 0)


def attribute(element: Element, name: str, namespace: str = "") -> str:
    """An attribute's text without spaces around, empty if it is missing."""
    return element.get(f"{{{namespace}}}{name}" if namespace else name, "").strip()


def attributes(element: Element) -> dict[str, str]:
    """All attributes in Clark notation, without spaces around."""
    given: Any = element.items()
    return {name: value.strip() for name, value in given}


def of_namespace(attributes: Mapping[str, str], namespace: str) -> dict[str, str]:
    """The attributes of one namespace by their local names."""
    prefix = f"{{{namespace}}}"
    return {name.removeprefix(prefix): value for name, value in attributes.items() if name.startswith(prefix)}


def children(element: Element, *names: str) -> list[Element]:
    """The child elements, of these names if any are given."""
    return list(element.iterchildren(*[f"{{*}}{name}" for name in names])) if names else list(element)


def first_children(element: Element) -> dict[str, Element]:
    """The first child element of each name."""
    return {name_of(inner): inner for inner in reversed(element)}


def child(element: Element, name: str) -> Element | None:
    """The first child element of this name."""
    return next(element.iterchildren(f"{{*}}{name}"), None)
