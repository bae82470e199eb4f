"""Who gets a task: skills and region, then the least loaded, within a day's room; the same every time."""

from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from server_sync.automation.assignment import Agent, Assigned, Assigner, Pooled, Unassigned, Work
from server_sync.automation.run_report import PlanReport
from server_sync.domain.clock import DAY
from server_sync.domain.commands import Insert, Update
from server_sync.domain.model import Role, TaskState
from tests.server_sync.automation.planning import BATCH, Centre
from tests.server_sync.organisation import NOW

NORTH, SOUTH = b"north", b"south"


def agent(name: str, load: int = 0, room: int = 100, team: bytes = NORTH, **skills: list[str]) -> Agent:
    return Agent(name.encode(), name, team, skills, load, room)


def work(code: str = "K", **values: Any) -> Work:
    return replace(Work(code, NORTH, None, "华北", "zh", None, priority=50), **values)


def given_to(agents: list[Agent], works: list[Work]) -> list[str | Pooled | Unassigned]:
    return [
        answer.person_id.decode() if isinstance(answer, Assigned) else answer
        for answer in Assigner(agents).assign(works)
    ]


def test_equal_tasks_are_spread_evenly() -> None:
    agents = [agent(f"a{number}", room=1_000) for number in range(8)]
    found = Counter(given_to(agents, [work(f"K{number:04}") for number in range(1_001)]))
    assert sorted(found.values()) == [125] * 7 + [126]


def test_loads_are_evened_out() -> None:
    agents = [agent("busy", load=5), agent("idle"), agent("half", load=2)]
    found = Counter(given_to(agents, [work(f"K{number}") for number in range(8)]))
    assert found == {"idle": 5, "half": 3}


def test_skills_go_before_load() -> None:
    agents = [agent("idle", languages=["zh"]), agent("busy", load=90, languages=["zh", "en"])]
    assert given_to(agents, [work(language="en"), work()]) == ["busy", "idle"]


def test_an_empty_list_and_an_unknown_value_fit_all() -> None:
    agents = [agent("a", load=1), agent("b", load=2, product_lines=["家具"])]
    assert given_to(agents, [work(product_line=None)]) == ["a"]
    assert given_to([agents[1]], [work(product_line="家具"), work(region=None)]) == ["b", "b"]
    assert given_to([agent("c", regions=["华南"])], [work()]) == [Unassigned.NOBODY_FITS]


def test_only_the_customers_team_is_asked() -> None:
    agents = [agent("north", load=50), agent("south", team=SOUTH)]
    assert given_to(agents, [work(), work(team_id=SOUTH), work(team_id=None)]) == [
        "north",
        "south",
        Unassigned.NO_TEAM,
    ]


def test_the_owner_gets_his_customers_while_he_has_room() -> None:
    agents = [agent("other"), agent("owner", load=9, room=1, team=SOUTH)]
    works = [work(code, owner_id=b"owner") for code in ("K1", "K2")]
    assert given_to(agents, works) == ["owner", "other"]
    first, second = Assigner([agent("other"), agent("owner", room=1)]).assign(works)
    assert isinstance(first, Assigned)
    assert first.because == {"region": "华北", "skills": [], "load": 0, "owner": True}
    assert isinstance(second, Assigned)
    assert "owner" not in second.because


def test_a_full_day_takes_no_more() -> None:
    assert given_to([agent("a", room=1), agent("b", room=0)], [work("K1"), work("K2")]) == [
        "a",
        Unassigned.ALL_FULL,
    ]


def test_rare_skills_are_not_used_up_on_what_everybody_can_do() -> None:
    agents = [agent("rare", room=1, languages=["zh", "en"]), agent("plain", room=1, languages=["zh"])]
    assert given_to(agents, [work("K1"), work("K2", language="en")]) == ["plain", "rare"]


def test_when_there_is_not_enough_room_the_more_important_goes_first() -> None:
    works = [work("K1", priority=10), work("K2", priority=90)]
    assert given_to([agent("a", room=1)], works) == [Unassigned.ALL_FULL, "a"]


def test_the_reason_names_what_decided() -> None:
    (answer,) = Assigner([agent("a", load=3, languages=["zh"], regions=["华北"])]).assign([work()])
    assert isinstance(answer, Assigned)
    assert answer.because == {"region": "华北", "skills": ["zh"], "load": 3}


languages = st.sampled_from(["zh", "en", "yue", None])
agents_of_any_kind = st.lists(
    st.tuples(st.lists(st.sampled_from(["zh", "en", "yue"]), max_size=2), st.integers(0, 5)), max_size=5
)


