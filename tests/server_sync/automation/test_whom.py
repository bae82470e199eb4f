"""To whom a plan's tasks go: as it says, to who holds the customer, who works that day and is there; and why."""

from dataclasses import replace
from typing import Any

import pytest

from server_sync.automation.assignment import Agent, Assigned, Assigner, Holder, Pooled, Unassigned
from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.commands import Insert, Update
from server_sync.domain.model import Role
from server_sync.domain.rules.plans.definition import To
from tests.server_sync.automation.planning import BATCH, Centre
from tests.server_sync.automation.test_assignment import NORTH, agent, given_to, only, work
from tests.server_sync.organisation import NOW


def lead(name: str = "lead") -> Agent:
    return Agent(name.encode(), name, NORTH, {}, 0, 100, leads=True)


def test_the_owner_alone_or_nobody() -> None:
    agents = [agent("other"), agent("owner", load=9)]
    assert given_to(agents, [work(owner_id=b"owner", to=To.OWNER), work(to=To.OWNER)]) == [
        "owner",
        Unassigned.NOBODY_FITS,
    ]
    full = agent("owner", room=0)
    assert given_to([agent("other"), full], [work(owner_id=b"owner", to=To.OWNER)]) == [Unassigned.ALL_FULL]


def test_the_pool_the_lead_and_a_named_person() -> None:
    agents = [agent("a"), agent("b", load=50, regions=["华南"]), lead()]
    works = [
        work(to=To.POOL),
        work(to=To.LEAD),
        work(to=To.PERSON, person="b"),
        work(to=To.PERSON, person="x"),
    ]
    pooled, *rest = Assigner(agents).assign(works)
    assert isinstance(pooled, Pooled)
    assert [one.person_id if isinstance(one, Assigned) else one for one in rest] == [
        b"lead",
        b"b",
        Unassigned.NOBODY_FITS,
    ]
    assert given_to(agents, [work(to=To.POOL, team_id=None)]) == [Unassigned.NO_TEAM]


def test_a_lead_gets_nothing_that_was_not_meant_for_him() -> None:
    assert given_to([lead()], [work()]) == [Unassigned.NOBODY_FITS]


def test_who_holds_the_customer_by_a_lease_gets_the_next_one_too() -> None:
    agents = [agent("idle"), agent("holder", load=9, room=0), agent("owner")]
    held = work(owner_id=b"owner", holder=Holder(b"holder", NOW))
    (answer,) = Assigner(agents).assign([held])
    assert isinstance(answer, Assigned)
    assert (answer.person_id, answer.leased_until, answer.because["holder"]) == (b"holder", NOW, True)
    pooled = replace(held, to=To.POOL)
    assert given_to(agents, [pooled]) == ["holder"]


def test_who_does_not_work_on_its_day_or_is_on_leave_when_it_is_due_gets_none() -> None:
    off, leave = agent("off"), agent("leave")
    off.away_on, leave.leave_on = frozenset({1}), frozenset({3})
    agents = [off, leave, agent("busy", load=50)]
    assert given_to(agents, [work(day=1, due_day=3), work(day=2, due_day=3), work(day=1, due_day=2)]) == [
        "busy",
        "off",
        "leave",
    ]
    assert given_to([off], [work(day=1)]) == [Unassigned.NOBODY_THERE]
    owned = work(owner_id=b"off", day=1)
    assert given_to(agents, [owned]) == ["leave"]


def test_presence_counts_for_what_is_due_soon_alone_and_only_where_somebody_is_there() -> None:
    gone, here = agent("gone"), agent("here", load=50)
    gone.there = False
    assert given_to([gone, here], [work("K1", immediate=True), work("K2")]) == ["here", "gone"]
    assert given_to([gone], [work(immediate=True)]) == ["gone"]


