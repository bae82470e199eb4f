"""Unsent work in a file of its own, under the password of whose it is; and the way from there into a store's outbox."""

import json
import secrets
from pathlib import Path
from typing import Any

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, insert, select

from agent_app.host.files import write_atomically
from agent_app.host.key_file import COST, stretch
from agent_app.store.desk_state import recall, remember
from agent_app.store.salvage import Salvaged
from agent_app.store.tables import conflict, definition_draft, draft, outbox
from server_sync.domain.errors import ErrorKind, KnownError

MARK = b"huifang-unsent-1\n"
_SALT, _NONCE, _NAME = 16, 12, 16
_TAKEN = "taken_in"


def write(file: Path, work: Salvaged, password: str, cost: int = COST) -> None:
    """Write the file; nothing in it can be read without the password. Raises OSError when the disk refuses."""
    content = {
        "name": secrets.token_hex(_NAME),
        "person": work.person,
        "whole": work.whole,
        "rows": work.rows,
    }
    salt, nonce = secrets.token_bytes(_SALT), secrets.token_bytes(_NONCE)
    head = MARK + bytes([cost]) + salt + nonce
    sealed = AESGCM(stretch(password, salt, cost)).encrypt(nonce, msgspec.msgpack.encode(content), head)
    write_atomically(file, head + sealed)


def read(file: Path, password: str) -> dict[str, Any]:
    """The content of such a file.

    Raises KnownError FILE_UNREADABLE {file} (not there, no such file, damaged), PASSPHRASE_WRONG.
    """
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise KnownError(ErrorKind.FILE_UNREADABLE, file=str(file)) from error
    head, sealed = raw[: len(MARK) + 1 + _SALT + _NONCE], raw[len(MARK) + 1 + _SALT + _NONCE :]
    if not raw.startswith(MARK) or not sealed or head[len(MARK)] > COST:
        raise KnownError(ErrorKind.FILE_UNREADABLE, file=str(file))
    cost, salt, nonce = head[len(MARK)], head[len(MARK) + 1 : -_NONCE], head[-_NONCE:]
    try:
        content: dict[str, Any] = msgspec.msgpack.decode(
            AESGCM(stretch(password, salt, cost)).decrypt(nonce, sealed, head)
        )
    except InvalidTag:
        raise KnownError(ErrorKind.PASSPHRASE_WRONG) from None
    return content


def take_in(connection: Connection, content: dict[str, Any]) -> dict[str, int]:
    """Put unsent work into this store, behind what waits already; returns how much of each table came in.

    What the server has answered is left out, and so is what was taken in before or is here anyway. The next sync sends
    it. Raises KnownError NOT_PERMITTED when it is another person's.
    """
    person, owner = recall(connection, "person"), content["person"]
    if owner is not None and (person is None or owner["id"] != person["id"]):
        raise KnownError(ErrorKind.NOT_PERMITTED)
    taken: list[str] = recall(connection, _TAKEN, [])
    if content["name"] in taken:
        return {}
    remember(connection, _TAKEN, [*taken, content["name"]])
    rows = content["rows"]
    here = {tuple(row) for row in connection.execute(select(outbox.c.command, outbox.c.args))}
    waiting = [
        row
        for row in rows.get(outbox.name, [])
        if row["state"] == "pending" and (row["command"], row["args"]) not in here
    ]
    refused = [row for row in rows.get(conflict.name, []) if row["settled_at"] is None]
    last: int = recall(connection, "last_mid", 0)
    for mid, row in enumerate(waiting, last + 1):
        values = {name: row[name] for name in ("command", "args", "customer_id", "recorded_at")}
        connection.execute(insert(outbox).values(mid=mid, state="pending", tries=0, **values))
    for mid, row in enumerate(refused, last + len(waiting) + 1):
        connection.execute(insert(conflict).values({**row, "mid": mid, "values": json.loads(row["values"])}))
    remember(connection, "last_mid", last + len(waiting) + len(refused))
    begun = set(connection.scalars(select(draft.c.task_id)))
    drafts = [row for row in rows.get(draft.name, []) if row["task_id"] not in begun]
    for row in drafts:
        connection.execute(insert(draft).values({**row, "content": json.loads(row["content"])}))
    for row in rows.get(definition_draft.name, []):
        kept = {**row, "content": json.loads(row["content"])}
        connection.execute(insert(definition_draft).prefix_with("OR IGNORE").values(kept))
    return {outbox.name: len(waiting), conflict.name: len(refused), draft.name: len(drafts)}
