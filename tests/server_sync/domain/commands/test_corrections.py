"""Corrections: who may write, and whose value stands when two correct one field (SYNC §5)."""

from dataclasses import replace

import pytest

from server_sync.domain.clock import HOUR, MINUTE
from server_sync.domain.commands import (
    AddTag,
    CorrectContactPoint,
    CorrectCustomer,
    RemoveTag,
    Update,
)
from server_sync.domain.errors import ErrorKind
from tests.server_sync.domain.commands.calls import Desk
from tests.server_sync.organisation import NOW


def correct(desk: Desk, field: str, base: str | None, value: str | None, at: int = NOW) -> CorrectCustomer:
    return CorrectCustomer(desk.world.new(), desk.customer_id, field, base, value, at)


def renumber(desk: Desk, base: str, value: str) -> CorrectContactPoint:
    return CorrectContactPoint(desk.world.new(), desk.point_ids[0], desk.customer_id, base, value, NOW)


def test_a_correction_is_stamped_and_told(desk: Desk) -> None:
    desk.world.do(correct(desk, "city", None, " 青岛 "), desk.agent)
    assert desk.customer["city"] == "青岛"
    assert desk.agent.person_id is not None
    stamp = {"at": NOW, "by": desk.agent.person_id.hex(), "rev": desk.customer["rev"] + 1}
    assert desk.customer["field_stamps"] == {"city": stamp}
    assert desk.world.facts() == [
        ("field_corrected", {"field": "city", "from": None, "to": "青岛", "merged": False})
    ]


def test_section_5_of_two_corrections_of_a_field_the_later_stands_and_both_are_told(desk: Desk) -> None:
    desk.world.do(correct(desk, "city", None, "青岛", NOW), desk.agent)
    earlier = desk.world.do(correct(desk, "city", None, "济南", NOW - HOUR), desk.lead)
    assert (desk.customer["city"], earlier.merged) == ("青岛", ("city",))
    later = desk.world.do(correct(desk, "city", None, "烟台", NOW + HOUR), desk.lead, NOW + HOUR)
    assert (desk.customer["city"], later.merged) == ("烟台", ("city",))
    assert [details["merged"] for _, details in desk.world.facts()] == [True, False, True]


def test_section_5_two_corrections_of_different_fields_are_both_kept(desk: Desk) -> None:
    desk.world.do(correct(desk, "city", None, "青岛"), desk.agent)
    assert desk.world.do(correct(desk, "address", None, "示例路 1 号"), desk.lead).merged == ()
    assert (desk.customer["city"], desk.customer["address"]) == ("青岛", "示例路 1 号")


def test_section_5_two_corrections_of_a_name_go_to_a_person(desk: Desk) -> None:
    desk.world.do(correct(desk, "name", "客户", "客户 A"), desk.agent)
    rejection = desk.world.rejection(correct(desk, "name", "客户", "客户 B", NOW + HOUR), desk.lead)
    assert rejection.kind is ErrorKind.FIELD_CONFLICT
    stamp = desk.customer["field_stamps"]["name"]
    told = {"field": "name", "base": "客户", "mine": "客户 B", "theirs": "客户 A"}
    assert rejection.values == told | {"by": stamp["by"], "at": stamp["at"]}


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


def test_section_5_what_was_changed_meanwhile_in_another_field_is_said_to_be_merged(desk: Desk) -> None:
    desk.world.do(correct(desk, "city", None, "青岛"), desk.agent)
    desk.customer["rev"] += 1
    blind = replace(correct(desk, "address", None, "示例路 1 号"), seen_rev=0)
    assert desk.world.do(blind, desk.lead).merged == ()
    assert desk.world.facts()[-1][1] == {
        "field": "address",
        "from": None,
        "to": "示例路 1 号",
        "merged": True,
        "with": ["city"],
    }
    desk.customer["rev"] += 1
    seeing = replace(correct(desk, "title", None, "女士"), seen_rev=2)
    desk.world.do(seeing, desk.agent)
    own = replace(correct(desk, "segment", None, "企业"), seen_rev=1)
    desk.world.do(own, desk.lead)
    assert [details.get("with") for _, details in desk.world.facts()][2:] == [None, ["title"]]


def test_section_5_the_losing_value_is_told_with_whose_it_is(desk: Desk) -> None:
    desk.world.do(correct(desk, "city", None, "青岛", NOW), desk.agent)
    stamp = desk.customer["field_stamps"]["city"]
    lost = desk.world.do(correct(desk, "city", None, "济南", NOW - HOUR), desk.lead)
    told = {"field": "city", "base": None, "mine": "济南", "theirs": "青岛", "by": stamp["by"], "at": NOW}
    assert lost.values == told | {"stands": "theirs"}
    assert desk.world.do(correct(desk, "city", "青岛", "烟台"), desk.agent).values == {}


