"""Who wins between real desks and a real server (SYNC §5), and what is then before the person and before his lead."""

import pytest

from agent_app.actions.conflicts import (
    hand_over_conflict,
    retry_conflict,
    settle_conflict,
    settle_team_conflict,
)
from agent_app.actions.customers import add_tag, correct_contact_point, correct_customer, set_do_not_call
from agent_app.store.queries import conflicts
from agent_app.store.queries.conflicts import Conflict
from server_sync.domain.clock import MINUTE
from server_sync.domain.commands import FinishAttempt, ReassignTask, StartAttempt
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import Resolution
from tests.agent_app.sync.office import HandClock, Seat
from tests.agent_app.sync.test_engine import Sit, first_task
from tests.server_sync.organisation import Organisation


def own(seat: Seat) -> tuple[Conflict, ...]:
    with seat.store.read() as connection:
        return conflicts.unsettled(connection)


def of_team(seat: Seat) -> tuple[Conflict, ...]:
    with seat.store.read() as connection:
        return conflicts.of_team(connection)


def point(seat: Seat) -> tuple[bytes, str]:
    """The number of the first task's customer."""
    sql = "SELECT id, value FROM contact_point WHERE customer_id = ?"
    ((row_id, value),) = seat.rows(sql, first_task(seat)[1])
    assert isinstance(row_id, bytes)
    return row_id, str(value)


def renumber(seat: Seat, value: str) -> None:
    correct_contact_point(seat.desk, first_task(seat)[1], *point(seat), value)


def both_synced(sit: Sit, organisation: Organisation) -> tuple[Seat, Seat]:
    """An agent and his lead, who both hold the first customer."""
    agent, lead = sit(organisation.north_agents[0]), sit(organisation.north_lead)
    agent.sync()
    lead.sync()
    return agent, lead


def one_number_two_opinions(sit: Sit, organisation: Organisation) -> tuple[Seat, Seat]:
    """The lead's correction came first, the agent's is in conflict with it; both have heard of it."""
    agent, lead = both_synced(sit, organisation)
    renumber(lead, "14000000008")
    renumber(agent, "14000000009")
    for seat in (lead, agent, lead):
        seat.sync()
    return agent, lead


def test_section_5_different_fields_merge_and_both_desks_say_so(sit: Sit, organisation: Organisation) -> None:
    agent, lead = both_synced(sit, organisation)
    customer = first_task(agent)[1]
    correct_customer(agent.desk, customer, "address", None, "示例路 8 号")
    add_tag(lead.desk, customer, "高意向")
    for seat in (agent, lead, agent):
        seat.sync()
    for seat in (agent, lead):
        assert seat.rows("SELECT address, tags FROM customer WHERE id = ?", customer) == [
            ("示例路 8 号", '["高意向"]')
        ]
        merged = "SELECT details FROM activity WHERE customer_id = ? AND details LIKE '%\"merged\":true%'"
        assert len(seat.rows(merged, customer)) == 1
        assert own(seat) == ()


def test_section_5_the_later_of_two_values_stands_and_the_lost_one_is_shown(
    sit: Sit, organisation: Organisation, clock: HandClock
) -> None:
    agent, lead = both_synced(sit, organisation)
    customer = first_task(agent)[1]
    correct_customer(agent.desk, customer, "city", None, "杭州")
    clock.at += MINUTE
    correct_customer(lead.desk, customer, "city", None, "宁波")
    for seat in (lead, agent, lead):
        seat.sync()
    for seat in (agent, lead):
        assert seat.rows("SELECT city FROM customer WHERE id = ?", customer) == [("宁波",)]
    (lost,) = own(agent)
    told = {name: lost.values[name] for name in ("base", "mine", "theirs", "stands")}
    assert told == {"base": None, "mine": "杭州", "theirs": "宁波", "stands": "theirs"}
    assert [one.status for one in of_team(lead)] == ["merged"]
    settle_conflict(agent.desk, lost.mid or 0)
    for seat in (agent, lead):
        seat.sync()
    assert (own(agent), of_team(lead)) == ((), ())


def test_section_5_a_number_in_dispute_waits_for_the_lead_at_every_desk(
    sit: Sit, organisation: Organisation
) -> None:
    agent, lead = one_number_two_opinions(sit, organisation)
    for seat in (agent, lead):
        disputed = "SELECT disputed_at IS NOT NULL, value FROM contact_point WHERE id = ?"
        assert seat.rows(disputed, point(seat)[0]) == [(1, "+8614000000008")]
    (mine,) = own(agent)
    (before_lead,) = of_team(lead)
    assert before_lead.id.hex() == mine.values["conflict"]
    assert (mine.kind, mine.decided_by_lead, before_lead.awaits_lead) == ("field_conflict", True, True)
    assert of_team(agent) == ()
    with pytest.raises(KnownError) as refused:
        retry_conflict(agent.desk, mine.mid or 0)
    assert refused.value.kind is ErrorKind.NUMBER_DISPUTED
    settle_team_conflict(lead.desk, before_lead.id, Resolution.MINE, "已向客户核实")
    lead.sync()
    agent.sync()
    for seat in (agent, lead):
        now = "SELECT disputed_at, value FROM contact_point WHERE id = ?"
        assert seat.rows(now, point(seat)[0]) == [(None, "+8614000000009")]
        assert seat.compare() == []
    assert of_team(lead) == ()
    assert agent.rows("SELECT text FROM activity WHERE kind = 'conflict_settled'") == [("已向客户核实",)]


