"""The files as they are drawn: every state in words, pressed and dropped, nothing cut, nothing without a name."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from agent_app.actions.session import DeskSession
from agent_app.features.customer360.view.attachments import AttachmentsSection
from agent_app.features.customer360.view.file_line import FileLine
from agent_app.host.sealed_files import SealedFolder
from agent_app.store.changes import StoreChanges
from agent_app.ui.accessibility import unnamed
from agent_app.ui.buttons import Button
from agent_app.ui.dialogs import Question
from agent_app.ui.image_viewer import ImageViewer
from agent_app.ui.labels import Text
from agent_app.ui.tokens import SIZES
from tests.agent_app.clipping import clipped
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import TIMEZONE, Company
from tests.agent_app.features.customer360.gallery import FILES, hold_files, photo

pytestmark = pytest.mark.usefixtures("look")


class Chosen:
    """File dialogs that answer at once, and a dialog that is confirmed."""

    def __init__(self, folder: Path) -> None:
        self.files: list[Path] = []
        self.target = folder / "copy"
        self.names: list[str] = []
        self.questions: list[Question] = []

    def choose(self, title: str, kinds: str, on_chosen: Callable[[Sequence[Path]], object]) -> None:
        assert "*.jpg" in kinds
        on_chosen(self.files)

    def save_as(self, title: str, name: str, on_chosen: Callable[[Path], object]) -> None:
        self.names.append(name)
        on_chosen(self.target)

    def ask(self, question: Question, on_confirmed: Callable[[str], object]) -> None:
        self.questions.append(question)
        on_confirmed("")


class Shown:
    """The section in a window as narrow as its column may be."""

    def __init__(self, company: Company, folder: Path, qtbot: QtBot) -> None:
        organisation = company.organisation
        self.agent = organisation.north_agents[0]
        self.company = company
        self.customer = organisation.customer(organisation.north, owner=self.agent)
        company.put(self.customer)
        session = DeskSession(company.desk(self.agent), ImmediateWork(), self.tell, TIMEZONE)
        self.section = AttachmentsSection(session, SealedFolder(folder / "sealed"))
        self.chosen = Chosen(folder)
        self.section.file_dialogs = self.chosen
        self.section.dialogs = self.chosen
        self.folder = folder
        self.window = QWidget()
        qtbot.addWidget(self.window)
        layout = QVBoxLayout(self.window)
        layout.addWidget(self.section)
        layout.addStretch(1)
        self.window.resize(SIZES.context_min, 900)
        self.section.presenter.open(self.customer.row_id, None)
        self.window.show()

    def tell(self, changes: StoreChanges) -> None:
        self.section.presenter.on_changed(changes)

    def source(self, name: str = "现场.jpg", held: bytes = b"") -> Path:
        file = self.folder / name
        file.write_bytes(held or photo(400, 300))
        return file

    def lines(self) -> list[FileLine]:
        return sorted(self.section.findChildren(FileLine), key=lambda line: line.y())

    def words(self) -> list[str]:
        QApplication.processEvents()
        return [text.text() for text in self.section.findChildren(Text) if text.isVisible()]

    def press(self, words: str) -> None:
        QApplication.processEvents()
        button = next(
            one for one in self.section.findChildren(Button) if one.text() == words and one.isVisible()
        )
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


@pytest.fixture
def shown(company: Company, tmp_path: Path, qtbot: QtBot) -> Shown:
    return Shown(company, tmp_path, qtbot)


def test_f1_every_state_of_a_file_has_its_words_and_nothing_is_cut_or_nameless(shown: Shown) -> None:
    lead = shown.company.organisation.north_lead
    hold_files(shown.company, shown.customer, shown.agent.person_id, lead.person_id)
    shown.tell(StoreChanges(frozenset({"attachment"}), None, "sync"))
    assert len(shown.lines()) == len(FILES)
    words = shown.words()
    for wanted in (
        "正在上传 42%",
        "待上传，已安全保存在本机",
        "正在取回 70%",
        "不支持这种类型的文件。",
        "服务器上已没有这个文件",
        "对方坐席尚未上传完",
        "830 KB · 今天 09:59",
    ):
        assert wanted in words
    buttons = [one.text() for one in shown.section.findChildren(Button) if one.isVisible()]
    assert set(buttons) == {"添加附件", "打开", "取消", "另存", "重新上传", "重试"}
    assert unnamed(shown.section) == []
    shown.window.resize(SIZES.context_min, 900)
    assert [one for one in clipped(shown.window) if "保修卡" not in str(one)] == []


def test_an_empty_list_says_what_to_do(shown: Shown) -> None:
    assert "还没有附件。可点“添加附件”，或把文件拖到这里。" in shown.words()
    shown.section.presenter.open(None, None)
    assert "还没有附件。可点“添加附件”，或把文件拖到这里。" not in shown.words()


def test_a_file_is_added_opened_saved_and_removed_by_pressing(shown: Shown, qtbot: QtBot) -> None:
    shown.chosen.files = [shown.source()]
    shown.press("添加附件")
    [line] = shown.lines()
    shown.press("打开")
    viewer = next(one for one in shown.window.findChildren(ImageViewer))
    qtbot.addWidget(viewer)
    assert viewer.windowTitle() == "现场.jpg"
    QTest.keyClick(viewer, Qt.Key.Key_Space)
    assert not viewer.is_fitted()
    viewer.save_asked.emit()
    assert shown.chosen.target.read_bytes() == photo(400, 300)
    viewer.reject()
    line.remove_asked.emit(line._id)
    [question] = shown.chosen.questions
    assert question.danger
    assert "现场.jpg" in question.words
    assert shown.lines() == [] or not shown.lines()[0].isVisible()


def test_what_is_no_picture_is_saved_instead(shown: Shown) -> None:
    shown.chosen.files = [shown.source("说明.txt", "上午联系".encode())]
    shown.press("添加附件")
    shown.press("另存")
    assert shown.chosen.names == ["说明.txt"]
    assert shown.chosen.target.read_text() == "上午联系"


@pytest.mark.qt_log_ignore("Corrupt JPEG data", "JPEG datastream contains no image", extend=True)
def test_a_picture_that_cannot_be_drawn_is_saved_instead_of_shown(shown: Shown) -> None:
    shown.chosen.files = [shown.source(held=b"\xff\xd8\xff\xe0" + bytes(3_000))]
    shown.press("添加附件")
    shown.press("打开")
    assert shown.chosen.names == ["现场.jpg"]
    assert shown.window.findChildren(ImageViewer) == []


def test_files_that_are_dropped_are_added_and_a_refusal_names_the_file(shown: Shown) -> None:
    data = QMimeData()
    paths = [shown.source(), shown.source("a.exe", b"MZ")]
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    action, nothing = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(5, 5), action, data, Qt.MouseButton.LeftButton, nothing)
    shown.section.dragEnterEvent(entering)
    assert entering.isAccepted()
    drop = QDropEvent(QPointF(5, 5), action, data, Qt.MouseButton.LeftButton, nothing)
    shown.section.dropEvent(drop)
    assert len(shown.lines()) == 1
    assert "a.exe：不支持这种类型的文件。" in [
        label.accessibleName() for label in shown.section.findChildren(QWidget) if label.accessibleName()
    ]


def test_words_that_are_dropped_are_not_taken(shown: Shown) -> None:
    data = QMimeData()
    data.setText("https://example.com")
    entering = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entering.ignore()
    shown.section.dragEnterEvent(entering)
    assert not entering.isAccepted()


def test_progress_moves_the_line_and_leaves_the_keyboard_where_it_is(shown: Shown) -> None:
    lead = shown.company.organisation.north_lead
    hold_files(shown.company, shown.customer, shown.agent.person_id, lead.person_id)
    shown.tell(StoreChanges(frozenset({"attachment"}), None, "sync"))
    before = shown.lines()
    with shown.company.store.write() as connection:
        connection.exec_driver_sql("UPDATE attachment_file SET position = size / 2 WHERE state = 'sending'")
    shown.tell(StoreChanges(frozenset({"attachment_file"}), None, "transfers"))
    assert shown.lines() == before
    assert shown.words().count("正在上传 50%") == 2


def test_a_file_is_added_by_keys_and_to_nobody_by_none(shown: Shown) -> None:
    shown.chosen.files = [shown.source()]
    shown.section.ask_files()
    assert len(shown.lines()) == 1
    shown.section.presenter.open(None, None)
    shown.section.ask_files()
    assert shown.company.rows("SELECT count(*) FROM attachment") == [(1,)]
