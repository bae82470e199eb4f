"""What a lead can even out: his team's people with their load, and the tasks that nobody has begun; how it is done is
`rules.balance`."""

from sqlalchemy import Connection, func, select

from agent_app.store.queries.task_parts import Whose, is_open, tasks_of
from server_sync.domain.model import Role, TaskState, customer, person, task
from server_sync.domain.rules.balance import Loaded, Loose, Shift, balance

MOST = 5_000


def suggest(connection: Connection, team_id: bytes) -> tuple[Shift, ...]:
    """The moves that even a team's load out. What is begun, promised, pulled or the customer's own agent's stays."""
    people = connection.execute(
        select(person.c.id, person.c.skills)
        .where(person.c.team_id == team_id, person.c.role == Role.AGENT, person.c.active)
        .order_by(person.c.login)
    ).all()
    counted = select(task.c.assignee_id, func.count()).where(is_open(), task.c.assignee_id.is_not(None))
    loads = {row[0]: row[1] for row in connection.execute(counted.group_by(task.c.assignee_id))}
    about = (customer.c.region, customer.c.language, customer.c.product_line)
    loose = connection.execute(
        select(task.c.id, task.c.customer_id, task.c.assignee_id, *about, task.c.skills)
        .join(customer, customer.c.id == task.c.customer_id)
        .where(
            tasks_of(Whose(team_id)),
            task.c.state == TaskState.OPEN,
            task.c.attempt_count == 0,
            task.c.appointment_at.is_(None),
            task.c.leased_until.is_(None),
            task.c.assignee_id.in_([row.id for row in people]),
            customer.c.owner_id.is_distinct_from(task.c.assignee_id),
        )
        .order_by(task.c.due_at.desc(), task.c.id)
        .limit(MOST)
    )
    return balance(
        [Loaded(row.id, row.skills, loads.get(row.id, 0)) for row in people],
        [Loose(*row[:-1], tuple(row[-1])) for row in loose],
    )
