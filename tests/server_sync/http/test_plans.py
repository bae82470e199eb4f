"""The preview of plans over HTTP: for administrators, with counts and a sample; it ends when nobody waits for it."""

import asyncio
import json
import threading
from typing import Any

import pytest
from anyio import CapacityLimiter
from sqlalchemy import text
from starlette.requests import ClientDisconnect, Request

from server_sync.domain.clock import DAY
from server_sync.domain.commands import Insert
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import Role
from server_sync.http import limits
from server_sync.http.leaving import Stop, while_there
from server_sync.store.changes import write
from server_sync.store.database import Database
from tests.server_sync.http.conftest import DESK, Scene
from tests.server_sync.organisation import NOW
from tests.servers import Answer, add_person

VIP = {"combinator": "and", "rules": [{"field": "tier", "operator": "=", "value": "vip"}]}
SILENT: dict[str, Any] = {
    "code": "vip_care",
    "name": "VIP客户关怀",
    "label": "VIP关怀",
    "purpose": "service",
    "trigger": "silence",
    "params": {"days": 15},
    "audience": VIP,
    "due_within": {"amount": 2, "unit": "working_days"},
}


@pytest.fixture
def office(scene: Scene) -> Scene:
    """The scene with three VIPs, two of them silent and one of these not to be called; an administrator asks."""
    north = scene.organisation.north
    customers = [
        scene.organisation.customer(
            north, code=f"V{ago}", name=f"客户 {ago}", tier="vip", last_contact_at=NOW - ago * DAY
        )
        for ago in (3, 15, 40)
    ]
    entry = {"id": scene.organisation.ids.new(), "customer_id": customers[2].row_id, "scope": "all"}
    with scene.database.write(NOW) as tx:
        write(tx, [*customers, Insert("do_not_call", entry | {"source": "call", "set_at": NOW - DAY})])
    add_person(scene.database, "chief", role=Role.ADMINISTRATOR, clock=scene.clock)
    assert scene.caller.sign_in("chief", device=DESK).status == 200
    return scene


def ask(scene: Scene, **asked: Any) -> Answer:
    return scene.caller.post("/api/v1/plans/preview", json.dumps(asked).encode())


def test_a_plan_says_whom_it_would_pick_and_what_would_become_of_them(office: Scene) -> None:
    found = ask(office, plan=SILENT).json
    assert (found["audience"], found["picked"], found["decided"]) == (3, 2, 2)
    assert (found["made"], found["skipped"]) == (1, {"do_not_call": 1})
    assert [(one["customer"]["code"], one.get("skipped")) for one in found["sample"]] == [
        ("V15", None),
        ("V40", "do_not_call"),
    ]
    first = found["sample"][0]
    assert (first["reason"], first["reason_values"]["days"]) == ("silence", 15)
    assert (first["available_at"], first["due_at"]) == (NOW, NOW + 4 * DAY)
    assert ask(office, plan=SILENT).json == found


def test_a_preview_writes_nothing(office: Scene) -> None:
    def counts() -> list[int]:
        with office.database.read() as connection:
            names = ("task", "occasion", "plan", "feed", "job", "audit")
            return [connection.scalar(text(f"SELECT count(*) FROM {name}")) or 0 for name in names]

    before = counts()
    assert ask(office, plan=SILENT | {"trigger": "batch", "params": {"batch": "x"}}).json["made"] == 2
    assert counts() == before


def test_an_audience_is_counted_while_it_is_built(office: Scene) -> None:
    found = ask(office, audience=VIP).json
    assert (found["audience"], found["picked"]) == (3, None)
    assert [one["customer"]["name"] for one in found["sample"]] == ["客户 15", "客户 3", "客户 40"]


def test_many_conditions_are_counted_as_few_are(office: Scene) -> None:
    none = [
        {"field": "deliveries_within", "days": days, "operator": "<=", "value": 0} for days in range(1, 9)
    ]
    silent = {"field": "last_contact_at", "operator": "older_than_days", "value": 10}
    few, many = ({"combinator": "and", "rules": [*VIP["rules"], silent, *none[:count]]} for count in (1, 8))
    found = ask(office, audience=many).json
    assert found == ask(office, audience=few).json
    assert [one["customer"]["code"] for one in found["sample"]] == ["V15", "V40"]
    assert ask(office, plan=SILENT | {"audience": many}).json["audience"] == 2


