"""A customer's promises in the order in which they have to be done (M4.9)."""

from typing import Any

from agent_app.store.queries import commitments
from agent_app.store.queries.commitments import MOST_SETTLED, Commitment
from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.commands import Insert
from tests.agent_app.desk import Company
from tests.server_sync.organisation import NOW


def promise(company: Company, customer: Insert, text: str, **values: Any) -> bytes:
    row_id = company.ids.new()
    owner = company.organisation.north_agents[0].person_id
    row = {
        "id": row_id,
        "customer_id": customer.row_id,
        "owner_id": owner,
        "text": text,
        "state": "open",
        "promised_at": NOW,
        "due_at": NOW + DAY,
    }
    company.put(Insert("commitment", row | values))
    return row_id


def load(company: Company, customer: Insert) -> tuple[Commitment, ...]:
    with company.store.read() as connection:
        return commitments.load(connection, customer.row_id)


def test_m4_9_open_ones_come_first_by_their_due_time_then_the_latest_settled(company: Company) -> None:
    organisation = company.organisation
    one, other = (organisation.customer(organisation.north) for _ in range(2))
    company.put(one, other)
    promise(company, one, "后天", due_at=NOW + 2 * DAY)
    for number in range(MOST_SETTLED + 1):
        promise(company, one, f"已兑现{number}", state="kept", settled_at=NOW + number)
    promise(company, one, "逾期", due_at=NOW - HOUR)
    promise(company, other, "别人的")
    found = load(company, one)
    assert [each.text for each in found] == ["逾期", "后天", "已兑现3", "已兑现2", "已兑现1"]
    assert [each.is_overdue(NOW) for each in found] == [True, False, False, False, False]
    assert found[0].owner == "坐席 03"
    assert load(company, organisation.customer(None)) == ()
