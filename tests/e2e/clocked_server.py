"""The real server on a real port with a clock that a journey can set: `clocked_server.py DATABASE PORT CLOCK_FILE`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from server_sync.domain.ids import SystemIds
from server_sync.http import logs, serving
from server_sync.http.serve_command import announce
from server_sync.store.attachment_files import AttachmentFiles, default_folder
from server_sync.store.database import Database
from tests.e2e.shifted_clock import ShiftedClock


def main() -> None:
    """Serve until SIGTERM."""
    database, port, clock_file = sys.argv[1:]
    clock = ShiftedClock(Path(clock_file))
    logs.start(clock)
    place = serving.Place("127.0.0.1", int(port), None, None)
    opened, ids = Database(database), SystemIds(clock)
    files = AttachmentFiles(default_folder(opened), ids)
    serving.serve(opened, clock, ids, place, serving.listen(place), files, announce)


if __name__ == "__main__":
    main()
