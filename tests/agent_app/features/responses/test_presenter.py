"""The responses room: which responses are listed, how one is read, and an export that can be stopped."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from agent_app.actions.response_export import ExportOptions
from agent_app.features.responses.presenter import ResponsesPresenter, exporting
from agent_app.features.responses.state import (
    Completeness,
    Filters,
    ResponsesState,
    Score,
    Span,
)
from agent_app.store.changes import StoreChanges
from agent_app.store.queries import response_list, responses
from agent_app.store.queries.response_list import Answer, By, Order, ResponseFilter, Scores
from agent_app.store.queries.responses import ResponseRow
from agent_app.store.search_terms import index_portion
from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.errors import ErrorKind
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.deferred import DeferredWork
from tests.agent_app.desk import Company
from tests.agent_app.features.responses.answered import ANSWERS, FORM_ID, VERSIONS, Answered
from tests.server_sync.organisation import NOW


class Room:
    def __init__(self, answered: Answered, work: ImmediateWork | DeferredWork) -> None:
        self.shown: list[ResponsesState] = []
        self.rows: dict[bytes, ResponseRow] = {}
        session = answered.company.session(answered.lead, work)
        self.presenter = ResponsesPresenter(session, "zh", self.shown.append, self._put)

    def _put(self, rows: Mapping[bytes, ResponseRow]) -> None:
        self.rows |= rows

    @property
    def state(self) -> ResponsesState:
        return self.shown[-1]

    def filtered(self, **values: Any) -> tuple[bytes, ...]:
        """What a filter leaves."""
        self.presenter.on_filtered(replace(Filters(), **values))
        return self.state.ids or ()


def written(folder: Path) -> list[str]:
    """What is there beside the desk's store."""
    return [file.name for file in folder.iterdir() if not file.name.startswith("store.")]


@pytest.fixture
def answered(company: Company) -> Answered:
    return Answered(company)


@pytest.fixture
def room(answered: Answered) -> Room:
    return Room(answered, ImmediateWork())


def test_the_newest_response_comes_first_and_replaced_ones_not_at_all(answered: Answered, room: Room) -> None:
    first, second = answered.add(NOW - HOUR), answered.add(NOW)
    corrected = answered.correct(first, NOW + HOUR, **{"/data/age": "42"})
    room.presenter.on_seen(True)
    assert room.state.form_id == FORM_ID
    assert room.state.ids == (corrected, second)
    assert {column.name for column in (room.state.tables or ())[0].columns} >= {"consent", "age"}


def test_filters_leave_what_they_say(answered: Answered, room: Room) -> None:
    other = answered.agents[1]
    today = answered.add(NOW, csat=5, nps=10)
    week = answered.add(NOW - 5 * DAY, csat=2, nps=3, agent=other, flags=["speeding"])
    old = answered.add(
        NOW - 20 * DAY, version="1", complete=False, answers={**ANSWERS, "/data/opinion": "100%_好"}
    )
    room.presenter.on_seen(True)
    assert room.state.ids == (today, week, old)
    assert room.filtered(span=Span.TODAY) == (today,)
    assert room.filtered(span=Span.WEEK) == (today, week)
    assert room.filtered(person_id=other.person_id) == (week,)
    assert room.filtered(team_id=answered.company.organisation.south) == ()
    assert room.filtered(score=Score.CSAT_LOW) == (week,)
    assert room.filtered(score=Score.PROMOTERS) == (today,)
    assert room.filtered(completeness=Completeness.INCOMPLETE) == (old,)
    assert room.filtered(flag="any") == (week,)
    assert room.filtered(flag="straight_lining") == ()
    assert room.filtered(version_id=VERSIONS["1"]) == (old,)
    assert room.filtered(text="100%_") == (old,)
    assert room.filtered(text="%") == (old,)