@pytest.mark.parametrize(
    ("asked", "kind", "field"),
    [
        ({}, ErrorKind.FIELD_MISSING, "plan"),
        ({"plan": SILENT, "audience": VIP}, ErrorKind.FIELD_MISSING, "plan"),
        ({"plan": SILENT | {"params": {"days": 0}}}, ErrorKind.FIELD_INVALID, "vip_care.params.days"),
        ({"plan": 3}, ErrorKind.MALFORMED, None),
    ],
)
def test_what_is_no_plan_is_refused_with_its_place(
    office: Scene, asked: dict[str, Any], kind: ErrorKind, field: str | None
) -> None:
    answer = ask(office, **asked)
    assert (answer.status // 100, answer.json["kind"]) == (4, kind)
    assert answer.json["values"].get("field") == field


def test_whoever_is_no_administrator_is_refused(signed_in: Scene) -> None:
    answer = ask(signed_in, plan=SILENT)
    assert (answer.status, answer.json["kind"]) == (403, ErrorKind.NOT_PERMITTED)


ENDLESS = """
WITH RECURSIVE numbers(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers) SELECT max(number) FROM numbers
"""


def test_work_for_whoever_has_left_ends(database: Database) -> None:
    begun = threading.Event()

    async def receive() -> dict[str, Any]:
        await asyncio.to_thread(begun.wait)
        return {"type": "http.disconnect"}

    def work(stop: Stop) -> None:
        with database.read_aside() as (connection, end):
            stop.by(end)
            begun.set()
            connection.execute(text(ENDLESS))

    async def ask_and_leave() -> None:
        request = Request({"type": "http", "headers": []}, receive)
        await while_there(request, work, CapacityLimiter(1), 60)

    with pytest.raises(ClientDisconnect):
        asyncio.run(ask_and_leave())
    with database.read_aside() as (connection, _):
        assert connection.scalar(text("SELECT 1")) == 1


def test_who_waits_for_his_turn_is_not_overdue(database: Database) -> None:
    async def receive() -> dict[str, Any]:
        return await asyncio.Future()

    def work(stop: Stop) -> int:
        with database.read_aside() as (connection, end):
            stop.by(end)
            return int(connection.scalar(text("SELECT 1")) or 0)

    async def ask_behind_another() -> int:
        turns = CapacityLimiter(1)
        await turns.acquire_on_behalf_of("another")
        request = Request({"type": "http", "headers": []}, receive)
        asked = asyncio.ensure_future(while_there(request, work, turns, 0.2))
        await asyncio.sleep(0.6)
        turns.release_on_behalf_of("another")
        return await asked

    assert asyncio.run(ask_behind_another()) == 1


def test_what_takes_too_long_is_stopped_and_says_what_is_heavy(
    office: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = "WITH RECURSIVE numbers(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers)"
    with office.database.write(NOW) as tx:
        tx.connection.execute(text("ALTER TABLE sales_order RENAME TO orders_aside"))
        view = f"CREATE VIEW sales_order AS {endless} SELECT orders_aside.* FROM numbers, orders_aside"
        tx.connection.execute(text(view))
        customer_id = office.customer_id
        order = {"id": office.organisation.ids.new(), "customer_id": customer_id, "number": "1"}
        names = ", ".join([*order, "ordered_on", "amount", "line_count", "rev"])
        tx.connection.execute(
            text(
                f"INSERT INTO orders_aside ({names}) VALUES (:id, :customer_id, :number, '2026-09-01', '1', 1, 1)"
            ),
            order,
        )
    spent = {"field": "spent_within", "days": 30, "operator": ">", "value": 0}
    heavy = {"combinator": "or", "rules": [*VIP["rules"], spent, spent | {"days": 60}]}
    monkeypatch.setattr(limits, "PREVIEW_SECONDS", 0.3)
    for asked in ({"audience": heavy}, {"plan": SILENT | {"audience": heavy}}):
        answer = ask(office, **asked)
        assert (answer.status, answer.json["kind"]) == (400, ErrorKind.TOO_HEAVY)
        assert answer.json["values"] == {
            "seconds": 0,
            "conditions": 3,
            "looked_up": 2,
            "heaviest": "spent_within",
        }
    monkeypatch.undo()
    assert ask(office, audience=VIP).json["audience"] == 3