@given(agents_of_any_kind, st.lists(languages, max_size=25))
def test_nobody_gets_what_he_cannot_do_or_has_no_room_for(
    kinds: list[tuple[list[str], int]], wanted: list[str | None]
) -> None:
    agents = [agent(f"a{place}", room=room, languages=skills) for place, (skills, room) in enumerate(kinds)]
    room_before = {one.id: one.room for one in agents}
    works = [work(f"K{place:02}", language=language) for place, language in enumerate(wanted)]
    answers = Assigner(agents).assign(works)
    by_id = {one.id: one for one in agents}
    for one, answer in zip(works, answers, strict=True):
        if isinstance(answer, Assigned):
            assert by_id[answer.person_id].fits(one)
        elif answer is Unassigned.NOBODY_FITS:
            assert not any(candidate.fits(one) for candidate in agents)
        else:
            assert all(candidate.room == 0 for candidate in agents if candidate.fits(one))
    got = Counter(answer.person_id for answer in answers if isinstance(answer, Assigned))
    assert all(room_before[one.id] - got[one.id] == one.room >= 0 for one in agents)


# ---- with rows


def test_a_thousand_tasks_for_eight_agents_differ_by_at_most_one(office: Centre) -> None:
    organisation = office.organisation
    more = [
        Insert(
            "person",
            {
                "id": office.ids.new(),
                "login": f"extra{number}",
                "name": f"坐席 {number}",
                "role": Role.AGENT,
                "team_id": organisation.north,
                "active": True,
            },
        )
        for number in range(5)
    ]
    people = {row["id"] for row in office.rows("person") if row["team_id"] == organisation.north}
    office.put(*more, *(office.customer(f"K{number:04}") for number in range(1_000)))
    office.put(*(Update("person", row_id, {"daily_capacity": 200}) for row_id in people))
    office.put(*(Update("person", row.row_id, {"daily_capacity": 200}) for row in more))
    office.plan(BATCH)
    report = office.run()
    assert sorted(report.by_agent.values()) == [125] * 8
    assert organisation.north_lead.person_id not in {task["assignee_id"] for task in office.tasks()}


def only(office: Centre) -> PlanReport:
    (report,) = office.run().plans
    return report


def test_a_day_holds_what_is_open_and_what_was_closed_today(office: Centre) -> None:
    organisation = office.organisation
    for actor in organisation.north_agents[1:]:
        assert actor.person_id is not None
        office.put(Update("person", actor.person_id, {"active": False}))
    first = organisation.north_agents[0]
    assert first.person_id is not None
    old = office.customer("old")
    office.put(
        old,
        Update("person", first.person_id, {"daily_capacity": 4}),
        organisation.task(old, first),
        organisation.task(old, first, state=TaskState.DONE, done_at=NOW),
        organisation.task(old, first, state=TaskState.DONE, done_at=NOW - DAY),
        *(office.customer(f"K{number}") for number in range(3)),
    )
    audience = {"combinator": "and", "rules": [{"field": "code", "operator": "beginsWith", "value": "K"}]}
    office.plan(BATCH, audience=audience)
    report = only(office)
    assert (report.made, report.assigned, dict(report.unassigned)) == (3, 2, {Unassigned.ALL_FULL: 1})


def test_what_nobody_got_is_handed_out_when_there_is_room_again(office: Centre) -> None:
    organisation = office.organisation
    for actor in organisation.north_agents:
        assert actor.person_id is not None
        office.put(Update("person", actor.person_id, {"active": False}))
    office.put(office.customer("A"))
    office.plan(BATCH)
    assert dict(only(office).unassigned) == {Unassigned.NOBODY_FITS: 1}
    (task,) = office.tasks()
    assert (task["assignee_id"], task["team_id"], task["in_pool"]) == (None, organisation.north, False)
    first = organisation.north_agents[0]
    assert first.person_id is not None
    office.put(Update("person", first.person_id, {"active": True}))
    assert office.run().assigned_later == 1
    (task,) = office.tasks()
    assert (task["assignee_id"], task["assigned_because"]["load"]) == (first.person_id, 0)


def test_what_a_person_gave_up_waits_for_the_lead(office: Centre) -> None:
    customer = office.customer("A")
    organisation = office.organisation
    agent_id = organisation.north_agents[0].person_id
    assert agent_id is not None
    handed_over = organisation.task(
        customer, None, in_pool=False, previous_assignees=[agent_id.hex()], state=TaskState.OPEN
    )
    office.put(customer, handed_over)
    assert office.run().assigned_later == 0
    assert office.tasks()[0]["assignee_id"] is None
