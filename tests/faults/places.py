"""An office with its server, and the desks about to have a day in it: new, of a restored server, copied back."""

import shutil
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.faults.office import MANY_CUSTOMERS, FaultDesk, Office, sign_in
from tests.faults.processes import FaultServer


@dataclass(frozen=True)
class Place:
    """An office with its server and a folder for what else there is."""

    office: Office
    server: FaultServer
    folder: Path

    def profile(self) -> Path:
        """The lead's, on a new computer."""
        made = Path(tempfile.mkdtemp(dir=self.folder, prefix="desk"))
        sign_in(made, self.server.address)
        return made

    def sit(self, profile: Path, text: str) -> bytes:
        """Write a note at a desk and send it."""
        with closing(FaultDesk(profile, self.server.address)) as desk:
            desk.heal()
            written = desk.note(text)
            desk.heal()
        return written


Beginning = Callable[[Place], tuple[Path, list[bytes]]]
"""Makes a desk about to have a day; returns its profile and what was confirmed there before."""


def a_new_desk(place: Place) -> tuple[Path, list[bytes]]:
    return place.profile(), []


def a_desk_whose_server_was_restored(place: Place) -> tuple[Path, list[bytes]]:
    """It knows of more than the server does (SYNC E1)."""
    profile = place.profile()
    confirmed = [place.sit(profile, "before")]
    place.server.stop()
    place.office.copy_to(place.folder / "copy")
    place.server.start()
    confirmed.append(place.sit(profile, "after"))
    place.server.stop()
    place.office.put_back(place.folder / "copy")
    place.server.start()
    return profile, confirmed


def a_copy_of_a_desk_that_went_on(place: Place) -> tuple[Path, list[bytes]]:
    """Its next mids are taken (SYNC P2)."""
    profile = place.profile()
    confirmed = [place.sit(profile, "before")]
    copy = profile.with_name(f"{profile.name}-copy")
    shutil.copytree(profile, copy)
    confirmed.append(place.sit(profile, "after"))
    return copy, confirmed


def a_new_desk_of_a_large_office(place: Place) -> tuple[Path, list[bytes]]:
    """Its first sync goes through staging and by a ready file (SYNC L4)."""
    if len(place.office.rows("customer")) < MANY_CUSTOMERS:
        place.office.grow()
    return place.profile(), []
