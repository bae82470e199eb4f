"""Devices over HTTP: what their leads see of them, and what becomes of one that is revoked (SYNC E4)."""

from typing import Any

import pytest
from sqlalchemy import func, select

from server_sync.accounts import desks
from server_sync.accounts.gate import REMEMBERED_SECONDS
from server_sync.accounts.people import set_active
from server_sync.domain.clock import DAY, SECOND
from server_sync.domain.commands import (
    AddNote,
    AdmitDevice,
    FinishAttempt,
    RevokeDevice,
    StartAttempt,
    WipeDevice,
)
from server_sync.domain.commands.decision import Command
from server_sync.domain.model import activity, attempt, desk_device, team_conflict
from server_sync.domain.wire.codec import decode
from server_sync.domain.wire.messages import Problem, PullRequest
from server_sync.jobs import server_command
from server_sync.store.tables import applied, audit
from tests.server_sync.http.conftest import DESK, NUMBERS, Scene, results_of
from tests.server_sync.organisation import NOW
from tests.servers import PASSWORD


def order(scene: Scene, command: Command) -> None:
    """A command of the server, and time enough for every process to hear of it."""
    with scene.database.write(scene.clock.now()) as tx:
        server_command.run(tx, command, None)
    scene.clock.move(round(REMEMBERED_SECONDS * SECOND))


def note(scene: Scene) -> AddNote:
    return AddNote(scene.organisation.ids.new(), scene.customer_id, "离线时记的一笔", NOW)


def pull(scene: Scene) -> tuple[int, dict[str, Any]]:
    answer = scene.send("/sync/pull", PullRequest(**NUMBERS, device=DESK, request=1, epoch=None, cursor={}))
    problem = decode(answer.body, Problem)
    return answer.status, {"kind": problem.kind, **problem.values}


def count(scene: Scene, table: Any) -> int:
    with scene.database.read() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def desk(scene: Scene) -> dict[str, Any]:
    with scene.database.read() as connection:
        return dict(connection.execute(select(desk_device)).mappings().one())


def test_e4_a_lead_sees_who_works_where_with_which_program(scene: Scene) -> None:
    asked = {"login": "agent01", "password": PASSWORD, "device": DESK.hex(), "device_name": "前台 3"}
    assert scene.caller.post("/api/v1/sign-in", {**asked, "app": "1.4.0"}).status == 200
    row = desk(scene)
    assert (row["id"], row["person_id"], row["team_id"]) == (DESK, scene.agent.person_id, scene.agent.team_id)
    assert (row["name"], row["app_version"], row["last_contact_at"]) == ("前台 3", "1.4.0", scene.clock.now())
    assert row["rows_held"] is None


def test_e4_the_rows_that_a_desk_holds_are_told_when_it_has_pulled_to_the_head(signed_in: Scene) -> None:
    page = signed_in.pull()
    assert not page.more
    signed_in.server.stop()
    assert desk(signed_in)["rows_held"] == page.rows > 0


def test_e4_the_lead_sees_how_much_a_desk_could_not_send(signed_in: Scene) -> None:
    """As that of a copied profile, under numbers that stand for other things."""
    answers = [signed_in.push([note(signed_in)], unsent=1_200) for _ in range(2)]
    assert [answer.status for answer in answers] == [200, 409]
    signed_in.server.stop()
    assert desk(signed_in)["unsent"] == 1_200


def test_e4_what_was_sent_waits_no_more(signed_in: Scene) -> None:
    assert signed_in.push([note(signed_in)], unsent=3).status == 200
    signed_in.server.stop()
    assert desk(signed_in)["unsent"] == 2


def test_e4_a_revoked_device_gets_nothing(signed_in: Scene) -> None:
    order(signed_in, RevokeDevice(DESK))
    assert pull(signed_in) == (403, {"kind": "device_revoked", "wipe": False})
    live = signed_in.caller.get("/sync/live")
    assert decode(live.body, Problem).kind == "device_revoked"
    assert signed_in.caller.get("/api/v1/me").status == 403
    again = signed_in.caller.sign_in(device=DESK)
    assert (again.status, again.json["kind"]) == (403, "device_revoked")


