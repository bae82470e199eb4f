"""The line at the bottom: in step or not, what waits, presence, the day's figures; pressed by keys, never cut."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from agent_app.shell.status_bar import StatusBar
from agent_app.store.queries.today import Today
from agent_app.store.queries.uploads import Uploads, Wait
from agent_app.sync.progress import Received
from agent_app.sync.status import SyncState, SyncStatus
from agent_app.ui import i18n, theme
from agent_app.ui.accessibility import unnamed
from agent_app.ui.buttons import Button
from agent_app.ui.labels import StatusDot, Text
from agent_app.ui.theme import SchemeChoice
from server_sync.domain.clock import HOUR, MINUTE
from server_sync.domain.errors import ErrorKind
from tests.agent_app.clipping import clipped
from tests.server_sync.organisation import NOW

pytestmark = pytest.mark.usefixtures("look")


@pytest.fixture
def bar(qtbot: QtBot) -> StatusBar:
    made = StatusBar()
    qtbot.addWidget(made)
    made.resize(1280, made.height())
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def words(bar: StatusBar) -> str:
    labels = [label.text() for label in bar.findChildren(QLabel) if label.isVisible()]
    buttons = [button.text() for button in bar.findChildren(Button) if button.isVisible()]
    return "\n".join([*(dot.words() for dot in bar.findChildren(StatusDot)), *labels, *buttons])


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (SyncStatus(SyncState.IN_STEP, since_at=NOW), "已同步"),
        (SyncStatus(SyncState.SYNCING, 3), "正在同步"),
        (
            SyncStatus(SyncState.INCOMPLETE, received=Received(12_345, 250_000, 5_400_000, 3 * MINUTE)),
            "首次同步：12,345 / 250,000 条 · 5.1 MB · 还需 3 分钟",
        ),
        (SyncStatus(SyncState.INCOMPLETE), "首次同步：正在询问服务器"),
        (
            SyncStatus(SyncState.INCOMPLETE, received=Received(12_345, 250_000, 5_400_000), paused=True),
            "首次同步已暂停：12,345 / 250,000 条 · 5.1 MB",
        ),
        (SyncStatus(SyncState.INCOMPLETE, paused=True), "首次同步已暂停"),
        (SyncStatus(SyncState.OFFLINE, 3, NOW - 5 * MINUTE, kind=ErrorKind.OFFLINE), "离线（5 分钟前）"),
        (SyncStatus(SyncState.ATTENTION, kind=ErrorKind.TOKEN_INVALID), "需要处理"),
        (SyncStatus(SyncState.ATTENTION, conflicts=2), "需要处理"),
    ],
)
def test_how_far_this_desk_is_in_step_is_said_in_words(bar: StatusBar, status: SyncStatus, said: str) -> None:
    bar.show_sync(status, NOW)
    assert said in words(bar).splitlines()
    assert f"待上传 {status.waiting}" in words(bar)
    assert bar.sync_state is status.state


def test_l4_no_figures_are_shown_before_all_has_come(bar: StatusBar) -> None:
    bar.show_today(Today(31, 19, 12, 22, 5, 80))
    for status in (SyncStatus(SyncState.INCOMPLETE), SyncStatus(SyncState.OFFLINE, complete=False)):
        bar.show_sync(status, NOW)
        assert "今日" not in words(bar)
        assert "接通率" not in words(bar)
    bar.show_sync(SyncStatus(SyncState.IN_STEP, since_at=NOW), NOW)
    assert {"今日 12 / 80", "接通率 61%", "平均满意度 4.4"} <= set(words(bar).splitlines())


def test_conflicts_are_a_button_while_there_are_any(bar: StatusBar, qtbot: QtBot) -> None:
    bar.show_sync(SyncStatus(SyncState.ATTENTION, conflicts=2), NOW)
    (button,) = (one for one in bar.findChildren(Button) if one.text() == "待处理 2")
    with qtbot.waitSignal(bar.conflicts_asked):
        button.click()
    bar.show_sync(SyncStatus(SyncState.IN_STEP), NOW)
    assert not button.isVisible()


@pytest.mark.parametrize(
    ("uploads", "said", "told"),
    [
        (Uploads(2, 1 << 20, 5 << 20), "附件 2 · 1.0 / 5.0 MB", "2 个附件待上传"),
        (Uploads(1, 0, 9_000, wait=Wait.ROW), "附件 1 · 0 / 9 KB · 等记录先上传", "所属的记录"),
        (Uploads(1, 0, 5 << 20, wait=Wait.RETRY), "附件 1 · 0.0 / 5.0 MB · 稍后重试", "自动重试"),
        (
            Uploads(1, 0, 5 << 20, refused=1, wait=Wait.SERVER),
            "附件 1 · 0.0 / 5.0 MB · 连不上服务器",
            "1 个附件被退回",
        ),
        (Uploads(refused=3), "3 个附件被退回", "3 个附件被退回"),
    ],
)
def test_f1_files_on_their_way_up_are_said_with_count_bytes_and_what_they_wait_for(
    bar: StatusBar, qtbot: QtBot, uploads: Uploads, said: str, told: str
) -> None:
    bar.show_uploads(replace(uploads, customer_id=b"customer"))
    (button,) = (one for one in bar.findChildren(Button) if one.text() == said)
    assert told in button.toolTip()
    with qtbot.waitSignal(bar.uploads_asked) as asked:
        button.click()
    assert asked.args == [b"customer"]
    bar.show_uploads(Uploads())
    assert not button.isVisible()


def test_presence_runs_with_the_time_and_never_backwards(bar: StatusBar, qtbot: QtBot) -> None:
    bar.show_presence("break", "meal", NOW, NOW + HOUR + 61_000)
    assert "小休 · 用餐 1:01:01" in words(bar)
    bar.show_presence("ready", None, NOW, NOW - MINUTE)
    assert "空闲 00:00" in words(bar)
    (button,) = (one for one in bar.findChildren(Button) if one.text() == "空闲 00:00")
    with qtbot.waitSignal(bar.presence_asked):
        button.click()


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (Today(0, 0, 0, 0, 0, 80), ["今日 0 / 80", "接通率 —", "平均满意度 —"]),
        (Today(31, 19, 12, 22, 5, 80), ["今日 12 / 80", "接通率 61%", "平均满意度 4.4"]),
        (Today(2, 2, 2, 9, 2, 1), ["今日 2 / 1", "接通率 100%", "平均满意度 4.5"]),
    ],
)
def test_a_rate_without_a_denominator_is_a_dash(bar: StatusBar, today: Today, said: list[str]) -> None:
    bar.show_today(today)
    for part in said:
        assert part in words(bar).splitlines()


FULL = Received(1_234_567, 2_345_678, 999 << 20, 9 * HOUR + 59 * MINUTE)


def filled(bar: StatusBar) -> None:
    """As long as its words get."""
    bar.show_sync(SyncStatus(SyncState.INCOMPLETE, 1_234, NOW, 99, received=FULL), NOW)
    bar.show_presence("break", "training", NOW - 9 * HOUR, NOW)
    bar.show_today(Today(199, 188, 177, 700, 150, 200))
    bar.show_uploads(Uploads(99, 888 << 20, 999 << 20, 2, b"customer", Wait.SERVER))


def test_everything_has_a_name_and_is_reached_by_tab(bar: StatusBar) -> None:
    filled(bar)
    assert unnamed(bar) == []
    buttons = [button for button in bar.findChildren(Button) if button.isVisible()]
    assert len(buttons) == 4
    buttons[0].setFocus()
    for button in buttons:
        assert button.hasFocus()
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)


@pytest.mark.parametrize(
    "status",
    [
        SyncStatus(SyncState.INCOMPLETE, 1_234, NOW, 99, received=FULL),
        SyncStatus(SyncState.OFFLINE, 1_234, NOW - 59 * MINUTE, 99),
    ],
)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_nothing_is_shortened_in_the_smallest_window(
    qapp: QApplication, qtbot: QtBot, language: str, status: SyncStatus
) -> None:
    i18n.install(language)
    theme.install(qapp, SchemeChoice.LIGHT, language)
    bar = StatusBar()
    qtbot.addWidget(bar)
    bar.resize(1280, bar.height())
    bar.show()
    filled(bar)
    bar.show_sync(status, NOW)
    qtbot.wait(1)
    assert clipped(bar) == []
    for text in (one for one in bar.findChildren(Text) if one.isVisible()):
        assert text.fontMetrics().horizontalAdvance(text.text()) <= text.width(), text.text()
