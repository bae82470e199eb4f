"""Every name of an event and the function that lets it happen."""

from collections.abc import Mapping
from functools import partial

from tests.convergence import files, mishaps, office, people
from tests.convergence.schedule import Event
from tests.convergence.world import Doing, World


def _at_desk(world: World, event: Event, *, doing: people.Doing) -> str:
    return doing(world.sites[event.desk], event)


DOINGS: Mapping[str, Doing] = {
    **{name: partial(_at_desk, doing=doing) for name, doing in {**people.DOINGS, **files.DOINGS}.items()},
    **office.DOINGS,
    **mishaps.DOINGS,
}
