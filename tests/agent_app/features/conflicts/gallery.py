"""Draws the conflicts room from a real store into PNG files that a person looks at.

``python -m tests.agent_app.features.conflicts.gallery OUTDIR``: light and dark, 1440 × 900 and 1280 × 800, 100 and
150 %; an agent's own entries and a lead's.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from agent_app.features.conflicts.state import Whose
from agent_app.features.conflicts.view import ConflictsFeature
from agent_app.shell.main_window import MainWindow
from agent_app.shell.places import Place
from agent_app.shell.status_bar import StatusBar
from agent_app.ui import i18n, theme
from agent_app.ui.theme import SchemeChoice
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import Company, open_company
from tests.agent_app.features.conflicts.room import Room

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
            for _ in range(4):
                QCoreApplication.processEvents()
            who = "lead" if leads else "agent"
            window.grab().save(str(folder / f"{who}_{number}_{size[0]}_{ending}"))
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def draw_all(folder: Path) -> None:
    """Everything at the scale this process was started with."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    folder.mkdir(parents=True, exist_ok=True)
    scale = f"{float(os.environ.get('QT_SCALE_FACTOR', '1')) * 100:.0f}"
    with tempfile.TemporaryDirectory() as place:
        company = open_company(Path(place))
        room = Room(company)
        room.fill()
        i18n.install("zh_CN")
        for scheme in (SchemeChoice.LIGHT, SchemeChoice.DARK):
            theme.install(app, scheme, "zh_CN")
            for size in SIZES:
                draw(company, room, folder, f"{scheme.value}_{scale}.png", size)
        company.store.close()


def main(folder: Path) -> None:
    """One process per scale: Qt reads the factor at its start."""
    for scale in ("1", "1.5"):
        environment = {**os.environ, "QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"}
        program = [sys.executable, "-m", "tests.agent_app.features.conflicts.gallery", "--here", str(folder)]
        subprocess.run(program, env=environment, check=True)


if __name__ == "__main__":
    if sys.argv[1] == "--here":
        draw_all(Path(sys.argv[2]))
    else:
        main(Path(sys.argv[1]))
