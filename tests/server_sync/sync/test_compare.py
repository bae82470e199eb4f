"""What a desk is told of a partition that it holds otherwise, and what a copy of a device becomes (SYNC E2, P2)."""

from typing import Any

import pytest
from sqlalchemy import select

from server_sync.accounts import devices
from server_sync.domain.commands import AddNote
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import is_id
from server_sync.domain.model import KINDS
from server_sync.domain.wire import versions
from server_sync.domain.wire.checksums import bucket_of, buckets
from server_sync.domain.wire.messages import CompareReply, CompareRequest, RenewRequest
from server_sync.store.changes import write
from server_sync.store.database import Database
from server_sync.store.partitions import desk, team
from server_sync.store.tables import device, partition
from server_sync.sync.compare import compare
from server_sync.sync.renew import renew
from tests.server_sync.organisation import NOW, Organisation
from tests.server_sync.sync.conftest import NewDesk
from tests.server_sync.sync.desks import NUMBERS, Desk

Rows = list[tuple[int, bytes, int]]


@pytest.fixture
def agent(database: Database, organisation: Organisation, new_desk: NewDesk) -> Desk:
    """A desk in step, with three dossiers."""
    actor = organisation.north_agents[0]
    rows = []
    for _ in range(3):
        customer = organisation.customer(organisation.north)
        rows += [customer, organisation.contact_point(customer), organisation.task(customer, actor)]
    with database.write(NOW) as tx:
        write(tx, rows)
    made = new_desk(actor)
    made.pull()
    return made


def own(agent: Desk) -> str:
    return desk(agent.actor.person_id or b"")


def held(agent: Desk) -> Rows:
    dossier = ("customer", "contact_point", "task")
    return [
        (KINDS[name], row_id, row["rev"]) for (name, row_id), row in agent.rows.items() if name in dossier
    ]


def ask(agent: Desk, rows: Rows, **other: object) -> CompareReply:
    values = {
        "device": agent.device,
        "request": 5,
        "partition": own(agent),
        "seq": agent.cursor[own(agent)],
        "sums": [(part.rows, part.sum) for part in buckets(rows)],
    }
    request = CompareRequest(**{**NUMBERS, **values, **other})
    with agent.database.read() as connection:
        return compare(connection, agent.actor, agent.device, request, NOW)


def test_e2_who_holds_the_same_gets_nothing(agent: Desk) -> None:
    reply = ask(agent, held(agent))
    assert (reply.request, reply.partition, reply.server_now) == (5, own(agent), NOW)
    assert (reply.moved, reply.buckets, reply.tables, reply.customers) == (False, [], {}, [])


@pytest.mark.parametrize("fault", ["missing", "older", "too many"])
def test_e2_only_the_parts_that_differ_travel_each_of_them_whole(agent: Desk, fault: str) -> None:
    rows = held(agent)
    kind, row_id, rev = rows[0]
    match fault:
        case "missing":
            sent = rows[1:]
        case "older":
            sent = [(kind, row_id, rev - 1), *rows[1:]]
        case _:
            sent = [*rows, (kind, bytes(15) + row_id[-1:], 1)]
    reply = ask(agent, sent)
    assert reply.buckets == [bucket_of(row_id)]
    mates = {one for _, one, _ in rows if bucket_of(one) == bucket_of(row_id)}
    brought = {row[0] for page in reply.tables.values() for row in page.rows}
    assert brought == mates
    for name, page in reply.tables.items():
        for row in page.rows:
            assert dict(zip(page.columns, row, strict=True)) == agent.rows[name, row[0]]
    owners = {
        row["id"] if name == "customer" else row["customer_id"]
        for (name, one), row in agent.rows.items()
        if one in mates
    }
    assert reply.customers == sorted(owners)


def test_e2_a_partition_that_has_moved_is_pulled_first(agent: Desk, organisation: Organisation) -> None:
    customer = next(row_id for name, row_id in agent.rows if name == "customer")
    assert agent.do(AddNote(organisation.ids.new(), customer, "后来", NOW)) == ["accepted"]
    reply = ask(agent, [])
    assert (reply.moved, reply.buckets, reply.tables) == (True, [], {})


