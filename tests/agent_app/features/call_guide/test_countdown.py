"""Progressive dialling by a hand clock: what is offered is dialled after a countdown, never over typing or unready."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from agent_app.features.call_guide.countdown import Countdown
from agent_app.features.call_guide.model import dialling_words, dials_words
from agent_app.features.call_guide.state import CallPhase
from server_sync.domain.clock import MINUTE, SECOND
from server_sync.domain.commands import Insert
from server_sync.domain.errors import ErrorKind
from server_sync.domain.rules.dialling_modes import Dialling, DiallingMode
from tests.agent_app.features.call_guide.guide_column import RECEIVED, Column
from tests.agent_app.features.workplace import Workplace, guide_xform, open_workplace
from tests.server_sync.organisation import NOW


@pytest.fixture
def place(tmp_path: Path) -> Workplace:
    return open_workplace(tmp_path, guide_xform())


def offer(place: Workplace, *, presence: str = "ready", mode: str = "progressive", **values: Any) -> Column:
    """The next task came up on a desk that dials so."""
    place.company.keep("dialling", mode=mode, **values)
    said = {"id": place.agent.person_id, "team_id": place.agent.team_id, "state": presence, "since_at": NOW}
    place.company.put(Insert("presence", said))
    column = Column(place)
    column.presenter.open(place.task.row_id, offered=True)
    return column


def wait(column: Column, ms: int, *, typing: bool = False) -> None:
    column.place.move(ms)
    column.presenter.on_tick(column.place.company.clock.at, typing=typing)


def test_what_is_offered_is_dialled_when_the_countdown_is_over(place: Workplace) -> None:
    column = offer(place)
    assert column.state.dials_at == NOW + 10 * SECOND
    wait(column, 10 * SECOND - 1)
    assert (place.phone.dialled, column.state.call.phase) == ([], CallPhase.NONE)
    wait(column, 1)
    assert (place.phone.dialled, column.state.call.phase) == (["+8613812341234"], CallPhase.RUNNING)
    wait(column, MINUTE)
    assert len(place.phone.dialled) == 1
    assert column.drawn[-1].dials_at is None


def test_the_plan_says_how_long_and_whether_at_all(place: Workplace) -> None:
    dialling = '{"mode": "progressive", "seconds": 30}'
    with place.company.store.write() as connection:
        connection.exec_driver_sql("UPDATE plan SET dialling = ?", (dialling,))
    column = offer(place, mode="preview")
    assert column.state.dials_at == NOW + 30 * SECOND


@pytest.mark.parametrize("mode", ["preview", "manual"])
def test_in_the_other_modes_nothing_rings_by_itself(place: Workplace, mode: str) -> None:
    column = offer(place, mode=mode)
    wait(column, MINUTE)
    assert (column.state.dials_at, place.phone.dialled) == (None, [])


@pytest.mark.parametrize("presence", ["break", "busy", "wrap_up"])
def test_who_does_not_take_calls_now_is_not_made_to(place: Workplace, presence: str) -> None:
    column = offer(place, presence=presence)
    wait(column, MINUTE)
    assert (column.state.dials_at, place.phone.dialled) == (None, [])


def test_what_one_opened_to_look_at_is_not_dialled(place: Workplace) -> None:
    column = offer(place)
    column.presenter.open(None)
    column.presenter.open(place.task.row_id)
    wait(column, MINUTE)
    assert (column.state.dials_at, place.phone.dialled) == (None, [])


STOPS: dict[str, Callable[[Column], object]] = {
    "stop": lambda column: column.presenter.on_countdown_stopped(),
    "hang up": lambda column: column.presenter.on_hang_up(),
    "an answer": lambda column: column.presenter.on_answered(RECEIVED, "yes"),
    "another number": lambda column: column.presenter.on_number_chosen(column.place.number.row_id),
    "wrap-up": lambda column: column.presenter.on_wrap_up_asked(),
    "callback": lambda column: column.presenter.on_callback_asked(),
    "another task": lambda column: column.presenter.open(None),
}


@pytest.mark.parametrize("stop", STOPS.values(), ids=STOPS)
def test_whatever_the_agent_does_instead_stops_it(place: Workplace, stop: Callable[[Column], object]) -> None:
    column = offer(place)
    wait(column, SECOND)
    stop(column)
    assert column.state.dials_at is None
    wait(column, MINUTE)
    assert place.phone.dialled == []


def test_the_key_dials_at_once_and_only_once(place: Workplace) -> None:
    column = offer(place)
    column.presenter.on_dial()
    wait(column, MINUTE)
    assert (len(place.phone.dialled), column.state.dials_at) == (1, None)


def test_nothing_rings_in_the_midst_of_a_word(place: Workplace) -> None:
    column = offer(place)
    wait(column, 9 * SECOND, typing=True)
    assert column.state.dials_at == NOW + 12 * SECOND
    wait(column, 5 * SECOND, typing=True)
    assert place.phone.dialled == []
    wait(column, 3 * SECOND)
    assert len(place.phone.dialled) == 1


def test_a_rule_against_the_call_is_said_and_nothing_rings(place: Workplace) -> None:
    entry = {"id": bytes(16), "customer_id": place.customer.row_id, "scope": "all", "source": "call"}
    place.company.put(Insert("do_not_call", entry | {"set_at": NOW - MINUTE}))
    column = offer(place)
    wait(column, 10 * SECOND)
    assert (column.state.error, place.phone.dialled) == (ErrorKind.DO_NOT_CALL, [])


def test_a_number_is_needed(place: Workplace) -> None:
    with place.company.store.write() as connection:
        connection.exec_driver_sql("UPDATE contact_point SET valid = 0")
    assert offer(place).state.dials_at is None


def test_a_call_that_waits_for_its_wrap_up_is_not_dialled_again(place: Workplace) -> None:
    column = offer(place)
    column.presenter.on_dial()
    column.presenter.on_hang_up()
    again = Column(place.another_desk())
    again.presenter.open(place.task.row_id, offered=True)
    assert again.state.dials_at is None


def test_the_countdown_is_read_in_whole_seconds_and_the_mode_stands_at_the_foot() -> None:
    assert dials_words(NOW + 9_001, NOW) == "10 秒后自动拨号。F6 停止，F5 立即拨号。"
    assert dials_words(NOW, NOW + 5) == "0 秒后自动拨号。F6 停止，F5 立即拨号。"
    said = {mode: dialling_words(Dialling(mode)) for mode in DiallingMode}
    assert said == {
        DiallingMode.PREVIEW: "预览外呼：看后再拨",
        DiallingMode.PROGRESSIVE: "渐进外呼：10 秒后自动拨",
        DiallingMode.MANUAL: "手动外呼：自选自拨",
    }


def test_a_countdown_that_nobody_began_does_nothing() -> None:
    told: list[object] = []
    countdown = Countdown(told.append, lambda: told.append("dial"))
    countdown.stop()
    countdown.on_tick(NOW, typing=True)
    countdown.on_tick(NOW, typing=False)
    assert told == []
