"""Which answers somebody may correct, by the call in which they were given."""

from agent_app.store.queries.response_sheet import correctable
from server_sync.domain.commands import Insert
from tests.agent_app.desk import Company
from tests.server_sync.organisation import NOW


def test_the_last_edition_of_a_calls_answers_is_corrected_by_who_gave_the_first_or_leads(
    company: Company,
) -> None:
    organisation, attempt_id = company.organisation, b"attempt-answered"
    agent, colleague, lead = *organisation.north_agents[:2], organisation.north_lead
    customer = organisation.customer(organisation.north, owner=agent)
    task = organisation.task(customer, agent)
    first, second = company.ids.new(), company.ids.new()
    given = {
        "customer_id": customer.row_id,
        "task_id": task.row_id,
        "attempt_id": attempt_id,
        "form_version_id": b"guide-version-01",
        "answers": {"/data/csat": "5"},
        "complete": True,
        "recorded_at": NOW,
    }
    earlier = {"id": first, "person_id": agent.person_id, "replaced_by_id": second}
    later = {"id": second, "person_id": lead.person_id, "edition": 2, "replaces_id": first}
    company.put(customer, task, Insert("response", given | earlier), Insert("response", given | later))
    with company.store.read() as connection:
        found = [correctable(connection, customer.row_id, one) for one in (agent, lead, colleague)]
    assert found == [{attempt_id: second}, {attempt_id: second}, {}]
