"""What is drawn before a schedule runs: who is there, how bad the world is, and the list of events; all from one seed.

Nothing is drawn while it runs, so that a schedule with some events left out is a schedule, too.
"""

import math
import random  # noqa: TID251 - the one place where chance comes in, from a seed that is printed
from collections.abc import Sequence
from dataclasses import dataclass

from server_sync.domain.clock import MINUTE, SECOND

STEPS = 150
_DRAWS_A_STEP = (0.4, 0.4, 0.5)
"""What is drawn makes others happen, replies and timers, and those count as steps, too. Some are long."""


@dataclass(frozen=True)
class Event:
    """Something that happens: `pick` and `more` (0 up to 1) choose among what there is at that moment."""

    at: int
    what: str
    desk: int
    pick: float
    more: float

    def __str__(self) -> str:
        return f"{self.at / SECOND:9.3f} s  desk {self.desk}  {self.what} ({self.pick:.3f}, {self.more:.3f})"


@dataclass(frozen=True)
class Setting:
    """What does not change while a schedule runs. `page_rows`, `most_mutations`, `stage_from`, `compare_every` and
    `removal_rows` stand for the program's own figures, which are too large for so small a world. `ways`: by desk how
    long a message takes to the server, ms; `spreads`: the desk's place among all; `files`: whether there are any;
    `night`: whether a day passes before all is healed; `older`: by desk whether its program is older than the
    server."""

    company: int
    customers: int
    page_rows: int
    most_mutations: int
    stage_from: int
    compare_every: int
    ways: tuple[int, ...]
    spreads: tuple[float, ...]
    files: bool
    night: bool
    removal_rows: int
    older: tuple[bool, ...]


@dataclass(frozen=True)
class Schedule:
    """One seed's world and its events in their order; when they are over, it goes on until there were `steps`."""

    seed: int
    setting: Setting
    events: tuple[Event, ...]
    steps: int

    def with_events(self, events: Sequence[Event]) -> "Schedule":
        """The same world with other events."""
        return Schedule(self.seed, self.setting, tuple(events), self.steps)


# By group: how likely each thing is against the others of the group. The names are those of the functions that do it.
PEOPLE = {
    "note": 8,
    "start_call": 6,
    "finish_call": 7,
    "settle_promise": 3,
    "correct_answers": 3,
    "accept": 4,
    "correct_field": 5,
    "correct_number": 2,
    "book": 3,
    "refuse": 1,
    "lift_refusal": 1,
    "presence": 2,
    "reassign": 4,
    "draft": 2,
    "settle": 2,
    "retry": 1,
    "poison": 1,
    "meanwhile": 4,
    "agree": 1,
    "pull": 8,
}
FILES = {
    "attach": 4,
    "attach_badly": 2,
    "look_at_file": 3,
    "take_file_back": 1,
    "send_file_again": 1,
}
OFFICE = {
    "import_customer": 3,
    "edit_company": 2,
    "server_reassigns": 4,
    "pool_pulled": 3,
    "move_person": 3,
    "switch_person": 1,
    "revoke_device": 1,
    "note_contacts": 3,
    "refuse_desk": 1,
    "admit_desk": 1,
    "take_all": 1,
    "delete_rows": 2,
    "delete_customer": 1,
    "sweep": 2,
    "settle_leases": 3,
    "back_up": 2,
    "copy_aside": 1,
}
NETWORK = {
    "lose_request": 3,
    "lose_reply": 3,
    "double": 2,
    "tear": 2,
    "fail": 2,
    "late_reply": 2,
    "late_request": 2,
    "cut_off": 3,
    "deafen": 2,
}
MACHINES = {
    "kill_desk": 2,
    "crash_desk": 6,
    "kill_server": 2,
    "crash_server": 3,
    "restore_server": 3,
    "restore_after_answer": 1,
    "image_desk": 3,
    "set_desk_back": 2,
    "copy_desk": 2,
    "upgrade_desk": 2,
    "set_clock": 2,
    "wait_long": 1,
    "sign_in": 2,
    "damage": 1,
}
GROUPS = {"people": PEOPLE, "files": FILES, "office": OFFICE, "network": NETWORK, "machines": MACHINES}
_SHARES = {"people": 5.0, "files": 1.5, "office": 1.5}
_DRAWN = (0.2, 0.6, 1.5)

_DESKS = 5
_GAPS = (100, 400, 1_500, 5_000)
_WAYS = (5, 20, 80, 400)
_PAGES = (5, 20, 60, 60, 200, 5_000)
_CUSTOMERS = (6, 12, 20)
COMPANIES = 6
_WITH_FILES = 0.25
_WITH_NIGHT = 0.3


def draw(seed: int, steps: int = STEPS) -> Schedule:
    """The schedule of a seed, with at least so many steps."""
    rng = random.Random(seed)
    setting = Setting(
        company=rng.randrange(COMPANIES),
        customers=rng.choice(_CUSTOMERS),
        page_rows=rng.choice(_PAGES),
        most_mutations=rng.choice((1, 3, 10, 1_000)),
        stage_from=rng.choice((10, 60, 5_000)),
        compare_every=rng.choice((20 * SECOND, 2 * MINUTE, 10 * MINUTE)),
        ways=tuple(rng.choice(_WAYS) for _ in range(_DESKS)),
        spreads=tuple(rng.random() for _ in range(_DESKS)),
        files=rng.random() < _WITH_FILES,
        night=rng.random() < _WITH_NIGHT,
        removal_rows=rng.choice((2, 500, 500)),
        older=tuple(rng.random() < share for share in [rng.choice((0.0, 0.0, 0.0, 0.5))] * _DESKS),
    )
    names, weights = [], []
    for group, kinds in GROUPS.items():
        if group == "files" and not setting.files:
            continue
        # Some worlds are calm, some are bad in one respect.
        share = _SHARES.get(group) or rng.choice(_DRAWN)
        whole = sum(kinds.values())
        for name, weight in kinds.items():
            rate = rng.choice((0.0, 0.5, 1.0, 2.0)) if group != "people" else rng.choice((0.5, 1.0, 2.0))
            names.append(name)
            weights.append(share * rate * weight / whole)
    gap = rng.choice(_GAPS)
    at = 0
    events = []
    for what in rng.choices(names, weights, k=math.ceil(steps * rng.choice(_DRAWS_A_STEP))):
        at += round(rng.expovariate(1 / gap))
        events.append(Event(at, what, rng.randrange(_DESKS), rng.random(), rng.random()))
    return Schedule(seed, setting, tuple(events), steps)
