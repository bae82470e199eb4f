"""How a task is dialled: as its plan says, else as the company does."""

from sqlalchemy import Connection, select

from agent_app.store.queries import settings
from server_sync.domain.model import plan, task
from server_sync.domain.rules.dialling_modes import Dialling, dialling_of


def load(connection: Connection, task_id: bytes) -> Dialling:
    """The mode of a task; that of the company for one without a plan."""
    found = select(plan.c.dialling).join(task, task.c.plan_id == plan.c.id).where(task.c.id == task_id)
    row = connection.execute(found).one_or_none()
    return dialling_of(None if row is None else row._asdict(), settings.load(connection, "dialling"))
