"""The verbs of ladders of reminders: one is written or changed, and the hours in which nothing is sent (M3.5, M3.6);
what they do stands in the server's jobs."""

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
    Rows,
    Update,
    rejected,
)
from server_sync.domain.commands.facts import already_there, written_over
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.rules.escalation_definition import checked_policy
from server_sync.domain.rules.local_time import clock_minute
from server_sync.domain.rules.permissions import may_plan
from server_sync.domain.rules.settings import setting_id, setting_value

QUIET_HOURS = "quiet_hours"
_LONGEST_VALUE = 80


@dataclass(frozen=True)
class SaveEscalationPolicy:
    """Write a ladder or change it, by an administrator. `definition` is as in a ladder's file (`checked_policy`); its
    code stays. `seen` are the columns that the writer changed, as they stood before him; None for a new ladder.

    Where somebody else wrote something else into the same column meanwhile, the later is refused and told which
    (LADDER_CHANGED {fields}), and nothing is overwritten.
    """

    name: ClassVar[str] = "save_escalation_policy@1"
    policy_id: bytes
    definition: dict[str, Any]
    seen: dict[str, Any] | None

    def reads(self) -> Iterable[Need]:
        return (Need("escalation_policy", self.policy_id),)

    def decide(self, rows: Rows, actor: Actor, now: int) -> Decision:
        if not may_plan(actor):
            return rejected(ErrorKind.NOT_PERMITTED)
        try:
            values = checked_policy(self.definition)
        except KnownError as error:
            return Rejected(error.kind, _shortened(error.values))
        row = rows.get("escalation_policy", self.policy_id)
        if self.seen is None:
            if row is not None:
                return already_there(
                    all(row[name] == value for name, value in values.items()), "escalation_policy"
                )
            return Accepted((Insert("escalation_policy", {"id": self.policy_id, **values}),))
        if row is None:
            return rejected(ErrorKind.NOT_FOUND, table="escalation_policy")
        if values["code"] != row["code"]:
            return rejected(ErrorKind.FIELD_INVALID, field=f"{values['code']}.code", value=values["code"])
        changed, lost = written_over(row, self.seen, values)
        if lost:
            return rejected(ErrorKind.LADDER_CHANGED, fields=lost)
        return Accepted((Update("escalation_policy", self.policy_id, changed),) if changed else ())


@dataclass(frozen=True)
class SaveQuietHours:
    """Say from when to when ("HH:MM", the same twice: never) nothing is sent to telephones and mailboxes, by an
    administrator. `seen`: {"from", "to"} as they stood before him; where others stand, he is told (LADDER_CHANGED)."""

    name: ClassVar[str] = "save_quiet_hours@1"
    begin: str
    end: str
    seen: dict[str, Any]

    def reads(self) -> Iterable[Need]:
        return (Need("setting", setting_id(QUIET_HOURS)),)

    def decide(self, rows: Rows, actor: Actor, now: int) -> Decision:
        if not may_plan(actor):
            return rejected(ErrorKind.NOT_PERMITTED)
        for field, text in (("from", self.begin), ("to", self.end)):
            try:
                clock_minute(text)
            except ValueError:
                return rejected(ErrorKind.FIELD_INVALID, field=field, value=text[:_LONGEST_VALUE])
        row_id = setting_id(QUIET_HOURS)
        row = rows.get("setting", row_id)
        wanted = {"from": self.begin, "to": self.end}
        changed, lost = written_over(setting_value(QUIET_HOURS, row), self.seen, wanted)
        if lost:
            return rejected(ErrorKind.LADDER_CHANGED, fields=lost)
        if not changed:
            return Accepted(())
        value = {**setting_value(QUIET_HOURS, row), **changed}
        if row is None:
            return Accepted((Insert("setting", {"id": row_id, "key": QUIET_HOURS, "value": value}),))
        return Accepted((Update("setting", row_id, {"value": value}),))


def _shortened(values: Any) -> dict[str, Any]:
    """What is wrong with a definition, without what may be long in it."""
    return {
        name: str(value)[:_LONGEST_VALUE] if name in ("field", "value") else value
        for name, value in values.items()
    }
