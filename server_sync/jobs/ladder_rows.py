"""The reminders of one task, promise or callback brought in step with its ladder, as rows to write; reads no table."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from server_sync.domain.commands import Change, Insert, Row, Update
from server_sync.domain.ids import ID_BYTES
from server_sync.domain.model import ReminderMeans, ReminderState
from server_sync.domain.rules import escalation, quiet_hours
from server_sync.domain.rules.escalation import Due, Policy, Watched, While
from server_sync.domain.rules.reason import Reason, reason
from server_sync.domain.rules.working_time import WorkingTime
from server_sync.store.job_table import Job

SENT_OUT = (ReminderMeans.MAIL, ReminderMeans.SMS, ReminderMeans.ROBOT)
"""What a channel carries; it rings in the night. A desk shows the others by itself."""
FOR_THE_HOLDER = (ReminderMeans.POPUP, ReminderMeans.MAIL, ReminderMeans.SMS)


@dataclass
class Ladder:
    """`rows`: the reminders that there are of `watched`; `sent_out`: the ids of those that are on their way. `climb`
    fills `changes`."""

    watched: Watched
    policy: Policy | None
    time: WorkingTime
    quiet: Mapping[str, Any]
    rows: Sequence[Row]
    sent_out: Collection[bytes]
    changes: list[Change] = field(default_factory=list)
    _moved: dict[bytes, int] = field(default_factory=dict)

    def climb(self, now: int, given_at: int | None) -> None:
        """Cancel what no longer holds, move what is due at another time, and plan the step that comes next.

        Every step comes once; one that waits for acceptance once for each to whom the task was given. Of the steps that
        are past where none has come yet, the last one alone comes.
        """
        since = self._given_at() if given_at is None else given_at
        taken: set[int] = set()
        waits_until: int | None = None
        for row in self.rows:
            if row["state"] == ReminderState.CANCELLED:
                continue
            if row["state"] != ReminderState.WAITING:
                taken |= self._taken(row, since)
            elif not self._holds(row, since, now) or (
                given_at is not None and self._lasts(row) is While.UNACCEPTED
            ):
                self._set(row, {"state": ReminderState.CANCELLED})
            else:
                taken |= self._taken(row, since) | {row["step"]}
                if row["id"] not in self.sent_out:
                    waits_until = _earlier(waits_until, self._move(row, since))
        if self.policy is None:
            return
        steps = escalation.coming(self.policy, self.watched, since, taken, self.time, now)
        last = None if taken else escalation.entered_late(steps, now)
        if last is not None:
            steps = [last, *(one for one in steps if one.at >= now)]
        for step in steps:
            if waits_until is not None and not now < step.at < waits_until:
                return
            waits_until = _earlier(waits_until, self._plan(self.policy, step))

    def jobs(self, kind: str, now: int) -> Iterator[Job]:
        """The jobs that fire what was planned or moved; one for each time, so that an earlier one finds nothing."""
        for row_id, due_at in self._moved.items():
            name = row_id.hex()
            yield Job(kind, {"reminder": name}, due_at, f"{kind}:{name}:{due_at}:{now}")

    def _given_at(self) -> int | None:
        """When the task was last given to somebody, as the reminders there are remember it."""
        given = (row for row in self.rows if row["clock_steps"][0]["values"]["basis"] == escalation.GIVEN)
        return max((counted_from(row) for row in given), default=None)

    def _lasts(self, row: Row) -> While | None:
        if self.policy is None or row["policy_id"] != self.policy.id or row["step"] >= len(self.policy.steps):
            return None
        return self.policy.steps[row["step"]].lasts

    def _taken(self, row: Row, since: int | None) -> set[int]:
        """The steps for which a reminder stands still: its own and those passed over before it."""
        if self._lasts(row) is None or self.policy is None:
            return set()
        anew = since is not None and counted_from(row) < since
        known = [
            index for index in (row["step"], *escalation.passed_over(row)) if index < len(self.policy.steps)
        ]
        return {index for index in known if not anew or self.policy.steps[index].lasts is While.OPEN}

    def _holds(self, row: Row, since: int | None, now: int) -> bool:
        if self.policy is None or self._lasts(row) is None:
            return False
        step = self.policy.steps[row["step"]]
        if row["means"] not in step.means or not escalation.holds(step, self.watched):
            return False
        found = escalation.due(self.policy, row["step"], self.watched, since, self.time)
        return escalation.in_time(step, found, self.watched, now)

    def _move(self, row: Row, since: int | None) -> int | None:
        """Let a waiting reminder be due when it is by now; returns until when the next step waits for it."""
        assert self.policy is not None
        found = escalation.due(self.policy, row["step"], self.watched, since, self.time)
        if passed := escalation.passed_over(row):
            found = replace(found, steps=(*found.steps, reason(escalation.PASSED_OVER, steps=list(passed))))
        values = self._values(found, ReminderMeans(row["means"]))
        changed = {name: value for name, value in values.items() if row[name] != value}
        if changed:
            self._set(row, changed)
            if "due_at" in changed:
                self._moved[row["id"]] = values["due_at"]
        return found.at if values["due_at"] == found.at else None

    def _plan(self, policy: Policy, coming: Due) -> int | None:
        """Plan a step; returns until when the next one waits for it: not for one that only the night holds up."""
        known = {row["id"]: row for row in self.rows}
        waits_until = None
        for means in policy.steps[coming.index].means:
            row_id = reminder_id(self.watched.id, policy.id, coming, means)
            values = self._values(coming, means) | {"state": ReminderState.WAITING}
            if row_id in known:
                self._set(known[row_id], values)
            else:
                own = {
                    "id": row_id,
                    "customer_id": self.watched.customer_id,
                    "task_id": self.watched.task_id,
                    "policy_id": policy.id,
                    "step": coming.index,
                    "means": means,
                }
                self.changes.append(Insert("reminder", own | values))
            self._moved[row_id] = values["due_at"]
            if values["due_at"] == coming.at:
                waits_until = coming.at
        return waits_until

    def _values(self, found: Due, means: ReminderMeans) -> dict[str, Any]:
        steps = list(found.steps)
        at = found.at
        if means in SENT_OUT:
            waits = quiet_hours.wait(at, self.time.zone.name, self.quiet)
            if waits is not None:
                steps.append(waits)
                at = waits.values["to_at"]
        return {
            "person_id": self.watched.holder_id if means in FOR_THE_HOLDER else None,
            "due_at": at,
            "clock_steps": [_told(one, self.watched) for one in steps],
        }

    def _set(self, row: Row, values: Mapping[str, Any]) -> None:
        self.changes.append(Update("reminder", row["id"], values))


def reminder_id(watched_id: bytes, policy_id: bytes, due: Due, means: ReminderMeans) -> bytes:
    """The id of a reminder: the same step planned twice is one row."""
    name = b"reminder" + watched_id + policy_id + f"{due.index}:{means}:{due.counted_from}".encode()
    return hashlib.blake2b(name, digest_size=ID_BYTES).digest()


def counted_from(row: Row) -> int:
    """From when a reminder's time was reckoned."""
    at: int = row["clock_steps"][0]["values"]["at"]
    return at


def _earlier(one: int | None, other: int | None) -> int | None:
    return min((at for at in (one, other) if at is not None), default=None)


def _told(step: Reason, watched: Watched) -> dict[str, Any]:
    values = dict(step.values)
    if step.kind == "counted_from" and watched.id != watched.task_id:
        values["of"] = watched.id.hex()
    return {"kind": step.kind, "values": values}
