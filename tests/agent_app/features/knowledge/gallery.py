"""Draws the knowledge panel into PNG files that a person looks at: ``python -m … OUTDIR``, light and dark."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.agent_app.features.call_gallery import SIZES
from tests.agent_app.features.knowledge.scene import LookingUp
from tests.agent_app.features.workplace import guide_xform, open_workplace
from tests.agent_app.pictures import gallery, looks, put_away, shoot


def draw_all(folder: Path, _: Sequence[str]) -> None:
    """Everything at the scale this process was started with."""
    for ending in looks(("zh_CN",)):
        for name, size in SIZES.items():
            with tempfile.TemporaryDirectory() as store:
                place = open_workplace(Path(store), guide_xform())
                scene = LookingUp(place)
                scene.guide.widget.resize(*size)
                scene.guide.widget.show()
                scene.open()
                scene.ask()
                shoot(scene.guide.widget, folder / f"found_{name}_{ending}")
                presenter = scene.knowledge.presenter
                presenter.on_typed("太贵")
                presenter.on_opened(presenter.state.found[0].id)
                shoot(scene.guide.widget, folder / f"read_{name}_{ending}")
                put_away(scene.guide.widget)
                place.company.store.close()


if __name__ == "__main__":
    gallery("tests.agent_app.features.knowledge.gallery", draw_all)
