"""The customer beside the work as a sequence of states: shown, corrected, noted upon; never mixed with another."""

from typing import Any

import pytest

from agent_app.actions.session import DeskSession
from agent_app.features.customer360.presenter import CustomerPresenter
from agent_app.features.customer360.state import Correction, CustomerState
from agent_app.store.changes import StoreChanges
from server_sync.domain.clock import HOUR
from server_sync.domain.commands import Insert
from server_sync.domain.errors import ErrorKind
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.deferred import DeferredWork
from tests.agent_app.desk import TIMEZONE, Company
from tests.server_sync.organisation import NOW


class Column:
    """A presenter with two customers of its agent; what changes in the store is told to it as the hub does."""

    def __init__(self, company: Company, work: Any) -> None:
        organisation = company.organisation
        agent = organisation.north_agents[0]
        self.company = company
        self.customers = [
            organisation.customer(organisation.north, owner=agent, name=name, city="宁波")
            for name in ("甲", "乙")
        ]
        self.tasks = [organisation.task(one, agent) for one in self.customers]
        self.numbers = [organisation.contact_point(one) for one in self.customers]
        company.put(*self.customers, *self.tasks, *self.numbers)
        self.states: list[CustomerState] = []
        session = DeskSession(company.desk(agent), work, self.tell, TIMEZONE)
        self.presenter = CustomerPresenter(session, self.states.append)

    def tell(self, changes: StoreChanges) -> None:
        self.presenter.on_changed(changes)

    def open(self, number: int) -> None:
        self.presenter.open(self.customers[number].row_id, self.tasks[number].row_id)

    @property
    def state(self) -> CustomerState:
        return self.states[-1]

    @property
    def shown(self) -> str | None:
        return None if self.state.customer is None else str(self.state.customer.fields["name"])

    def correct(self, field: str, seen: str | None, value: str, number: int = 0) -> None:
        self.presenter.on_corrected(Correction(self.customers[number].row_id, seen, value, field))

    def correct_number(self, value: str, number: int = 0) -> None:
        point: Insert = self.numbers[number]
        given = Correction(
            self.customers[number].row_id, point.row["value"], value, contact_point_id=point.row_id
        )
        self.presenter.on_corrected(given)

    def from_the_server(self, sql: str, *values: object) -> None:
        """Somebody else changed something, and it came in."""
        with self.company.store.write() as connection:
            connection.exec_driver_sql(sql, values)
        self.tell(StoreChanges(frozenset({"customer"}), None, "sync"))

    def recorded(self) -> int:
        return len(self.company.rows("SELECT 1 FROM outbox"))


@pytest.fixture
def column(company: Company, work: ImmediateWork) -> Column:
    return Column(company, work)


def test_a_customer_is_shown_with_the_task_and_its_place_in_the_queue(column: Column) -> None:
    column.open(0)
    assert column.shown == "甲"
    assert column.state.sheet is not None
    assert column.state.sheet.id == column.tasks[0].row_id
    assert column.state.why is not None
    assert column.state.why[0] == "fresh"
    assert column.state.now == NOW


def test_a_customer_is_looked_at_without_a_task(column: Column) -> None:
    column.presenter.open(column.customers[0].row_id, None)
    assert (column.shown, column.state.sheet, column.state.why) == ("甲", None, None)


def test_nobody_is_shown_when_nobody_is_meant(column: Column) -> None:
    column.open(0)
    column.presenter.open(None, None)
    assert column.state == CustomerState()


def test_a_customer_who_left_this_desk_is_not_shown_any_longer(column: Column) -> None:  # SYNC L2
    column.open(0)
    column.from_the_server("DELETE FROM customer WHERE name = '甲'")
    assert column.shown is None


def test_only_changes_of_this_customer_are_looked_up(column: Column) -> None:
    column.open(0)
    before = len(column.states)
    column.tell(StoreChanges(frozenset({"customer"}), frozenset({column.customers[1].row_id}), "sync"))
    column.tell(StoreChanges(frozenset({"presence", "outbox", "draft"}), None, "sync"))
    assert len(column.states) == before
    column.tell(StoreChanges(frozenset({"activity"}), frozenset({column.customers[0].row_id}), "sync"))
    assert len(column.states) == before + 1


def test_a_late_answer_about_another_customer_is_never_shown(company: Company) -> None:
    work = DeferredWork()
    column = Column(company, work)
    column.open(0)
    column.presenter.open(None, None)
    work.finish()
    assert column.shown is None
    column.open(0)
    answer = work.waiting.pop()
    column.presenter.open(column.customers[1].row_id, None)
    answer.on_done(answer.fn())
    assert column.shown is None
    work.finish()
    assert column.shown == "乙"


# ---- correcting


