"""Definitions as JSON files, and how each is stored by its code; what a definition may say the domain's rules check."""

import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, select

from server_sync.domain.commands import Insert, Update
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import Ids
from server_sync.store import changes
from server_sync.store.transaction import Transaction

LARGEST_FILE = 1024 * 1024


class Outcome(StrEnum):
    """What storing did."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


def file_content(path: Path) -> bytes:
    """What a file holds. Raises KnownError FILE_UNREADABLE {file}."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise KnownError(ErrorKind.FILE_UNREADABLE, file=path.name) from error


def objects_of(data: bytes, file: str) -> list[dict[str, Any]]:
    """The objects of a JSON text: one, or a list of them. Raises KnownError FILE_UNREADABLE {file}."""
    try:
        if len(data) > LARGEST_FILE:
            raise ValueError
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise KnownError(ErrorKind.FILE_UNREADABLE, file=file) from error
    items = found if isinstance(found, list) else [found]
    if not items or not all(isinstance(item, dict) for item in items):
        raise KnownError(ErrorKind.FILE_UNREADABLE, file=file)
    return items


def objects_in(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """The objects of all files."""
    return [item for path in paths for item in objects_of(file_content(path), path.name)]


def check_codes(codes: Iterable[str]) -> None:
    """Raise KnownError FIELD_INVALID {field, value} where two definitions have the same code."""
    seen: set[str] = set()
    for code in codes:
        if code in seen:
            raise KnownError(ErrorKind.FIELD_INVALID, field=f"{code}.code", value=code)
        seen.add(code)


def fate(connection: Connection, table: Table, values: Mapping[str, Any]) -> Outcome:
    """What storing would do."""
    stored = _stored(connection, table, values["code"])
    if stored is None:
        return Outcome.CREATED
    return Outcome.UPDATED if _changed(stored, values) else Outcome.UNCHANGED


def store(tx: Transaction, ids: Ids, table: Table, values: Mapping[str, Any]) -> Outcome:
    """Add the row of the values' code, or change the one that is there."""
    stored = _stored(tx.connection, table, values["code"])
    if stored is None:
        changes.write(tx, [Insert(table.name, {**values, "id": ids.new()})])
        return Outcome.CREATED
    changed = _changed(stored, values)
    if not changed:
        return Outcome.UNCHANGED
    changes.write(tx, [Update(table.name, stored["id"], changed)])
    return Outcome.UPDATED


def _stored(connection: Connection, table: Table, code: str) -> dict[str, Any] | None:
    found = connection.execute(select(table).where(table.c.code == code)).mappings().one_or_none()
    return None if found is None else dict(found)


def _changed(stored: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if stored[name] != value}
