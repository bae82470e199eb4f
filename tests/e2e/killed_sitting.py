"""One sitting in a process of its own that ends by SIGKILL: `killed_sitting.py FOLDER`.

It does one call to the end, says "saved TASK ANSWERS" the moment the wrap-up is on the disk, and waits to be killed.
"""

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.e2e.calling import answer_guide, dial, next_customer, save_and_next, wrap_up
from tests.e2e.journeys import ANSWERS, seated
from tests.e2e.story import desk_rows
from tests.e2e.world import World


def main() -> None:
    """Work until killed."""
    world = World.joined(Path(sys.argv[1]))
    with seated(world, "killed", "agent") as seat:
        seat.desk.sync.stop()  # so that nothing has left for the server when the process dies
        task = next_customer(seat)
        dial(seat)
        answer_guide(seat)
        wrap_up(seat, "1")
        save_and_next(seat)
        answers = desk_rows(seat, ANSWERS, task)
        print(f"saved {task.hex()} {json.dumps(answers)}", flush=True)
        while True:
            time.sleep(60)


if __name__ == "__main__":
    main()
