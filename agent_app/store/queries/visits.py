"""The visits of one person for a span of days: each with where it goes, how far it is and what is still to go up, and
what this device holds; the kit itself is the work column (M6.7, M13.3)."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from agent_app.store import drafts
from agent_app.store.attachments import FileState
from agent_app.store.desk_state import recall
from agent_app.store.queries.queue import mine
from agent_app.store.tables import attachment_file, draft, held, outbox
from server_sync.domain.model import Channel, TaskState, contact_point, customer, plan, task
from server_sync.domain.rules.contact_ledger import DIALLED
from server_sync.domain.rules.local_time import Zone
from server_sync.domain.rules.names import mask_firm, mask_person
from server_sync.domain.rules.permissions import OPEN_STATES
from server_sync.domain.rules.phone import mask


class VisitStage(StrEnum):
    """How far a visit is, in the order of its life."""

    OPEN = "open"
    UNDER_WAY = "under_way"
    """Begun, or its form is."""
    FILLED = "filled"
    """Its form was gone through to the end; it waits for its result."""
    WAITING = "waiting"
    """Frozen: it has its result, and waits to be sent."""
    SENT = "sent"
    """The server has it; files may still be on their way."""


_LEFT = (VisitStage.OPEN, VisitStage.UNDER_WAY, VisitStage.FILLED)
_UNSENT = select(outbox.c.customer_id).where(outbox.c.state == "pending")
_SENDING = select(attachment_file.c.customer_id).where(attachment_file.c.state == FileState.SENDING)


@dataclass(frozen=True)
class Visit:
    """One visit: `name` and `contact` are masked, the address is where he has to go; `reason` needs words. `uploads`:
    how many files of the customer are still to go up."""

    id: bytes
    customer_id: bytes
    name: str
    kind: str
    tier: str
    region: str
    city: str
    address: str
    contact: str
    purpose: str
    label: str
    reason: str
    reason_values: Mapping[str, Any]
    due_at: int
    appointment_at: int | None
    stage: VisitStage
    uploads: int
    in_pool: bool

    @property
    def is_left(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.stage in _LEFT


@dataclass(frozen=True)
class Visits:
    """Visits in the order that helps; how many dossiers are on this device, since when it is in step (ms, None for not
    yet)."""

    visits: tuple[Visit, ...] = ()
    dossiers: int = 0
    in_step_at: int | None = None


def load(
    connection: Connection,
    person_id: bytes,
    team_id: bytes | None,
    day_began_at: int,
    until_at: int | None,
    zone: Zone,
) -> Visits:
    """What is left to do and agreed or due before `until_at` (None: whenever), what was done since the day began, and
    what was done before of which something is still to go up."""
    agreed_or_due = func.coalesce(task.c.appointment_at, task.c.due_at)
    left: ColumnElement[bool] = task.c.state.in_(OPEN_STATES)
    if until_at is not None:
        left = and_(left, agreed_or_due < until_at)
    going_up = or_(task.c.customer_id.in_(_UNSENT), task.c.customer_id.in_(_SENDING))
    done = and_(task.c.state == TaskState.DONE, or_(task.c.done_at >= day_began_at, going_up))
    columns = customer.c["name", "kind", "tier", "region", "city", "address"]
    found = (
        select(
            task,
            *columns,
            plan.c.label,
            draft.c.content,
            draft.c.task_id.label("drafted"),
        )
        .join(customer, customer.c.id == task.c.customer_id)
        .outerjoin(plan, plan.c.id == task.c.plan_id)
        .outerjoin(draft, draft.c.task_id == task.c.id)
        .where(task.c.channel == Channel.VISIT, mine(person_id, team_id), or_(left, done))
    )
    rows = [row._asdict() for row in connection.execute(found)]
    customers = {row["customer_id"] for row in rows}
    waiting = set(connection.execute(_UNSENT.where(outbox.c.customer_id.in_(customers))).scalars())
    uploads = _uploads(connection, customers)
    contacts = _contacts(connection, customers)
    visits = [_visit(row, waiting, uploads, contacts) for row in rows]
    dossiers = connection.execute(select(func.count(held.c.customer_id.distinct()))).scalar_one()
    return Visits(in_order(visits, zone), dossiers, recall(connection, "in_step_at"))


def in_order(visits: Iterable[Visit], zone: Zone) -> tuple[Visit, ...]:
    """What is left before what is done; the agreed ones by their time, the others by the day on which they are due, and
    within it by where they are, so that neighbours stand together."""

    def place(visit: Visit) -> tuple[bool, bool, int, str, str, str, int, bytes]:
        agreed = visit.appointment_at
        when = zone.day(visit.due_at) if agreed is None else agreed
        where = (visit.region, visit.city, visit.address)
        return (not visit.is_left, agreed is None, when, *where, visit.due_at, visit.id)

    return tuple(sorted(visits, key=place))


def _visit(
    row: Mapping[str, Any],
    waiting: set[bytes | None],
    uploads: Mapping[bytes, int],
    contacts: Mapping[bytes, str],
) -> Visit:
    name, customer_id = row["name"], row["customer_id"]
    return Visit(
        id=row["id"],
        customer_id=customer_id,
        name=mask_firm(name) if row["kind"] == "company" else mask_person(name),
        kind=row["kind"],
        tier=row["tier"],
        region=row["region"] or "",
        city=row["city"] or "",
        address=row["address"] or "",
        contact=contacts.get(customer_id, ""),
        purpose=row["purpose"],
        label=str(row["reason_values"].get("label") or row["label"] or ""),
        reason=row["reason"],
        reason_values=row["reason_values"],
        due_at=row["due_at"],
        appointment_at=row["appointment_at"],
        stage=_stage(row, unsent=customer_id in waiting),
        uploads=uploads.get(customer_id, 0),
        in_pool=row["in_pool"],
    )


def _stage(row: Mapping[str, Any], *, unsent: bool) -> VisitStage:
    if row["state"] not in OPEN_STATES:
        return VisitStage.WAITING if unsent else VisitStage.SENT
    if row["drafted"] is None:
        return VisitStage.OPEN
    form = (row["content"] or {}).get(drafts.GUIDE) or {}
    return VisitStage.FILLED if form.get("page") == drafts.DONE else VisitStage.UNDER_WAY


def _uploads(connection: Connection, customers: set[bytes]) -> Mapping[bytes, int]:
    return Counter(connection.execute(_SENDING.where(attachment_file.c.customer_id.in_(customers))).scalars())


def _contacts(connection: Connection, customers: set[bytes]) -> Mapping[bytes, str]:
    """The first number of each that may be dialled."""
    found = (
        select(contact_point.c.customer_id, contact_point.c.value)
        .where(
            contact_point.c.customer_id.in_(customers),
            contact_point.c.valid,
            contact_point.c.kind.in_(DIALLED),
        )
        .order_by(contact_point.c.position.desc())
    )
    return {row.customer_id: mask(row.value) for row in connection.execute(found)}
