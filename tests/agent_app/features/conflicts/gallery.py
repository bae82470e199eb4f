"""Draws the conflicts room from a real store into PNG files that a person looks at.

``python -m tests.agent_app.features.conflicts.gallery OUTDIR``: light and dark, 1440 × 900 and 1280 × 800, 100 and
150 %; an agent's own entries and a lead's.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from agent_app.features.conflicts.state import Whose
from agent_app.features.conflicts.view import ConflictsFeature
from agent_app.shell.main_window import MainWindow
from agent_app.shell.places import Place
from agent_app.shell.status_bar import StatusBar
from agent_app.ui import i18n
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import Company, open_company
from tests.agent_app.features.conflicts.room import Room
from tests.agent_app.pictures import gallery, looks, put_away, shoot

SIZES = ((1440, 900), (1280, 800))


def draw(company: Company, room: Room, folder: Path, ending: str, size: tuple[int, int]) -> None:
    """The pictures of one look."""
    for leads in (False, True):
        session = company.session(room.actor(leads=leads), ImmediateWork())
        feature = ConflictsFeature(session, lambda route: None)
        window = MainWindow("回访", StatusBar())
        title = i18n.translate("Window", "Conflicts")
        window.add_place(Place("conflicts", "git-merge", title, feature.detail, feature.listing))
        window.show_place("conflicts")
        window.resize(*size)
        window.show()
        presenter = feature.detail.presenter
        if not leads:
            presenter.on_whose_chosen(Whose.OWN)
        for number, entry in enumerate(presenter.state.entries):
            presenter.on_chosen(entry.id)
            if number == 2 and presenter.state.may_edit(entry):
                presenter.on_edit_asked()
            who = "lead" if leads else "agent"
            shoot(window, folder / f"{who}_{number}_{size[0]}_{ending}")
        put_away(window)


def draw_all(folder: Path, _: Sequence[str]) -> None:
    """Everything at the scale this process was started with."""
    with tempfile.TemporaryDirectory() as place:
        company = open_company(Path(place))
        room = Room(company)
        room.fill()
        for ending in looks(("zh_CN",)):
            for size in SIZES:
                draw(company, room, folder, ending, size)
        company.store.close()


if __name__ == "__main__":
    gallery("tests.agent_app.features.conflicts.gallery", draw_all)
