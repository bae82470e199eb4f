"""What has to be true of files of customers when all is healed (SYNC F1, L2)."""

from agent_app.actions import attachments as actions
from agent_app.store import attachments
from agent_app.store.attachments import FileState
from server_sync.domain.commands import AddAttachment
from server_sync.domain.errors import KnownError
from tests.convergence.desk_site import DeskSite
from tests.convergence.files import bytes_of
from tests.convergence.ledger import Violated
from tests.convergence.world import World

_HERE = "SELECT attachment_id, state, size FROM attachment_file ORDER BY attachment_id"


def files_are_whole(world: World) -> None:
    """What the server calls complete is what was attached, and so is what desks have of it; what it waits for, some
    desk still has to send (SYNC F1)."""
    rows = world.server.memory.rows("SELECT id, state, size FROM attachment")
    for row_id, state, size in rows:
        if state == "complete" and world.server.files.read(row_id, 0, size + 1) != bytes_of(row_id, size):
            raise Violated("a complete file is what was attached", row_id.hex())
    announced = {row_id for row_id, state, _ in rows if state == "announced"}
    gone = world.ledger.files_gone | world.ledger.taken_back()
    for site in world.sites:
        own = world.ledger.files_of(site.name)
        for row_id, state, size in site.memory.rows(_HERE):
            if state in (FileState.KEPT, FileState.SENDING, FileState.REFUSED):
                _check_content(site, row_id, size)
            if row_id in announced & own:
                raise Violated("no file lost", f"{site.name} has a {state} file that the server waits for")
        missing = announced & own - gone
        if missing:
            raise Violated("no file lost", f"{len(missing)} files of {site.name} are nowhere")


def files_left_with_their_dossiers(world: World) -> None:
    """Nothing of a file is on a desk whose person may not see its customer, or from which it was taken back
    (SYNC L2)."""
    name = "nothing stays that may not be seen"
    for site in world.sites:
        sql = (
            "SELECT f.customer_id FROM attachment_file AS f LEFT JOIN attachment AS a ON a.id = f.attachment_id"
            " WHERE a.state = 'removed' OR a.id IS NULL AND NOT EXISTS (SELECT 1 FROM conflict AS c"
            " WHERE c.customer_id = f.customer_id AND c.command = ?1 AND c.settled_at IS NULL)"
            " AND NOT (f.state = 'sending' AND EXISTS (SELECT 1 FROM outbox AS o"
            " WHERE o.customer_id = f.customer_id AND o.command = ?1))"
        )
        strange = site.memory.rows(sql, (AddAttachment.name,))
        if strange:
            raise Violated(name, f"{site.name} has {len(strange)} files that it should not have")


def _check_content(site: DeskSite, row_id: bytes, size: int) -> None:
    with site.store.read() as connection:
        file = attachments.load(connection, row_id)
    assert file is not None
    try:
        same = actions.content(site.files, file) == bytes_of(row_id, size)
    except KnownError as error:
        raise Violated("no file lost", f"{site.name}: {error.kind.value}") from error
    if not same:
        raise Violated("a complete file is what was attached", f"{row_id.hex()} on {site.name}")
