"""The model of an XForm as values: expressions, texts, nodes, binds and actions; body and whole form are elsewhere.

What there are thousands of in a form are named tuples, which are made in a fraction of the time of a dataclass.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from server_sync.domain.forms.xpath.context import Compiled, Context
from server_sync.domain.forms.xpath.values import Value

NOTHING_GIVEN: Mapping[str, str] = MappingProxyType({})


class Expression(NamedTuple):
    """A compiled XPath expression: its source, the definition paths it reads, and the closure with its operands.

    `wide` are those of the references that it may read in any instance of a repeat, not in its own alone;
    `reads_itself` tells that it looks at the value of its own node by `.`, which is not among the references.
    """

    source: str
    references: frozenset[str]
    wide: frozenset[str]
    reads_itself: bool
    compiled: Compiled
    operands: tuple[str, ...] = ()

    def evaluate(self, context: Context) -> Value:
        """Its value in a context of its own."""
        context.operands = self.operands
        return self.compiled(context)


class Text(NamedTuple):
    """A text of the form with `${…}` outputs: literal pieces and expressions in turn."""

    pieces: tuple[str | Expression, ...]


class Words(NamedTuple):
    """A text that is either the same in all languages or found by its itext id in each."""

    literal: Text | None = None
    text_id: str | None = None


class NodeSpec(NamedTuple):
    """One element of the primary instance, or an attribute of an entity (named "@id").

    `default` is its text in the form, `namespace` empty for XForms' own; `attributes`, in Clark notation, never change.
    """

    path: str
    name: str
    default: str = ""
    children: tuple[str, ...] = ()
    repeats: bool = False
    namespace: str = ""
    attributes: Mapping[str, str] = NOTHING_GIVEN


class Bind(NamedTuple):
    """The logic of one node (ODK XForms, bind attributes); `data_type` as the form writes it, else "string"; `limits`
    are what OpenRosa says of its files (`max-pixels`)."""

    path: str
    data_type: str = "string"
    relevant: Expression | None = None
    required: Expression | None = None
    readonly: Expression | None = None
    constraint: Expression | None = None
    calculate: Expression | None = None
    required_message: Words | None = None
    constraint_message: Words | None = None
    preload: str = ""
    preload_params: str = ""
    limits: Mapping[str, str] = NOTHING_GIVEN


@dataclass(frozen=True, slots=True)
class SetValue:
    """An action: `path` takes `value` when one of `events` happens, with `trigger` the question whose change counts."""

    path: str
    events: frozenset[str]
    value: Expression | str
    trigger: str | None
