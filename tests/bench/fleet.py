"""Many desks of one company, made straight in the server's database: signed-in devices, customers, open tasks."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import select

from server_sync.accounts import desks, devices, passwords, people
from server_sync.accounts.people import NewPerson
from server_sync.domain.clock import SystemClock
from server_sync.domain.commands import Actor, Insert
from server_sync.domain.ids import SystemIds
from server_sync.domain.model import Role, person
from server_sync.store.changes import write
from server_sync.store.database import Database
from tests.bench.names import PASSWORD
from tests.bench.rows import open_task

TEAM_SIZE = 20
CHUNK = 20_000


@dataclass(frozen=True)
class Member:
    """One desk: who works at it, on which device, by which token; the first of his customers."""

    actor: Actor
    device: bytes
    token: str
    customer: bytes

    @property
    def person_id(self) -> bytes:
        assert self.actor.person_id is not None
        return self.actor.person_id


def make_fleet(url: str, size: int, tasks: int) -> list[Member]:
    """A company of `size` agents in teams of 20, each with `tasks` customers and an open task at every one."""
    clock = SystemClock()
    ids = SystemIds(clock)
    database = Database(url)
    database.migrate(ids)
    password = passwords.hash_password(PASSWORD)
    now = clock.now()
    members = []
    rows: list[Insert] = []
    with database.write(now) as tx:
        for number in range(size):
            new = NewPerson(
                f"desk{number:04}", f"坐席 {number:04}", Role.AGENT, f"{number // TEAM_SIZE:03} 组"
            )
            person_id = people.add(tx, ids, new, password)
            team = tx.connection.scalar(select(person.c.team_id).where(person.c.id == person_id))
            device = ids.new()
            token = devices.issue(tx, person_id, device, new.name)
            desks.signed_in(tx, person_id, device, new.name, "")
            actor = Actor(person_id, Role.AGENT, team)
            own = list(_customers(ids, now, actor, f"{number:04}", tasks))
            members.append(Member(actor, device, token, own[0].row_id))
            rows += own
    rest = iter([*rows, *(open_task(ids.new(), now, row, f"fleet:{row.row['code']}") for row in rows)])
    while chunk := list(islice(rest, CHUNK)):
        with database.write(now) as tx:
            write(tx, chunk)
    database.close()
    return members


def second_device(url: str, member: Member) -> Member:
    """The same agent at another desk."""
    clock = SystemClock()
    database = Database(url)
    device = SystemIds(clock).new()
    with database.write(clock.now()) as tx:
        token = devices.issue(tx, member.person_id, device, "second")
    database.close()
    return Member(member.actor, device, token, member.customer)


def _customers(ids: SystemIds, now: int, owner: Actor, prefix: str, count: int) -> Iterator[Insert]:
    for number in range(count):
        yield Insert(
            "customer",
            {
                "id": ids.new(),
                "code": f"K{prefix}{number:05}",
                "kind": "person",
                "tier": "normal",
                "name": f"客户 {prefix} {number}",
                "team_id": owner.team_id,
                "owner_id": owner.person_id,
                "address": f"示例路 {number} 号",
                "created_at": now,
            },
        )
