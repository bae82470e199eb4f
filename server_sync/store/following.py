"""What lies before a team's lead about a customer goes with the customer: whoever no longer sees him keeps nothing of
him (SYNC S3)."""

from sqlalchemy import exists, select, tuple_, update

from server_sync.domain.model import customer, team_conflict
from server_sync.store import changes
from server_sync.store.partitions import Scope
from server_sync.store.scratch import move
from server_sync.store.statement import Statement
from server_sync.store.tables import partition
from server_sync.store.transaction import Transaction

_TEAMS_LEFT = (
    select(partition.c.subject)
    .join(move, move.c.partition == partition.c.id)
    .where(~move.c.joined, partition.c.scope == Scope.TEAM)
)
_TEAMS = Statement(_TEAMS_LEFT.distinct())
_LEFT = _TEAMS_LEFT.add_columns(move.c.customer_id)
_NOW_OF = select(customer.c.team_id).where(customer.c.id == team_conflict.c.customer_id).scalar_subquery()


def follow(tx: Transaction) -> None:
    """Hand the entries about customers who left a team's partition to the team that the customer is of; `move` says who
    left. With no other team to go to they stay."""
    teams = [team for [team] in _TEAMS.rows(tx.connection)]
    if not teams:
        return
    elsewhere = exists().where(customer.c.id == team_conflict.c.customer_id, customer.c.team_id.is_not(None))
    moved = (
        update(team_conflict)
        .values(team_id=_NOW_OF, rev=team_conflict.c.rev + 1)
        .where(
            team_conflict.c.team_id.in_(teams),
            tuple_(team_conflict.c.team_id, team_conflict.c.customer_id).in_(_LEFT),
            elsewhere,
        )
        .returning(team_conflict.c.id)
    )
    changes.touch(tx, "team_conflict", tx.connection.scalars(moved).all())
