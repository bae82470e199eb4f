"""The actions of a call: may it be dialled, dial it, wrap it up; each is one transaction on the store's thread."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from agent_app.actions.answer_files import attaching, send_all
from agent_app.actions.attachments import Sealed
from agent_app.actions.commitments import making
from agent_app.actions.desk import Desk, record
from agent_app.store import drafts, pulled
from agent_app.store.changes import StoreChanges
from agent_app.store.desk_state import recall
from agent_app.store.rows import StoreRows
from server_sync.domain.commands import (
    BookCallback,
    Command,
    FinishAttempt,
    RecordAnswers,
    SetDoNotCall,
    StartAttempt,
)
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.audit import AuditRow
from server_sync.domain.forms.promises import Promised
from server_sync.domain.model import Channel
from server_sync.domain.rules import dialling, do_not_call
from server_sync.domain.rules.settings import setting_id, setting_value


def check_dialling(
    desk: Desk, task_id: bytes, contact_point_id: bytes | None, channel: str = Channel.PHONE
) -> None:
    """Ask whether the task may be dialled now on this number, or the customer be visited for it, as far as this desk
    knows; raises KnownError with the rule against it."""
    now = desk.clock.now()
    with desk.store.read() as connection:
        rows = StoreRows(connection)
        task = rows.get("task", task_id)
        if task is None:
            raise KnownError(ErrorKind.NOT_FOUND, table="task")
        pull = pulled.refusal(connection, task, now)
        if pull is not None:
            raise KnownError(pull)
        limits = setting_value("do_not_call", rows.get("setting", setting_id("do_not_call")))
        old = do_not_call.stale(task["purpose"], recall(connection, "in_step_at"), now, limits)
        if old is not None:
            raise KnownError(ErrorKind.DO_NOT_CALL_STALE, **old.values)
        refusal = dialling.refusal(rows, task, desk.actor.person_id, contact_point_id, now, channel)
        if refusal is not None:
            raise KnownError(refusal.kind, **refusal.values)


def start_call(
    desk: Desk,
    attempt_id: bytes,
    task_id: bytes,
    customer_id: bytes,
    contact_point_id: bytes | None,
    channel: str = Channel.PHONE,
) -> StoreChanges:
    """Check, then record that the call or visit begins, under an id that the caller made. Raises KnownError when it
    may not.

    The draft of the task remembers the attempt in the same transaction: a desk that is killed during the call
    resumes it.
    """
    check_dialling(desk, task_id, contact_point_id, channel)
    now = desk.clock.now()
    command = StartAttempt(attempt_id, task_id, customer_id, contact_point_id, channel, now)
    call = {"call": {"started_at": now, "ended_at": None}}
    return record(
        desk,
        [command],
        "call",
        also=lambda connection: drafts.merge(connection, task_id, customer_id, None, attempt_id, call, now),
    )


@dataclass(frozen=True)
class Answers:
    """A filled form: XForm paths to values, the scores found in it, and what was promised in it; since when (ms) and in
    which language it was filled in, its audit, what stands out, and the files that values name."""

    form_version_id: bytes
    values: dict[str, str]
    complete: bool
    csat: int | None = None
    nps: int | None = None
    promised: tuple[Promised, ...] = ()
    started_at: int | None = None
    language: str = ""
    audit: Sequence[AuditRow] = ()
    flags: Sequence[str] = ()
    files: Sequence[Sealed] = ()


@dataclass(frozen=True)
class Promise:
    """A callback to be booked: when (ms), with whom ("respondent" or "other"), on which number, and a note."""

    at: int
    with_whom: str = "respondent"
    contact_point_id: bytes | None = None
    note: str | None = None


@dataclass(frozen=True)
class LoggedCall:
    """A call or visit that was not begun from here: since when (ms), on which number."""

    started_at: int
    contact_point_id: bytes | None = None
    channel: str = Channel.PHONE


@dataclass(frozen=True)
class WrapUp:
    """Everything that is saved together when a call is wrapped up (小结); `logged` begins the attempt as well."""

    task_id: bytes
    customer_id: bytes
    attempt_id: bytes
    disposition: str
    note: str | None = None
    talk_ms: int | None = None
    answers: Answers | None = None
    promise: Promise | None = None
    do_not_call_scope: str | None = None
    logged: LoggedCall | None = None


def finish_call(desk: Desk, wrap_up: WrapUp) -> StoreChanges:
    """Save answers with their files, promises, callback, disposition and refusal in ONE transaction, and drop the draft
    in it (A1); but answers of a form version that is not here stay in the draft until it is.

    Raises KnownError (a required note, a callback outside the window …); then nothing has changed.
    """
    now = desk.clock.now()
    commands: list[Command] = []
    files: Sequence[Sealed] = () if wrap_up.answers is None else wrap_up.answers.files
    if wrap_up.logged is not None:
        commands.append(
            StartAttempt(
                wrap_up.attempt_id,
                wrap_up.task_id,
                wrap_up.customer_id,
                wrap_up.logged.contact_point_id,
                wrap_up.logged.channel,
                wrap_up.logged.started_at,
            )
        )
    if wrap_up.answers is not None:
        response_id = desk.ids.new()
        commands.append(
            RecordAnswers(
                response_id,
                wrap_up.attempt_id,
                wrap_up.task_id,
                wrap_up.customer_id,
                wrap_up.answers.form_version_id,
                wrap_up.answers.values,
                wrap_up.answers.complete,
                wrap_up.answers.csat,
                wrap_up.answers.nps,
                now,
                wrap_up.answers.started_at,
                wrap_up.answers.language,
                list(wrap_up.answers.audit),
                list(wrap_up.answers.flags),
            )
        )
        commands += making(
            desk,
            wrap_up.answers.promised,
            wrap_up.task_id,
            wrap_up.customer_id,
            wrap_up.attempt_id,
            response_id,
            now,
        )
        commands += attaching(files, wrap_up.task_id, wrap_up.attempt_id, response_id, now)
    if wrap_up.promise is not None:
        commands.append(_booking(desk, wrap_up.task_id, wrap_up.customer_id, wrap_up.promise, now))
    commands.append(
        FinishAttempt(
            wrap_up.attempt_id,
            wrap_up.task_id,
            wrap_up.customer_id,
            wrap_up.disposition,
            wrap_up.note,
            now,
            wrap_up.talk_ms,
        )
    )
    if wrap_up.do_not_call_scope is not None:
        commands.append(
            SetDoNotCall(
                desk.ids.new(), wrap_up.customer_id, wrap_up.do_not_call_scope, "call", wrap_up.note, now
            )
        )

    def hand_in(connection: Connection) -> None:
        send_all(connection, files)
        drafts.hand_in(connection, wrap_up.task_id)

    return record(desk, commands, "wrap_up", also=hand_in)


def book_callback(desk: Desk, task_id: bytes, customer_id: bytes, promise: Promise) -> StoreChanges:
    """Book a callback without a call, such as after a message; raises KnownError when its time is refused."""
    return record(desk, [_booking(desk, task_id, customer_id, promise, desk.clock.now())], "callback")


def _booking(desk: Desk, task_id: bytes, customer_id: bytes, promise: Promise, now: int) -> BookCallback:
    return BookCallback(
        desk.ids.new(),
        task_id,
        customer_id,
        promise.at,
        promise.with_whom,
        promise.contact_point_id,
        promise.note,
        now,
    )
