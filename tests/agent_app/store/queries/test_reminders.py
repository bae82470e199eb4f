"""Which reminders a desk shows and lists: one's own and, for a lead, those of his team, while they hold."""

import pytest

from agent_app.actions.reminders import see_reminder
from agent_app.actions.tasks import accept_task
from agent_app.store.queries import reminders
from server_sync.domain.clock import HOUR, MINUTE
from server_sync.domain.commands import Insert
from server_sync.domain.rules.escalation import Subject
from tests.agent_app.desk import Company
from tests.agent_app.ladders import STEPS, Ladder
from tests.server_sync.organisation import NOW


@pytest.fixture
def ladder(company: Company) -> Ladder:
    return Ladder(company)


def test_ones_own_pop_up_is_shown_when_it_is_due_also_before_the_server_said_so(ladder: Ladder) -> None:
    sent = ladder.remind(0, state="sent", due_at=NOW - MINUTE)
    waiting = ladder.remind(0)
    ladder.remind(0, due_at=NOW + 1)
    assert ladder.shown(ladder.agent) == [sent, waiting]
    assert ladder.shown(ladder.company.organisation.north_agents[1]) == []


def test_a_notice_to_the_lead_reaches_the_leads_of_that_team_and_nobody_else(ladder: Ladder) -> None:
    notice = ladder.remind(1)
    organisation = ladder.company.organisation
    assert ladder.shown(ladder.lead) == [notice]
    assert ladder.shown(organisation.administrator) == [notice]
    assert ladder.shown(ladder.agent) == ladder.shown(organisation.south_lead) == []


def test_what_goes_out_by_a_channel_is_not_shown_but_its_failure_is_listed(ladder: Ladder) -> None:
    failed = ladder.remind(2, state="failed", error="no_address")
    assert (ladder.shown(ladder.agent), ladder.inbox(ladder.agent)) == ([], [failed])


@pytest.mark.parametrize("state", ["seen", "cancelled", "failed"])
def test_what_was_seen_or_is_over_is_not_shown(ladder: Ladder, state: str) -> None:
    ladder.remind(0, state=state)
    assert ladder.shown(ladder.agent) == []


def test_an_acceptance_offline_ends_what_waits_for_it_at_once(ladder: Ladder) -> None:
    ladder.remind(0)
    desk = ladder.company.desk(ladder.agent)
    accept_task(desk, ladder.task.row_id, ladder.customer.row_id)
    assert ladder.shown(ladder.agent) == []


def test_what_was_looked_at_is_not_shown_again(ladder: Ladder) -> None:
    shown = ladder.remind(0)
    see_reminder(ladder.company.desk(ladder.agent), shown, ladder.task.row_id, ladder.customer.row_id)
    assert ladder.shown(ladder.agent) == []
    assert ladder.inbox(ladder.agent) == [shown]


def test_of_very_many_the_latest_are_shown(ladder: Ladder) -> None:
    made = [ladder.remind(0, due_at=NOW - number) for number in range(reminders.MOST_SHOWN + 5)]
    assert ladder.shown(ladder.agent) == list(reversed(made[: reminders.MOST_SHOWN]))


def test_a_reminder_tells_a_masked_name_whose_it_is_and_why_it_came(ladder: Ladder) -> None:
    ladder.remind(1)
    with ladder.company.store.read() as connection:
        (one,) = reminders.to_show(connection, ladder.lead, NOW)
    assert (one.name, one.label, one.holder, one.raised) == ("张*", "首访", "坐席 03", True)
    assert (one.subject, one.due_at, one.accepted) == (Subject.TASK, ladder.task.row["due_at"], False)
    assert one.clock_steps == (("counted_from", {"basis": "created", "at": NOW - HOUR}),)


@pytest.mark.parametrize(("state", "shown"), [("open", 1), ("kept", 0)])
def test_a_promise_is_reminded_of_while_it_is_open(company: Company, state: str, shown: int) -> None:
    steps = [{**STEPS[2], "means": ["popup"]}]
    ladder = Ladder(company, applies_to={"subject": "commitment"}, steps=steps)
    promise_id = company.ids.new()
    promise = {
        "id": promise_id,
        "customer_id": ladder.customer.row_id,
        "task_id": ladder.task.row_id,
        "owner_id": ladder.agent.person_id,
        "text": "回电",
        "state": state,
        "promised_at": NOW - HOUR,
        "due_at": NOW - MINUTE,
    }
    counted = {"basis": "due", "at": NOW - MINUTE, "of": promise_id.hex()}
    company.put(Insert("commitment", promise))
    ladder.remind(0, means="popup", clock_steps=[{"kind": "counted_from", "values": counted}])
    with company.store.read() as connection:
        found = reminders.to_show(connection, ladder.agent, NOW)
    assert [(one.subject, one.due_at) for one in found] == [(Subject.COMMITMENT, NOW - MINUTE)] * shown
