"""All that is wrong with an XForm: each fault is left out once it is found, so that the next one shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.binds import plain_path
from server_sync.domain.forms.definition import FormDefinition
from server_sync.domain.forms.reading import read_form
from server_sync.domain.forms.xml import JAVAROSA, Element, attribute, name_of, parse_xml

MOST = 20
"""Faults told of one form."""

_IN_BINDS = frozenset({"relevant", "required", "readonly", "constraint", "calculate"})


@dataclass(frozen=True, slots=True)
class Fault:
    """What reading the form raised, and the line of the XML where it stands (0 where that is not known)."""

    error: KnownError
    line: int


def find_faults(source: bytes) -> tuple[list[Fault], FormDefinition | None]:
    """All that `read_form` objects to, in the order in which it does; and the form when there is nothing.

    Raises KnownError FORM_UNREADABLE and FORM_TOO_LARGE for what is no XForm at all.
    """
    html = parse_xml(source)
    faults: list[Fault] = []
    while len(faults) < MOST:
        try:
            form = read_form(source if not faults else etree.tostring(html))
        except KnownError as error:
            if error.kind in (ErrorKind.FORM_UNREADABLE, ErrorKind.FORM_TOO_LARGE):
                raise
            line = _leave_out(html, error)
            faults.append(
                Fault(KnownError(error.kind, **error.values), line)
            )  # without all that its frames hold
            if not line:
                break
        else:
            return faults, None if faults else form
    return faults, None


def _leave_out(html: Element, error: KnownError) -> int:
    """Take what is wrong out of the form; the line where it stood, 0 if it was not found."""
    if error.kind is ErrorKind.FORM_CYCLE:
        path = error.values["paths"][0]
        for bind in _standing_at(html, path, "bind"):
            for name in ("relevant", "calculate"):
                if name in bind.attrib:
                    del bind.attrib[name]
            return _line(bind)
        return 0
    path, name = str(error.values.get("path", "")), str(error.values.get("attribute", ""))
    if name in _IN_BINDS:
        for bind in _standing_at(html, path, "bind"):
            if name in bind.attrib:
                del bind.attrib[name]
                return _line(bind)
    elif name == "jr:count":
        for repeat in _standing_at(html, path, "repeat"):
            if (count := f"{{{JAVAROSA}}}count") in repeat.attrib:
                del repeat.attrib[count]
                return _line(repeat)
    elif name == "setvalue":
        for action in _standing_at(html, path, "setvalue"):
            if attribute(action, "value") == error.values["expression"]:
                del action.attrib["value"]
                return _line(action)
    elif name == "choice_filter":
        for itemset in html.iter("{*}itemset"):
            above = itemset.getparent()
            if attribute(itemset, "nodeset") == error.values["expression"] and above is not None:
                above.remove(itemset)
                return _line(itemset)
    elif name in ("label", "hint"):
        for output in html.iter("{*}output"):
            if attribute(output, "value") == error.values["expression"]:
                output.attrib["value"] = "''"
                return _line(output)
    elif name == "nodeset":
        for element in html.iter("{*}bind"):
            above = element.getparent()
            if attribute(element, "nodeset") == path and above is not None:
                above.remove(element)
                return _line(element)
    return 0


def _standing_at(html: Element, path: str, name: str) -> Iterator[Element]:
    """The elements of this name for the node at a path."""
    for element in html.iter("{*}" + name):
        reference = attribute(element, "nodeset") or attribute(element, "ref") or attribute(element, "bind")
        if name_of(element) == name and plain_path(reference) == path:
            yield element


def _line(element: Element) -> int:
    line: Any = element.sourceline
    return int(line or 1)
