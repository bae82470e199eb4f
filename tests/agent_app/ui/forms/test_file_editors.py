"""Questions for files, places and barcodes through their widgets, by keys, with devices and without them."""

import io
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent_app.host.sealed_files import SealedFolder
from agent_app.ports import SEALED_BLOCK, Fix, Lack
from agent_app.ui import i18n, theme
from agent_app.ui.buttons import Button
from agent_app.ui.forms.canvas import Canvas
from agent_app.ui.forms.cards import QuestionCard
from agent_app.ui.forms.files import FileEditor
from agent_app.ui.forms.located import AidedEditor, BarcodeEditor, PlaceEditor
from agent_app.ui.labels import Text
from agent_app.ui.theme import SchemeChoice
from tests.agent_app.desk import Company
from tests.agent_app.ui.forms.devices import Devices, scene
from tests.agent_app.ui.forms.gallery import SIZES
from tests.agent_app.ui.forms.host import FormHost, files_form

Key, Mod = Qt.Key, Qt.KeyboardModifier
SOUND = (8_000).to_bytes(2, "little") * 16_000
EditorT = TypeVar("EditorT")


@dataclass
class Visit:
    """The form on the screen, with the devices of the computer."""

    host: FormHost
    devices: Devices
    files: SealedFolder

    def at(self, name: str) -> None:
        self.host.sheet.go(name)
        QCoreApplication.processEvents()
        self.host.view.page.start()

    def editor(self, kind: type[EditorT]) -> EditorT:
        page = self.host.view.page
        cards = [card for card in page.findChildren(QuestionCard) if card.isVisible()]
        assert len(cards) == 1
        editor = cards[0].editor
        assert isinstance(editor, kind)
        return editor

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Mod.NoModifier) -> None:
        target = QApplication.focusWidget()
        assert target is not None
        QTest.keyClick(target, key, held)

    def value(self, name: str) -> str:
        return self.host.sheet.value(name)

    def content(self, name: str) -> bytes:
        got: list[bytes | None] = []
        sheet = self.host.sheet
        page = sheet.state.page
        assert page is not None
        sheet.read_file(page.questions[0].path, self.value(name), lambda content: content, got.append)
        assert got[0] is not None
        return got[0]

    def words(self) -> list[str]:
        return [one.text() for one in self.host.view.page.findChildren(Text) if one.isVisible()]

    def buttons(self) -> list[str]:
        return [one.text() for one in self.host.view.page.findChildren(Button) if one.isVisible()]


def opened(company: Company, qtbot: QtBot, qapp: QApplication, lack: Lack | None = None) -> Visit:
    i18n.install("zh_CN")
    theme.install(qapp, SchemeChoice.LIGHT, "zh_CN")
    devices, files = Devices(lack), SealedFolder(company.store.file.parent / "attachments")
    host = FormHost(company, files_form(), {"/data/damaged": "yes"}, files, devices)
    qtbot.addWidget(host.column)
    host.column.resize(*SIZES["usual"])
    with qtbot.waitActive(host.column):
        host.column.show()
        host.column.activateWindow()
    return Visit(host, devices, files)


@pytest.fixture
def visit(company: Company, qtbot: QtBot, qapp: QApplication) -> Visit:
    return opened(company, qtbot, qapp)


@pytest.fixture
def bare(company: Company, qtbot: QtBot, qapp: QApplication) -> Visit:
    """A computer without the part for visits."""
    return opened(company, qtbot, qapp, Lack.NOT_INSTALLED)


def test_a_photo_is_taken_by_c_and_c_within_the_pixels_that_the_form_allows(visit: Visit) -> None:
    visit.at("photo")
    visit.press(Key.Key_C)
    assert visit.devices.eye.see is not None
    visit.devices.eye.see(scene())
    visit.press(Key.Key_C)
    assert not visit.devices.eye.is_on()
    image = QImage.fromData(visit.content("photo"))
    assert (image.width(), image.height()) == (640, 426)
    assert any("KB" in one for one in visit.words())


def test_a_picture_is_pasted_dropped_or_chosen(visit: Visit, tmp_path: Path) -> None:
    visit.at("photo")
    QGuiApplication.clipboard().setImage(scene(300, 200))
    visit.press(Key.Key_V, Mod.ControlModifier)
    pasted = visit.value("photo")
    assert pasted.endswith(".jpg")
    file = tmp_path / "b.png"
    scene(320, 200).save(str(file))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    editor = visit.editor(FileEditor)
    moment = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Mod.NoModifier)
    editor.dropEvent(QDropEvent(QPointF(4, 4), *moment))
    assert visit.value("photo").endswith(".png")
    assert visit.value("photo") != pasted


