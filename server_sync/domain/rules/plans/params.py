"""What the params of each kind of trigger may say, with what was left out filled in; whom a trigger picks is
`automation.triggers`'."""

from collections.abc import Callable, Mapping
from typing import Any

from server_sync.domain.ids import ID_BYTES
from server_sync.domain.model import EventKind, Stage, Tier, Trigger
from server_sync.domain.rules.definition_fields import Fields

BASES = ("ordered_on", "shipped_on", "delivered_on")
DATES = ("contract.expires_on", "contract.signed_on", "customer.birthday_on")
YEARLY = ("contract.signed_on", "customer.birthday_on")
"""Those of which the anniversary counts."""
PERIODS = ("week", "month", "quarter", "half_year", "year")
MEASURES: Mapping[str, tuple[int, int]] = {"nps": (0, 10), "csat": (1, 5)}
SIGNALS = ("activity_drop", "slow_reply", "complaints_rise", "repeat_purchase")

MOST_DAYS = 3_650
CATCH_UP_DAYS = 7
"""How many days later an occasion is still followed up when nobody ran the plan on its day (closed days, a server that
stood still); after that the call makes no sense any more."""
LONGEST_NAME = 100
MOST_RUNGS = 10
MOST_TIMES = 7
MOST_ROWS = 50
MOST_CHOSEN = 10_000

Params = dict[str, Any]


def _after_order(given: Fields) -> Params:
    return {
        "days": given.whole("days", 0, MOST_DAYS),
        "basis": given.choice("basis", BASES, "ordered_on"),
        "first_order": given.flag("first_order"),
        "catch_up_days": _catch_up(given),
    }


def _after_event(given: Fields) -> Params:
    return {"event": given.choice("event", tuple(EventKind)), "catch_up_days": _catch_up(given)}


def _after_score(given: Fields) -> Params:
    """One end at least: {"at_most": 6}, {"at_least": 9} or both; `plans`: codes of those whose answers count, all when
    left out."""
    measure = given.choice("measure", tuple(MEASURES))
    if given.refused("measure"):
        return {}
    least, most = MEASURES[measure]
    if not given.has("at_least"):
        given.needed("at_most")
    low = given.whole("at_least", least, most, least)
    return {
        "measure": measure,
        "at_least": low,
        "at_most": given.whole("at_most", low, most, most),
        "plans": given.texts("plans", MOST_ROWS, LONGEST_NAME),
        "catch_up_days": _catch_up(given),
    }


def _before_date(given: Fields) -> Params:
    """`days`: one number or the rungs of a ladder; `offers`: what each rung has to offer, by its days as text."""
    date = given.choice("date", DATES)
    rungs = given.wholes("days", 0, MOST_DAYS, MOST_RUNGS)
    offers = given.object("offers")
    params = {
        "date": date,
        "days": rungs,
        "offers": {
            str(days): offers.text(str(days), LONGEST_NAME) for days in rungs if offers.has(str(days))
        },
        "catch_up_days": _catch_up(given),
    }
    if not given.refused("days"):
        offers.finish()
    return params


def _festival(given: Fields) -> Params:
    """`dates`: the days themselves; without them those that the company's calendar has under the name."""
    return {
        "name": given.text("name", LONGEST_NAME),
        "dates": given.days("dates", MOST_ROWS),
        "days": given.whole("days", 0, 366, 0),
        "catch_up_days": _catch_up(given),
    }


def _recurring(given: Fields) -> Params:
    """`spread`: each customer has a day of his own within the period instead of all its first."""
    return {
        "every": given.choice("every", PERIODS),
        "times": given.whole("times", 1, MOST_TIMES, 1),
        "spread": given.flag("spread"),
    }


def _cadence(given: Fields) -> Params:
    given.needed("table")
    rows = []
    for row in given.objects("table", MOST_ROWS):
        rows.append(
            {
                "tier": row.choice("tier", tuple(Tier)) if row.has("tier") else None,
                "stage": row.choice("stage", tuple(Stage)) if row.has("stage") else None,
                "days": row.whole("days", 1, MOST_DAYS),
            }
        )
        row.finish()
    if not rows and not given.refused("table"):
        given.refuse("table", value=[])
    return {"table": rows}


