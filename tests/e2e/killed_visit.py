"""A visit in a process of its own that ends by SIGKILL at a question: `killed_visit.py FOLDER TASK`.

Without the network it checks in, answers up to that question, says "standing" when that is on the disk, and waits.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.e2e.field import KILLED_AT, answer, away_from, check_in, open_visit
from tests.e2e.journeys import seated
from tests.e2e.world import World


def main() -> None:
    """Work until killed."""
    world, task = World.joined(Path(sys.argv[1])), bytes.fromhex(sys.argv[2])
    with seated(away_from(world), "field", "visitor") as seat:
        open_visit(seat, task)
        check_in(seat, "31.2304, 121.4737, 40")
        answer(seat, world.folder, KILLED_AT - 1)
        print("standing", flush=True)
        while True:
            time.sleep(60)


if __name__ == "__main__":
    main()