def test_e2_a_hostile_comparison_is_refused(agent: Desk, organisation: Organisation) -> None:
    south = organisation.south_agents[0].person_id or b""
    wrong: list[tuple[dict[str, object], ErrorKind]] = [
        ({"device": bytes(16)}, ErrorKind.NOT_PERMITTED),
        ({"protocol": versions.PROTOCOL + 1}, ErrorKind.UPGRADE_NEEDED),
        ({"schema": 0}, ErrorKind.UPGRADE_NEEDED),
        ({"partition": team(organisation.south)}, ErrorKind.NOT_PERMITTED),
        ({"partition": desk(south)}, ErrorKind.NOT_PERMITTED),
        ({"partition": "nothing"}, ErrorKind.NOT_PERMITTED),
        ({"sums": []}, ErrorKind.MALFORMED),
        ({"sums": [(0, 0)] * 257}, ErrorKind.MALFORMED),
    ]
    for other, kind in wrong:
        with pytest.raises(KnownError) as refused:
            ask(agent, held(agent), **other)
        assert refused.value.kind is kind, other


def test_e2_the_sums_of_a_partition_are_kept_up_by_every_commit(agent: Desk, database: Database) -> None:
    whole = buckets(held(agent))
    with database.read() as connection:
        found = connection.execute(select(partition).where(partition.c.name == own(agent))).one()
    assert found.rows == sum(part.rows for part in whole)
    assert found.sum % (1 << 64) == sum(part.sum for part in whole) % (1 << 64)


def asked(agent: Desk, new: bytes, **other: Any) -> RenewRequest:
    return RenewRequest(**{**NUMBERS, "device": agent.device, "request": 3, "new": new, **other})


def test_p2_a_copy_gets_a_token_and_a_partition_of_its_own_however_often_it_asks(
    agent: Desk, organisation: Organisation, database: Database
) -> None:
    new = organisation.ids.new()
    tokens = set()
    for _ in range(2):
        reply = renew(database, agent.actor, agent.device, asked(agent, new), NOW)
        assert (reply.request, reply.server_now) == (3, NOW)
        tokens.add(reply.token)
    assert len(tokens) == 2
    with database.read() as connection:
        rows = {row.id: row for row in connection.execute(select(device))}
        names = set(connection.execute(select(partition.c.name)).scalars())
    assert rows[new].token_hash == devices.token_hash(reply.token)
    assert rows[agent.device].revoked_at is None, "the other copy works on"
    assert (rows[new].person_id, rows[new].name) == (agent.actor.person_id, rows[agent.device].name)
    assert f"device:{new.hex()}" in names


def test_p2_a_new_device_may_be_named(agent: Desk, organisation: Organisation, database: Database) -> None:
    new = organisation.ids.new()
    renew(database, agent.actor, agent.device, asked(agent, new, name="新电脑"), NOW)
    with database.read() as connection:
        assert connection.scalar(select(device.c.name).where(device.c.id == new)) == "新电脑"


def test_p2_a_hostile_renewal_is_refused(
    agent: Desk, organisation: Organisation, database: Database, new_desk: NewDesk
) -> None:
    foreign = new_desk(organisation.south_agents[0]).device
    new = organisation.ids.new()
    assert is_id(new)
    wrong = [
        (asked(agent, new, device=bytes(16)), ErrorKind.NOT_PERMITTED),
        (asked(agent, b"short"), ErrorKind.MALFORMED),
        (asked(agent, agent.device), ErrorKind.MALFORMED),
        (asked(agent, new, name="\0"), ErrorKind.MALFORMED),
        (asked(agent, foreign), ErrorKind.DEVICE_CLONED),
    ]
    for request, kind in wrong:
        with pytest.raises(KnownError) as refused:
            renew(database, agent.actor, agent.device, request, NOW)
        assert refused.value.kind is kind
