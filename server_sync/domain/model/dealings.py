"""What else is between a customer and the company beside orders: contracts, events of other systems, consent."""

from enum import StrEnum

from sqlalchemy import BigInteger, Boolean, Column, Index, Text, UniqueConstraint

from server_sync.domain.model.columns import JsonText, Scope, id_column, replicated


class EventKind(StrEnum):
    """What happened elsewhere and may be the basis of a plan (M1.3 to M1.13)."""

    SIGNING = "signing"
    DELIVERY = "delivery"
    INSTALLATION = "installation"
    GO_LIVE = "go_live"
    COMPLAINT = "complaint"
    COMPLAINT_SOLVED = "complaint_solved"
    TICKET_SOLVED = "ticket_solved"
    COURSE_ENDED = "course_ended"
    ENQUIRY = "enquiry"
    VISIT = "visit"
    """Of a shop, site or app by the customer: what the activity index counts (M2.8)."""


contract = replicated(
    "contract",
    Scope.DOSSIER,
    id_column("customer_id"),
    Column("number", Text, nullable=False),
    Column("product_line", Text),
    Column("signed_on", Text),
    Column("starts_on", Text),
    Column("expires_on", Text),
    Column("amount", Text),  # exact decimal
    Column("renewed_on", Text),  # by another contract or by word: no renewal ladder any more
    UniqueConstraint("number", "customer_id"),
    Index("contract_by_customer", "customer_id"),
    Index("contract_by_expiry", "expires_on"),
)

event = replicated(
    "event",
    Scope.DOSSIER,
    id_column("customer_id"),
    Column("kind", Text, nullable=False),  # a value of EventKind
    Column("number", Text, nullable=False),  # its own in the other system, or made of its row
    Column("happened_at", BigInteger, nullable=False),
    Column("product_line", Text),
    Column("details", JsonText, nullable=False, default=dict, server_default="{}"),
    UniqueConstraint("number", "kind", "customer_id"),
    Index("event_by_customer", "customer_id", "happened_at"),
    Index("event_by_kind", "kind", "happened_at"),
)

consent = replicated(
    "consent",
    Scope.DOSSIER,
    id_column("customer_id"),
    Column("purpose", Text, nullable=False),  # a value of Purpose
    Column("channel", Text),  # a value of Channel; None: all
    Column("granted", Boolean, nullable=False),
    Column("source", Text, nullable=False),  # call, import, link, visit
    Column("wording", Text),  # what was agreed to, with its version
    Column("given_at", BigInteger, nullable=False),
    id_column("given_to", required=False),
    Column("withdrawn_at", BigInteger),
    Index("consent_by_customer", "customer_id"),
)
