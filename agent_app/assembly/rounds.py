"""Puts together what keeps a desk in step: the rounds of its rows and those of its files."""

from collections.abc import Callable

from agent_app.ports import Lane, SealedFiles, Work
from agent_app.runtime.sign_in import SignedIn, keep_device
from agent_app.store.changes import StoreChanges
from agent_app.store.queries.uploads import Uploads
from agent_app.sync.attachments import Transfers
from agent_app.sync.carrier import Carrier
from agent_app.sync.engine import Engine
from agent_app.sync.ready import READY_FROM
from agent_app.sync.ready_files import ReadyFiles
from agent_app.sync.schedule import Schedule
from agent_app.sync.status import SyncStatus
from agent_app.sync.synchroniser import Synchroniser
from agent_app.sync.transfers import TransferRounds
from server_sync.domain.clock import Clock
from server_sync.domain.ids import Ids

Publish = Callable[[StoreChanges], object]


def rounds_of_rows(
    signed_in: SignedIn,
    work: Work,
    clock: Clock,
    ids: Ids,
    publish: Publish,
    show: Callable[[SyncStatus], object],
) -> Synchroniser:
    """The receivers are called on the main thread."""
    folder = signed_in.store.file.parent

    def become(device: bytes) -> None:
        work.run(lambda: keep_device(folder, device), lambda _: None, lane=Lane.ACTION)

    return Synchroniser(
        work,
        signed_in.store,
        Engine(signed_in.device, lambda: signed_in.actor, ids, READY_FROM),
        signed_in.server,
        clock,
        Schedule(spread(ids)),
        publish,
        show,
        become,
        ReadyFiles(signed_in.net, signed_in.store),
    )


def rounds_of_files(
    signed_in: SignedIn,
    files: SealedFiles,
    work: Work,
    clock: Clock,
    ids: Ids,
    publish: Publish,
    show: Callable[[Uploads], object],
) -> TransferRounds:
    """The receivers are called on the main thread."""
    return TransferRounds(
        work,
        signed_in.store,
        Transfers(files),
        Carrier(signed_in.net, files),
        clock,
        Schedule(spread(ids)),
        publish,
        show,
    )


def spread(ids: Ids) -> float:
    """Where this desk stands among all, 0…1, so that no two ask at once."""
    return ids.new()[-1] / 255
