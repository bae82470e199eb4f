"""The facts of a customer as a guide says them, and the words of the work column's head."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest

from agent_app.features.call_guide import model
from agent_app.features.call_guide.state import Call, CallPhase
from agent_app.store.queries import guide_facts
from agent_app.ui import i18n
from server_sync.domain.clock import SECOND
from tests.agent_app.features.workplace import Workplace
from tests.server_sync.organisation import NOW

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    i18n.install("zh_CN")
    yield
    i18n.install("zh_CN")


def facts(place: Workplace) -> guide_facts.GuideFacts:
    with place.company.store.read() as connection:
        found = guide_facts.load(connection, place.task.row_id, place.agent.person_id or b"")
    assert found is not None
    return found


def test_a_guide_knows_customer_company_agent_and_order(place: Workplace) -> None:
    with place.company.store.write() as connection:
        connection.exec_driver_sql("update customer set last_contact_at = ?", (NOW,))
    known = model.prefill(facts(place), SHANGHAI)
    assert {name: known[name] for name in ("customer_name", "salutation", "customer_type", "tier")} == {
        "customer_name": "客户 A",
        "salutation": "女士",
        "customer_type": "person",
        "tier": "vip",
    }
    assert (known["agent_name"], known["agent_number"]) == ("坐席 03", "p03")
    assert (known["order_summary"], known["order_on"]) == ("椅子", "2026-09-28")
    assert known["last_contact_on"] == "2026-10-01"


def test_what_the_tasks_reason_brings_along_goes_before(place: Workplace) -> None:
    with place.company.store.write() as connection:
        statement = "update task set reason_values = ?"
        connection.exec_driver_sql(statement, ('{"ticket_summary":"遥控器失灵","days":3}',))
    known = model.prefill(facts(place), SHANGHAI)
    assert known["ticket_summary"] == "遥控器失灵"
    assert "days" not in known


def test_the_order_is_the_one_that_the_task_is_about(place: Workplace) -> None:
    place.company.put(place.company.organisation.order(place.customer, ordered_on="2026-09-30"))
    assert facts(place).order_on == "2026-09-30"
    with place.company.store.write() as connection:
        connection.exec_driver_sql("update task set reason_values = ?", ('{"ordered_on":"2026-09-28"}',))
    assert (facts(place).order_on, facts(place).products) == ("2026-09-28", ("椅子",))


def test_many_products_are_named_by_the_first_two() -> None:
    assert model.order_summary(()) == ""
    assert model.order_summary(("椅子", "书架")) == "椅子、书架"
    assert model.order_summary(("椅子", "书架", "装订机")) == "椅子、书架等 3 种商品"


def test_the_clock_runs_with_the_call_and_stands_when_it_has_ended() -> None:
    running = Call(CallPhase.RUNNING, b"a", NOW)
    ended = Call(CallPhase.ENDED, b"a", NOW, NOW + 161 * SECOND)
    assert model.call_status(running, NOW + 161 * SECOND)[0] == "通话中 02:41"
    assert model.call_status(ended, NOW + 900 * SECOND)[0] == "已挂断 02:41"
