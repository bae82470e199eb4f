"""The fields of one trigger, each fitting its value, with its bounds beneath it."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_app.actions.plans import Written
from agent_app.features.plans.presenter import triggers
from agent_app.features.plans.presenter.triggers import Param, Shape
from agent_app.features.plans.view.editors import Offers
from agent_app.features.plans.view.words import choice_words, field_words, limit_words
from agent_app.ui.cards import clear
from agent_app.ui.definitions.state import Fault
from agent_app.ui.definitions.words import fault_words
from agent_app.ui.fields import Field
from agent_app.ui.i18n import translate
from agent_app.ui.value_editors import (
    Rows,
    Single,
    ValuePicker,
    text_line,
    texts_line,
    whole_line,
    wholes_line,
)
from agent_app.ui.words import tier_label
from server_sync.domain.model import Stage, Tier


class TriggerFields(QWidget):
    """Signal: ``param_given(name, value)``, None where it was left out."""

    param_given = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[str, tuple[str, ...], Any] | None = None
        self._fields: dict[str, Field] = {}
        self._editors: dict[str, Single | Rows | Offers] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(12)

    def draw(self, written: Written, faults: Mapping[str, Fault], hints: Mapping[str, str]) -> None:
        """Show the params of a plan; `hints` are of sound ones, by name."""
        trigger, params = str(written["trigger"]), written["params"]
        asked = triggers.fields(trigger, params)
        shown = (trigger, tuple(param.name for param in asked), params.get("measure"))
        if shown != self._shown:
            self._shown = shown
            self._lay_out(trigger, params, asked)
        for name, editor in self._editors.items():
            if isinstance(editor, Offers):
                days = params.get("days")
                editor.set_rungs(days if isinstance(days, list) else [days])
            editor.show_value(params.get(name))
        for name, field in self._fields.items():
            path = f"params.{name}"
            fault = next(
                (one for key, one in faults.items() if key == path or key.startswith(f"{path}.")), None
            )
            if name in hints:
                field.set_hint(hints[name])
            field.set_error(fault_words(fault) if fault is not None else "")

    def _lay_out(self, trigger: str, params: Mapping[str, Any], asked: tuple[Param, ...]) -> None:
        clear(self._layout)
        self._fields, self._editors = {}, {}
        for param in asked:
            name = field_words(trigger, param.name)
            limits = triggers.limits(trigger, params, param.name)
            editor = _editor(param, name, limits)
            hint = limit_words(limits) if param.shape in (Shape.WHOLE, Shape.WHOLES) else ""
            field = Field(name, editor, hint=hint)
            editor.given.connect(partial(self.param_given.emit, param.name))
            self._editors[param.name], self._fields[param.name] = editor, field
            self._layout.addWidget(field)


def _editor(param: Param, name: str, limits: Mapping[str, Any]) -> Single | Rows | Offers:
    match param.shape:
        case Shape.WHOLE:
            return whole_line(name)
        case Shape.WHOLES:
            return wholes_line(name)
        case Shape.CHOICE:
            return ValuePicker(name, [(code, choice_words(code)) for code in limits["choices"]])
        case Shape.FLAG:
            return ValuePicker(name, _flags(param.name))
        case Shape.TEXT:
            return text_line(name)
        case Shape.TEXTS | Shape.DAYS:
            return texts_line(name, translate("Plans", "One after the other, commas between them"))
        case Shape.OFFERS:
            return Offers(name)
        case Shape.TABLE:
            return _table(name)


def _flags(name: str) -> list[tuple[bool, str]]:
    if name == "first_order":
        return [
            (False, translate("Plans", "every order")),
            (True, translate("Plans", "the first order only")),
        ]
    return [
        (True, translate("Plans", "each customer on a day of his own")),
        (False, translate("Plans", "all at the beginning")),
    ]


def _table(name: str) -> Rows:
    tiers: list[tuple[Any, str]] = [(None, translate("Plans", "every tier"))]
    tiers += [(tier.value, tier_label(tier)[0]) for tier in Tier]
    stages: list[tuple[Any, str]] = [(None, translate("Plans", "every stage"))]
    stages += [(stage.value, choice_words(stage)) for stage in Stage]
    columns: Mapping[str, Callable[[], Single]] = {
        "tier": lambda: ValuePicker(translate("Plans", "Tier"), tiers),
        "stage": lambda: ValuePicker(translate("Plans", "Stage"), stages),
        "days": lambda: whole_line(translate("Plans", "Every so many days")),
    }
    return Rows(name, columns, {"tier": None, "stage": None, "days": 30}, translate("Plans", "One more line"))
