"""The benchmarks: `./run bench NAME …`; figures of one machine, quoted as ratios, never asserted."""

import argparse
import importlib
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

NAMES = {
    "start": "process start to a usable queue with 50,000 customers in the store",
    "queue": "frames while scrolling and jumping over 50,000 tasks",
    "open": "from a row of the queue to a complete customer 360",
    "sync": "first pull, push of 10,000 edits, one edit from desk to desk, idle; --peers: beside Anki's",
    "desks": "1,000 desks on one server process: idle CPU and memory, an edit meanwhile, a restart",
    "forms": "forms of 50, 500 and 2,000 questions: load, answer, finalise; --peers: beside ODK's engine; --form FILE",
    "plans": "20 plans and 10 segments over a million customers on both databases; --customers N",
    "storm": "200 desks with 50,000 tasks come back after an outage of ten minutes",
}
OF_DESKS = ("desks", "storm")
WITH_PEERS = ("sync", "forms")


def main() -> int:
    """Run one benchmark and print its figures; with --json the last line is one JSON object."""
    parser = argparse.ArgumentParser(
        prog="./run bench",
        description="\n".join(f"{name:8}{what}" for name, what in NAMES.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("name", choices=NAMES)
    parser.add_argument(
        "--rows",
        "--customers",
        type=int,
        help="rows of the workload (start, queue, open, plans: customers)",
    )
    parser.add_argument(
        "--peers", action="store_true", help="sync, forms: the same with the peers, in the same run"
    )
    parser.add_argument("--form", type=Path, metavar="FILE", help="forms: this one (XLSForm or XForm)")
    parser.add_argument("--desks", type=int, help="desks, storm: how many")
    parser.add_argument("--json", action="store_true", help="end with one line of JSON")
    given = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if given.peers and given.name not in WITH_PEERS:
        parser.error("--peers: only sync and forms have peers")
    if given.form is not None and given.name != "forms":
        parser.error("--form: for forms")
    if given.desks is not None and given.name not in OF_DESKS:
        parser.error("--desks: for desks and storm")
    options = {name: getattr(given, name) for name in ("peers", "form") if getattr(given, name)}
    size = given.desks if given.name in OF_DESKS else given.rows
    bench = importlib.import_module(f"tests.bench.bench_{given.name}")
    figures = bench.run(size, **options)
    figures["machine"] = {"cores": os.cpu_count(), "platform": sys.platform}
    for line in bench.table(figures) if hasattr(bench, "table") else _lines(figures):
        print(line)
    if given.json:
        print(json.dumps(figures, ensure_ascii=False))
    return 0


def _lines(figures: dict[str, Any]) -> Iterator[str]:
    width = max(len(name) for name in figures)
    return (f"{name:{width}}  {value}" for name, value in figures.items())


if __name__ == "__main__":
    sys.exit(main())
