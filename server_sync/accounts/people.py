"""People as the server's command line keeps them: add, list, disable, give a password; teams come by name."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from server_sync.accounts import devices
from server_sync.domain.commands import Change, Insert, Update
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import Ids
from server_sync.domain.model import Role, person, team
from server_sync.jobs import absences
from server_sync.store import changes
from server_sync.store.tables import account
from server_sync.store.transaction import Transaction

LONGEST_NAME = 100
SKILLS = {"language": "languages", "product_line": "product_lines", "region": "regions"}
"""Word of the command line → key of `person.skills` (M3.1)."""


@dataclass(frozen=True)
class NewPerson:
    """Who is to be added; `team` is a name, `skills` as `person.skills` holds them."""

    login: str
    name: str
    role: Role
    team: str | None
    skills: Mapping[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Listed:
    """A person as the list shows him."""

    login: str
    name: str
    role: str
    team: str | None
    active: bool
    devices: int
    last_contact_at: int | None


def add(tx: Transaction, ids: Ids, new: NewPerson, password_hash: str) -> bytes:
    """Add a person who can sign in; returns his id.

    Raises KnownError ALREADY_EXISTS {table, name} for a login in use (however it is written), FIELD_INVALID {field}.
    """
    login, name = new.login.strip(), new.name.strip()
    if not login or len(login) > LONGEST_NAME or " " in login or not login.isprintable():
        raise KnownError(ErrorKind.FIELD_INVALID, field="login")
    if not name or len(name) > LONGEST_NAME:
        raise KnownError(ErrorKind.FIELD_INVALID, field="name")
    if find(tx.connection, login) is not None:
        raise KnownError(ErrorKind.ALREADY_EXISTS, table="person", name=login)
    if new.role is not Role.ADMINISTRATOR and not (new.team or "").strip():
        raise KnownError(ErrorKind.FIELD_MISSING, field="team")
    rows: list[Change] = []
    team_id = _team(tx.connection, ids, new.team.strip(), rows) if new.team and new.team.strip() else None
    person_id = ids.new()
    values = {
        "id": person_id,
        "login": login,
        "name": name,
        "role": new.role.value,
        "team_id": team_id,
        "skills": dict(new.skills),
        "active": True,
    }
    changes.write(tx, [*rows, Insert("person", values)])
    tx.connection.execute(
        insert(account).values(person_id=person_id, password_hash=password_hash, changed_at=tx.now)
    )
    return person_id


def _team(connection: Connection, ids: Ids, name: str, rows: list[Change]) -> bytes:
    """The team of a name; a new one's row is put in `rows`."""
    known: bytes | None = connection.scalar(select(team.c.id).where(team.c.name == name).order_by(team.c.id))
    if known is not None:
        return known
    team_id = ids.new()
    rows.append(Insert("team", {"id": team_id, "name": name}))
    return team_id


def folded(login: str) -> str:
    """A login as logins are compared: without regard to the case of letters, full or half width, and blanks around."""
    return unicodedata.normalize("NFKC", login).strip().casefold()


def find(connection: Connection, login: str) -> Mapping[str, Any] | None:
    """The person of a login, however it is written; None for nobody.

    Compared here: what a database takes for the lower case of a letter goes by its kind and its locale.
    """
    wanted = folded(login)
    logins = connection.execute(select(person.c.id, person.c.login))
    found = next((row.id for row in logins if folded(row.login) == wanted), None)
    if found is None:
        return None
    return dict(connection.execute(select(person).where(person.c.id == found)).mappings().one())


def existing(connection: Connection, login: str) -> Mapping[str, Any]:
    """The person of a login. Raises KnownError NOT_FOUND {table, name}."""
    found = find(connection, login)
    if found is None:
        raise KnownError(ErrorKind.NOT_FOUND, table="person", name=login)
    return found


def set_active(tx: Transaction, login: str, active: bool) -> None:
    """Let a person in again, or no more: then his tokens end at once. The last administrator stays."""
    found = existing(tx.connection, login)
    if not active:
        if found["role"] == Role.ADMINISTRATOR and _other_administrators(tx.connection, found["id"]) == 0:
            raise KnownError(ErrorKind.NOT_PERMITTED, why="last_administrator")
        devices.revoke_all(tx, found["id"])
    if found["active"] != active:
        changes.write(tx, [Update("person", found["id"], {"active": active})])
        absences.enqueue(tx, tx.now, f"{found['id'].hex()}:{tx.now}")


def set_password(tx: Transaction, login: str, password_hash: str) -> None:
    """Give a person another password (his first one, if he was imported); every device has to sign in again."""
    found = existing(tx.connection, login)
    values = {"password_hash": password_hash, "changed_at": tx.now}
    known = tx.connection.execute(update(account).where(account.c.person_id == found["id"]).values(values))
    if known.rowcount == 0:
        tx.connection.execute(insert(account).values(person_id=found["id"], **values))
    devices.revoke_all(tx, found["id"])


def everybody(connection: Connection) -> list[Listed]:
    """All people by login."""
    contacts = devices.contacts_by_person(connection)
    rows = connection.execute(
        select(person.c.id, person.c.login, person.c.name, person.c.role, team.c.name, person.c.active)
        .outerjoin(team, team.c.id == person.c.team_id)
        .order_by(func.lower(person.c.login))
    )
    return [
        Listed(login, name, role, of_team, active, *contacts.get(person_id, (0, None)))
        for person_id, login, name, role, of_team, active in rows
    ]


def administrators(connection: Connection) -> int:
    """How many administrators can sign in."""
    return (
        connection.scalar(select(func.count()).where(person.c.role == Role.ADMINISTRATOR, person.c.active))
        or 0
    )


def _other_administrators(connection: Connection, person_id: bytes) -> int:
    others = select(func.count()).where(
        person.c.role == Role.ADMINISTRATOR, person.c.active, person.c.id != person_id
    )
    return connection.scalar(others) or 0


def skills_of(words: Sequence[str]) -> dict[str, list[str]]:
    """Skills from "language=zh" words, several of one kind allowed. Raises KnownError FIELD_INVALID {field, value}."""
    skills: dict[str, list[str]] = {}
    for word in words:
        kind, _, value = word.partition("=")
        key = SKILLS.get(kind.strip().replace("-", "_"))
        if key is None or not value.strip():
            raise KnownError(ErrorKind.FIELD_INVALID, field="skill", value=word)
        skills.setdefault(key, []).append(value.strip())
    return skills
