"""The real server on a real port with a clock that a journey can set, as the entrance of a program."""

from collections.abc import Sequence
from pathlib import Path

from server_sync.domain.ids import SystemIds
from server_sync.http import logs, serving
from server_sync.http.serve_command import announce
from server_sync.store.attachment_files import AttachmentFiles, default_folder
from server_sync.store.database import Database
from tests.e2e.shifted_clock import ShiftedClock


def serve(arguments: Sequence[str]) -> int:
    """Serve until SIGTERM. The arguments: database, port, file of the clock."""
    database, port, clock_file = arguments
    clock = ShiftedClock(Path(clock_file))
    logs.start(clock)
    place = serving.Place("127.0.0.1", int(port), None, None)
    opened, ids = Database(database), SystemIds(clock)
    files = AttachmentFiles(default_folder(opened), ids)
    serving.serve(opened, clock, ids, place, serving.listen(place), files, announce)
    return 0
