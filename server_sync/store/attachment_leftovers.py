"""Where the folder of attachments and the rows disagree: what the doctor looks at; nothing is changed here."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from server_sync.domain.model import AttachmentState, attachment
from server_sync.store.attachment_files import AttachmentFiles


@dataclass(frozen=True)
class Leftovers:
    """`orphans`: files that no row asks for and that may go. `missing`: ids of complete attachments whose file is not
    there or has another length; only a backup of the folder, or the desk that sent it, has it. `waiting`: announced
    ones whose file is there and verified, with their customers: the database is from before they were complete."""

    orphans: tuple[Path, ...]
    missing: tuple[bytes, ...]
    waiting: tuple[tuple[bytes, bytes], ...]


def examine(connection: Connection, files: AttachmentFiles) -> Leftovers:
    """Compare all of them. A copy that is being verified just now is no orphan of a row that waits for it."""
    found = select(
        attachment.c.id, attachment.c.customer_id, attachment.c.state, attachment.c.size, attachment.c.sha256
    )
    rows = {row.id: row for row in connection.execute(found)}
    announced = {row_id: row for row_id, row in rows.items() if row.state == AttachmentState.ANNOUNCED}
    wanted = {row_id.hex() for row_id in announced}
    orphans = [file for file, _ in files.parts() if file.name.partition(".")[0] not in wanted]
    sizes: dict[bytes, int] = {}
    for file, row_id in files.wholes():
        if row_id is None or row_id not in rows or rows[row_id].state == AttachmentState.REMOVED:
            orphans.append(file)
        else:
            sizes[row_id] = file.stat().st_size
    missing = sorted(
        row_id
        for row_id, row in rows.items()
        if row.state == AttachmentState.COMPLETE and sizes.get(row_id) != row.size
    )
    waiting = sorted(
        (row_id, announced[row_id].customer_id)
        for row_id in sizes.keys() & announced.keys()
        if files.is_whole(row_id, announced[row_id].size, announced[row_id].sha256)
    )
    return Leftovers(tuple(orphans), tuple(missing), tuple(waiting))
