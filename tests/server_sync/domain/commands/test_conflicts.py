"""What was not taken as meant: handed over and withdrawn by its person, settled by a lead."""

from dataclasses import replace
from typing import Any

import pytest

from server_sync.domain.clock import HOUR
from server_sync.domain.commands import (
    Actor,
    HandOverConflict,
    Insert,
    ReassignTask,
    SettleConflict,
    Update,
    WithdrawConflict,
)
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import ConflictStatus, TaskState
from tests.server_sync.domain.commands.calls import Desk
from tests.server_sync.organisation import NOW


def stands(desk: Desk, **values: Any) -> bytes:
    """An entry of the agent's work, as the server made it."""
    row = {
        "id": desk.world.new(),
        "team_id": desk.agent.team_id,
        "person_id": desk.agent.person_id,
        "customer_id": desk.customer_id,
        "status": ConflictStatus.REJECTED,
        "command": "correct_customer@1",
        "args": "",
        "kind": ErrorKind.TASK_CLOSED,
        "recorded_at": NOW - HOUR,
        "answered_at": NOW,
    }
    desk.world.put(Insert("team_conflict", row | values))
    return row["id"] if isinstance(row["id"], bytes) else b""


def disputed(desk: Desk, **values: Any) -> bytes:
    """Two people gave the first number of the customer another value."""
    desk.world.put(Update("contact_point", desk.point_ids[0], {"disputed_at": NOW}))
    about = {"kind": ErrorKind.FIELD_CONFLICT, "details": {"field": "number"}}
    return stands(desk, contact_point_id=desk.point_ids[0], **about, **values)


def hand_over(desk: Desk, conflict_id: bytes, **values: Any) -> HandOverConflict:
    command = HandOverConflict(
        conflict_id, desk.customer_id, None, "add_note@1", "gA==", "server_failed", "请处理", NOW - HOUR
    )
    return replace(command, **values)


def withdraw(desk: Desk, conflict_id: bytes) -> WithdrawConflict:
    return WithdrawConflict(conflict_id, desk.customer_id, NOW)


def settle(desk: Desk, conflict_id: bytes, resolution: str = "noted", **values: Any) -> SettleConflict:
    command = SettleConflict(
        desk.world.new(), conflict_id, desk.customer_id, None, None, None, resolution, " 已与客户确认 ", NOW
    )
    return replace(command, **values)


def conflict(desk: Desk, row_id: bytes) -> dict[str, Any]:
    return desk.world.one("team_conflict", row_id)


def test_p3_what_was_refused_is_handed_to_the_lead_with_a_note(desk: Desk) -> None:
    known = stands(desk)
    desk.world.do(hand_over(desk, known), desk.agent)
    assert (conflict(desk, known)["status"], conflict(desk, known)["note"]) == ("handed_over", "请处理")
    assert conflict(desk, known)["kind"] == ErrorKind.TASK_CLOSED, "it stays what the server said of it"


def test_p3_what_the_server_never_decided_is_handed_over_as_it_was_meant(desk: Desk) -> None:
    unknown = desk.world.new()
    desk.world.do(hand_over(desk, unknown, note=" "), desk.agent)
    row = conflict(desk, unknown)
    assert (row["team_id"], row["person_id"]) == (desk.agent.team_id, desk.agent.person_id)
    assert (row["command"], row["args"], row["kind"], row["note"]) == (
        "add_note@1",
        "gA==",
        "server_failed",
        None,
    )
    assert (row["state"], row["recorded_at"]) == ("open", NOW - HOUR)


def test_only_ones_own_is_handed_over_or_withdrawn(desk: Desk) -> None:
    known = stands(desk)
    for actor in (desk.other, desk.stranger, desk.lead):
        assert desk.world.refused(hand_over(desk, known), actor) is ErrorKind.NOT_FOUND
        assert desk.world.refused(withdraw(desk, known), actor) is ErrorKind.NOT_FOUND


@pytest.mark.parametrize("wrong", [{"kind": "nonsense"}, {"command": "x" * 81}, {"note": "x" * 10_001}])
def test_what_cannot_be_is_not_handed_over(desk: Desk, wrong: dict[str, Any]) -> None:
    desk.world.rejection(hand_over(desk, desk.world.new(), **wrong), desk.agent)


