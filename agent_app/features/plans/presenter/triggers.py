"""The fields that each trigger asks for, and a sound value of each; bounds, choices and what is usual are asked of the
domain, and their words are the view's."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from server_sync.domain.errors import KnownError
from server_sync.domain.ids import ID_BYTES
from server_sync.domain.model import Trigger
from server_sync.domain.rules.plans.params import SIGNALS, checked_params


class Shape(StrEnum):
    """How a field is filled in."""

    WHOLE = "whole"
    WHOLES = "wholes"
    CHOICE = "choice"
    FLAG = "flag"
    TEXT = "text"
    TEXTS = "texts"
    DAYS = "days"
    OFFERS = "offers"
    """A text for each of the numbers of the field "days"."""
    TABLE = "table"
    """How often by tier and stage."""


@dataclass(frozen=True)
class Param:
    """One field of a trigger; `sound` is a value that the domain takes."""

    name: str
    shape: Shape
    sound: Any


_CATCH_UP = Param("catch_up_days", Shape.WHOLE, 7)
_DAYS = Param("days", Shape.WHOLE, 30)
_LEAST = Param("least", Shape.WHOLE, 3)
_FIELDS: Mapping[Trigger, tuple[Param, ...]] = {
    Trigger.AFTER_ORDER: (
        Param("days", Shape.WHOLE, 3),
        Param("basis", Shape.CHOICE, "ordered_on"),
        Param("first_order", Shape.FLAG, False),
        _CATCH_UP,
    ),
    Trigger.AFTER_EVENT: (Param("event", Shape.CHOICE, "delivery"), _CATCH_UP),
    Trigger.AFTER_SCORE: (
        Param("measure", Shape.CHOICE, "nps"),
        Param("at_least", Shape.WHOLE, 1),
        Param("at_most", Shape.WHOLE, 5),
        Param("plans", Shape.TEXTS, []),
        _CATCH_UP,
    ),
    Trigger.BEFORE_DATE: (
        Param("date", Shape.CHOICE, "contract.expires_on"),
        Param("days", Shape.WHOLES, [90, 60, 30]),
        Param("offers", Shape.OFFERS, {}),
        _CATCH_UP,
    ),
    Trigger.FESTIVAL: (
        Param("name", Shape.TEXT, "春节"),
        Param("days", Shape.WHOLE, 7),
        Param("dates", Shape.DAYS, []),
        _CATCH_UP,
    ),
    Trigger.RECURRING: (
        Param("every", Shape.CHOICE, "month"),
        Param("times", Shape.WHOLE, 1),
        Param("spread", Shape.FLAG, True),
    ),
    Trigger.CADENCE: (Param("table", Shape.TABLE, [{"tier": None, "stage": None, "days": 30}]),),
    Trigger.SILENCE: (Param("days", Shape.WHOLE, 15),),
    Trigger.BATCH: (Param("batch", Shape.TEXT, "1"),),
    Trigger.BY_HAND: (Param("customers", Shape.TEXTS, ["1"]),),
    Trigger.IMPORTED: (Param("import", Shape.TEXT, "0" * 2 * ID_BYTES),),
}
_SIGNAL = Param("signal", Shape.CHOICE, SIGNALS[0])
_OF_SIGNAL: Mapping[str, tuple[Param, ...]] = {
    "activity_drop": (Param("percent", Shape.WHOLE, 30), _DAYS, _LEAST),
    "slow_reply": (Param("hours", Shape.WHOLE, 48), _CATCH_UP),
    "complaints_rise": (_DAYS, Param("least", Shape.WHOLE, 2)),
    "repeat_purchase": (Param("days", Shape.WHOLE, 90), _CATCH_UP),
}
_LEFT_TO_THE_WRITER = {
    (Trigger.BATCH, "batch"),
    (Trigger.BY_HAND, "customers"),
    (Trigger.IMPORTED, "import"),
    (Trigger.FESTIVAL, "name"),
}
"""No value of these is usual: a new plan leaves them open."""


def fields(trigger: str, params: Mapping[str, Any]) -> tuple[Param, ...]:
    """What a trigger asks for; of a signal that depends on which one it is."""
    if trigger == Trigger.SIGNAL:
        return (_SIGNAL, *_OF_SIGNAL.get(params.get("signal", ""), ()))
    return _FIELDS[Trigger(trigger)]


def usual(trigger: str, signal: str = SIGNALS[0]) -> dict[str, Any]:
    """Params with which a new plan of this trigger begins."""
    found = sound(trigger, {"signal": signal})
    return {name: value for name, value in found.items() if (trigger, name) not in _LEFT_TO_THE_WRITER}


def sound(trigger: str, params: Mapping[str, Any]) -> dict[str, Any]:
    """Params of the same fields that the domain takes."""
    made = {param.name: param.sound for param in fields(trigger, params)}
    if made.get("signal") in SIGNALS and params.get("signal") in SIGNALS:
        made["signal"] = params["signal"]
    return made


def limits(trigger: str, params: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """What the domain takes for a field: {"choices"}, {"least", "most"} or {"longest"}, as it says when it refuses."""
    tried = {**sound(trigger, params), name: [{}] if name == "table" else {}}
    if "measure" in params and name != "measure":
        tried["measure"] = params["measure"]
    try:
        checked_params(Trigger(trigger), tried)
    except KnownError as error:
        return error.values
    return {}
