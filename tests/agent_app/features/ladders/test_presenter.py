"""The room of ladders without a window: written, tried out by the clock that the server goes by, saved; quiet hours."""

from typing import Any

import pytest

from agent_app.actions.session import DeskSession
from agent_app.features.ladders.presenter import LaddersPresenter
from agent_app.features.ladders.state import LaddersState, Quiet, Trial
from agent_app.store.changes import StoreChanges
from server_sync.domain.clock import HOUR
from server_sync.domain.commands import Actor, Insert
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import ReminderMeans
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import TIMEZONE, Company
from tests.server_sync.organisation import NOW

CHANGED = StoreChanges(frozenset({"escalation_policy"}), None, "sync")
STANDS: dict[str, Any] = {
    "id": b"ladder-complaint",
    "code": "complaint",
    "name": "客诉处理升级",
    "applies_to": {"subject": "task", "urgencies": ["complaint_verification"]},
    "steps": [
        {
            "basis": "created",
            "after": {"amount": hours, "unit": "working_hours"},
            "while": "unaccepted",
            "means": [means],
        }
        for hours, means in ((2, "popup"), (4, "supervisor"))
    ],
    "position": 10,
    "active": True,
    "source": "M3.6",
}


class Room:
    def __init__(self, base: Company, actor: Actor | None = None) -> None:
        self.base = base
        self.drawn: list[LaddersState] = []
        self.trials: list[Trial | None] = []
        self.quiet: list[Quiet] = []
        desk = base.desk(actor or base.organisation.administrator)
        session = DeskSession(desk, ImmediateWork(), self.tell, TIMEZONE)
        self.presenter = LaddersPresenter(session, self.drawn.append, self.trials.append, self.quiet.append)
        self.presenter.on_seen(True)

    def tell(self, changes: StoreChanges) -> None:
        self.presenter.on_changed(changes)

    @property
    def state(self) -> LaddersState:
        return self.drawn[-1]

    @property
    def trial(self) -> Trial:
        trial = self.trials[-1]
        assert trial is not None
        return trial

    def written(self, name: str) -> Any:
        assert self.state.written is not None
        return self.state.written[name]


@pytest.fixture
def room(company: Company) -> Room:
    company.put(Insert("escalation_policy", STANDS))
    made = Room(company)
    made.presenter.on_chosen(STANDS["id"])
    return made


def test_a_ladder_is_written_step_by_step_and_saved(company: Company) -> None:
    room = Room(company)
    presenter = room.presenter
    presenter.on_new()
    presenter.on_field("name", "任务三级预警")
    presenter.on_filter("tiers", ["vip"])
    presenter.on_step(0, "span", {"amount": 24, "unit": "natural_hours"})
    presenter.on_step_added()
    presenter.on_step(1, "span", {"amount": 72, "unit": "natural_hours"})
    presenter.on_step(1, "means", ["popup", "sms"])
    presenter.on_step_added()
    presenter.on_step_removed(2)
    presenter.on_save()
    assert (room.state.saved, room.state.faults) == (True, {})
    ((name, active),) = company.rows("SELECT name, active FROM escalation_policy")
    assert (name, active) == ("任务三级预警", 1)
    assert room.state.stands is not None
    stands = room.state.stands.written
    assert stands["applies_to"] == {"subject": "task", "tiers": ["vip"]}
    assert [(one["after"]["amount"], one["means"]) for one in stands["steps"]] == [
        (24, ["popup"]),
        (72, ["popup", "sms"]),
    ]


def test_steps_change_places(room: Room) -> None:
    room.presenter.on_step_moved(1, -1)
    assert [one["means"] for one in room.written("steps")] == [["supervisor"], ["popup"]]
    room.presenter.on_step_moved(0, -1)
    room.presenter.on_step_moved(1, 1)
    assert [one["means"] for one in room.written("steps")] == [["supervisor"], ["popup"]]


def test_every_fault_is_told_at_its_step_and_nothing_is_saved(room: Room) -> None:
    presenter = room.presenter
    presenter.on_field("name", "")
    presenter.on_field("position", -1)
    presenter.on_step(0, "span", None)
    presenter.on_step(1, "means", [])
    presenter.on_step(1, "span", {"amount": "viel", "unit": "working_days"})
    presenter.on_save()
    assert set(room.state.faults) == {"name", "position", "steps.1.after", "steps.2.means", "steps.2.after"}
    assert room.base.rows("SELECT name FROM escalation_policy") == [(STANDS["name"],)]


def test_a_ladder_without_a_step_is_none(room: Room) -> None:
    room.presenter.on_step_removed(0)
    room.presenter.on_step_removed(0)
    room.presenter.on_save()
    assert set(room.state.faults) == {"steps"}


