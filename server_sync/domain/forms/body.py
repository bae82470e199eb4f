"""Reads the body of a form into questions, groups and repeats; what they ask of an answer lives in `questions`."""

from collections.abc import Mapping

from server_sync.domain.forms.binds import node_path
from server_sync.domain.forms.definition import ChoiceSpec, Group, Itemset, Question, QuestionKind, Repeat
from server_sync.domain.forms.definition import Element as BodyElement
from server_sync.domain.forms.expressions import ExpressionReader
from server_sync.domain.forms.model import Bind, NodeSpec, Text, Words
from server_sync.domain.forms.texts import read_words, text_id_of
from server_sync.domain.forms.xml import (
    JAVAROSA,
    ODK,
    Element,
    attribute,
    attributes,
    child,
    children,
    first_children,
    name_of,
)
from server_sync.domain.forms.xpath.references import NOTHING

_BY_CONTROL: Mapping[str, QuestionKind] = {
    "select1": QuestionKind.SELECT_ONE,
    "select": QuestionKind.SELECT_MULTIPLE,
    "trigger": QuestionKind.ACKNOWLEDGE,
    "range": QuestionKind.RANGE,
    "rank": QuestionKind.RANK,
    "upload": QuestionKind.FILE,
}
_BY_TYPE: Mapping[str, QuestionKind] = {
    "int": QuestionKind.INTEGER,
    "integer": QuestionKind.INTEGER,
    "decimal": QuestionKind.DECIMAL,
    "date": QuestionKind.DATE,
    "time": QuestionKind.TIME,
    "dateTime": QuestionKind.DATE_TIME,
    "geopoint": QuestionKind.PLACE,
    "geotrace": QuestionKind.PLACE,
    "geoshape": QuestionKind.PLACE,
    "barcode": QuestionKind.BARCODE,
}
_PARAMETERS = frozenset(
    {
        "start",
        "end",
        "step",
        "mediatype",
        "accept",
        "rows",
        "incremental",
        "accuracyThreshold",
        "unacceptableAccuracyThreshold",
    }
)
"""Attributes of controls that a face may want (ODK XForms, Body Attributes)."""

_OF_ODK = f"{{{ODK}}}"

_EXTERNAL_VALUE, _EXTERNAL_LABEL = "name", "label"
"""The columns of `external_choices`, which `select_one_external` has no words for."""


def _step(reference: str) -> str:
    """The name of a child of an item, written with or without "./" before it."""
    return reference.strip().removeprefix("./").rpartition(":")[2]


class BodyReader:
    """Reads the elements of one form's body, and keeps its questions by path."""

    def __init__(
        self, nodes: Mapping[str, NodeSpec], binds: Mapping[str, Bind], expressions: ExpressionReader
    ) -> None:
        self._nodes = nodes
        self._binds = binds
        self._expressions = expressions
        self.questions: dict[str, Question] = {}

    def elements(self, parent: Element) -> tuple[BodyElement, ...]:
        """The questions, groups and repeats right below an element."""
        found = (self._element(element) for element in children(parent))
        return tuple(element for element in found if element is not None)

    def _element(self, element: Element) -> BodyElement | None:
        name = name_of(element)
        if name == "group":
            return self._group(element)
        if name == "repeat":
            return self._repeat(element)
        if name in _BY_CONTROL or name in ("input", "secret"):
            return self._question(element, name)
        return None

    def _group(self, element: Element) -> Group:
        reference = attribute(element, "ref") or attribute(element, "nodeset")
        path = node_path(reference, self._nodes) if reference else ""
        return Group(
            path,
            read_words(child(element, "label"), self._expressions.at(path, "label")),
            frozenset(attribute(element, "appearance").split()),
            self.elements(element),
        )

    def _repeat(self, element: Element) -> Repeat:
        path = node_path(attribute(element, "nodeset"), self._nodes)
        source = attribute(element, "count", JAVAROSA)
        return Repeat(
            path,
            self.elements(element),
            self._expressions.make(source, path, "jr:count") if source else None,
            bool(source) or attribute(element, "noAddRemove", JAVAROSA) == "true()",
        )

    def _question(self, element: Element, control: str) -> Question:
        given, inner = attributes(element), first_children(element)
        path = node_path(given.get("ref", ""), self._nodes)
        bind = self._binds.get(path) or Bind(path)
        query = given.get("query", "")
        itemset = self._itemset(inner.get("itemset"), query, path)
        parameters = {
            name.removeprefix(_OF_ODK): value
            for name, value in given.items()
            if (value and name in _PARAMETERS) or name.startswith(_OF_ODK)
        }
        question = Question(
            path=path,
            kind=QuestionKind.SELECT_ONE if query else _BY_CONTROL.get(control) or self._kind(bind),
            data_type=bind.data_type,
            label=read_words(inner.get("label"), self._expressions.at(path, "label")),
            hint=read_words(inner.get("hint"), self._expressions.at(path, "hint")),
            appearance=frozenset(given["appearance"].split()) if given.get("appearance") else NOTHING,
            choices=self._choices(element, path) if "item" in inner else (),
            itemset=itemset,
            parameters={**parameters, **bind.limits} if bind.limits else parameters,
        )
        self.questions[path] = question
        return question

    def _kind(self, bind: Bind) -> QuestionKind:
        kind = _BY_TYPE.get(bind.data_type, QuestionKind.TEXT)
        shown = bind.readonly is not None and bind.readonly.source == "true()"
        empty = bind.calculate is None and not self._nodes[bind.path].default
        return QuestionKind.NOTE if kind is QuestionKind.TEXT and shown and empty else kind

    def _choices(self, control: Element, path: str) -> tuple[ChoiceSpec, ...]:
        return tuple(self._choice(item, path) for item in children(control, "item"))

    def _choice(self, item: Element, path: str) -> ChoiceSpec:
        value = child(item, "value")
        text = "" if value is None else (value.text or "").strip()
        label = read_words(child(item, "label"), self._expressions.at(path, "label"))
        return ChoiceSpec(text, label or Words(literal=Text((text,))))

    def _itemset(self, itemset: Element | None, query: str, path: str) -> Itemset | None:
        if query:
            items = self._expressions.make(query, path, "choice_filter")
            return Itemset(items, _EXTERNAL_VALUE, _EXTERNAL_LABEL, label_is_text_id=False)
        if itemset is None:
            return None
        value, label = child(itemset, "value"), child(itemset, "label")
        reference = "" if label is None else attribute(label, "ref")
        text_id = reference.startswith("jr:itext(") and text_id_of(reference) is None
        return Itemset(
            self._expressions.make(attribute(itemset, "nodeset"), path, "choice_filter"),
            "" if value is None else _step(attribute(value, "ref")),
            _step(reference[len("jr:itext(") : -1]) if text_id else _step(reference),
            text_id,
        )
