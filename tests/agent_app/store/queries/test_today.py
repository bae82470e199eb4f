"""The figures of one's own day."""

from typing import Any

from agent_app.store.queries import today
from agent_app.store.queries.today import Today
from server_sync.domain.clock import HOUR
from server_sync.domain.commands import Insert
from tests.agent_app.desk import Company
from tests.agent_app.team_desk import corrected
from tests.server_sync.organisation import NOW

MIDNIGHT = NOW - 10 * HOUR


def person(company: Company, number: int = 0) -> bytes:
    """An agent of the north."""
    return company.desk(company.organisation.north_agents[number]).person_id


def call(
    company: Company, ended_at: int | None, *, who: int = 0, answered: bool = False, group: str = "UH"
) -> None:
    values: dict[str, Any] = {
        "id": company.ids.new(),
        "customer_id": bytes(16),
        "task_id": bytes(16),
        "person_id": person(company, who),
        "channel": "phone",
        "started_at": MIDNIGHT,
        "ended_at": ended_at,
        "answered": answered,
        "disposition_group": group,
    }
    company.put(Insert("attempt", values))


def answer(company: Company, recorded_at: int, csat: int | None, *, who: int = 0) -> Insert:
    ids = dict.fromkeys(("customer_id", "task_id", "form_version_id"), bytes(16))
    ids["attempt_id"] = company.ids.new()
    values: dict[str, Any] = {
        "id": company.ids.new(),
        **ids,
        "person_id": person(company, who),
        "answers": {},
        "complete": True,
        "csat": csat,
        "recorded_at": recorded_at,
    }
    made = Insert("response", values)
    company.put(made)
    return made


def figures(company: Company) -> Today:
    with company.store.read() as connection:
        return today.load(connection, person(company), MIDNIGHT)


def test_a_day_without_calls_has_noughts_and_the_target(company: Company) -> None:
    assert figures(company) == Today(0, 0, 0, 0, 0, 80)
    company.keep("daily_target", contacts=30)
    assert figures(company).target == 30


def test_the_day_counts_ones_own_finished_calls_since_midnight(company: Company) -> None:
    call(company, MIDNIGHT, answered=True, group="I")
    call(company, NOW, answered=True, group="R")
    call(company, NOW)
    call(company, None)
    call(company, MIDNIGHT - 1, answered=True, group="I")
    call(company, NOW, who=1, answered=True, group="I")
    found = figures(company)
    assert (found.dialled, found.answered, found.completed) == (3, 2, 1)


def test_the_mean_leaves_out_who_gave_no_score(company: Company) -> None:
    for at, csat, who in (
        (NOW, 5, 0),
        (MIDNIGHT, 2, 0),
        (NOW, None, 0),
        (MIDNIGHT - 1, 1, 0),
        (NOW, 1, 1),
    ):
        answer(company, at, csat, who=who)
    found = figures(company)
    assert (found.csat_sum, found.scored) == (7, 2)


def test_corrected_answers_count_once_by_the_last_edition_for_who_recorded_them_first(
    company: Company,
) -> None:
    kept, fixed = answer(company, NOW, 4), answer(company, NOW, 1)
    answer(company, NOW, 2, who=1)
    third = corrected(company, corrected(company, fixed, csat=2), csat=5)
    assert (figures(company).csat_sum, figures(company).scored) == (4 + 5, 2)
    corrected(company, third, csat=3)
    corrected(company, kept, csat=5)
    assert (figures(company).csat_sum, figures(company).scored) == (5 + 3, 2)
