"""All rules against a call together: which of them speaks first, and what an appointment overrides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import Channel, Purpose, Tier, Urgency
from server_sync.domain.rules import dialling
from server_sync.domain.rules.settings import setting_id

NOON = round(datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai")).timestamp() * 1000)
CUSTOMER, ME, OTHER, ONE, TWO = b"c" * 16, b"m" * 16, b"o" * 16, b"1" * 16, b"2" * 16

SOMEBODY = {"id": CUSTOMER, "tier": Tier.NORMAL, "region": None, "province": None}


@dataclass
class Kept:
    """Rows by table, as a command sees them."""

    tables: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tables = {"customer": [SOMEBODY]} | self.tables

    def get(self, table: str, row_id: bytes) -> Mapping[str, Any] | None:
        return next((row for row in self.tables.get(table, []) if row["id"] == row_id), None)

    def where(self, table: str, column: str, value: bytes) -> list[Mapping[str, Any]]:
        return [row for row in self.tables.get(table, []) if row[column] == value]


def a_task(**values: Any) -> dict[str, Any]:
    empty = {"appointment_at": None, "appointment_owner_id": None, "urgency": Urgency.NORMAL}
    return {"id": b"t" * 16, "customer_id": CUSTOMER, "purpose": Purpose.SERVICE} | empty | values


def attempts(*ago: int, point: bytes | None = ONE) -> list[dict[str, Any]]:
    made: dict[str, Any] = {"customer_id": CUSTOMER, "contact_point_id": point, "channel": Channel.PHONE}
    made |= {"task_id": b"t" * 16, "disposition": "3.13", "person_id": ME}
    return [{**made, "started_at": NOON - ms} for ms in ago]


REFUSED = {
    "id": b"d" * 16,
    "customer_id": CUSTOMER,
    "scope": "all",
    "source": "call",
    "set_at": NOON - DAY,
    "cleared_at": None,
}


def kind(
    task: dict[str, Any], rows: Kept | None = None, at: int = NOON, point: bytes | None = ONE
) -> ErrorKind | None:
    found = dialling.refusal(rows or Kept(), task, ME, point, at)
    return found.kind if found else None


def test_nothing_stands_against_an_ordinary_call() -> None:
    assert kind(a_task()) is None


def test_appointment_is_exclusive_until_it_is_released() -> None:
    assert kind(a_task(appointment_at=NOON, appointment_owner_id=OTHER)) is ErrorKind.APPOINTMENT_OF_ANOTHER
    assert kind(a_task(appointment_at=NOON, appointment_owner_id=ME)) is None
    assert kind(a_task(appointment_at=NOON, appointment_owner_id=None)) is None


def test_where_the_customer_s_own_row_is_still_on_its_way_only_the_task_speaks() -> None:
    nobody = Kept({"customer": [], "do_not_call": [REFUSED]})
    assert kind(a_task(), nobody) is None
    elsewhere = a_task(appointment_at=NOON, appointment_owner_id=OTHER)
    assert kind(elsewhere, nobody) is ErrorKind.APPOINTMENT_OF_ANOTHER


def test_refusal_of_the_customer_is_told_with_source_and_time() -> None:  # journey A4
    found = dialling.refusal(Kept({"do_not_call": [REFUSED]}), a_task(), ME, ONE, NOON)
    assert found is not None
    assert found.kind is ErrorKind.DO_NOT_CALL
    assert found.values == {"scope": "all", "source": "call", "set_at": NOON - DAY}


def test_do_not_call_speaks_before_the_window() -> None:
    assert kind(a_task(), at=NOON + 12 * HOUR) is ErrorKind.OUTSIDE_CALLING_WINDOW
    assert kind(a_task(), Kept({"do_not_call": [REFUSED]}), NOON + 12 * HOUR) is ErrorKind.DO_NOT_CALL


def points(*disputed: int | None) -> Kept:
    values = {"customer_id": CUSTOMER, "kind": "mobile", "valid": True}
    ids = (ONE, TWO)
    return Kept(
        {
            "contact_point": [
                values | {"id": row_id, "disputed_at": at} for row_id, at in zip(ids, disputed, strict=False)
            ]
        }
    )


def test_section_5_a_number_in_dispute_is_not_dialled_and_another_one_is() -> None:
    found = dialling.refusal(points(NOON - DAY, None), a_task(), ME, ONE, NOON)
    assert found is not None
    assert (found.kind, found.values) == (ErrorKind.NUMBER_DISPUTED, {"since": NOON - DAY})
    assert kind(a_task(), points(NOON - DAY, None), point=TWO) is None
    assert kind(a_task(), points(NOON - DAY, None), point=None) is None, "one is left to be dialled"
    assert kind(a_task(), points(NOON - DAY, NOON), point=None) is ErrorKind.NUMBER_DISPUTED
    assert kind(a_task(), points(), point=None) is None, "no number is none in dispute"


def test_window_follows_the_companys_setting() -> None:
    shorter = {"id": setting_id("calling_window"), "value": {"to": "12:00"}}
    assert kind(a_task(), Kept({"setting": [shorter]})) is ErrorKind.OUTSIDE_CALLING_WINDOW


def test_caps_count_the_calls_to_this_number() -> None:
    often = Kept({"attempt": attempts(HOUR, 3 * HOUR)})
    assert kind(a_task(), often) is ErrorKind.CONTACT_TOO_OFTEN
    assert kind(a_task(), often, point=TWO) is None, "another number of his"
    assert kind(a_task(), often, point=None) is ErrorKind.CONTACT_TOO_OFTEN, "the number is not known yet"
    unknown = Kept({"attempt": attempts(HOUR, 3 * HOUR, point=None)})
    assert kind(a_task(), unknown) is ErrorKind.CONTACT_TOO_OFTEN, "it may have been this one"


@pytest.mark.parametrize(("early", "allowed"), [(5 * MINUTE, True), (5 * MINUTE + 1, False)])
def test_due_appointment_overrides_the_companys_caps(early: int, allowed: bool) -> None:
    often = Kept({"attempt": attempts(HOUR, 3 * HOUR)})
    task = a_task(appointment_at=NOON + early, appointment_owner_id=ME)
    assert (kind(task, often) is None) is allowed


def test_due_appointment_does_not_override_the_hard_caps() -> None:
    often = Kept({"attempt": attempts(*(HOUR * h for h in (1, 3, 5, 7, 9)))})
    assert kind(a_task(appointment_at=NOON, appointment_owner_id=ME), often) is ErrorKind.CONTACT_TOO_OFTEN


@pytest.mark.parametrize(
    ("ago", "person", "disposition", "found"),
    [
        (30 * MINUTE, OTHER, None, ErrorKind.CUSTOMER_IN_CALL),
        (60 * MINUTE, OTHER, None, None),
        (30 * MINUTE, ME, None, None),
        (30 * MINUTE, OTHER, "3.13", None),
        (-MINUTE, OTHER, None, None),
    ],
)
def test_a_customer_whom_a_colleague_speaks_with_is_not_called(
    ago: int, person: bytes, disposition: str | None, found: ErrorKind | None
) -> None:
    (made,) = attempts(ago)
    rows = Kept({"attempt": [made | {"person_id": person, "disposition": disposition}]})
    assert kind(a_task(), rows) is found


def test_needs_name_every_row_that_is_read() -> None:
    asked: set[tuple[str, bytes, str]] = set()

    class Asking(Kept):
        def get(self, table: str, row_id: bytes) -> Mapping[str, Any] | None:
            asked.add((table, row_id, "id"))
            return super().get(table, row_id)

        def where(self, table: str, column: str, value: bytes) -> list[Mapping[str, Any]]:
            asked.add((table, value, column))
            return super().where(table, column, value)

    dialling.refusal(Asking(), a_task(), ME, ONE, NOON)
    assert asked <= set(dialling.needs(b"t" * 16, CUSTOMER))
