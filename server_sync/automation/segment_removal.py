"""Removing segments: whoever is in one leaves it first, with its tag; who still asks for it keeps it."""

from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, Text, or_, select, type_coerce

from server_sync.automation.segment_jobs import HANDFUL
from server_sync.automation.segments import Segmentation
from server_sync.domain.clock import Clock
from server_sync.domain.commands import Update
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import PlanState, customer, plan, segment
from server_sync.domain.rules import conditions
from server_sync.domain.rules.conditions import AsOf, Condition, Rule
from server_sync.domain.rules.conditions.kinds import OneOf
from server_sync.store import changes
from server_sync.store.database import Database

_ANY_DAY = AsOf("2000-01-01", "Asia/Shanghai")


def remove(database: Database, clock: Clock, codes: Sequence[str]) -> Counter[str]:
    """Remove the segments of these codes; returns by code how many customers were in it.

    Where it is broken off the segments are switched off and the rest is done by removing them again. Raises KnownError
    NOT_FOUND {table, name}, FIELD_INVALID {field, used_by} for one that a plan asks for which has not ended; nothing is
    changed then.
    """
    with database.write(clock.now()) as tx:
        rows = {code: _id_of(tx.connection, code) for code in codes}
        _refuse_used(tx.connection, codes)
        changes.write(tx, [Update(segment.name, row_id, {"active": False}) for row_id in rows.values()])
        stored = type_coerce(customer.c.segment_codes, Text)
        inside = or_(*(stored.contains(f'"{code}"', autoescape=True) for code in codes))
        members = tx.connection.execute(select(customer.c.id, customer.c.segment_codes).where(inside)).all()
    for start in range(0, len(members), HANDFUL):
        with database.write(clock.now()) as tx:
            Segmentation(tx, tx.now).settle(row.id for row in members[start : start + HANDFUL])
    with database.write(clock.now()) as tx:
        changes.write(tx, [changes.Delete(segment.name, row_id) for row_id in rows.values()])
    return Counter(code for row in members for code in row.segment_codes if code in rows)


def _id_of(connection: Connection, code: str) -> bytes:
    row_id: bytes | None = connection.scalar(select(segment.c.id).where(segment.c.code == code))
    if row_id is None:
        raise KnownError(ErrorKind.NOT_FOUND, table="segment", name=code)
    return row_id


def _refuse_used(connection: Connection, codes: Sequence[str]) -> None:
    used: dict[str, list[str]] = {code: [] for code in codes}
    plans = select(plan.c.code, plan.c.audience).where(plan.c.state != PlanState.ENDED)
    for row in connection.execute(plans.order_by(plan.c.code)):
        for code in set(_asked(conditions.parse(row.audience, _ANY_DAY))).intersection(used):
            used[code].append(row.code)
    for code, plans_of_it in used.items():
        if plans_of_it:
            raise KnownError(ErrorKind.FIELD_INVALID, field=code, used_by=plans_of_it)


def _asked(condition: Condition) -> Iterator[str]:
    """The codes of the segments that an audience asks for."""
    if not isinstance(condition, Rule):
        for member in condition.members:
            yield from _asked(member)
    elif condition.field.name == "segments" and isinstance(condition.test, OneOf):
        yield from map(str, condition.test.values)
