"""Promises to a customer: made in a call, kept or withdrawn once (M4.9)."""

from dataclasses import replace

from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.commands import Actor, MakeCommitment, SettleCommitment
from server_sync.domain.commands.commitments import FURTHEST
from server_sync.domain.errors import ErrorKind
from tests.server_sync.domain.commands.calls import Desk
from tests.server_sync.domain.commands.world import SERVER
from tests.server_sync.organisation import NOW

TEXT = "24小时内由专人给您回电"


def promise(desk: Desk, attempt_id: bytes | None = None, response_id: bytes | None = None) -> MakeCommitment:
    return MakeCommitment(
        desk.world.new(), desk.task_id, desk.customer_id, attempt_id, response_id, TEXT, NOW + DAY, NOW
    )


def settle(made: MakeCommitment, outcome: str = "kept", note: str | None = None) -> SettleCommitment:
    return SettleCommitment(made.commitment_id, made.customer_id, outcome, note, NOW + HOUR)


def made(desk: Desk) -> MakeCommitment:
    wanted = promise(desk)
    desk.world.do(wanted, desk.agent)
    return wanted


def test_m4_9_a_promise_of_a_call_stands_with_its_answers_owner_and_due_time(desk: Desk) -> None:
    start = desk.start()
    desk.world.do(start, desk.agent)
    answers = desk.answers(start.attempt_id)
    desk.world.do(answers, desk.agent, NOW + MINUTE)
    wanted = promise(desk, start.attempt_id, answers.response_id)
    desk.world.do(wanted, desk.agent, NOW + MINUTE)
    row = desk.world.one("commitment", wanted.commitment_id)
    assert (row["state"], row["text"], row["owner_id"]) == ("open", TEXT, desk.agent.person_id)
    assert (row["promised_at"], row["due_at"]) == (NOW, NOW + DAY)
    assert (row["attempt_id"], row["response_id"]) == (start.attempt_id, answers.response_id)
    assert desk.world.facts() == [("commitment_made", {"due_at": NOW + DAY})]


def test_a_promise_that_comes_again_changes_nothing_and_another_under_its_id_is_refused(desk: Desk) -> None:
    wanted = made(desk)
    assert desk.world.do(wanted, desk.agent).changes == ()
    assert desk.world.refused(replace(wanted, text="别的"), desk.agent) is ErrorKind.ALREADY_EXISTS
    assert desk.world.refused(wanted, desk.lead) is ErrorKind.ALREADY_EXISTS


def test_what_was_due_before_it_was_promised_is_due_at_once(desk: Desk) -> None:
    wanted = replace(promise(desk), due_at=NOW - DAY)
    desk.world.do(wanted, desk.agent)
    assert desk.world.one("commitment", wanted.commitment_id)["due_at"] == NOW


def test_an_empty_an_endless_and_a_far_promise_are_refused(desk: Desk) -> None:
    wanted = promise(desk)
    assert desk.world.refused(replace(wanted, text=" "), desk.agent) is ErrorKind.FIELD_MISSING
    assert desk.world.refused(replace(wanted, text="x" * 10_001), desk.agent) is ErrorKind.FIELD_INVALID
    far = replace(wanted, due_at=NOW + FURTHEST + 1)
    assert desk.world.refused(far, desk.agent) is ErrorKind.FIELD_INVALID
    assert desk.world.refused(wanted, SERVER) is ErrorKind.NOT_PERMITTED


def test_a_promise_names_a_call_and_answers_of_its_own_task_and_person(desk: Desk) -> None:
    start = desk.start()
    desk.world.do(start, desk.agent)
    answers = desk.answers(start.attempt_id)
    desk.world.do(answers, desk.agent, NOW + MINUTE)
    for attempt_id, response_id in (
        (desk.world.new(), None),
        (None, desk.world.new()),
        (answers.response_id, None),
    ):
        wrong = promise(desk, attempt_id, response_id)
        assert desk.world.refused(wrong, desk.agent) is ErrorKind.NOT_FOUND
    assert desk.world.refused(promise(desk, start.attempt_id), desk.lead) is ErrorKind.NOT_FOUND


def test_a_promise_on_a_task_out_of_sight_is_not_found(desk: Desk) -> None:
    for actor in (desk.other, desk.stranger, desk.strange_lead):
        assert desk.world.refused(promise(desk), actor) is ErrorKind.NOT_FOUND


def test_a_promise_is_kept_by_whoever_may_see_the_customer(desk: Desk) -> None:
    actors: list[tuple[Actor, bool]] = [
        (desk.agent, True),
        (desk.lead, True),
        (desk.other, False),
        (desk.stranger, False),
    ]
    for actor, sees in actors:
        wanted = made(desk)
        if not sees:
            assert desk.world.refused(settle(wanted), actor) is ErrorKind.NOT_FOUND
            continue
        desk.world.do(settle(wanted), actor, NOW + HOUR)
        row = desk.world.one("commitment", wanted.commitment_id)
        assert (row["state"], row["settled_at"], row["settled_by"]) == ("kept", NOW + HOUR, actor.person_id)


def test_a_promise_is_withdrawn_only_with_the_reason(desk: Desk) -> None:
    wanted = made(desk)
    refused = desk.world.rejection(settle(wanted, "withdrawn", " "), desk.agent)
    assert (refused.kind, refused.values) == (ErrorKind.FIELD_MISSING, {"field": "note"})
    desk.world.do(settle(wanted, "withdrawn", "客户自行解决"), desk.agent, NOW + HOUR)
    row = desk.world.one("commitment", wanted.commitment_id)
    assert (row["state"], row["note"]) == ("withdrawn", "客户自行解决")
    details = {"outcome": "withdrawn", "promise": TEXT, "due_at": NOW + DAY}
    assert desk.world.facts()[-1] == ("commitment_settled", details)


def test_the_first_word_on_a_promise_stands(desk: Desk) -> None:
    wanted = made(desk)
    desk.world.do(settle(wanted), desk.agent, NOW + HOUR)
    assert desk.world.do(settle(wanted), desk.agent, NOW + HOUR).changes == ()
    later = desk.world.rejection(settle(wanted, "withdrawn", "不需要了"), desk.lead, NOW + HOUR)
    assert (later.kind, later.values) == (ErrorKind.COMMITMENT_SETTLED, {"state": "kept"})


def test_a_promise_of_another_customer_and_an_unknown_outcome_are_refused(desk: Desk) -> None:
    wanted = made(desk)
    organisation = desk.world.organisation
    elsewhere = organisation.customer(organisation.north)
    desk.world.put(elsewhere)
    wrong = replace(settle(wanted), customer_id=elsewhere.row_id)
    assert desk.world.refused(wrong, desk.lead) is ErrorKind.NOT_FOUND
    for outcome in ("open", "", "done"):
        assert desk.world.refused(settle(wanted, outcome), desk.agent) is ErrorKind.FIELD_INVALID
    assert desk.world.refused(settle(wanted, "kept", "x" * 10_001), desk.agent) is ErrorKind.FIELD_INVALID