def test_who_has_no_team_has_nobody_to_hand_over_to(desk: Desk) -> None:
    alone = desk.world.organisation.administrator
    assert desk.world.refused(hand_over(desk, desk.world.new()), alone) is ErrorKind.NOT_PERMITTED


def test_p3_what_its_person_has_dealt_with_is_settled(desk: Desk) -> None:
    known = stands(desk)
    desk.world.do(withdraw(desk, known), desk.agent)
    row = conflict(desk, known)
    assert (row["state"], row["resolution"], row["settled_by"]) == (
        "settled",
        "withdrawn",
        desk.agent.person_id,
    )
    assert desk.world.do(withdraw(desk, known), desk.agent).changes == ()
    assert desk.world.do(hand_over(desk, known), desk.agent).changes == ()
    assert desk.world.do(withdraw(desk, desk.world.new()), desk.agent).changes == ()


def test_section_5_what_waits_for_the_lead_is_not_withdrawn(desk: Desk) -> None:
    for known in (
        disputed(desk),
        stands(desk, kind=ErrorKind.FIELD_CONFLICT, details={"field": "name"}),
        stands(desk, status=ConflictStatus.LATE, kind="late"),
        stands(desk, status=ConflictStatus.HANDED_OVER),
        stands(desk, status=ConflictStatus.REVOKED, kind="revoked"),
    ):
        assert desk.world.do(withdraw(desk, known), desk.agent).changes == ()
    note = stands(desk, kind=ErrorKind.FIELD_CONFLICT, details={"field": "note"})
    desk.world.do(withdraw(desk, note), desk.agent)
    assert conflict(desk, note)["state"] == "settled"


def test_a_lead_settles_once_and_the_timeline_says_so(desk: Desk) -> None:
    known = stands(desk)
    desk.world.do(settle(desk, known), desk.lead)
    row = conflict(desk, known)
    assert (row["state"], row["resolution"], row["settled_by"], row["settled_note"]) == (
        "settled",
        "noted",
        desk.lead.person_id,
        "已与客户确认",
    )
    told = {"resolution": "noted", "status": "rejected", "field": None}
    assert desk.world.facts() == [("conflict_settled", told)]
    administrator = desk.world.organisation.administrator
    assert desk.world.do(settle(desk, known, "theirs"), administrator).changes == ()
    assert conflict(desk, known)["resolution"] == "noted"


def test_only_a_lead_of_the_team_settles(desk: Desk) -> None:
    known = stands(desk)
    for actor in (desk.agent, desk.other, desk.stranger, desk.strange_lead):
        assert desk.world.refused(settle(desk, known), actor) is ErrorKind.NOT_FOUND
    assert desk.world.refused(settle(desk, desk.world.new()), desk.lead) is ErrorKind.NOT_FOUND


@pytest.mark.parametrize(
    "wrong", [{"resolution": "withdrawn"}, {"resolution": "x"}, {"note": "x" * 10_001}, {"customer_id": None}]
)
def test_what_cannot_be_settles_nothing(desk: Desk, wrong: dict[str, Any]) -> None:
    known = stands(desk)
    assert desk.world.refused(settle(desk, known, **wrong), desk.lead) is ErrorKind.FIELD_INVALID


def test_a_customer_out_of_sight_gets_no_line_of_it(desk: Desk) -> None:
    organisation = desk.world.organisation
    elsewhere = organisation.customer(organisation.south)
    desk.world.put(elsewhere)
    known = stands(desk, customer_id=elsewhere.row_id)
    decision = desk.world.do(settle(desk, known, customer_id=elsewhere.row_id), desk.lead)
    assert [change.table for change in decision.changes] == ["team_conflict"]
    ours = stands(desk, customer_id=None)
    desk.world.do(settle(desk, ours, customer_id=None), desk.lead)


def test_section_5_a_number_is_dialled_again_when_nothing_about_it_is_open(desk: Desk) -> None:
    first, second = disputed(desk), disputed(desk)
    of_point = {"contact_point_id": desk.point_ids[0]}
    assert desk.world.refused(settle(desk, first), desk.lead) is ErrorKind.FIELD_INVALID
    desk.world.do(settle(desk, first, "theirs", **of_point), desk.lead)
    assert desk.world.one("contact_point", desk.point_ids[0])["disputed_at"] == NOW
    desk.world.do(settle(desk, second, "mine", **of_point), desk.lead)
    assert desk.world.one("contact_point", desk.point_ids[0])["disputed_at"] is None


