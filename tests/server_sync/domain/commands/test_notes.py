"""Notes: who may write, and what is written."""

from dataclasses import replace

from server_sync.domain.commands import Actor, AddNote, Update
from server_sync.domain.errors import ErrorKind
from tests.server_sync.domain.commands.calls import Desk
from tests.server_sync.organisation import NOW


def note(desk: Desk, text: str) -> AddNote:
    return AddNote(desk.world.new(), desk.customer_id, text, NOW)


def test_a_note_stands_in_the_timeline(desk: Desk) -> None:
    wanted = note(desk, "  周末不便接听  ")
    desk.world.do(wanted, desk.agent)
    row = desk.world.one("activity", wanted.activity_id)
    assert (row["kind"], row["text"], row["person_id"]) == ("note", "周末不便接听", desk.agent.person_id)


def test_section_5_a_note_that_comes_again_changes_nothing_and_another_under_its_id_is_refused(
    desk: Desk,
) -> None:
    wanted = note(desk, "周末不便接听")
    desk.world.do(wanted, desk.agent)
    assert desk.world.do(wanted, desk.agent).changes == ()
    assert desk.world.refused(replace(wanted, text="别的"), desk.agent) is ErrorKind.ALREADY_EXISTS
    assert desk.world.refused(wanted, desk.lead) is ErrorKind.ALREADY_EXISTS


def test_an_empty_or_endless_note_is_refused(desk: Desk) -> None:
    assert desk.world.refused(note(desk, " "), desk.agent) is ErrorKind.FIELD_MISSING
    assert desk.world.refused(note(desk, "x" * 10_001), desk.agent) is ErrorKind.FIELD_INVALID


def test_a_note_names_a_task_of_its_customer_or_none(desk: Desk) -> None:
    organisation = desk.world.organisation
    elsewhere = organisation.task(organisation.customer(organisation.north), desk.agent)
    desk.world.put(elsewhere)
    for wrong in (elsewhere.row_id, desk.world.new()):
        assert desk.world.refused(replace(note(desk, "x"), task_id=wrong), desk.agent) is ErrorKind.NOT_FOUND
    desk.world.do(replace(note(desk, "x"), task_id=desk.task_id), desk.agent)


def test_a_customer_out_of_sight_is_not_found(desk: Desk) -> None:
    actors: list[tuple[Actor, bool]] = [
        (desk.agent, True),
        (desk.lead, True),
        (desk.world.organisation.administrator, True),
        (desk.other, False),
        (desk.stranger, False),
        (desk.strange_lead, False),
    ]
    for actor, sees in actors:
        if sees:
            desk.world.do(note(desk, "备注"), actor)
        else:
            assert desk.world.refused(note(desk, "备注"), actor) is ErrorKind.NOT_FOUND


def test_the_owner_of_a_customer_sees_him_without_a_task(desk: Desk) -> None:
    desk.world.put(Update("customer", desk.customer_id, {"owner_id": desk.other.person_id}))
    desk.world.do(note(desk, "备注"), desk.other)
