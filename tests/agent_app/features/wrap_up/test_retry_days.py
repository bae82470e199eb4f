"""What the wrap-up tells of closed days that the next try passes over, and that the command decides the same."""

from zoneinfo import ZoneInfo

from agent_app.features.wrap_up.model import effect_words
from agent_app.features.wrap_up.presenter import WrapUpPresenter
from agent_app.features.wrap_up.state import WrapUpState
from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.commands import Insert
from server_sync.domain.rules.working_calendar import calendar_day_id
from tests.agent_app.features.workplace import Workplace
from tests.server_sync.organisation import NOW

SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_days_that_are_passed_over_are_told_beside_the_time(place: Workplace) -> None:
    # NOW is a Thursday: tomorrow is off, and the Saturday is worked for it
    place.company.put(_day("2026-10-02", working=False), _day("2026-10-03", working=True))
    drawn: list[WrapUpState] = []
    wrap_up = WrapUpPresenter(place.session, place.routes.append, drawn.append)
    wrap_up.open(place.task.row_id)
    wrap_up.on_chosen("1.2")
    assert effect_words(drawn[-1], SHANGHAI) == "后天 09:00 起再拨（1 天后再拨；跳过明天：法定节假日）。"
    wrap_up.on_save(then_next=True)
    assert place.one("select not_before_at from task")[0] == NOW + 2 * DAY - HOUR


def test_a_calendar_that_changes_while_the_wrap_up_is_open_changes_what_is_told(place: Workplace) -> None:
    drawn: list[WrapUpState] = []
    wrap_up = WrapUpPresenter(place.session, place.routes.append, drawn.append)
    wrap_up.open(place.task.row_id)
    wrap_up.on_chosen("1.2")
    assert drawn[-1].effect is not None
    assert drawn[-1].effect.values["at"] == NOW + DAY
    place.company.put(_day("2026-10-02", working=False))
    for changes in place.company.told:
        wrap_up.on_changed(changes)
    monday = NOW + 4 * DAY - HOUR
    assert drawn[-1].effect is not None
    assert drawn[-1].effect.values["at"] == monday
    place.move(MINUTE)
    wrap_up.on_save(then_next=True)
    assert place.one("select not_before_at from task")[0] == monday


def _day(on: str, *, working: bool) -> Insert:
    row = {"id": calendar_day_id(on), "day": on, "working": working, "provisional": False}
    return Insert("calendar_day", row)
