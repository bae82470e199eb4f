"""Draws the room of who keeps the knowledge base into PNG files that a person looks at.

``python -m tests.agent_app.features.articles.gallery OUTDIR``: light and dark, Chinese and English, 1440 × 900 and
1280 × 800, 100 and 150 %; an article being written on, and one into which somebody else wrote meanwhile.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from agent_app.features.articles.view import ArticlesFeature
from agent_app.shell.main_window import MainWindow
from agent_app.shell.places import Place
from agent_app.shell.status_bar import StatusBar
from agent_app.ui import i18n
from server_sync.domain.commands import Insert
from server_sync.store.articles import ready
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import Company, open_company
from tests.agent_app.features.articles.conftest import CHANGED
from tests.agent_app.pictures import gallery, looks, put_away, settle, shoot
from tests.server_sync.organisation import NOW

SIZES = ((1440, 900), (1280, 800))


def draw(company: Company, folder: Path, ending: str, size: tuple[int, int]) -> None:
    """The pictures of one look."""
    feature = ArticlesFeature(company.session(company.organisation.north_lead, ImmediateWork()))
    window = MainWindow("回访", StatusBar())
    title = i18n.translate("Window", "Articles")
    window.add_place(Place("articles", "book-open", title, feature, feature.listing))
    window.show_place("articles")
    window.resize(*size)
    window.show()
    settle(window)
    presenter = feature.presenter
    presenter.on_chosen(presenter.state.found[2])
    written = presenter.state.written
    assert written is not None
    presenter.on_written(replace(written, body=f"{written.body}\n\n再给客户一个台阶。"))
    name = f"{size[0]}_{ending}"
    shoot(window, folder / f"articles_written_{name}")
    with company.store.write() as connection:
        connection.exec_driver_sql(
            "UPDATE article SET body = body || '!', changed_by = ? WHERE id = ?",
            (company.organisation.south_lead.person_id, presenter.state.open_id),
        )
    feature.on_changed(CHANGED)
    shoot(window, folder / f"articles_met_{name}")
    put_away(window)


def draw_all(folder: Path, _: Sequence[str]) -> None:
    """Everything at the scale this process was started with."""
    with tempfile.TemporaryDirectory() as place:
        company = open_company(Path(place))
        for one in ready():
            row = {"id": company.ids.new(), "changed_at": NOW, "active": True, **vars(one)}
            company.put(Insert("article", row))
        for ending in looks():
            for size in SIZES:
                draw(company, folder, ending, size)
        company.store.close()


if __name__ == "__main__":
    gallery("tests.agent_app.features.articles.gallery", draw_all)
