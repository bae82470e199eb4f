"""What the server says of its history, and with which values it refuses (SYNC E1, E3, P2, P6)."""

from typing import Any

import pytest
from sqlalchemy import select

from server_sync.accounts import devices
from server_sync.domain.commands import AddNote
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.wire import versions
from server_sync.domain.wire.messages import Commit, CompareRequest, PushRequest, RenewRequest
from server_sync.store import partitions
from server_sync.store.changes import write
from server_sync.store.database import Database
from server_sync.store.tables import feed_commit, partition
from server_sync.sync import truth
from server_sync.sync.compare import compare
from server_sync.sync.push import MOST_MUTATIONS, push
from server_sync.sync.renew import renew
from tests.server_sync.organisation import NOW, Organisation
from tests.server_sync.sync.desks import NUMBERS, Desk


@pytest.fixture
def agent(database: Database, organisation: Organisation) -> Desk:
    """A desk in step, signed in as desks are, with a dossier."""
    actor = organisation.north_agents[0]
    customer = organisation.customer(organisation.north)
    with database.write(NOW) as tx:
        write(tx, [customer, organisation.task(customer, actor)])
    made = Desk(database, actor, organisation.ids.new())
    with database.write(NOW) as tx:
        devices.issue(tx, actor.person_id or b"", made.device, "台式机")
    made.pull()
    return made


def note(agent: Desk, organisation: Organisation, text: str = "记一下") -> AddNote:
    customer = next(row_id for name, row_id in agent.rows if name == "customer")
    return AddNote(organisation.ids.new(), customer, text, NOW)


def head(database: Database, name: str) -> Commit:
    """The last commit of a partition as the tables say it."""
    with database.read() as connection:
        found = connection.execute(
            select(feed_commit.c.seq, feed_commit.c.token)
            .join(partition, partition.c.id == feed_commit.c.partition)
            .where(partition.c.name == name)
            .order_by(feed_commit.c.seq.desc())
        ).first()
    assert found is not None
    return Commit(seq=found.seq, token=found.token)


def refused(error: pytest.ExceptionInfo[KnownError]) -> tuple[ErrorKind, dict[str, Any]]:
    return error.value.kind, dict(error.value.values)


def test_p6_a_push_says_where_it_stands_in_the_devices_partition_and_so_does_its_repetition(
    agent: Desk, organisation: Organisation, database: Database
) -> None:
    own = partitions.device(agent.device)
    first = agent.mutation(note(agent, organisation))
    assert agent.push(first).seen == {own: [head(database, own)]}
    agent.push(agent.mutation(note(agent, organisation)))
    assert agent.push(first).seen == {own: [head(database, own)]}, "at the last one at the latest"


def test_e1_a_push_names_the_new_commits_of_the_partitions_that_the_desk_follows_and_of_no_other(
    agent: Desk, organisation: Organisation, database: Database
) -> None:
    own = partitions.device(agent.device)
    desk = partitions.desk(agent.actor.person_id or b"")
    request = PushRequest(
        **NUMBERS,
        device=agent.device,
        request=9,
        mutations=[agent.mutation(note(agent, organisation))],
        seen={desk: [head(database, desk)]},
    )
    reply = push(database, agent.actor, agent.device, request, NOW)
    assert (reply.request, reply.server_now) == (9, NOW)
    assert reply.seen == {name: [head(database, name)] for name in (own, desk)}


def test_e1_of_an_empty_partition_there_is_no_commit(
    agent: Desk, organisation: Organisation, database: Database
) -> None:
    with database.read() as connection:
        assert truth.newest(connection, partitions.device(agent.device)) == {}
        assert truth.newest(connection, "nothing") == {}


def test_a_refusal_says_what_was_wrong(agent: Desk, organisation: Organisation, database: Database) -> None:
    def pushed(**other: Any) -> None:
        values = {**NUMBERS, "device": agent.device, "request": 1, "mutations": [], **other}
        push(database, agent.actor, agent.device, PushRequest(**values), NOW)

    def compared(**other: Any) -> None:
        values = {**NUMBERS, "device": agent.device, "request": 1, "partition": "ref", "seq": 0, "sums": []}
        with database.read() as connection:
            compare(connection, agent.actor, agent.device, CompareRequest(**{**values, **other}), NOW)

    def renewed(**other: Any) -> None:
        values = {**NUMBERS, "device": agent.device, "request": 1, "new": organisation.ids.new(), **other}
        renew(database, agent.actor, agent.device, RenewRequest(**values), NOW)

    one = agent.mutation(note(agent, organisation))
    upgrade = {"protocol": versions.PROTOCOL, "schema": versions.SCHEMA}
    seen = {"ref": [Commit(seq=1 << 53, token=bytes(8))]}
    many = [one] * (MOST_MUTATIONS + 1)
    wrong: list[tuple[Any, dict[str, Any], ErrorKind, dict[str, Any]]] = [
        (pushed, {"mutations": many}, ErrorKind.TOO_LARGE, {"most": MOST_MUTATIONS}),
        (pushed, {"mutations": [one, one]}, ErrorKind.MALFORMED, {"what": "mid"}),
        (pushed, {"seen": seen}, ErrorKind.MALFORMED, {"what": "seen"}),
        (pushed, {"device": bytes(16)}, ErrorKind.NOT_PERMITTED, {}),
        (compared, {}, ErrorKind.MALFORMED, {"what": "sums"}),
        (compared, {"protocol": versions.PROTOCOL + 1}, ErrorKind.UPGRADE_NEEDED, upgrade),
        (renewed, {"new": b"short"}, ErrorKind.MALFORMED, {"what": "device"}),
        (renewed, {"device": bytes(16)}, ErrorKind.NOT_PERMITTED, {}),
    ]
    for ask, other, kind, values in wrong:
        with pytest.raises(KnownError) as error:
            ask(**other)
        assert refused(error) == (kind, values), (ask.__name__, other)


def test_p2_the_same_number_for_something_else_is_told_with_the_number(
    agent: Desk, organisation: Organisation
) -> None:
    first = agent.mutation(note(agent, organisation))
    agent.push(first)
    agent.last_mid = 0
    with pytest.raises(KnownError) as error:
        agent.push(agent.mutation(note(agent, organisation, "别的")))
    assert refused(error) == (ErrorKind.DEVICE_CLONED, {"mid": 1})
