"""Draws the forms room from a real store into PNG files that a person looks at.

``python -m tests.agent_app.features.forms.gallery OUTDIR``: light and dark, 1440 × 900 and 1280 × 800, 100 and 150 %; a
form with its versions, an import with errors, one that can be published, a trial.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from agent_app.features.call_guide.model import prefill
from agent_app.features.forms.view import FormsFeature
from agent_app.shell.main_window import MainWindow
from agent_app.shell.places import Place
from agent_app.shell.status_bar import StatusBar
from agent_app.store.queries.search import Found
from agent_app.ui import i18n
from server_sync.domain.clock import DAY
from server_sync.domain.commands import Insert
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import Company, open_company
from tests.agent_app.features.forms.office import FormsNet, office, put_version, workbook
from tests.agent_app.features.workplace import SAMPLES, sample_xform
from tests.agent_app.pictures import gallery, looks, put_away, shoot
from tests.server_sync.organisation import NOW

SIZES = ((1440, 900), (1280, 800))
EDITS = (
    ("还满意吗", "满意吗"),
    (
        "| | end_group | | | |",
        "| | integer | again | 还会再买吗? | ${opinion} != '' |\n| | end_group | | | |",
    ),
    ("| | yn | n | 不方便 |", "| | yn | n | 现在不方便 |\n| | yn | later | 改天 |"),
    ("${consent} = 'y'", "${consent} != 'n'"),
)
WRONG = (
    ("| | text | opinion", "| | txet | opinion"),
    ("${consent} = 'y'", "${CONSENT} = 'y'"),
    ("| | yn | n |", "| | yn | y |"),
)


def fill(company: Company) -> Insert:
    """Three forms, one of two versions, and a customer."""
    org = company.organisation
    put_version(company, "1", workbook("1"), at=-30 * DAY, note="初版")
    second = put_version(company, "2", workbook("2", *EDITS), note="增加复购意向,放宽显示条件")
    for name, title in (("complaint_verification", "投诉核实"), ("new_customer_followup", "新客户首访")):
        version_id, form_id = f"{name:.16}".encode(), f"form {name:.11}".encode()
        values = {"form_id": form_id, "version": "1", "xform": sample_xform(name), "published_at": NOW - DAY}
        company.put(
            Insert("form_version", {"id": version_id, **values}),
            Insert("form", {"id": form_id, "code": name, "title": title, "current_version_id": version_id}),
        )
    customer = org.customer(org.north, name="客户 A", title="女士")
    company.put(customer, org.task(customer, org.north_agents[0], form_version_id=second))
    return customer


def draw(company: Company, customer: Insert, folder: Path, ending: str, size: tuple[int, int]) -> None:
    """The pictures of one look."""
    session = company.session(company.organisation.north_lead, ImmediateWork())
    feature = FormsFeature(
        session, office(FormsNet()), lambda facts: prefill(facts, session.timezone), lambda route: None
    )
    window = MainWindow("回访", StatusBar())
    title = i18n.translate("Window", "Forms")
    window.add_place(Place("forms", "clipboard-text", title, feature.room, feature.listing))
    window.show_place("forms")
    window.resize(*size)
    window.show()
    part, name = feature.room, f"{size[0]}_{ending}"
    part.room.on_form_chosen(b"form-of-care-001")
    shoot(window, folder / f"forms_versions_{name}")
    with tempfile.TemporaryDirectory() as place:
        wrong, right = Path(place) / "关怀回访 v3 草稿.md", Path(place) / "关怀回访 v3.md"
        wrong.write_bytes(workbook("3", *WRONG))
        right.write_bytes(workbook("3", *EDITS[:2]))
        part.importing.on_files_given([wrong])
        shoot(window, folder / f"forms_errors_{name}")
        part.importing.on_files_given([right])
        shoot(window, folder / f"forms_import_{name}")
        sample = SAMPLES / "new_customer_followup.md"
        part.importing.on_files_given([sample])
        part.try_version()
        part.trial.on_customer_chosen(Found(customer.row_id, "客户 A", "C1", "normal", "person", None, None))
        shoot(window, folder / f"forms_trial_{name}")
    put_away(window)


def draw_all(folder: Path, _: Sequence[str]) -> None:
    """Everything at the scale this process was started with."""
    with tempfile.TemporaryDirectory() as place:
        company = open_company(Path(place))
        customer = fill(company)
        for ending in looks(("zh_CN",)):
            for size in SIZES:
                draw(company, customer, folder, ending, size)
        company.store.close()


if __name__ == "__main__":
    gallery("tests.agent_app.features.forms.gallery", draw_all)
