"""The panel of a correction by keyboard: it says that what was handed in is frozen, and saves the next edition."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from agent_app.actions.calls import Answers, WrapUp, finish_call, start_call
from agent_app.features.call_guide.view import CallGuideFeature
from agent_app.features.correction.model import empty_words, frozen_words, title
from agent_app.features.correction.view import CorrectionFeature
from agent_app.ports import Route
from agent_app.ui.forms.keys import form_keys
from tests.agent_app.features.workplace import FORM_VERSION, Workplace, guide_xform, open_workplace
from tests.server_sync.organisation import NOW

pytestmark = pytest.mark.usefixtures("look")
RECEIVED, CSAT, NPS = "/data/opening/received", "/data/service/csat", "/data/service/nps"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    """A call that was wrapped up with answers."""
    made = open_workplace(tmp_path, guide_xform())
    desk, task_id, customer_id = made.company.desk(made.agent), made.task.row_id, made.customer.row_id
    attempt_id = desk.ids.new()
    start_call(desk, attempt_id, task_id, customer_id, made.number.row_id)
    answers = Answers(FORM_VERSION, {RECEIVED: "yes", CSAT: "2", NPS: "9"}, True, 2, 9, started_at=NOW)
    finish_call(desk, WrapUp(task_id, customer_id, attempt_id, "1.1", answers=answers))
    yield made
    made.company.store.close()


@pytest.fixture
def feature(place: Workplace, qtbot: QtBot) -> CorrectionFeature:
    made = CorrectionFeature(place.session, place.files, place.routes.append)
    qtbot.addWidget(made.widget)
    made.widget.resize(760, 700)
    made.widget.show()
    made.open(place.one("SELECT id FROM response")[0])
    return made


def test_it_says_that_what_was_handed_in_is_frozen(feature: CorrectionFeature) -> None:
    state = feature.presenter.state
    assert title(state) == "首访 · 第 2 版"
    assert frozen_words(state) == "第 1 版正在上传，内容不再改动。 在此保存的内容将成为新的一版。"
    assert feature.form.isVisibleTo(feature.widget)


def test_saving_leaves_for_the_guide_with_the_next_edition_recorded(
    feature: CorrectionFeature, place: Workplace
) -> None:
    feature.presenter.on_answered(CSAT, "5")
    save = next(one for one in feature.shortcuts() if one.action == "correction.save")
    save.callback()
    assert place.routes == [Route("guide")]
    assert place.company.rows("SELECT edition, csat FROM response ORDER BY edition") == [(1, 2), (2, 5)]


def test_behind_the_last_page_it_says_what_is_left_to_do(feature: CorrectionFeature) -> None:
    for _ in range(8):
        feature.presenter.on_next()
    assert empty_words(feature.presenter.state) == ("表单已填完", "可以保存新版，也可以返回再看一遍。")


def test_the_keys_of_forms_reach_the_panel_over_the_guide(place: Workplace, qtbot: QtBot) -> None:
    asked = place.files, place.positions.positions
    guide = CallGuideFeature(place.session, place.routes.append, place.phone, *asked)
    panel = CorrectionFeature(place.session, place.files, place.routes.append)
    qtbot.addWidget(guide.widget)
    guide.widget.resize(760, 700)
    guide.widget.show()
    panel.open(place.one("SELECT id FROM response")[0])
    guide.column.slide_over(panel.widget)
    (questions,) = (one for one in form_keys(guide.widget) if one.action == "form.questions")
    questions.callback()
    assert (panel.form.side.isVisible(), guide.form.side.isVisible()) == (True, False)
