"""The plans run by themselves at the start of every working day, once, whoever is first."""

from sqlalchemy import select

from server_sync.automation import daily
from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.commands import Insert
from server_sync.domain.rules.settings import setting_id
from server_sync.jobs.worker import Worker
from server_sync.store.tables import job
from tests.server_sync.automation.planning import AFTER_ORDER, Centre
from tests.server_sync.organisation import NOW

NINE = NOW - HOUR  # Thursday 09:00


def enqueue(office: Centre) -> None:
    with office.database.write(office.clock.now()) as tx:
        daily.enqueue(tx)


def waiting(office: Centre) -> list[int]:
    with office.database.read() as connection:
        found = select(job.c.due_at).where(job.c.kind == daily.PLAN_RUN, job.c.state == "waiting")
        return list(connection.scalars(found.order_by(job.c.due_at)))


def worker(office: Centre) -> Worker:
    return Worker(office.database, office.clock, {daily.PLAN_RUN: daily.handler(office.ids)})


def test_a_server_that_starts_later_in_the_day_makes_up_for_the_morning(office: Centre) -> None:
    customer = office.customer("A")
    office.put(customer, office.organisation.order(customer))
    office.plan(AFTER_ORDER, state="active")
    enqueue(office)
    enqueue(office)
    assert waiting(office) == [NINE]
    worker(office).run_due()
    assert len(office.tasks()) == 1
    assert waiting(office) == [NINE + DAY]


def test_every_working_day_has_its_run_and_closed_days_have_none(office: Centre) -> None:
    enqueue(office)
    ran = []
    for _ in range(7):
        (due,) = waiting(office)
        ran.append((due - NINE) // DAY)
        office.clock.at = due
        worker(office).run_due()
    assert ran == [0, 1, 4, 5, 6, 7, 8]  # Thursday, Friday, then from Monday on


def test_a_day_is_run_once_even_if_the_server_starts_again(office: Centre) -> None:
    enqueue(office)
    worker(office).run_due()
    enqueue(office)
    assert worker(office).run_due() == 0
    assert waiting(office) == [NINE + DAY]


def test_before_the_opening_the_run_waits(office: Centre) -> None:
    office.clock.at = NINE - 1
    enqueue(office)
    assert worker(office).run_due() == 0
    office.clock.at = NINE
    assert worker(office).run_due() == 1


def test_a_company_that_never_works_has_no_runs(office: Centre) -> None:
    never: dict[str, list[str]] = {day: [] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    key = "working_week"
    office.put(Insert("setting", {"id": setting_id(key), "key": key, "value": never}))
    enqueue(office)
    assert waiting(office) == []
