"""What a plan's definition names and the company does not have: guides, goals, people, imports, segments,
festivals."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Table, select

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import Trigger, customer, form, goal, person, segment
from server_sync.domain.rules import festivals
from server_sync.domain.rules.conditions import rules_of
from server_sync.domain.rules.faults import Placed
from server_sync.domain.rules.plans.definition import PlanDefinition
from server_sync.store import changes
from server_sync.store.tables import import_batch


def lacking(connection: Connection, definition: PlanDefinition) -> Iterator[Placed]:
    """All of it, in the order of the definition's keys: KnownError NOT_FOUND {table, name} of a guide, goal, person,
    chosen customer or import; FIELD_INVALID {field, path, segment, known} of a condition's segment, {field, festival,
    known} of a festival without a day."""
    values = definition.values
    guides = [("form", definition.form)]
    guides += [(f"steps.{number}.form", step["form"]) for number, step in enumerate(values["steps"], start=1)]
    for place, code in guides:
        yield from absent(connection, form, place, code)
    yield from absent(connection, goal, "goal", definition.goal)
    login = values["assignment"].get("person")
    if login is not None and connection.scalar(select(person.c.id).where(person.c.login == login)) is None:
        yield "assignment.person", KnownError(ErrorKind.NOT_FOUND, table="person", name=login)
    yield from _absent_customers(connection, values["params"].get("customers", []))
    yield from _absent_import(connection, values["params"].get("import"))
    yield from _absent_segments(connection, definition)
    yield from _absent_festival(connection, definition)


def absent(connection: Connection, table: Table, place: str, code: str | None) -> Iterator[Placed]:
    """That no row of the table has the code; nothing where none is named."""
    if code is not None and connection.scalar(select(table.c.id).where(table.c.code == code)) is None:
        yield place, KnownError(ErrorKind.NOT_FOUND, table=table.name, name=code)


def _absent_customers(connection: Connection, codes: list[str]) -> Iterator[Placed]:
    known: set[str] = set()
    for some in changes.batches(codes):
        known.update(connection.scalars(select(customer.c.code).where(customer.c.code.in_(some))))
    for number, code in enumerate(codes, start=1):
        if code not in known:
            error = KnownError(ErrorKind.NOT_FOUND, table="customer", name=code)
            yield f"params.customers.{number}", error


def _absent_import(connection: Connection, batch: str | None) -> Iterator[Placed]:
    """That there was no such import: the plan would end without a task."""
    if batch is None:
        return
    if connection.scalar(select(import_batch.c.id).where(import_batch.c.id == bytes.fromhex(batch))) is None:
        yield "params.import", KnownError(ErrorKind.NOT_FOUND, table="import_batch", name=batch)


def _absent_segments(connection: Connection, definition: PlanDefinition) -> Iterator[Placed]:
    named = list(_segments_of(definition.values["audience"]))
    if not named:
        return
    known = list(connection.scalars(select(segment.c.code).order_by(segment.c.position, segment.c.code)))
    for path, code in named:
        if code not in known:
            values = {"field": f"{definition.code}.audience", "path": path, "segment": code, "known": known}
            yield "audience", KnownError(ErrorKind.FIELD_INVALID, **values)


def _segments_of(tree: Any) -> Iterator[tuple[list[int], str]]:
    """The codes that the rules of a tree name, each with the way to its rule."""
    for path, rule in rules_of(tree):
        if rule.get("field") == "segments":
            value = rule.get("value")
            codes: Iterable[Any] = value if isinstance(value, list) else [value]
            yield from ((path, code) for code in codes if isinstance(code, str) and code)


def _absent_festival(connection: Connection, definition: PlanDefinition) -> Iterator[Placed]:
    params = definition.values["params"]
    if definition.values["trigger"] != Trigger.FESTIVAL or params.get("dates") or "name" not in params:
        return
    known = list(dict.fromkeys(connection.scalars(festivals.NAMES)))
    if festivals.unknown(params["name"], known):
        values = {"field": f"{definition.code}.params.name", "festival": params["name"], "known": known}
        yield "params.name", KnownError(ErrorKind.FIELD_INVALID, **values)
