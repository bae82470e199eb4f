"""Who may say when a company, a team or a person works, and what may stand there."""

from typing import Any

import pytest

from server_sync.domain.commands import SaveWorkingHours, SetCalendarDay
from server_sync.domain.errors import ErrorKind
from server_sync.domain.rules.working_calendar import COMPANY_HOURS, calendar_day_id
from tests.server_sync.domain.commands.calls import Desk
from tests.server_sync.domain.commands.world import World

WEEK = {"mon": [["09:00", "12:00"]]}


def hours(subject: str, subject_id: bytes, **values: Any) -> SaveWorkingHours:
    given: dict[str, Any] = {"timezone": None, "week": WEEK, "exceptions": {}, "seen": {"week": None}}
    return SaveWorkingHours(subject_id=subject_id, subject=subject, **(given | values))


def test_hours_are_saved_changed_and_kept_as_they_are(desk: Desk, world: World) -> None:
    team = world.organisation.north
    world.do(hours("team", team), desk.lead)
    assert (world.one("working_hours", team)["subject"], world.one("working_hours", team)["week"]) == (
        "team",
        WEEK,
    )
    assert world.do(hours("team", team), desk.lead).changes == ()
    eve = {"2026-02-16": [["09:00", "12:00"]]}
    world.do(
        hours("team", team, week=None, exceptions=eve, seen={"week": WEEK, "2026-02-16": None}), desk.lead
    )
    row = world.one("working_hours", team)
    assert (row["week"], row["exceptions"]) == (None, eve)


def test_the_company_s_hours_are_an_administrator_s_a_team_s_its_lead_s(desk: Desk, world: World) -> None:
    administrator = world.organisation.administrator
    person, team = desk.agent.person_id or b"", world.organisation.north
    for subject, subject_id in (("company", COMPANY_HOURS), ("team", team), ("person", person)):
        assert world.refused(hours(subject, subject_id), desk.agent) is ErrorKind.NOT_PERMITTED
        assert world.refused(hours(subject, subject_id), desk.strange_lead) is ErrorKind.NOT_PERMITTED
        world.do(hours(subject, subject_id), administrator)
    assert world.refused(hours("company", COMPANY_HOURS), desk.lead) is ErrorKind.NOT_PERMITTED
    world.do(hours("person", person, week=None, seen={"week": WEEK}), desk.lead)


def test_section_5_two_who_change_one_calendar_keep_what_both_wrote_and_overwrite_nothing(
    desk: Desk, world: World
) -> None:
    team, administrator = world.organisation.north, world.organisation.administrator
    first: dict[str, Any] = {"2026-02-16": [["09:00", "12:00"]]}
    second: dict[str, Any] = {"2026-02-17": []}
    world.do(hours("team", team, week=None, exceptions=first, seen={"2026-02-16": None}), desk.lead)
    world.do(hours("team", team, exceptions=second, seen={"week": None, "2026-02-17": None}), administrator)
    kept = {"week": WEEK, "exceptions": {**first, **second}}
    assert {name: world.one("working_hours", team)[name] for name in kept} == kept
    late = world.rejection(
        hours(
            "team",
            team,
            week={"mon": []},
            exceptions={"2026-02-16": []},
            seen={"2026-02-16": None, "week": None},
        ),
        administrator,
    )
    assert (late.kind, sorted(late.values["fields"])) == (ErrorKind.CALENDAR_CHANGED, ["2026-02-16", "week"])
    world.do(hours("team", team, exceptions={}, seen={"2026-02-17": []}), desk.lead)
    assert world.one("working_hours", team)["exceptions"] == first


@pytest.mark.parametrize(
    ("subject", "values", "kind"),
    [
        ("team", {"week": {"mon": [["12:00", "09:00"]]}}, ErrorKind.CALENDAR_INVALID),
        ("team", {"week": {"someday": []}}, ErrorKind.CALENDAR_INVALID),
        ("team", {"timezone": "Nowhere/City"}, ErrorKind.CALENDAR_INVALID),
        ("team", {"exceptions": {"2026-02-30": []}}, ErrorKind.CALENDAR_INVALID),
        ("person", {}, ErrorKind.NOT_FOUND),
        ("company", {}, ErrorKind.NOT_FOUND),
        ("planet", {}, ErrorKind.FIELD_INVALID),
    ],
)
def test_what_are_no_hours_is_refused(
    desk: Desk, world: World, subject: str, values: dict[str, Any], kind: ErrorKind
) -> None:
    assert (
        world.refused(hours(subject, world.organisation.north, **values), world.organisation.administrator)
        is kind
    )


def test_a_day_of_the_calendar_is_corrected_by_an_administrator_alone(desk: Desk, world: World) -> None:
    administrator = world.organisation.administrator
    unsaid: dict[str, Any] = {"working": None, "name": None}
    holiday = SetCalendarDay("2027-02-05", working=False, called=" 厂休 ", seen=unsaid)
    assert world.refused(holiday, desk.lead) is ErrorKind.NOT_PERMITTED
    world.do(holiday, administrator)
    row = world.one("calendar_day", calendar_day_id("2027-02-05"))
    assert (row["working"], row["name"], row["provisional"]) == (False, "厂休", False)
    assert world.do(holiday, administrator).changes == ()
    late = world.rejection(
        SetCalendarDay("2027-02-05", working=True, called=None, seen=unsaid), administrator
    )
    assert (late.kind, late.values["fields"]) == (ErrorKind.CALENDAR_CHANGED, ["working", "name"])
    said = {"working": False, "name": "厂休"}
    world.do(SetCalendarDay("2027-02-05", working=True, called=None, seen=said), administrator)
    assert world.one("calendar_day", calendar_day_id("2027-02-05"))["working"] is True
    assert (
        world.refused(SetCalendarDay("2027-02-30", working=True, called=None, seen=unsaid), administrator)
        is ErrorKind.FIELD_INVALID
    )
    long = SetCalendarDay("2027-02-05", working=True, called="长" * 41, seen=said)
    assert world.refused(long, administrator) is ErrorKind.FIELD_INVALID
