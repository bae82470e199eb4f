"""What the galleries share: every look in turn, in a process per scale, each drawn into a PNG file to look at."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from agent_app.ui import i18n, theme
from agent_app.ui.charts import BarTrend
from agent_app.ui.theme import SchemeChoice

LANGUAGES = ("zh_CN", "en")
_HERE = "--here"
_ROUNDS = 4


def gallery(module: str, draw_all: Callable[[Path, Sequence[str]], None]) -> None:
    """The main of a gallery, ``python -m MODULE OUTDIR [NAME …]``: `draw_all(folder, names)` at 100 and 150 %.

    Qt reads the scale at its start: each has a process of its own.
    """
    arguments = sys.argv[1:]
    if arguments[0] == _HERE:
        folder = Path(arguments[1])
        folder.mkdir(parents=True, exist_ok=True)
        QApplication([])
        draw_all(folder, arguments[2:])
        return
    for scale in ("1", "1.5"):
        environment = {**os.environ, "QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"}
        subprocess.run([sys.executable, "-m", module, _HERE, *arguments], env=environment, check=True)


def looks(languages: Sequence[str] = LANGUAGES) -> Iterator[str]:
    """Language and scheme in force one after the other; yields how the names of their pictures end."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    scale = f"{float(os.environ.get('QT_SCALE_FACTOR', '1')) * 100:.0f}"
    for language in languages:
        i18n.install(language)
        for scheme in (SchemeChoice.LIGHT, SchemeChoice.DARK):
            theme.install(app, scheme, language)
            yield f"{scheme.value}_{language}_{scale}.png"


def settle(widget: QWidget) -> None:
    """Until nothing is on its way to the screen."""
    _breathe()
    while not all(chart.drawn() for chart in widget.findChildren(BarTrend) if chart.isVisible()):
        QCoreApplication.processEvents()
    _breathe()


def shoot(widget: QWidget, file: Path) -> None:
    """Save what it shows."""
    settle(widget)
    widget.grab().save(str(file))


def put_away(widget: QWidget) -> None:
    """Close it for good."""
    widget.close()
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def _breathe() -> None:
    for _ in range(_ROUNDS):
        QCoreApplication.processEvents()
