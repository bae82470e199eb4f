"""Messages of every sync route that are well-formed but for a value or two that no desk would send: a result for each
mutation or a refusal, and of nobody else is a row changed or told."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from server_sync.doctor.examination import examine
from server_sync.domain.commands import COMMANDS, AddNote, Command, CorrectCustomer, StartAttempt
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import TABLES
from server_sync.domain.wire.codec import decode, encode_arguments
from server_sync.domain.wire.messages import PushReply
from server_sync.http.errors import MSGPACK
from server_sync.store import partitions
from server_sync.store.changes import write
from server_sync.store.tables import audit, feed_commit, partition
from tests.server_sync.http.conftest import DESK, NUMBERS, Scene
from tests.server_sync.organisation import NOW
from tests.servers import Caller, add_person

EXAMPLES = 60
FOREIGN_DESK = bytes(range(16, 32))
ROUTES = ("/sync/push", "/sync/pull", "/sync/compare", "/sync/device", "/sync/ready")
FINE = {200, 400, 401, 403, 404, 409, 413, 426}
NUMBERS_OF_NO_DESK = [0, -1, 1, 1 << 31, 1 << 53, (1 << 63) - 1, 1 << 63, (1 << 64) - 1, -(1 << 63)]
WRONG: list[Any] = [
    *(None, True, 1.5, float("nan"), float("inf"), "", "\0", "a\0b", "\u202e\U0001f600", "x" * 70_000),
    *(b"", bytes(15), bytes(16), bytes(17), b"\xff" * 16, b"\xc1", b"\x91" * 900, b"x" * 300_000),
    *([], {}, [[]], {"a": {"b": [None]}}, [0] * 300, {"\0": 1}, {1: 2}, ["ref\0"], {"a": -1}),
    *(
        {"ref\0": [[1, bytes(8)]]},
        {"ref": [[-1, b""]]},
        {"ref": [[(1 << 64) - 1, bytes(8)]]},
        {"": [[1, b"\0"]]},
    ),
    *("ref", "desk:", "team:", "device:", "desk:" + "0" * 32, "ref\0", "team:" + "z" * 32),
]


class Stage:
    """The scene's agent is the sender; beside him another team with people, a device, customers and a history."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        organisation, database = scene.organisation, scene.database
        self.customer = organisation.customer(organisation.south, owner=organisation.south_agents[0])
        self.task = organisation.task(self.customer, organisation.south_agents[0])
        self.point = organisation.contact_point(self.customer)
        with database.write(NOW) as tx:
            write(tx, [self.customer, self.task, self.point])
        self.person = add_person(database, "other", team="南区", clock=scene.clock)
        assert Caller(scene.server.address).sign_in("other", device=FOREIGN_DESK).status == 200
        with database.read() as connection:
            found = select(partition.c.name, feed_commit.c.seq, feed_commit.c.token).join(
                partition, partition.c.id == feed_commit.c.partition
            )
            self.commits = [(row.name, row.seq, row.token) for row in connection.execute(found)]
        self.names = sorted({name for name, _, _ in self.commits})
        self.of_others = [
            FOREIGN_DESK,
            self.person,
            self.customer.row_id,
            self.task.row_id,
            self.point.row_id,
        ]
        self.epoch = scene.pull().epoch
        self.mid = 0

    def message(self, path: str) -> dict[str, Any]:
        """What an honest desk might send; under a new number each time."""
        scene, new_id = self.scene, self.scene.organisation.ids.new
        own = partitions.device(DESK)
        common = {**NUMBERS, "device": DESK, "request": 1}
        match path:
            case "/sync/push":
                customer_id, task_id = scene.customer_id, scene.task_id
                commands: list[Command] = [
                    AddNote(new_id(), customer_id, "记一笔", NOW, task_id),
                    StartAttempt(new_id(), task_id, customer_id, None, "phone", NOW),
                    CorrectCustomer(new_id(), customer_id, "city", "青岛", None, NOW),
                ]
                mutations = []
                for command in commands:
                    self.mid += 1
                    args = msgspec.msgpack.decode(encode_arguments(command))
                    mutations.append({"mid": self.mid, "command": command.name, "args": args, "at": NOW})
                return {**common, "mutations": mutations, "seen": self._seen(), "unsent": 3}
            case "/sync/pull":
                cursor = {name: seq for name, seq, _ in self.commits if name in (own, "ref")}
                more = {"cursor": cursor, "seen": self._seen(), "fresh": [own]}
                return {**common, "epoch": self.epoch, **more}
            case "/sync/compare":
                return {
                    **common,
                    "partition": "ref",
                    "seq": max(seq for name, seq, _ in self.commits if name == "ref"),
                    "sums": [[0, 0] for _ in range(256)],
                }
            case "/sync/device":
                return {**common, "new": new_id(), "name": "台式机"}
            case _:
                return {**common, "partition": own}

    def _seen(self) -> dict[str, Any]:
        return {name: [[seq, token]] for name, seq, token in self.commits if name == partitions.device(DESK)}

    def foreign(self) -> dict[str, list[dict[str, Any]]]:
        """Every row that is neither the sender's nor about his customer."""
        own = {self.scene.customer_id, self.scene.agent.person_id}
        rows = {}
        with self.scene.database.read() as connection:
            for name, table in TABLES.items():
                found = [row._asdict() for row in connection.execute(select(table).order_by(table.c.id))]
                rows[name] = [
                    row
                    for row in found
                    if not own & {row["id"], row.get("customer_id"), row.get("person_id")}
                ]
        return rows


