"""The room of goals without a window: set, measured, changed, withdrawn; kept while written; two who write one."""

from collections.abc import Callable
from typing import Any

import pytest

from agent_app.actions.session import DeskSession
from agent_app.features.goals.presenter import GoalsPresenter, GoalsState
from agent_app.store.changes import StoreChanges
from server_sync.domain.commands import Actor, Insert
from server_sync.domain.errors import ErrorKind
from server_sync.domain.rules.goals import goal_id
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import TIMEZONE, Company
from tests.server_sync.organisation import NOW

CHANGED = StoreChanges(frozenset({"goal"}), None, "sync")
STANDS: dict[str, Any] = {
    "id": goal_id("satisfaction"),
    "code": "satisfaction",
    "name": "满意度提升",
    "metric": "csat_share",
    "scope": {"tiers": ["vip"]},
    "baseline": "80",
    "target": "90",
    "starts_on": "2026-09-01",
    "deadline_on": "2026-10-31",
    "state": "active",
    "value": "84.00",
    "sample": 25,
    "measured_at": NOW,
}


class Room:
    def __init__(self, base: Company, actor: Actor | None = None) -> None:
        self.base = base
        self.drawn: list[GoalsState] = []
        desk = base.desk(actor or base.organisation.north_lead)
        session = DeskSession(desk, ImmediateWork(), self.tell, TIMEZONE)
        self.presenter = GoalsPresenter(session, self.drawn.append)
        self.presenter.on_seen(True)

    def tell(self, changes: StoreChanges) -> None:
        self.presenter.on_changed(changes)

    @property
    def state(self) -> GoalsState:
        return self.drawn[-1]

    def written(self, name: str) -> Any:
        assert self.state.written is not None
        return self.state.written[name]

    def goal(self, *columns: str) -> tuple[object, ...]:
        (row,) = self.base.rows(f"SELECT {', '.join(columns)} FROM goal")
        return row

    def give(self, **values: Any) -> None:
        for name, value in values.items():
            self.presenter.on_field(name, value)


@pytest.fixture
def stands(company: Company) -> Company:
    company.put(Insert("goal", STANDS))
    return company


def test_a_goal_is_set_for_a_quarter_from_today_by_its_writer(company: Company) -> None:
    room = Room(company)
    room.presenter.on_new()
    assert (room.written("starts_on"), room.written("deadline_on")) == ("2026-10-01", "2026-12-30")
    room.give(name="回访完成率不低于90%", target="90")
    room.presenter.on_scope("teams", ["华北"])
    room.presenter.on_save()
    assert (room.state.saved, room.state.faults, room.state.unsaved) == (True, {}, {})
    lead = company.organisation.north_lead.person_id
    assert room.goal("name", "metric", "target", "state", "owner_id") == (
        "回访完成率不低于90%",
        "completion_rate",
        "90",
        "active",
        lead,
    )
    assert room.written("scope") == {"teams": ["华北"]}
    room.presenter.on_scope("teams", [])
    assert room.written("scope") == {}


def test_every_fault_is_told_at_its_field_by_the_domain_and_nothing_is_saved(company: Company) -> None:
    room = Room(company)
    room.presenter.on_new()
    assert room.state.faults == {}
    room.give(metric="nps", target="101", baseline="viel", deadline_on="2026-09-01")
    room.presenter.on_scope("tiers", ["gold"])
    room.presenter.on_save()
    faults = room.state.faults
    assert set(faults) == {"name", "target", "baseline", "deadline_on", "scope.tiers"}
    assert (faults["target"].kind, faults["target"].values["most"]) == (ErrorKind.FIELD_INVALID, 100)
    assert faults["deadline_on"].values["not_before"] == "2026-10-01"
    assert company.rows("SELECT count(*) FROM goal") == [(0,)]


def test_how_far_it_has_come_is_shown_and_stays_when_it_is_changed(stands: Company) -> None:
    room = Room(stands)
    (goal,) = room.state.listed
    room.presenter.on_chosen(goal)
    assert room.state.stands is not None
    measured = room.state.stands.known
    assert (measured.value, measured.sample, measured.progress.percent) == ("84.00", 25, 40)
    assert measured.progress.behind
    room.give(target="88")
    room.presenter.on_save()
    assert room.goal("target", "value", "state") == ("88", "84.00", "active")
    assert room.state.stands.known.progress.percent == 50


def test_a_goal_is_withdrawn_and_one_that_was_measured_to_its_end_can_still_be_renamed(
    stands: Company,
) -> None:
    room = Room(stands)
    room.presenter.on_chosen(STANDS["id"])
    room.give(state="withdrawn")
    room.presenter.on_save()
    assert room.goal("state") == ("withdrawn",)
    with stands.store.write() as connection:
        connection.exec_driver_sql("UPDATE goal SET state = 'missed'")
    room.tell(CHANGED)
    room.give(name="满意度")
    room.presenter.on_save()
    assert (room.goal("name", "state"), room.state.error) == (("满意度", "missed"), None)


def test_what_is_not_saved_outlives_the_program_and_is_said_so(stands: Company) -> None:
    before = Room(stands)
    before.presenter.on_chosen(STANDS["id"])
    before.give(target="95")
    after = Room(stands)
    assert (after.state.open_id, after.written("target")) == (STANDS["id"], "95")
    assert after.state.resumed_at == NOW
    after.presenter.on_let_be()
    assert (after.written("target"), Room(stands).state.unsaved) == ("90", {})


@pytest.mark.parametrize(
    ("choice", "target"), [(GoalsPresenter.on_insisted, "95"), (GoalsPresenter.on_theirs_taken, "92")]
)
def test_where_two_wrote_it_is_shown_and_can_be_kept_or_taken(
    stands: Company, choice: Callable[[GoalsPresenter], None], target: str
) -> None:
    room = Room(stands)
    room.presenter.on_chosen(STANDS["id"])
    room.give(target="95", name="我的目标")
    with stands.store.write() as connection:
        connection.exec_driver_sql("UPDATE goal SET target = '92', source = 'M1.1'")
    room.tell(CHANGED)
    assert (room.state.lost, room.written("source")) == (("target",), "M1.1")
    room.presenter.on_save()
    assert room.state.error is ErrorKind.GOAL_CHANGED
    choice(room.presenter)
    room.presenter.on_save()
    assert room.goal("target", "name", "source") == (target, "我的目标", "M1.1")
    assert room.state.lost == ()


def test_goals_are_found_by_words(stands: Company) -> None:
    room = Room(stands)
    room.presenter.on_searched("满意")
    assert room.state.listed == (STANDS["id"],)
    room.presenter.on_searched("续费")
    assert not room.state.listed
