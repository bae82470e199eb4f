"""A copy of a device becomes a device of its own (SYNC P2); what made it a copy is the push's business."""

from server_sync.accounts import devices
from server_sync.domain.commands import Actor
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import is_id
from server_sync.domain.wire.messages import RenewReply, RenewRequest
from server_sync.store.database import Database


def renew(database: Database, actor: Actor, device_id: bytes, request: RenewRequest, now: int) -> RenewReply:
    """Make the new device, signed in as the same person. To ask again gives another token for the same device.

    Raises KnownError: NOT_PERMITTED (another device's name), MALFORMED, DEVICE_CLONED (the id is another person's).
    """
    if request.device != device_id or actor.person_id is None:
        raise KnownError(ErrorKind.NOT_PERMITTED)
    if not is_id(request.new) or request.new == device_id or "\0" in request.name:
        raise KnownError(ErrorKind.MALFORMED, what="device")
    with database.write(now) as tx:
        name = request.name or devices.name_of(tx.connection, device_id)
        token = devices.issue(tx, actor.person_id, request.new, name)
    return RenewReply(request=request.request, token=token, server_now=now)
