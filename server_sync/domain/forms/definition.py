"""What a form is, once read: frozen values that every session of it shares; reading and filling in live elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from server_sync.domain.forms.graph import Graph
from server_sync.domain.forms.model import (
    NOTHING_GIVEN,
    Bind,
    Expression,
    NodeSpec,
    SetValue,
    Text,
    Words,
)
from server_sync.domain.forms.tree import Node
from server_sync.domain.forms.xpath.references import Shape


@dataclass(frozen=True, slots=True)
class Translation:
    """The texts of one language by itext id, each by its form: "" is the text itself, else "guidance", "image" …"""

    language: str
    texts: Mapping[str, Mapping[str, Text]]


class QuestionKind(StrEnum):
    """The faces a question can have; what is asked for nothing (hidden, calculate) is no question."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    RANGE = "range"
    DATE = "date"
    TIME = "time"
    DATE_TIME = "date_time"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    ACKNOWLEDGE = "acknowledge"
    NOTE = "note"
    RANK = "rank"
    FILE = "file"
    PLACE = "place"
    BARCODE = "barcode"


@dataclass(frozen=True, slots=True)
class ChoiceSpec:
    """A choice written into the question itself."""

    value: str
    label: Words


@dataclass(frozen=True, slots=True)
class Itemset:
    """Choices taken from a secondary instance: the items, and the names of their value and label children.

    `label_is_text_id` tells that the label child holds an itext id.
    """

    items: Expression
    value: str
    label: str
    label_is_text_id: bool


class Question(NamedTuple):
    """A control of the body; `data_type` is that of its bind, `parameters` are its attributes, see `body`."""

    path: str
    kind: QuestionKind
    data_type: str
    label: Words | None
    hint: Words | None
    appearance: frozenset[str] = frozenset()
    choices: tuple[ChoiceSpec, ...] = ()
    itemset: Itemset | None = None
    parameters: Mapping[str, str] = NOTHING_GIVEN


@dataclass(frozen=True, slots=True)
class Group:
    """Questions under one heading; `field-list` among the appearances puts them on one page. The path may be empty."""

    path: str
    label: Words | None
    appearance: frozenset[str]
    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """What is asked once per instance; `count` rules the number of instances, `fixed` forbids to add or remove."""

    path: str
    elements: tuple[Element, ...]
    count: Expression | None
    fixed: bool


Element = Question | Group | Repeat


def repeats_in(elements: Iterable[Element]) -> Iterator[Repeat]:
    """Every repeat among these elements and below them."""
    for element in elements:
        if isinstance(element, Repeat):
            yield element
        if not isinstance(element, Question):
            yield from repeats_in(element.elements)


@dataclass(frozen=True, slots=True)
class FormDefinition:
    """A form.

    `code` and `version` are the form's own; `namespaces` those of its answers by prefix ("" is what has none); `shape`
    and `nodes` the skeleton of the answers with the paths in document order; `initial` and `templates` what answers
    begin with, see `skeleton`; `instances` the secondary instances by id, each as the document above its root element;
    `languages` in the order of the form (empty when it has no translations); `sealed` tells that answers are to be
    encrypted with a key of the form.
    """

    code: str
    title: str
    version: str
    root: str
    namespaces: Mapping[str, str]
    nodes: Mapping[str, NodeSpec]
    shape: Shape
    initial: Node
    templates: Mapping[str, Node]
    binds: Mapping[str, Bind]
    graph: Graph
    body: tuple[Element, ...]
    questions: Mapping[str, Question]
    actions: tuple[SetValue, ...]
    translations: Mapping[str, Translation]
    default_language: str
    instances: Mapping[str, Node]
    sealed: bool

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages as the form names them, such as "中文 (zh)"."""
        return tuple(self.translations)

    def language_for(self, tag: str) -> str:
        """The form's language for a tag such as "zh-CN": by the code in brackets, else the form's default."""
        wanted = tag.partition("-")[0].lower()
        for language in self.translations:
            if language.lower() == tag.lower() or f"({wanted}" in language.lower():
                return language
        return self.default_language
