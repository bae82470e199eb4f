"""The verbs of a customer's consent: give it with its evidence, and withdraw it, which holds from then on (PIPL 15)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from server_sync.domain.commands.decision import (
    Accepted,
    Actor,
    Decision,
    Insert,
    Need,
    Rejected,
    Row,
    Rows,
    Update,
    derived_id,
    rejected,
)
from server_sync.domain.commands.facts import LONGEST_TEXT, clamp
from server_sync.domain.commands.on_customer import OnCustomer
from server_sync.domain.commands.refusals import ending
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import ActivityKind, Channel, Purpose
from server_sync.domain.rules.settings import setting_id, setting_value

SOURCES = ("call", "visit", "supervisor")
"""How a person heard of it; imports and links write their own."""


def _invalid(purpose: str, channel: str | None, source: str, wording: str | None) -> Rejected | None:
    if purpose not in list(Purpose):
        return rejected(ErrorKind.FIELD_INVALID, field="purpose")
    if channel is not None and channel not in list(Channel):
        return rejected(ErrorKind.FIELD_INVALID, field="channel")
    if source not in SOURCES:
        return rejected(ErrorKind.FIELD_INVALID, field="source")
    if wording is not None and len(wording) > LONGEST_TEXT:
        return rejected(ErrorKind.FIELD_INVALID, field="wording", most=LONGEST_TEXT)
    return None


@dataclass(frozen=True)
class GiveConsent(OnCustomer):
    """The customer agrees, or declines when asked, to be contacted for a purpose, by one channel or by all of them.

    `wording` is what he was asked, with its version: a consent without it proves nothing.
    """

    name: ClassVar[str] = "give_consent@1"
    consent_id: bytes
    customer_id: bytes
    purpose: str
    channel: str | None
    granted: bool
    source: str
    wording: str
    given_at: int

    def reads_besides(self) -> Iterable[Need]:
        return (Need("consent", self.consent_id),)

    def decide_on(self, customer: Row, rows: Rows, actor: Actor, now: int) -> Decision:
        if rows.get("consent", self.consent_id) is not None:
            return rejected(ErrorKind.ALREADY_EXISTS, table="consent")
        invalid = _invalid(self.purpose, self.channel, self.source, self.wording)
        if invalid is not None:
            return invalid
        if not self.wording.strip():
            return rejected(ErrorKind.FIELD_MISSING, field="wording")
        at = clamp(self.given_at, now)
        entry = {
            "id": self.consent_id,
            "customer_id": self.customer_id,
            "purpose": self.purpose,
            "channel": self.channel,
            "granted": self.granted,
            "source": self.source,
            "wording": self.wording,
            "given_at": at,
            "given_to": actor.person_id,
        }
        kind = ActivityKind.CONSENT_GIVEN if self.granted else ActivityKind.CONSENT_DECLINED
        told = _told(self.purpose, self.channel, self.source)
        fact = _fact(derived_id(self.consent_id, 1), self.customer_id, actor, kind, told, self.wording, at)
        return Accepted((Insert("consent", entry), Insert("activity", fact)))


@dataclass(frozen=True)
class WithdrawConsent(OnCustomer):
    """The customer takes his consent back, at once and for what is to come; what was done under it stays valid.

    Where no consent of this very channel is on record his word is kept as a refusal. His open tasks of a purpose that
    needs consent end.
    """

    name: ClassVar[str] = "withdraw_consent@1"
    consent_id: bytes
    customer_id: bytes
    purpose: str
    channel: str | None
    source: str
    note: str | None
    withdrawn_at: int

    def reads_besides(self) -> Iterable[Need]:
        yield Need("consent", self.customer_id, "customer_id")
        yield Need("consent", self.consent_id)
        yield Need("callback", self.customer_id, "customer_id")
        yield Need("setting", setting_id("consent"))

    def decide_on(self, customer: Row, rows: Rows, actor: Actor, now: int) -> Decision:
        if rows.get("consent", self.consent_id) is not None:
            return rejected(ErrorKind.ALREADY_EXISTS, table="consent")
        invalid = _invalid(self.purpose, self.channel, self.source, self.note)
        if invalid is not None:
            return invalid
        at = clamp(self.withdrawn_at, now)
        standing = [
            entry
            for entry in rows.where("consent", "customer_id", self.customer_id)
            if entry["purpose"] == self.purpose and entry["granted"] and entry["withdrawn_at"] is None
        ]
        covered = [entry for entry in standing if self.channel in (None, entry["channel"])]
        withdrawn = [Update("consent", entry["id"], {"withdrawn_at": at}) for entry in covered]
        refusal = {
            "id": self.consent_id,
            "customer_id": self.customer_id,
            "purpose": self.purpose,
            "channel": self.channel,
            "granted": False,
            "source": self.source,
            "wording": self.note,
            "given_at": at,
            "given_to": actor.person_id,
        }
        refused = [] if covered and len(covered) == len(standing) else [Insert("consent", refusal)]
        told = _told(self.purpose, self.channel, self.source)
        kind = ActivityKind.CONSENT_WITHDRAWN
        fact = _fact(derived_id(self.consent_id, 1), self.customer_id, actor, kind, told, self.note, at)
        needed = setting_value("consent", rows.get("setting", setting_id("consent")))["purposes"]
        ended = (
            ending(rows, self.customer_id, self._concerns, "consent_withdrawn", at)
            if self.purpose in needed
            else []
        )
        return Accepted((*withdrawn, *refused, Insert("activity", fact), *ended))

    def _concerns(self, task: Row) -> bool:
        return bool(task["purpose"] == self.purpose) and self.channel in (None, task["channel"])


def _told(purpose: str, channel: str | None, source: str) -> dict[str, Any]:
    return {"purpose": purpose, "channel": channel, "source": source}


def _fact(
    activity_id: bytes,
    customer_id: bytes,
    actor: Actor,
    kind: ActivityKind,
    details: dict[str, Any],
    text: str | None,
    at: int,
) -> dict[str, Any]:
    """The timeline's row: the evidence of who was told what, when and how."""
    return {
        "id": activity_id,
        "customer_id": customer_id,
        "person_id": actor.person_id,
        "kind": kind,
        "details": details,
        "text": text,
        "happened_at": at,
    }
