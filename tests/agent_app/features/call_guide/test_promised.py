"""A promise made in the guide is read back with its time before the end, and recorded with the wrap-up (M4.8, M4.9)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from agent_app.ui import i18n
from server_sync.domain.clock import DAY
from server_sync.domain.forms.publishing import publish
from tests.agent_app.clipping import clipped
from tests.agent_app.features.call_gallery import SIZES, Scene
from tests.agent_app.features.workplace import Workplace, open_workplace
from tests.server_sync.organisation import NOW

pytestmark = pytest.mark.usefixtures("look")

GUIDE = """
| survey  |                   |         |                      |            |
|         | type              | name    | label                | appearance |
|         | text              | content | 客户反映的问题       |            |
|         | select_one answer | answer  | 答应客户什么？       | promise    |
| choices |                   |         |                      |            |
|         | list_name         | name    | label                |            |
|         | answer            | call_back_24h | 24小时内由专人给您回电 |    |
|         | answer            | none    | 没有需要承诺的事项   |            |
"""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    made = open_workplace(tmp_path, publish(GUIDE.strip().encode(), "guide.md").xform_xml)
    yield made
    made.company.store.close()


def to_the_end(place: Workplace, qtbot: QtBot, promised: str) -> Scene:
    i18n.install("zh_CN")
    scene = Scene(place)
    for panel in (scene.guide.widget, scene.wrap_up.widget, scene.callback.widget):
        qtbot.addWidget(panel)
    scene.guide.widget.resize(*SIZES["1280"])
    scene.guide.widget.show()
    scene.open()
    scene.guide.presenter.on_dial()
    for name, value in (("content", "还是卡纸"), ("answer", promised)):
        scene.answer(name, value)
        scene.guide.presenter.on_next()
    for _ in range(4):
        QCoreApplication.processEvents()
    return scene


def words(scene: Scene) -> list[str]:
    return [label.text() for label in scene.guide.widget.findChildren(QLabel) if label.isVisible()]


def test_m4_8_what_was_promised_is_read_back_with_its_time(place: Workplace, qtbot: QtBot) -> None:
    scene = to_the_end(place, qtbot, "call_back_24h")
    shown = words(scene)
    assert shown[shown.index("承诺 明天 10:00 前办结") + 1] == "24小时内由专人给您回电"
    assert "还是卡纸" in shown
    assert "答应客户什么？" not in shown
    assert clipped(scene.guide.widget) == []


def test_what_promises_nothing_is_read_back_as_any_answer(place: Workplace, qtbot: QtBot) -> None:
    shown = words(to_the_end(place, qtbot, "none"))
    assert "没有需要承诺的事项" in shown
    assert not any(line.startswith("承诺 ") for line in shown)


def test_m4_9_with_the_wrap_up_it_becomes_a_commitment(place: Workplace, qtbot: QtBot) -> None:
    scene = to_the_end(place, qtbot, "call_back_24h")
    scene.guide.presenter.on_wrap_up_asked()
    scene.wrap_up.presenter.on_chosen("1.1")
    scene.wrap_up.presenter.on_save(then_next=False)
    attempt_id = place.one("SELECT id FROM attempt")[0]
    made = place.one("SELECT text, due_at, state, attempt_id FROM commitment")
    assert made == ("24小时内由专人给您回电", NOW + DAY, "open", attempt_id)
