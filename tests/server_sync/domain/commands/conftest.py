"""The call centre in memory, and a call on a task in it."""

import pytest

from tests.server_sync.domain.commands.calls import Desk
from tests.server_sync.domain.commands.world import World


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def desk(world: World) -> Desk:
    """An agent with a task of a customer of his team who has two numbers."""
    return Desk(world)
