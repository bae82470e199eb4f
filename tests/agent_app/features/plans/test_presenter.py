"""The plans' room without a window: written, saved, looked at ahead, set to work, and two who write one plan."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from msgspec import structs

from agent_app.actions.plans import read_templates
from agent_app.actions.session import DeskSession
from agent_app.features.plans.presenter import PlansPresenter
from agent_app.features.plans.state import Asked, Outlook, PlansState, Stage, Which
from agent_app.store.changes import StoreChanges
from agent_app.sync.plans import PlansOffice
from server_sync.domain.commands import Insert
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import PlanState
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import TIMEZONE, Company
from tests.agent_app.features.plans.office import PlansNet
from tests.server_sync.organisation import NOW

CHANGED = StoreChanges(frozenset({"plan"}), None, "sync")
VIP = {"combinator": "and", "rules": [{"field": "tier", "operator": "=", "value": "vip"}]}


@dataclass
class Room:
    base: Company
    net: PlansNet = field(default_factory=PlansNet)
    presenter: PlansPresenter = field(init=False)
    drawn: list[PlansState] = field(default_factory=list)
    outlooks: list[Outlook | None] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def __post_init__(self) -> None:
        desk = self.base.desk(self.base.organisation.administrator)
        session = DeskSession(desk, ImmediateWork(), self.tell, TIMEZONE)
        self.presenter = PlansPresenter(
            session, PlansOffice(self.net), self.drawn.append, self.outlooks.append, self.asked.append
        )
        self.presenter.on_seen(True)

    def tell(self, changes: StoreChanges) -> None:
        self.presenter.on_changed(changes)

    @property
    def state(self) -> PlansState:
        return self.drawn[-1]

    @property
    def written(self) -> dict[str, Any]:
        assert self.state.written is not None
        return dict(self.state.written)

    def open_first(self) -> None:
        self.presenter.on_chosen(self.state.found[0])

    def write_vip(self) -> None:
        """The plan "VIP 且 15 天无跟进"."""
        self.presenter.on_new()
        self.presenter.on_field("name", "VIP关怀")
        self.presenter.on_field("label", "关怀")
        self.presenter.on_trigger("silence")
        self.presenter.on_param("days", 15)
        self.presenter.on_audience(VIP)

    def plan_state(self) -> object:
        ((state,),) = self.base.rows("SELECT state FROM plan WHERE id = ?", self.state.open_id)
        return state

    def seen(self, by: str) -> tuple[str, ...]:
        return tuple(getattr(self.state, by))


@pytest.fixture
def room(company: Company) -> Room:
    return Room(company)


def test_a_plan_is_written_saved_and_set_to_work_after_a_look_at_what_it_would_do(room: Room) -> None:
    room.write_vip()
    room.presenter.on_save()
    assert room.plan_state() == "draft"
    assert (room.state.unsaved, room.state.saved) == ({}, True)
    room.presenter.on_state_asked(PlanState.ACTIVE)
    assert room.net.asked[-1].plan is not None
    assert room.net.asked[-1].plan["audience"] == VIP
    assert [(one.state, one.tasks) for one in room.asked] == [(PlanState.ACTIVE, 36)]
    assert room.plan_state() == "draft"
    room.presenter.on_confirmed(room.asked[0])
    assert room.plan_state() == "active"
    room.presenter.on_state_asked(PlanState.PAUSED)
    assert room.plan_state() == "paused"
    room.presenter.on_state_asked(PlanState.ENDED)
    assert room.plan_state() == "paused"
    room.presenter.on_confirmed(room.asked[1])
    assert room.plan_state() == "ended"


def test_what_is_not_saved_yet_is_saved_along_with_setting_to_work(room: Room) -> None:
    room.write_vip()
    room.presenter.on_state_asked(PlanState.ACTIVE)
    room.presenter.on_confirmed(room.asked[0])
    assert room.plan_state() == "active"
    assert room.state.unsaved == {}


def test_a_plan_without_a_required_field_is_neither_saved_nor_set_to_work_and_says_which(room: Room) -> None:
    room.presenter.on_new()
    assert room.state.faults == {}
    room.presenter.on_save()
    assert set(room.state.faults) == {"name", "label"}
    room.presenter.on_state_asked(PlanState.ACTIVE)
    assert (room.asked, room.net.asked) == ([], [])
    assert room.base.rows("SELECT count(*) FROM plan") == [(1,)]


def test_every_fault_is_told_at_its_field(room: Room) -> None:
    room.write_vip()
    presenter = room.presenter
    presenter.on_trigger("before_date")
    presenter.on_param("days", [99_999])
    presenter.on_param("catch_up_days", "bald")
    presenter.on_field("priority", 101)
    presenter.on_field("due_within", None)
    presenter.on_field("starts_on", "2026-12-01")
    presenter.on_field("ends_on", "2026-11-01")
    presenter.on_field("control_percent", "viel")
    after = {"amount": 1, "unit": "working_days"}
    presenter.on_field("steps", [{"after": after, "label": "", "form": None, "due_within": after}])
    presenter.on_audience_broken({"combinator": "and", "rules": [{"field": "tier", "operator": "="}]})
    presenter.on_save()
    assert set(room.state.faults) == {
        "params.days",
        "params.catch_up_days",
        "priority",
        "due_within",
        "ends_on",
        "control_percent",
        "steps.1.label",
        "audience",
    }


def test_a_look_ahead_says_what_would_become_of_those_picked_and_ages_with_the_next_word(room: Room) -> None:
    room.write_vip()
    room.presenter.on_outlook_asked()
    outlook = room.outlooks[-1]
    assert outlook is not None
    assert (outlook.stage, outlook.found) == (Stage.DONE, room.net.plan)
    room.presenter.on_field("priority", 70)
    assert room.presenter.outlook.state is not None
    assert room.presenter.outlook.state.stage is Stage.STALE


def test_of_many_the_tasks_are_reckoned_from_those_that_were_decided(room: Room) -> None:
    room.net.plan = structs.replace(room.net.plan, picked=100_000, decided=2_000, made=1_500)
    room.write_vip()
    room.presenter.on_state_asked(PlanState.ACTIVE)
    assert room.asked[0].tasks == 75_000


def test_very_many_tasks_are_confirmed_by_number_with_the_agents_day_and_the_window(room: Room) -> None:
    with room.base.store.write() as connection:
        connection.exec_driver_sql("UPDATE person SET daily_capacity = 40 WHERE role = 'agent'")
    room.tell(CHANGED)
    room.net.plan = structs.replace(room.net.plan, picked=24_000, decided=2_000, made=2_000)
    room.write_vip()
    room.presenter.on_state_asked(PlanState.ACTIVE)
    (asked,) = room.asked
    assert (asked.tasks, asked.confirmed) == (24_000, 24_000)
    assert (asked.people, asked.a_day) == (5, 200)
    assert asked.due_within == room.written["due_within"]
    room.presenter.on_confirmed(asked)
    plan = room.base.rows("SELECT state, confirmed_tasks FROM plan WHERE id = ?", room.state.open_id)
    assert plan == [("active", 24_000)]


def test_a_run_that_was_refused_for_its_number_is_told_and_can_be_confirmed(room: Room) -> None:
    room.open_first()
    with room.base.store.write() as connection:
        connection.exec_driver_sql("UPDATE plan SET refused_tasks = 12345, state = 'active'")
    room.tell(CHANGED)
    assert room.state.stands is not None
    assert room.state.stands.refused_tasks == 12_345
    room.presenter.on_state_asked(PlanState.ACTIVE)
    (asked,) = room.asked
    assert asked.confirmed == 12_345
    room.presenter.on_confirmed(asked)
    assert room.base.rows("SELECT state, confirmed_tasks, refused_tasks FROM plan") == [
        ("active", 12_345, None)
    ]


def test_without_the_server_it_says_so_and_the_plan_can_still_be_saved_and_set_to_work(room: Room) -> None:
    room.net.away = True
    room.write_vip()
    room.presenter.on_outlook_asked()
    outlook = room.outlooks[-1]
    assert outlook is not None
    assert (outlook.stage, outlook.error) == (Stage.FAILED, ErrorKind.OFFLINE)
    room.presenter.on_state_asked(PlanState.ACTIVE)
    assert room.asked[0].tasks is None
    room.presenter.on_confirmed(room.asked[0])
    assert room.plan_state() == "active"


def test_every_template_begins_a_plan_that_can_be_saved_as_it_is(room: Room) -> None:
    templates = read_templates()
    assert len(templates) > 30
    for template in templates:
        room.presenter.on_template(template)
        room.presenter.on_save()
        assert (room.state.faults, room.state.error) == ({}, None), template["code"]
        assert room.written["trigger"] == template["trigger"]
    assert room.base.rows("SELECT count(*) FROM plan") == [(len(templates) + 1,)]


def test_a_plan_is_duplicated_under_a_code_of_its_own(room: Room) -> None:
    room.open_first()
    first = room.written
    room.presenter.on_duplicated("又一个")
    room.presenter.on_save()
    for name in set(first) - {"name", "code", "params"}:
        assert room.written[name] == first[name], name
    assert (room.written["name"], room.written["code"]) == ("又一个", f"{first['code']}-2")
    assert room.written["params"].items() >= first["params"].items()
    assert len(room.state.found) == 2


def test_what_is_not_saved_waits_beside_its_plan_until_it_is_let_be(room: Room) -> None:
    room.open_first()
    plan_id, before = room.state.open_id, room.written["priority"]
    room.presenter.on_field("priority", 99)
    room.presenter.on_new()
    room.presenter.on_chosen(plan_id)
    assert room.written["priority"] == 99
    room.presenter.on_let_be()
    assert room.written["priority"] == before
    assert plan_id not in room.state.unsaved


def test_what_was_typed_back_is_nothing_to_save(room: Room) -> None:
    room.open_first()
    before = room.written["priority"]
    room.presenter.on_field("priority", 99)
    room.presenter.on_field("priority", before)
    assert room.state.unsaved == {}


def test_of_two_writers_columns_of_one_alone_are_both_kept(
    room: Room, elsewhere: Callable[..., None]
) -> None:
    room.open_first()
    room.presenter.on_field("name", "我的名称")
    elsewhere(room.written["code"], label="新简称")
    room.presenter.on_changed(CHANGED)
    assert (room.seen("lost"), room.written["label"]) == ((), "新简称")
    room.presenter.on_save()
    assert room.base.rows("SELECT name, label FROM plan") == [("我的名称", "新简称")]


@pytest.mark.parametrize(("kept", "stands"), [(True, "我的名称"), (False, "别人的名称")])
def test_where_both_wrote_it_is_shown_and_can_be_kept_or_taken(
    room: Room, elsewhere: Callable[..., None], kept: bool, stands: str
) -> None:
    room.open_first()
    room.presenter.on_field("name", "我的名称")
    elsewhere(room.written["code"], name="别人的名称")
    room.presenter.on_changed(CHANGED)
    assert room.seen("lost") == ("name",)
    room.presenter.on_save()
    assert room.base.rows("SELECT name FROM plan") == [("别人的名称",)]
    if kept:
        room.presenter.on_insisted()
    else:
        room.presenter.on_theirs_taken()
    assert room.base.rows("SELECT name FROM plan") == [(stands,)]
    assert (room.seen("lost"), room.state.unsaved) == ((), {})


def test_another_trigger_begins_with_what_is_usual_and_offers_follow_their_days(room: Room) -> None:
    room.write_vip()
    room.presenter.on_trigger("before_date")
    room.presenter.on_param("offers", {"90": "预告", "30": "到期"})
    room.presenter.on_param("days", [60, 30])
    assert room.written["params"]["offers"] == {"30": "到期"}
    room.presenter.on_trigger("signal")
    room.presenter.on_param("signal", "slow_reply")
    assert room.written["params"] == {"signal": "slow_reply", "hours": 48, "catch_up_days": 7}


def test_plans_are_found_by_words_and_by_their_state(room: Room) -> None:
    room.write_vip()
    room.presenter.on_save()
    vip = room.state.open_id
    room.presenter.on_searched("vip")
    assert room.state.found == (vip,)
    room.presenter.on_searched("")
    room.presenter.on_which(Which.DRAFT)
    assert room.state.found == (vip,)
    room.presenter.on_which(Which.PAUSED)
    assert room.seen("found") == ()


def test_the_figures_are_of_the_last_run_and_of_all(room: Room) -> None:
    organisation, base = room.base.organisation, room.base
    ((plan_id,),) = base.rows("SELECT id FROM plan")
    customers = [organisation.customer(organisation.north) for _ in range(4)]
    base.put(*customers)
    base.put(
        organisation.task(customers[0], None, plan_id=plan_id, created_at=NOW - 2, state="done"),
        organisation.task(customers[1], None, plan_id=plan_id, created_at=NOW),
        *(
            Insert(
                "occasion",
                {
                    "id": base.ids.new(),
                    "customer_id": one.row["id"],
                    "plan_id": plan_id,
                    "outcome": outcome,
                    "because": because,
                    "purpose": "service",
                    "reason": "silence",
                    "reason_values": {},
                    "dedupe_key": outcome,
                    "decided_at": NOW,
                },
            )
            for one, outcome, because in (
                (customers[2], "skipped", "do_not_call"),
                (customers[3], "control", None),
            )
        ),
    )
    room.presenter.on_changed(CHANGED)
    room.open_first()
    assert room.state.stands is not None
    last, ever = room.state.stands.last, room.state.stands.ever
    assert (last.picked, last.made, last.open, last.control, last.skipped) == (3, 1, 1, 1, {"do_not_call": 1})
    assert (ever.picked, ever.made, ever.open, room.state.stands.last_at) == (4, 2, 1, NOW)
