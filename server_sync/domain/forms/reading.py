"""Reads an XForm into a definition: the door to the readers of skeleton, binds, body and texts; no XLSForm here."""

from lxml import etree

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.binds import plain_path, read_actions, read_binds
from server_sync.domain.forms.body import BodyReader
from server_sync.domain.forms.definition import FormDefinition
from server_sync.domain.forms.expressions import ExpressionReader
from server_sync.domain.forms.graph import build_graph
from server_sync.domain.forms.model import Expression
from server_sync.domain.forms.skeleton import read_instances, read_skeleton
from server_sync.domain.forms.texts import read_translations
from server_sync.domain.forms.xml import (
    OPENROSA,
    XFORMS,
    XHTML,
    Element,
    attribute,
    child,
    children,
    name_of,
    parse_xml,
)


def read_form(source: bytes | str) -> FormDefinition:
    """The definition that an XForm describes.

    Raises KnownError: FORM_UNREADABLE and FORM_TOO_LARGE for what is no XForm, FORM_EXPRESSION and FORM_REFERENCE for a
    wrong expression (values: see `ExpressionReader.make`), FORM_CYCLE for calculations or conditions in a circle.
    """
    html = parse_xml(source.encode() if isinstance(source, str) else source)
    model, body = _model_and_body(html)
    instances = children(model, "instance")
    primary = children(instances[0])[0] if instances and len(children(instances[0])) == 1 else None
    if primary is None:
        raise _unreadable("instance")
    repeats = frozenset(
        plain_path(attribute(element, "nodeset")) for element in body.iter(f"{{{XFORMS}}}repeat")
    )
    skeleton = read_skeleton(primary, repeats)
    nodes = skeleton.nodes
    expressions = ExpressionReader(skeleton.shape)
    binds = read_binds(model, nodes, expressions)
    reader = BodyReader(nodes, binds, expressions)
    elements = reader.elements(body)
    root = next(iter(nodes))

    def output(text_id: str, source: str) -> Expression:
        owner = text_id.partition(":")[0]
        return expressions.make(source, owner if owner in nodes else root, "label")

    translations, default_language = read_translations(child(model, "itext"), output)
    return FormDefinition(
        code=attribute(primary, "id") or name_of(primary),
        title=_title(html),
        version=attribute(primary, "version") or attribute(primary, "version", OPENROSA),
        root=root,
        namespaces={prefix or "": uri for prefix, uri in primary.nsmap.items() if uri != XFORMS},
        nodes=nodes,
        shape=skeleton.shape,
        initial=skeleton.initial,
        templates=skeleton.templates,
        binds=binds,
        graph=build_graph(binds.values(), skeleton.shape),
        body=elements,
        questions=reader.questions,
        actions=read_actions(model, body, nodes, expressions),
        translations=translations,
        default_language=default_language,
        instances=read_instances(instances[1:]),
        sealed=any(attribute(one, "base64RsaPublicKey") for one in children(model, "submission")),
    )


def _model_and_body(html: Element) -> tuple[Element, Element]:
    head, body = child(html, "head"), child(html, "body")
    model = None if head is None else child(head, "model")
    if etree.QName(html).namespace != XHTML or model is None or body is None:
        raise _unreadable("not_xform")
    return model, body


def _unreadable(reason: str) -> KnownError:
    return KnownError(ErrorKind.FORM_UNREADABLE, reason=reason, line=0)


def _title(html: Element) -> str:
    head = child(html, "head")
    title = None if head is None else child(head, "title")
    return "" if title is None else " ".join((title.text or "").split())
