"""Functions of choices and translations (ODK XForms, "Select Functions", "Translation Functions")."""

import math

from server_sync.domain.forms.functions.adapters import on_texts, on_values
from server_sync.domain.forms.xpath.context import Context
from server_sync.domain.forms.xpath.values import Value, items, joined, to_number, to_text

_TEXT = 50
"""Steps that a label or translation costs, with what it is filled in with."""


def _selected_at(context: Context, choices: Value, index: Value) -> Value:
    chosen, number = items(to_text(choices)), to_number(index, context.scope.zone)
    return chosen[int(number)] if not math.isnan(number) and 0 <= number < len(chosen) else ""


def _choice_name(context: Context, value: Value, question: Value) -> Value:
    """The label of `value` among the choices of the question whose path is given as a text."""
    path = to_text(question).strip()
    context.scope.budget.spend(_TEXT)
    return joined([context.scope.choice_label(path, context.current, to_text(value))])


def _itext(context: Context, text_id: Value) -> Value:
    context.scope.budget.spend(_TEXT)
    return joined([context.scope.translation(to_text(text_id))])


FUNCTIONS = (
    on_texts("selected", 2, 2, lambda choices, value: value.strip() in items(choices)),
    on_values("selected-at", 2, 2, _selected_at),
    on_texts("count-selected", 1, 1, lambda choices: float(len(items(choices)))),
    on_values("jr:choice-name", 2, 2, _choice_name, spends=True),
    on_values("jr:itext", 1, 1, _itext, spends=True),
)