def test_a_typed_search_finds_answers_in_any_case_and_customers_as_everywhere(
    answered: Answered, room: Room
) -> None:
    invoice = answered.add(NOW, {**ANSWERS, "/data/opinion": "发票 INV-7 没有收到"}, name="张三丰")
    other = answered.add(NOW - DAY, name="李四")
    with answered.company.store.write() as connection:
        index_portion(connection)
    room.presenter.on_seen(True)
    assert room.filtered(text="发票") == (invoice,)
    assert room.filtered(text="inv-7 ") == (invoice,)
    assert room.filtered(text="三丰") == (invoice,)
    assert room.filtered(text="zsf") == (invoice,)
    assert room.filtered(text="李四") == (other,)
    assert room.filtered(text="opinion") == ()
    assert room.filtered(text="  ") == (invoice, other)
    corrected = answered.correct(invoice, NOW, **{"/data/opinion": "换货"})
    room.presenter.on_seen(False)
    room.presenter.on_seen(True)
    assert room.filtered(text="发票") == ()
    assert room.filtered(text="换货") == (corrected,)


def test_ones_own_period_goes_from_a_day_to_a_day_both_included(answered: Answered, room: Room) -> None:
    """NOW is 10:00 of 1 October 2026 in Shanghai."""
    late = answered.add(NOW + 14 * HOUR - 1)
    early = answered.add(NOW - 10 * HOUR)
    before = answered.add(NOW - 10 * HOUR - 1)
    room.presenter.on_seen(True)
    first = date(2026, 10, 1)
    assert room.filtered(span=Span.OWN) == (late, early, before)
    assert room.filtered(span=Span.OWN, since_on=first) == (late, early)
    assert room.filtered(span=Span.OWN, until_on=first) == (late, early, before)
    assert room.filtered(span=Span.OWN, until_on=date(2026, 9, 30)) == (before,)
    assert room.filtered(span=Span.OWN, since_on=first, until_on=date(2026, 9, 1)) == ()
    assert room.filtered(span=Span.OWN, since_on=date.min, until_on=date.max) == (late, early, before)
    assert room.filtered(span=Span.TODAY, until_on=date(2026, 9, 1)) == (late, early)


def test_the_list_is_in_the_order_that_is_asked_for_and_what_has_no_value_last(
    answered: Answered, room: Room
) -> None:
    old = answered.add(NOW - HOUR, {**ANSWERS, "/data/age": "9"}, name="客户 B", csat=3)
    new = answered.add(NOW, {**ANSWERS, "/data/age": "10"}, answered.agents[1], name="客户 A")
    none = answered.add(NOW - DAY, {**ANSWERS, "/data/age": ""}, name="客户 C", csat=1)
    room.presenter.on_seen(True)

    def listed(by: By | Answer, *, descending: bool = False) -> tuple[bytes, ...]:
        room.presenter.on_sorted(Order(by, descending))
        return room.state.ids or ()

    assert listed(By.RECORDED) == (none, old, new)
    assert listed(By.CUSTOMER) == (new, old, none)
    assert listed(By.CSAT) == (none, old, new)
    assert listed(By.CSAT, descending=True) == (old, none, new)
    assert listed(By.PERSON)[-1] == new
    assert listed(By.PLAN) == (new, old, none)
    assert listed(Answer("/data/age", numeric=True)) == (old, new, none)
    assert listed(Answer("/data/age", numeric=True), descending=True) == (new, old, none)
    assert listed(Answer("/data/age")) == (new, old, none)


def test_a_question_that_the_chosen_version_does_not_ask_orders_nothing(
    answered: Answered, room: Room
) -> None:
    answered.add()
    room.presenter.on_seen(True)
    room.presenter.on_sorted(Order(Answer("/data/gone"), False))
    room.filtered(version_id=VERSIONS["1"])
    assert room.state.order == Order(By.RECORDED, descending=True)


def test_lists_and_counts_are_read_from_the_index_alone(answered: Answered) -> None:
    """The rows are wide: at 100,000 of them two seconds against a tenth."""
    wanted = ResponseFilter(
        FORM_ID, since_at=NOW, complete=True, scores=Scores("csat", 1, 2), flag="any", text="发票"
    )
    asked: list[tuple[str, Any]] = []
    with answered.company.store.read() as connection:

        @event.listens_for(connection, "before_cursor_execute")
        def heard(_c: Any, _cursor: Any, statement: str, values: Any, _context: Any, _many: bool) -> None:
            asked.append((statement, values))

        response_list.load(connection, wanted)
        responses.forms(connection)
        responses.choices(connection, FORM_ID)
        for statement, values in asked[:]:
            lines = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values).all()
            told = [str(line[3]) for line in lines if " response " in f"{line[3]} "]
            assert not any(" customer " in f"{line[3]} " for line in lines)
            assert all("COVERING INDEX response_by_form_version" in one for one in told), told