def test_what_would_happen_to_a_task_is_told_step_by_step_with_the_sum_of_its_time(room: Room) -> None:
    room.presenter.on_trial("", "")
    trial = room.trial
    assert (trial.created_at, [rung.number for rung in trial.rungs]) == (NOW, [1, 2])
    assert [rung.at > trial.created_at for rung in trial.rungs] == [True, True]
    assert trial.rungs[0].steps[0].kind == "counted_from"
    room.presenter.on_step(0, "span", {"amount": 3, "unit": "natural_hours"})
    assert [(rung.at, rung.means) for rung in room.trial.rungs if rung.number == 1] == [
        (NOW + 3 * HOUR, (ReminderMeans.POPUP,))
    ]


def test_a_step_after_the_due_time_follows_what_is_typed_as_due(room: Room) -> None:
    room.presenter.on_step(0, "counts_from", "due")
    room.presenter.on_step(0, "span", {"amount": 1, "unit": "natural_hours"})
    room.presenter.on_trial("10/8 9:00", "10/9 15:00")
    due = [rung for rung in room.trial.rungs if rung.number == 1]
    assert [rung.at - room.trial.due_at for rung in due] == [HOUR]
    assert room.trial.due_at - room.trial.created_at == 30 * HOUR


def test_a_step_before_the_due_time_counts_back_from_what_is_typed_as_due(room: Room) -> None:
    room.presenter.on_step(0, "counts_from", "before_due")
    room.presenter.on_step(0, "span", {"amount": 2, "unit": "working_hours"})
    room.presenter.on_trial("10/8 9:00", "10/9 10:00")
    (rung,) = (rung for rung in room.trial.rungs if rung.number == 1)
    assert room.trial.due_at - rung.at == 17 * HOUR  # one hour of the morning, one of the evening before
    assert [one.kind for one in rung.steps] == ["counted_from", "worked", "worked"]
    assert room.written("steps")[0] == {
        "basis": "due",
        "before": {"amount": 2, "unit": "working_hours"},
        "while": "unaccepted",
        "means": ["popup"],
    }
    room.presenter.on_step(0, "counts_from", "due")
    step = room.written("steps")[0]
    assert (step["basis"], step["after"], "before" in step) == (
        "due",
        {"amount": 2, "unit": "working_hours"},
        False,
    )


def test_what_leaves_the_desk_waits_in_quiet_hours_and_a_pop_up_does_not(room: Room) -> None:
    room.presenter.on_step(0, "span", {"amount": 12, "unit": "natural_hours"})
    room.presenter.on_trial("10/8 10:30", "")
    assert [rung.quiet for rung in room.trial.rungs] == [None, None]
    room.presenter.on_step(0, "means", ["sms"])
    (late,) = (rung for rung in room.trial.rungs if rung.number == 1)
    assert late.quiet is not None
    assert late.quiet.values["to_at"] - late.at == int(9.5 * HOUR)


def test_a_moment_that_nobody_reads_and_a_ladder_that_is_none_are_said(room: Room) -> None:
    room.presenter.on_trial("gestern abend", "99/99")
    assert set(room.trial.faults) == {"created", "due"}
    room.presenter.on_trial("", "")
    room.presenter.on_step(0, "means", [])
    assert set(room.trial.faults) == {"ladder"}


def test_what_is_not_saved_outlives_the_program(room: Room) -> None:
    room.presenter.on_step(0, "means", ["mail"])
    after = Room(room.base)
    assert (after.state.open_id, after.state.resumed_at) == (STANDS["id"], NOW)
    assert after.written("steps")[0]["means"] == ["mail"]


def test_a_ladder_that_somebody_else_changed_too_is_not_overwritten(room: Room) -> None:
    room.presenter.on_field("name", "投诉")
    with room.base.store.write() as connection:
        connection.exec_driver_sql("UPDATE escalation_policy SET name = '客诉', position = 5")
    room.tell(CHANGED)
    assert (room.state.lost, room.written("position")) == (("name",), 5)
    room.presenter.on_save()
    assert room.state.error is ErrorKind.LADDER_CHANGED
    room.presenter.on_insisted()
    assert room.base.rows("SELECT name, position FROM escalation_policy") == [("投诉", 5)]


def test_quiet_hours_are_set_as_they_are_typed(room: Room) -> None:
    assert room.state.offered.quiet == {"from": "21:00", "to": "08:00"}
    room.presenter.on_quiet("22", "7：30")
    assert room.quiet[-1] == Quiet(saved=True)
    room.tell(StoreChanges(frozenset({"setting"}), None, "ladders"))
    assert room.state.offered.quiet == {"from": "22:00", "to": "07:30"}
    room.presenter.on_quiet("25:00", "7:30")
    fault = room.quiet[-1].fault
    assert fault is not None
    assert fault.kind is ErrorKind.FIELD_INVALID


def test_a_lead_cannot_save_one(company: Company) -> None:
    company.put(Insert("escalation_policy", STANDS))
    room = Room(company, company.organisation.north_lead)
    room.presenter.on_chosen(STANDS["id"])
    room.presenter.on_field("name", "投诉")
    room.presenter.on_save()
    assert room.state.error is ErrorKind.NOT_PERMITTED
