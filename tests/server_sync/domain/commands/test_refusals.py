"""Do-not-call: it ends what is open, at once, and only a lead lifts it (journey A4)."""

import pytest

from server_sync.domain.clock import HOUR
from server_sync.domain.commands import ClearDoNotCall, ReassignTask
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import TaskState
from tests.server_sync.domain.commands.calls import Desk
from tests.server_sync.organisation import NOW


def clear(desk: Desk, entry_id: bytes, reason: str = "客户来信要求恢复") -> ClearDoNotCall:
    return ClearDoNotCall(desk.world.new(), entry_id, desk.customer_id, reason, NOW)


@pytest.mark.parametrize(
    ("scope", "service", "marketing"),
    [("all", "cancelled", "cancelled"), ("marketing", "open", "cancelled"), ("service", "cancelled", "open")],
)
def test_open_tasks_of_the_scope_end(desk: Desk, scope: str, service: str, marketing: str) -> None:
    organisation = desk.world.organisation
    row = desk.world.one("customer", desk.customer_id)
    other = organisation.task(organisation.customer(row["team_id"]), desk.other, purpose="marketing")
    desk.world.put(other)
    other_task = desk.world.one("task", other.row_id)
    other_task["customer_id"] = desk.customer_id
    desk.world.do(desk.refuse(scope), desk.agent)
    assert (desk.task["state"], other_task["state"]) == (service, marketing)
    ended = [task for task in (desk.task, other_task) if task["state"] == TaskState.CANCELLED]
    assert {(task["cancelled_because"], task["done_at"]) for task in ended} == {("do_not_call", NOW)}


def test_promised_callbacks_of_ended_tasks_end_too(desk: Desk) -> None:
    book = desk.book(NOW + 7_200_000)
    desk.world.do(book, desk.agent)
    desk.world.do(desk.refuse("marketing"), desk.agent)
    assert desk.world.one("callback", book.callback_id)["state"] == "open"
    desk.world.do(desk.refuse("service"), desk.agent)
    assert desk.world.one("callback", book.callback_id)["state"] == "cancelled"
    assert (desk.task["appointment_at"], desk.task["appointment_owner_id"]) == (None, None)


def test_only_a_lead_speaks_as_the_supervisor(desk: Desk) -> None:
    assert desk.world.refused(desk.refuse(source="supervisor"), desk.agent) is ErrorKind.NOT_PERMITTED
    desk.world.do(desk.refuse(source="supervisor"), desk.lead)


def test_a_reason_has_an_end(desk: Desk) -> None:
    entry = desk.refuse()
    desk.world.do(entry, desk.agent)
    endless = clear(desk, entry.entry_id, "x" * 10_001)
    assert desk.world.refused(endless, desk.lead) is ErrorKind.FIELD_INVALID


def test_what_is_done_stays_done(desk: Desk) -> None:
    desk.call("1.1")
    desk.world.do(desk.refuse(), desk.agent)
    assert desk.task["state"] == TaskState.DONE


def test_a_refusal_is_told_and_stands_against_the_next_call(desk: Desk) -> None:
    entry = desk.refuse()
    desk.world.do(entry, desk.agent)
    assert desk.world.one("do_not_call", entry.entry_id)["set_by"] == desk.agent.person_id
    assert ("do_not_call_set", {"scope": "all", "source": "call"}) in desk.world.facts()
    start = desk.start()
    desk.world.do(start, desk.agent)
    attempt = desk.world.one("attempt", start.attempt_id)
    assert (attempt["breach"], attempt["late"]) == (ErrorKind.DO_NOT_CALL, True)


def test_a_refusal_of_nothing_known_is_refused(desk: Desk) -> None:
    assert desk.world.refused(desk.refuse(scope="parties"), desk.agent) is ErrorKind.FIELD_INVALID
    assert desk.world.refused(desk.refuse(source="rumour"), desk.agent) is ErrorKind.FIELD_INVALID
    assert desk.world.refused(desk.refuse(), desk.other) is ErrorKind.NOT_FOUND


def test_a_refusal_is_set_once(desk: Desk) -> None:
    entry = desk.refuse()
    desk.world.do(entry, desk.agent)
    assert desk.world.refused(entry, desk.agent) is ErrorKind.ALREADY_EXISTS


def test_only_the_lead_lifts_it_and_says_why(desk: Desk) -> None:
    entry = desk.refuse()
    desk.world.do(entry, desk.agent)
    assert desk.world.refused(clear(desk, entry.entry_id), desk.agent) is ErrorKind.NOT_PERMITTED
    assert desk.world.refused(clear(desk, entry.entry_id), desk.strange_lead) is ErrorKind.NOT_FOUND
    assert desk.world.refused(clear(desk, entry.entry_id, " "), desk.lead) is ErrorKind.NOTE_REQUIRED
    assert desk.world.refused(clear(desk, desk.world.new()), desk.lead) is ErrorKind.NOT_FOUND
    desk.world.do(clear(desk, entry.entry_id), desk.lead)
    row = desk.world.one("do_not_call", entry.entry_id)
    assert (row["cleared_by"], row["cleared_at"]) == (desk.lead.person_id, NOW)
    assert desk.task["state"] == TaskState.CANCELLED  # ended tasks stay ended
    assert desk.world.do(clear(desk, entry.entry_id), desk.lead).changes == ()


def test_section_5_a_refusal_that_arrives_after_the_lead_lifted_another_one_stands(desk: Desk) -> None:
    first, late = desk.refuse("all"), desk.refuse("all")
    desk.world.do(first, desk.agent)
    desk.world.do(clear(desk, first.entry_id), desk.lead, NOW + HOUR)
    desk.world.do(late, desk.agent, NOW + 2 * HOUR)
    entries = desk.world.rows["do_not_call"]
    assert entries[first.entry_id]["cleared_at"] is not None
    assert entries[late.entry_id]["cleared_at"] is None


def test_section_5_who_lost_the_task_meanwhile_still_brings_the_customers_refusal(desk: Desk) -> None:
    away = ReassignTask(desk.world.new(), desk.task_id, desk.customer_id, desk.other.person_id, NOW)
    desk.world.do(away, desk.lead)
    desk.world.do(desk.refuse("service"), desk.agent)
    assert desk.task["state"] == TaskState.CANCELLED
