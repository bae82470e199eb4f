"""A call from its start to its disposition: what becomes of the attempt, the task, the number and the timeline."""

from dataclasses import replace

import pytest

from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.commands import Insert, ReassignTask, Update
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import TaskState
from server_sync.domain.rules.working_calendar import COMPANY_HOURS
from tests.server_sync.domain.commands.calls import Desk
from tests.server_sync.organisation import NOW


def hand_to(desk: Desk, person_id: bytes | None) -> None:
    desk.world.do(ReassignTask(desk.world.new(), desk.task_id, desk.customer_id, person_id, NOW), desk.lead)


def test_a_call_that_starts_takes_the_task_up(desk: Desk) -> None:
    start = desk.start()
    desk.world.do(start, desk.agent)
    attempt = desk.world.one("attempt", start.attempt_id)
    assert (attempt["person_id"], attempt["late"], attempt["breach"]) == (desk.agent.person_id, False, None)
    assert (desk.task["state"], desk.task["attempt_count"], desk.task["last_attempt_at"]) == (
        TaskState.ACCEPTED,
        1,
        NOW,
    )


def test_section_5_the_same_attempt_starts_once(desk: Desk) -> None:
    start = desk.start()
    desk.world.do(start, desk.agent)
    assert desk.world.do(start, desk.agent).changes == ()
    assert desk.world.refused(start, desk.lead) is ErrorKind.ALREADY_EXISTS
    assert desk.task["attempt_count"] == 1


def test_a_call_needs_a_number_of_the_customer(desk: Desk) -> None:
    organisation = desk.world.organisation
    point = organisation.contact_point(organisation.customer(organisation.south))
    desk.world.put(point)
    desk.point_ids[0] = point.row_id
    assert desk.world.refused(desk.start(), desk.agent) is ErrorKind.NOT_FOUND


def test_a_call_that_was_made_against_a_rule_is_kept_with_the_rule(desk: Desk) -> None:
    at_night = NOW + 13 * HOUR  # 23:00
    start = desk.start(at_night)
    desk.world.do(start, desk.agent, at_night)
    assert desk.world.one("attempt", start.attempt_id)["breach"] == ErrorKind.OUTSIDE_CALLING_WINDOW


def test_section_5_a_call_on_a_task_taken_away_is_kept_as_late_and_moves_nothing(desk: Desk) -> None:
    hand_to(desk, desk.other.person_id)
    before = dict(desk.task)
    start = desk.start()
    desk.world.do(start, desk.agent)
    desk.world.do(desk.finish(start.attempt_id, "1.1"), desk.agent, NOW + HOUR)
    assert desk.world.one("attempt", start.attempt_id)["late"] is True
    assert desk.task == before
    assert desk.customer["last_contact_at"] == NOW + 2 * MINUTE  # he was spoken to all the same


def test_a_call_on_a_task_taken_away_while_it_lasted_is_kept_as_late_and_moves_nothing(desk: Desk) -> None:
    start = desk.start()
    desk.world.do(start, desk.agent)
    hand_to(desk, desk.other.person_id)
    before = dict(desk.task)
    desk.world.do(desk.finish(start.attempt_id, "1.1"), desk.agent, NOW + HOUR)
    attempt = desk.world.one("attempt", start.attempt_id)
    assert (attempt["late"], attempt["disposition"]) == (True, "1.1")
    assert desk.task == before


def test_a_call_on_a_pooled_task_that_a_colleague_took_first_is_kept_as_late(desk: Desk) -> None:
    desk.world.put(Update("task", desk.task_id, {"assignee_id": None, "in_pool": True}))
    desk.world.do(desk.accept(), desk.other)
    before = dict(desk.task)
    start = desk.start()
    assert desk.world.refused(start, desk.stranger) is ErrorKind.NOT_FOUND
    desk.world.do(start, desk.agent)
    desk.world.do(desk.answers(start.attempt_id), desk.agent, NOW + HOUR)
    desk.world.do(desk.finish(start.attempt_id, "1.1"), desk.agent, NOW + HOUR)
    assert desk.world.one("attempt", start.attempt_id)["late"] is True
    assert desk.task == before


