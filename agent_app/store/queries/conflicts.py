"""What was not taken as it was meant and nobody has dealt with yet: one's own (SYNC P3), and the team's for its
lead."""

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, and_, func, select

from agent_app.store.tables import conflict
from server_sync.domain.errors import KnownError
from server_sync.domain.model import (
    ConflictState,
    ConflictStatus,
    article,
    contact_point,
    customer,
    do_not_call,
    person,
    task,
    team_conflict,
)
from server_sync.domain.rules.conflicts import awaits_lead, decided_by_lead
from server_sync.domain.wire.codec import decode_command

MOST_SHOWN = 500


@dataclass(frozen=True)
class Conflict:
    """One entry. `mid` is that of one's own, None of the team's; `status` rejected, merged, set_aside and, of the
    team's, late, handed_over, revoked; `arguments` are those of the command, {} when unreadable; `stands` is what there
    is now of what it was about; `person` whose work it was, `other` whose value stands, as far as they are known."""

    id: bytes
    mid: int | None
    status: str
    command: str
    arguments: dict[str, Any]
    kind: str
    values: dict[str, Any]
    customer_id: bytes | None
    customer: str | None
    recorded_at: int
    answered_at: int
    person: str | None = None
    other: str | None = None
    note: str | None = None
    stands: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_late(self) -> bool:
        """Whether it is the result of a call that came after the task was closed or given away."""
        return self.status == ConflictStatus.LATE

    @property
    def awaits_lead(self) -> bool:
        """Whether the lead has to decide it."""
        return awaits_lead(self.status, self.kind, self.values)

    @property
    def decided_by_lead(self) -> bool:
        """Whether its person may not press it by himself."""
        return decided_by_lead(self.kind, self.values)


def unsettled(connection: Connection) -> tuple[Conflict, ...]:
    """One's own open entries, the latest first."""
    found = (
        select(conflict, customer.c.name.label("customer"))
        .outerjoin(customer, customer.c.id == conflict.c.customer_id)
        .where(conflict.c.settled_at.is_(None))
        .order_by(conflict.c.answered_at.desc(), conflict.c.mid.desc())
    )
    entries = [
        Conflict(
            row.mid.to_bytes(16),
            row.mid,
            row.status,
            row.command.partition("@")[0],
            _arguments(row.command, row.args),
            row.kind,
            row.values,
            row.customer_id,
            row.customer,
            row.recorded_at,
            row.answered_at,
        )
        for row in connection.execute(found)
    ]
    return _completed(connection, entries)


def of_team(connection: Connection) -> tuple[Conflict, ...]:
    """The open entries that this desk holds of its team or teams, as many as anybody goes through: what waits for the
    lead first, then the latest."""
    found = (
        select(team_conflict, customer.c.name.label("customer"), person.c.name.label("person"))
        .outerjoin(customer, customer.c.id == team_conflict.c.customer_id)
        .outerjoin(person, person.c.id == team_conflict.c.person_id)
        .where(_of_the_server())
        .order_by(team_conflict.c.answered_at.desc(), team_conflict.c.id.desc())
    )
    entries = [
        Conflict(
            row.id,
            None,
            row.status,
            row.command.partition("@")[0],
            _arguments(row.command, b64decode(row.args)),
            row.kind,
            row.details,
            row.customer_id,
            row.customer,
            row.recorded_at,
            row.answered_at,
            row.person,
            note=row.note,
        )
        for row in connection.execute(found)
    ]
    entries.sort(key=lambda entry: not entry.awaits_lead)
    return _completed(connection, entries[:MOST_SHOWN])


def count(connection: Connection) -> int:
    """How many wait for who sits here: his own, and as a lead those that only he can settle."""
    own = select(func.count()).select_from(conflict).where(conflict.c.settled_at.is_(None))
    of_others = select(team_conflict.c.status, team_conflict.c.kind, team_conflict.c.details)
    waiting = [awaits_lead(*row) for row in connection.execute(of_others.where(_of_the_server()))]
    return connection.execute(own).scalar_one() + sum(waiting)


def _of_the_server() -> Any:
    """Open entries that came from the server: what an agent hands over stands at his desk until it has arrived."""
    return and_(team_conflict.c.state == ConflictState.OPEN, team_conflict.c.rev > 0)


def _arguments(name: str, args: bytes) -> dict[str, Any]:
    try:
        return dict(vars(decode_command(name, args)))
    except KnownError:
        return {}


def _completed(connection: Connection, entries: list[Conflict]) -> tuple[Conflict, ...]:
    """The entries with what stands now, and whose it is."""
    people = {row.id: row.name for row in connection.execute(select(person.c.id, person.c.name))}
    return tuple(
        replace(
            entry,
            stands=_stands(connection, entry, people),
            other=people.get(bytes.fromhex(entry.values.get("by") or "")),
        )
        for entry in entries
    )


def _stands(connection: Connection, entry: Conflict, people: Mapping[bytes, str]) -> dict[str, Any]:
    """What this desk holds now of what the entry is about; {} when it holds nothing of it."""
    given, found = entry.arguments, {}
    held = connection.execute(select(customer).where(customer.c.id == entry.customer_id)).one_or_none()
    if held is not None and entry.command == "correct_customer":
        found["value"] = held._asdict().get(given.get("field", ""))
    if held is not None and entry.command in ("add_tag", "remove_tag"):
        found["tags"] = held.tags
    if entry.command == "correct_contact_point":
        point = select(contact_point.c.value).where(contact_point.c.id == given.get("contact_point_id"))
        found["value"] = connection.execute(point).scalar_one_or_none()
    if entry.command in ("set_do_not_call", "clear_do_not_call"):
        standing = select(do_not_call.c.scope).where(
            do_not_call.c.customer_id == entry.customer_id, do_not_call.c.cleared_at.is_(None)
        )
        found["scopes"] = sorted(set(connection.scalars(standing)))
    if entry.command == "save_article":
        kept = connection.execute(
            select(article).where(article.c.id == given.get("article_id"))
        ).one_or_none()
        found |= {} if kept is None else {name: kept._asdict()[name] for name in ("title", "body")}
    row = connection.execute(select(task).where(task.c.id == given.get("task_id"))).one_or_none()
    if row is not None:
        found |= {
            "state": row.state,
            "disposition": row.disposition,
            "appointment_at": row.appointment_at,
            "assignee": people.get(row.assignee_id),
        }
    if given.get("person_id") in people:
        found["wanted"] = people[given["person_id"]]
    return found
