"""What was answered: recorded with how it was filled in, corrected by editions of which none is lost."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.commands import (
    Accepted,
    Actor,
    CorrectAnswers,
    RecordAnswers,
    RecordAnswersBefore,
    Update,
)
from server_sync.domain.errors import ErrorKind
from server_sync.domain.forms.audit import LARGEST, AuditRow
from server_sync.domain.model import Role, TaskState
from tests.server_sync.domain.commands.calls import Desk
from tests.server_sync.domain.commands.world import SERVER
from tests.server_sync.organisation import NOW

AUDIT: list[AuditRow] = [("form start", "", 0, None, None, None), ("question", "/data/a", 0, 900, "", "1")]


def recorded(desk: Desk, **values: Any) -> RecordAnswers:
    """Answers on a call that the desk's agent made."""
    start = desk.start()
    desk.world.do(start, desk.agent)
    answers = desk.answers(start.attempt_id, **values)
    desk.world.do(answers, desk.agent, NOW + HOUR)
    return answers


def correction(desk: Desk, of: bytes, **values: Any) -> CorrectAnswers:
    given: dict[str, Any] = {
        "answers": {"/data/csat": "2"},
        "complete": True,
        "csat": 2,
        "nps": 9,
        "recorded_at": NOW + 2 * HOUR,
    }
    return CorrectAnswers(desk.world.new(), of, desk.task_id, desk.customer_id, **(given | values))


def chain(desk: Desk) -> list[tuple[Any, ...]]:
    """The editions: number, answers, whether it was replaced."""
    rows = sorted(desk.world.rows["response"].values(), key=lambda row: row["edition"])
    for before, after in pairwise(rows):
        assert (before["replaced_by_id"], after["replaces_id"]) == (after["id"], before["id"])
    return [(row["edition"], row["csat"], row["replaced_by_id"] is not None) for row in rows]


# ---- recorded


def test_answers_are_kept_with_how_they_were_filled_in(desk: Desk) -> None:
    measured = {"started_at": NOW, "language": "中文 (zh)", "audit": AUDIT, "flags": ["speeding"]}
    row = desk.world.one("response", recorded(desk, **measured).response_id)
    assert (row["started_at"], row["language"], row["audit"]) == (NOW, "中文 (zh)", AUDIT)
    assert (row["flags"], row["edition"], row["replaces_id"], row["replaced_by_id"]) == (
        ["speeding"], 1, None, None,
    )  # fmt: skip


def test_v1_a_desk_of_before_records_without_measuring(desk: Desk) -> None:
    start = desk.start()
    desk.world.do(start, desk.agent)
    new = desk.answers(start.attempt_id)
    shared = {name: value for name, value in vars(new).items() if name in RecordAnswersBefore.__annotations__}
    old = RecordAnswersBefore(**shared)
    desk.world.do(old, desk.agent, NOW + HOUR)
    row = desk.world.one("response", old.response_id)
    assert (row["answers"], row["started_at"], row["audit"], row["flags"]) == (old.answers, None, None, [])
    # Sent once more after the desk was brought up to date, it is the same.
    assert desk.world.do(new, desk.agent).changes == ()


def test_nothing_that_was_measured_is_a_reason_to_refuse_answers(desk: Desk) -> None:
    endless = [("question", f"/data/{n}", n, n + 1, "x" * 900, "y" * 900) for n in range(1_000)]
    odd = {
        "started_at": NOW + DAY,
        "language": "x" * 9_000,
        "audit": endless,
        "flags": ["of_later", "speeding"],
    }
    row = desk.world.one("response", recorded(desk, **odd).response_id)
    assert row["started_at"] == NOW + MINUTE  # when it was recorded
    assert len(row["language"]) == 100
    assert row["flags"] == ["speeding"]
    assert [one[1] for one in row["audit"]] == [one[1] for one in endless]
    assert sum(len(str(one)) for one in row["audit"]) < 2 * LARGEST
    long_ago = desk.world.one("response", recorded(desk, started_at=-(1 << 52)).response_id)
    assert long_ago["started_at"] == NOW + HOUR - 90 * DAY


# ---- corrected


def test_a_correction_is_an_edition_of_its_own_and_the_first_stays(desk: Desk) -> None:
    first = recorded(desk)
    before = dict(desk.world.one("response", first.response_id))
    fix = correction(desk, first.response_id, started_at=NOW + HOUR, language="zh", audit=AUDIT, flags=[])
    desk.world.do(fix, desk.agent, NOW + 3 * HOUR)
    second = desk.world.one("response", fix.response_id)
    assert desk.world.one("response", first.response_id) == before | {"replaced_by_id": fix.response_id}
    assert (second["edition"], second["replaces_id"], second["replaced_by_id"]) == (
        2,
        first.response_id,
        None,
    )
    assert (second["answers"], second["csat"]) == ({"/data/csat": "2"}, 2)
    kept = ("attempt_id", "form_version_id", "task_id", "customer_id")
    assert [second[name] for name in kept] == [before[name] for name in kept]
    assert (second["person_id"], second["recorded_at"]) == (desk.agent.person_id, NOW + 2 * HOUR)
    assert (second["started_at"], second["language"], second["audit"]) == (NOW + HOUR, "zh", AUDIT)


