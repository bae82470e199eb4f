"""The tasks of who is away go to others, with their history; a refusal goes to a converter."""

from typing import Any

from server_sync.accounts import devices, people
from server_sync.automation import flow_back
from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.commands import Actor, Insert, SaveShift, Update
from server_sync.domain.model import TaskState
from server_sync.store.tables import job
from server_sync.sync import effects
from tests.server_sync.automation.planning import Centre
from tests.server_sync.organisation import NOW


def work_of(office: Centre, who: Actor, code: str = "A", **values: Any) -> bytes:
    customer = office.customer(code)
    made = office.organisation.task(customer, who, **values)
    office.put(customer, made)
    return made.row_id


def leave(office: Centre, who: Actor, ends_at: int = NOW + DAY) -> None:
    span = {"kind": "leave", "starts_at": NOW - HOUR, "ends_at": ends_at}
    team = {"team_id": who.team_id, "person_id": who.person_id}
    office.put(Insert("shift", {"id": office.ids.new(), **team, **span}))


def flow(office: Centre) -> int:
    with office.database.write(office.clock.now()) as tx:
        return flow_back.flow_back(tx, office.ids)


def test_what_somebody_on_leave_has_not_begun_goes_to_a_colleague(office: Centre) -> None:
    first, second, third = office.organisation.north_agents
    work_of(office, first)
    work_of(office, third, "B")
    leave(office, first)
    assert flow(office) == 1
    row = office.tasks()[0]
    assert (row["assignee_id"], row["previous_assignees"]) == (
        second.person_id,
        [(first.person_id or b"").hex()],
    )
    assert row["assigned_because"]["handed_back"] == "on_leave"
    (fact,) = office.rows("activity")
    assert (fact["kind"], fact["details"]["because"]) == ("reassigned", "on_leave")
    assert flow(office) == 0


def test_what_is_begun_promised_or_becomes_available_after_the_leave_stays(office: Centre) -> None:
    first = office.organisation.north_agents[0]
    work_of(office, first, "A", state=TaskState.ACCEPTED)
    work_of(office, first, "B", attempt_count=1)
    work_of(office, first, "C", appointment_at=NOW + HOUR, appointment_owner_id=first.person_id)
    work_of(office, first, "D", available_at=NOW + 2 * DAY)
    leave(office, first)
    assert flow(office) == 0


def test_who_may_not_sign_in_any_more_keeps_nothing_but_his_appointments(office: Centre) -> None:
    first = office.organisation.north_agents[0]
    work_of(office, first, "A", state=TaskState.ACCEPTED)
    work_of(office, first, "B", appointment_at=NOW + HOUR, appointment_owner_id=first.person_id)
    office.put(Update("person", first.person_id or b"", {"active": False}))
    assert flow(office) == 1
    assert [row["assignee_id"] == first.person_id for row in office.tasks()] == [False, True]


def test_who_was_not_heard_of_for_long_is_away_and_who_never_was_is_new(office: Centre) -> None:
    first, second, third = office.organisation.north_agents
    work_of(office, first, "A")
    work_of(office, second, "B")
    with office.database.write(NOW) as tx:
        devices.issue(tx, first.person_id or b"", b"d" * 16, "desk")
    office.clock.at = NOW + 10 * DAY
    assert flow(office) == 1
    assert {row["code"]: row["assignee_id"] for row in office.tasks()} == {
        "A": third.person_id,
        "B": second.person_id,
    }


def test_without_anybody_else_they_lie_in_the_pool(office: Centre) -> None:
    organisation = office.organisation
    first, *others = organisation.north_agents
    work_of(office, first)
    for other in others:
        leave(office, other)
    leave(office, first)
    flow(office)
    (row,) = office.tasks()
    assert (row["assignee_id"], row["in_pool"], row["team_id"]) == (None, True, organisation.north)


def test_a_leave_and_a_disabled_person_are_looked_at_at_once(office: Centre) -> None:
    organisation = office.organisation
    first = organisation.north_agents[0]
    with office.database.write(NOW) as tx:
        shift = SaveShift(office.ids.new(), first.person_id or b"", "leave", NOW + HOUR, NOW + DAY, None)
        row = {"id": shift.shift_id, "kind": "leave", "starts_at": shift.starts_at, "ends_at": shift.ends_at}
        effects.follow(tx, [Insert("shift", row)])
        people.set_active(tx, "p03", False)
    with office.database.read() as connection:
        found = connection.execute(job.select()).mappings().all()
    assert sorted((one["kind"], one["due_at"]) for one in found if one["kind"] == "flow_back") == [
        ("flow_back", NOW),
        ("flow_back", NOW + HOUR),
    ]


def test_a_refusal_that_is_to_be_tried_again_goes_to_a_converter(office: Centre) -> None:
    first, second, _ = office.organisation.north_agents
    task_id = work_of(office, first, skills=["refusal"], attempt_count=1)
    with office.database.write(NOW) as tx:
        flow_back.convert(tx, office.ids, task_id)
    assert office.tasks()[0]["assignee_id"] == first.person_id
    office.put(Update("person", second.person_id or b"", {"skills": {"trained": ["refusal"]}}))
    with office.database.write(NOW) as tx:
        effects.follow(tx, [Update("task", task_id, {"skills": ["refusal"]})])
        flow_back.convert(tx, office.ids, task_id)
        kinds = [row.kind for row in tx.connection.execute(job.select())]
    (row,) = office.tasks()
    assert (row["assignee_id"], row["assigned_because"]["handed_back"]) == (second.person_id, "refused")
    assert "convert_refusal" in kinds


def test_a_converter_keeps_what_he_is_to_call_again(office: Centre) -> None:
    first, second, _ = office.organisation.north_agents
    trained = {"skills": {"trained": ["refusal"]}}
    office.put(*(Update("person", one.person_id or b"", trained) for one in (first, second)))
    task_id = work_of(office, first, skills=["refusal"], attempt_count=1)
    with office.database.write(NOW) as tx:
        flow_back.convert(tx, office.ids, task_id)
    assert office.tasks()[0]["assignee_id"] == first.person_id
