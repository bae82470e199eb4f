"""Mutations taken in: each once, decided as the signed-in person, none standing in the way of the others."""

import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from sqlalchemy import func, select

from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.commands import (
    COMMANDS,
    AcceptTask,
    AddNote,
    BookCallback,
    CorrectCustomer,
    FinishAttempt,
    Insert,
    ReassignTask,
    SetPresence,
    StartAttempt,
)
from server_sync.domain.commands.decision import Actor, Decision, Need, Rows
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import TABLES, activity, attempt, task
from server_sync.domain.rules.working_calendar import calendar_day_id
from server_sync.domain.wire.codec import encode_arguments
from server_sync.domain.wire.messages import Mutation, PushRequest
from server_sync.store.changes import write
from server_sync.store.database import Database
from server_sync.store.tables import applied, audit, job
from server_sync.sync.push import MOST_MUTATIONS, push
from tests.deciding import run_command
from tests.server_sync.organisation import NOW, Organisation
from tests.server_sync.sync.conftest import NewDesk
from tests.server_sync.sync.desks import NUMBERS, Desk


@dataclass
class Work:
    """A customer of the north with a number and a task."""

    customer: Insert
    point: Insert
    task: Insert


@pytest.fixture
def agent(organisation: Organisation, new_desk: NewDesk) -> Desk:
    return new_desk(organisation.north_agents[0])


def work_for(database: Database, organisation: Organisation, assignee: Actor | None) -> Work:
    customer = organisation.customer(organisation.north)
    work = Work(customer, organisation.contact_point(customer), organisation.task(customer, assignee))
    with database.write(NOW) as tx:
        write(tx, [work.customer, work.point, work.task])
    return work


def note(organisation: Organisation, work: Work, text: str = "好") -> AddNote:
    return AddNote(organisation.ids.new(), work.customer.row_id, text, NOW)


def count(database: Database, table: Any) -> int:
    with database.read() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def only(database: Database, table: Any) -> dict[str, Any]:
    with database.read() as connection:
        return dict(connection.execute(select(table)).mappings().one())


def test_p2_effect_result_and_audit_stand_together(
    database: Database, organisation: Organisation, agent: Desk
) -> None:
    work = work_for(database, organisation, agent.actor)
    assert agent.do(AcceptTask(work.task.row_id, work.customer.row_id, NOW)) == ["accepted"]
    assert only(database, task)["state"] == "accepted"
    assert count(database, applied) == 1
    row = only(database, audit)
    assert (row["person_id"], row["device_id"], row["mid"]) == (agent.actor.person_id, agent.device, 1)
    assert (row["command"], row["status"], row["rows"]) == (
        "accept_task@1",
        "accepted",
        [["task", work.task.row_id.hex()]],
    )


def test_p2_later_mutations_of_a_push_see_the_earlier_ones(
    database: Database, organisation: Organisation, agent: Desk
) -> None:
    work = work_for(database, organisation, agent.actor)
    names = {"task_id": work.task.row_id, "customer_id": work.customer.row_id}
    attempt_id = organisation.ids.new()
    start = StartAttempt(
        **names, attempt_id=attempt_id, contact_point_id=work.point.row_id, channel="phone", started_at=NOW
    )
    finish = FinishAttempt(
        **names, attempt_id=attempt_id, disposition="1.1", note=None, ended_at=NOW + MINUTE, talk_ms=30_000
    )
    assert agent.do(start, finish, finish, now=NOW + HOUR) == [
        "accepted",
        "accepted",
        ErrorKind.ATTEMPT_CLOSED,
    ]
    closed = only(database, task)
    assert (closed["state"], closed["attempt_count"], closed["disposition"]) == ("done", 1, "1.1")
    assert closed["rev"] == 2
    assert only(database, attempt)["disposition"] == "1.1"


