"""What was promised to a customer (M4.9): what is open by its due time, then what was settled last."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from server_sync.domain.model import CommitmentState, commitment, person

MOST_SETTLED = 3


@dataclass(frozen=True)
class Commitment:
    """One promise: `owner` sees to it; `note` is how it was kept, or why it was withdrawn."""

    id: bytes
    text: str
    state: str
    due_at: int
    promised_at: int
    settled_at: int | None
    owner: str | None
    note: str | None

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state == CommitmentState.OPEN

    def is_overdue(self, now: int) -> bool:
        """Whether it should have been done by now."""
        return self.is_open and self.due_at < now


def load(connection: Connection, customer_id: bytes) -> tuple[Commitment, ...]:
    """A customer's promises; of those that are settled the latest few."""
    his = (
        select(commitment, person.c.name.label("owner"))
        .outerjoin(person, person.c.id == commitment.c.owner_id)
        .where(commitment.c.customer_id == customer_id)
    )
    is_open = commitment.c.state == CommitmentState.OPEN
    still = connection.execute(his.where(is_open).order_by(commitment.c.due_at, commitment.c.id))
    settled = connection.execute(
        his.where(~is_open).order_by(commitment.c.settled_at.desc(), commitment.c.id).limit(MOST_SETTLED)
    )
    return tuple(
        Commitment(
            row.id,
            row.text,
            row.state,
            row.due_at,
            row.promised_at,
            row.settled_at,
            row.owner,
            row.note,
        )
        for row in (*still, *settled)
    )
