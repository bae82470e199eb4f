"""Notes and corrections: who may write, and whose value stands when two correct one field."""

from dataclasses import replace

import pytest

from server_sync.domain.clock import HOUR
from server_sync.domain.commands import Actor, AddNote, CorrectContactPoint, CorrectCustomer, Update
from server_sync.domain.errors import ErrorKind
from tests.server_sync.domain.commands.calls import Desk
from tests.server_sync.organisation import NOW


def note(desk: Desk, text: str) -> AddNote:
    return AddNote(desk.world.new(), desk.customer_id, text, NOW)


def correct(desk: Desk, field: str, base: str | None, value: str | None, at: int = NOW) -> CorrectCustomer:
    return CorrectCustomer(desk.world.new(), desk.customer_id, field, base, value, at)


def renumber(desk: Desk, base: str, value: str) -> CorrectContactPoint:
    return CorrectContactPoint(desk.world.new(), desk.point_ids[0], desk.customer_id, base, value, NOW)


def test_a_note_stands_in_the_timeline(desk: Desk) -> None:
    wanted = note(desk, "  周末不便接听  ")
    desk.world.do(wanted, desk.agent)
    row = desk.world.one("activity", wanted.activity_id)
    assert (row["kind"], row["text"], row["person_id"]) == ("note", "周末不便接听", desk.agent.person_id)
    assert desk.world.refused(wanted, desk.agent) is ErrorKind.ALREADY_EXISTS


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


def test_a_correction_is_stamped_and_told(desk: Desk) -> None:
    desk.world.do(correct(desk, "city", None, " 青岛 "), desk.agent)
    assert desk.customer["city"] == "青岛"
    assert desk.agent.person_id is not None
    assert desk.customer["field_stamps"] == {"city": {"at": NOW, "by": desk.agent.person_id.hex()}}
    assert desk.world.facts() == [
        ("field_corrected", {"field": "city", "from": None, "to": "青岛", "merged": False})
    ]


def test_of_two_corrections_of_a_field_the_later_stands_and_both_are_told(desk: Desk) -> None:
    desk.world.do(correct(desk, "city", None, "青岛", NOW), desk.agent)
    earlier = desk.world.do(correct(desk, "city", None, "济南", NOW - HOUR), desk.lead)
    assert (desk.customer["city"], earlier.merged) == ("青岛", ("city",))
    later = desk.world.do(correct(desk, "city", None, "烟台", NOW + HOUR), desk.lead, NOW + HOUR)
    assert (desk.customer["city"], later.merged) == ("烟台", ("city",))
    assert [details["merged"] for _, details in desk.world.facts()] == [True, False, True]


def test_two_corrections_of_different_fields_are_both_kept(desk: Desk) -> None:
    desk.world.do(correct(desk, "city", None, "青岛"), desk.agent)
    assert desk.world.do(correct(desk, "address", None, "示例路 1 号"), desk.lead).merged == ()
    assert (desk.customer["city"], desk.customer["address"]) == ("青岛", "示例路 1 号")


def test_two_corrections_of_a_name_go_to_a_person(desk: Desk) -> None:
    desk.world.do(correct(desk, "name", "客户", "客户 A"), desk.agent)
    rejection = desk.world.rejection(correct(desk, "name", "客户", "客户 B", NOW + HOUR), desk.lead)
    assert rejection.kind is ErrorKind.FIELD_CONFLICT
    assert rejection.values == {"field": "name", "base": "客户", "mine": "客户 B", "theirs": "客户 A"}


def test_what_may_not_be_corrected_is_refused(desk: Desk) -> None:
    assert desk.world.refused(correct(desk, "spent_cents", "0", "1"), desk.agent) is ErrorKind.FIELD_INVALID
    assert desk.world.refused(correct(desk, "name", "客户", " "), desk.agent) is ErrorKind.FIELD_MISSING
    assert desk.world.refused(correct(desk, "language", "zh", None), desk.agent) is ErrorKind.FIELD_MISSING


@pytest.mark.parametrize(
    ("field", "good", "wrong"),
    [
        ("birthday_on", "1990-02-28", "1990-02-30"),
        ("birthday_on", "2000-02-29", "19900228"),
        ("mood", "satisfied", "furious"),
        ("preferred_time", "evening", "never"),
        ("city", "x" * 500, "x" * 501),
        ("note", "x" * 10_000, "x" * 10_001),
    ],
)
def test_a_field_gets_only_what_it_can_hold(desk: Desk, field: str, good: str, wrong: str) -> None:
    assert desk.world.refused(correct(desk, field, None, wrong), desk.agent) is ErrorKind.FIELD_INVALID
    desk.world.do(correct(desk, field, None, good), desk.agent)
    desk.world.do(correct(desk, field, good, None), desk.agent)
    assert desk.customer[field] is None


def test_an_endless_address_is_refused_before_it_is_looked_at(desk: Desk) -> None:
    base = desk.world.one("contact_point", desk.point_ids[0])["value"]
    endless = "x" + " " * 200_000 + "y"
    assert desk.world.refused(renumber(desk, base, endless), desk.agent) is ErrorKind.FIELD_INVALID
    desk.world.put(Update("contact_point", desk.point_ids[0], {"kind": "email", "value": "a@example.com"}))
    endless = "b" * 3_000 + "@example.com"
    refused = desk.world.refused(renumber(desk, "a@example.com", endless), desk.agent)
    assert refused is ErrorKind.FIELD_INVALID


def test_a_corrected_number_is_written_in_one_form_and_valid_again(desk: Desk) -> None:
    point_id = desk.point_ids[0]
    base = desk.world.one("contact_point", point_id)["value"]
    desk.world.put(Update("contact_point", point_id, {"valid": False}))
    desk.world.do(renumber(desk, base, "140 0000 0009"), desk.agent)
    point = desk.world.one("contact_point", point_id)
    assert (point["value"], point["valid"]) == ("+8614000000009", True)
    assert "14000000009" not in str(desk.world.facts())  # the timeline names no number


def test_a_number_that_is_none_or_was_changed_since_is_refused(desk: Desk) -> None:
    base = desk.world.one("contact_point", desk.point_ids[0])["value"]
    assert desk.world.refused(renumber(desk, base, "12345"), desk.agent) is ErrorKind.FIELD_INVALID
    desk.world.do(renumber(desk, base, "14000000009"), desk.agent)
    assert desk.world.refused(renumber(desk, base, "14000000008"), desk.lead) is ErrorKind.FIELD_CONFLICT
    desk.customer_id = desk.world.new()
    assert desk.world.refused(renumber(desk, base, "14000000008"), desk.lead) is ErrorKind.NOT_FOUND
