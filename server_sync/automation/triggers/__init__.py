"""Which customers a plan's trigger picks, each with a key that makes his task the only one, and its reason's values: a
file for each family of triggers; what becomes of those picked is `plans`'."""

from collections.abc import Mapping

from server_sync.automation.triggers import (
    cadence,
    dates,
    events,
    lists,
    orders,
    recurring,
    scores,
    signals,
)
from server_sync.automation.triggers.picking import Picking, Reach
from server_sync.domain.model import Trigger

__all__ = ["PICKINGS", "Picking", "Reach"]

PICKINGS: Mapping[Trigger, Picking] = {
    Trigger.AFTER_ORDER: orders.AFTER_ORDER,
    Trigger.AFTER_EVENT: events.AFTER_EVENT,
    Trigger.AFTER_SCORE: scores.AFTER_SCORE,
    Trigger.BEFORE_DATE: dates.BEFORE_DATE,
    Trigger.FESTIVAL: dates.FESTIVAL,
    Trigger.RECURRING: recurring.RECURRING,
    Trigger.CADENCE: cadence.CADENCE,
    Trigger.SILENCE: cadence.SILENCE,
    Trigger.SIGNAL: signals.SIGNAL,
    Trigger.BATCH: lists.BATCH,
    Trigger.BY_HAND: lists.BY_HAND,
    Trigger.IMPORTED: lists.IMPORTED,
}
