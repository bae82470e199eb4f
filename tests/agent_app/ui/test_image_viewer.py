"""Pictures from memory: what can be shown is, upright and not larger than the window; what cannot is refused calmly."""

from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from agent_app.ui.accessibility import unnamed
from agent_app.ui.buttons import Button
from agent_app.ui.file_dialogs import SystemFileDialogs
from agent_app.ui.image_viewer import LONGEST_EDGE, ImageViewer, decoded

pytestmark = pytest.mark.usefixtures("look")


def picture(width: int, height: int, form: str = "PNG") -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(90, 120, 150))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, form)  # type: ignore[call-overload]  # PySide's stubs know only bytes, Qt only text
    return bytes(buffer.data().data())


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    return made


def viewer_of(window: QWidget, qtbot: QtBot, width: int, height: int) -> ImageViewer:
    image = decoded(picture(width, height), "image/png")
    assert image is not None
    viewer = ImageViewer(image, "铭牌.png", window)
    qtbot.addWidget(viewer)
    viewer.open()
    return viewer


@pytest.mark.qt_log_ignore("Not a JPEG file", extend=True)
@pytest.mark.parametrize(
    ("form", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("WEBP", "image/webp")]
)
def test_each_type_is_read_as_what_it_is_and_as_nothing_else(form: str, media_type: str) -> None:
    content = picture(30, 20, form)
    image = decoded(content, media_type)
    assert image is not None
    assert (image.width(), image.height()) == (30, 20)
    others = {"image/png", "image/webp"} - {media_type}
    assert [decoded(content, other) for other in others] == [None] * len(others)
    assert decoded(content, "image/svg+xml") is None
    assert decoded(b"", media_type) is None


def test_a_huge_picture_is_made_smaller_while_it_is_read() -> None:
    image = decoded(picture(LONGEST_EDGE * 2, 40), "image/png")
    assert image is not None
    assert (image.width(), image.height()) == (LONGEST_EDGE, 20)


def test_a_picture_fits_and_can_be_seen_at_its_own_size(window: QWidget, qtbot: QtBot) -> None:
    viewer = viewer_of(window, qtbot, 2_000, 500)
    assert viewer.width() <= window.width()
    assert viewer.height() <= window.height()
    assert viewer._shown.pixmap().deviceIndependentSize().width() <= viewer.width()
    QTest.keyClick(viewer, Qt.Key.Key_Space)
    assert viewer._shown.pixmap().width() == 2_000
    QTest.keyClick(viewer, Qt.Key.Key_Space)
    assert viewer.is_fitted()


def test_a_small_picture_is_not_blown_up_and_esc_closes(window: QWidget, qtbot: QtBot) -> None:
    viewer = viewer_of(window, qtbot, 60, 40)
    assert viewer._shown.pixmap().width() == 60
    assert unnamed(viewer) == []
    with qtbot.waitSignal(viewer.finished):
        QTest.keyClick(viewer, Qt.Key.Key_Escape)


def test_a_copy_is_asked_for_by_its_button(window: QWidget, qtbot: QtBot) -> None:
    viewer = viewer_of(window, qtbot, 60, 40)
    save = next(one for one in viewer.findChildren(Button) if one.text() == "另存副本")
    with qtbot.waitSignal(viewer.save_asked):
        QTest.mouseClick(save, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("what", ["files", "target", "nothing"])
def test_the_systems_dialogs_tell_what_was_chosen(window: QWidget, tmp_path: Path, what: str) -> None:
    dialogs = SystemFileDialogs(window)
    told: list[object] = []
    if what == "files":
        dialogs.choose("添加", "图片 (*.jpg)", told.append)
    else:
        dialogs.save_as("另存", "a.jpg", told.append)
    dialog = window.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    if what == "files":
        dialog.filesSelected.emit([str(tmp_path / "a.jpg")])
    elif what == "target":
        dialog.fileSelected.emit(str(tmp_path / "b.jpg"))
    dialog.reject()
    wanted = {"files": [[tmp_path / "a.jpg"]], "target": [tmp_path / "b.jpg"], "nothing": []}
    assert told == wanted[what]