def places(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value of a message."""
    steps = value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for step in steps:
        yield (*above, step)
        yield from places(value[step], (*above, step))


def spoil(message: dict[str, Any], data: st.DataObject, values: st.SearchStrategy[Any]) -> None:
    """Replace a value of the message, leave one out, or add one that nobody knows."""
    *above, last = data.draw(st.sampled_from(sorted(places(message), key=repr)), "where")
    inside: Any = message
    for step in above:
        inside = inside[step]
    match data.draw(st.sampled_from(["replace"] * 8 + ["leave out", "add"]), "how"):
        case "replace":
            inside[last] = data.draw(values, "what")
        case "leave out":
            del inside[last]
        case _ if isinstance(inside, dict):
            inside[data.draw(st.sampled_from(["role", "team_id", "rev", "", "\0"]), "name")] = data.draw(
                values
            )
        case _:
            inside.append(data.draw(values))


def pack(message: dict[str, Any]) -> bytes:
    for mutation in message.get("mutations", []) if isinstance(message.get("mutations"), list) else []:
        if isinstance(mutation, dict) and isinstance(mutation.get("args"), dict | list):
            mutation["args"] = msgspec.msgpack.encode(mutation["args"])
    return msgspec.msgpack.encode(message)


@pytest.mark.parametrize("path", ROUTES)
def test_a_message_with_values_of_no_desk_is_answered_and_touches_nobody_else(
    signed_in: Scene, path: str
) -> None:
    stage = Stage(signed_in)
    before = stage.foreign()
    nobody = Caller(signed_in.server.address)
    seen = [{name: [[seq, token]]} for name, seq, token in stage.commits]
    values = st.one_of(
        st.sampled_from(WRONG),
        st.sampled_from(NUMBERS_OF_NO_DESK),
        st.sampled_from([*stage.of_others, *stage.names, *COMMANDS]),
        st.sampled_from(seen),
        st.sampled_from(stage.names).map(lambda name: {name: 1}),
        st.integers(-(1 << 63), (1 << 64) - 1),
        st.binary(max_size=40),
        st.text(max_size=40),
        st.lists(st.sampled_from(seen), min_size=2).map(
            lambda some: {k: v for one in some for k, v in one.items()}
        ),
    )
    statuses = set()

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def send(data: st.DataObject) -> None:
        message = stage.message(path)
        for _ in range(data.draw(st.integers(1, 2), "how many")):
            if any(places(message)):
                spoil(message, data, values.map(deepcopy))
        body = pack(message)
        assert nobody.post(path, body, Content_Type=MSGPACK).status == 401
        answer = signed_in.caller.post(path, body, Content_Type=MSGPACK)
        assert answer.status in FINE, (message, answer.body)
        statuses.add(answer.status)
        if answer.status == 200 and path == "/sync/push":
            results = decode(answer.body, PushReply).results
            assert len(results) == len(message["mutations"])
            assert ErrorKind.SERVER_FAILED not in {result.kind for result in results}, message
        for secret in (stage.customer.row_id, stage.point.row_id):
            assert secret not in answer.body or secret in body, "what is another team's is told to nobody"

    send()
    assert stage.foreign() == before
    # No partition here is large enough for a ready file.
    assert {404 if path == "/sync/ready" else 200, 400} <= statuses
    assert examine(signed_in.database, NOW).findings == []


@pytest.mark.parametrize(
    "field", ["seen", "cursor", "epoch", "fresh", "unsent", "request", "mutations", "schema"]
)
def test_any_value_in_place_of_a_field_is_answered(signed_in: Scene, field: str) -> None:
    stage = Stage(signed_in)
    before = stage.foreign()
    for path in ("/sync/push", "/sync/pull"):
        if field in stage.message(path):
            for value in [*WRONG, *NUMBERS_OF_NO_DESK, *stage.of_others, *stage.names]:
                answer = signed_in.caller.post(
                    path, pack({**stage.message(path), field: value}), Content_Type=MSGPACK
                )
                assert answer.status in FINE, (path, value)
    assert stage.foreign() == before


@pytest.mark.parametrize("path", ["/sync/push", "/sync/pull"])
def test_what_no_honest_desk_sends_is_refused_and_written_down(signed_in: Scene, path: str) -> None:
    stage = Stage(signed_in)
    before = stage.foreign()
    other = partitions.device(FOREIGN_DESK)
    token = (
        next(token for name, _, token in stage.commits if name == other) if other in stage.names else bytes(8)
    )
    forged: list[dict[str, Any]] = [
        {"device": FOREIGN_DESK},
        {"seen": {other: [[1, token]]}},
        {"seen": {partitions.desk(stage.person): [[1, bytes(8)]]}},
    ]
    if path == "/sync/pull":
        forged += [{"cursor": {other: 1}}, {"cursor": {partitions.desk(stage.person): 1}}]
    for wrong in forged:
        signed_in.clock.move(120_000)
        answer = signed_in.caller.post(path, pack({**stage.message(path), **wrong}), Content_Type=MSGPACK)
        assert (answer.status, msgspec.msgpack.decode(answer.body)["kind"]) == (403, "not_permitted"), wrong
    assert stage.foreign() == before
    with signed_in.database.read() as connection:
        found = select(audit.c.device_id, audit.c.kind).where(
            audit.c.command == path.replace("/sync/", "sync_")
        )
        noted = [tuple(row) for row in connection.execute(found)]
    assert noted == [(DESK, "not_permitted")] * len(forged)
