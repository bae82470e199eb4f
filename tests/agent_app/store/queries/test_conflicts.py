"""What the server refused and nobody has dealt with yet (SYNC P3)."""

from typing import Any

import pytest
from sqlalchemy import insert

from agent_app.store.queries import conflicts
from agent_app.store.tables import conflict
from server_sync.domain.commands import AddNote
from server_sync.domain.wire.codec import encode_arguments
from tests.agent_app.desk import Company
from tests.server_sync.organisation import NOW


def refuse(
    company: Company, mid: int, *, at: int = NOW, settled_at: int | None = None, **values: Any
) -> None:
    note = AddNote(b"a" * 16, b"c" * 16, "喜欢上午", NOW)
    row = {
        "mid": mid,
        "status": "rejected",
        "command": note.name,
        "args": encode_arguments(note),
        "kind": "not_found",
        "values": {"table": "customer"},
        "customer_id": None,
        "recorded_at": NOW - 1,
        "answered_at": at,
        "settled_at": settled_at,
    }
    with company.store.write() as connection:
        connection.execute(insert(conflict).values(row | values))


def test_open_refusals_come_the_latest_first_with_what_was_meant(company: Company) -> None:
    customer = company.organisation.customer(None, name="客户 A")
    company.put(customer)
    refuse(company, 1)
    refuse(company, 2, at=NOW + 1, customer_id=customer.row_id)
    refuse(company, 3)
    refuse(company, 4, settled_at=NOW)
    with company.store.read() as connection:
        entries = conflicts.unsettled(connection)
        assert conflicts.count(connection) == 3
    assert [(one.mid, one.customer) for one in entries] == [(2, "客户 A"), (3, None), (1, None)]
    one = entries[0]
    assert (one.command, one.arguments["text"], one.values) == ("add_note", "喜欢上午", {"table": "customer"})


@pytest.mark.parametrize("unreadable", [{"command": "sing@1"}, {"args": b"\xc1"}])
def test_what_cannot_be_read_any_more_is_still_shown(company: Company, unreadable: dict[str, Any]) -> None:
    refuse(company, 1, **unreadable)
    with company.store.read() as connection:
        (one,) = conflicts.unsettled(connection)
    assert one.arguments == {}
