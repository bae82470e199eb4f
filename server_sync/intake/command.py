"""`import`: takes a workbook in, shows first what it would do, or takes a batch back; the work itself stands beside."""

import argparse
import json
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from server_sync.domain.clock import SystemClock
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import ID_BYTES, SystemIds
from server_sync.domain.rules.local_time import zone
from server_sync.intake.batches import import_workbook
from server_sync.intake.fields import IMPORTABLE, SheetKind
from server_sync.intake.guess import guess_mapping
from server_sync.intake.mapping import Mapping, check_complete, load_mapping
from server_sync.intake.plan import ImportPlan, preview, read_import
from server_sync.intake.result_file import write_result
from server_sync.intake.show import mapping_lines, plan_lines, undone_lines
from server_sync.intake.undo import undo_batch
from server_sync.intake.words import trouble
from server_sync.intake.workbook import Workbook, read_workbook_file
from server_sync.store import company
from server_sync.store.database import Database
from server_sync.texts import _
from server_sync.texts.beside import add_json, words_beside

__all__ = ["add_arguments", "run", "trouble"]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `import` takes besides --database."""
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help=_("an .xls, .xlsx or .csv file"))
    how = parser.add_mutually_exclusive_group()
    how.add_argument(
        "--mapping", type=Path, metavar="M", help=_("read the columns as this mapping file says")
    )
    how.add_argument("--guess", action="store_true", help=_("guess the columns from their headers"))
    how.add_argument("--undo", metavar="BATCH", help=_("take an earlier import back"))
    kinds = [kind.value for kind in IMPORTABLE]
    parser.add_argument(
        "--as", dest="imports", choices=kinds, help=_("what the rows are; their columns are guessed")
    )
    parser.add_argument("--preview", action="store_true", help=_("count what would happen and write nothing"))
    parser.add_argument(
        "--save-mapping", type=Path, metavar="M", help=_("write the mapping, to correct and use it")
    )
    parser.add_argument(
        "--result", type=Path, metavar="FILE", help=_("write the refused rows to an .xlsx or .csv")
    )
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Import, preview or undo. 0 when it is done, refused rows or not. Raises KnownError, and nothing is changed.

    With --json stdout holds the report: `ImportPlan.to_json` with the batch's id as hex (null when nothing changed
    or nothing was written), or `Undone.to_json`.
    """
    with closing(Database(options.database)) as database, words_beside(options):
        report = _import(options, database) if options.undo is None else _undo(options, database)
    if options.json:
        print(json.dumps(report, ensure_ascii=False))
    return 0


def _import(options: argparse.Namespace, database: Database) -> dict[str, Any]:
    if options.file is None:
        raise KnownError(ErrorKind.FIELD_MISSING, field="FILE")
    if options.mapping is None and not options.guess and options.imports is None:
        raise KnownError(ErrorKind.FIELD_MISSING, field="--as")
    _spare_what_is_read(options, database)
    workbook = read_workbook_file(options.file)
    mapping = _mapping(options, workbook)
    _show(mapping_lines(mapping, workbook))
    if options.save_mapping:
        _write(options.save_mapping, mapping.to_json())
    check_complete(mapping)
    clock = SystemClock()
    ids = SystemIds(clock)
    with database.read() as connection:
        local = zone(company.setting_of(connection, "company")["timezone"])
    read = read_import(workbook, mapping, local)
    batch_id: bytes | None = None
    if options.preview:
        with database.read() as connection:
            plan = preview(connection, read, ids, clock.now())
        _save_result(options, plan)
        print(_("Preview: nothing is written."))
    else:
        with database.write(clock.now()) as tx:
            plan, batch_id = import_workbook(tx, read, ids, person_id=None)
            _save_result(options, plan)  # before the commit: without its report nothing is imported
    _show(plan_lines(plan))
    if batch_id is not None:
        print(_("Imported as batch {batch}; --undo {batch} takes it back.").format(batch=batch_id.hex()))
    return {**plan.to_json(), "batch": batch_id.hex() if batch_id else None}


def _mapping(options: argparse.Namespace, workbook: Workbook) -> Mapping:
    imports = SheetKind(options.imports) if options.imports else None
    if options.mapping is None:
        return guess_mapping(workbook, imports)
    try:
        mapping = load_mapping(options.mapping.read_bytes())
    except OSError as error:
        raise KnownError(ErrorKind.FILE_UNREADABLE, file=options.mapping.name) from error
    if imports not in (None, mapping.imports):
        raise KnownError(ErrorKind.MAPPING_INVALID, what="imports", value=mapping.imports.value)
    return mapping


def _spare_what_is_read(options: argparse.Namespace, database: Database) -> None:
    """Raises KnownError FILE_UNWRITABLE for a report or mapping that would be written over what the import needs."""
    needed = [options.file, Path(str(database.url.database)) if database.is_sqlite else None]
    for target, others in (
        (options.save_mapping, needed),
        (options.result, [*needed, options.mapping, options.save_mapping]),
    ):
        if target is not None and any(other is not None and _same_file(target, other) for other in others):
            raise KnownError(ErrorKind.FILE_UNWRITABLE, file=target.name)


def _same_file(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve() or (one.exists() and other.exists() and one.samefile(other))


def _undo(options: argparse.Namespace, database: Database) -> dict[str, Any]:
    if options.preview or options.file is not None:
        raise KnownError(ErrorKind.FIELD_INVALID, field="--preview" if options.preview else "FILE")
    try:
        batch_id = bytes.fromhex(options.undo)
    except ValueError:
        batch_id = b""
    if len(batch_id) != ID_BYTES:
        raise KnownError(ErrorKind.NOT_FOUND, table="import_batch", name=options.undo)
    with database.write(SystemClock().now()) as tx:
        undone = undo_batch(tx, batch_id)
    print(_("The batch is undone:"))
    _show(undone_lines(undone))
    return undone.to_json()


def _save_result(options: argparse.Namespace, plan: ImportPlan) -> None:
    if options.result:
        try:
            write_result(plan, options.result)
        except OSError as error:
            raise KnownError(ErrorKind.FILE_UNWRITABLE, file=options.result.name) from error


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise KnownError(ErrorKind.FILE_UNWRITABLE, file=path.name) from error


def _show(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)
