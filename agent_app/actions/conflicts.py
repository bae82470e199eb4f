"""The actions of the conflicts room: let be, send again as it was or otherwise, hand over, and as a lead settle."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select, update

from agent_app.actions.desk import Desk, record
from agent_app.store.changes import StoreChanges
from agent_app.store.rows import StoreRows
from agent_app.store.tables import conflict
from server_sync.domain.commands import (
    Command,
    CorrectContactPoint,
    CorrectCustomer,
    HandOverConflict,
    SaveArticle,
    SettleConflict,
    WithdrawConflict,
)
from server_sync.domain.errors import KnownError
from server_sync.domain.model import ConflictStatus, Resolution, team_conflict
from server_sync.domain.rules.merge import behind
from server_sync.domain.wire.codec import decode_command

EDITABLE: Mapping[str, str] = {
    "correct_customer": "value",
    "correct_contact_point": "value",
    "add_note": "text",
    "add_tag": "tag",
    "finish_attempt": "note",
    "book_callback": "note",
    "make_commitment": "text",
    "settle_commitment": "note",
    "set_do_not_call": "note",
    "clear_do_not_call": "note",
    "give_consent": "wording",
    "withdraw_consent": "note",
    "save_article": "body",
}
"""By verb, the argument that a person wrote and may write otherwise."""

OF_A_LEAD = (
    "correct_customer",
    "correct_contact_point",
    "settle_commitment",
    "add_note",
    "add_tag",
    "remove_tag",
    "set_do_not_call",
    "clear_do_not_call",
    "give_consent",
    "withdraw_consent",
    "reassign_task",
)
"""The verbs that a lead can carry out himself, for whoever meant them; a call is only ever that of who made it."""

_SETTLED = StoreChanges(frozenset({"conflict"}), frozenset(), "conflict")


def settle_conflict(desk: Desk, mid: int) -> StoreChanges:
    """Let an entry of one's own be: what the server holds stays. Its row stays, put away; the lead hears of it."""
    row = _own(desk, mid)
    return _SETTLED if row is None else _put_away(desk, row, [])


def retry_conflict(desk: Desk, mid: int, edited: str | None = None) -> StoreChanges:
    """Record the same command anew, under a new `mid` and on what stands now, with `edited` in place of what was
    written; put the entry away in the same transaction. Nothing happens when it was put away meanwhile. Raises
    KnownError while the command still does not hold here."""
    row = _own(desk, mid)
    if row is None:
        return _SETTLED
    return _put_away(desk, row, [_again(desk, decode_command(row.command, row.args), edited)])


def hand_over_conflict(desk: Desk, mid: int, note: str) -> StoreChanges:
    """Give an entry of one's own to the lead, with a note; it leaves one's own list."""
    row = _own(desk, mid)
    if row is None:
        return _SETTLED
    known = row.values.get("conflict")
    handed = HandOverConflict(
        bytes.fromhex(known) if known else desk.ids.new(),
        row.customer_id,
        getattr(_readable(row.command, row.args), "task_id", None),
        row.command,
        b64encode(row.args).decode(),
        row.kind,
        note,
        row.recorded_at,
    )
    return _recorded(desk, mid, [handed])


def settle_team_conflict(
    desk: Desk, conflict_id: bytes, resolution: Resolution, note: str, edited: str | None = None
) -> StoreChanges:
    """Settle an entry of the team. "mine" carries out what its person meant, with `edited` in place of what he wrote:
    a late result by the settling itself, everything else by its own command before it, in one transaction. Raises
    KnownError while that does not hold here."""
    with desk.store.read() as connection:
        wanted = select(team_conflict).where(team_conflict.c.id == conflict_id)
        row = connection.execute(wanted).one_or_none()
    if row is None:
        return _SETTLED
    meant = _readable(row.command, b64decode(row.args))
    commands: list[Command] = []
    attempt_id = None
    if row.status == ConflictStatus.LATE:
        attempt_id = getattr(meant, "attempt_id", None)
    elif resolution is Resolution.MINE:
        commands.append(_again(desk, decode_command(row.command, b64decode(row.args)), edited))
    settled = SettleConflict(
        desk.ids.new(),
        conflict_id,
        row.customer_id,
        row.contact_point_id,
        row.task_id,
        attempt_id,
        resolution,
        note,
        desk.clock.now(),
    )
    return record(desk, [*commands, settled], "conflict")


def _own(desk: Desk, mid: int) -> Any:
    """The row of an open entry, or None."""
    with desk.store.read() as connection:
        wanted = select(conflict).where(conflict.c.mid == mid, conflict.c.settled_at.is_(None))
        return connection.execute(wanted).one_or_none()


def _put_away(desk: Desk, row: Any, commands: list[Command]) -> StoreChanges:
    known, now = row.values.get("conflict"), desk.clock.now()
    if known:
        commands.append(WithdrawConflict(bytes.fromhex(known), row.customer_id, now))
    if not commands:
        with desk.store.write() as connection:
            _settle(connection, row.mid, now)
        return _SETTLED
    return _recorded(desk, row.mid, commands)


def _recorded(desk: Desk, mid: int, commands: list[Command]) -> StoreChanges:
    now = desk.clock.now()
    changes = record(desk, commands, "conflict", also=lambda connection: _settle(connection, mid, now))
    return changes.merged(_SETTLED)


def _settle(connection: Connection, mid: int, now: int) -> None:
    connection.execute(update(conflict).where(conflict.c.mid == mid).values(settled_at=now))


def _again(desk: Desk, meant: Command, edited: str | None) -> Command:
    """The command on what stands now: a correction is made in sight of the value that it replaces."""
    command: Any = meant
    changes: dict[str, Any] = {}
    verb = command.name.partition("@")[0]
    if edited is not None and verb in EDITABLE:
        changes[EDITABLE[verb]] = edited
    with desk.store.read() as connection:
        rows, now = StoreRows(connection), desk.clock.now()
        if isinstance(command, CorrectCustomer):
            row = rows.get("customer", command.customer_id) or {}
            stamp = row.get("field_stamps", {}).get(command.field)
            changes |= {
                "activity_id": desk.ids.new(),
                "base": row.get(command.field),
                "corrected_at": behind(now, stamp["at"] if stamp else None),
                "seen_rev": row.get("rev"),
            }
        elif isinstance(command, CorrectContactPoint):
            point = rows.get("contact_point", command.contact_point_id) or {}
            changes |= {
                "activity_id": desk.ids.new(),
                "base": point.get("value") or command.base,
                "corrected_at": now,
            }
        elif isinstance(command, SaveArticle) and command.seen is not None:
            row = rows.get("article", command.article_id) or {}
            changes["seen"] = {name: row.get(name) for name in (*command.seen, *changes)}
    again: Command = replace(command, **changes)
    return again


def _readable(name: str, args: bytes) -> Command | None:
    try:
        return decode_command(name, args)
    except KnownError:
        return None
