"""What an agent does to a customer's own data: seen at once, recorded, refused with its reason."""

from typing import Any

import pytest
from sqlalchemy import update

from agent_app.actions.customers import (
    add_note,
    add_tag,
    clear_do_not_call,
    correct_contact_point,
    correct_customer,
    remove_tag,
    set_do_not_call,
)
from agent_app.actions.desk import Desk
from agent_app.actions.drafts import save_draft
from agent_app.store import drafts
from agent_app.store.changes import StoreChanges
from server_sync.domain.commands import CorrectCustomer, Insert
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import TABLES
from server_sync.domain.wire.codec import decode_command
from tests.agent_app.desk import Company
from tests.server_sync.organisation import NOW


@pytest.fixture
def customer(company: Company) -> Insert:
    """A customer of the first agent."""
    organisation = company.organisation
    made = organisation.customer(
        organisation.north, owner=organisation.north_agents[0], name="客户 A", city="宁波"
    )
    company.put(made)
    return made


@pytest.fixture
def desk(company: Company) -> Desk:
    return company.desk(company.organisation.north_agents[0])


def recorded(company: Company) -> list[tuple[object, ...]]:
    return company.rows("SELECT command, customer_id FROM outbox ORDER BY mid")


def test_a_note_stands_in_the_timeline_at_its_time(company: Company, desk: Desk, customer: Insert) -> None:
    task = company.organisation.task(customer, company.organisation.north_agents[0])
    company.put(task)
    changes = add_note(desk, customer.row_id, "  喜欢上午  ", task.row_id)
    columns = "kind, text, person_id, task_id, happened_at"
    assert company.rows(f"SELECT {columns} FROM activity") == [
        ("note", "喜欢上午", desk.person_id, task.row_id, NOW)
    ]
    assert changes == StoreChanges(frozenset({"activity", "outbox"}), frozenset({customer.row_id}), "note")
    assert recorded(company) == [("add_note@1", customer.row_id)]


@pytest.mark.parametrize(
    ("field", "seen", "value", "expected"),
    [("city", "宁波", " 杭州 ", "杭州"), ("city", "宁波", "", None), ("title", None, "女士", "女士")],
)
def test_a_corrected_field_is_seen_at_once_and_remembered_with_its_time(
    company: Company,
    desk: Desk,
    customer: Insert,
    field: str,
    seen: str | None,
    value: str,
    expected: str | None,
) -> None:
    correct_customer(desk, customer.row_id, field, seen, value)
    ((found, stamps),) = company.rows(f"SELECT {field}, field_stamps FROM customer")
    assert found == expected
    assert str(NOW) in str(stamps)
    assert recorded(company) == [("correct_customer@1", customer.row_id)]


@pytest.mark.parametrize(
    ("field", "seen", "value", "kind"),
    [
        ("name", "客户 A", " ", ErrorKind.FIELD_MISSING),
        ("tier", "normal", "vip", ErrorKind.FIELD_INVALID),
        ("name", "客户 Z", "客户 B", ErrorKind.FIELD_CONFLICT),
    ],
)
def test_a_correction_that_does_not_hold_changes_nothing(
    company: Company, desk: Desk, customer: Insert, field: str, seen: str, value: str, kind: ErrorKind
) -> None:
    with pytest.raises(KnownError) as caught:
        correct_customer(desk, customer.row_id, field, seen, value)
    assert caught.value.kind is kind
    assert company.rows("SELECT name, tier FROM customer") == [("客户 A", "normal")]
    assert recorded(company) == []


def test_a_corrected_number_is_kept_in_one_form_and_lives_again(
    company: Company, desk: Desk, customer: Insert
) -> None:
    point = company.organisation.contact_point(customer, value="+8613812345678", valid=False)
    company.put(point)
    correct_contact_point(desk, customer.row_id, point.row_id, "+8613812345678", "139 0000 0000")
    assert company.rows("SELECT value, valid FROM contact_point") == [("+8613900000000", 1)]
    with pytest.raises(KnownError) as caught:
        correct_contact_point(desk, customer.row_id, point.row_id, "+8613900000000", "139")
    assert caught.value.kind is ErrorKind.FIELD_INVALID
    assert len(recorded(company)) == 1


def test_a_customer_out_of_sight_is_not_found(company: Company, desk: Desk) -> None:
    other = company.organisation.customer(company.organisation.south)
    company.put(other)
    actions: list[Any] = [
        lambda: add_note(desk, other.row_id, "看看"),
        lambda: correct_customer(desk, other.row_id, "city", None, "杭州"),
        lambda: set_do_not_call(desk, other.row_id, "all", "call", None),
        lambda: clear_do_not_call(desk, other.row_id, bytes(16), "为什么"),
    ]
    for action in actions:
        with pytest.raises(KnownError) as caught:
            action()
        assert caught.value.kind is ErrorKind.NOT_FOUND
    assert recorded(company) == []


def test_what_is_typed_is_saved_as_it_is_typed_and_never_sent(
    company: Company, desk: Desk, customer: Insert
) -> None:
    task = b"t" * 16
    changes = save_draft(desk, task, customer.row_id, b"f" * 16, None, {"guide": {"page": "1"}})
    company.clock.at += 5
    save_draft(desk, task, customer.row_id, None, b"c" * 16, {"wrap_up": {"note": "好"}})
    with company.store.read() as connection:
        draft = drafts.load(connection, task)
    assert draft is not None
    assert draft.content == {"guide": {"page": "1"}, "wrap_up": {"note": "好"}}
    assert (draft.form_version_id, draft.attempt_id, draft.saved_at) == (b"f" * 16, b"c" * 16, NOW + 5)
    assert changes == StoreChanges(frozenset({"draft"}), frozenset({customer.row_id}), "draft")
    assert recorded(company) == []


def test_section_5_a_correction_says_what_was_seen_and_is_behind_it_however_slow_this_clock_runs(
    company: Company, desk: Desk, customer: Insert
) -> None:
    other = company.organisation.north_agents[1].person_id
    assert other is not None
    stamps = {"city": {"at": NOW + 60_000, "by": other.hex(), "rev": 4}}
    with company.store.write() as connection:
        connection.execute(update(TABLES["customer"]).values(field_stamps=stamps, rev=4))
    correct_customer(desk, customer.row_id, "city", "宁波", "杭州")
    correct_customer(desk, customer.row_id, "title", None, "女士")
    sent = [
        decode_command(str(name), bytes(args))
        for name, args in company.rows("SELECT command, args FROM outbox ORDER BY mid")
        if isinstance(args, bytes)
    ]
    assert [(one.corrected_at, one.seen_rev) for one in sent if isinstance(one, CorrectCustomer)] == [
        (NOW + 60_001, 4),
        (NOW, 4),
    ]


def test_section_5_tags_are_put_on_and_taken_off(company: Company, desk: Desk, customer: Insert) -> None:
    add_tag(desk, customer.row_id, "高意向")
    add_tag(desk, customer.row_id, "老客")
    remove_tag(desk, customer.row_id, "高意向")
    assert company.rows("SELECT tags FROM customer") == [('["老客"]',)]
    assert [name for name, _ in recorded(company)] == ["add_tag@1", "add_tag@1", "remove_tag@1"]
    with pytest.raises(KnownError) as caught:
        add_tag(desk, bytes(16), "x")
    assert caught.value.kind is ErrorKind.NOT_FOUND
