"""The company's settings: a row covers its default field by field, under ids that never change."""

from itertools import pairwise

import pytest

from server_sync.domain.ids import is_id
from server_sync.domain.rules.settings import DEFAULTS, setting_id, setting_value
from server_sync.domain.rules.working_calendar import WorkingCalendar


def test_the_ids_are_those_that_stores_and_servers_hold_already() -> None:
    assert setting_id("company").hex() == "3683a1029bde19a593131e4c7b9e82dd"
    ids = [setting_id(key) for key in DEFAULTS]
    assert all(is_id(one) for one in ids)
    assert len(set(ids)) == len(DEFAULTS)


def test_a_setting_covers_its_default_field_by_field() -> None:
    assert setting_value("calling_window", None) == {"from": "08:00", "to": "21:00"}
    row = {"value": {"to": "20:00"}}
    assert setting_value("calling_window", row) == {"from": "08:00", "to": "20:00"}
    assert DEFAULTS["calling_window"]["to"] == "21:00"


def test_an_unknown_key_is_a_bug() -> None:
    with pytest.raises(KeyError):
        setting_value("colour", None)


def test_the_defaults_are_those_of_the_conventions() -> None:
    assert DEFAULTS["retries"] == {"attempts": 6, "attempts_per_day": 2}
    assert DEFAULTS["callbacks"] == {
        "early_minutes": 5,
        "late_minutes": 15,
        "absent_minutes": 10,
        "remind_minutes": 5,
    }
    assert DEFAULTS["contact_frequency"] == {"per_day": 2, "per_week": 3, "minutes_between": 30}
    assert DEFAULTS["do_not_call"] == {"stale_hours": 24}


def test_the_default_week_is_a_working_calendar() -> None:
    week = DEFAULTS["working_week"]
    WorkingCalendar.from_json({"timezone": DEFAULTS["company"]["timezone"], "week": week})
    for day in week.values():
        times = [time for span in day for time in span]
        assert all(earlier < later for earlier, later in pairwise(times))
