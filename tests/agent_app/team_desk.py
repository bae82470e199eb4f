"""What the tests of the team's figures and lists put into a company's store: calls, answers, presence, a whole day."""

from typing import Any

from agent_app.store import cursors
from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.commands import Actor, Insert
from tests.agent_app.desk import Company
from tests.server_sync.organisation import NOW

MIDNIGHT = NOW - 10 * HOUR  # NOW is 10:00 on Thursday, 2026-10-01 in Shanghai


def hold_team(company: Company, *teams: bytes) -> None:
    """This desk holds these teams' dossiers, as a lead's or an administrator's does."""
    with company.store.write() as connection:
        cursors.save(connection, {"ref": 1} | {f"team:{team.hex()}": 1 for team in teams}, {})


def call(
    company: Company, task: Insert, actor: Actor, ended_at: int, disposition: str, **values: Any
) -> Insert:
    """A finished call of a task; only a completed one was answered, unless `values` say otherwise."""
    complete = disposition == "1.1"
    row = {
        "id": company.organisation.ids.new(),
        "customer_id": task.row["customer_id"],
        "task_id": task.row_id,
        "person_id": actor.person_id,
        "channel": "phone",
        "started_at": ended_at - 60_000,
        "ended_at": ended_at,
        "disposition": disposition,
        "disposition_group": "I" if complete else "UH",
        "answered": complete,
    }
    return Insert("attempt", row | values)


def answers(company: Company, attempt: Insert, *, csat: int | None = None, nps: int | None = None) -> Insert:
    """The answers given on a call."""
    row = {
        "id": company.organisation.ids.new(),
        "customer_id": attempt.row["customer_id"],
        "task_id": attempt.row["task_id"],
        "attempt_id": attempt.row_id,
        "person_id": attempt.row["person_id"],
        "form_version_id": company.organisation.form_version,
        "answers": {},
        "complete": True,
        "csat": csat,
        "nps": nps,
        "recorded_at": attempt.row["ended_at"],
    }
    return Insert("response", row)


def corrected(company: Company, before: Insert, **scores: int) -> Insert:
    """The next edition of answers, by a lead and a day later."""
    values = {
        "id": company.organisation.ids.new(),
        "person_id": company.organisation.north_lead.person_id,
        "recorded_at": before.row["recorded_at"] + DAY,
        "edition": before.row.get("edition", 1) + 1,
        "replaces_id": before.row_id,
    }
    made = Insert("response", {**before.row, **values, **scores})
    company.put(made)
    with company.store.write() as connection:
        replaced = "UPDATE response SET replaced_by_id = ? WHERE id = ?"
        connection.exec_driver_sql(replaced, (made.row_id, before.row_id))
    return made


def presence(actor: Actor, state: str, reason: str | None = None) -> Insert:
    """What somebody was last heard to do."""
    row = {"id": actor.person_id, "team_id": actor.team_id, "state": state, "pause_reason": reason}
    return Insert("presence", row | {"since_at": NOW - HOUR})


def a_working_day(company: Company) -> None:
    """Three weeks of three agents: open, overdue, finished and cancelled tasks, calls and answers; a task that waits
    for an owner, one in the pool, and one of the other team with a customer whom both know."""
    org, rows = company.organisation, list[Insert]()
    hold_team(company, org.north)
    for place, agent in enumerate(org.north_agents):
        for number in range(4 + place):
            customer = org.customer(org.north, name=f"张{place}{number}")
            due = MIDNIGHT + (number - 2) * DAY + (9 + place) * HOUR
            rows += [customer, org.task(customer, agent, due_at=due)]
        for number in range(16 + place):
            at = MIDNIGHT - number // 2 * DAY + (8 + number % 2) * HOUR + number * 60_000
            reached, finished = bool(number % 3), number % 4 != 3
            customer = org.customer(org.north, name=f"李{place}{number}")
            fate: dict[str, Any] = {"state": "open", "disposition": "3.13"}
            if finished:
                fate = {"state": "done", "done_at": at, "disposition": "1.1" if reached else "2.112b"}
            task = org.task(customer, agent, due_at=at + HOUR, attempt_count=1, **fate)
            attempt = call(company, task, agent, at, "1.1" if reached else "3.13")
            rows += [customer, task, attempt]
            if reached:
                csat = 1 + number % 5 if number % 2 else None
                rows.append(answers(company, attempt, csat=csat, nps=(number * 7 + place) % 11))
    shared = org.customer(org.north, name="王")
    rows += [
        shared,
        org.task(shared, None, in_pool=False, due_at=NOW - HOUR),
        org.task(shared, None, due_at=NOW + HOUR, plan_id=None),
        org.task(shared, org.north_agents[0], state="cancelled", due_at=NOW + HOUR),
        org.task(shared, org.south_agents[0], due_at=NOW + HOUR),
        presence(org.north_agents[0], "on_call"),
        presence(org.north_agents[1], "break", "meal"),
    ]
    company.put(*rows)
