"""Draws the responses room from a real store into PNG files that a person looks at.

``python -m tests.agent_app.features.responses.gallery OUTDIR``: light and dark, 1440 × 900 and 1280 × 800, 100 and
150 %; the table with one response to read, the question how a file shall be, a period of one's own.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from agent_app.features.responses.state import Filters, Span
from agent_app.features.responses.view import ResponsesFeature
from agent_app.shell.main_window import MainWindow
from agent_app.shell.places import Place
from agent_app.shell.status_bar import StatusBar
from agent_app.ui import i18n
from server_sync.domain.clock import HOUR
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import open_company
from tests.agent_app.features.responses.answered import Answered
from tests.agent_app.pictures import gallery, looks, put_away, settle, shoot
from tests.server_sync.organisation import NOW

SIZES = ((1440, 900), (1280, 800))


def draw(answered: Answered, shown: bytes, folder: Path, ending: str, size: tuple[int, int]) -> None:
    """The pictures of one look."""
    session = answered.company.session(answered.lead, ImmediateWork())
    feature = ResponsesFeature(session, lambda route: None)
    window = MainWindow("回访", StatusBar())
    title = i18n.translate("Window", "Responses")
    place = Place("responses", "chat-text", title, feature.table, feature.filters, feature.reading)
    window.add_place(place)
    window.show_place("responses")
    window.resize(*size)
    window.show()
    settle(window)
    feature.table.presenter.on_response_chosen(shown)
    name = f"{size[0]}_{ending}"
    shoot(window, folder / f"responses_table_{name}")
    export = next(one for one in feature.table.shortcuts() if one.action == "responses.export")
    export.callback()
    shoot(window, folder / f"responses_export_{name}")
    feature.table.presenter.on_response_chosen(None)
    own = Filters(span=Span.OWN, since_on=date(2026, 9, 21), until_on=date(2026, 9, 1))
    feature.table.presenter.on_filtered(own)
    shoot(window, folder / f"responses_period_{name}")
    put_away(window)


def draw_all(folder: Path, _: Sequence[str]) -> None:
    """Everything at the scale this process was started with."""
    with tempfile.TemporaryDirectory() as place:
        company = open_company(Path(place))
        answered = Answered(company)
        answered.many(40)
        first = answered.add(NOW + HOUR, csat=2, nps=4, flags=["speeding"], complete=False)
        answered.correct(first, NOW + 2 * HOUR, **{"/data/age": "42"})
        for ending in looks(("zh_CN",)):
            for size in SIZES:
                draw(answered, first, folder, ending, size)
        company.store.close()


if __name__ == "__main__":
    gallery("tests.agent_app.features.responses.gallery", draw_all)
