"""Pictures, sounds and films beside a form's words, through the widgets."""

import pytest
from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from agent_app.ports import Lack
from agent_app.ui.buttons import Button
from agent_app.ui.forms.media import MediaStrip
from agent_app.ui.image_viewer import ImageViewer
from agent_app.ui.labels import Text
from tests.agent_app.desk import Company
from tests.agent_app.ui.forms.devices import Devices, scene
from tests.agent_app.ui.forms.gallery import SIZES
from tests.agent_app.ui.forms.host import FormHost, xform_of

FORM = """
| survey | | | | | | | |
| | type | name | label | media::image | media::big-image | media::audio | media::video |
| | note | hello | 请看 | hello.png | large.png | | |
| | select_one shops | shop | 哪家？ | | | hello.mp3 | film.mp4 |
| | text | plain | 备注 | | | | |
| choices | | | | |
| | list_name | name | label | media::image |
| | shops | a | 一号店 | a.png |
| | shops | b | 二号店 | gone.png |
"""


def picture() -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    scene(300, 200).save(buffer, "PNG")  # type: ignore[call-overload]  # Qt's types know bytes alone, PySide takes str
    return bytes(buffer.data().data())


class Shown:
    def __init__(self, company: Company, qtbot: QtBot, devices: Devices) -> None:
        self.devices = devices
        self.host = FormHost(company, xform_of(FORM), devices=devices)
        files = {name: picture() for name in ("hello.png", "large.png", "a.png")} | {
            "hello.mp3": b"a sound",
            "film.mp4": b"a film",
        }
        self.host.sheet.put_media(files.get)
        qtbot.addWidget(self.host.column)
        self.host.column.resize(*SIZES["usual"])
        self.host.column.show()
        self.at("plain")  # the first page was drawn before there was anything

    def at(self, name: str) -> None:
        self.host.sheet.go(name)
        self.host.draw()
        QCoreApplication.processEvents()

    def pictures(self) -> list[int]:
        """Heights of the pictures that are shown."""
        strips = [one for one in self.host.view.page.findChildren(MediaStrip) if one.isVisible()]
        labels = [label for strip in strips for label in strip.findChildren(QLabel)]
        return [
            label.pixmap().height() for label in labels if label.isVisible() and not label.pixmap().isNull()
        ]

    def press(self, words: str) -> None:
        buttons = [one for one in self.host.view.page.findChildren(Button) if one.isVisible()]
        next(one for one in buttons if one.text() == words).click()


@pytest.fixture
def shown(company: Company, qtbot: QtBot, look: None) -> Shown:
    return Shown(company, qtbot, Devices())


def test_a_picture_stands_beside_the_words_and_is_enlarged(shown: Shown) -> None:
    shown.at("hello")
    assert shown.pictures() == [160]
    shown.press("放大")
    [viewer] = shown.host.column.window().findChildren(ImageViewer)
    assert viewer.isVisible()
    viewer.reject()


def test_pictures_of_choices_are_shown_where_they_are_here(shown: Shown) -> None:
    shown.at("shop")
    assert shown.pictures() == [72]


def test_sound_and_film_are_played_and_stopped(shown: Shown) -> None:
    shown.at("shop")
    shown.press("收听")
    assert shown.devices.voice.played == [b"a sound"]
    shown.press("收听")
    shown.press("观看")
    assert shown.devices.voice.played == [b"a sound", b"a film"]
    assert shown.devices.voice.show is not None
    shown.devices.voice.show(scene(64, 48))
    shown.at("plain")
    assert shown.devices.voice.end is None


def test_without_the_part_for_visits_it_says_so(company: Company, qtbot: QtBot, look: None) -> None:
    shown = Shown(company, qtbot, Devices(Lack.NOT_INSTALLED))
    shown.at("shop")
    shown.press("收听")
    told = [one.text() for one in shown.host.view.page.findChildren(Text) if one.isVisible()]
    assert any("本机未安装上门组件" in one for one in told)


def test_a_question_without_such_files_has_no_strip(shown: Shown) -> None:
    shown.at("plain")
    assert not [one for one in shown.host.view.page.findChildren(MediaStrip) if one.isVisible()]