def test_a_task_that_was_closed_during_a_call_stays_closed(desk: Desk) -> None:
    first, second, third = desk.start(), desk.start(), desk.start()
    for start in (first, second, third):
        desk.world.do(start, desk.agent)
    desk.world.do(desk.refuse("service"), desk.lead)
    cancelled = dict(desk.task)
    desk.world.do(desk.finish(first.attempt_id, "3.13"), desk.agent, NOW + HOUR)
    assert desk.task == cancelled
    desk.world.put(Update("task", desk.task_id, {"state": TaskState.OPEN, "done_at": None}))
    desk.world.do(desk.finish(second.attempt_id, "1.1"), desk.agent, NOW + HOUR)
    done = dict(desk.task)
    desk.world.do(desk.finish(third.attempt_id, "3.13"), desk.agent, NOW + HOUR)
    assert desk.task == done
    kept = desk.world.one("attempt", third.attempt_id)
    assert (kept["disposition"], kept["late"]) == ("3.13", True)
    assert desk.world.facts()[-1][1]["late"] is True


def test_section_5_a_refusal_for_good_ends_the_task_whoever_heard_it(desk: Desk) -> None:
    start = desk.start()
    desk.world.do(start, desk.agent)
    hand_to(desk, desk.other.person_id)
    desk.world.do(desk.finish(start.attempt_id, "2.112b", "不要再打"), desk.agent, NOW + HOUR)
    assert (desk.task["state"], desk.task["disposition"]) == (TaskState.DONE, "2.112b")
    assert desk.world.one("attempt", start.attempt_id)["late"] is True


def test_a_late_call_that_ended_with_a_promise_is_kept_though_the_promise_is_not(desk: Desk) -> None:
    start = desk.start()
    desk.world.do(start, desk.agent)
    hand_to(desk, desk.other.person_id)
    assert desk.world.refused(desk.book(NOW + 4 * HOUR), desk.agent) is ErrorKind.ALREADY_TAKEN
    desk.world.do(desk.finish(start.attempt_id, "2.12a"), desk.agent, NOW + HOUR)
    attempt = desk.world.one("attempt", start.attempt_id)
    assert (attempt["late"], attempt["disposition"]) == (True, "2.12a")


def test_times_of_a_desk_whose_clock_is_off_stay_within_what_can_be(desk: Desk) -> None:
    long_ago = desk.start(0)
    desk.world.do(long_ago, desk.agent)
    attempt = desk.world.one("attempt", long_ago.attempt_id)
    assert attempt["started_at"] == NOW - 90 * DAY
    ahead = desk.start(NOW + 365 * DAY)
    desk.world.do(ahead, desk.agent)
    assert desk.world.one("attempt", ahead.attempt_id)["started_at"] == NOW
    back = desk.finish(ahead.attempt_id, "3.13", at=-(1 << 52))
    desk.world.do(back, desk.agent)
    assert desk.world.one("attempt", ahead.attempt_id)["ended_at"] == NOW


@pytest.mark.parametrize(
    ("measured", "kept"), [(-5, 0), (0, 0), (90_000, 90_000), (1 << 52, DAY), (None, None)]
)
def test_a_talk_has_no_length_that_cannot_be(desk: Desk, measured: int | None, kept: int | None) -> None:
    start = desk.start()
    desk.world.do(start, desk.agent)
    desk.world.do(replace(desk.finish(start.attempt_id, "1.1"), talk_ms=measured), desk.agent, NOW + HOUR)
    assert desk.world.one("attempt", start.attempt_id)["talk_ms"] == kept
    assert desk.world.facts()[-1][1]["talk_ms"] == kept


def test_a_call_that_arrives_late_does_not_turn_the_last_contact_back(desk: Desk) -> None:
    early, late = desk.start(NOW), desk.start(NOW + HOUR)
    for start in (late, early):
        desk.world.do(start, desk.agent, NOW + DAY)
    assert desk.task["last_attempt_at"] == NOW + HOUR
    desk.world.put(Update("customer", desk.customer_id, {"last_contact_at": NOW + HOUR}))
    desk.world.do(desk.finish(early.attempt_id, "1.1"), desk.agent, NOW + DAY)
    assert desk.customer["last_contact_at"] == NOW + HOUR