def test_backspace_takes_the_file_back(visit: Visit) -> None:
    visit.at("photo")
    visit.editor(FileEditor).give_picture(scene(200, 100))
    assert visit.value("photo")
    visit.press(Key.Key_Backspace)
    assert visit.value("photo") == ""


def test_a_sound_is_recorded_with_level_and_length_played_and_recorded_again(visit: Visit) -> None:
    visit.at("voice")
    visit.press(Key.Key_R)
    hear = visit.devices.ear.hear
    assert hear is not None
    hear(SOUND)
    hear(SOUND)
    assert "00:02" in visit.words()
    visit.press(Key.Key_R)
    first = visit.value("voice")
    with wave.open(io.BytesIO(visit.content("voice"))) as sound:
        assert sound.getnframes() == 32_000
    visit.press(Key.Key_P)
    assert visit.devices.voice.played == [visit.content("voice")]
    assert "停止播放" in visit.buttons()
    visit.press(Key.Key_P)
    assert "播放" in visit.buttons()
    visit.press(Key.Key_R)
    assert visit.devices.ear.hear is not None
    visit.devices.ear.hear(SOUND)
    visit.press(Key.Key_R)
    assert visit.value("voice") != first


def test_going_on_ends_the_recording_and_keeps_it(visit: Visit) -> None:
    visit.at("voice")
    visit.press(Key.Key_R)
    assert visit.devices.ear.hear is not None
    visit.devices.ear.hear(SOUND)
    visit.press(Key.Key_Return)
    assert not visit.devices.ear.is_on()
    assert visit.value("voice").endswith(".wav")
    assert visit.host.sheet.names() == ["paper"]


def test_a_recording_that_was_cut_off_is_offered_back_kept_by_k_and_thrown_away_by_x(visit: Visit) -> None:
    def cut_off_after(seconds: int) -> None:
        visit.at("photo")
        visit.host.sheet.on_sound("/data/voice", SOUND * seconds)
        visit.host.sheet.sit_down_again()
        visit.at("voice")

    cut_off_after(5)
    assert visit.value("voice") == ""
    assert "这里有一段录音中断了，已录下 00:04。" in visit.words()
    assert {"保留", "丢弃"} <= set(visit.buttons())
    visit.press(Key.Key_K)
    with wave.open(io.BytesIO(visit.content("voice"))) as sound:
        assert sound.getnframes() * 2 == 2 * SEALED_BLOCK
    assert "保留" not in visit.buttons()
    cut_off_after(3)
    visit.press(Key.Key_X)
    assert "保留" not in visit.buttons()
    visit.at("photo")
    visit.at("voice")
    assert "保留" not in visit.buttons()


def test_a_signature_is_drawn_kept_when_the_pen_rests_and_cleared(visit: Visit, qtbot: QtBot) -> None:
    visit.at("sign")
    (canvas,) = visit.host.view.page.findChildren(Canvas)
    left = Qt.MouseButton.LeftButton
    QTest.mousePress(canvas, left, Mod.NoModifier, QPoint(30, 30))
    QTest.mouseMove(canvas, QPoint(120, 90))
    QTest.mouseRelease(canvas, left, Mod.NoModifier, QPoint(120, 90))
    qtbot.waitUntil(lambda: visit.value("sign").endswith(".png"))
    signed = QImage.fromData(visit.content("sign"))
    assert signed.size().width() == 640
    assert _inked(signed)
    visit.press(Key.Key_Backspace)
    assert visit.value("sign") == ""


def test_a_photo_is_marked_at_its_own_size(visit: Visit, tmp_path: Path) -> None:
    visit.at("marks")
    file = tmp_path / "a.jpg"
    scene(900, 600).save(str(file))
    visit.editor(FileEditor).give_path(file)
    (canvas,) = visit.host.view.page.findChildren(Canvas)
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, Mod.NoModifier, QPoint(60, 60))
    visit.host.view.flush()
    marked = QImage.fromData(visit.content("marks"))
    assert (marked.width(), marked.height()) == (900, 600)


