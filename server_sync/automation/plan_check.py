"""`plan check`: all that is wrong with the plans of files, each fault with its place; nothing is stored."""

import argparse
import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from typing import Any

from server_sync.automation.definition_files import file_content, objects_of
from server_sync.automation.plan_files import store_plan
from server_sync.automation.plan_needs import lacking
from server_sync.automation.words import trouble
from server_sync.domain.clock import SystemClock
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import SystemIds
from server_sync.domain.rules.plans.definition import checked_definition, faults_of
from server_sync.store.database import Database
from server_sync.store.transaction import Transaction
from server_sync.texts import _
from server_sync.texts.beside import words_beside
from server_sync.texts.errors import error_words

REFUSED = 2


class _Undone(Exception):
    """What was only tried is taken back."""


def run(options: argparse.Namespace) -> int:
    """Check: 0 for plans that can be imported, 2 where one of them cannot. Raises KnownError FILE_UNREADABLE {file}.

    With --json: {"plans": [{"code", "outcome"}] of those that can, "faults": [{"file", "path" (JSONPath), "kind",
    "values", "message"}]}.
    """
    with closing(Database(options.database)) as database, words_beside(options):
        report = _checked(options, database)
        for one in report["plans"]:
            print(f"{one['code']}\t{_('can be imported')}")
        for fault in report["faults"]:
            print(f"{fault['file']} {fault['path']}: {fault['message']}")
    if options.json:
        print(json.dumps(report, ensure_ascii=False))
    return REFUSED if report["faults"] else 0


def _checked(options: argparse.Namespace, database: Database) -> dict[str, Any]:
    """Do all that importing does, and undo it."""
    report: dict[str, Any] = {"plans": [], "faults": []}
    clock = SystemClock()
    ids = SystemIds(clock)
    seen: set[str] = set()
    try:
        with database.write(clock.now()) as tx:
            for file, root, item in _items(options):
                found = list(_faults(tx, item, seen))
                report["faults"] += [_told(file, root, item, place, error) for place, error in found]
                if not found:
                    definition = checked_definition(item)
                    outcome = store_plan(tx, ids, definition)
                    report["plans"].append({"code": definition.code, "outcome": outcome.value})
            raise _Undone
    except _Undone:
        return report


def _items(options: argparse.Namespace) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every plan with the name of its file and its place there."""
    for path in options.files:
        data = file_content(path)
        items = objects_of(data, path.name)
        in_list = data.decode("utf-8-sig").lstrip().startswith("[")
        for number, item in enumerate(items):
            yield path.name, f"$[{number}]" if in_list else "$", item


def _faults(tx: Transaction, item: dict[str, Any], seen: set[str]) -> Iterator[tuple[str, KnownError]]:
    """What is wrong with one plan: its place below the plan, and the fault."""
    found = faults_of(item)
    code = item.get("code")
    for error in found:
        field = str(error.values["field"])
        yield field.removeprefix(f"{code}." if field.startswith(f"{code}.") else "plan."), error
    if isinstance(code, str):
        code = code.strip()
        if code in seen:
            yield "code", KnownError(ErrorKind.FIELD_INVALID, field=f"{code}.code", value=code)
        seen.add(code)
    if not found:
        yield from lacking(tx.connection, checked_definition(item))


def _told(file: str, root: str, item: Mapping[str, Any], place: str, error: KnownError) -> dict[str, Any]:
    return {
        "file": file,
        "path": root
        + _path(item, place)
        + "".join(f".rules[{step}]" for step in error.values.get("path", [])),
        "kind": error.kind.value,
        "values": dict(error.values),
        "message": trouble(error) or error_words(error),
    }


def _path(item: Any, place: str) -> str:
    """``"steps.2.form"`` → ``.steps[1].form``."""
    path = ""
    for part in place.split("."):
        if isinstance(item, list) and part.isdigit() and 0 < int(part) <= len(item):
            path, item = f"{path}[{int(part) - 1}]", item[int(part) - 1]
        else:
            path += f".{part}" if part.isidentifier() else f"[{json.dumps(part, ensure_ascii=False)}]"
            item = item.get(part) if isinstance(item, Mapping) else None
    return path
