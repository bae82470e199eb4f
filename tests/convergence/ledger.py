"""What the simulator itself remembers of every edit: that it was saved at a desk, and every answer the server gave. It
asks neither end, so that it can tell when one of them forgets."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from server_sync.domain.commands import COMMANDS, RemoveAttachment
from server_sync.domain.errors import KnownError
from server_sync.domain.wire.codec import arguments_hash, decode_command
from server_sync.domain.wire.messages import PushReply, PushRequest

Key = bytes
"""An edit by its command and arguments, which have an id or a moment of their own."""

FINISH = "finish_attempt@1"

# The row that only this edit makes, or ends.
OWN_ROW = {
    FINISH: ("attempt", "attempt_id"),
    "add_note@1": ("activity", "activity_id"),
    "correct_customer@1": ("activity", "activity_id"),
    "correct_contact_point@1": ("activity", "activity_id"),
    "start_attempt@1": ("attempt", "attempt_id"),
    "record_answers@1": ("response", "response_id"),
    "record_answers@2": ("response", "response_id"),
    "correct_answers@1": ("response", "response_id"),
    "book_callback@1": ("callback", "callback_id"),
    "make_commitment@1": ("commitment", "commitment_id"),
    "set_do_not_call@1": ("do_not_call", "entry_id"),
    "give_consent@1": ("consent", "consent_id"),
    "add_attachment@1": ("attachment", "attachment_id"),
}


class Violated(Exception):
    """An invariant does not hold: its name, and what was found."""

    def __init__(self, invariant: str, what: str) -> None:
        super().__init__(f"{invariant}: {what}")
        self.invariant = invariant
        self.what = what


@dataclass
class Edit:
    """One edit that a person was told is saved. `excused`: why it may be gone. `put_away`: it was among the conflicts,
    and the person has dealt with it. `gone_from_desk`: with its disk; the server alone has it."""

    key: Key
    desk: str
    command: str
    args: bytes
    number: int
    own_row: tuple[str, bytes] | None
    excused: str = ""
    put_away: bool = False
    gone_from_desk: bool = False

    def __str__(self) -> str:
        return f"edit {self.number} ({self.command} at {self.desk})"


@dataclass
class Ledger:
    """All edits by key, and the answers of this life of the server by (device, mid)."""

    edits: dict[Key, Edit] = field(default_factory=dict)
    answers: dict[tuple[bytes, int], tuple[Key, str]] = field(default_factory=dict)
    told: dict[Key, str] = field(default_factory=dict)
    """What the server last said of an edit: accepted, merged or rejected."""
    told_at: dict[Key, int] = field(default_factory=dict)
    taken_up: set[Key] = field(default_factory=set)
    """Edits that the server, or one that was set back since, has accepted or merged."""
    deleted: set[bytes] = field(default_factory=set)
    """Customers that were deleted on the server, with all their rows."""
    doubled: set[tuple[bytes, int]] = field(default_factory=set)
    """Numbers under which a refused desk and a copy of it had different edits, as (device, mid)."""
    files_gone: set[bytes] = field(default_factory=set)
    """Attachments that went with a disk: of the desk where they were made, or of a server that had all of them."""

    def files_of(self, desk: str) -> set[bytes]:
        """The attachments that were made at a desk."""
        rows = (edit.own_row for edit in self.edits.values() if edit.desk == desk)
        return {row[1] for row in rows if row is not None and row[0] == "attachment"}

    def taken_back(self) -> set[bytes]:
        """The attachments that somebody took back; a server that was restored may not know it."""
        edits = (one for one in self.edits.values() if one.command == RemoveAttachment.name)
        commands = (decode_command(one.command, one.args) for one in edits)
        return {one.attachment_id for one in commands if isinstance(one, RemoveAttachment)}

    def saved(self, desk: str, rows: Iterable[tuple[int, str, bytes]]) -> list[Edit]:
        """Edits that a desk has committed, as (mid, command, args); those known already are passed over."""
        new = []
        for _, command, args in rows:
            key = arguments_hash(command, args)
            if key not in self.edits:
                edit = Edit(key, desk, command, args, len(self.edits) + 1, _own_row(command, args))
                self.edits[key] = edit
                new.append(edit)
        return new

    def answered(self, device: bytes, request: PushRequest, reply: PushReply) -> None:
        """The server answers a push. One mutation has one answer for good (SYNC P2)."""
        sent = {one.mid: arguments_hash(one.command, one.args) for one in request.mutations}
        if [result.mid for result in reply.results] != list(sent):
            raise Violated("each effect exactly once", "a push was not answered mutation by mutation")
        for result in reply.results:
            key = sent[result.mid]
            before = self.answers.setdefault((device, result.mid), (key, result.status))
            # Of a refused desk whatever comes is handed over, also under a number that a copy of it has used.
            if before[0] != key and result.status == "rejected":
                self.doubled.add((device, result.mid))
            elif before != (key, result.status):
                edit = self.edits.get(key)
                raise Violated(
                    "each effect exactly once", f"{edit} was {before[1]} first and then {result.status}"
                )
            self.told[key], self.told_at[key] = result.status, reply.server_now
            if result.status in ("accepted", "merged"):
                self.taken_up.add(key)

    def forgotten(self, desk: str, here: Collection[Key], by: int) -> None:
        """A desk has these edits; others of its own that were taken up by then the server alone has."""
        for edit in self.edits.values():
            taken_up = self.told.get(edit.key) in ("accepted", "merged") and self.told_at[edit.key] <= by
            if edit.desk == desk and edit.key not in here and taken_up:
                edit.gone_from_desk = True

    def server_set_back(self, applied: Mapping[tuple[bytes, int], Key]) -> None:
        """The server was restored and only has the edits that are `applied`, by (device, mid): what it answered since
        its backup it may answer otherwise, and what no desk has any more is gone."""
        self.answers = {
            number: told for number, told in self.answers.items() if applied.get(number) == told[0]
        }
        known = set(applied.values())
        for edit in self.edits.values():
            if edit.gone_from_desk and edit.key not in known:
                edit.excused = "it was on no disk"


def _own_row(command: str, args: bytes) -> tuple[str, bytes] | None:
    if command not in OWN_ROW or command not in COMMANDS:
        return None
    table, argument = OWN_ROW[command]
    try:
        values: dict[str, Any] = vars(decode_command(command, args))
    except (KnownError, msgspec.DecodeError):
        return None
    return table, values[argument]
