"""Definitions of some kind from files: read and checked as a whole, then all stored by their codes, or none; `check`
does the same and undoes it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Table, select

from server_sync.automation.definition_files import Outcome, file_content, file_name, items_of
from server_sync.automation.faults import Fault, Faulty, path_to, told_of
from server_sync.domain.clock import SystemClock
from server_sync.domain.commands import Insert, Update
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import Ids, SystemIds
from server_sync.domain.rules.faults import Placed
from server_sync.store import changes
from server_sync.store.database import Database
from server_sync.store.transaction import Transaction
from server_sync.texts import _

Definition = TypeVar("Definition")


def _lacks_nothing(connection: Connection, definition: Any) -> Iterable[Placed]:
    return ()


@dataclass(frozen=True)
class Kind(Generic[Definition]):
    """A kind of definitions. `name`: what reports call them. `look`: all that is wrong with an object, and what it
    comes to with something sound in its place. `lacking`: what it names and the company does not have."""

    name: str
    look: Callable[[Any], tuple[Definition | None, list[Placed]]]
    store: Callable[[Transaction, Ids, Definition], Outcome]
    lacking: Callable[[Connection, Definition], Iterable[Placed]] = _lacks_nothing


class Reading(Generic[Definition]):
    """What files say: the sound definitions with their codes, and all faults."""

    def __init__(self, kind: Kind[Definition], connection: Connection) -> None:
        self._kind = kind
        self._connection = connection
        self._first: dict[str, str] = {}
        self.sound: list[tuple[str, Definition]] = []
        self.faults: list[Fault] = []

    def files(self, paths: Iterable[Path]) -> None:
        """Read these; one that cannot be read is a fault of its own."""
        for path in paths:
            try:
                items = items_of(file_content(path), file_name(path))
            except KnownError as error:
                self.faults.append(Fault(file_name(path), "$", error))
            else:
                self.faults += told_of(file_name(path), self._faults(items, file_name(path)))

    def _faults(self, items: list[tuple[str, Any]], file: str) -> Iterator[Fault]:
        for root, item in items:
            definition, faults = self._kind.look(item)
            faults += self._code_of_another(file, root, item, faults)
            if definition is not None:
                told = {_spot(one) for one in faults}
                lacking = self._kind.lacking(self._connection, definition)
                faults += [one for one in lacking if _spot(one) not in told]
            for place, error in faults:
                yield Fault(file, _path(root, item, place, error), error)
            if definition is not None and not faults:
                self.sound.append((item["code"].strip(), definition))

    def definitions(self) -> list[tuple[str, Definition]]:
        """All of them with their codes. Raises Faulty where anything is wrong with one."""
        if self.faults:
            raise Faulty(self.faults)
        return self.sound

    def _code_of_another(self, file: str, root: str, item: Any, faults: list[Placed]) -> list[Placed]:
        if not isinstance(item, Mapping) or any(place == "code" for place, _ in faults):
            return []
        code = item["code"].strip()
        if code not in self._first:
            self._first[code] = f"{file} {root}"
            return []
        values = {"field": f"{code}.code", "value": code, "first": self._first[code]}
        return [("code", KnownError(ErrorKind.FIELD_INVALID, **values))]


def _spot(placed: Placed) -> tuple[str, tuple[int, ...]]:
    place, error = placed
    return place, tuple(error.values.get("path", ()))


def _path(root: str, item: Any, place: str, error: KnownError) -> str:
    return path_to(root, item, place) + "".join(f".rules[{step}]" for step in error.values.get("path", ()))


def read(
    kind: Kind[Definition], paths: Iterable[Path], connection: Connection
) -> list[tuple[str, Definition]]:
    """All definitions of files, of different codes, each with its code. Raises Faulty."""
    reading = Reading(kind, connection)
    reading.files(paths)
    return reading.definitions()


def take_in(
    tx: Transaction, ids: Ids, kind: Kind[Definition], paths: Iterable[Path]
) -> list[tuple[str, Outcome]]:
    """Store all definitions of files; by their codes what was done. Raises Faulty, and nothing is stored."""
    return [(code, kind.store(tx, ids, one)) for code, one in read(kind, paths, tx.connection)]


class _Undone(Exception):
    """What was only tried is taken back."""


def check(database: Database, kind: Kind[Definition], paths: Iterable[Path]) -> dict[str, Any]:
    """Do all that taking in does, tell it, and undo it: {name: [{"code", "outcome"}] of those that can be taken in,
    "faults": [{"file", "path", "kind", "values", "message"}]}."""
    clock = SystemClock()
    ids = SystemIds(clock)
    outcomes: list[tuple[str, Outcome]] = []
    try:
        with database.write(clock.now()) as tx:
            reading = Reading(kind, tx.connection)
            reading.files(paths)
            outcomes += [(code, kind.store(tx, ids, one)) for code, one in reading.sound]
            raise _Undone
    except _Undone:
        pass
    for code, _outcome in outcomes:
        print(f"{code}\t{_('can be imported')}")
    for fault in reading.faults:
        print(fault.line)
    faults = [fault.to_json() for fault in reading.faults]
    return {kind.name: [{"code": code, "outcome": one.value} for code, one in outcomes], "faults": faults}


def store_row(table: Table, tx: Transaction, ids: Ids, values: Mapping[str, Any]) -> Outcome:
    """Add the row of the values' code, or change the one that is there."""
    stored = (
        tx.connection.execute(select(table).where(table.c.code == values["code"])).mappings().one_or_none()
    )
    if stored is None:
        changes.write(tx, [Insert(table.name, {**values, "id": ids.new()})])
        return Outcome.CREATED
    changed = {name: value for name, value in values.items() if stored[name] != value}
    if not changed:
        return Outcome.UNCHANGED
    changes.write(tx, [Update(table.name, stored["id"], changed)])
    return Outcome.UPDATED
