"""Mutations that no desk would make, drawn by a seed: arguments of every shape, ids of whomever; and what must hold
however many of them were sent."""

import functools
import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
from sqlalchemy import ColumnElement, CompoundSelect, Table, exists, func, literal, or_, select, union_all

from server_sync.demo.chance import draw, pick
from server_sync.domain.clock import DAY, MINUTE
from server_sync.domain.commands import Command
from server_sync.domain.model import (
    TABLES,
    TaskState,
    activity,
    attempt,
    callback,
    contact_point,
    do_not_call,
    presence,
    response,
    task,
    team_conflict,
)
from server_sync.domain.rules.permissions import OPEN_STATES
from server_sync.domain.wire.messages import Mutation
from server_sync.store.database import Database
from tests.server_sync.organisation import NOW

YEAR = 365 * DAY
LONGEST_OFFLINE = 90 * DAY
TIMES = [
    NOW,
    NOW - MINUTE,
    NOW - 10 * MINUTE,
    NOW + 10 * MINUTE,
    NOW - YEAR,
    NOW + YEAR,
    30 * NOW,
    0,
    -1,
    -NOW,
]
NUMBERS = [
    0,
    1,
    5,
    10,
    11,
    -1,
    1 << 31,
    1 << 52,
    -(1 << 52),
    (1 << 53) - 1,
    1 << 53,
    (1 << 64) - 1,
    -(1 << 63),
]
DEGREES = [31.23, 121.47, 0.0, -90.0, 180.5, 1e308, float("nan"), float("-inf")]
STRANGE = [
    *("", " ", "\u3000", "a\0b", "\u202e\U0001f600", "'; DROP TABLE task; --", "%s %(x)s {x} :x"),
    *("字" * 10_001, "x" * 300_000),
]
WORDS = [
    *("phone", "visit", "1.1", "2.112b", "2.12a", "2.33", "3.13", "4.32"),
    *("name", "city", "language", "birthday_on", "mood", "preferred_time", "tags", "rev", "team_id"),
    *("all", "service", "marketing", "survey", "call", "supervisor", "respondent", "other"),
    *("ready", "break", "meal", "offline", "1990-01-01", "zh", "+8613812345678", "13812345678", "客户"),
]
SENSIBLE = {
    "channel": ["phone", "visit"],
    "disposition": ["1.1", "2.112b", "2.12a", "2.33", "3.13", "4.32"],
    "field": ["name", "city", "language", "birthday_on", "mood", "preferred_time"],
    "scope": ["all", "service", "marketing", "survey"],
    "source": ["call", "supervisor", "position", "hand"],
    "with_whom": ["respondent", "other"],
    "state": ["ready", "break", "offline"],
    "pause_reason": ["meal"],
    "kind": ["photo", "document", "not_found"],
    "outcome": ["kept", "withdrawn"],
    "resolution": ["theirs", "mine", "noted"],
    "file_name": ["照片.jpg", "a.png"],
    "media_type": ["image/jpeg", "image/png"],
    "sha256": ["0" * 64, "f" * 64],
    "value": ["1990-01-01", "zh", "13812345678", "客户"],
}
MADE = {
    "start_attempt@1": "attempt_id",
    "record_answers@1": "response_id",
    "record_answers@2": "response_id",
    "correct_answers@1": "response_id",
    "book_callback@1": "callback_id",
    "make_commitment@1": "commitment_id",
    "set_do_not_call@1": "entry_id",
    "give_consent@1": "consent_id",
    "withdraw_consent@1": "consent_id",
    "add_attachment@1": "attachment_id",
    "hand_over_conflict@1": "conflict_id",
    "save_shift@1": "shift_id",
    "save_article@1": "article_id",
    "save_plan@1": "plan_id",
}
"""What each command makes; the others make an entry of the timeline."""
NAMED_AS = {"corrects_id": "response_id"}
"""Arguments that name what others made under another name."""
WRONG: list[Any] = [
    True,
    1.0,
    float("nan"),
    float("inf"),
    "1",
    b"1",
    [],
    {},
    [[]],
    {"a": {"b": [None]}},
    None,
]


Dossier = dict[str, list[bytes]]
"""Ids that belong together, by the arguments that name them."""