def test_section_5_a_clock_that_runs_ahead_of_a_minute_is_taken_back(desk: Desk) -> None:
    desk.world.do(correct(desk, "city", None, "青岛", NOW + 10 * MINUTE), desk.agent)
    assert desk.customer["field_stamps"]["city"]["at"] == NOW
    desk.world.do(correct(desk, "city", None, "济南", NOW + MINUTE), desk.lead)
    assert (desk.customer["city"], desk.customer["field_stamps"]["city"]["at"]) == ("济南", NOW + MINUTE)


def test_section_5_who_saw_a_value_is_later_than_it_however_slow_his_clock_runs(desk: Desk) -> None:
    desk.world.do(correct(desk, "city", None, "青岛", NOW), desk.agent)
    desk.world.do(correct(desk, "city", "青岛", "济南", NOW - HOUR), desk.lead)
    assert (desk.customer["city"], desk.customer["field_stamps"]["city"]["at"]) == ("济南", NOW + 1)


def test_section_5_two_long_texts_are_both_kept_and_go_to_a_person(desk: Desk) -> None:
    desk.world.do(correct(desk, "note", None, "周末不便"), desk.agent)
    rejection = desk.world.rejection(correct(desk, "note", None, "只接受短信", NOW + HOUR), desk.lead)
    assert rejection.kind is ErrorKind.FIELD_CONFLICT
    both = (rejection.values["base"], rejection.values["mine"], rejection.values["theirs"])
    assert both == (None, "只接受短信", "周末不便")


def test_section_5_of_two_numbers_one_stands_and_the_other_goes_to_a_person_with_whose_it_is(
    desk: Desk,
) -> None:
    base = desk.world.one("contact_point", desk.point_ids[0])["value"]
    desk.world.do(renumber(desk, base, "14000000009"), desk.agent)
    told = desk.world.rejection(renumber(desk, base, "14000000008"), desk.lead).values
    assert desk.agent.person_id is not None
    assert told == {
        "field": "number",
        "base": base,
        "mine": "+8614000000008",
        "theirs": "+8614000000009",
        "by": desk.agent.person_id.hex(),
        "at": NOW,
    }


def test_section_5_a_number_in_dispute_is_corrected_by_a_lead_alone(desk: Desk) -> None:
    base = desk.world.one("contact_point", desk.point_ids[0])["value"]
    desk.world.put(Update("contact_point", desk.point_ids[0], {"disputed_at": NOW}))
    refused = desk.world.rejection(renumber(desk, base, "14000000009"), desk.agent)
    assert (refused.kind, refused.values) == (ErrorKind.NUMBER_DISPUTED, {"since": NOW})
    desk.world.do(renumber(desk, base, base), desk.agent)
    desk.world.do(renumber(desk, base, "14000000009"), desk.lead)


def test_section_5_tags_are_put_on_and_taken_off_and_never_conflict(desk: Desk) -> None:
    def add(tag: str) -> AddTag:
        return AddTag(desk.world.new(), desk.customer_id, tag, NOW)

    def remove(tag: str) -> RemoveTag:
        return RemoveTag(desk.world.new(), desk.customer_id, tag, NOW)

    desk.world.do(add(" 高意向 "), desk.agent)
    desk.world.do(add("老客"), desk.lead)
    assert desk.customer["tags"] == ["高意向", "老客"]
    assert desk.world.do(add("老客"), desk.agent).changes == ()
    desk.world.do(remove("高意向"), desk.lead)
    assert desk.world.do(remove("高意向"), desk.agent).changes == ()
    assert desk.customer["tags"] == ["老客"]
    assert [(one["from"], one["to"]) for _, one in desk.world.facts()] == [
        (None, "高意向"),
        (None, "老客"),
        ("高意向", None),
    ]
    assert desk.world.refused(add(" "), desk.agent) is ErrorKind.FIELD_MISSING
    assert desk.world.refused(add("长" * 31), desk.agent) is ErrorKind.FIELD_INVALID
    assert desk.world.refused(add("x"), desk.stranger) is ErrorKind.NOT_FOUND
    assert desk.world.refused(remove("老客"), desk.stranger) is ErrorKind.NOT_FOUND
    desk.world.put(Update("customer", desk.customer_id, {"tags": [str(one) for one in range(50)]}))
    assert desk.world.refused(add("x"), desk.agent) is ErrorKind.FIELD_INVALID
