"""Segmentation: the statement that finds whom to write of, the formulas, and a plain retelling of them agree."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from server_sync.automation.moments import Moment
from server_sync.automation.segment_figures import View
from server_sync.automation.segment_sieve import sieve, worked_out
from server_sync.automation.segments import Segmentation
from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.commands import Change, Insert, Update
from server_sync.domain.model import customer
from server_sync.domain.rules.conditions.reading import Within, everybody
from server_sync.domain.rules.local_time import day_number, iso_day
from server_sync.store import whole_tables
from server_sync.store.database import Database
from tests.databases import BACKENDS
from tests.server_sync.automation.made_up_customers import LOCAL, TODAY, Told, made_up, rows_of
from tests.server_sync.automation.planning import EVERYONE, Centre, centre
from tests.server_sync.organisation import NOW


def day_of(at: int) -> int:
    return LOCAL.day(at)


def plainly(one: Told, quintiles: Mapping[str, list[Any]]) -> dict[str, Any]:
    """The values as a person would work them out with pencil and paper."""

    def within(days: Sequence[int], first: int, last: int) -> int:
        return sum(TODAY - first < day <= TODAY - last for day in days)

    ordered = [day_number(order["ordered_on"]) for order in one.orders]
    contacts = [day_of(call["started_at"]) for call in one.attempts if call["answered"]]
    days = {kind: [day_of(event["happened_at"]) for event in one.events if event["kind"] == kind]
            for kind in ("visit", "enquiry", "complaint")}  # fmt: skip
    weighed = ((ordered, 3), (contacts, 1), (days["visit"], 1), (days["enquiry"], 2))
    now = sum(weight * within(found, 30, 0) for found, weight in weighed)
    before = sum(weight * within(found, 120, 30) for found, weight in weighed)
    index = (
        (100 if now else 0) if not before else min(100, int(Decimal(50 * now * 3) / before + Decimal("0.5")))
    )
    verified = [day_of(task["created_at"]) for task in one.tasks]
    complaints = [
        max(within(verified, *span), within(days["complaint"], *span)) for span in ((90, 0), (180, 90))
    ]
    low = [
        answer
        for answer in one.responses
        if within([day_of(answer["recorded_at"])], 90, 0)
        and ((answer["nps"] is not None and answer["nps"] <= 6) or (answer["csat"] or 5) <= 2)
    ]
    late = [
        event
        for event in one.events
        if event["kind"] == "enquiry"
        and within([day_of(event["happened_at"])], 30, 0)
        and event["happened_at"] < NOW - 48 * HOUR
        and not any(
            call["answered"] and 0 <= call["started_at"] - event["happened_at"] <= 48 * HOUR
            for call in one.attempts
        )
    ]
    falls = before > 0 and Decimal(now * 3) / before <= Decimal("0.7")
    risk = 40 * falls + 25 * (complaints[0] > complaints[1]) + 25 * bool(low) + 10 * bool(late)
    signs = [*ordered, *(day_of(event["happened_at"]) for event in one.events if event["kind"] != "delivery")]
    if one.row["last_contact_at"] is not None:
        signs.append(day_of(one.row["last_contact_at"]))
    came = day_of(one.row["created_at"])
    silent = TODAY - max(signs, default=came)
    first = min(ordered, default=came)
    year = sum(
        int(Decimal(order["amount"]) * 100)
        for order, day in zip(one.orders, ordered, strict=True)
        if day > TODAY - 365
    )
    if TODAY - first <= 30:
        stage = "new"
    elif silent > 365:
        stage = "lost"
    elif silent > 180 or risk >= 60:
        stage = "churning"
    else:
        stage = "silent" if silent > 90 else "active"
    if year >= 10_000_000:
        tier = "vip"
    elif not ordered:
        tier = "potential"
    else:
        tier = "dormant" if silent > 180 else "normal"
    rfm = None
    if ordered:
        rfm = "".join(
            str(1 + sum(bound < one.row[name] for bound in quintiles[name]))
            for name in ("last_order_on", "order_count", "spent_cents")
        )
    return {
        "activity_index": index,
        "churn_risk": risk,
        "stage": stage,
        "tier": tier if one.row["tier"] == "normal" else one.row["tier"],
        "rfm": rfm,
        "lifetime_cents": one.row["spent_cents"] + year * 3 * (100 - risk) // 100,
    }


def quintiles_of(told: Sequence[Told]) -> dict[str, list[Any]]:
    buyers = [one.row for one in told if one.orders]
    found = {}
    for name in ("last_order_on", "order_count", "spent_cents"):
        ranked = sorted(row[name] for row in buyers)
        places = [len(ranked) * part // 5 for part in (1, 2, 3, 4)]
        found[name] = [ranked[place - 1] for place in places if place]
    return found


@pytest.fixture(params=BACKENDS)
def either(request: pytest.FixtureRequest) -> Iterator[Centre]:
    """The formulas in SQL speak to the database in words of their own: tried on both at every check."""
    database = Database(request.getfixturevalue(f"{request.param}_url"))
    yield centre(database)
    database.close()


def run_all(office: Centre) -> Counter[str]:
    with office.database.write(office.clock.now()) as tx:
        run = Segmentation(tx, tx.now)
        run.draw_bounds()
        return run.settle(run.find())


def customers(office: Centre) -> dict[str, dict[str, Any]]:
    return {row["code"]: row for row in office.rows("customer")}


def test_every_value_is_what_pencil_and_paper_give(either: Centre) -> None:
    told = made_up(either, seed=1, count=300)
    either.put(*rows_of(either, told))
    run_all(either)
    stored = customers(either)
    quintiles = quintiles_of(told)
    for one in told:
        expected = plainly(one, quintiles)
        assert {name: stored[one.row["code"]][name] for name in expected} == expected, one
        because = stored[one.row["code"]]["standing_because"]
        assert because.keys() >= expected.keys() - {"tier"}


def test_the_sieve_works_out_what_the_formulas_do(either: Centre) -> None:
    told = made_up(either, seed=2, count=300)
    either.put(*rows_of(either, told))
    run_all(either)
    stored = {row["id"]: row for row in either.rows("customer")}
    with either.database.write(NOW) as tx:
        view = View.of(tx.connection, Moment(NOW, LOCAL))
        bounds = Segmentation(tx, NOW).draw_bounds()
        found = tx.connection.execute(worked_out(view, bounds)).mappings().all()
    names = ("activity_index", "churn_risk", "stage", "rfm", "lifetime_cents")
    assert len(found) == len(told)
    for row in found:
        assert {name: row[f"new_{name}"] for name in names} == {
            name: stored[row["id"]][name] for name in names
        }


def test_shares_of_the_customers_find_together_what_one_look_finds(either: Centre) -> None:
    either.put(*rows_of(either, made_up(either, seed=4, count=120)))
    either.put(segment(either, "north", "华北客户", {"field": "region", "operator": "=", "value": "华北"}))
    run_all(either)
    ids = sorted(row["id"] for row in either.rows("customer"))
    either.put(*(Update("customer", row_id, {"spent_cents": 1}) for row_id in ids[::7]))
    with either.database.write(NOW) as tx:
        view = View.of(tx.connection, Moment(NOW, LOCAL))
        bounds = Segmentation(tx, NOW).draw_bounds()

        def found(share: Within) -> list[bytes]:
            return list(tx.connection.scalars(sieve(view, bounds, (), share)))

        whole = found(everybody)
        shares = [found(share) for share in whole_tables.split([ids[80], ids[20], ids[20]])]
    assert [bool(one) for one in shares] == [True, True, True]
    assert sorted(row_id for one in shares for row_id in one) == sorted(whole)
    assert set(ids[::7]) <= set(whole) < set(ids)


def test_a_second_pass_finds_and_writes_nothing(office: Centre) -> None:
    office.put(*rows_of(office, made_up(office, seed=3, count=60)))
    office.put(segment(office, "north", "华北客户", {"field": "region", "operator": "=", "value": "华北"}))
    assert run_all(office)["stage"] == 60
    before = customers(office)
    with office.database.write(NOW) as tx:
        found = Segmentation(tx, NOW).find()
        run_all_again = Segmentation(tx, NOW).settle(row["id"] for row in before.values())
    assert run_all_again == Counter()
    # only those whose tier a file gave are looked at again
    assert {row["tier"] for row in before.values() if row["id"] in found} <= {"vip", "dormant"}
    assert customers(office) == before


def segment(office: Centre, code: str, tag: str | None, rule: dict[str, Any], position: int = 0) -> Insert:
    row = {
        "id": office.ids.new(),
        "code": code,
        "name": code,
        "tag": tag,
        "position": position,
        "active": True,
    }
    return Insert("segment", row | {"audience": EVERYONE | {"rules": [rule]}})


def test_a_segment_gives_its_tag_and_takes_it_back(office: Centre) -> None:
    made = office.customer("A", region="华北", tags=["老客户"])
    region = {"field": "region", "operator": "=", "value": "华北"}
    other = {"field": "tags", "operator": "contains", "value": "老客户"}
    office.put(
        made, segment(office, "north", "北方", region), segment(office, "old", None, other, position=1)
    )
    run_all(office)
    row = customers(office)["A"]
    assert (row["segment_codes"], row["tags"]) == (["north", "old"], ["老客户", "北方"])
    assert row["standing_because"]["segment_codes"] == {
        "kind": "in_since",
        "values": {"north": iso_day(TODAY), "old": iso_day(TODAY)},
    }
    office.put(Update("customer", made.row_id, {"region": "华南"}))
    run_all(office)
    row = customers(office)["A"]
    assert (row["segment_codes"], row["tags"]) == (["old"], ["老客户"])


def test_a_tag_that_a_person_took_away_stays_away_while_the_customer_stays_in(office: Centre) -> None:
    made = office.customer("A", region="华北")
    office.put(made, segment(office, "north", "北方", {"field": "region", "operator": "=", "value": "华北"}))
    run_all(office)
    office.put(Update("customer", made.row_id, {"tags": []}))
    run_all(office)
    assert customers(office)["A"]["tags"] == []


def test_the_answer_of_a_form_is_a_rule_for_a_tag(either: Centre) -> None:
    made = either.customer("A")
    task = either.organisation.task(made, None)
    answers = {"/data/intent": "strong"}
    response = {
        "id": either.ids.new(),
        "customer_id": made.row_id,
        "task_id": task.row_id,
        "attempt_id": bytes(16),
        "person_id": bytes(16),
        "form_version_id": bytes(16),
        "answers": answers,
        "complete": True,
        "recorded_at": NOW,
    }
    strong = {"field": "answer", "question": "/data/intent", "operator": "=", "value": "strong"}
    either.put(made, task, Insert("response", response), segment(either, "keen", "高意向", strong))
    run_all(either)
    assert customers(either)["A"]["tags"] == ["高意向"]


def test_a_segment_by_stage_sees_the_stage_of_the_same_pass(office: Centre) -> None:
    office.put(
        office.customer("A", created_at=NOW - 400 * DAY),
        segment(office, "gone", None, {"field": "stage", "operator": "=", "value": "lost"}),
    )
    run_all(office)
    assert customers(office)["A"]["segment_codes"] == ["gone"]


def test_a_tier_that_a_file_gave_stays_and_its_own_moves(office: Centre) -> None:
    own, given = office.customer("A"), office.customer("B", tier="vip")
    office.put(own, given)
    run_all(office)
    assert [row["tier"] for row in customers(office).values()] == ["potential", "vip"]
    orders = {"order_count": 1, "last_order_on": "2026-09-28", "spent_cents": 12_970}
    for made in (own, given):
        office.put(office.organisation.order(made), Update("customer", made.row_id, orders))
    run_all(office)
    assert [row["tier"] for row in customers(office).values()] == ["normal", "vip"]


def test_the_portrait_is_drawn_from_orders_and_keeps_what_people_wrote(office: Centre) -> None:
    sums: dict[str, Any] = {"order_count": 3, "last_order_on": "2026-09-21", "spent_cents": 30_000}
    made = office.customer("A", portrait={"occupation": "教师", "preferences": ["旧"]}, **sums)
    rows: list[Change] = [made]
    for day, line in (("2026-09-01", "家具"), ("2026-09-08", "空调"), ("2026-09-21", "空调")):
        order = office.organisation.order(made, ordered_on=day, product_line=line, amount="100")
        rows.append(order)
        ids = {"id": office.ids.new(), "customer_id": made.row_id, "order_id": order.row_id}
        rows.append(Insert("order_line", ids | {"source_row": day, "amount": "100", "discount": "0.2"}))
    office.put(*rows)
    run_all(office)
    assert customers(office)["A"]["portrait"] == {
        "occupation": "教师",
        "preferences": ["空调", "家具"],
        "price_sensitivity": "high",
        "purchase_cycle_days": 10,
    }


def test_customers_without_a_team_are_found_too(office: Centre) -> None:
    office.put(office.organisation.customer(None, code="A"))
    run_all(office)
    with office.database.read() as connection:
        assert connection.scalar(select(customer.c.stage)) == "new"
