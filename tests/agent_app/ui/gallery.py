"""Draws the kit's widgets, and both frames of the look, into PNG files that a person looks at.

``python -m tests.agent_app.ui.gallery OUTDIR`` draws light and dark, zh_CN and en,
at 100 and 150 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.agent_app.pictures import gallery, looks, put_away, shoot
from tests.agent_app.ui.gallery_frames import team_frame, work_frame
from tests.agent_app.ui.gallery_sheets import sheet


def draw_all(folder: Path, _: Sequence[str]) -> None:
    """Everything at the scale this process was started with."""
    for ending in looks():
        for name, made in (("sheet", sheet), ("work", work_frame), ("team", team_frame)):
            widget = made()
            widget.show()
            if (focused := widget.focusWidget()) is not None:
                focused.clearFocus()
            shoot(widget, folder / f"{name}_{ending}")
            put_away(widget)


if __name__ == "__main__":
    gallery("tests.agent_app.ui.gallery", draw_all)
