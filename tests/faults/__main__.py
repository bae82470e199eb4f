"""The long form of the tests of faults: `./run faults [ROOM …] [--seed N]`; ./check runs a portion of the same."""

import argparse
import os
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[1]
sys.path.insert(0, str(ROOT))

ROOMS = {
    "killed": "desks and servers killed at every named moment and at 100 random ones",
    "forms_killed": "a form killed at every point of its filling-in",
    "torn": "a push and a pull torn after every byte, on the way there and back",
    "disk": "a full and a failing disk at the n-th write, for every n until nothing fails",
    "damage": "a flipped byte in every 64th page of a store",
    "seats": "wrong clocks, ended tokens, copied profiles, a restored server",
    "postgresql": "eight writers and a reader, crashes, a standby that takes over without the newest commits",
    "restore": "the restore drill, on SQLite and on PostgreSQL",
}


def main() -> int:
    """Run the rooms; exit code 1 when anything was lost, doubled or badly told."""
    parser = argparse.ArgumentParser(
        prog="./run faults",
        description="\n".join(f"{name:14}{what}" for name, what in ROOMS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("room", nargs="*", metavar="ROOM", help="one or several of the above; all by default")
    parser.add_argument("--seed", type=int, default=0, help="what the random moments go by")
    given = parser.parse_args()
    unknown = [room for room in given.room if room not in ROOMS]
    if unknown:
        parser.error(f"no such room: {', '.join(unknown)}")
    from tests.faults.chance import ALL_VARIABLE, SEED_VARIABLE

    os.environ |= {ALL_VARIABLE: "all", SEED_VARIABLE: str(given.seed)}
    os.chdir(ROOT)
    import pytest

    files = [str(FOLDER / f"test_{room}.py") for room in given.room or ROOMS]
    return int(
        pytest.main(["-v", "-n", "2", "-p", "no:randomly", "-o", "console_output_style=times", *files])
    )


if __name__ == "__main__":
    sys.exit(main())
