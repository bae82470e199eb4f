"""The command `./run simtest`: many schedules on all cores; what it found, and last one line of JSON."""

import argparse
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.convergence.many import Result, hunt_many, run_many, shorten_many
from tests.convergence.planted import PLANTS
from tests.convergence.running import run
from tests.convergence.schedule import STEPS, draw

ENOUGH = 3
SHORTENED = 8
TOLD_EVERY = 10.0
"""Seconds."""
INTERRUPTED = 130
_DESCRIPTION = """Desks and a server in virtual time, and all that can go wrong. The code of both ends is the real one;
the network, the clocks and the ends of programs are drawn from the seed."""
_EPILOG = f"""It stops after the first few violations, unless --unlimited. The same seed does the same again, to the
last step, as the hash of its trace shows; a failing one is shortened to the events that it needs (the first
{SHORTENED}). With --planted, schedules are run with bugs that are put into the code: each has to be found. How far it
is comes on standard error; Ctrl+C ends it with what it has by then. Exit code 1: an invariant was violated, or a
planted bug was not found; {INTERRUPTED}: it was interrupted."""


@dataclass(frozen=True)
class Seeds:
    """From the first up to, but not including, the last."""

    first: int
    last: int


class Teller:
    """Says on standard error which schedules failed, and now and then how far it is."""

    def __init__(self, schedules: int) -> None:
        self._schedules = schedules
        self._began = self._told = time.perf_counter()
        self._failures = 0

    def tell(self, result: Result) -> None:
        """So much is done."""
        for one in result.failed[self._failures :]:
            print(f"seed {one.seed}: {one.invariant}: {one.what}", file=sys.stderr, flush=True)
        self._failures = len(result.failed)
        now = time.perf_counter()
        if now - self._told < TOLD_EVERY:
            return
        self._told = now
        rate = result.schedules / (now - self._began)
        left = round((self._schedules - result.schedules) / rate)
        print(
            f"{result.schedules} of {self._schedules} schedules, {rate:.1f} a second, {len(result.failed)} violations,"
            f" {left // 3600}:{left // 60 % 60:02}:{left % 60:02} left",
            file=sys.stderr,
            flush=True,
        )


def main(arguments: list[str] | None = None) -> int:
    """Run what is asked for; returns the exit code."""
    given = _parser().parse_args(arguments)
    began = time.perf_counter()
    seeds: Seeds = given.seeds
    enough = sys.maxsize if given.unlimited else ENOUGH
    teller = Teller(seeds.last - seeds.first)
    result = run_many(seeds.first, seeds.last, given.steps, enough, teller.tell)
    interrupted = result.interrupted
    if given.trace and not (result.failed or interrupted):
        print_trace(seeds.first, given.steps)
    try:
        print_failures(result, given.steps, traced=given.trace, shortened=not interrupted)
    except KeyboardInterrupt:
        interrupted = True
    report: dict[str, Any] = {
        "schedules": result.schedules,
        "events": result.events,
        "violations": len(result.failed),
    }
    if given.planted and not interrupted:
        report["planted"], interrupted = hunt(given.planted, seeds.first, given.steps)
    seconds = time.perf_counter() - began
    print(f"{result.schedules} schedules, {result.events} events, {seconds:.1f} s")
    if len(result.failed) < result.schedules:
        print(f"at least {result.fewest} events in each")
    print(f"moments passed at which a program may end: {', '.join(sorted(result.moments))}")
    for invariant, count in sorted(result.by_invariant.items()):
        print(f"  {count:6} violations: {invariant}")
    print(json.dumps(report))
    if interrupted:
        return INTERRUPTED
    planted = report.get("planted", {"total": 0, "caught": 0})
    return 1 if result.failed or planted["caught"] < planted["total"] else 0


def print_failures(result: Result, steps: int, *, traced: bool, shortened: bool) -> None:
    """Each violation, and on wish the shortest schedule that has it."""
    for one in result.failed:
        print(f"seed {one.seed} (trace {one.trace_hash}): {one.invariant}: {one.what}")
    for short, events in shorten_many(result.failed[:SHORTENED] if shortened else [], steps):
        again = "" if short.invariant else "  (does not come again when run alone)"
        print(f"\nseed {short.seed} with {len(events)} events (trace {short.trace_hash}){again}")
        print("\n".join(short.lines or [] if traced else events))
        print(f"{short.invariant}: {short.what}\n")


def print_trace(seed: int, steps: int) -> None:
    """Everything that happens in one schedule."""
    outcome = run(draw(seed, steps), traced=True)
    print("\n".join(outcome.lines or []))
    print(f"seed {seed}: trace {outcome.trace_hash}")


def hunt(plants: list[str], first: int, steps: int) -> tuple[dict[str, int], bool]:
    """Look for planted bugs; returns how many there were and how many were found, and whether it was interrupted."""
    caught = 0
    interrupted = False
    try:
        for one in hunt_many(plants, first, steps):
            caught += bool(one.invariant)
            found = f"found by: {one.invariant}" if one.invariant else "NOT FOUND"
            print(f"planted {one.plant:32} {one.schedules:4} schedules  {found}", flush=True)
    except KeyboardInterrupt:
        interrupted = True
    return {"total": len(plants), "caught": caught}, interrupted


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="./run simtest", description=_DESCRIPTION, epilog=_EPILOG)
    add = parser.add_argument
    add("--seeds", type=_seeds, default=Seeds(0, 200), metavar="A:B", help="which schedules, B excluded")
    add("--steps", type=_steps, default=STEPS, metavar="N", help="the least number of steps in each (150)")
    add(
        "--trace",
        action="store_true",
        help="print all that happens: in the first schedule, or in the failing ones",
    )
    add("--unlimited", action="store_true", help="go on to the last seed, however many violations are found")
    add("--planted", type=_plants, metavar="NAME", help=f"all, or some of: {', '.join(PLANTS)}")
    return parser


def _seeds(text: str) -> Seeds:
    first, colon, last = text.partition(":")
    if not (colon and first.isdecimal() and last.isdecimal() and int(first) < int(last)):
        raise argparse.ArgumentTypeError(f"{text!r} is not a range of seeds such as 0:1000")
    return Seeds(int(first), int(last))


def _steps(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 100_000:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of steps")
    return int(text)


def _plants(text: str) -> list[str]:
    names = list(PLANTS) if text == "all" else text.split(",")
    unknown = [name for name in names if name not in PLANTS]
    if unknown:
        raise argparse.ArgumentTypeError(f"no planted bug is called {unknown[0]!r}")
    return names


if __name__ == "__main__":
    sys.exit(main())
