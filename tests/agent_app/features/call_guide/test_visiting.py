"""A visit in the work column: checked in before anything else, positions kept as they get better, never in the way."""

from typing import Any

import pytest

from agent_app.features.call_guide.model import check_in_words
from agent_app.features.call_guide.state import CallPhase, Locating
from agent_app.ports import Lack
from agent_app.ui.tokens import Tone
from server_sync.domain.clock import HOUR
from server_sync.domain.errors import ErrorKind
from tests.agent_app.features.call_guide.guide_column import Column, after_a_kill
from tests.agent_app.features.workplace import Workplace

PLACES = "SELECT place FROM attempt"


@pytest.fixture
def column(place: Workplace) -> Column:
    with place.company.store.write() as connection:
        connection.exec_driver_sql("UPDATE task SET channel = 'visit'")
    made = Column(place)
    made.presenter.open(place.task.row_id)
    return made


def attempt(column: Column) -> Any:
    return column.place.one("SELECT channel, place, contact_point_id FROM attempt")


def accuracy(column: Column) -> float | None:
    place = column.state.place
    assert place is not None
    return place.position.accuracy


def test_f5_checks_in_and_looks_for_where(column: Column) -> None:
    column.presenter.on_dial()
    assert attempt(column) == ("visit", None, None)
    assert column.state.call.phase is CallPhase.RUNNING
    assert (column.state.locating, column.place.positions.searching) == (Locating.SEARCHING, True)
    assert column.place.phone.dialled == []


def test_journey_c1_40_m_warns_and_is_kept_and_what_is_better_takes_its_place(column: Column) -> None:
    column.presenter.on_dial()
    column.place.positions.give(40.0)
    words, tone = check_in_words(column.state)
    assert tone is Tone.WARNING
    assert "40" in words
    assert column.state.locating is Locating.SEARCHING
    column.place.positions.give(35.0)  # not worth a word
    assert accuracy(column) == 40.0
    column.place.positions.give(9.0)
    assert accuracy(column) == 9.0
    assert check_in_words(column.state)[1] is Tone.SUCCESS
    assert not column.place.positions.searching
    assert '"accuracy":9.0' in str(attempt(column)[1])


def test_a_position_by_hand_is_kept_or_said_to_be_none(column: Column) -> None:
    column.place.positions.lack = Lack.NO_DEVICE
    column.presenter.on_dial()
    assert column.state.locating is Locating.IMPOSSIBLE
    refused = []
    for typed in ("somewhere", "31.2304, 121.4737"):
        column.presenter.on_position_typed(typed)
        refused.append(column.state.place_refused)
    assert refused == [True, False]
    assert column.state.place is not None
    assert (column.state.place.source, accuracy(column)) == ("hand", None)
    assert check_in_words(column.state)[1] is Tone.ACCENT


def test_nobody_has_to_say_where_he_is(column: Column) -> None:
    column.place.positions.lack = Lack.NOT_INSTALLED
    column.presenter.on_dial()
    column.presenter.on_wrap_up_asked()
    assert column.place.routes[-1].place == "wrap_up"


def test_a_kill_forgets_neither_the_visit_nor_its_place(column: Column) -> None:
    column.presenter.on_dial()
    column.place.positions.give(40.0)
    again = after_a_kill(column)
    assert again.state.call.phase is CallPhase.RUNNING
    assert again.state.place == column.state.place


def test_f5_looks_for_the_place_anew(column: Column) -> None:
    column.presenter.on_dial()
    column.place.positions.give(9.0)
    column.presenter.on_dial()
    column.place.positions.give(12.0, latitude=31.0)
    assert column.state.place is not None
    assert column.state.place.position.latitude == 31.0
    assert column.place.one("SELECT count(*) FROM attempt") == (1,)


def test_another_task_ends_the_search(column: Column) -> None:
    column.presenter.on_dial()
    column.presenter.open(None)
    assert not column.place.positions.searching


def test_the_telephone_s_hours_do_not_keep_anybody_from_a_visit_but_a_refusal_does(column: Column) -> None:
    column.place.move(13 * HOUR)  # 23:00
    customer = column.place.customer.row_id
    with column.place.company.store.write() as connection:
        connection.exec_driver_sql(
            "INSERT INTO do_not_call (id, rev, customer_id, scope, source, set_at) VALUES (?, 1, ?, 'all', 'call', 1)",
            (bytes(16), customer),
        )
    column.presenter.on_dial()
    assert column.state.error is ErrorKind.DO_NOT_CALL
    with column.place.company.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM do_not_call")
    column.presenter.on_dial()
    assert attempt(column)[0] == "visit"