def test_a_position_that_is_exact_enough_is_taken_by_itself(visit: Visit) -> None:
    visit.at("here")
    visit.press(Key.Key_L, Mod.AltModifier)
    find = visit.devices.compass.find
    assert find is not None
    find(Fix(31.2304, 121.4737, 4.0, 60.0))
    assert visit.value("here") == ""
    find(Fix(31.2305, 121.4738, 4.0, 4.5))
    assert visit.value("here") == "31.2305000 121.4738000 4.0 4.5"
    assert visit.devices.compass.find is None


def test_a_position_that_is_far_off_is_taken_when_asked_for_with_a_warning(visit: Visit) -> None:
    visit.at("here")
    visit.press(Key.Key_L, Mod.AltModifier)
    assert visit.devices.compass.find is not None
    visit.devices.compass.find(Fix(31.2304, 121.4737, None, 140.0))
    visit.press(Key.Key_L, Mod.AltModifier)
    assert visit.value("here") == "31.2304000 121.4737000 0.0 140.0"
    assert any("140" in one for one in visit.words())


@pytest.mark.parametrize(
    "typed", ["31.2304, 121.4737 5 12", "31.2304，121.4737，5，12", "31.2304 121.4737 5 12"]
)
def test_a_position_is_typed_or_pasted_with_altitude_and_accuracy(visit: Visit, typed: str) -> None:
    visit.at("here")
    editor = visit.editor(PlaceEditor)
    editor.type_in(typed)
    editor.flush()
    assert visit.value("here") == "31.2304 121.4737 5 12"


def test_the_points_of_a_way_are_added_one_by_one(visit: Visit) -> None:
    visit.at("way")
    for latitude in (31.1, 31.2):
        visit.press(Key.Key_L, Mod.AltModifier)
        assert visit.devices.compass.find is not None
        visit.devices.compass.find(Fix(latitude, 121.0, 0.0, 3.0))
    assert visit.value("way") == "31.1000000 121.0000000 0.0 3.0;31.2000000 121.0000000 0.0 3.0"


def test_a_barcode_is_read_by_the_camera_or_typed(visit: Visit) -> None:
    visit.at("serial")
    visit.press(Key.Key_B, Mod.AltModifier)
    assert visit.devices.eye.see is not None
    visit.devices.eye.see(scene(64, 64))
    visit.devices.code = "6901234567892"
    visit.devices.eye.see(scene(64, 64))
    assert visit.value("serial") == "6901234567892"
    editor = visit.editor(BarcodeEditor)
    editor.type_in("ABC-7")
    visit.press(Key.Key_Return)
    assert visit.value("serial") == "ABC-7"


@pytest.mark.parametrize(
    ("name", "key", "held"),
    [
        ("photo", Key.Key_C, Mod.NoModifier),
        ("voice", Key.Key_R, Mod.NoModifier),
        ("here", Key.Key_L, Mod.AltModifier),
        ("serial", Key.Key_B, Mod.AltModifier),
    ],
)
def test_without_the_part_for_visits_it_says_so_calmly(
    bare: Visit, name: str, key: Qt.Key, held: Qt.KeyboardModifier
) -> None:
    bare.at(name)
    bare.press(key, held)
    assert any("本机未安装上门组件" in one for one in bare.words())


def test_without_it_files_are_given_all_the_same(bare: Visit, tmp_path: Path) -> None:
    bare.at("voice")
    file = tmp_path / "a.wav"
    with wave.open(str(file), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16_000)
        sound.writeframes(SOUND)
    bare.editor(FileEditor).give_path(file)
    assert bare.value("voice").endswith(".wav")
    assert any(one.startswith("00:01 · ") for one in bare.words())


def test_what_the_company_does_not_take_is_told_at_the_question_and_gone_with_the_next_file(
    visit: Visit, tmp_path: Path
) -> None:
    visit.at("photo")
    file = tmp_path / "a.pdf"
    file.write_bytes(b"%PDF-1.7\n")
    visit.editor(FileEditor).give_path(file)
    assert visit.value("photo") == ""
    assert "不支持这种类型的文件。" in visit.words()
    visit.editor(FileEditor).give_picture(scene(100, 80))
    assert "不支持这种类型的文件。" not in visit.words()


def _inked(image: QImage) -> bool:
    white = image.pixel(0, image.height() - 1)
    return any(
        image.pixel(x, y) != white for x in range(0, image.width(), 4) for y in range(0, image.height(), 4)
    )


def test_every_aided_field_shows_the_key_of_its_help(visit: Visit) -> None:
    shown = {}
    for name in ("here", "serial"):
        visit.at(name)
        shown[name] = visit.editor(AidedEditor).button.key()
    assert shown == {"here": "Alt L", "serial": "Alt B"}