def test_a_correction_stands_in_the_timeline_with_the_scores_before_and_now(desk: Desk) -> None:
    fix = correction(desk, recorded(desk).response_id)
    desk.world.do(fix, desk.lead, NOW + 3 * HOUR)
    assert desk.world.facts()[-1] == (
        "answers_corrected",
        {"response": fix.response_id.hex(), "edition": 2, "label": "首访", "csat": [5, 2], "nps": [9, 9]},
    )


def test_section_5_two_corrections_of_one_edition_are_both_kept_in_the_servers_order(desk: Desk) -> None:
    first = recorded(desk)
    mine, theirs = correction(desk, first.response_id), correction(desk, first.response_id, csat=3)
    desk.world.do(theirs, desk.lead, NOW + 3 * HOUR)
    desk.world.do(mine, desk.agent, NOW + 3 * HOUR)
    assert chain(desk) == [(1, 5, True), (2, 3, True), (3, 2, False)]
    facts = [details for kind, details in desk.world.facts() if kind == "answers_corrected"]
    late = next(details for details in facts if details["edition"] == 3)
    assert (late["seen"], late["csat"]) == (1, [3, 2])
    assert all("seen" not in details for details in facts if details["edition"] == 2)


def test_a_correction_of_a_correction_is_the_next_edition(desk: Desk) -> None:
    second = correction(desk, recorded(desk).response_id)
    third = correction(desk, second.response_id, csat=4)
    for fix in (second, third):
        desk.world.do(fix, desk.agent, NOW + 3 * HOUR)
    assert chain(desk) == [(1, 5, True), (2, 2, True), (3, 4, False)]


def test_section_5_the_same_correction_counts_once(desk: Desk) -> None:
    first = recorded(desk)
    fix = correction(desk, first.response_id)
    desk.world.do(fix, desk.agent, NOW + 3 * HOUR)
    assert desk.world.do(fix, desk.agent).changes == ()
    for other in (
        replace(fix, answers={}),
        replace(fix, response_id=first.response_id, answers=first.answers),
    ):
        assert desk.world.refused(other, desk.agent) is ErrorKind.ALREADY_EXISTS
    assert desk.world.refused(fix, desk.lead) is ErrorKind.ALREADY_EXISTS
    assert len(chain(desk)) == 2


@pytest.mark.parametrize("state", [TaskState.DONE, TaskState.CANCELLED])
def test_a_closed_task_does_not_hinder_a_correction(desk: Desk, state: TaskState) -> None:
    first = recorded(desk)
    desk.world.do(desk.finish(first.attempt_id, "1.1"), desk.agent, NOW + HOUR)
    desk.world.put(Update("task", desk.task_id, {"state": state}))
    before = dict(desk.task)
    desk.world.do(correction(desk, first.response_id), desk.agent, NOW + 3 * HOUR)
    assert desk.task == before
    assert len(chain(desk)) == 2


def test_who_recorded_answers_or_leads_the_team_corrects_them_and_nobody_else(desk: Desk) -> None:
    first = recorded(desk)
    administrator = Actor(desk.world.new(), Role.ADMINISTRATOR, None)
    for actor in (desk.lead, administrator, desk.agent):
        desk.world.do(correction(desk, first.response_id), actor, NOW + 3 * HOUR)
    for actor in (desk.other, desk.stranger, desk.strange_lead):
        assert desk.world.refused(correction(desk, first.response_id), actor) is ErrorKind.NOT_FOUND
    assert desk.world.refused(correction(desk, first.response_id), SERVER) is ErrorKind.NOT_PERMITTED
    # Who has the task by now but did not make the call sees the answers, and leaves them.
    desk.world.put(Update("task", desk.task_id, {"assignee_id": desk.other.person_id}))
    assert desk.world.refused(correction(desk, first.response_id), desk.other) is ErrorKind.NOT_PERMITTED


def test_who_recorded_answers_corrects_them_after_his_lead_did(desk: Desk) -> None:
    by_lead = correction(desk, recorded(desk).response_id)
    desk.world.do(by_lead, desk.lead, NOW + 3 * HOUR)
    desk.world.do(correction(desk, by_lead.response_id), desk.agent, NOW + 4 * HOUR)
    assert len(chain(desk)) == 3


def test_answers_of_another_task_are_not_found(desk: Desk) -> None:
    other = Desk(desk.world)
    first = recorded(other)
    assert desk.world.refused(correction(desk, first.response_id), desk.agent) is ErrorKind.NOT_FOUND
    nowhere = correction(desk, desk.world.new())
    assert desk.world.refused(nowhere, desk.agent) is ErrorKind.NOT_FOUND


@pytest.mark.parametrize("values", [{"csat": 0}, {"csat": 6}, {"nps": -1}, {"nps": 11}])
def test_scores_of_a_correction_keep_to_their_scale(desk: Desk, values: dict[str, int]) -> None:
    first = recorded(desk)
    assert (
        desk.world.refused(correction(desk, first.response_id, **values), desk.agent)
        is ErrorKind.FIELD_INVALID
    )


def test_a_call_that_ends_after_a_correction_is_told_with_the_scores_that_count(desk: Desk) -> None:
    first = recorded(desk)
    # The id is older than that of the answers: the order of ids says nothing.
    fix = replace(correction(desk, first.response_id), response_id=bytes(16))
    desk.world.do(fix, desk.agent, NOW + HOUR)
    finished = desk.world.do(desk.finish(first.attempt_id, "1.1"), desk.agent, NOW + HOUR)
    assert isinstance(finished, Accepted)
    details = next(details for kind, details in desk.world.facts() if kind == "call")
    assert (details["csat"], details["nps"]) == (2, 9)
