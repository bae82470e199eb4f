"""The public calendar as rows: official as far as it is published, provisional for the year after that."""

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from server_sync.domain.commands import Insert, Update
from server_sync.domain.model import calendar_day
from server_sync.domain.rules.local_time import day_number
from server_sync.domain.rules.settings import setting_id
from server_sync.domain.rules.working_calendar import calendar_day_id
from server_sync.store import public_days
from server_sync.store.changes import write
from server_sync.store.company import working_time
from server_sync.store.database import Database
from tests.server_sync.organisation import NOW

KNOWN = public_days.published()
TO_2025 = replace(
    KNOWN, differing={day: what for day, what in KNOWN.differing.items() if day.year <= 2025}, last_year=2025
)


def renew(database: Database, known: public_days.PublicDays) -> int:
    with database.write(NOW) as tx:
        return public_days.renew(tx, known)


def days(database: Database) -> dict[str, tuple[bool, str | None, bool]]:
    with database.read() as connection:
        return {
            row.day: (row.working, row.name, row.provisional)
            for row in connection.execute(select(calendar_day))
        }


def works(database: Database, on: str) -> bool:
    with database.read() as connection:
        return bool(working_time(connection).open_spans(day_number(on)))


def test_published_years_are_official_and_the_next_is_provisional_by_its_weekdays(database: Database) -> None:
    renew(database, KNOWN)
    held = days(database)
    assert held["2017-10-02"] == (False, "国庆节", False)
    assert held["2026-10-10"] == (True, "国庆节", False)  # 调休, a Saturday
    assert "2026-11-23" not in held  # an ordinary Monday
    provisional = {on: working for on, (working, _, not_yet) in held.items() if not_yet}
    year = KNOWN.last_year + 1
    assert len(provisional) == date(year, 12, 31).timetuple().tm_yday
    assert all(on.startswith(str(year)) for on in provisional)
    assert all(working == (date.fromisoformat(on).weekday() < 5) for on, working in provisional.items())


def test_working_hours_go_by_the_calendar(database: Database) -> None:
    assert works(database, "2026-10-01")
    assert not works(database, "2026-10-10")
    renew(database, KNOWN)
    assert not works(database, "2026-10-01")
    assert works(database, "2026-10-10")
    assert [works(database, on) for on in ("2026-11-20", "2026-11-21")] == [True, False]


def test_of_a_provisional_year_the_companys_own_week_decides(database: Database) -> None:
    renew(database, KNOWN)
    week = {"mon": [], **{key: [["10:00", "20:00"]] for key in ("tue", "wed", "thu", "fri", "sat")}}
    with database.write(NOW) as tx:
        write(
            tx,
            [Insert("setting", {"id": setting_id("working_week"), "key": "working_week", "value": week})],
        )
    january = [date(KNOWN.last_year + 1, 1, day) for day in range(1, 15)]
    assert all(works(database, day.isoformat()) == (day.weekday() not in (0, 6)) for day in january)


def test_a_second_time_changes_nothing(database: Database) -> None:
    assert renew(database, KNOWN) > 0
    assert renew(database, KNOWN) == 0


def test_when_a_year_is_published_its_provisional_days_become_official(database: Database) -> None:
    renew(database, TO_2025)
    assert days(database)["2026-10-01"] == (True, None, True)
    renew(database, KNOWN)
    held = days(database)
    assert held["2026-10-01"] == (False, "国庆节", False)
    assert "2026-11-23" not in held
    assert held[f"{KNOWN.last_year + 1}-06-01"][2]


def test_what_the_company_has_corrected_stays(database: Database) -> None:
    renew(database, TO_2025)
    corrections = [
        Update("calendar_day", calendar_day_id("2025-10-08"), {"working": True, "name": "盘点"}),
        Update("calendar_day", calendar_day_id("2026-03-02"), {"working": False, "provisional": False}),
    ]
    with database.write(NOW) as tx:
        write(tx, corrections)
    renew(database, KNOWN)
    held = days(database)
    assert held["2025-10-08"] == (True, "盘点", False)
    assert held["2026-03-02"] == (False, None, False)
