"""The customer's timeline: one row a fact, append-only; the facts' own details stand in their tables."""

from enum import StrEnum

from sqlalchemy import BigInteger, Column, Index, Text

from server_sync.domain.model.columns import JsonText, Scope, id_column, replicated


class ActivityKind(StrEnum):
    """What happened (M2.2)."""

    CALL = "call"
    VISIT = "visit"
    NOTE = "note"
    RETURN = "return"
    CALLBACK_BOOKED = "callback_booked"
    CALLBACK_RELEASED = "callback_released"
    COMMITMENT_MADE = "commitment_made"
    COMMITMENT_SETTLED = "commitment_settled"
    REASSIGNED = "reassigned"
    ESCALATED = "escalated"
    DO_NOT_CALL_SET = "do_not_call_set"
    DO_NOT_CALL_CLEARED = "do_not_call_cleared"
    CONSENT_GIVEN = "consent_given"
    CONSENT_DECLINED = "consent_declined"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    FIELD_CORRECTED = "field_corrected"
    CONFLICT_SETTLED = "conflict_settled"
    ANSWERS_CORRECTED = "answers_corrected"


activity = replicated(
    "activity",
    Scope.DOSSIER,
    id_column("customer_id"),
    id_column("task_id", required=False),
    id_column("attempt_id", required=False),
    id_column("person_id", required=False),
    Column("kind", Text, nullable=False),
    Column("details", JsonText, nullable=False),  # the values that the kind's words need
    Column("text", Text),  # what a person wrote
    Column("happened_at", BigInteger, nullable=False),
    Index("activity_by_customer", "customer_id", "happened_at"),
)