def test_skills_that_a_plan_asks_for_have_to_be_there() -> None:
    agents = [agent("plain"), agent("converter", load=50, trained=["refusal"])]
    assert given_to(agents, [work(skills=("refusal",))]) == ["converter"]
    assert given_to([agents[0]], [work(skills=("refusal",))]) == [Unassigned.NOBODY_FITS]


def test_experience_is_asked_for_by_level_and_not_wasted() -> None:
    new, expert = agent("new"), agent("expert")
    expert.skills = {"experience": 5}
    assert given_to([new, expert], [work("K1", skills=("experience:3",)), work("K2")]) == ["expert", "new"]
    both = [agent("z-new"), agent("expert", experience=[])]
    both[1].skills = {"experience": 4}
    assert given_to(both, [work()]) == ["z-new"]


def test_the_reason_says_why_not_the_others() -> None:
    away = agent("away")
    away.away_on = frozenset({1})
    agents = [
        agent("best"),
        agent("busy", load=5),
        agent("full", room=0),
        agent("south", regions=["华南"]),
        agent("deaf", languages=["en"]),
        away,
    ]
    (answer,) = Assigner(agents).assign([work(day=1)])
    assert isinstance(answer, Assigned)
    others = {"away": 1, "full": 1, "languages": 1, "more_load": 1, "regions": 1}
    assert answer.because == {"region": "华北", "skills": [], "load": 0, "others": others}


def plan_for(office: Centre, **assignment: Any) -> None:
    office.plan(BATCH)
    (made,) = [row for row in office.rows("plan") if row["code"] == BATCH["code"]]
    office.put(Update("plan", made["id"], {"assignment": assignment}))


def test_a_plan_for_the_pool_makes_tasks_that_nobody_has(office: Centre) -> None:
    office.put(office.customer("A"))
    plan_for(office, to="pool", skills=["refusal"])
    report = only(office)
    assert (report.made, report.assigned, report.pooled) == (1, 0, 1)
    (made,) = office.tasks()
    assert (made["in_pool"], made["assignee_id"], made["skills"]) == (True, None, ["refusal"])


def test_who_is_on_leave_gets_nothing_that_day(office: Centre) -> None:
    organisation = office.organisation
    office.put(*(office.customer(f"K{number}") for number in range(3)))
    away = organisation.north_agents[0]
    span = {
        "kind": "leave",
        "starts_at": NOW - DAY,
        "ends_at": NOW + 12 * HOUR,
        "team_id": organisation.north,
    }
    office.put(Insert("shift", {"id": organisation.ids.new(), "person_id": away.person_id, **span}))
    plan_for(office)
    office.run()
    assert away.person_id not in {row["assignee_id"] for row in office.tasks()}


def test_the_next_plan_follows_who_holds_the_customer(office: Centre) -> None:
    organisation = office.organisation
    customer = office.customer("A")
    held = organisation.task(customer, organisation.north_agents[2], leased_until=NOW + HOUR)
    office.put(customer, held)
    plan_for(office)
    office.run()
    rows = [row for row in office.tasks() if row["id"] != held.row_id]
    assert [(row["assignee_id"], row["leased_until"]) for row in rows] == [
        (organisation.north_agents[2].person_id, NOW + HOUR)
    ]


@pytest.mark.parametrize("assignment", [{"skills": ["refusal"]}, {"to": "lead"}])
def test_what_waits_for_somebody_is_not_slipped_to_who_has_another_task_of_the_customer(
    office: Centre, assignment: dict[str, Any]
) -> None:
    """Nobody of the team can do it, or it has no lead: it waits at the next run, too."""
    organisation = office.organisation
    leads = [row["id"] for row in office.rows("person") if row["role"] == Role.SUPERVISOR]
    customer = office.customer("A")
    other = organisation.task(customer, organisation.north_agents[2])
    office.put(*(Update("person", one, {"active": False}) for one in leads), customer, other)
    plan_for(office, **assignment)
    office.run()
    office.run()
    assert [row["assignee_id"] for row in office.tasks() if row["id"] != other.row_id] == [None]
