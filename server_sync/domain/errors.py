"""The one list of error kinds of both ends and the exception that carries one; the words for them live in views."""

from enum import StrEnum
from typing import Any


class ErrorKind(StrEnum):
    """What went wrong, as a value that travels over the wire and is put into words only where a person reads it."""

    # signing in and permission
    BAD_CREDENTIALS = "bad_credentials"
    TOO_MANY_TRIES = "too_many_tries"
    TOKEN_INVALID = "token_invalid"
    ACCOUNT_DISABLED = "account_disabled"
    NOT_PERMITTED = "not_permitted"
    DEVICE_CLONED = "device_cloned"
    DEVICE_REVOKED = "device_revoked"

    # messages
    MALFORMED = "malformed"
    TOO_LARGE = "too_large"
    UNKNOWN_COMMAND = "unknown_command"
    UPGRADE_NEEDED = "upgrade_needed"
    SERVER_RESTORED = "server_restored"
    CURSOR_TOO_OLD = "cursor_too_old"
    SERVER_FAILED = "server_failed"
    SERVER_BUSY = "server_busy"
    SERVER_WOULD_EMPTY_DESK = "server_would_empty_desk"
    OFFLINE = "offline"
    NOT_A_SERVER = "not_a_server"

    # rules given as data
    CALENDAR_INVALID = "calendar_invalid"
    CONDITION_INVALID = "condition_invalid"
    TOO_MANY_TASKS = "too_many_tasks"
    TOO_HEAVY = "too_heavy"
    PLAN_CHANGED = "plan_changed"
    ARTICLE_CHANGED = "article_changed"
    GOAL_CHANGED = "goal_changed"
    LADDER_CHANGED = "ladder_changed"
    CALENDAR_CHANGED = "calendar_changed"
    OUT_OF_RANGE = "out_of_range"

    # commands
    NOT_FOUND = "not_found"
    ALREADY_EXISTS = "already_exists"
    ALREADY_TAKEN = "already_taken"
    NOT_PULLED = "not_pulled"
    PULL_OVER = "pull_over"
    TASK_CLOSED = "task_closed"
    ATTEMPT_CLOSED = "attempt_closed"
    COMMITMENT_SETTLED = "commitment_settled"
    FIELD_MISSING = "field_missing"
    FIELD_INVALID = "field_invalid"
    FIELD_CONFLICT = "field_conflict"
    NUMBER_DISPUTED = "number_disputed"
    NOTE_REQUIRED = "note_required"
    CALLBACK_REQUIRED = "callback_required"
    UNKNOWN_DISPOSITION = "unknown_disposition"
    OUTSIDE_CALLING_WINDOW = "outside_calling_window"
    IN_THE_PAST = "in_the_past"
    DO_NOT_CALL = "do_not_call"
    DO_NOT_CALL_STALE = "do_not_call_stale"
    NO_CONSENT = "no_consent"
    CONTACT_TOO_OFTEN = "contact_too_often"
    APPOINTMENT_OF_ANOTHER = "appointment_of_another"
    CUSTOMER_IN_CALL = "customer_in_call"

    # attachments
    FILE_TYPE_REFUSED = "file_type_refused"
    FILE_DAMAGED = "file_damaged"
    ATTACHMENT_TOO_LARGE = "attachment_too_large"
    TOO_MANY_ATTACHMENTS = "too_many_attachments"
    OFFSET_WRONG = "offset_wrong"

    # a desk's own store and machine
    PASSPHRASE_WRONG = "passphrase_wrong"
    STORE_KEY_WRONG = "store_key_wrong"
    STORE_KEY_MISSING = "store_key_missing"
    STORE_DAMAGED = "store_damaged"
    STORE_TOO_NEW = "store_too_new"
    STORE_UNREADABLE = "store_unreadable"
    DISK_FULL = "disk_full"
    LEASE_OVER = "lease_over"
    PROFILE_IN_USE = "profile_in_use"
    DIAL_FAILED = "dial_failed"

    # a server's own database and machine
    DATABASE_MISSING = "database_missing"
    DATABASE_OLD = "database_old"
    DATABASE_UNREACHABLE = "database_unreachable"
    DATABASE_FILLED = "database_filled"
    DATABASE_IN_USE = "database_in_use"
    BACKUP_DAMAGED = "backup_damaged"
    ADDRESS_UNAVAILABLE = "address_unavailable"
    CERTIFICATE_UNREADABLE = "certificate_unreadable"
    WORKERS_NEED_POSTGRESQL = "workers_need_postgresql"

    # forms
    FORM_UNREADABLE = "form_unreadable"
    FORM_TOO_LARGE = "form_too_large"
    FORM_INVALID = "form_invalid"
    FORM_EXPRESSION = "form_expression"
    FORM_REFERENCE = "form_reference"
    FORM_CYCLE = "form_cycle"
    FORM_UNSUPPORTED = "form_unsupported"
    ANSWER_UNKNOWN_QUESTION = "answer_unknown_question"
    ANSWER_NOT_RELEVANT = "answer_not_relevant"
    ANSWER_READ_ONLY = "answer_read_only"
    ANSWER_WRONG_TYPE = "answer_wrong_type"
    ANSWER_OUT_OF_RANGE = "answer_out_of_range"
    ANSWER_TOO_LONG = "answer_too_long"
    ANSWER_NOT_OFFERED = "answer_not_offered"
    ANSWER_REQUIRED = "answer_required"
    ANSWER_CONSTRAINT = "answer_constraint"

    # intake: files as a whole
    FILE_UNREADABLE = "file_unreadable"
    FILE_UNWRITABLE = "file_unwritable"
    FILE_TYPE_UNKNOWN = "file_type_unknown"
    FILE_TOO_LARGE = "file_too_large"
    FILE_ENCRYPTED = "file_encrypted"
    ENCODING_UNKNOWN = "encoding_unknown"
    TOO_MANY_COLUMNS = "too_many_columns"
    TOO_MANY_ROWS = "too_many_rows"
    HEADER_MISSING = "header_missing"
    COLUMNS_MISSING = "columns_missing"
    SHEET_MISSING = "sheet_missing"
    MAPPING_INVALID = "mapping_invalid"
    BATCH_UNDONE = "batch_undone"

    # intake: single rows
    DATE_INVALID = "date_invalid"
    DATE_AMBIGUOUS = "date_ambiguous"
    NUMBER_INVALID = "number_invalid"
    NUMBER_ROUNDED = "number_rounded"
    QUANTITY_CONTRADICTS = "quantity_contradicts"
    PHONE_INVALID = "phone_invalid"
    EMAIL_INVALID = "email_invalid"
    TEXT_TOO_LONG = "text_too_long"
    DUPLICATE_ROW = "duplicate_row"
    DUPLICATE_PHONE = "duplicate_phone"
    DUPLICATE_NAME = "duplicate_name"
    CODE_SHARED = "code_shared"
    CUSTOMER_UNKNOWN = "customer_unknown"
    PERIOD_REVERSED = "period_reversed"
    ORDER_UNKNOWN = "order_unknown"


class KnownError(Exception):
    """An error of the environment or the input, apart from a bug: a kind and the values that its words need.

    Values are plain JSON values; they never hold personal data beyond what the person addressed may see.
    """

    def __init__(self, kind: ErrorKind, **values: Any) -> None:
        super().__init__(kind.value, values)
        self.kind = kind
        self.values = values
