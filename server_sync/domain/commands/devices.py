"""The verbs about desks as machines: revoke one, let it wipe itself, admit it again; its team's lead may (SYNC E4)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from server_sync.domain.commands.decision import (
    Accepted,
    Actor,
    Decision,
    Need,
    Row,
    Rows,
    Update,
    rejected,
)
from server_sync.domain.errors import ErrorKind
from server_sync.domain.rules.permissions import leads


@dataclass(frozen=True)
class RevokeDevice:
    """Admit a desk no more. What it did without the network is still taken, for the lead to look at."""

    name: ClassVar[str] = "revoke_device@1"
    device_id: bytes

    def reads(self) -> Iterable[Need]:
        return (Need("desk_device", self.device_id),)

    def decide(self, rows: Rows, actor: Actor, now: int) -> Decision:
        return _change(rows.get("desk_device", self.device_id), actor, _revoked(actor, now))


@dataclass(frozen=True)
class WipeDevice:
    """Revoke a desk and let it delete its store at its next contact. An order that was given stays."""

    name: ClassVar[str] = "wipe_device@1"
    device_id: bytes

    def reads(self) -> Iterable[Need]:
        return (Need("desk_device", self.device_id),)

    def decide(self, rows: Rows, actor: Actor, now: int) -> Decision:
        return _change(rows.get("desk_device", self.device_id), actor, _revoked(actor, now) | {"wipe": True})


@dataclass(frozen=True)
class AdmitDevice:
    """Admit a revoked desk again."""

    name: ClassVar[str] = "admit_device@1"
    device_id: bytes

    def reads(self) -> Iterable[Need]:
        return (Need("desk_device", self.device_id),)

    def decide(self, rows: Rows, actor: Actor, now: int) -> Decision:
        values = {"revoked_at": None, "revoked_by": None, "wipe": False}
        return _change(rows.get("desk_device", self.device_id), actor, values)


def _revoked(actor: Actor, now: int) -> dict[str, Any]:
    return {"revoked_at": now, "revoked_by": actor.person_id}


def _change(device: Row | None, actor: Actor, values: Mapping[str, Any]) -> Decision:
    """A desk out of sight is "not found", never "forbidden". One that is revoked already keeps since when."""
    if device is None or not leads(actor, device["team_id"]):
        return rejected(ErrorKind.NOT_FOUND, table="desk_device")
    if device["revoked_at"] is not None and values["revoked_at"] is not None:
        values = {name: value for name, value in values.items() if name == "wipe"}
    changed = {name: value for name, value in values.items() if device[name] != value}
    return Accepted((Update("desk_device", device["id"], changed),) if changed else ())