def _silence(given: Fields) -> Params:
    return {"days": given.whole("days", 1, MOST_DAYS)}


def _signal(given: Fields) -> Params:
    """`days`: the span that is held against the one before it; `least`: so many must there be to speak of a change."""
    signal = given.choice("signal", SIGNALS)
    if given.refused("signal"):
        return {}
    match signal:
        case "activity_drop":
            return {
                "signal": signal,
                "percent": given.whole("percent", 1, 100, 30),
                "days": given.whole("days", 1, 366, 30),
                "least": given.whole("least", 1, 1_000, 3),
            }
        case "slow_reply":
            return {
                "signal": signal,
                "hours": given.whole("hours", 1, 24 * 31, 48),
                "catch_up_days": _catch_up(given),
            }
        case "complaints_rise":
            return {
                "signal": signal,
                "days": given.whole("days", 1, 366, 30),
                "least": given.whole("least", 1, 1_000, 2),
            }
        case _:
            return {
                "signal": signal,
                "days": given.whole("days", 1, MOST_DAYS, 90),
                "catch_up_days": given.whole("catch_up_days", 0, 31, CATCH_UP_DAYS),
            }


def _batch(given: Fields) -> Params:
    return {"batch": given.text("batch", LONGEST_NAME)}


def _by_hand(given: Fields) -> Params:
    given.needed("customers")
    codes = given.texts("customers", MOST_CHOSEN, LONGEST_NAME)
    if not codes and not given.refused("customers"):
        given.refuse("customers", value=[])
    return {"customers": codes}


def _imported(given: Fields) -> Params:
    name = given.text("import", 2 * ID_BYTES)
    try:
        if len(bytes.fromhex(name)) != ID_BYTES:
            raise ValueError
    except ValueError:
        given.refuse("import", value=name)
    return {"import": name}


def _catch_up(given: Fields) -> int:
    return given.whole("catch_up_days", 0, MOST_DAYS, CATCH_UP_DAYS)


_PARAMS: Mapping[Trigger, tuple[Callable[[Fields], Params], tuple[str, ...]]] = {
    Trigger.AFTER_ORDER: (_after_order, ("days", "basis", "first_order", "catch_up_days")),
    Trigger.AFTER_EVENT: (_after_event, ("event", "catch_up_days")),
    Trigger.AFTER_SCORE: (_after_score, ("measure", "at_most", "at_least", "plans", "catch_up_days")),
    Trigger.BEFORE_DATE: (_before_date, ("date", "days", "offers", "catch_up_days")),
    Trigger.FESTIVAL: (_festival, ("name", "dates", "days", "catch_up_days")),
    Trigger.RECURRING: (_recurring, ("every", "times", "spread")),
    Trigger.CADENCE: (_cadence, ("table",)),
    Trigger.SILENCE: (_silence, ("days",)),
    Trigger.SIGNAL: (_signal, ("signal", "days", "percent", "least", "hours", "catch_up_days")),
    Trigger.BATCH: (_batch, ("batch",)),
    Trigger.BY_HAND: (_by_hand, ("customers",)),
    Trigger.IMPORTED: (_imported, ("import",)),
}
"""Who checks the params of each trigger, and what they may be called."""


def checked_params(trigger: Trigger, given: Any, place: str = "params") -> Params:
    """The params of a trigger with all of their fields. Raises KnownError FIELD_MISSING, FIELD_INVALID with `field`."""
    return params_of(trigger, Fields(given, place))


def params_of(trigger: Trigger, fields: Fields) -> Params:
    """The same of an object that is being read."""
    check, names = _PARAMS[trigger]
    fields.only(*names)
    params = check(fields)
    fields.finish("signal", "measure")
    return params
