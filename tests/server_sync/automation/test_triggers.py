"""Whom the other triggers pick, on which day, and why: dates, recurrences, signals and lists, each a table of cases."""

import pytest
from sqlalchemy import insert

from server_sync.automation.moments import read_moment
from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.commands import Insert, Update
from server_sync.domain.model import TaskState
from server_sync.store.tables import import_batch, import_change
from tests.server_sync.automation.happenings import codes, contract, done_task, event, plan
from tests.server_sync.automation.planning import Centre
from tests.server_sync.organisation import NOW

# NOW is Thursday 2026-10-01, 10:00; the test company has no holidays.


# ---- before a date


@pytest.mark.parametrize(
    ("expires_on", "rung"),
    [
        ("2026-12-31", None),  # 91 days ahead
        ("2026-12-30", 90),
        ("2026-12-23", 90),  # 83: a week late
        ("2026-12-22", None),
        ("2026-11-30", 60),
        ("2026-10-31", 30),
        ("2026-10-24", 30),
        ("2026-10-23", None),
        ("2026-09-30", None),  # over
    ],
)
def test_a_ladder_has_its_rungs_before_the_end_of_a_contract(
    office: Centre, expires_on: str, rung: int | None
) -> None:
    customer = office.customer("A")
    office.put(customer, contract(office, customer, expires_on))
    ladder = {"date": "contract.expires_on", "days": [30, 90, 60], "offers": {"60": "八折续约"}}
    plan(office, "before_date", ladder)
    assert codes(office) == ([] if rung is None else ["A"])
    if rung is not None:
        values = office.tasks()[0]["reason_values"]
        assert (values["on"], values["rung"], values["number"]) == (expires_on, rung, "HT-1")
        assert values.get("offer") == ("八折续约" if rung == 60 else None)


def test_each_rung_comes_once_and_none_after_the_renewal(office: Centre) -> None:
    customer = office.customer("A")
    row = contract(office, customer, "2026-12-30")
    office.put(customer, row)
    plan(office, "before_date", {"date": "contract.expires_on", "days": [90, 60, 30]})

    def runs(days: int) -> int:
        made = office.run_one(NOW + days * DAY).made
        for task in office.tasks():
            office.put(Update("task", task["id"], {"state": TaskState.DONE, "done_at": NOW}))
        return made

    assert [runs(days) for days in (0, 1, 7, 8, 30, 31)] == [1, 0, 0, 0, 1, 0]
    office.put(Update("contract", row.row_id, {"renewed_on": "2026-11-15"}))
    assert runs(60) == 0


@pytest.mark.parametrize(
    ("birthday_on", "made_on"),
    [
        ("1980-10-08", 0),  # a week ahead
        ("1980-10-09", 1),
        ("1992-02-29", 143),  # 2027 has none: its eve, seen a week before
        ("1980-10-07", 0),  # one day late
    ],
)
def test_birthdays_come_round_every_year(office: Centre, birthday_on: str, made_on: int) -> None:
    office.put(office.customer("A", birthday_on=birthday_on))
    plan(office, "before_date", {"date": "customer.birthday_on", "days": 7})
    made = {days: office.run_one(NOW + days * DAY).made for days in (0, 1, 142, 143)}
    assert {days for days, count in made.items() if count} == {made_on}
    (task,) = office.tasks()
    office.put(Update("task", task["id"], {"state": TaskState.DONE, "done_at": NOW}))
    assert office.run_one(NOW + (made_on + 366) * DAY).made == 1


def test_who_was_born_on_a_leap_day_is_caught_up_with_over_the_end_of_a_leap_year(office: Centre) -> None:
    office.put(office.customer("A", birthday_on="1992-02-29"))
    plan(office, "before_date", {"date": "customer.birthday_on", "days": 0, "catch_up_days": 100})
    # 2029-03-08: a hundred days back it was still 2028, which had a 29th of February
    assert office.run_one(NOW + 889 * DAY).made == 1
    assert office.tasks()[0]["reason_values"]["on"] == "2029-02-28"


