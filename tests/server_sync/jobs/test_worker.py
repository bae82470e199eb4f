"""Jobs: each done once when it is due, tried again when it fails, given up at last, left alone while another has it."""

import threading
from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from server_sync.domain.clock import DAY, HOUR, MINUTE, SECOND
from server_sync.jobs import leases
from server_sync.jobs.leases import LEASE, MOST_ATTEMPTS
from server_sync.jobs.worker import Handler, Worker
from server_sync.store import job_table
from server_sync.store.database import Database
from server_sync.store.job_table import Job, JobState
from server_sync.store.tables import job, server_state
from server_sync.store.transaction import Transaction
from tests.clocks import HandClock
from tests.server_sync.organisation import NOW


def put(database: Database, *keys: str, due_at: int = NOW, kind: str = "mark") -> None:
    with database.write(NOW) as tx:
        job_table.enqueue(tx, [Job(kind, {"key": key}, due_at, key) for key in keys])


def mark(tx: Transaction, payload: Mapping[str, Any]) -> None:
    """Leaves one row, which cannot be left twice."""
    tx.connection.execute(insert(server_state).values(key=payload["key"], value=1))


def marks(database: Database) -> set[str]:
    with database.read() as connection:
        return set(connection.scalars(select(server_state.c.key).where(server_state.c.key != "epoch")))


def states(database: Database) -> dict[str, tuple[str, int]]:
    with database.read() as connection:
        rows = connection.execute(select(job.c.dedupe_key, job.c.state, job.c.attempts))
        return {key: (state, attempts) for key, state, attempts in rows}


def worker(database: Database, clock: HandClock, handler: Handler = mark) -> Worker:
    return Worker(database, clock, {"mark": handler})


def test_a_job_is_done_when_it_is_due_and_not_before(database: Database, clock: HandClock) -> None:
    put(database, "a", due_at=NOW + 1)
    at_work = worker(database, clock)
    assert at_work.run_due() == 0
    clock.move(1)
    assert at_work.run_due() == 1
    assert marks(database) == {"a"}
    assert at_work.run_due() == 0


def test_the_same_work_is_put_in_once_even_after_it_was_done(database: Database, clock: HandClock) -> None:
    put(database, "a")
    worker(database, clock).run_due()
    put(database, "a")
    assert worker(database, clock).run_due() == 0


def test_a_job_of_an_unknown_kind_waits_for_a_server_that_knows_it(
    database: Database, clock: HandClock
) -> None:
    put(database, "a", kind="of tomorrow")
    assert worker(database, clock).run_due() == 0
    assert states(database) == {"a": (JobState.WAITING, 0)}


def test_a_failing_job_leaves_nothing_waits_longer_each_time_and_is_given_up(
    database: Database, clock: HandClock
) -> None:
    def half(tx: Transaction, payload: Mapping[str, Any]) -> None:
        mark(tx, payload)
        raise RuntimeError("customer 13812341234 is not at home")

    put(database, "a")
    put(database, "b", due_at=NOW + 2 * HOUR)
    at_work = worker(database, clock, half)
    waits = []
    for _ in range(MOST_ATTEMPTS):
        start = clock.now()
        while at_work.run_due() == 0:
            clock.move(10 * SECOND)
        waits.append((clock.now() - start) // SECOND)
    assert waits == sorted(waits)
    assert waits[:4] == [0, 10, 20, 40]
    assert marks(database) == set()
    with database.read() as connection:
        row = connection.execute(select(job.c.state, job.c.error).where(job.c.dedupe_key == "a")).one()
    assert tuple(row) == (JobState.FAILED, "RuntimeError")


def test_one_failing_job_does_not_hold_up_the_others(database: Database, clock: HandClock) -> None:
    def picky(tx: Transaction, payload: Mapping[str, Any]) -> None:
        if payload["key"] == "a":
            raise RuntimeError
        mark(tx, payload)

    put(database, "a", "b", "c")
    worker(database, clock, picky).run_due()
    assert marks(database) == {"b", "c"}


def test_a_job_that_is_too_early_is_asked_again_as_if_new(database: Database, clock: HandClock) -> None:
    def later(tx: Transaction, payload: Mapping[str, Any]) -> int | None:
        if tx.now < NOW + HOUR:
            return tx.now + MINUTE
        mark(tx, payload)
        return None

    put(database, "a")
    at_work = worker(database, clock, later)
    tried = 0
    while not marks(database):
        tried += at_work.run_due()
        clock.move(MINUTE)
    assert tried == 61
    assert states(database) == {"a": (JobState.DONE, 1)}


def test_a_job_taken_by_a_process_that_died_is_free_when_its_lease_is_over(
    database: Database, clock: HandClock
) -> None:
    put(database, "a")
    with database.write(clock.now()) as tx:
        assert leases.take(tx, ["mark"]) is not None
    at_work = worker(database, clock)
    clock.move(LEASE - 1)
    assert at_work.run_due() == 0
    clock.move(1)
    assert at_work.run_due() == 1
    assert states(database) == {"a": (JobState.DONE, 2)}


def test_who_lost_his_lease_does_nothing_any_more(database: Database, clock: HandClock) -> None:
    put(database, "a")
    with database.write(clock.now()) as tx:
        slow = leases.take(tx, ["mark"])
    assert slow is not None
    clock.move(LEASE)
    worker(database, clock).run_due()
    with database.write(clock.now()) as tx:
        assert not leases.hold(tx, slow)


def test_two_workers_at_once_do_each_job_once(
    database_url: str, database: Database, clock: HandClock
) -> None:
    keys = {f"job {number}" for number in range(40)}
    put(database, *keys)
    other = Database(database_url)
    threads = [threading.Thread(target=worker(each, clock).run_due) for each in (database, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    assert marks(database) == keys
    assert set(states(database).values()) == {(JobState.DONE, 1)}


def test_the_worker_goes_on_by_itself_between_start_and_stop(database: Database, clock: HandClock) -> None:
    done = threading.Event()

    def tell(tx: Transaction, payload: Mapping[str, Any]) -> None:
        done.set()

    put(database, "a")
    at_work = worker(database, clock, tell)
    at_work.start()
    assert done.wait(timeout=30)
    at_work.stop()
    assert states(database)["a"][0] == JobState.DONE


def test_jobs_done_long_ago_are_forgotten(database: Database, clock: HandClock) -> None:
    put(database, "a")
    put(database, "b", due_at=NOW + DAY)
    worker(database, clock).run_due()
    with database.write(NOW + leases.KEPT_FOR) as tx:
        assert leases.forget_done(tx) == 0
    with database.write(NOW + leases.KEPT_FOR + 1) as tx:
        assert leases.forget_done(tx) == 1
    with database.read() as connection:
        assert connection.scalar(select(func.count()).select_from(job)) == 1


@pytest.mark.parametrize("late", [0, 1, 3 * DAY])
def test_sweeps_follow_each_other_once_an_hour_whatever_was_missed(
    database: Database, clock: HandClock, late: int
) -> None:
    from server_sync.jobs import sweep

    for _ in range(3):  # as many processes start
        with database.write(clock.now()) as tx:
            sweep.enqueue(tx)
    at_work = Worker(database, clock, {sweep.SWEEP: sweep.sweep})
    assert at_work.run_due() == 0
    clock.move(HOUR + late)
    assert at_work.run_due() == 1
    assert at_work.run_due() == 0
    clock.move(HOUR)
    assert at_work.run_due() == 1
