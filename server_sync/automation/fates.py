"""What becomes of an occasion that a plan sees to contact a customer: a task of its own, a further purpose of a task
that is there, nothing yet, or nothing at all, and why. Pure: rows in, a fate out; they are written by `settling`."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from server_sync.automation.run_report import Skip
from server_sync.automation.standing import Settings, Standing
from server_sync.domain.model import Purpose, Urgency
from server_sync.domain.rules import contact_ledger
from server_sync.domain.rules.contact_ledger import Contact
from server_sync.domain.rules.plans.definition import To
from server_sync.domain.rules.reason import Reason

Row = Mapping[str, Any]

_TOGETHER = (Purpose.SERVICE, Purpose.SURVEY)
"""Purposes that go into one contact; what is for sale is never slipped into another's."""
_BY_HABIT = {"contact_too_often"}
"""What stands against one more contact, but not against one more purpose of a contact that takes place anyway."""
_SHARES = 100


@dataclass(frozen=True)
class Occasion:
    """What a plan wants with one customer: `reason` a kind and its values, `key` what makes it the only one.

    `basis_at` is the moment that the plan counts from, `starts_at` that from which it is to be, `window` the moments at
    which the task becomes available and is due, ms; `form` is the code of the guide; `step` is 0 for the first contact.
    """

    customer: Any
    key: str
    reason: Reason
    basis_at: int
    starts_at: int
    window: tuple[int, int]
    form: str | None
    step: int = 0
    fixed: bool = False
    """What happened fixes the window: within it the contact waits until it is not too often any more."""
    apart: bool = False
    """It answers what the customer said: a matter of its own, whatever else there is to talk about."""

    @property
    def first_key(self) -> str:
        """The key of the sequence's first contact; those of its steps follow it."""
        return self.key.removesuffix(f":{self.step}") if self.step else self.key


@dataclass(frozen=True)
class Made:
    """A task of its own, `not_before` a moment that the ledger names."""

    not_before: int = 0


@dataclass(frozen=True)
class Merged:
    """One more purpose of a task."""

    task: Row


@dataclass(frozen=True)
class Postponed:
    """The ledger stands against it; it is tried again while the occasion is alive."""

    because: Reason


@dataclass(frozen=True)
class Control:
    """The customer is of the plan's control group."""


@dataclass(frozen=True)
class Passed:
    """Nothing is to be kept of it."""

    skip: Skip


Fate = Made | Merged | Postponed | Control | Passed


def of_control(plan_id: bytes, customer_id: bytes, percent: int) -> bool:
    """Whether a customer is in the control group: sealed by a hash of both, the same at every run (M14.1)."""
    digest = hashlib.blake2b(plan_id + customer_id, digest_size=8).digest()
    return int.from_bytes(digest) % _SHARES < percent


def before_the_ledger(wanted: Occasion, plan: Row, standing: Standing, *, alone: bool) -> Fate | None:
    """What can be said without the ledger; None when it has to be asked."""
    if wanted.key in standing.known:
        return Passed(Skip.ALREADY_MADE)
    if of_control(plan["id"], wanted.customer.id, plan["control_percent"]):
        return Control()
    if wanted.step:
        return None
    if any(task["plan_id"] == plan["id"] for task in standing.open_tasks):
        return Passed(Skip.OPEN_TASK)
    if alone and standing.open_tasks:
        return Passed(Skip.OTHER_TASK)
    return None


def by_the_ledger(
    wanted: Occasion, plan: Row, standing: Standing, settings: Settings, now: int
) -> Made | Merged | Postponed:
    """What the contacts that there were and the customer's own word leave of it."""
    available_at, due_at = wanted.window
    contact = Contact(plan["purpose"], plan["channel"], max(available_at, now), plan["urgency"])
    against = list(contact_ledger.against_task(standing.ledger, contact, settings))
    only_often = all(reason.kind in _BY_HABIT for reason in against)
    for task in standing.open_tasks:
        if only_often and not wanted.apart and _meets(task, plan, due_at):
            return Merged(task)
    free_at = max((reason.values.get("free_at", 0) for reason in against), default=0)
    if not against or (wanted.fixed and only_often and free_at <= due_at):
        return Made(free_at)
    return Postponed(against[0])


def _meets(task: Row, plan: Row, due_at: int) -> bool:
    """Whether a task may serve the plan's purpose as well: the same way to the customer, in time, by whoever has it."""
    together = task["purpose"] == plan["purpose"] or {task["purpose"], plan["purpose"]} <= set(_TOGETHER)
    return (
        together
        and task["plan_id"] != plan["id"]
        and task["channel"] == plan["channel"]
        and plan["urgency"] in (Urgency.NORMAL, task["urgency"])
        and task["available_at"] <= due_at
        and plan["assignment"].get("to", To.BALANCED) in (To.BALANCED, To.POOL)
    )