@pytest.mark.parametrize("name", ["国庆节", "国庆"])
def test_a_festival_of_the_calendar_begins_with_its_first_day(office: Centre, name: str) -> None:
    days = [("2026-10-09", "国庆节"), ("2026-10-10", "国庆节"), ("2026-10-11", "国庆节")]
    rows = [
        Insert(
            "calendar_day",
            {"id": office.ids.new(), "day": day, "working": False, "name": name, "provisional": False},
        )
        for day, name in days
    ]
    office.put(office.customer("A"), *rows)
    plan(office, "festival", {"name": name, "days": 7})
    assert [office.run_one(NOW + days * DAY).made for days in (0, 1, 2, 3)] == [0, 1, 0, 0]
    assert office.tasks()[0]["reason_values"]["on"] == "2026-10-09"


@pytest.mark.parametrize(("days", "made"), [(1, 0), (2, 1), (9, 1), (10, 0)])
def test_a_festival_may_name_its_days(office: Centre, days: int, made: int) -> None:
    office.put(office.customer("A"))
    named = {"name": "周年庆", "dates": ["2026-10-10", "2027-10-10"], "days": 7}
    plan(office, "festival", named)
    assert office.run_one(NOW + days * DAY).made == made


# ---- recurring, cadence


@pytest.mark.parametrize(
    ("every", "times", "made"),
    [
        ("week", 1, [0, 4, 11, 18, 25, 32, 39]),
        ("month", 1, [0, 31]),
        ("month", 2, [0, 15, 31]),
        ("quarter", 1, [0]),
        ("half_year", 1, [0]),
    ],
)
def test_each_period_has_its_contacts(office: Centre, every: str, times: int, made: list[int]) -> None:
    office.put(office.customer("A"))
    plan(office, "recurring", {"every": every, "times": times})
    found = []
    for days in range(40):
        office.clock.at = NOW + days * DAY
        if office.run_one().made:
            found.append(days)
        for task in office.tasks():
            office.put(Update("task", task["id"], {"state": TaskState.DONE, "done_at": office.clock.at}))
    assert found == made


def test_a_run_that_looks_back_is_of_its_own_period(office: Centre) -> None:
    office.put(office.customer("A"))
    plan(office, "recurring", {"every": "month"})
    for as_of, made in (("2026-07-31", 1), ("2026-08-31", 1), ("2026-08-30", 0), ("2026-09-01", 1)):
        assert office.run_one(read_moment(as_of, "Asia/Shanghai")).made == made
        for task in office.tasks():
            office.put(Update("task", task["id"], {"state": TaskState.DONE, "done_at": NOW}))


def test_a_spread_period_gives_every_customer_his_own_day_once(office: Centre) -> None:
    office.put(*(office.customer(f"K{number:03}", id=spread_id(number)) for number in range(60)))
    plan(office, "recurring", {"every": "month", "spread": True})
    made = [office.run_one(NOW + days * DAY).made for days in range(31)]
    assert sum(made) == 60
    assert max(made) <= 3


def spread_id(number: int) -> bytes:
    return bytes(14) + (number * 1_092).to_bytes(2)


@pytest.mark.parametrize(
    ("tier", "stage", "silent_days", "made"),
    [
        ("vip", None, 7, True),
        ("vip", None, 6, False),
        ("normal", None, 29, False),
        ("normal", None, 30, True),
        ("normal", "new", 3, True),  # the earliest of two rows wins
        ("vip", "new", 3, True),
        ("dormant", None, 400, False),  # no row is for him
    ],
)
def test_the_earliest_due_of_a_cadence_wins(
    office: Centre, tier: str, stage: str | None, silent_days: int, made: bool
) -> None:
    office.put(office.customer("A", tier=tier, stage=stage, last_contact_at=NOW - silent_days * DAY))
    table = [{"tier": "normal", "days": 30}, {"tier": "vip", "days": 7}, {"stage": "new", "days": 3}]
    plan(office, "cadence", {"table": table})
    assert codes(office) == (["A"] if made else [])


# ---- signals


@pytest.mark.parametrize(
    ("before", "recent", "made"), [(10, 7, True), (10, 8, False), (2, 0, False), (3, 0, True), (0, 5, False)]
)
def test_activity_that_fell_by_so_much_is_a_signal_once(
    office: Centre, before: int, recent: int, made: bool
) -> None:
    customer = office.customer("A")
    visits = [NOW - 40 * DAY - number * HOUR for number in range(before)]
    visits += [NOW - 3 * DAY - number * HOUR for number in range(recent)]
    office.put(customer, *(event(office, customer, "visit", at) for at in visits))
    plan(office, "signal", {"signal": "activity_drop", "percent": 30, "days": 30})
    assert codes(office) == (["A"] if made else [])
    for task in office.tasks():
        office.put(Update("task", task["id"], {"state": TaskState.DONE, "done_at": NOW}))
    office.clock.at = NOW + DAY
    assert office.run_one().made == 0


