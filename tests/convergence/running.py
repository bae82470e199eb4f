"""A schedule run to its end or to the first violation, and what came of it."""

import traceback
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from agent_app.ports import SEALED_BLOCK
from agent_app.sync import attachments, engine, guards, synchroniser
from tests.convergence import crude, invariants
from tests.convergence.doings import DOINGS
from tests.convergence.ledger import Violated
from tests.convergence.planted import Plant
from tests.convergence.schedule import Schedule, Setting
from tests.convergence.world import World


@dataclass(frozen=True)
class Outcome:
    """What came of a schedule; `invariant` is "" when all of them hold. `lines`: the trace, if it was wished."""

    seed: int
    events: int
    trace_hash: str
    invariant: str = ""
    what: str = ""
    lines: list[str] | None = None
    moments: frozenset[str] = field(default_factory=frozenset)


def run(schedule: Schedule, *, traced: bool = False, plant: Plant | None = None) -> Outcome:
    """Run a schedule, on wish with a planted bug in the code."""
    world = World(schedule, DOINGS, traced=traced)
    invariant = what = ""
    with ExitStack() as stack:
        stack.enter_context(world.moments.listening())
        stack.enter_context(crude.known(world.moments))
        stack.enter_context(_figures(schedule.setting))
        if plant is not None:
            stack.enter_context(plant.in_force())
        try:
            world.run()
            invariants.check_all(world)
        except Violated as found:
            invariant, what = found.invariant, found.what
        except Exception as error:  # whatever comes out of the program here is a bug of it
            invariant, what = "no program fails", _where(error)
        if invariant:
            world.timeline.note(f"{invariant}: {what}")
    timeline = world.timeline
    moments = frozenset(world.moments.passed)
    return Outcome(
        schedule.seed, timeline.events, timeline.trace_hash, invariant, what, timeline.lines, moments
    )


@contextmanager
def _figures(setting: Setting) -> Iterator[None]:
    """The program's figures as they are in this world."""
    with ExitStack() as stack:
        for module, name, value in (
            (engine, "MOST_MUTATIONS", setting.most_mutations),
            (guards, "STAGE_FROM", setting.stage_from),
            (guards, "REMOVAL_ROWS", setting.removal_rows),
            (synchroniser, "COMPARE_EVERY", setting.compare_every),
            (attachments, "PIECE", SEALED_BLOCK),
        ):
            stack.callback(setattr, module, name, getattr(module, name))
            setattr(module, name, value)
        yield


def _where(error: Exception) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    steps = [f"{Path(one.filename).stem}.{one.name}:{one.lineno}" for one in frames[-3:]]
    return f"{type(error).__name__}: {str(error)[:300]} at {' > '.join(steps)}"