def test_a_task_is_not_tried_again_on_a_holiday(
    database: Database, organisation: Organisation, agent: Desk
) -> None:
    work = work_for(database, organisation, agent.actor)
    days = (("2026-10-02", False), ("2026-10-03", True))  # NOW is on the Thursday before
    with database.write(NOW) as tx:
        write(tx, [Insert("calendar_day", _day(on, working)) for on, working in days])
    names = {"task_id": work.task.row_id, "customer_id": work.customer.row_id}
    attempt_id = organisation.ids.new()
    start = StartAttempt(
        **names, attempt_id=attempt_id, contact_point_id=work.point.row_id, channel="phone", started_at=NOW
    )
    finish = FinishAttempt(
        **names, attempt_id=attempt_id, disposition="1.2", note=None, ended_at=NOW, talk_ms=None
    )
    agent.do(start, finish)
    assert only(database, task)["not_before_at"] == NOW + 2 * DAY - HOUR, "the make-up Saturday at nine"


def _day(on: str, working: bool) -> dict[str, Any]:
    return {"id": calendar_day_id(on), "day": on, "working": working, "provisional": False}


def test_p2_the_same_push_again_gives_the_same_results_and_nothing_else(
    database: Database, organisation: Organisation, agent: Desk
) -> None:
    work = work_for(database, organisation, agent.actor)
    mutations = [agent.mutation(note(organisation, work)), agent.mutation(note(organisation, work, " "))]
    first = agent.push(*mutations)
    assert [result.kind for result in first.results] == [None, ErrorKind.FIELD_MISSING]
    again = agent.push(*mutations, agent.mutation(note(organisation, work)))
    assert again.results[:2] == first.results
    assert (count(database, activity), count(database, audit), count(database, applied)) == (2, 3, 3)


def test_p2_the_same_mid_with_other_arguments_is_a_cloned_device(
    database: Database, organisation: Organisation, agent: Desk
) -> None:
    work = work_for(database, organisation, agent.actor)
    agent.do(note(organisation, work, "一"))
    agent.last_mid = 0
    clones = [agent.mutation(note(organisation, work, "二")), agent.mutation(note(organisation, work, "三"))]
    with pytest.raises(KnownError) as caught:
        agent.push(*clones)
    assert (caught.value.kind, caught.value.values) == (ErrorKind.DEVICE_CLONED, {"mid": 1})
    assert (count(database, activity), count(database, applied)) == (1, 1)


