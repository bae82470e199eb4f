"""What there is about the customers whom a plan picked, fetched for all of them at once: what they had before, what is
open, what they said. What follows from it says `fates`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Connection, literal, select

from server_sync.domain.model import OccasionOutcome, attempt, consent, customer, do_not_call, occasion, task
from server_sync.domain.rules import contact_frequency
from server_sync.domain.rules.contact_ledger import SETTINGS, Ledger
from server_sync.domain.rules.permissions import OPEN_STATES
from server_sync.store import changes, company
from server_sync.store.bulk import select_rows
from server_sync.store.statement import Statement, any_of, numbered, padded

Settings = Mapping[str, Mapping[str, Any]]


@dataclass
class Standing:
    """One customer. `known`: the keys of what plans have made of him for good; `skipped`: by key what they may try
    again; `open_tasks`: his rows that are in work."""

    known: set[str] = field(default_factory=set)
    skipped: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    open_tasks: list[Mapping[str, Any]] = field(default_factory=list)
    customer: Mapping[str, Any] = field(default_factory=dict)
    refusals: list[Mapping[str, Any]] = field(default_factory=list)
    consents: list[Mapping[str, Any]] = field(default_factory=list)
    attempts: list[Mapping[str, Any]] = field(default_factory=list)

    @property
    def ledger(self) -> Ledger:
        """What the rule of contacts looks at."""
        return Ledger(self.customer, self.refusals, self.consents, self.attempts)


def ledger_settings(connection: Connection) -> Settings:
    """What the company says of contacts."""
    return {key: company.setting_of(connection, key) for key in SETTINGS}


def made_before(connection: Connection, keys: Iterable[str]) -> set[str]:
    """Those of the keys under which a plan has made for good what there is to make."""
    known: set[str] = set()
    for some in map(padded, changes.batches(keys)):
        for found in (_tasks_of(len(some)), _settled_of(len(some))):
            known.update(key for (key,) in found.rows(connection, numbered(some)))
    return known


@cache
def _tasks_of(count: int) -> Statement:
    return Statement(select(task.c.dedupe_key).where(any_of(task.c.dedupe_key, count)))


@cache
def _settled_of(count: int) -> Statement:
    for_good = occasion.c.outcome != literal(OccasionOutcome.SKIPPED.value)
    return Statement(select(occasion.c.dedupe_key).where(any_of(occasion.c.dedupe_key, count), for_good))


def histories(connection: Connection, customer_ids: Iterable[bytes]) -> dict[bytes, Standing]:
    """What plans have made of the customers, and what of it is open."""
    found: dict[bytes, Standing] = defaultdict(Standing)
    for ids in changes.batches(customer_ids):
        keys = select(task.c.customer_id, task.c.dedupe_key).where(task.c.customer_id.in_(ids))
        for customer_id, key in connection.execute(keys):
            found[customer_id].known.add(key)
        for row in connection.execute(select(occasion).where(occasion.c.customer_id.in_(ids))).mappings():
            if row["outcome"] == OccasionOutcome.SKIPPED:
                found[row["customer_id"]].skipped[row["dedupe_key"]] = dict(row)
            else:
                found[row["customer_id"]].known.add(row["dedupe_key"])
        opened = select(task).where(task.c.customer_id.in_(ids), task.c.state.in_(OPEN_STATES))
        for row in connection.execute(opened.order_by(task.c.due_at, task.c.id)).mappings():
            found[row["customer_id"]].open_tasks.append(dict(row))
    return found


def add_ledgers(connection: Connection, found: Mapping[bytes, Standing], at: int, settings: Settings) -> None:
    """Add what speaks for and against a contact at a moment."""
    since = at - contact_frequency.looks_back(settings["contact_fatigue"])
    calls = (
        attempt.c.customer_id,
        attempt.c.task_id,
        attempt.c.started_at,
        attempt.c.disposition,
    )
    for ids in changes.batches(found):
        for row in select_rows(connection, customer, "id", ids):
            found[row["id"]].customer = row
        for row in select_rows(connection, do_not_call, "customer_id", ids):
            found[row["customer_id"]].refusals.append(row)
        for row in select_rows(connection, consent, "customer_id", ids):
            found[row["customer_id"]].consents.append(row)
        lately = select(*calls).where(attempt.c.customer_id.in_(ids), attempt.c.started_at > since)
        for called in connection.execute(lately).mappings():
            found[called["customer_id"]].attempts.append(dict(called))
