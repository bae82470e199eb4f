"""A private calendar: made by its person, read by whoever knows the address, ended by him, valid for other programs."""

from typing import Any

from icalendar import Calendar

from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.commands import Insert, Update
from server_sync.store.changes import write
from tests.server_sync.http.conftest import DESK, Scene
from tests.server_sync.organisation import NOW
from tests.servers import Caller


def address(scene: Scene) -> str:
    scene.caller.sign_in(device=DESK)
    answer = scene.caller.post("/api/v1/calendar")
    assert answer.status == 200
    path: str = answer.json["path"]
    return path


def stranger(scene: Scene) -> Caller:
    """A telephone that has subscribed: it knows the address and nothing else."""
    return Caller(scene.server.address)


def read(scene: Scene, path: str) -> list[Any]:
    answer = stranger(scene).get(path)
    assert (answer.status, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    return list(Calendar.from_ical(answer.body).walk("VEVENT"))


def fill(scene: Scene) -> Insert:
    """A callback, a promise and a visit of the agent, beside the task that he has; returns the callback."""
    ids, agent = scene.organisation.ids, scene.agent
    name = "欧阳,小明;\n很长的名字" * 6
    customer = scene.organisation.customer(scene.organisation.north, name=name)
    visit = scene.organisation.task(
        customer,
        agent,
        channel="visit",
        due_at=NOW + 2 * DAY,
        reason_values={"label": "年中走访,客户;一\n二" * 5},
    )
    about = {
        "customer_id": customer.row_id,
        "task_id": visit.row_id,
        "owner_id": agent.person_id,
        "state": "open",
    }
    promised = {"text": "寄合同", "promised_at": NOW, "due_at": NOW + DAY}
    booked = {"callback_at": NOW + HOUR, "with_whom": "respondent", "booked_at": NOW}
    callback = Insert("callback", {"id": ids.new(), **about, **booked})
    with scene.database.write(NOW) as tx:
        write(tx, [customer, visit, callback, Insert("commitment", {"id": ids.new(), **about, **promised})])
    return callback


def test_a_calendar_has_callbacks_promises_visits_and_deadlines_with_masked_names(scene: Scene) -> None:
    fill(scene)
    events = read(scene, address(scene))
    summaries = [str(event["SUMMARY"]).partition("：")[0] for event in events]
    assert sorted(summaries) == ["回访截止", "承诺到期", "约定回拨", "走访"]
    assert not any("小明" in str(event["SUMMARY"]) for event in events)
    assert {event["DTSTART"].dt.timestamp() * 1000 for event in events} == {
        NOW + HOUR,
        NOW + DAY,
        NOW + 2 * DAY,
    }


def test_asking_for_the_head_alone_says_what_getting_would(scene: Scene) -> None:
    fill(scene)
    path = address(scene)
    got, head = stranger(scene).get(path), stranger(scene).send("HEAD", path, b"")
    assert (head.status, head.body) == (200, b"")
    for name in ("content-type", "content-length", "etag"):
        assert head.headers[name] == got.headers[name]
    weakened = f'"other", W/{got.headers["etag"]}'
    for method in ("GET", "HEAD"):
        assert stranger(scene).send(method, path, b"", If_None_Match=weakened).status == 304
        assert stranger(scene).send(method, "/calendar/nobody.ics", b"").status == 404


def test_lines_are_folded_and_escaped_as_rfc_5545_says(scene: Scene) -> None:
    fill(scene)
    body = stranger(scene).get(address(scene)).body
    assert body.startswith(b"BEGIN:VCALENDAR\r\n")
    assert body.endswith(b"END:VCALENDAR\r\n")
    lines = body.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert any(line.startswith(b" ") for line in lines)
    assert not any(b"\n" in line for line in lines)
    (visit,) = [event for event in read(scene, address(scene)) if str(event["SUMMARY"]).startswith("走访")]
    assert str(visit["SUMMARY"]).endswith("年中走访,客户;一\n二" * 5)


def test_what_moves_keeps_its_name_and_counts_up(scene: Scene) -> None:
    callback = fill(scene)
    path = address(scene)

    def of_callback() -> Any:
        return next(one for one in read(scene, path) if str(one["UID"]).startswith("callback-"))

    before = of_callback()
    with scene.database.write(NOW) as tx:
        write(tx, [Update("callback", callback.row_id, {"callback_at": NOW + 3 * HOUR})])
    after = of_callback()
    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTART"].dt.timestamp() * 1000 == NOW + 3 * HOUR
    with scene.database.write(NOW) as tx:
        write(tx, [Update("callback", callback.row_id, {"state": "kept"})])
    assert not any(str(one["UID"]).startswith("callback-") for one in read(scene, path))


def test_a_calendar_in_which_nothing_changed_is_not_sent_again(scene: Scene) -> None:
    path = address(scene)
    tag = stranger(scene).get(path).headers["etag"]
    scene.clock.move(HOUR)
    answer = stranger(scene).get(path, If_None_Match=tag)
    assert (answer.status, answer.body) == (304, b"")


def test_a_new_address_ends_the_one_before_and_an_ended_one_shows_nothing(scene: Scene) -> None:
    first, second = address(scene), address(scene)
    assert stranger(scene).get(first).status == 404
    assert stranger(scene).get(second).status == 200
    assert scene.caller.send("DELETE", "/api/v1/calendar", b"").status == 204
    assert stranger(scene).get(second).status == 404


def test_who_may_sign_in_no_more_has_no_calendar_either(scene: Scene) -> None:
    path = address(scene)
    assert scene.agent.person_id is not None
    with scene.database.write(NOW) as tx:
        write(tx, [Update("person", scene.agent.person_id, {"active": False})])
    assert stranger(scene).get(path).status == 404


def test_an_address_is_made_only_for_who_is_signed_in(scene: Scene) -> None:
    assert stranger(scene).post("/api/v1/calendar").status == 401
    assert stranger(scene).get("/calendar/guess.ics").status == 404
