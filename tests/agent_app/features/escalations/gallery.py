"""Draws the inbox of escalations into PNG files that a person looks at.

``python -m tests.agent_app.features.escalations.gallery OUTDIR``: light and dark, Chinese and English, 1440 × 900 and
1280 × 800, 100 and 150 %; an entry, one being given to somebody, one that was not sent, and an empty list.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from agent_app.features.escalations.state import Which
from agent_app.features.escalations.view import EscalationsFeature
from agent_app.shell.main_window import MainWindow
from agent_app.shell.places import Place
from agent_app.shell.status_bar import StatusBar
from agent_app.ui import i18n
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import Company, open_company
from tests.agent_app.features.escalations.room import filled
from tests.agent_app.pictures import gallery, looks, put_away, settle, shoot
from tests.server_sync.organisation import NOW

SIZES = ((1440, 900), (1280, 800))


def draw(company: Company, folder: Path, ending: str, size: tuple[int, int]) -> None:
    """The pictures of one look."""
    session = company.session(company.organisation.north_lead, ImmediateWork())
    window = MainWindow("回访", StatusBar())

    def tell(count: int) -> None:
        window.set_count("escalations", count, str(count))

    feature = EscalationsFeature(session, lambda route: None, tell)
    title = i18n.translate("Window", "Raised")
    window.add_place(Place("escalations", "bell-ringing", title, feature, feature.listing))
    window.show_place("escalations")
    window.resize(*size)
    window.show()
    feature.on_tick(NOW)
    settle(window)
    name = f"{size[0]}_{ending}"
    shoot(window, folder / f"escalations_{name}")
    feature.presenter.on_give_asked()
    settle(window)
    shoot(window, folder / f"escalations_giving_{name}")
    feature.presenter.on_which(Which.FAILED)
    shoot(window, folder / f"escalations_failed_{name}")
    feature.presenter.on_which(Which.SEEN)
    shoot(window, folder / f"escalations_empty_{name}")
    put_away(window)


def draw_all(folder: Path, _: Sequence[str]) -> None:
    """Everything at the scale this process was started with."""
    with tempfile.TemporaryDirectory() as place:
        company = open_company(Path(place))
        filled(company)
        for ending in looks():
            for size in SIZES:
                draw(company, folder, ending, size)
        company.store.close()


if __name__ == "__main__":
    gallery("tests.agent_app.features.escalations.gallery", draw_all)
