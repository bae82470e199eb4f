"""Desks as their leads see them: who works where, last heard of when, holding how much, admitted or not (SYNC E4).

The rows are replicated, so they are written when somebody signs in and when something has changed by a lot.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from server_sync.domain.clock import MINUTE
from server_sync.domain.commands import Change, Insert, Update
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import desk_device, person, setting, team
from server_sync.domain.model.columns import load_json
from server_sync.domain.rules.settings import setting_id, setting_value
from server_sync.store import changes
from server_sync.store.statement import Statement
from server_sync.store.transaction import Transaction

CONTACT_STEP = 30 * MINUTE
"""A later contact than this makes a new row; the exact time stands in `device`."""
SKEW_STEP = MINUTE
"""A clock that is off by less than this, or by so much more, is no news: replies take their time."""
COUNT_STEP = 50
COUNT_SHARE = 0.1
LONGEST_VERSION = 40
SHORTEST_LEASE, LONGEST_LEASE = 1, 90
"""Days; tombstones are kept for the longest one (SYNC E3)."""


@dataclass(frozen=True)
class Contact:
    """A device was heard of at this time (ms); `rows`: how many it then held, `unsent`: how many mutations it had not
    sent, `skew`: by how much its clock was ahead (ms), each None where that is not known."""

    at: int
    rows: int | None = None
    unsent: int | None = None
    skew: int | None = None


def signed_in(tx: Transaction, person_id: bytes, device_id: bytes, name: str, app_version: str) -> None:
    """Note who works at a device from now on. Raises KnownError DEVICE_REVOKED {wipe}."""
    row = _row(tx.connection, device_id)
    if row is not None and row["revoked_at"] is not None:
        raise KnownError(ErrorKind.DEVICE_REVOKED, wipe=row["wipe"])
    values = {
        "team_id": tx.connection.scalar(select(person.c.team_id).where(person.c.id == person_id)),
        "person_id": person_id,
        "name": name,
        "app_version": app_version.strip()[:LONGEST_VERSION].replace("\0", ""),
        "signed_in_at": tx.now,
        "last_contact_at": tx.now,
    }
    change: Change = Insert("desk_device", {"id": device_id, **values})
    if row is not None:
        change = Update("desk_device", device_id, values)
    changes.write(tx, [change])


def note(tx: Transaction, contacts: Mapping[bytes, Contact]) -> None:
    """Renew the rows of those who were heard of, where they have changed by a lot."""
    changes.write(tx, list(_news(tx.connection, contacts)))


def wiped(tx: Transaction, device_id: bytes) -> None:
    """A desk that was told to says that its store is gone."""
    row = _row(tx.connection, device_id)
    if row is not None and row["wipe"]:
        values = {"wiped_at": tx.now, "rows_held": 0, "unsent": 0, "last_contact_at": tx.now}
        changes.write(tx, [Update("desk_device", device_id, values)])


_LEASE = Statement(select(setting.c.value).where(setting.c.id == setting_id("lease")))


def lease_days(connection: Connection) -> int:
    """For how many days a desk may work without the server (SYNC E4)."""
    row = _LEASE.first(connection)
    days: int = setting_value("lease", None if row is None else {"value": load_json(row[0])})["days"]
    return days


def set_lease(tx: Transaction, days: int) -> None:
    """Let desks work for so many days without the server. Raises KnownError OUT_OF_RANGE {field}."""
    if not SHORTEST_LEASE <= days <= LONGEST_LEASE:
        raise KnownError(ErrorKind.OUT_OF_RANGE, field="days")
    row_id, value = setting_id("lease"), {"days": days}
    known = tx.connection.scalar(select(setting.c.id).where(setting.c.id == row_id)) is not None
    row = {"id": row_id, "key": "lease", "value": value}
    changes.write(tx, [Update("setting", row_id, {"value": value}) if known else Insert("setting", row)])


@dataclass(frozen=True)
class Listed:
    """A desk as the list shows it."""

    id: bytes
    login: str
    person: str
    team: str | None
    name: str
    app_version: str
    last_contact_at: int
    rows_held: int | None
    unsent: int | None
    revoked_at: int | None
    wipe: bool
    wiped_at: int | None
    clock_skew_ms: int | None


def everything(connection: Connection) -> list[Listed]:
    """All desks, by their person."""
    found = (
        select(
            *desk_device.c["id", "name", "app_version", "last_contact_at", "rows_held", "unsent"],
            *desk_device.c["revoked_at", "wipe", "wiped_at", "clock_skew_ms"],
            person.c.login,
            person.c.name.label("person"),
            team.c.name.label("team"),
        )
        .join(person, person.c.id == desk_device.c.person_id)
        .outerjoin(team, team.c.id == desk_device.c.team_id)
        .order_by(person.c.login, desk_device.c.id)
    )
    return [Listed(**row) for row in connection.execute(found).mappings()]


def _news(connection: Connection, contacts: Mapping[bytes, Contact]) -> Iterator[Update]:
    for ids in changes.batches(sorted(contacts)):
        found = (
            select(desk_device, person.c.team_id.label("now_in"))
            .join(person, person.c.id == desk_device.c.person_id)
            .where(desk_device.c.id.in_(ids))
        )
        for row in connection.execute(found).mappings():
            values = _values(dict(row), contacts[row["id"]])
            if values:
                yield Update("desk_device", row["id"], values)


def _values(row: Mapping[str, Any], contact: Contact) -> dict[str, Any]:
    values: dict[str, Any] = {}
    if row["now_in"] != row["team_id"]:
        values["team_id"] = row["now_in"]
    after_a_while = contact.at - row["last_contact_at"] >= CONTACT_STEP
    if after_a_while:
        values["last_contact_at"] = contact.at
    if contact.skew is not None and abs(contact.skew - (row["clock_skew_ms"] or 0)) > SKEW_STEP:
        values["clock_skew_ms"] = contact.skew
    counts = {"rows_held": contact.rows, "unsent": contact.unsent}
    return values | {
        name: count
        for name, count in counts.items()
        if count is not None and (after_a_while or _differs(row[name], count))
    }


def _differs(known: int | None, count: int) -> bool:
    if known is None or (known == 0) != (count == 0):
        return True
    return abs(count - known) > max(COUNT_STEP, round(known * COUNT_SHARE))


def _row(connection: Connection, device_id: bytes) -> Mapping[str, Any] | None:
    row = connection.execute(select(desk_device).where(desk_device.c.id == device_id)).mappings().first()
    return None if row is None else dict(row)