def test_a_call_has_a_channel(desk: Desk) -> None:
    for channel in ("", "telepathy", "x" * 100_000):
        assert (
            desk.world.refused(replace(desk.start(), channel=channel), desk.agent) is ErrorKind.FIELD_INVALID
        )


def test_another_agents_call_is_not_found(desk: Desk) -> None:
    start = desk.start()
    assert desk.world.refused(start, desk.other) is ErrorKind.NOT_FOUND
    desk.world.do(start, desk.agent)
    assert desk.world.refused(desk.answers(start.attempt_id), desk.lead) is ErrorKind.NOT_FOUND
    assert desk.world.refused(desk.finish(start.attempt_id, "1.1"), desk.lead) is ErrorKind.NOT_FOUND


def test_answers_are_kept_with_the_form_version_that_was_on_screen(desk: Desk) -> None:
    start = desk.start()
    desk.world.do(start, desk.agent)
    answers = desk.answers(start.attempt_id)
    desk.world.do(answers, desk.agent, NOW + HOUR)
    response = desk.world.one("response", answers.response_id)
    assert response["form_version_id"] == desk.world.organisation.form_version
    assert (response["csat"], response["nps"], response["complete"]) == (5, 9, True)
    assert desk.world.do(answers, desk.agent).changes == ()
    assert desk.world.refused(replace(answers, answers={}), desk.agent) is ErrorKind.ALREADY_EXISTS


@pytest.mark.parametrize("values", [{"csat": 0}, {"csat": 6}, {"nps": -1}, {"nps": 11}])
def test_scores_outside_their_scale_are_refused(desk: Desk, values: dict[str, int]) -> None:
    start = desk.start()
    desk.world.do(start, desk.agent)
    assert desk.world.refused(desk.answers(start.attempt_id, **values), desk.agent) is ErrorKind.FIELD_INVALID


def test_an_unknown_form_version_is_refused(desk: Desk) -> None:
    start = desk.start()
    desk.world.do(start, desk.agent)
    unknown = desk.answers(start.attempt_id, form_version_id=desk.world.new())
    assert desk.world.refused(unknown, desk.agent) is ErrorKind.NOT_FOUND


def test_a_completed_call_closes_the_task_and_is_told_with_its_scores(desk: Desk) -> None:
    start = desk.start()
    desk.world.do(start, desk.agent)
    desk.world.do(desk.answers(start.attempt_id), desk.agent, NOW + HOUR)
    desk.world.do(desk.finish(start.attempt_id, "1.1", "客户满意"), desk.agent, NOW + HOUR)
    ended = NOW + 2 * MINUTE
    assert (desk.task["state"], desk.task["disposition"], desk.task["done_at"]) == ("done", "1.1", ended)
    attempt = desk.world.one("attempt", start.attempt_id)
    assert (attempt["disposition_group"], attempt["answered"], attempt["talk_ms"]) == ("I", True, 90_000)
    assert desk.customer["last_contact_at"] == ended
    assert desk.world.facts() == [
        ("call", {"disposition": "1.1", "label": "首访", "talk_ms": 90_000, "csat": 5, "nps": 9})
    ]


def test_an_attempt_is_finished_once(desk: Desk) -> None:
    attempt_id = desk.call("3.13")
    assert desk.world.refused(desk.finish(attempt_id, "1.1"), desk.agent) is ErrorKind.ATTEMPT_CLOSED


def test_nobody_reached_is_no_contact_and_is_tried_again_later(desk: Desk) -> None:
    attempt_id = desk.call("3.13")
    assert (desk.task["state"], desk.task["disposition"]) == (TaskState.OPEN, "3.13")
    assert desk.task["not_before_at"] >= NOW + 3 * HOUR
    assert desk.customer["last_contact_at"] is None
    assert desk.world.one("attempt", attempt_id)["talk_ms"] is None


def test_the_next_try_keeps_to_the_hours_that_the_company_has_set(desk: Desk) -> None:
    saturdays = {"timezone": None, "week": {"sat": [["10:00", "12:00"]]}, "exceptions": {}}
    desk.world.put(Insert("working_hours", {"id": COMPANY_HOURS, "subject": "company", **saturdays}))
    desk.call("3.13")  # on a Thursday at ten
    assert desk.task["not_before_at"] == NOW + 2 * DAY


