"""What a reminder speaks of (journey A2)."""

from typing import Any

from agent_app.store.queries import callbacks
from server_sync.domain.clock import MINUTE
from server_sync.domain.commands import Insert
from tests.agent_app.desk import Company
from tests.server_sync.organisation import NOW


def person(company: Company, number: int = 0) -> bytes:
    """An agent of the north."""
    return company.desk(company.organisation.north_agents[number]).person_id


def promise(company: Company, at: int, *, who: int = 0, state: str = "open", **customer: Any) -> bytes:
    organisation = company.organisation
    he = organisation.customer(organisation.north, **{"name": "欧阳小明", **customer})
    row_id = company.ids.new()
    values = {
        "id": row_id,
        "customer_id": he.row_id,
        "task_id": company.ids.new(),
        "owner_id": person(company, who),
        "callback_at": at,
        "with_whom": "respondent",
        "state": state,
        "booked_at": NOW,
    }
    company.put(he, Insert("callback", values))
    return row_id


def near(company: Company) -> list[bytes]:
    with company.store.read() as connection:
        return [one.id for one in callbacks.near(connection, person(company), NOW)]


def test_ones_own_promises_are_near_from_five_minutes_before_until_they_are_handed_over(
    company: Company,
) -> None:  # journey A2
    in_time = [promise(company, NOW + shift) for shift in (-15 * MINUTE + 1, 0, 5 * MINUTE)]
    for shift in (5 * MINUTE + 1, -15 * MINUTE):
        promise(company, NOW + shift)
    promise(company, NOW, who=1)
    for state in ("kept", "released", "cancelled"):
        promise(company, NOW, state=state)
    assert near(company) == in_time


def test_the_company_sets_when_one_is_reminded(company: Company) -> None:
    promised = promise(company, NOW + 20 * MINUTE)
    assert near(company) == []
    company.keep("callbacks", remind_minutes=20)
    assert near(company) == [promised]


def test_a_reminder_masks_the_name(company: Company) -> None:
    promise(company, NOW)
    promise(company, NOW + 1, name="杭州云栖电子有限公司", kind="company")
    with company.store.read() as connection:
        names = [one.name for one in callbacks.near(connection, person(company), NOW)]
    assert names == ["欧阳*", "杭州**电子"]