def test_the_lines_to_correct_and_the_note_are_shown_one_at_a_time(column: Column) -> None:
    column.open(0)

    def open_ones() -> tuple[bool, bool]:
        return column.state.correcting, column.state.writing

    seen = []
    for ask in ("on_correct_asked", "on_note_asked", "on_note_asked", "on_correct_asked", "on_correct_asked"):
        getattr(column.presenter, ask)()
        seen.append(open_ones())
    assert seen == [(True, False), (False, True), (False, False), (True, False), (False, False)]


def test_a_refresh_leaves_open_what_is_open(column: Column) -> None:
    column.open(0)
    column.presenter.on_correct_asked()
    column.from_the_server("UPDATE customer SET city = '杭州'")
    assert column.state.correcting
    assert column.state.customer is not None
    assert column.state.customer.fields["city"] == "杭州"
    column.open(1)
    assert not column.state.correcting


def test_a_corrected_field_is_saved_and_shown(column: Column) -> None:
    column.open(0)
    column.correct("city", "宁波", " 杭州 ")
    assert column.company.rows("SELECT city FROM customer ORDER BY id") == [("杭州",), ("宁波",)]
    assert column.state.customer is not None
    assert column.state.customer.fields["city"] == "杭州"
    assert column.state.error is None


def test_what_was_seen_travels_with_the_correction(column: Column) -> None:  # SYNC §5
    column.open(0)
    column.from_the_server("UPDATE customer SET name = '别的' WHERE name = '甲'")
    column.correct("name", "甲", "甲二")
    assert column.state.error is ErrorKind.FIELD_CONFLICT
    assert column.company.rows("SELECT name FROM customer ORDER BY id") == [("别的",), ("乙",)]


@pytest.mark.parametrize(("seen", "value"), [("宁波", "宁波"), ("宁波", " 宁波 "), (None, ""), (None, "  ")])
def test_a_line_that_is_left_as_it_was_saves_nothing(column: Column, seen: str | None, value: str) -> None:
    column.open(0)
    column.correct("city", seen, value)
    assert column.recorded() == 0


def test_a_correction_goes_to_whom_it_was_typed_for(column: Column) -> None:
    column.open(0)
    column.open(1)
    column.correct("city", "宁波", "杭州", number=0)
    assert column.company.rows("SELECT name, city FROM customer ORDER BY id") == [
        ("甲", "杭州"),
        ("乙", "宁波"),
    ]
    assert column.shown == "乙"


def test_a_corrected_number_is_kept_in_its_form(column: Column) -> None:
    column.open(0)
    column.correct_number("139 0000 0000")
    assert column.company.rows("SELECT value FROM contact_point ORDER BY id")[0] == ("+8613900000000",)
    column.correct_number(" ")
    assert column.recorded() == 1


def test_a_refusal_is_said_and_the_next_success_takes_it_back(column: Column) -> None:
    column.open(0)
    column.company.clock.at += HOUR
    column.correct_number("139")
    assert (column.state.error, column.state.now) == (ErrorKind.FIELD_INVALID, NOW + HOUR)
    column.correct_number("139 0000 0000")
    assert column.state.error is None


# ---- notes


def test_a_note_is_saved_with_its_task_and_the_line_goes(column: Column) -> None:
    column.open(0)
    column.presenter.on_note_asked()
    column.presenter.on_note_written("喜欢上午")
    assert column.company.rows("SELECT customer_id, task_id, text FROM activity") == [
        (column.customers[0].row_id, column.tasks[0].row_id, "喜欢上午")
    ]
    assert not column.state.writing
    assert column.state.customer is not None
    assert [entry.text for entry in column.state.customer.timeline] == ["喜欢上午"]


@pytest.mark.parametrize("text", ["", "   "])
def test_an_empty_note_is_none(column: Column, text: str) -> None:
    column.open(0)
    column.presenter.on_note_asked()
    column.presenter.on_note_written(text)
    assert column.recorded() == 0
    assert column.state.writing


def test_a_note_that_is_refused_leaves_the_line_open(column: Column) -> None:
    column.open(0)
    column.presenter.on_note_asked()
    column.presenter.on_note_written("长" * 10_001)
    assert (column.state.error, column.state.writing) == (ErrorKind.FIELD_INVALID, True)


def test_a_note_in_the_moment_of_a_change_belongs_to_what_is_on_the_screen(company: Company) -> None:
    work = DeferredWork()
    column = Column(company, work)
    column.open(0)
    work.finish()
    column.open(1)
    column.presenter.on_note_written("说的是甲")
    work.finish()
    assert column.company.rows("SELECT customer_id, task_id FROM activity") == [
        (column.customers[0].row_id, column.tasks[0].row_id)
    ]


def test_a_bug_goes_up(column: Column, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    column.open(0)
    monkeypatch.setattr("agent_app.features.customer360.presenter.customer.add_note", broken)
    with pytest.raises(ZeroDivisionError):
        column.presenter.on_note_written("一")
