"""The room of the calendar as pictures: ``python -m tests.agent_app.features.calendar.gallery OUTDIR``."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.agent_app.features.calendar.scene import october, open_room
from tests.agent_app.pictures import gallery, looks, put_away, shoot


def draw_all(folder: Path, names: Sequence[str]) -> None:
    """One picture a look."""
    for look in looks():
        with tempfile.TemporaryDirectory() as place:
            company = october(Path(place))
            room = open_room(company, company.organisation.administrator)
            room.presenter.on_trial("2026-10-09 16:30", "4", "working_hours")
            room.presenter.on_day("2026-10-10")
            room.widget.resize(1224, 780)
            room.widget.show()
            shoot(room.widget, folder / f"calendar_{look}")
            put_away(room.widget)
            company.store.close()


if __name__ == "__main__":
    gallery("tests.agent_app.features.calendar.gallery", draw_all)
