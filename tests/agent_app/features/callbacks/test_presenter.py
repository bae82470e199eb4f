"""Booking a callback without a call: what is typed, what is refused, what is promised."""

from dataclasses import dataclass, field

import pytest
from sqlalchemy.exc import OperationalError

from agent_app.features.callbacks.presenter import CallbackPresenter
from agent_app.features.callbacks.state import CallbackState
from agent_app.ports import Route
from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.errors import ErrorKind
from tests.agent_app.features.workplace import Workplace
from tests.server_sync.organisation import NOW

TOMORROW_HALF_PAST_TEN = NOW + DAY + HOUR // 2


@dataclass
class Panel:
    """The presenter with what it drew."""

    place: Workplace
    presenter: CallbackPresenter = field(init=False)
    drawn: list[CallbackState] = field(default_factory=list)

    def __post_init__(self) -> None:
        place = self.place
        self.presenter = CallbackPresenter(place.session, place.routes.append, self.drawn.append)
        self.presenter.open(place.task.row_id)

    @property
    def state(self) -> CallbackState:
        return self.drawn[-1]


@pytest.fixture
def panel(place: Workplace) -> Panel:
    return Panel(place)


def test_tomorrow_half_past_ten_is_promised_by_oneself(panel: Panel) -> None:
    panel.presenter.on_when_typed("明天 10:30 本人")
    panel.presenter.on_book("上午在公司")
    place = panel.place
    assert place.one("select callback_at, with_whom, owner_id, note from callback") == (
        TOMORROW_HALF_PAST_TEN,
        "respondent",
        place.agent.person_id,
        "上午在公司",
    )
    assert place.one("select appointment_at, appointment_owner_id from task") == (
        TOMORROW_HALF_PAST_TEN,
        place.agent.person_id,
    )
    assert place.count("attempt") == 0
    assert place.routes[-1] == Route("guide", place.task.row_id)


def test_with_whom_can_be_typed_or_chosen(panel: Panel) -> None:
    panel.presenter.on_when_typed("明天 10:30 他人")
    assert panel.state.with_whom == "other"
    panel.presenter.on_with_whom_chosen("respondent")
    panel.presenter.on_book("")
    assert panel.place.one("select with_whom from callback")[0] == "respondent"


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("明天 22:00", ErrorKind.OUTSIDE_CALLING_WINDOW),
        ("今天 9:00", ErrorKind.IN_THE_PAST),
        ("改天吧", ErrorKind.FIELD_INVALID),
        ("明天", ErrorKind.FIELD_MISSING),
    ],
)
def test_a_time_that_cannot_be_promised_is_refused_and_stays_in_the_field(
    panel: Panel, typed: str, kind: ErrorKind
) -> None:
    panel.presenter.on_when_typed(typed)
    panel.presenter.on_book("")
    assert (panel.state.when.fault, panel.state.when_text, panel.state.asked) == (kind, typed, True)
    assert panel.place.count("callback") == 0


def test_what_the_store_refuses_is_said_and_nothing_is_lost(panel: Panel) -> None:
    panel.presenter.on_when_typed("后天 10:00")
    with panel.place.company.store.write() as connection:
        connection.exec_driver_sql("update task set state = 'done'")
    panel.presenter.on_book("急")
    state = panel.state
    assert (state.error, state.note, state.when_text, state.saving) == (
        ErrorKind.TASK_CLOSED,
        "急",
        "后天 10:00",
        False,
    )


def test_a_promise_that_stands_is_shown_before_it_is_replaced(panel: Panel) -> None:
    panel.presenter.on_when_typed("明天 10:30")
    panel.presenter.on_book("")
    again = Panel(panel.place)
    assert again.state.booked_at == TOMORROW_HALF_PAST_TEN
    again.presenter.on_when_picked(again.state.quick[-1])
    again.presenter.on_book("")
    rows = panel.place.company.rows("select state from callback order by booked_at, id")
    assert rows == [("cancelled",), ("open",)]


def test_back_promises_nothing(panel: Panel) -> None:
    panel.presenter.on_when_typed("明天 10:30")
    panel.presenter.on_back()
    assert panel.place.count("callback") == 0
    assert panel.place.routes[-1] == Route("guide", panel.place.task.row_id)


def test_a_bug_while_saving_goes_up_and_leaves_the_panel_usable(panel: Panel) -> None:
    panel.presenter.on_when_typed("明天 10:30")
    store = panel.place.company.store
    with store.write() as connection:
        connection.exec_driver_sql("ALTER TABLE callback RENAME TO callback_away")
    with pytest.raises(OperationalError):
        panel.presenter.on_book("")
    assert not panel.state.saving
    with store.write() as connection:
        connection.exec_driver_sql("ALTER TABLE callback_away RENAME TO callback")
    panel.presenter.on_book("")
    assert panel.place.one("select callback_at from callback") == (TOMORROW_HALF_PAST_TEN,)
