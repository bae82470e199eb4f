"""The tour: `./run tour DIR` plays the journeys through the real window against a live server and saves its pictures.

Ends with one line of JSON, {"ok": true, "steps": N, …}; the exit code is 1 when any step failed.
"""

import json
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.e2e import journeys, looks
from tests.e2e.conflict_journeys import a6_two_at_once, c2_home_with_a_late_result
from tests.e2e.field import hand_out_visits
from tests.e2e.forms_journey import b2_a_form_is_renewed, b3_answers_are_read_and_exported
from tests.e2e.journeys import seated
from tests.e2e.plan_journey import d1_a_plan_is_made_at_the_desk, take_back_care
from tests.e2e.refusal_journey import a4_never_again, hand_out_twice
from tests.e2e.story import Story
from tests.e2e.visit_journey import c1_a_visit_without_network
from tests.e2e.workbook_journey import b1_a_workbook_becomes_work
from tests.e2e.world import World

Chapter = Callable[[Story, World], None]


def a1(story: Story, world: World) -> None:
    """A1, and the same with a kill right after "saved"."""
    with seated(world, "a1", "agent") as seat:
        journeys.a1_a_normal_follow_up(story, world, seat)
    journeys.a1_killed_right_after_saved(story, world)


def a2(story: Story, world: World) -> None:
    """A2, with a colleague at a second desk."""
    with seated(world, "a2", "agent") as owner, seated(world, "colleague", "colleague") as colleague:
        journeys.a2_a_callback(story, world, owner, colleague)


def a4(story: Story, world: World) -> None:
    """A4, with a colleague who was to call the same customer."""
    handed_out = hand_out_twice(world)
    with seated(world, "a4", "agent") as agent, seated(world, "a4-colleague", "colleague") as colleague:
        a4_never_again(story, world, agent, colleague, *handed_out)


def a5(story: Story, world: World) -> None:
    """A5."""
    with seated(world, "a5", "agent") as seat:
        journeys.a5_without_network(story, world, seat)


def a6(story: Story, world: World) -> None:
    """A6, with the supervisor at a third desk."""
    with (
        seated(world, "a6-lead", "supervisor") as lead,
        seated(world, "a6", "agent") as first,
        seated(world, "a6-colleague", "colleague") as second,
    ):
        a6_two_at_once(story, world, lead, first, second)


def c1(story: Story, world: World) -> None:
    """C1."""
    c1_a_visit_without_network(story, world, hand_out_visits(world))


def forms(story: Story, world: World) -> None:
    """B2 and B3, by an administrator; a lead reads answers, too."""
    with seated(world, "forms", "administrator") as chief:
        b2_a_form_is_renewed(story, world, chief)
        b3_answers_are_read_and_exported(story, world, chief)


def d1(story: Story, world: World) -> None:
    """D1, as far as the plan and its preview."""
    take_back_care(world)
    with seated(world, "d1", "administrator") as chief:
        d1_a_plan_is_made_at_the_desk(story, world, chief)


CHAPTERS: dict[str, Chapter] = {
    "looks": looks.every_view,
    "a1": a1,
    "a2": a2,
    "a4": a4,
    "a5": a5,
    "a6": a6,
    "c1": c1,
    "c2": c2_home_with_a_late_result,
    "b1": b1_a_workbook_becomes_work,
    "forms": forms,
    "d1": d1,
}


def main() -> int:
    """Play every chapter in a world of its own."""
    if len(sys.argv) < 2:
        print("usage: ./run tour DIR [CHAPTER …]", file=sys.stderr)
        return 2
    pictures = Path(sys.argv[1])
    pictures.mkdir(parents=True, exist_ok=True)
    story, failed, begun = Story(pictures.absolute()), {}, time.monotonic()
    for name in sys.argv[2:] or CHAPTERS:
        print(f"{name} …", flush=True)
        with tempfile.TemporaryDirectory(prefix="huifang-tour-") as folder, World(Path(folder)) as world:
            try:
                if name != "b1":
                    world.make_demo_company()
                    world.start_server()
                CHAPTERS[name](story, world)
            except Exception as error:  # the tour tells of it and goes on with the next chapter
                traceback.print_exc()
                failed[name] = f"{type(error).__name__}: {error}"
    report = {
        "ok": not failed,
        "steps": len(story.steps),
        "pictures": len(list(pictures.glob("*.png"))),
        "seconds": round(time.monotonic() - begun, 1),
        "failed": failed,
    }
    print(json.dumps(report, ensure_ascii=False))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
