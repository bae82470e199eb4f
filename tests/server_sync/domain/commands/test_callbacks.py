"""Promised callbacks: who may promise what, and how a promise moves on when its owner is away (journey A2)."""

from dataclasses import replace

import pytest

from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.commands import Insert, ReleaseCallback
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import TaskState
from server_sync.domain.rules.settings import setting_id
from tests.server_sync.domain.commands.calls import Desk
from tests.server_sync.domain.commands.world import SERVER
from tests.server_sync.organisation import NOW

TOMORROW = NOW + DAY + 30 * MINUTE  # 10:30


def release(desk: Desk, callback_id: bytes, at: int = TOMORROW) -> ReleaseCallback:
    return ReleaseCallback(callback_id, desk.task_id, desk.customer_id, at)


def test_a_promise_makes_the_task_its_owners_appointment(desk: Desk) -> None:
    book = desk.book(TOMORROW)
    desk.world.do(book, desk.agent)
    assert (desk.task["appointment_at"], desk.task["appointment_owner_id"]) == (
        TOMORROW,
        desk.agent.person_id,
    )
    assert desk.world.one("callback", book.callback_id)["owner_id"] == desk.agent.person_id
    assert desk.world.facts() == [("callback_booked", {"at": TOMORROW, "with_whom": "respondent"})]


def test_a_promise_names_a_number_of_the_customer(desk: Desk) -> None:
    organisation = desk.world.organisation
    point = organisation.contact_point(organisation.customer(organisation.north))
    desk.world.put(point)
    for wrong in (point.row_id, desk.world.new()):
        book = replace(desk.book(TOMORROW), contact_point_id=wrong)
        assert desk.world.refused(book, desk.agent) is ErrorKind.NOT_FOUND
    desk.world.do(replace(desk.book(TOMORROW), contact_point_id=None), desk.agent)


def test_a_lead_who_promises_takes_the_task_and_what_its_agent_did_is_still_kept(desk: Desk) -> None:
    desk.world.do(desk.book(TOMORROW), desk.lead)
    assert desk.task["assignee_id"] == desk.lead.person_id
    assert desk.task["assigned_because"] == {"by": "supervisor"}
    start = desk.start()
    desk.world.do(start, desk.agent)
    assert desk.world.one("attempt", start.attempt_id)["late"] is True


def test_a_later_promise_replaces_an_earlier_one(desk: Desk) -> None:
    first, second = desk.book(TOMORROW), desk.book(TOMORROW + HOUR)
    desk.world.do(first, desk.agent)
    desk.world.do(second, desk.agent)
    states = [desk.world.one("callback", book.callback_id)["state"] for book in (first, second)]
    assert states == ["cancelled", "open"]
    assert desk.task["appointment_at"] == TOMORROW + HOUR


@pytest.mark.parametrize(
    ("at", "kind"),
    [
        (NOW + 12 * HOUR, ErrorKind.OUTSIDE_CALLING_WINDOW),  # 22:00
        (NOW - MINUTE, ErrorKind.IN_THE_PAST),
        (NOW + 400 * DAY, ErrorKind.FIELD_INVALID),
    ],
)
def test_nothing_is_promised_that_cannot_be_kept(desk: Desk, at: int, kind: ErrorKind) -> None:
    assert desk.world.refused(desk.book(at), desk.agent) is kind


def test_the_refused_hour_names_the_window(desk: Desk) -> None:
    values = desk.world.rejection(desk.book(NOW + 12 * HOUR), desk.agent).values
    assert (values["from"], values["to"]) == ("08:00", "21:00")


def test_only_who_works_on_the_task_promises_anything(desk: Desk) -> None:
    assert desk.world.refused(desk.book(TOMORROW), desk.other) is ErrorKind.NOT_FOUND
    assert desk.world.refused(desk.book(TOMORROW), SERVER) is ErrorKind.ALREADY_TAKEN
    desk.call("1.1")
    assert desk.world.refused(desk.book(TOMORROW), desk.agent) is ErrorKind.TASK_CLOSED


def test_a_promise_whose_owner_is_away_goes_to_the_team(desk: Desk) -> None:
    book = desk.book(TOMORROW)
    desk.world.do(book, desk.agent)
    desk.world.do(release(desk, book.callback_id), SERVER, TOMORROW)
    assert (desk.task["assignee_id"], desk.task["in_pool"], desk.task["state"]) == (
        None,
        True,
        TaskState.OPEN,
    )
    assert (desk.task["appointment_at"], desk.task["appointment_owner_id"]) == (TOMORROW, None)
    assert desk.agent.person_id is not None
    assert desk.task["previous_assignees"] == [desk.agent.person_id.hex()]
    assert desk.world.facts()[-1] == (
        "callback_released",
        {"at": TOMORROW, "owner": desk.agent.person_id.hex()},
    )
    desk.world.do(desk.accept(TOMORROW), desk.other, TOMORROW)


def test_only_the_server_or_the_lead_releases_and_only_once(desk: Desk) -> None:
    book = desk.book(TOMORROW)
    desk.world.do(book, desk.agent)
    wanted = release(desk, book.callback_id)
    assert desk.world.refused(wanted, desk.agent) is ErrorKind.NOT_PERMITTED
    assert desk.world.refused(wanted, desk.other) is ErrorKind.NOT_FOUND
    assert desk.world.refused(wanted, desk.strange_lead) is ErrorKind.NOT_FOUND
    assert desk.world.refused(release(desk, desk.world.new()), desk.lead) is ErrorKind.NOT_FOUND
    desk.world.do(wanted, desk.lead)
    assert desk.world.refused(wanted, SERVER) is ErrorKind.TASK_CLOSED


def test_the_window_is_that_of_the_customers_region(desk: Desk) -> None:
    far = {"regions": {"新疆": {"timezone": "Asia/Urumqi", "from": "10:00"}}}
    row_id = setting_id("calling_window")
    desk.world.put(Insert("setting", {"id": row_id, "key": "calling_window", "value": far}))
    tomorrow = NOW + 23 * HOUR  # 09:00 in Beijing, 07:00 in Urumqi
    desk.world.do(desk.book(tomorrow), desk.agent)
    desk.world.one("customer", desk.customer_id)["province"] = "新疆"
    refused = desk.world.rejection(desk.book(tomorrow), desk.agent)
    assert refused.kind is ErrorKind.OUTSIDE_CALLING_WINDOW
    assert refused.values == {"at": tomorrow, "from": "10:00", "to": "21:00"}
    desk.world.do(desk.book(tomorrow + 3 * HOUR), desk.agent)