def test_e4_what_a_revoked_device_did_is_taken_undecided_for_the_lead(signed_in: Scene) -> None:
    assert results_of(signed_in.push([note(signed_in)])) == [("accepted", None)]
    order(signed_in, WipeDevice(DESK))
    sent = [note(signed_in), note(signed_in)]
    first = signed_in.push(sent, first_mid=2)
    assert results_of(first) == [("rejected", "device_revoked")] * 2
    assert count(signed_in, activity) == 1
    with signed_in.database.read() as connection:
        kept = connection.execute(select(team_conflict)).mappings().all()
    assert {(row["status"], row["customer_id"], row["team_id"]) for row in kept} == {
        ("revoked", signed_in.customer_id, signed_in.agent.team_id)
    }
    assert len(kept) == 2
    before = count(signed_in, audit), count(signed_in, applied)
    assert signed_in.push(sent, first_mid=2).body == first.body
    assert (count(signed_in, audit), count(signed_in, applied)) == before
    assert count(signed_in, team_conflict) == 2


def test_e4_what_was_decided_before_is_answered_as_it_was_decided(signed_in: Scene) -> None:
    sent = [note(signed_in)]
    assert results_of(signed_in.push(sent)) == [("accepted", None)]
    order(signed_in, RevokeDevice(DESK))
    assert results_of(signed_in.push(sent)) == [("accepted", None)]
    assert count(signed_in, team_conflict) == 0


def test_e4_a_copy_of_a_revoked_device_loses_nothing_either(signed_in: Scene) -> None:
    signed_in.push([note(signed_in)])
    order(signed_in, RevokeDevice(DESK))
    assert results_of(signed_in.push([note(signed_in)])) == [("rejected", "device_revoked")]
    assert count(signed_in, team_conflict) == 1


def test_e4_a_disabled_person_hands_over_what_he_did_and_gets_nothing(signed_in: Scene) -> None:
    with signed_in.database.write(signed_in.clock.now()) as tx:
        set_active(tx, "agent01", active=False)
    signed_in.clock.move(round(REMEMBERED_SECONDS * SECOND))
    assert pull(signed_in) == (403, {"kind": "account_disabled"})
    assert results_of(signed_in.push([note(signed_in)])) == [("rejected", "account_disabled")]
    assert count(signed_in, team_conflict) == 1


def test_e4_a_device_that_was_silent_for_long_still_hands_over(signed_in: Scene) -> None:
    order(signed_in, WipeDevice(DESK))
    signed_in.clock.move(80 * DAY)
    assert results_of(signed_in.push([note(signed_in)])) == [("rejected", "device_revoked")]


def test_e4_a_wiped_device_says_so_and_is_heard_no_more(signed_in: Scene) -> None:
    assert signed_in.caller.post("/api/v1/wiped").status == 403
    order(signed_in, WipeDevice(DESK))
    assert pull(signed_in) == (403, {"kind": "device_revoked", "wipe": True})
    assert signed_in.caller.post("/api/v1/wiped").status == 204
    row = desk(signed_in)
    assert (row["wiped_at"], row["rows_held"]) == (signed_in.clock.now(), 0)


def test_e4_an_admitted_device_signs_in_again(signed_in: Scene) -> None:
    order(signed_in, RevokeDevice(DESK))
    order(signed_in, AdmitDevice(DESK))
    assert signed_in.caller.sign_in(device=DESK).status == 200
    assert signed_in.pull().tables


def test_e4_a_call_left_on_a_revoked_device_is_its_persons_to_send_once_it_is_admitted(
    signed_in: Scene,
) -> None:
    """Nobody else can: it would be another's call. From the desk's conflicts it goes out under new numbers."""
    attempt_id, task_id = signed_in.organisation.ids.new(), signed_in.task_id
    call: list[Command] = [
        StartAttempt(attempt_id, task_id, signed_in.customer_id, None, "phone", NOW),
        FinishAttempt(attempt_id, task_id, signed_in.customer_id, "1.1", None, NOW, 60_000),
    ]
    order(signed_in, RevokeDevice(DESK))
    assert results_of(signed_in.push(call)) == [("rejected", "device_revoked")] * 2
    order(signed_in, AdmitDevice(DESK))
    assert results_of(signed_in.push(call, first_mid=3)) == [("accepted", None)] * 2
    with signed_in.database.read() as connection:
        made = connection.execute(select(attempt.c.person_id, attempt.c.disposition)).all()
    assert [tuple(row) for row in made] == [(signed_in.agent.person_id, "1.1")]


@pytest.mark.parametrize(("days", "lease"), [(None, 7 * DAY), (1, DAY), (90, 90 * DAY)])
def test_e4_the_reply_of_a_pull_says_how_long_the_desk_may_work_alone(
    signed_in: Scene, days: int | None, lease: int
) -> None:
    if days is not None:
        with signed_in.database.write(signed_in.clock.now()) as tx:
            desks.set_lease(tx, 30)
            desks.set_lease(tx, days)
    assert signed_in.pull().lease == lease
