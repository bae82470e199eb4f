"""Puts the team's pool at the foot of the queue: whom it asks, and what follows when it was given some."""

from agent_app.actions.session import DeskSession
from agent_app.features.pool.view import PoolFoot
from agent_app.features.queue.view import QueueFeature
from agent_app.sync.client import Server
from agent_app.sync.pool import PoolOffice
from agent_app.sync.synchroniser import Synchroniser


def add_pool(queue: QueueFeature, session: DeskSession, server: Server, sync: Synchroniser) -> PoolFoot:
    """What was pulled comes with a round at once."""
    office = PoolOffice(server, lambda: sync.device)
    foot = PoolFoot(session, office.take, sync.hinted)
    queue.set_foot(foot.widget)
    return foot