def test_section_5_two_leads_settle_one_conflict_once(sit: Sit, organisation: Organisation) -> None:
    _, lead = one_number_two_opinions(sit, organisation)
    administrator = sit(organisation.administrator)
    administrator.sync()
    for seat, resolution in ((lead, Resolution.THEIRS), (administrator, Resolution.NOTED)):
        (entry,) = of_team(seat)
        settle_team_conflict(seat.desk, entry.id, resolution, "")
    for seat in (lead, administrator, lead):
        seat.sync()
    for seat in (lead, administrator):
        assert seat.rows("SELECT state, resolution FROM team_conflict") == [("settled", "theirs")]
        assert seat.compare() == []


def test_p3_what_is_handed_over_reaches_the_lead_and_leaves_no_trace_at_the_desk(
    sit: Sit, organisation: Organisation
) -> None:
    agent, lead = both_synced(sit, organisation)
    customer = first_task(agent)[1]
    correct_customer(lead.desk, customer, "note", None, "只接受短信")
    lead.sync()
    correct_customer(agent.desk, customer, "note", None, "周末不便")
    agent.sync()
    (refused,) = own(agent)
    hand_over_conflict(agent.desk, refused.mid or 0, "请代为登记")
    assert agent.compare() == []
    for seat in (agent, lead):
        seat.sync()
    assert own(agent) == ()
    assert agent.rows("SELECT count(*) FROM team_conflict") == [(0,)]
    assert agent.compare() == []
    (handed,) = of_team(lead)
    assert (handed.status, handed.note, handed.person) == ("handed_over", "请代为登记", "坐席 03")
    settle_team_conflict(lead.desk, handed.id, Resolution.MINE, "", "周末不便,只接受短信")
    lead.sync()
    assert lead.rows("SELECT note FROM customer WHERE id = ?", customer) == [("周末不便,只接受短信",)]


def test_section_5_work_on_a_task_taken_away_is_kept_and_the_lead_decides_whether_it_counts(
    sit: Sit, organisation: Organisation
) -> None:
    agent, lead = both_synced(sit, organisation)
    task, customer = first_task(agent)
    attempt, now = agent.ids.new(), agent.clock.now()
    agent.do(
        StartAttempt(attempt, task, customer, point(agent)[0], "phone", now),
        FinishAttempt(attempt, task, customer, "1.1", None, now, 30_000),
    )
    other = organisation.north_agents[1]
    lead.do(ReassignTask(lead.ids.new(), task, customer, other.person_id, now))
    for seat in (lead, agent, lead):
        seat.sync()
    state = "SELECT state, assignee_id FROM task WHERE id = ?"
    assert lead.rows(state, task) == [("open", other.person_id)]
    kept = "SELECT person_id, disposition, late FROM attempt WHERE id = ?"
    assert lead.rows(kept, attempt) == [(agent.actor.person_id, "1.1", 1)]
    assert own(agent) == ()
    (late,) = of_team(lead)
    assert late.is_late
    settle_team_conflict(lead.desk, late.id, Resolution.MINE, "")
    lead.sync()
    assert lead.rows(state, task) == [("done", other.person_id)]
    assert of_team(lead) == ()


def test_section_5_a_refusal_wins_over_work_that_is_on_its_way(sit: Sit, organisation: Organisation) -> None:
    agent, lead = both_synced(sit, organisation)
    task, customer = first_task(agent)
    set_do_not_call(lead.desk, customer, "all", "supervisor", "来信要求")
    lead.sync()
    attempt, now = agent.ids.new(), agent.clock.now()
    agent.do(
        StartAttempt(attempt, task, customer, point(agent)[0], "phone", now),
        FinishAttempt(attempt, task, customer, "3.13", None, now, None),
    )
    for seat in (agent, lead):
        seat.sync()
    assert agent.rows("SELECT state FROM task WHERE id = ?", task) == [("cancelled",)]
    (late,) = of_team(lead)
    with pytest.raises(KnownError) as refused:
        settle_team_conflict(lead.desk, late.id, Resolution.MINE, "")
    assert refused.value.kind is ErrorKind.DO_NOT_CALL


def test_l4_open_conflicts_outlive_a_bootstrap(sit: Sit, organisation: Organisation) -> None:
    agent, _ = one_number_two_opinions(sit, organisation)
    before = own(agent)
    agent.restart()
    request = agent.ask()
    assert request is not None
    assert agent.fail(KnownError(ErrorKind.CURSOR_TOO_OLD)).recovered
    agent.sync()
    assert own(agent) == before
    assert len(before) == 1
    assert agent.compare() == []