@pytest.mark.parametrize(
    ("before", "recent", "made"), [(0, 1, False), (0, 2, True), (2, 2, False), (1, 3, True)]
)
def test_complaints_that_rise_are_a_signal(office: Centre, before: int, recent: int, made: bool) -> None:
    customer = office.customer("A")
    complaints = [NOW - 40 * DAY - number * HOUR for number in range(before)]
    complaints += [NOW - DAY - number * HOUR for number in range(recent)]
    office.put(customer, *(event(office, customer, "complaint", at) for at in complaints))
    plan(office, "signal", {"signal": "complaints_rise", "days": 30})
    assert codes(office) == (["A"] if made else [])


@pytest.mark.parametrize(
    ("hours_ago", "answered_after", "made"),
    [(47, None, False), (48, None, True), (60, 47, False), (60, 49, True), (48 + 7 * 24 + 24, None, False)],
)
def test_an_enquiry_that_waited_too_long_is_a_signal(
    office: Centre, hours_ago: int, answered_after: int | None, made: bool
) -> None:
    customer = office.customer("A")
    asked_at = NOW - hours_ago * HOUR
    office.put(customer, event(office, customer, "enquiry", asked_at))
    if answered_after is not None:
        task = done_task(office, customer)
        row = {
            "id": office.ids.new(),
            "customer_id": customer.row_id,
            "task_id": task.row_id,
            "person_id": office.organisation.north_agents[0].person_id,
            "channel": "phone",
            "started_at": asked_at + answered_after * HOUR,
            "answered": True,
        }
        office.put(task, Insert("attempt", row))
    plan(office, "signal", {"signal": "slow_reply", "hours": 48})
    assert office.run_one().picked == made


def test_an_enquiry_that_waited_is_waited_for_once_more_not_twice(office: Centre) -> None:
    customer = office.customer("A")
    office.put(customer, event(office, customer, "enquiry", NOW - 50 * HOUR))
    after = {"amount": 1, "unit": "working_days"}
    plan(office, "signal", {"signal": "slow_reply", "hours": 48}, available_after=after)
    assert codes(office) == ["A"]
    (task,) = office.tasks()
    assert task["available_at"] == NOW + DAY


@pytest.mark.parametrize(("first_on", "made"), [("2026-07-03", True), ("2026-07-02", False), (None, False)])
def test_who_buys_again_within_so_many_days_is_a_signal(
    office: Centre, first_on: str | None, made: bool
) -> None:
    customer = office.customer("A")
    office.put(customer, office.organisation.order(customer, ordered_on="2026-10-01", number="US-2"))
    if first_on is not None:
        office.put(office.organisation.order(customer, ordered_on=first_on, number="US-1"))
    plan(office, "signal", {"signal": "repeat_purchase", "days": 90})
    assert codes(office) == (["A"] if made else [])


# ---- lists


def test_chosen_customers_get_a_task_once_and_the_plan_ends(office: Centre) -> None:
    office.put(*(office.customer(code) for code in "ABC"))
    plan(office, "by_hand", {"customers": ["C", "A"]})
    assert codes(office) == ["A", "C"]
    assert office.run().plans == ()


@pytest.mark.parametrize(("undone_at", "found"), [(None, ["A", "B"]), (NOW, [])])
def test_an_import_brings_its_customers_until_it_is_taken_back(
    office: Centre, undone_at: int | None, found: list[str]
) -> None:
    new, ordered, other = (office.customer(code) for code in "ABC")
    order = office.organisation.order(ordered)
    office.put(new, ordered, other, order)
    batch_id = office.ids.new()
    batch = {"id": batch_id, "kind": "orders", "file_name": "x.xlsx", "counts": {}, "imported_at": NOW}
    with office.database.write(NOW) as tx:
        tx.connection.execute(insert(import_batch).values(batch | {"undone_at": undone_at}))
        for name, row_id in (("customer", new.row_id), ("sales_order", order.row_id)):
            change = {"batch_id": batch_id, "table_name": name, "row_id": row_id, "created": True, "rev": 1}
            tx.connection.execute(insert(import_change).values(change))
    plan(office, "imported", {"import": batch_id.hex()})
    assert codes(office) == found
