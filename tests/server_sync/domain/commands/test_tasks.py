"""Who may take a task, and who may move it."""

from server_sync.domain.commands import ReassignTask, Update
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import TaskState
from tests.server_sync.domain.commands.calls import Desk
from tests.server_sync.domain.commands.world import World
from tests.server_sync.organisation import NOW


def reassign(desk: Desk, person_id: bytes | None) -> ReassignTask:
    return ReassignTask(desk.world.new(), desk.task_id, desk.customer_id, person_id, NOW)


def test_the_assignee_accepts_his_task_once(desk: Desk) -> None:
    desk.world.do(desk.accept(), desk.agent)
    assert (desk.task["state"], desk.task["accepted_at"]) == (TaskState.ACCEPTED, NOW)
    assert desk.world.do(desk.accept(NOW + 1), desk.agent).changes == ()


def test_a_device_ahead_of_the_server_accepts_at_the_servers_time(desk: Desk) -> None:
    desk.world.do(desk.accept(NOW + 3_600_000), desk.agent)
    assert desk.task["accepted_at"] == NOW


def test_another_agents_task_is_not_found(desk: Desk) -> None:
    assert desk.world.refused(desk.accept(), desk.other) is ErrorKind.NOT_FOUND
    assert desk.world.refused(desk.accept(), desk.stranger) is ErrorKind.NOT_FOUND
    assert desk.world.refused(desk.accept(), desk.strange_lead) is ErrorKind.NOT_FOUND


def test_a_task_is_not_found_under_another_customer(desk: Desk, world: World) -> None:
    elsewhere = world.organisation.customer(world.organisation.north)
    world.put(elsewhere)
    desk.customer_id = elsewhere.row_id
    assert world.refused(desk.accept(), desk.agent) is ErrorKind.NOT_FOUND


def test_a_task_of_the_pool_belongs_to_who_takes_it_first(desk: Desk) -> None:
    desk.world.put(Update("task", desk.task_id, {"assignee_id": None, "in_pool": True}))
    assert desk.world.refused(desk.accept(), desk.stranger) is ErrorKind.NOT_FOUND
    desk.world.do(desk.accept(), desk.other)
    assert (desk.task["assignee_id"], desk.task["in_pool"]) == (desk.other.person_id, False)
    assert desk.task["assigned_because"] == {"by": "pool"}
    assert desk.world.refused(desk.accept(), desk.agent) is ErrorKind.ALREADY_TAKEN
    assert desk.world.refused(desk.accept(), desk.stranger) is ErrorKind.NOT_FOUND


def test_a_lead_sees_the_task_but_takes_it_only_by_reassigning(desk: Desk) -> None:
    assert desk.world.refused(desk.accept(), desk.lead) is ErrorKind.ALREADY_TAKEN


def test_a_closed_task_is_not_accepted(desk: Desk) -> None:
    desk.world.put(Update("task", desk.task_id, {"state": TaskState.CANCELLED}))
    rejection = desk.world.rejection(desk.accept(), desk.agent)
    assert (rejection.kind, rejection.values) == (ErrorKind.TASK_CLOSED, {"state": "cancelled"})


def test_a_lead_gives_a_task_to_a_colleague_and_its_past_stays(desk: Desk) -> None:
    desk.world.do(desk.accept(), desk.agent)
    desk.world.do(reassign(desk, desk.other.person_id), desk.lead)
    assert desk.task["assignee_id"] == desk.other.person_id
    assert (desk.task["state"], desk.task["accepted_at"]) == (TaskState.OPEN, None)
    assert desk.agent.person_id is not None
    assert desk.task["previous_assignees"] == [desk.agent.person_id.hex()]
    assert desk.task["assigned_because"] == {"by": "supervisor"}
    ((kind, details),) = desk.world.facts()
    assert (kind, details["from"]) == ("reassigned", desk.agent.person_id.hex())


def test_an_appointment_goes_with_the_task(desk: Desk) -> None:
    book = desk.book(NOW + 7_200_000)
    desk.world.do(book, desk.agent)
    desk.world.do(reassign(desk, desk.other.person_id), desk.lead)
    assert desk.task["appointment_owner_id"] == desk.other.person_id
    promise = desk.world.one("callback", book.callback_id)
    assert (promise["owner_id"], promise["state"]) == (desk.other.person_id, "open")
    desk.world.do(reassign(desk, None), desk.lead)
    assert desk.task["appointment_owner_id"] is None
    assert (promise["state"], promise["released_at"]) == ("released", NOW)


def test_a_lead_puts_a_task_into_the_pool(desk: Desk) -> None:
    desk.world.do(reassign(desk, None), desk.lead)
    assert (desk.task["assignee_id"], desk.task["in_pool"]) == (None, True)
    assert desk.world.do(reassign(desk, None), desk.lead).changes == ()


def test_only_the_teams_lead_reassigns_and_only_within_his_team(desk: Desk) -> None:
    to_other = reassign(desk, desk.other.person_id)
    assert desk.world.refused(to_other, desk.agent) is ErrorKind.NOT_PERMITTED
    assert desk.world.refused(to_other, desk.other) is ErrorKind.NOT_FOUND
    assert desk.world.refused(to_other, desk.strange_lead) is ErrorKind.NOT_FOUND
    away = reassign(desk, desk.stranger.person_id)
    assert desk.world.refused(away, desk.lead) is ErrorKind.NOT_PERMITTED
    desk.world.do(away, desk.world.organisation.administrator)
    assert desk.task["team_id"] == desk.stranger.team_id


def test_nobody_gets_a_task_who_is_not_there_any_more(desk: Desk) -> None:
    assert desk.world.refused(reassign(desk, desk.world.new()), desk.lead) is ErrorKind.NOT_FOUND
    assert desk.other.person_id is not None
    desk.world.put(Update("person", desk.other.person_id, {"active": False}))
    assert desk.world.refused(reassign(desk, desk.other.person_id), desk.lead) is ErrorKind.NOT_FOUND


def test_a_closed_task_stays_where_it_is(desk: Desk) -> None:
    desk.call("1.1")
    assert desk.world.refused(reassign(desk, desk.other.person_id), desk.lead) is ErrorKind.TASK_CLOSED


def test_section_5_a_task_that_the_customer_does_not_want_is_given_to_nobody(desk: Desk) -> None:
    desk.world.do(desk.refuse("service"), desk.lead)
    desk.world.put(Update("task", desk.task_id, {"state": TaskState.OPEN, "done_at": None}))
    assert desk.world.refused(desk.accept(), desk.agent) is ErrorKind.DO_NOT_CALL
    refused = desk.world.rejection(reassign(desk, desk.other.person_id), desk.lead)
    assert (refused.kind, refused.values["scope"]) == (ErrorKind.DO_NOT_CALL, "service")
    desk.world.put(Update("task", desk.task_id, {"purpose": "marketing"}))
    desk.world.do(reassign(desk, desk.other.person_id), desk.lead)
