"""Draws the kit's widgets, and both frames of the look, into PNG files that a person looks at.

``python -m tests.agent_app.ui.gallery OUTDIR`` draws light and dark, zh_CN and en,
at 100 and 150 %.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from agent_app.ui import i18n, theme
from agent_app.ui.charts import BarTrend
from agent_app.ui.theme import SchemeChoice
from tests.agent_app.ui.gallery_frames import team_frame, work_frame
from tests.agent_app.ui.gallery_sheets import sheet

SCALES = ("1", "1.5")


def save(widget: QWidget, path: Path) -> None:
    """Show, let it settle, draw, take away."""
    widget.show()
    if (focused := widget.focusWidget()) is not None:
        focused.clearFocus()
    for _ in range(4):
        QCoreApplication.processEvents()
    while not all(chart.drawn() for chart in widget.findChildren(BarTrend)):
        QCoreApplication.processEvents()
    widget.grab().save(str(path))
    widget.close()
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def draw_all(folder: Path) -> None:
    """Everything at the scale this process was started with."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    folder.mkdir(parents=True, exist_ok=True)
    scale = f"{float(os.environ.get('QT_SCALE_FACTOR', '1')) * 100:.0f}"
    for language in ("zh_CN", "en"):
        i18n.install(language)
        for scheme in (SchemeChoice.LIGHT, SchemeChoice.DARK):
            theme.install(app, scheme, language)
            ending = f"{scheme.value}_{language}_{scale}.png"
            save(sheet(), folder / f"sheet_{ending}")
            save(work_frame(), folder / f"work_{ending}")
            save(team_frame(), folder / f"team_{ending}")


def main(folder: Path) -> None:
    """One process per scale: Qt reads the factor at its start."""
    for scale in SCALES:
        environment = {**os.environ, "QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"}
        subprocess.run(
            [sys.executable, "-m", "tests.agent_app.ui.gallery", "--here", str(folder)],
            env=environment,
            check=True,
        )


if __name__ == "__main__":
    if sys.argv[1] == "--here":
        draw_all(Path(sys.argv[2]))
    else:
        main(Path(sys.argv[1]))
