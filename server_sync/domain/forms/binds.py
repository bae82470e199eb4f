"""Reads the binds and the set-value actions of a model; the skeleton and the body have their own readers."""

import re
from collections.abc import Iterator, Mapping

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.expressions import ExpressionReader
from server_sync.domain.forms.model import Bind, Expression, NodeSpec, SetValue
from server_sync.domain.forms.texts import read_message
from server_sync.domain.forms.xml import (
    JAVAROSA,
    OPENROSA,
    Element,
    attribute,
    attributes,
    children,
    name_of,
    of_namespace,
)
from server_sync.domain.forms.xpath.nearest import nearest

_ACTIONS = ("setvalue", "setgeopoint")
"""`recordaudio` is none of them: nobody records unasked, its node stays empty."""

_REQUIRED_MESSAGE, _CONSTRAINT_MESSAGE, _PRELOAD, _PRELOAD_PARAMS = (
    f"{{{JAVAROSA}}}{name}" for name in ("requiredMsg", "constraintMsg", "preload", "preloadParams")
)
_EXPRESSIONS = ("relevant", "required", "readonly", "constraint", "calculate")
_NEVER = {("required", "false()"), ("readonly", "false()")}
"""A condition that is never true is as good as none."""
_GEOPOINT = Expression("setgeopoint", frozenset(), frozenset(), False, lambda context: context.scope.geopoint)


def read_binds(
    model: Element, nodes: Mapping[str, NodeSpec], expressions: ExpressionReader
) -> Mapping[str, Bind]:
    """All binds by path. Raises KnownError FORM_REFERENCE for a bind without a node, FORM_EXPRESSION."""
    binds: dict[str, Bind] = {}
    for element in children(model, "bind"):
        path = node_path(attribute(element, "nodeset"), nodes)
        binds[path] = _bind(element, path, expressions)
    return binds


def node_path(reference: str, nodes: Mapping[str, NodeSpec]) -> str:
    """A nodeset of the form as the path of a node. Raises KnownError FORM_REFERENCE."""
    path = reference if reference in nodes else plain_path(reference)
    if path not in nodes:
        values = {"path": reference, "attribute": "nodeset", "expression": reference, "value": path}
        place = {"at": 0, "name": path.rpartition("/")[2], "suggestion": nearest(path, nodes)}
        raise KnownError(ErrorKind.FORM_REFERENCE, **values, **place)
    return path


def plain_path(reference: str) -> str:
    """A path without the prefixes of namespaces, such as "/data/meta/entity/@id"."""
    return re.sub(r"(?<=[/@])[^/@:]+:", "", reference)


def _bind(element: Element, path: str, expressions: ExpressionReader) -> Bind:
    given = attributes(element)
    made = {
        name: expressions.make(given[name], path, name)
        for name in _EXPRESSIONS
        if given.get(name) and (name, given[name]) not in _NEVER
    }
    return Bind(
        path,
        given.get("type", "").rpartition(":")[2] or "string",
        **made,
        required_message=read_message(given.get(_REQUIRED_MESSAGE, "")),
        constraint_message=read_message(given.get(_CONSTRAINT_MESSAGE, "")),
        preload=given.get(_PRELOAD, ""),
        preload_params=given.get(_PRELOAD_PARAMS, ""),
        limits=of_namespace(given, OPENROSA),
    )


def read_actions(
    model: Element, body: Element, nodes: Mapping[str, NodeSpec], expressions: ExpressionReader
) -> tuple[SetValue, ...]:
    """The actions of the model, then those inside controls, in document order; `setgeopoint` sets a value as well."""
    of_model = [_action(element, None, nodes, expressions) for element in children(model, *_ACTIONS)]
    of_body = [
        _action(element, trigger, nodes, expressions) for element, trigger in _inside_controls(body, nodes)
    ]
    return (*of_model, *of_body)


def _inside_controls(element: Element, nodes: Mapping[str, NodeSpec]) -> Iterator[tuple[Element, str | None]]:
    for inner in element.iter(*(f"{{*}}{name}" for name in _ACTIONS)):
        control = inner.getparent()
        reference = "" if control is None else attribute(control, "ref") or attribute(control, "nodeset")
        yield inner, node_path(reference, nodes) if reference else None


def _action(
    element: Element, trigger: str | None, nodes: Mapping[str, NodeSpec], expressions: ExpressionReader
) -> SetValue:
    path = node_path(attribute(element, "ref") or attribute(element, "bind"), nodes)
    source = attribute(element, "value")
    value: Expression | str = (element.text or "").strip()
    if name_of(element) == "setgeopoint":
        value = _GEOPOINT
    elif source:
        value = expressions.make(source, path, "setvalue")
    return SetValue(path, frozenset(attribute(element, "event").split()), value, trigger)
