"""A server in a thread on both databases, with one agent, one customer and one task of his; a caller to ask it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import pytest

from server_sync.domain.commands import Actor, Command
from server_sync.domain.model import Role
from server_sync.domain.wire import versions
from server_sync.domain.wire.codec import decode, encode, encode_arguments
from server_sync.domain.wire.messages import Mutation, PullReply, PullRequest, PushReply, PushRequest
from server_sync.store.changes import write
from server_sync.store.database import Database
from tests.clocks import HandClock
from tests.server_sync.organisation import NOW, Organisation, seed
from tests.servers import Answer, Caller, ServerThread, add_person

DESK = bytes(range(16))
NUMBERS: dict[str, Any] = {"protocol": versions.PROTOCOL, "schema": versions.SCHEMA}


@dataclass
class Scene:
    """What a test of a route acts on."""

    server: ServerThread
    clock: HandClock
    caller: Caller
    organisation: Organisation
    agent: Actor
    customer_id: bytes
    task_id: bytes

    @property
    def database(self) -> Database:
        return self.server.database

    def push(
        self, commands: Sequence[Command], first_mid: int = 1, device: bytes = DESK, unsent: int = 0
    ) -> Answer:
        """Send commands as mutations."""
        mutations = [
            Mutation(mid=mid, command=command.name, args=encode_arguments(command), at=NOW)
            for mid, command in enumerate(commands, start=first_mid)
        ]
        request = PushRequest(**NUMBERS, device=device, request=1, mutations=mutations, unsent=unsent)
        return self.send("/sync/push", request)

    def pull(self, cursor: dict[str, int] | None = None, epoch: bytes | None = None) -> PullReply:
        """One page."""
        request = PullRequest(**NUMBERS, device=DESK, request=1, epoch=epoch, cursor=cursor or {})
        answer = self.send("/sync/pull", request)
        assert answer.status == 200, answer.body
        return decode(answer.body, PullReply)

    def send(self, path: str, message: msgspec.Struct, **headers: str) -> Answer:
        """A message to a sync route, uncompressed."""
        return self.caller.post(path, encode(message), Content_Type="application/msgpack", **headers)


def results_of(answer: Answer) -> list[tuple[str, str | None]]:
    """Status and kind of each result of a push."""
    assert answer.status == 200, answer.body
    return [(result.status, result.kind) for result in decode(answer.body, PushReply).results]


@pytest.fixture
def scene(serve_in_thread: Callable[..., ServerThread]) -> Scene:
    clock = HandClock(NOW)
    server = serve_in_thread(clock)
    organisation = seed(server.database)
    person_id = add_person(server.database, team="北区", clock=clock)
    agent = Actor(person_id, Role.AGENT, organisation.north)
    customer = organisation.customer(organisation.north)
    task = organisation.task(customer, agent)
    with server.database.write(clock.now()) as tx:
        write(tx, [customer, task])
    caller = Caller(server.address)
    return Scene(server, clock, caller, organisation, agent, customer.row_id, task.row_id)


@pytest.fixture
def signed_in(scene: Scene) -> Scene:
    """The scene, its caller signed in as the agent."""
    assert scene.caller.sign_in(device=DESK).status == 200
    return scene
