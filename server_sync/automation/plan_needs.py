"""What a plan's definition names and the company does not have: guides, goals, people, segments, festivals."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, select

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import Trigger, customer, form, goal, person, segment
from server_sync.domain.rules import festivals
from server_sync.domain.rules.plans.definition import PlanDefinition
from server_sync.store import changes

Lack = tuple[str, KnownError]
"""Its place in the definition, such as "steps.2.form", and what is wrong there."""


def lacking(connection: Connection, definition: PlanDefinition) -> Iterator[Lack]:
    """All of it, in the order of the definition's keys: KnownError NOT_FOUND {table, name} of a guide, goal, person or
    chosen customer; FIELD_INVALID {field, path, segment, known} of a condition's segment, {field, festival, known} of a
    festival without a day."""
    values = definition.values
    guides = [("form", definition.form)]
    guides += [(f"steps.{number}.form", step["form"]) for number, step in enumerate(values["steps"], start=1)]
    for place, code in guides:
        yield from _absent(connection, form, place, code)
    yield from _absent(connection, goal, "goal", definition.goal)
    login = values["assignment"].get("person")
    if login is not None and connection.scalar(select(person.c.id).where(person.c.login == login)) is None:
        yield "assignment.person", KnownError(ErrorKind.NOT_FOUND, table="person", name=login)
    yield from _absent_customers(connection, values["params"].get("customers", []))
    yield from _absent_segments(connection, definition)
    yield from _absent_festival(connection, definition)


def _absent(connection: Connection, table: Table, place: str, code: str | None) -> Iterator[Lack]:
    if code is not None and connection.scalar(select(table.c.id).where(table.c.code == code)) is None:
        yield place, KnownError(ErrorKind.NOT_FOUND, table=table.name, name=code)


def _absent_customers(connection: Connection, codes: list[str]) -> Iterator[Lack]:
    known: set[str] = set()
    for some in changes.batches(codes):
        known.update(connection.scalars(select(customer.c.code).where(customer.c.code.in_(some))))
    for number, code in enumerate(codes, start=1):
        if code not in known:
            error = KnownError(ErrorKind.NOT_FOUND, table="customer", name=code)
            yield f"params.customers.{number}", error


def _absent_segments(connection: Connection, definition: PlanDefinition) -> Iterator[Lack]:
    named = list(_segments_of(definition.values["audience"], []))
    if not named:
        return
    known = list(connection.scalars(select(segment.c.code).order_by(segment.c.position, segment.c.code)))
    for path, code in named:
        if code not in known:
            values = {"field": f"{definition.code}.audience", "path": path, "segment": code, "known": known}
            yield "audience", KnownError(ErrorKind.FIELD_INVALID, **values)


def _segments_of(tree: Mapping[str, Any], path: list[int]) -> Iterator[tuple[list[int], str]]:
    """The codes that the rules of a sound tree name, each with the way to its rule."""
    if "rules" in tree:
        for place, member in enumerate(tree["rules"]):
            yield from _segments_of(member, [*path, place])
    elif tree["field"] == "segments":
        value = tree.get("value")
        codes: Iterable[Any] = value if isinstance(value, list) else [value]
        yield from ((path, code) for code in codes if isinstance(code, str) and code)


def _absent_festival(connection: Connection, definition: PlanDefinition) -> Iterator[Lack]:
    params = definition.values["params"]
    if definition.values["trigger"] != Trigger.FESTIVAL or params["dates"]:
        return
    known = list(dict.fromkeys(connection.scalars(festivals.NAMES)))
    if festivals.unknown(params["name"], known):
        values = {"field": f"{definition.code}.params.name", "festival": params["name"], "known": known}
        yield "params.name", KnownError(ErrorKind.FIELD_INVALID, **values)
