"""Tasks pulled out of the pool: one has a customer, offline too; what he does not do goes back."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import update

from server_sync.accounts import devices
from server_sync.automation import lease_ends, pool
from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.commands import Actor, Insert, Update
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import TaskState
from server_sync.domain.rules.settings import setting_id
from server_sync.domain.wire.messages import TakeReply, TakeRequest
from server_sync.store.tables import device, job
from tests.server_sync.automation.planning import Centre
from tests.server_sync.organisation import NOW

DEVICE = b"d" * 16
LEASE = 8 * HOUR


def take(office: Centre, who: Actor, count: int = 5) -> TakeReply:
    request = TakeRequest(protocol=1, schema=4, device=DEVICE, request=1, count=count)
    return pool.take(office.database, who, DEVICE, request, office.clock.now())


def pooled(office: Centre, number: int, *, tasks: int = 1, **values: Any) -> Insert:
    """A customer with tasks in the pool of the north."""
    customer = office.customer(f"K{number}")
    made = [office.organisation.task(customer, None, **values) for _ in range(tasks)]
    office.put(customer, *made)
    return customer


def settle(office: Centre) -> None:
    with office.database.write(office.clock.now()) as tx:
        lease_ends.settle(tx, office.ids)


def holders(office: Centre) -> dict[str, set[bytes | None]]:
    found: dict[str, set[bytes | None]] = {}
    for row in office.tasks():
        found.setdefault(row["code"], set()).add(row["assignee_id"])
    return found


def test_who_pulls_gets_as_many_as_he_asks_for_and_asking_again_gives_no_more(office: Centre) -> None:
    first, second, _ = office.organisation.north_agents
    for number in range(6):
        pooled(office, number)
    reply = take(office, first, 4)
    assert (reply.tasks, reply.until, reply.left) == (4, NOW + LEASE, 2)
    assert take(office, first, 4).tasks == 0
    assert (take(office, second, 4).tasks, take(office, second, 4).left) == (2, 0)
    mine = [row for row in office.tasks() if row["assignee_id"] == first.person_id]
    assert {(row["in_pool"], row["leased_until"], row["state"]) for row in mine} == {
        (False, NOW + LEASE, TaskState.OPEN)
    }


def test_all_tasks_of_a_customer_go_to_who_gets_one_of_them(office: Centre) -> None:
    first, second, _ = office.organisation.north_agents
    customer = pooled(office, 1, tasks=2)
    office.put(office.organisation.task(customer, None, not_before_at=NOW + DAY))
    assert take(office, first, 1).tasks == 3
    office.put(office.organisation.task(customer, None))
    assert (take(office, second).tasks, take(office, first).tasks) == (0, 1)


def test_a_customer_with_whom_somebody_else_has_a_task_is_not_pulled(office: Centre) -> None:
    first, second, _ = office.organisation.north_agents
    customer = pooled(office, 1)
    office.put(office.organisation.task(customer, second))
    assert take(office, first).tasks == 0
    assert take(office, second).tasks == 1


def test_nobody_else_gets_the_customer_before_the_lease_is_over_whatever_a_lead_does(office: Centre) -> None:
    first, second, _ = office.organisation.north_agents
    pooled(office, 1)
    take(office, first)
    (row,) = office.tasks()
    office.put(Update("task", row["id"], {"assignee_id": None, "in_pool": True, "leased_until": None}))
    assert take(office, second).tasks == 0
    office.clock.at = NOW + LEASE + 9 * MINUTE
    assert take(office, second).tasks == 0
    office.clock.at = NOW + LEASE + 10 * MINUTE
    assert take(office, second).tasks == 1


def test_only_what_one_can_do_and_what_may_be_called_is_given(office: Centre) -> None:
    organisation = office.organisation
    first = organisation.north_agents[0]
    pooled(office, 1, skills=["refusal"])
    pooled(office, 2, not_before_at=NOW + HOUR)
    pooled(office, 3, state=TaskState.DONE)
    refused = pooled(office, 4)
    entry = {"scope": "all", "source": "call", "set_at": NOW - DAY, "customer_id": refused.row_id}
    office.put(Insert("do_not_call", {"id": organisation.ids.new(), **entry}))
    foreign = office.customer("F", organisation.south)
    office.put(foreign, organisation.task(foreign, None))
    assert take(office, first).tasks == 0
    office.put(Update("person", first.person_id or b"", {"skills": {"trained": ["refusal"]}}))
    assert take(office, first).tasks == 1


def test_a_lease_ends_with_the_shift(office: Centre) -> None:
    first = office.organisation.north_agents[0]
    span = {"kind": "work", "starts_at": NOW - HOUR, "ends_at": NOW + 2 * HOUR}
    team = {"team_id": office.organisation.north, "person_id": first.person_id}
    office.put(Insert("shift", {"id": office.ids.new(), **team, **span}))
    pooled(office, 1)
    assert take(office, first).until == NOW + 2 * HOUR


def test_what_nobody_did_in_time_lies_in_the_pool_again(office: Centre) -> None:
    first, second, _ = office.organisation.north_agents
    pooled(office, 1)
    take(office, first)
    office.clock.at = NOW + LEASE + 9 * MINUTE
    settle(office)
    assert holders(office) == {"K1": {first.person_id}}
    office.clock.at = NOW + LEASE + 10 * MINUTE
    settle(office)
    (row,) = office.tasks()
    assert (row["assignee_id"], row["in_pool"], row["leased_until"]) == (None, True, None)
    assert row["previous_assignees"] == [(first.person_id or b"").hex()]
    assert [fact["details"]["because"] for fact in office.rows("activity")] == ["lease_over"]
    assert take(office, second).tasks == 1


def test_a_lease_goes_on_for_who_is_at_work_on_the_customer_and_was_heard_of(office: Centre) -> None:
    first = office.organisation.north_agents[0]
    pooled(office, 1, tasks=2)
    pooled(office, 2)
    take(office, first)
    begun = office.tasks()[0]
    office.put(Update("task", begun["id"], {"state": TaskState.ACCEPTED}))
    office.clock.at = NOW + LEASE - 20 * MINUTE
    settle(office)
    assert {row["leased_until"] for row in office.tasks()} == {NOW + LEASE}
    _heard(office, first)
    settle(office)
    by_code = {(row["code"], row["leased_until"]) for row in office.tasks()}
    assert by_code == {("K1", office.clock.at + LEASE), ("K2", NOW + LEASE)}


def test_an_appointment_stays_with_whoever_promised_it(office: Centre) -> None:
    first = office.organisation.north_agents[0]
    pooled(office, 1)
    take(office, first)
    (row,) = office.tasks()
    office.put(
        Update("task", row["id"], {"appointment_at": NOW + DAY, "appointment_owner_id": first.person_id})
    )
    office.clock.at = NOW + LEASE + HOUR
    settle(office)
    (row,) = office.tasks()
    assert (row["assignee_id"], row["leased_until"]) == (first.person_id, None)


def test_the_job_looks_before_the_end_and_after_it(office: Centre) -> None:
    first = office.organisation.north_agents[0]
    pooled(office, 1)
    take(office, first)
    look = lease_ends.handler(office.ids)
    (job,) = [row for row in _jobs(office) if row["kind"] == "pool_leases"]
    assert job["due_at"] == NOW + LEASE - 30 * MINUTE
    for at, again in ((job["due_at"], NOW + LEASE + 10 * MINUTE), (NOW + LEASE + 10 * MINUTE, None)):
        with office.database.write(at) as tx:
            assert look(tx, job["payload"]) == again
    assert office.tasks()[0]["in_pool"]


def test_strangers_and_absurd_counts_are_refused(office: Centre) -> None:
    homeless = office.organisation.administrator
    for who, count, kind in (
        (homeless, 1, ErrorKind.NOT_PERMITTED),
        (office.organisation.north_agents[0], 0, ErrorKind.OUT_OF_RANGE),
        (office.organisation.north_agents[0], 21, ErrorKind.OUT_OF_RANGE),
    ):
        with pytest.raises(KnownError) as refused:
            take(office, who, count)
        assert refused.value.kind is kind


def test_the_company_says_how_long_and_how_many(office: Centre) -> None:
    value = {"lease_minutes": 30, "most": 2}
    office.put(Insert("setting", {"id": setting_id("pool"), "key": "pool", "value": value}))
    for number in range(3):
        pooled(office, number)
    reply = take(office, office.organisation.north_agents[0], 2)
    assert (reply.tasks, reply.until) == (2, NOW + 30 * MINUTE)


def _heard(office: Centre, who: Actor) -> None:
    with office.database.write(office.clock.now()) as tx:
        devices.issue(tx, who.person_id or b"", DEVICE, "desk")
        tx.connection.execute(update(device).values(last_contact_at=office.clock.now()))


def _jobs(office: Centre) -> list[dict[str, Any]]:
    with office.database.read() as connection:
        return [dict(row) for row in connection.execute(job.select()).mappings()]


def test_agents_who_pull_at_the_same_moment_never_share_a_customer(office: Centre) -> None:
    agents = office.organisation.north_agents
    for number in range(30):
        pooled(office, number, tasks=1 + number % 2)
    start = threading.Barrier(len(agents))

    def pull(who: Actor) -> int:
        start.wait()
        return take(office, who, 20).tasks

    with ThreadPoolExecutor(len(agents)) as hands:
        given = list(hands.map(pull, agents))
    assert sum(given) == 45
    found = holders(office)
    assert {len(who) for who in found.values()} == {1}
    assert {next(iter(who)) for who in found.values()} == {agent.person_id for agent in agents}
