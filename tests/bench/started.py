"""The desk as its entry starts it, with the sign-in filled in; says when it was how far, and ends."""

import json
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from agent_app.host.paths import places  # what the entry imports before its arguments are parsed


def main(home: str, address: str) -> None:
    """Print the moments (monotonic, s) of imports done, sign-in page, open desk and usable queue; memory in MB."""
    from agent_app.assembly.application import Assembly, application, run

    seen = {"imports": time.monotonic()}

    def begin(assembly: Assembly) -> None:
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication

        from agent_app.features.login.state import Credentials
        from tests.bench.names import LOGIN, PASSWORD

        assembly.show_login(address, LOGIN)
        QApplication.processEvents()
        seen["sign_in_page"] = time.monotonic()
        assembly.enter(Credentials(address, LOGIN, PASSWORD))

        def look() -> None:
            if assembly.desk is None:
                return
            from tests.bench.sight import queue_is_usable

            seen.setdefault("window", time.monotonic())
            if queue_is_usable(assembly.desk):
                QApplication.processEvents()
                seen["usable_queue"] = time.monotonic()
                QApplication.quit()

        timer = QTimer(assembly)
        timer.timeout.connect(look)
        timer.start(5)

    run(application(), places(Path(home)), begin)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    seen["resident_mb"] = pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)
    print(json.dumps(seen))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
