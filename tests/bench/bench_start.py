"""From the start of the process to a queue that can be worked, its memory, and which imports cost most."""

import json
import os
import re
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from agent_app.host.secrets import PASSPHRASE_VARIABLE
from tests.bench.desks import ROOT
from tests.bench.names import PASSPHRASE
from tests.bench.prepared import Prepared, prepared

STARTS = 5
LISTED = 25
CHILD = Path(__file__).with_name("started.py")
_IMPORT = re.compile(r"import time:\s+(\d+) \|\s+(\d+) \| (\s*)(\S+)")


def run(customers: int | None) -> dict[str, Any]:
    """Medians in seconds from the start of the process; the sign-in is online, its fields filled in at once."""
    with prepared(customers) as at:
        _run(at)  # the first start compiles the modules, as an installation does
        starts = [_start(at) for _ in range(STARTS)]
        imports = _imports(_run(at, "-X", "importtime").stderr)
    figures: dict[str, Any] = {"customers": at.customers}
    for name in starts[0]:
        figures[name] = round(statistics.median(start[name] for start in starts), 3)
    return figures | {"imports_ms_own_time": imports}


def _start(at: Prepared) -> dict[str, float]:
    begun = time.monotonic()
    seen: dict[str, float] = json.loads(_run(at).stdout)
    return {name: value if name.endswith("_mb") else value - begun for name, value in seen.items()}


def _run(at: Prepared, *options: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, PASSPHRASE_VARIABLE: PASSPHRASE, "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(at.home / "compiled")
    command = [sys.executable, *options, str(CHILD), str(at.home), at.address]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True, timeout=120
    )


def _imports(log: str) -> dict[str, float]:
    """The packages whose own modules took longest to import, in ms."""
    by_package: dict[str, int] = {}
    for own, _, _, module in _IMPORT.findall(log):
        package = ".".join(module.split(".")[: 2 if module.startswith(("agent_app", "server_sync")) else 1])
        by_package[package] = by_package.get(package, 0) + int(own)
    slowest = sorted(by_package.items(), key=lambda item: -item[1])[:LISTED]
    return {package: round(micro / 1000, 1) for package, micro in slowest}
