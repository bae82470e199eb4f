"""The numbers and addresses of customers: those that the store lacks are added, none is ever taken away."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from server_sync.domain.model import contact_point
from server_sync.intake.draft import Draft
from server_sync.intake.records import PhoneNumber
from server_sync.intake.stored import rows_where


@dataclass
class _Known:
    values: set[str] = field(default_factory=set)
    next_position: int = 0


class ContactPoints:
    """The contact points of the stored customers of one run, and those it adds."""

    def __init__(self, connection: Connection, draft: Draft, customer_ids: Iterable[bytes]) -> None:
        self._draft = draft
        self._known: dict[bytes, _Known] = {}
        for row in rows_where(connection, contact_point, "customer_id", customer_ids):
            known = self._known.setdefault(row["customer_id"], _Known())
            known.values.add(row["value"])
            known.next_position = max(known.next_position, row["position"] + 1)

    def add(self, customer_id: bytes, ways: Iterable[tuple[str, str]]) -> None:
        """Add those of the (kind, value) pairs that the customer lacks, behind those he has."""
        known = self._known.setdefault(customer_id, _Known())
        for kind, value in ways:
            if value not in known.values:
                known.values.add(value)
                place = {"customer_id": customer_id, "position": known.next_position}
                self._draft.insert("contact_point", {**place, "kind": kind, "value": value, "valid": True})
                known.next_position += 1


def ways_to_reach(phones: Iterable[PhoneNumber], values: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Kind and value of each way that a row names, the best first."""
    numbers = [(phone.kind, phone.text) for phone in phones]
    return numbers + [(kind, values[kind]) for kind in ("email", "wechat") if kind in values]
