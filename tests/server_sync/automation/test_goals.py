"""Goals are measured by the KPI dictionary, within their period and scope."""

from collections.abc import Iterator
from typing import Any

import pytest

from server_sync.automation.goals import measure, measure_all
from server_sync.automation.moments import Moment
from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.commands import Change, Insert
from server_sync.domain.rules.goals import Metric
from server_sync.domain.rules.local_time import zone
from server_sync.store.database import Database
from tests.databases import BACKENDS
from tests.server_sync.automation.planning import Centre, centre
from tests.server_sync.organisation import NOW

SEPTEMBER = {"starts_on": "2026-09-01", "deadline_on": "2026-10-31", "scope": {}}
LOCAL = zone("Asia/Shanghai")


@pytest.fixture(params=BACKENDS)
def full(request: pytest.FixtureRequest) -> Iterator[Centre]:
    """A VIP of the north and an ordinary customer of the south with dealings on both sides of the period's edges."""
    database = Database(request.getfixturevalue(f"{request.param}_url"))
    office = centre(database)
    office.put(*dealings(office))
    yield office
    database.close()


def dealings(office: Centre) -> Iterator[Change]:
    organisation = office.organisation
    vip = organisation.customer(organisation.north, code="A", tier="vip", region="华北", product_line="空调")
    other = organisation.customer(organisation.south, code="B", region="华南")
    yield from (vip, other)
    start = LOCAL.moment(LOCAL.day(NOW) * DAY) - 30 * DAY  # 1 September
    states = [
        ("done", "1.1", NOW - DAY),
        ("done", "2.112b", start),
        ("open", None, NOW - HOUR),
        ("done", "1.1", start - 1),
        ("done", "1.1", NOW + DAY),
        ("cancelled", None, NOW - DAY),
    ]
    tasks = [
        organisation.task(vip, None, state=state, disposition=disposition, due_at=due_at)
        for state, disposition, due_at in states
    ]
    by_hand = organisation.task(other, None, state="done", disposition="1.1o", due_at=NOW - DAY, plan_id=None)
    yield from (*tasks, by_hand)
    for task, groups in ((tasks[0], ["I", "R", "NC", "NE", None]), (by_hand, ["UH", "O"])):
        for group in groups:
            yield fact(
                office, "attempt", task, started_at=NOW - DAY, disposition_group=group, channel="phone"
            )
    scores: list[tuple[Insert, int | None, int | None, bytes | None]] = [
        (tasks[0], 5, 10, None),
        (tasks[0], 3, 6, None),
        (tasks[0], 1, 0, bytes(16)),
        (by_hand, None, 9, None),
    ]
    for task, csat, nps, replaced in scores:
        values = {"csat": csat, "nps": nps, "replaced_by_id": replaced, "recorded_at": NOW - DAY}
        keys = {"attempt_id": bytes(16), "form_version_id": bytes(16), "answers": {}, "complete": True}
        yield fact(office, "response", task, **values, **keys)
    for customer, on in (
        (vip, "2026-09-01"),
        (vip, "2026-10-01"),
        (other, "2026-09-02"),
        (other, "2026-08-31"),
    ):
        yield organisation.order(customer, ordered_on=on)
    for number, (on, renewed) in enumerate(
        [
            ("2026-09-01", "2026-08-20"),
            ("2026-10-01", None),
            ("2026-08-31", "2026-08-01"),
            ("2026-10-02", None),
        ]
    ):
        row = {"id": office.ids.new(), "customer_id": vip.row_id, "number": str(number)}
        yield Insert("contract", row | {"expires_on": on, "renewed_on": renewed})


def fact(office: Centre, table: str, task: Insert, **values: Any) -> Insert:
    keys = {"id": office.ids.new(), "task_id": task.row_id, "customer_id": task.row["customer_id"]}
    return Insert(table, keys | {"person_id": office.organisation.north_lead.person_id} | values)


def value(office: Centre, metric: Metric, **scope: Any) -> tuple[str | None, int]:
    with office.database.read() as connection:
        goal = {**SEPTEMBER, "metric": metric.value, "scope": scope}
        return measure(connection, goal, Moment(NOW, LOCAL))


def test_every_metric_counts_what_the_dictionary_says(full: Centre) -> None:
    assert {metric.value: value(full, metric) for metric in Metric} == {
        "completion_rate": ("50.00", 4),
        "contact_rate": ("60.00", 5),
        "csat_share": ("50.00", 2),
        "csat_mean": ("4.00", 2),
        "nps": ("33.33", 3),
        "repurchase_rate": ("50.00", 2),
        "renewal_rate": ("50.00", 2),
    }


def test_a_scope_narrows_by_customer_team_and_plan(full: Centre) -> None:
    assert value(full, Metric.COMPLETION_RATE, plans=["first"]) == ("33.33", 3)
    assert value(full, Metric.COMPLETION_RATE, teams=["南区"]) == ("100.00", 1)
    assert value(full, Metric.CONTACT_RATE, plans=["first"]) == ("66.67", 3)
    assert value(full, Metric.NPS, plans=["first"], tiers=["vip"]) == ("0.00", 2)
    assert value(full, Metric.REPURCHASE_RATE, regions=["华北"]) == ("100.00", 1)
    assert value(full, Metric.REPURCHASE_RATE, plans=["first"]) == ("100.00", 1)
    assert value(full, Metric.RENEWAL_RATE, product_lines=["空调"]) == ("50.00", 2)
    assert value(full, Metric.RENEWAL_RATE, teams=["南区"]) == (None, 0)
    assert value(full, Metric.CSAT_MEAN, plans=["none of that name"]) == (None, 0)


def test_measuring_writes_what_has_changed_and_leaves_the_rest(full: Centre) -> None:
    for code, more in (("now", {}), ("later", {"starts_on": "2026-10-02"}), ("gone", {"state": "withdrawn"})):
        row = {**SEPTEMBER, "id": full.ids.new(), "code": code, "name": code, "metric": "nps", "target": "30"}
        full.put(Insert("goal", {**row, "state": "active", **more}))
    with full.database.write(NOW) as tx:
        assert measure_all(tx, NOW) == {"now": "33.33"}
    first = full.rows("goal")
    assert [(row["code"], row["value"], row["sample"], row["measured_at"]) for row in first] == [
        ("now", "33.33", 3, NOW),
        ("later", None, None, None),
        ("gone", None, None, None),
    ]
    with full.database.write(NOW + HOUR) as tx:
        measure_all(tx, NOW + HOUR)
    assert full.rows("goal") == first
    with full.database.write(NOW + 40 * DAY) as tx:
        measure_all(tx, NOW + 40 * DAY)
    assert [row["state"] for row in full.rows("goal")] == ["reached", "missed", "withdrawn"]
