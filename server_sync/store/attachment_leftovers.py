"""Where the folder of attachments and the rows disagree: what the doctor looks at; nothing is changed here."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from server_sync.domain.model import AttachmentState, attachment
from server_sync.store.attachment_files import AttachmentFiles


@dataclass(frozen=True)
class Leftovers:
    """`orphans`: files that no row asks for and that may go. `missing`: ids of complete attachments whose file is not
    there or has another length; only a backup of the folder, or the desk that sent it, has it."""

    orphans: tuple[Path, ...]
    missing: tuple[bytes, ...]


def examine(connection: Connection, files: AttachmentFiles) -> Leftovers:
    """Compare all of them. A copy that is being verified just now is no orphan of a row that waits for it."""
    found = select(attachment.c.id, attachment.c.state, attachment.c.size)
    rows = {row.id: (row.state, row.size) for row in connection.execute(found)}
    waiting = {row_id.hex() for row_id, (state, _) in rows.items() if state == AttachmentState.ANNOUNCED}
    orphans = [file for file, _ in files.parts() if file.name.partition(".")[0] not in waiting]
    sizes: dict[bytes, int] = {}
    for file, row_id in files.wholes():
        if row_id is None or rows.get(row_id, (AttachmentState.REMOVED, 0))[0] == AttachmentState.REMOVED:
            orphans.append(file)
        else:
            sizes[row_id] = file.stat().st_size
    complete = {row_id: size for row_id, (state, size) in rows.items() if state == AttachmentState.COMPLETE}
    missing = sorted(row_id for row_id, size in complete.items() if sizes.get(row_id) != size)
    return Leftovers(tuple(orphans), tuple(missing))
