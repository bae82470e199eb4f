"""Answers as the XML of an XForms instance, as ODK Collect submits it, and back; computes nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.definition import FormDefinition
from server_sync.domain.forms.tree import Node
from server_sync.domain.forms.xml import (
    OPENROSA,
    Element,
    attribute,
    children,
    clean_text,
    name_of,
    parse_xml,
)

INSTANCE_ID, DEPRECATED_ID = "meta/instanceID", "meta/deprecatedID"
"""Below the root: the id of these answers, and of those that they correct (ODK XForms, Metadata)."""


@dataclass(frozen=True, slots=True)
class FilledForm:
    """What an instance holds: the form's id and version at the time of filling in, and the answers by indexed path."""

    code: str
    version: str
    answers: Mapping[str, str]


def write_instance(form: FormDefinition, document: Node, deprecated_id: str = "") -> str:
    """The relevant answers below the document; `deprecated_id` is entered where the form has no place for it.

    The root carries the attributes that the form gave it (id, version), elements the namespaces they have in the form.
    """
    node = document.children[form.nodes[form.root].name][0]
    namespaces: Any = {prefix or None: uri for prefix, uri in form.namespaces.items()}
    root = etree.Element(_tag(form, node), nsmap=namespaces)
    _fill(form, node, root)
    meta = next((inner for inner in root if name_of(inner) == "meta"), None)
    if deprecated_id and meta is not None and f"{form.root}/{DEPRECATED_ID}" not in form.nodes:
        etree.SubElement(meta, meta.tag.replace("meta", "deprecatedID")).text = deprecated_id
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _fill(form: FormDefinition, node: Node, element: Element) -> None:
    for name, value in form.nodes[node.path].attributes.items():
        element.set(name, value)
    if node.value and not node.children:
        element.text = clean_text(node.value)
    for siblings in node.children.values():
        for child in siblings:
            if child.name.startswith("@"):
                element.set(_tag(form, child), clean_text(child.value))
            elif child.relevant:
                _fill(form, child, etree.SubElement(element, _tag(form, child)))


def _tag(form: FormDefinition, node: Node) -> str:
    """The qualified name in Clark notation."""
    name, namespace = node.name.removeprefix("@"), form.nodes[node.path].namespace
    return f"{{{namespace}}}{name}" if namespace else name


def read_filled_form(form: FormDefinition, source: bytes | str) -> FilledForm:
    """The answers in an instance of this form, to begin a session with. Names of other namespaces count as the form's.

    Raises KnownError FORM_UNREADABLE (`reason`: "xml", "doctype", or "other_form" with `code` for an instance of
    another form) and FORM_TOO_LARGE.
    """
    root = parse_xml(source.encode() if isinstance(source, str) else source)
    code = attribute(root, "id") or etree.QName(root).namespace or ""
    if f"/{name_of(root)}" != form.root or code not in ("", form.code):
        raise KnownError(ErrorKind.FORM_UNREADABLE, reason="other_form", code=code, line=0)
    version = attribute(root, "version") or attribute(root, "version", OPENROSA)
    return FilledForm(form.code, version, dict(_read(form, root, form.root, form.root)))


def _read(form: FormDefinition, element: Element, path: str, indexed: str) -> Iterator[tuple[str, str]]:
    """The answers at and below an element; what the form does not know is read as well, so that it is not lost."""
    for name, value in element.attrib.items():
        own = f"@{etree.QName(name).localname}"
        if f"{path}/{own}" in form.nodes:
            yield f"{indexed}/{own}", str(value)
    if element.text and element.text.strip() and not children(element):
        yield indexed, element.text.strip()
    counts: dict[str, int] = {}
    for inner in children(element):
        name = name_of(inner)
        counts[name] = counts.get(name, 0) + 1
        inner_spec = form.nodes.get(f"{path}/{name}")
        repeats = inner_spec.repeats if inner_spec is not None else counts[name] > 1
        at = f"{indexed}/{name}[{counts[name]}]" if repeats else f"{indexed}/{name}"
        answers = list(_read(form, inner, f"{path}/{name}", at))
        yield from answers or ([(at, "")] if repeats else [])


def as_correction(form: FormDefinition, answers: Mapping[str, str], instance_id: str) -> dict[str, str]:
    """Finalised answers as those of a correction begin: a new instanceID, and the old one as deprecatedID."""
    own, former = f"{form.root}/{INSTANCE_ID}", f"{form.root}/{DEPRECATED_ID}"
    return {**answers, own: instance_id, former: answers.get(own, "")}