class Hostile:
    """Draws mutations, mostly about one dossier each; what they make is remembered, so that later ones name it."""

    def __init__(self, seed: str, dossiers: Sequence[Dossier], new_id: Callable[[], bytes]) -> None:
        self._seed = seed
        self._drawn = 0
        self._dossiers = dossiers
        self._new_id = new_id

    def mutation(self, mid: int, command: type[Command]) -> Mutation:
        """A mutation of a command, its arguments mostly of the right types."""
        args = msgspec.msgpack.encode(self._arguments(command))
        return Mutation(mid=mid, command=command.name, args=args, at=NOW)

    def _arguments(self, command: Any) -> dict[str, Any]:
        hints = get_type_hints(command)
        dossier = self._pick([self._dossiers[0], self._pick(self._dossiers)])
        made = MADE.get(command.name, "activity_id")
        if self._draw(12):
            dossier.setdefault(made, []).append(self._new_id())
        drawn = {one.name: self._value(one.name, hints[one.name], dossier) for one in fields(command)}
        if self._draw(12):
            drawn |= {name: ids[-1] for name, ids in dossier.items() if name == made and name in drawn}
        match self._draw(36):
            case 0:
                drawn.pop(self._pick(sorted(drawn)))
            case 1 | 2:
                drawn[self._pick(sorted(drawn))] = self._pick(WRONG)
            case 3:
                drawn |= {"role": "administrator", "rev": 99, "now": NOW + YEAR}
        return drawn

    def _value(self, name: str, hint: Any, dossier: Dossier) -> Any:
        kind = self._pick(get_args(hint)) if isinstance(hint, types.UnionType) else hint
        if kind is types.NoneType:
            return None
        if kind is bytes:
            return self._id(name, dossier)
        if kind is bool:
            return bool(self._draw(2))
        if kind is int:
            return self._pick(TIMES if name.endswith("_at") and self._draw(9) else NUMBERS)
        if kind is float:
            return self._pick(DEGREES if self._draw(4) else NUMBERS)
        if kind is str:
            return self._pick(SENSIBLE.get(name, WORDS) if self._draw(8) else [*WORDS, *STRANGE])
        if get_origin(kind) is list:
            [inner] = get_args(kind)
            return [self._value(name, inner, dossier) for _ in range(self._draw(4))]
        if get_origin(kind) is tuple:
            return [self._value(name, one, dossier) for one in get_args(kind)]
        return {self._pick(WORDS): self._pick([*WORDS, *STRANGE]) for _ in range(self._draw(4))}

    def _id(self, name: str, dossier: Dossier) -> Any:
        chance = self._draw(40)
        if chance == 0:
            return self._pick([b"", bytes(15), bytes(17), bytes(16), b"\xff" * 16])
        if chance == 1:
            return self._pick([one for ids in self._pick(self._dossiers).values() for one in ids])
        return self._pick(dossier.get(NAMED_AS.get(name, name)) or [self._new_id()])

    def _draw(self, below: int) -> int:
        self._drawn += 1
        return draw(below, self._seed, self._drawn)

    def _pick(self, items: Sequence[Any]) -> Any:
        self._drawn += 1
        return pick(items, self._seed, self._drawn)


def contents(database: Database) -> dict[str, tuple[int, int]]:
    """How many rows each replicated table has, and the sum of their versions: any change changes it. That something was
    refused is written down for the lead: the conflicts are left out."""
    with database.read() as connection:
        return {name: (int(count), int(revs)) for name, count, revs in connection.execute(_counts())}


@functools.cache
def _counts() -> CompoundSelect[str, int, int]:
    """All tables by one statement: it is asked after every mutation."""
    return union_all(
        *(
            select(literal(name), func.count(), func.coalesce(func.sum(table.c.rev), 0)).select_from(table)
            for name, table in TABLES.items()
            if table is not team_conflict
        )
    )


def wrongs(database: Database) -> list[str]:
    """What may never stand in the rows, whoever sent what; empty when all is well."""
    with database.read() as connection:
        return [
            f"{what}: {found}"
            for what, table, condition in _impossible()
            if (found := connection.scalar(select(func.count()).select_from(table).where(condition)))
        ]


def _impossible() -> Iterator[tuple[str, Table, ColumnElement[bool]]]:
    for table in TABLES.values():
        for column in table.columns:
            name = str(column.name)
            if name in ("callback_at", "appointment_at", "due_at", "not_before_at", "next_contact_at"):
                continue
            if name.endswith("_at"):
                off = or_(column > NOW, column < NOW - LONGEST_OFFLINE)
                yield f"{table.name}.{name} is not clamped", table, off
    of_task = {"attempt": attempt, "response": response, "callback": callback, "activity": activity}
    for name, table in of_task.items():
        other = exists().where(task.c.id == table.c.task_id, task.c.customer_id != table.c.customer_id)
        yield f"{name} of another customer's task", table, other
    for name, table in {"attempt": attempt, "callback": callback}.items():
        mine = exists().where(
            contact_point.c.id == table.c.contact_point_id, contact_point.c.customer_id == table.c.customer_id
        )
        yield f"{name} on a foreign number", table, table.c.contact_point_id.is_not(None) & ~mine
    standing = exists().where(
        do_not_call.c.customer_id == task.c.customer_id,
        do_not_call.c.cleared_at.is_(None),
        or_(do_not_call.c.scope == "all", do_not_call.c.scope == task.c.purpose),
    )
    yield "an open task in spite of a refusal", task, task.c.state.in_(OPEN_STATES) & standing
    yield "a task both done and open", task, task.c.done_at.is_not(None) & task.c.state.in_(OPEN_STATES)
    yield "a closed task without an end", task, (task.c.state == TaskState.DONE) & task.c.done_at.is_(None)
    yield "an attempt that ends before it starts", attempt, attempt.c.ended_at < attempt.c.started_at
    yield "talk without end", attempt, or_(attempt.c.talk_ms < 0, attempt.c.talk_ms > DAY)
    yield "a channel of no kind", attempt, attempt.c.channel.not_in(("phone", "visit"))
    yield (
        "a pause without reason",
        presence,
        (presence.c.state == "break") != presence.c.pause_reason.is_not(None),
    )
