"""The inbox of escalations without a window: what is listed, and what each action does about it."""

from dataclasses import dataclass, field

import pytest

from agent_app.actions.session import DeskSession
from agent_app.features.escalations.presenter import EscalationsPresenter
from agent_app.features.escalations.state import Act, EscalationsState, Which
from agent_app.ports import Route
from agent_app.store.changes import StoreChanges
from server_sync.domain.commands import Actor
from server_sync.domain.errors import ErrorKind
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import TIMEZONE, Company
from tests.agent_app.features.escalations.room import filled


@dataclass
class Room:
    base: Company
    ids: dict[str, bytes]
    actor: Actor
    presenter: EscalationsPresenter = field(init=False)
    drawn: list[EscalationsState] = field(default_factory=list)
    routes: list[Route] = field(default_factory=list)

    def __post_init__(self) -> None:
        desk = self.base.desk(self.actor)
        session = DeskSession(desk, ImmediateWork(), self.tell, TIMEZONE)
        self.presenter = EscalationsPresenter(session, self.routes.append, self.drawn.append)
        self.presenter.look()

    def tell(self, changes: StoreChanges) -> None:
        self.presenter.on_changed(changes)

    @property
    def state(self) -> EscalationsState:
        return self.presenter.state

    def task(self, name: str) -> tuple[object, ...]:
        (found,) = self.base.rows(
            "SELECT assignee_id, state, escalation_level FROM task WHERE id ="
            " (SELECT task_id FROM reminder WHERE id = ?)",
            self.ids[name],
        )
        return found

    def reminder(self, name: str) -> str:
        ((state,),) = self.base.rows("SELECT state FROM reminder WHERE id = ?", self.ids[name])
        return str(state)


@pytest.fixture
def ids(company: Company) -> dict[str, bytes]:
    return filled(company)


@pytest.fixture
def room(company: Company, ids: dict[str, bytes]) -> Room:
    return Room(company, ids, company.organisation.north_lead)


def test_the_most_urgent_comes_first_and_is_shown(room: Room) -> None:
    assert room.state.found == (room.ids["complaint"], room.ids["raised"])
    assert room.state.shown is not None
    assert (room.state.shown.id, room.state.shown.step, room.state.shown.steps) == (
        room.ids["complaint"],
        2,
        3,
    )


def test_what_could_not_be_sent_to_anybody_of_the_team_stands_by_itself(room: Room) -> None:
    room.presenter.on_which(Which.FAILED)
    assert room.state.found == (room.ids["failed"],)
    assert room.state.shown is not None
    assert room.state.shown.error == "no_address"
    assert room.state.count(Which.OPEN) == 2


def test_what_is_taken_note_of_leaves_the_open_ones_and_the_next_is_shown(room: Room) -> None:
    room.presenter.on_act(Act.SEE)
    assert room.reminder("complaint") == "seen"
    assert room.state.found == (room.ids["raised"],)
    assert room.state.shown is not None
    assert room.state.shown.id == room.ids["raised"]
    room.presenter.on_which(Which.SEEN)
    assert room.state.found == (room.ids["complaint"],)


def test_who_takes_a_task_over_has_it_accepted_and_has_seen_to_it(room: Room) -> None:
    room.presenter.on_act(Act.TAKE_OVER)
    assert room.task("complaint") == (room.actor.person_id, "accepted", 0)
    assert room.reminder("complaint") == "seen"


def test_a_task_is_given_to_one_of_the_team_by_load(room: Room) -> None:
    room.presenter.on_give_asked()
    assert room.state.candidates is not None
    names = {member.person_id for member in room.state.candidates}
    taker = room.base.organisation.north_agents[0].person_id
    assert taker in names
    room.presenter.on_given(taker)
    assert room.task("complaint") == (taker, "open", 0)
    assert room.state.candidates is None


def test_giving_is_called_off(room: Room) -> None:
    room.presenter.on_give_asked()
    room.presenter.on_given_up()
    assert room.state.candidates is None
    assert room.reminder("complaint") == "sent"


def test_a_task_taken_away_waits_a_level_higher_for_somebody(room: Room) -> None:
    room.presenter.on_act(Act.TAKE_AWAY)
    assert room.task("complaint") == (None, "open", 1)
    assert room.reminder("complaint") == "seen"


def test_what_stands_against_it_is_said_and_nothing_changes(room: Room) -> None:
    one = room.state.shown
    assert one is not None
    with room.base.store.write() as connection:
        connection.exec_driver_sql("UPDATE task SET state = 'done' WHERE id = ?", (one.task_id,))
    room.presenter.on_act(Act.TAKE_OVER)
    assert room.state.error is ErrorKind.TASK_CLOSED
    assert room.reminder("complaint") == "sent"
    room.presenter.on_notice_seen()
    assert room.state.error is None


def test_the_customer_is_opened(room: Room) -> None:
    room.presenter.on_customer()
    assert room.state.shown is not None
    assert room.routes == [Route("customer", room.state.shown.customer_id)]


def test_a_strange_lead_finds_nothing(company: Company, ids: dict[str, bytes]) -> None:
    strange = Room(company, ids, company.organisation.south_lead)
    assert strange.state.entries == {}
    assert strange.state.shown is None


def test_what_comes_due_while_the_room_stands_open_is_found_by_the_minute(room: Room) -> None:
    drawn = len(room.drawn)
    room.presenter.on_tick(room.state.now + 60_000)
    room.presenter.on_tick(room.state.now + 60_001)
    assert len(room.drawn) == drawn + 1
