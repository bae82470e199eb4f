"""What is written on a plan and not saved outlives the program, however that ends."""

import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from agent_app.actions.session import DeskSession
from agent_app.features.plans.presenter import PlansPresenter
from agent_app.features.plans.state import PlansState
from agent_app.store.database import open_store
from agent_app.store.tables import ALL
from agent_app.sync.plans import PlansOffice
from server_sync.domain.model import PlanState
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import KEY, TIMEZONE, Company, HandClock
from tests.agent_app.features.plans.office import PlansNet
from tests.server_sync.organisation import NOW, CountedIds, Organisation

VIP = {"combinator": "and", "rules": [{"field": "tier", "operator": "=", "value": "vip"}]}
HALF = {"combinator": "and", "rules": [{"field": "tier", "operator": "="}]}


class Room:
    def __init__(self, base: Company) -> None:
        self.base = base
        self.drawn: list[PlansState] = []
        session = DeskSession(
            base.desk(base.organisation.administrator),
            ImmediateWork(),
            lambda changes: self.presenter.on_changed(changes),
            TIMEZONE,
        )
        self.presenter = PlansPresenter(
            session, PlansOffice(PlansNet()), self.drawn.append, lambda _: None, self.presenter_asked
        )
        self.presenter.on_seen(True)

    def presenter_asked(self, asked: Any) -> None:
        self.presenter.on_confirmed(asked)

    @property
    def state(self) -> PlansState:
        return self.drawn[-1]

    def written(self, name: str) -> Any:
        assert self.state.written is not None
        return self.state.written[name]

    def drafts(self) -> int:
        ((count,),) = self.base.rows("SELECT count(*) FROM definition_draft")
        assert isinstance(count, int)
        return count


def test_a_new_plan_is_open_again_as_it_was_left_and_is_said_not_to_be_saved(company: Company) -> None:
    before = Room(company)
    before.presenter.on_new()
    before.presenter.on_field("name", "VIP关怀")
    before.presenter.on_audience(VIP)
    after = Room(company)
    assert after.state.open_id == before.state.open_id
    assert (after.written("name"), after.written("audience")) == ("VIP关怀", VIP)
    assert after.state.resumed_at == NOW
    assert after.state.open_id in after.state.unsaved
    after.presenter.on_field("label", "关怀")
    assert after.state.resumed_at is None


def test_what_was_written_on_a_plan_that_stands_waits_beside_it_with_its_guide(company: Company) -> None:
    before = Room(company)
    (plan_id,) = before.state.found
    ((form_id,),) = company.rows("SELECT id FROM form LIMIT 1")
    before.presenter.on_chosen(plan_id)
    before.presenter.on_field("form_id", form_id)
    before.presenter.on_field("priority", 77)
    after = Room(company)
    assert after.state.open_id == plan_id
    assert (after.written("form_id"), after.written("priority")) == (form_id, 77)
    after.presenter.on_save()
    assert company.rows("SELECT priority, form_id FROM plan") == [(77, form_id)]


def test_a_condition_that_is_not_finished_is_there_again_and_keeps_the_plan_from_being_saved(
    company: Company,
) -> None:
    before = Room(company)
    (plan_id,) = before.state.found
    before.presenter.on_chosen(plan_id)
    before.presenter.on_audience_broken(HALF)
    after = Room(company)
    assert (after.state.open_id, after.state.as_built) == (plan_id, HALF)
    after.presenter.on_save()
    assert set(after.state.faults) == {"audience"}
    after.presenter.on_audience(VIP)
    after.presenter.on_save()
    assert (after.state.faults, after.state.unsaved, after.drafts()) == ({}, {}, 0)


@pytest.mark.parametrize("end", ["saved", "let_be", "set_to_work", "typed_back"])
def test_what_is_saved_or_let_be_leaves_nothing_behind(company: Company, end: str) -> None:
    room = Room(company)
    (plan_id,) = room.state.found
    room.presenter.on_chosen(plan_id)
    name = room.written("name")
    room.presenter.on_state_asked(PlanState.PAUSED)
    room.presenter.on_field("name", "另一个名字")
    assert room.drafts() == 1
    match end:
        case "saved":
            room.presenter.on_save()
        case "let_be":
            room.presenter.on_let_be()
        case "set_to_work":
            room.presenter.on_state_asked(PlanState.ACTIVE)
        case _:
            room.presenter.on_field("name", name)
    assert room.drafts() == 0
    assert Room(company).state.unsaved == {}


def test_a_killed_program_has_lost_nothing_that_was_typed(tmp_path: Path) -> None:
    script = """
        import os, signal, sys
        from pathlib import Path
        from tests.agent_app.desk import open_company
        from tests.agent_app.features.plans.test_unsaved import VIP, Room
        room = Room(open_company(Path(sys.argv[1])))
        room.presenter.on_new()
        room.presenter.on_audience(VIP)
        for typed in ("V", "VI", "VIP"):
            room.presenter.on_field("name", typed)
        os.kill(os.getpid(), signal.SIGKILL)
    """
    ended = subprocess.run([sys.executable, "-c", textwrap.dedent(script), str(tmp_path)], check=False)
    assert ended.returncode == -signal.SIGKILL
    store = open_store(tmp_path, KEY, ALL)
    room = Room(Company(store, HandClock(), Organisation(), CountedIds(9)))
    assert (room.written("name"), room.written("audience")) == ("VIP", VIP)
    store.close()
