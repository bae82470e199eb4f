"""Customers made up from a seed, with random dealings on the edges of what segmentation counts."""

import random  # noqa: TID251 - the customers are drawn, from a seed that is in each test
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from server_sync.domain.clock import DAY
from server_sync.domain.commands import Change, Insert
from server_sync.domain.rules.local_time import iso_day, zone
from tests.server_sync.automation.planning import Centre
from tests.server_sync.organisation import NOW

LOCAL = zone("Asia/Shanghai")
TODAY = LOCAL.day(NOW)


@dataclass
class Told:
    """What is known of one made-up customer, as rows."""

    row: dict[str, Any]
    orders: list[dict[str, Any]]
    events: list[dict[str, Any]]
    attempts: list[dict[str, Any]]
    tasks: list[dict[str, Any]]
    responses: list[dict[str, Any]]


def made_up(office: Centre, seed: int, count: int) -> list[Told]:
    """Customers with random dealings, some of each on the very edges of the periods."""
    chance = random.Random(seed)
    edges = [0, 29, 30, 31, 89, 90, 91, 119, 120, 121, 179, 180, 181, 364, 365, 366]
    return [_one(office, chance, edges, number) for number in range(count)]


def _one(office: Centre, chance: random.Random, edges: list[int], number: int) -> Told:
    def back() -> int:
        return TODAY - (chance.choice(edges) if chance.random() < 0.5 else chance.randint(0, 500))

    def moment(day: int) -> int:
        at = LOCAL.moment(day * DAY) + chance.randint(0, DAY - 1)
        return min(at, NOW)

    organisation = office.organisation
    orders: list[dict[str, Any]] = [
        {
            "ordered_on": iso_day(back()),
            "amount": f"{chance.randint(1, 9_000_000) / 100:.2f}",
            "product_line": chance.choice(["空调", "家具", None]),
        }
        for _ in "1234"
    ]
    orders = orders[: chance.choice([0, 0, 1, 2, 4])]
    last_contact = chance.choice([None, moment(back())])
    values: dict[str, Any] = {
        "tier": chance.choice(["normal", "normal", "vip", "dormant"]),
        "created_at": moment(back()),
        "order_count": len(orders),
        "spent_cents": sum(int(Decimal(one["amount"]) * 100) for one in orders),
        "last_order_on": max((one["ordered_on"] for one in orders), default=None),
        "last_contact_at": last_contact,
        "region": chance.choice(["华东", "华北", None]),
    }
    made = organisation.customer(organisation.north, code=f"C{number:04}", **values)
    kinds = ["visit", "enquiry", "complaint", "delivery"]
    some = range(chance.choice([0, 1, 3, 8]))
    return Told(
        dict(made.row),
        orders,
        [{"kind": chance.choice(kinds), "happened_at": moment(back())} for _ in some],
        [{"started_at": moment(back()), "answered": chance.choice([True, True, False])} for _ in some],
        [
            {"urgency": "complaint_verification", "created_at": moment(back())}
            for _ in some
            if chance.random() < 0.2
        ],
        [
            {
                "recorded_at": moment(back()),
                "nps": chance.choice([None, 6, 7, 9]),
                "csat": chance.choice([None, 2, 3]),
            }
            for _ in some
            if chance.random() < 0.3
        ],
    )


def rows_of(office: Centre, told: Sequence[Told]) -> Iterator[Change]:
    organisation = office.organisation
    for one in told:
        made = Insert("customer", one.row)
        yield made
        task = organisation.task(made, None, created_at=NOW - 500 * DAY)
        yield task
        yield from (organisation.order(made, **order) for order in one.orders)
        yield from (organisation.task(made, None, **values) for values in one.tasks)
        own = {"customer_id": made.row_id}
        person = {"task_id": task.row_id, "person_id": organisation.north_lead.person_id}
        for place, values in enumerate(one.events):
            yield Insert("event", {"id": office.ids.new(), "number": str(place)} | own | values)
        for values in one.attempts:
            yield Insert("attempt", {"id": office.ids.new(), "channel": "phone"} | own | person | values)
        for values in one.responses:
            fixed = {"attempt_id": bytes(16), "form_version_id": bytes(16), "answers": {}, "complete": True}
            yield Insert("response", {"id": office.ids.new()} | own | person | fixed | values)
