"""One call of the replay as the domain's own commands: who is reached, what he answers, how it is written down."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from server_sync.demo.chance import draw, pick
from server_sync.demo.guides import Guide
from server_sync.domain.clock import DAY, MINUTE, SECOND
from server_sync.domain.commands import (
    Accepted,
    Actor,
    BookCallback,
    Change,
    Command,
    FinishAttempt,
    Need,
    RecordAnswers,
    SetDoNotCall,
    StartAttempt,
)
from server_sync.domain.ids import Ids
from server_sync.domain.rules import dialling
from server_sync.domain.rules.dispositions import BY_CODE
from server_sync.store.rows import FetchedRows

# Of a hundred calls so many end like this.
_ENDS = (
    (60, "1.1"), (3, "1.2"), (5, "2.13a"), (3, "2.12a"), (12, "3.13"), (5, "3.12"), (4, "3.16o"),
    (3, "2.112a"), (1, "2.112b"), (1, "4.32"), (1, "2.34"), (2, "2.221"),
)  # fmt: skip
_NOTES = {
    "2.112a": "客户正忙，不愿细谈，过几天再联系。",
    "2.112b": "客户要求以后不再接到推广电话。",
    "2.34": "客户要求与主管直接沟通。",
    "2.12a": "客户请明天同一时间再来电。",
}
_REMARKS = ("客户对送货速度满意。", "客户询问了保修政策，已说明。", "客户希望周末配送。", None, None, None)
_CSAT = (5,) * 9 + (4,) * 7 + (3,) * 2 + (2, 1)
_NPS = {5: (10, 10, 9, 9, 8), 4: (9, 8, 8, 7), 3: (7, 6, 5), 2: (5, 4), 1: (3, 1)}


@dataclass(frozen=True)
class Call:
    """A call to be made at `at` (ms). `end`: its disposition, or by chance; `callback_at`: what is agreed on."""

    task: Mapping[str, Any]
    actor: Actor
    at: int
    guide: Guide | None
    attempt_id: bytes
    other_id: bytes
    end: str
    callback_at: int

    def needs(self) -> Iterator[Need]:
        """All that its commands read."""
        kind = BY_CODE[self.end]
        commands: list[Command] = [self._start(None), self._ended()]
        commands += [self._answers(self.guide, {})] if self.guide is not None else []
        commands += [self._booked(None)] if kind.callback_required else []
        commands += [self._refused()] if kind.suggests_do_not_call else []
        for command in commands:
            yield from command.reads()

    def play(self, rows: FetchedRows) -> list[Change]:
        """What comes of it; nothing when a rule stands against the call or the customer's task is no longer open."""
        task = rows.get("task", self.task["id"])
        assert task is not None
        points = [
            point
            for point in rows.where("contact_point", "customer_id", task["customer_id"])
            if point["valid"]
        ]
        point_id = min(points, key=lambda point: point["position"])["id"] if points else None
        refusal = dialling.refusal(rows, task, self.actor.person_id, point_id, self.at)
        if refusal is not None or point_id is None or task["done_at"] is not None:
            return []
        changes = self._decided(rows, self._start(point_id))
        if self.end == "1.1" and self.guide is not None:
            changes += self._decided(rows, self._answers(self.guide, self._scores()))
        if BY_CODE[self.end].callback_required:
            changes += self._decided(rows, self._booked(point_id))
        changes += self._decided(rows, self._ended())
        if BY_CODE[self.end].suggests_do_not_call:
            changes += self._decided(rows, self._refused())
        return changes

    def _decided(self, rows: FetchedRows, command: Command) -> list[Change]:
        decision = command.decide(rows, self.actor, self._ended_at)
        assert isinstance(decision, Accepted), decision
        rows.lay_over(decision.changes)
        return list(decision.changes)

    @property
    def _ended_at(self) -> int:
        answered = BY_CODE[self.end].answered
        return self.at + (70 + draw(200, "talk", self.attempt_id.hex()) if answered else 25) * SECOND

    @property
    def _place(self) -> tuple[bytes, bytes]:
        return self.task["id"], self.task["customer_id"]

    def _start(self, point_id: bytes | None) -> StartAttempt:
        return StartAttempt(self.attempt_id, *self._place, point_id, "phone", self.at)

    def _scores(self) -> dict[str, int]:
        """Scores that go together."""
        csat = pick(_CSAT, "csat", self.attempt_id.hex())
        return {"csat": csat, "nps": pick(_NPS[csat], "nps", self.attempt_id.hex())}

    def _answers(self, guide: Guide, scores: Mapping[str, int]) -> RecordAnswers:
        csat, nps = scores.get("csat"), scores.get("nps")
        given = guide.answers(scores) if scores else {}
        return RecordAnswers(
            self.other_id,
            self.attempt_id,
            *self._place,
            guide.version_id,
            given,
            True,
            csat,
            nps,
            self._ended_at,
        )

    def _booked(self, point_id: bytes | None) -> BookCallback:
        note = _NOTES["2.12a"]
        return BookCallback(
            self.other_id, *self._place, self.callback_at, "respondent", point_id, note, self._ended_at
        )

    def _refused(self) -> SetDoNotCall:
        return SetDoNotCall(
            self.other_id, self.task["customer_id"], "marketing", "call", _NOTES["2.112b"], self._ended_at
        )

    def _ended(self) -> FinishAttempt:
        note = _NOTES.get(self.end)
        if self.end == "1.1":
            note = pick(_REMARKS, "remark", self.attempt_id.hex())
        talk = self._ended_at - self.at - 30 * SECOND
        return FinishAttempt(self.attempt_id, *self._place, self.end, note, self._ended_at, talk)


def call(
    task: Mapping[str, Any],
    actor: Actor,
    at: int,
    guide: Guide | None,
    ids: Ids,
    end: str | None = None,
    callback_at: int | None = None,
) -> Call:
    """A call on a task; without `end` by chance, without `callback_at` a day later at the same time."""
    attempt_id, other_id = ids.new(), ids.new()
    chosen = end or _chance(attempt_id)
    return Call(task, actor, at, guide, attempt_id, other_id, chosen, callback_at or _full_minute(at + DAY))


def _chance(attempt_id: bytes) -> str:
    drawn = draw(100, "end", attempt_id.hex())
    for share, code in _ENDS:
        if drawn < share:
            return code
        drawn -= share
    raise AssertionError("the shares make a hundred")


def _full_minute(at: int) -> int:
    return -(-at // (5 * MINUTE)) * 5 * MINUTE
