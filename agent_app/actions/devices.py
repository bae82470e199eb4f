"""The actions of a lead about his team's computers: revoke, wipe, admit again."""

from agent_app.actions.desk import Desk, record
from agent_app.store.changes import StoreChanges
from server_sync.domain.commands import AdmitDevice, RevokeDevice, WipeDevice


def revoke(desk: Desk, device_id: bytes) -> StoreChanges:
    """Let a computer in no more; what it did without the network still reaches the lead."""
    return record(desk, [RevokeDevice(device_id)], "devices")


def wipe(desk: Desk, device_id: bytes) -> StoreChanges:
    """Revoke a computer and let it delete its data at its next contact."""
    return record(desk, [WipeDevice(device_id)], "devices")


def admit(desk: Desk, device_id: bytes) -> StoreChanges:
    """Let a revoked computer in again."""
    return record(desk, [AdmitDevice(device_id)], "devices")
