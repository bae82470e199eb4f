"""Definitions as JSON files, and how each is stored by its code; what a definition may say the domain's rules check."""

import json
from collections.abc import Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select

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


def store(tx: Transaction, ids: Ids, table: Table, values: Mapping[str, Any]) -> Outcome:
    """Add the row of the values' code, or change the one that is there."""
    found = select(table).where(table.c.code == values["code"])
    stored = tx.connection.execute(found).mappings().one_or_none()
    if stored is None:
        changes.write(tx, [Insert(table.name, {**values, "id": ids.new()})])
        return Outcome.CREATED
    changed = {name: value for name, value in values.items() if stored[name] != value}
    if not changed:
        return Outcome.UNCHANGED
    changes.write(tx, [Update(table.name, stored["id"], changed)])
    return Outcome.UPDATED