def test_p2_the_same_push_at_the_same_time_takes_effect_once(
    database: Database, organisation: Organisation, agent: Desk
) -> None:
    work = work_for(database, organisation, agent.actor)
    mutations = [agent.mutation(note(organisation, work)) for _ in range(20)]
    threads = [threading.Thread(target=agent.push, args=mutations) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (count(database, activity), count(database, audit), count(database, applied)) == (20, 20, 20)


def test_p2_two_people_taking_the_same_pooled_task_at_the_same_time_get_one_task(
    database: Database, organisation: Organisation, new_desk: NewDesk
) -> None:
    pooled = [work_for(database, organisation, None) for _ in range(8)]
    desks = [new_desk(actor) for actor in organisation.north_agents]
    answers: list[list[str]] = [[] for _ in desks]
    ready = threading.Barrier(len(desks))

    def take(place: int) -> None:
        ready.wait()
        for work in pooled:
            answers[place] += desks[place].do(AcceptTask(work.task.row_id, work.customer.row_id, NOW))

    threads = [threading.Thread(target=take, args=(place,)) for place in range(len(desks))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for tries in zip(*answers, strict=True):
        assert sorted(tries) == ["accepted", ErrorKind.ALREADY_TAKEN, ErrorKind.ALREADY_TAKEN]


def test_p3_a_mutation_that_cannot_be_read_is_rejected_for_good_and_the_others_go_on(
    database: Database, organisation: Organisation, agent: Desk
) -> None:
    work = work_for(database, organisation, agent.actor)
    good = note(organisation, work)
    args = encode_arguments(good)
    broken = [
        ("no_such_verb@1", args, ErrorKind.UNKNOWN_COMMAND),
        ("x" * 10_000, args, ErrorKind.UNKNOWN_COMMAND),
        ("add_note@1\0", args, ErrorKind.UNKNOWN_COMMAND),
        (good.name, args + bytes(256 << 10), ErrorKind.TOO_LARGE),
        (good.name, b"", ErrorKind.MALFORMED),
        (good.name, b"\xc1" * 50, ErrorKind.MALFORMED),
        (good.name, encode_arguments(AddNote(b"short", work.customer.row_id, "x", NOW)), ErrorKind.MALFORMED),
        (
            good.name,
            encode_arguments(AddNote(bytes(16), work.customer.row_id, "a\0b", NOW)),
            ErrorKind.MALFORMED,
        ),
        (
            good.name,
            encode_arguments(AddNote(bytes(16), work.customer.row_id, "x", 1 << 60)),
            ErrorKind.MALFORMED,
        ),
    ]
    mutations = [
        Mutation(mid=mid, command=command, args=args, at=NOW)
        for mid, (command, args, _) in enumerate(broken, 1)
    ]
    agent.last_mid = len(broken)
    reply = agent.push(*mutations, agent.mutation(good))
    assert [result.kind for result in reply.results] == [*(kind for _, _, kind in broken), None]
    assert agent.push(*mutations).results == reply.results[:-1]
    assert count(database, audit) == len(broken) + 1


def test_p3_rows_that_the_database_refuses_reject_their_own_mutation_alone(
    database: Database, organisation: Organisation, agent: Desk
) -> None:
    work = work_for(database, organisation, agent.actor)
    earlier = note(organisation, work)
    agent.do(earlier)
    customer_id = work.customer.row_id
    # A correction names the id of its timeline row, and here one that is taken: by an older row, then by each other.
    fresh = organisation.ids.new()
    answers = agent.do(
        note(organisation, work),
        CorrectCustomer(earlier.activity_id, customer_id, "city", None, "广州", NOW),
        CorrectCustomer(fresh, customer_id, "city", None, "深圳", NOW),
        CorrectCustomer(fresh, customer_id, "note", None, "急", NOW),
        note(organisation, work),
    )
    assert answers == ["accepted", ErrorKind.ALREADY_EXISTS, "accepted", ErrorKind.ALREADY_EXISTS, "accepted"]
    row = only(database, TABLES["customer"])
    assert (row["city"], row["note"]) == ("深圳", None)
    assert (count(database, activity), count(database, applied)) == (4, 6)


def test_p3_a_mistake_in_one_command_does_not_stop_the_queue(
    database: Database,
    organisation: Organisation,
    agent: Desk,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    @dataclass(frozen=True)
    class Mistaken:
        name: ClassVar[str] = "mistaken@1"
        customer_id: bytes

        def reads(self) -> tuple[Need, ...]:
            return ()

        def decide(self, rows: Rows, actor: Actor, now: int) -> Decision:
            raise ValueError(f"{rows.get('customer', self.customer_id)}")

    monkeypatch.setitem(COMMANDS, Mistaken.name, Mistaken)
    work = work_for(database, organisation, agent.actor)
    with caplog.at_level(logging.CRITICAL, "server_sync.sync.deciding"):
        answers = agent.do(Mistaken(work.customer.row_id), note(organisation, work))
    assert answers == [ErrorKind.SERVER_FAILED, "accepted"]


def test_p2_what_belongs_to_another_is_not_there(
    database: Database, organisation: Organisation, agent: Desk, new_desk: NewDesk
) -> None:
    colleague, stranger = organisation.north_agents[1], new_desk(organisation.south_agents[0])
    work = work_for(database, organisation, colleague)
    own = work_for(database, organisation, agent.actor)
    for desk in (agent, stranger):
        assert desk.do(
            AcceptTask(work.task.row_id, work.customer.row_id, NOW),
            note(organisation, work),
            # his own customer's name on another's task, and the other way round
            AcceptTask(work.task.row_id, own.customer.row_id, NOW),
            AcceptTask(own.task.row_id, work.customer.row_id, NOW),
            AcceptTask(bytes(16), bytes(16), NOW),
            SetPresence(colleague.person_id or b"", "ready", None, NOW),
        ) == [ErrorKind.NOT_FOUND] * 5 + [ErrorKind.NOT_PERMITTED]
    reassign = ReassignTask(
        organisation.ids.new(), own.task.row_id, own.customer.row_id, colleague.person_id, NOW
    )
    assert agent.do(reassign) == [ErrorKind.NOT_PERMITTED]
    assert count(database, activity) == 0


def test_a_booked_callback_puts_its_release_in_with_it(
    database: Database, organisation: Organisation, agent: Desk
) -> None:
    work = work_for(database, organisation, agent.actor)
    names = {"task_id": work.task.row_id, "customer_id": work.customer.row_id}
    book = BookCallback(
        **names,
        callback_id=organisation.ids.new(),
        callback_at=NOW + 30 * MINUTE,
        with_whom="respondent",
        contact_point_id=work.point.row_id,
        note=None,
        booked_at=NOW,
    )
    assert agent.do(book) == ["accepted"]
    waiting = only(database, job)
    assert (waiting["kind"], waiting["due_at"]) == ("release_callback", NOW + 46 * MINUTE)


def test_p2_mids_must_rise_but_may_be_left_out_and_come_later(
    database: Database, organisation: Organisation, agent: Desk
) -> None:
    work = work_for(database, organisation, agent.actor)
    one, two, three = (agent.mutation(note(organisation, work)) for _ in range(3))
    for wrong in ([two, one], [one, one], [Mutation(mid=0, command=one.command, args=one.args, at=NOW)]):
        with pytest.raises(KnownError) as caught:
            agent.push(*wrong)
        assert caught.value.kind is ErrorKind.MALFORMED
    assert [result.mid for result in agent.push(one, three).results] == [1, 3]
    assert [result.status for result in agent.push(two).results] == ["accepted"]
    assert count(database, activity) == 3


def test_a_push_in_another_devices_name_or_without_end_is_refused(
    database: Database, organisation: Organisation, agent: Desk
) -> None:
    endless = [Mutation(mid=mid, command="x", args=b"", at=NOW) for mid in range(1, MOST_MUTATIONS + 2)]
    with pytest.raises(KnownError) as caught:
        agent.push(*endless)
    assert caught.value.kind is ErrorKind.TOO_LARGE
    foreign = PushRequest(**NUMBERS, device=bytes(16), request=1, mutations=[])
    with pytest.raises(KnownError) as caught:
        push(database, agent.actor, agent.device, foreign, NOW)
    assert caught.value.kind is ErrorKind.NOT_PERMITTED


def test_v1_an_outbox_is_taken_whatever_its_version(
    database: Database, organisation: Organisation, agent: Desk
) -> None:
    work = work_for(database, organisation, agent.actor)
    mutations = [agent.mutation(note(organisation, work))]
    request = PushRequest(protocol=0, schema=99, device=agent.device, request=1, mutations=mutations)
    assert push(database, agent.actor, agent.device, request, NOW).results[0].status == "accepted"


def test_the_server_runs_a_persons_command_by_the_same_rules(
    database: Database, organisation: Organisation
) -> None:
    one, other = organisation.north_agents[:2]
    work = work_for(database, organisation, one)
    reassign = ReassignTask(
        organisation.ids.new(), work.task.row_id, work.customer.row_id, other.person_id, NOW
    )
    run_command(database, organisation.south_lead, reassign, NOW)
    assert only(database, task)["assignee_id"] == one.person_id
    run_command(database, organisation.north_lead, reassign, NOW)
    assert only(database, task)["assignee_id"] == other.person_id
    with database.read() as connection:
        assert list(connection.scalars(select(audit.c.status).order_by(audit.c.seq))) == [
            "rejected",
            "accepted",
        ]


def test_two_devices_that_make_the_same_rows_in_another_order_do_not_wait_for_each_other_for_ever(
    database: Database, organisation: Organisation, new_desk: NewDesk
) -> None:
    one, other = (new_desk(actor) for actor in organisation.north_agents[:2])
    customers = [work_for(database, organisation, desk.actor).customer.row_id for desk in (one, other)]
    ids = [organisation.ids.new() for _ in range(3000)]
    ready = threading.Barrier(2)

    def send(desk: Desk, customer_id: bytes, order: list[bytes]) -> list[str]:
        ready.wait()
        return desk.do(*(AddNote(row_id, customer_id, "好", NOW) for row_id in order))

    with ThreadPoolExecutor(2) as threads:
        told = threads.map(send, (one, other), customers, (ids, ids[::-1]))
    results = [sorted(answers) for answers in told]
    assert sorted(result.count("accepted") for result in results) == [0, len(ids)]