def test_the_last_attempt_ends_the_task(desk: Desk) -> None:
    for number in range(6):
        desk.call("3.13", NOW + number * 2 * DAY)
    assert (desk.task["state"], desk.task["disposition"], desk.task["attempt_count"]) == ("done", "2.30", 6)


def test_a_dead_number_is_final_and_the_task_only_when_it_was_the_last(desk: Desk) -> None:
    desk.call("4.32", point=0)
    assert desk.world.one("contact_point", desk.point_ids[0])["valid"] is False
    assert (desk.task["state"], desk.task["disposition"]) == (TaskState.OPEN, "4.32")
    desk.call("4.32", NOW + HOUR, point=1)
    assert (desk.task["state"], desk.task["disposition"]) == (TaskState.DONE, "4.32")


def test_a_refusal_needs_a_note(desk: Desk) -> None:
    start = desk.start()
    desk.world.do(start, desk.agent)
    for note in (None, "   "):
        finish = desk.finish(start.attempt_id, "2.112b", note)
        assert desk.world.refused(finish, desk.agent) is ErrorKind.NOTE_REQUIRED
    desk.world.do(desk.finish(start.attempt_id, "2.112b", "不愿意"), desk.agent, NOW + HOUR)


def test_unknown_codes_and_endless_notes_are_refused(desk: Desk) -> None:
    start = desk.start()
    desk.world.do(start, desk.agent)
    unknown = desk.finish(start.attempt_id, "9.99")
    assert desk.world.refused(unknown, desk.agent) is ErrorKind.UNKNOWN_DISPOSITION
    endless = desk.finish(start.attempt_id, "1.1", "x" * 10_001)
    assert desk.world.refused(endless, desk.agent) is ErrorKind.FIELD_INVALID


def test_an_appointment_needs_a_callback_and_another_end_keeps_it(desk: Desk) -> None:
    start = desk.start()
    desk.world.do(start, desk.agent)
    finish = desk.finish(start.attempt_id, "2.12a")
    assert desk.world.refused(finish, desk.agent) is ErrorKind.CALLBACK_REQUIRED
    book = desk.book(NOW + 4 * HOUR)
    desk.world.do(book, desk.agent)
    desk.world.do(finish, desk.agent, NOW + HOUR)
    assert (desk.task["state"], desk.task["appointment_at"]) == (TaskState.OPEN, NOW + 4 * HOUR)
    assert desk.world.one("callback", book.callback_id)["state"] == "open"
    desk.call("1.1", NOW + 4 * HOUR)
    assert desk.world.one("callback", book.callback_id)["state"] == "kept"
    assert (desk.task["appointment_at"], desk.task["appointment_owner_id"]) == (None, None)


@pytest.mark.parametrize("code", ["2.33", "2.34", "3.91"])
def test_a_task_that_is_handed_over_leaves_its_agent_for_the_lead(desk: Desk, code: str) -> None:
    desk.call(code, note="请主管处理")
    assert (desk.task["state"], desk.task["disposition"]) == (TaskState.OPEN, code)
    assert (desk.task["assignee_id"], desk.task["in_pool"]) == (None, False)
    assert (desk.task["accepted_at"], desk.task["not_before_at"]) == (None, None)
    assert desk.agent.person_id is not None
    assert desk.task["previous_assignees"] == [desk.agent.person_id.hex()]
    assert desk.world.refused(desk.accept(), desk.other) is ErrorKind.NOT_FOUND
    hand_to(desk, desk.other.person_id)
    desk.world.do(desk.accept(), desk.other)
    assert desk.task["previous_assignees"] == [desk.agent.person_id.hex()]


def test_who_declines_for_now_is_called_again_by_a_converter(desk: Desk) -> None:
    desk.call("2.112a", note="现在不方便")
    assert (desk.task["state"], desk.task["skills"]) == (TaskState.OPEN, ["refusal"])


def test_a_refusal_for_good_and_one_that_nobody_heard_ask_for_no_converter(desk: Desk) -> None:
    desk.call("3.13")
    assert desk.task["skills"] == []
