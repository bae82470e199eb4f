"""What the customer column shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from agent_app.store.queries.attachments import Attached
from agent_app.store.queries.commitments import Commitment
from agent_app.store.queries.contact_ledger import CustomerLedger
from agent_app.store.queries.customer360 import Customer360
from agent_app.store.queries.task_sheet import TaskSheet
from server_sync.domain.errors import ErrorKind


@dataclass(frozen=True)
class Correction:
    """What was typed anew: a field of the customer, or with `contact_point_id` a number; `seen` is what stood there
    when the typing began (SYNC §5: by it the server tells whether somebody else changed it meanwhile). Of tags: `value`
    is put on, or `seen` taken off."""

    customer_id: bytes
    seen: str | None
    value: str
    field: str = ""
    contact_point_id: bytes | None = None


@dataclass(frozen=True)
class CustomerState:
    """`sheet` is the task at hand, None when a customer is only looked at; `why` is (kind, values) of its place in the
    queue; `correctable` are the answers that this person may correct, by the call; `correcting` shows the fields to
    correct; `writing` the note."""

    customer: Customer360 | None = None
    sheet: TaskSheet | None = None
    why: tuple[str, Mapping[str, Any]] | None = None
    correctable: Mapping[bytes, bytes] = field(default_factory=dict)
    correcting: bool = False
    writing: bool = False
    error: ErrorKind | None = None
    error_values: Mapping[str, Any] = field(default_factory=dict)
    now: int = 0


@dataclass(frozen=True)
class PromisesState:
    """The customer's promises, the open ones first; `withdrawing` is the one that is asked about."""

    promises: tuple[Commitment, ...] = ()
    withdrawing: bytes | None = None
    error: ErrorKind | None = None
    error_values: Mapping[str, Any] = field(default_factory=dict)
    now: int = 0


@dataclass(frozen=True)
class ConsentAsked:
    """What the customer said about consent for a purpose: agreed, declined, or with None took it back."""

    purpose: str
    granted: bool | None


@dataclass(frozen=True)
class LedgerState:
    """The customer's contact ledger; `asked` is the consent whose wording is being written."""

    ledger: CustomerLedger | None = None
    unfolded: bool = False
    asked: ConsentAsked | None = None
    error: ErrorKind | None = None
    error_values: Mapping[str, Any] = field(default_factory=dict)
    now: int = 0


@dataclass(frozen=True)
class AttachmentsState:
    """The files of the customer; `adding` are names of those being sealed, `leads` lets take back others' files.

    `error` is what went wrong last, with the file of `error_name` if it was about one."""

    files: tuple[Attached, ...] = ()
    adding: tuple[str, ...] = ()
    leads: bool = False
    loaded: bool = False
    error: ErrorKind | None = None
    error_values: Mapping[str, Any] = field(default_factory=dict)
    error_name: str = ""
    now: int = 0