def late_call(desk: Desk, disposition: str, closed: dict[str, Any]) -> tuple[bytes, SettleConflict]:
    """The agent's call on a task that the lead had closed or given away meanwhile, and the entry of it."""
    if closed:
        desk.world.put(Update("task", desk.task_id, closed))
    attempt_id = desk.call(disposition)
    known = stands(desk, status=ConflictStatus.LATE, kind="late", task_id=desk.task_id)
    names = {"task_id": desk.task_id, "attempt_id": attempt_id}
    return known, settle(desk, known, "mine", **names)


CLOSED = {"state": TaskState.CANCELLED, "cancelled_because": "supervisor", "done_at": NOW}


def test_section_5_a_late_result_counts_when_the_lead_says_so(desk: Desk) -> None:
    _, mine = late_call(desk, "1.1", CLOSED)
    assert desk.task["state"] == TaskState.CANCELLED
    desk.world.do(mine, desk.lead, NOW + HOUR)
    assert (desk.task["state"], desk.task["disposition"]) == (TaskState.DONE, "1.1")
    assert desk.task["cancelled_because"] is None
    assert desk.world.one("attempt", mine.attempt_id or b"")["late"] is True, "what it was stays to be seen"


def test_section_5_a_late_result_that_calls_for_another_try_opens_the_task_for_who_made_it(
    desk: Desk,
) -> None:
    _, mine = late_call(desk, "3.13", CLOSED)
    desk.world.put(Update("task", desk.task_id, {"assignee_id": None}))
    desk.world.do(mine, desk.lead, NOW + HOUR)
    task = desk.task
    assert (task["state"], task["assignee_id"], task["done_at"]) == ("open", desk.agent.person_id, None)
    assert task["not_before_at"] > NOW


def test_section_5_a_late_result_leaves_an_open_task_with_who_has_it_now(desk: Desk) -> None:
    desk.world.do(
        ReassignTask(desk.world.new(), desk.task_id, desk.customer_id, desk.other.person_id, NOW), desk.lead
    )
    _, mine = late_call(desk, "3.13", {})
    desk.world.do(mine, desk.lead, NOW + HOUR)
    assert (desk.task["state"], desk.task["assignee_id"]) == ("open", desk.other.person_id)
    assert desk.task["disposition"] == "3.13"


def test_section_5_a_late_result_that_is_not_taken_leaves_the_task_closed(desk: Desk) -> None:
    known, mine = late_call(desk, "1.1", CLOSED)
    desk.world.do(replace(mine, resolution="theirs"), desk.lead, NOW + HOUR)
    assert (desk.task["state"], conflict(desk, known)["state"]) == (TaskState.CANCELLED, "settled")


def test_section_5_a_late_result_opens_nothing_that_the_customer_refused(desk: Desk) -> None:
    _, mine = late_call(desk, "3.13", CLOSED)
    desk.world.do(desk.refuse("service"), desk.lead)
    assert desk.world.refused(mine, desk.lead, NOW + HOUR) is ErrorKind.DO_NOT_CALL


def test_a_late_result_is_that_of_the_entry_and_of_no_other(desk: Desk) -> None:
    _, mine = late_call(desk, "1.1", CLOSED)
    assert desk.world.refused(replace(mine, attempt_id=None), desk.lead) is ErrorKind.FIELD_MISSING
    unknown = replace(mine, attempt_id=desk.world.new())
    assert desk.world.refused(unknown, desk.lead) is ErrorKind.NOT_FOUND
    desk.world.put(Update("task", desk.task_id, {"assignee_id": desk.other.person_id, "state": "open"}))
    start = desk.start()
    desk.world.do(start, desk.other)
    assert desk.world.refused(replace(mine, attempt_id=start.attempt_id), desk.lead) is ErrorKind.NOT_FOUND


def test_the_administrator_settles_for_every_team(desk: Desk) -> None:
    administrator: Actor = desk.world.organisation.administrator
    known = stands(desk)
    desk.world.do(settle(desk, known), administrator)
    assert conflict(desk, known)["settled_by"] == administrator.person_id