def test_a_chosen_version_heads_the_columns_with_its_questions(answered: Answered, room: Room) -> None:
    answered.add()
    room.presenter.on_seen(True)
    assert "您还有什么意见?" in {column.label for column in (room.state.tables or ())[0].columns}
    room.filtered(version_id=VERSIONS["1"])
    assert "您有什么意见?" in {column.label for column in (room.state.tables or ())[0].columns}


def test_rows_in_sight_have_masked_names(answered: Answered, room: Room) -> None:
    one = answered.add(name="张三丰")
    room.presenter.on_seen(True)
    room.presenter.on_rows_wanted([one])
    assert room.rows[one].customer.startswith("张")
    assert "三丰" not in room.rows[one].customer


def test_one_response_is_read_with_its_editions(answered: Answered, room: Room) -> None:
    first = answered.add(NOW - HOUR)
    second = answered.correct(first, NOW, **{"/data/age": "42"})
    room.presenter.on_seen(True)
    room.presenter.on_response_chosen(second)
    reading = room.state.reading
    assert reading is not None
    assert [(one.id, one.edition) for one in reading.sheet.editions] == [(second, 2), (first, 1)]
    room.presenter.on_response_chosen(first)
    reading = room.state.reading
    assert reading is not None
    assert (reading.sheet.row.answers["/data/age"], len(reading.sheet.audit)) == ("41", 3)
    room.presenter.on_response_chosen(None)
    assert room.state.reading is None


def test_an_export_has_what_the_filters_leave(
    answered: Answered, room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "PAGE", 2)
    for number in range(5):
        answered.add(NOW - number * HOUR, csat=1 + number)
    room.presenter.on_seen(True)
    room.filtered(score=Score.CSAT_LOW)
    target = tmp_path / "a.csv"
    room.presenter.on_export_asked(target, ExportOptions(by_label=False))
    assert room.state.exported == "a.csv"
    assert len(target.read_text(encoding="utf-8-sig").splitlines()) == 3
    done = [one.exporting.done for one in room.shown if one.exporting is not None]
    assert done == sorted(done)


def test_an_export_that_is_stopped_leaves_nothing(answered: Answered, tmp_path: Path) -> None:
    for number in range(3):
        answered.add(NOW - number * HOUR)
    work = DeferredWork()
    room = Room(answered, work)
    room.presenter.on_seen(True)
    work.finish()
    room.presenter.on_export_asked(tmp_path / "a.xlsx", ExportOptions())
    assert room.state.exporting is not None
    room.presenter.on_export_stopped()
    work.finish()
    last = room.shown[-1]
    assert (last.exporting, last.exported) == (None, "")
    assert written(tmp_path) == []


def test_a_place_that_takes_no_file_is_told(answered: Answered, room: Room, tmp_path: Path) -> None:
    answered.add()
    room.presenter.on_seen(True)
    room.presenter.on_export_asked(tmp_path / "gone" / "a.xlsx", ExportOptions())
    assert (room.state.error, room.state.exporting) == (ErrorKind.FILE_UNWRITABLE, None)
    room.presenter.on_notice_seen()
    assert room.state.error is None


def test_nothing_listed_is_nothing_to_export(room: Room, tmp_path: Path) -> None:
    room.presenter.on_seen(True)
    room.presenter.on_export_asked(tmp_path / "a.xlsx", ExportOptions())
    assert written(tmp_path) == []


def test_what_nobody_looks_at_asks_the_store_nothing(answered: Answered) -> None:
    work = DeferredWork()
    room = Room(answered, work)
    changed = StoreChanges(frozenset({"response"}), None, "sync")
    room.presenter.on_changed(changed)
    assert work.waiting == []
    room.presenter.on_seen(True)
    assert len(work.waiting) == 1
    room.presenter.on_seen(False)
    room.presenter.on_changed(changed)
    assert len(work.waiting) == 1
