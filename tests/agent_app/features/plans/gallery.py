"""Draws the plans' room into PNG files that a person looks at.

``python -m tests.agent_app.features.plans.gallery OUTDIR``: light and dark, Chinese and English, 100 and 150 %; a plan
that works, one whose run was refused, one being written with faults, one with a sequence, what it would do, and the
question before very many tasks.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QDialog

from agent_app.actions.plans import read_templates
from agent_app.features.plans.state import Asked
from agent_app.features.plans.view import PlansFeature
from agent_app.features.plans.view.questions import question_of
from agent_app.shell.main_window import MainWindow
from agent_app.shell.places import Place
from agent_app.shell.status_bar import StatusBar
from agent_app.store.changes import StoreChanges
from agent_app.sync.plans import PlansOffice
from agent_app.ui import i18n
from agent_app.ui.dialogs import DialogService
from server_sync.domain.model import PlanState
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import Company, open_company
from tests.agent_app.features.plans.office import PlansNet
from tests.agent_app.pictures import gallery, looks, put_away, settle, shoot

SIZES = ((1440, 900), (1280, 800))
TALL = (1440, 2600)
DUE = {"amount": 2, "unit": "working_days"}


def draw(company: Company, folder: Path, ending: str, size: tuple[int, int]) -> None:
    """The pictures of one look."""
    session = company.session(company.organisation.administrator, ImmediateWork())
    feature = PlansFeature(session, PlansOffice(PlansNet()), lambda question, then: then(""))
    window = MainWindow("回访", StatusBar())
    window.add_place(Place("plans", "path", i18n.translate("Window", "Plans"), feature, feature.listing))
    window.show_place("plans")
    window.resize(*size)
    window.show()
    settle(window)
    name = f"{size[0]}x{size[1]}_{ending}"
    presenter = feature.presenter
    presenter.on_chosen(next(iter(presenter.state.plans)))
    shoot(window, folder / f"plans_open_{name}")
    presenter.on_field("name", "新客首访与安装回访")
    with company.store.write() as connection:
        connection.exec_driver_sql("UPDATE plan SET refused_tasks = 23456, state = 'active'")
    feature.on_changed(StoreChanges(frozenset({"plan"})))
    shoot(window, folder / f"plans_refused_{name}")
    presenter.on_let_be()
    feature.write_new()
    presenter.on_save()
    shoot(window, folder / f"plans_missing_{name}")
    presenter.on_let_be()
    if size == TALL:
        for template in read_templates():
            if template["code"] in ("new_customer_activation", "renewal_ladder", "vip_care", "cadence"):
                presenter.on_template(template)
                if template["code"] == "vip_care":
                    feature.look_ahead()
                shoot(window, folder / f"plans_{template['code']}_{name}")
                presenter.on_let_be()
    asked = Asked(b"", "新客首访", PlanState.ACTIVE, 23_456, people=40, a_day=1_600, due_within=DUE)
    DialogService(window).ask(question_of(asked), lambda _: None)
    (dialog,) = window.findChildren(QDialog)
    shoot(dialog, folder / f"plans_question_{name}")
    dialog.reject()
    put_away(window)


def draw_all(folder: Path, _: Sequence[str]) -> None:
    """Everything at the scale this process was started with."""
    with tempfile.TemporaryDirectory() as place:
        company = open_company(Path(place))
        for ending in looks():
            for size in (*SIZES, TALL):
                draw(company, folder, ending, size)
        company.store.close()


if __name__ == "__main__":
    gallery("tests.agent_app.features.plans.gallery", draw_all)
