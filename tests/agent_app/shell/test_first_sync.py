"""The band above the places: how far the first sync has come, put off and gone on with; never cut."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from agent_app.shell.first_sync import FirstSyncBand
from agent_app.sync.progress import Received
from agent_app.sync.status import SyncState, SyncStatus
from agent_app.ui import i18n, theme
from agent_app.ui.accessibility import unnamed
from agent_app.ui.buttons import Button
from agent_app.ui.labels import Text
from agent_app.ui.theme import SchemeChoice
from server_sync.domain.clock import HOUR, MINUTE
from server_sync.domain.errors import ErrorKind
from tests.agent_app.clipping import clipped

pytestmark = pytest.mark.usefixtures("look")

SOME = Received(123_400, 250_000, 42_991_616, 2 * MINUTE)
UNDER_WAY = SyncStatus(SyncState.INCOMPLETE, complete=False, received=SOME)


@pytest.fixture
def band(qtbot: QtBot) -> FirstSyncBand:
    made = FirstSyncBand()
    qtbot.addWidget(made)
    made.resize(1216, made.height())
    return made


def words(band: FirstSyncBand) -> list[str]:
    return [label.text() for label in band.findChildren(QLabel)] + [
        button.text() for button in band.findChildren(Button)
    ]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (
            UNDER_WAY,
            [
                "正在首次同步，完成前列表和数字还不完整。",
                "123,400 / 250,000 条 · 41.0 MB · 还需 2 分钟",
                "暂停",
            ],
        ),
        (
            SyncStatus(SyncState.INCOMPLETE, complete=False, received=SOME, paused=True),
            ["首次同步已暂停。列表和数字还不完整。", "123,400 / 250,000 条 · 41.0 MB · 还需 2 分钟", "继续"],
        ),
        (
            SyncStatus(SyncState.INCOMPLETE, complete=False, paused=True),  # the program has just begun
            ["首次同步已暂停。列表和数字还不完整。", "", "继续"],
        ),
        (
            SyncStatus(SyncState.OFFLINE, complete=False, kind=ErrorKind.OFFLINE),
            ["连上服务器后会继续首次同步。列表和数字还不完整。", "正在询问服务器", "暂停"],
        ),
    ],
)
def test_l4_an_incomplete_desk_says_so_and_how_far_it_is(
    band: FirstSyncBand, status: SyncStatus, said: list[str]
) -> None:
    band.show_sync(status)
    assert band.isVisible()
    assert words(band) == said
    assert unnamed(band) == []


def test_l4_a_complete_desk_has_no_band(band: FirstSyncBand) -> None:
    band.show_sync(UNDER_WAY)
    band.show_sync(SyncStatus(SyncState.IN_STEP))
    assert not band.isVisible()


def test_l4_it_is_put_off_and_gone_on_with_by_one_button(band: FirstSyncBand, qtbot: QtBot) -> None:
    [button] = band.findChildren(Button)
    band.show_sync(UNDER_WAY)
    with qtbot.waitSignal(band.paused):
        button.click()
    band.show_sync(SyncStatus(SyncState.INCOMPLETE, complete=False, received=SOME, paused=True))
    with qtbot.waitSignal(band.resumed):
        button.click()


@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_nothing_is_shortened_in_the_smallest_window(qapp: QApplication, qtbot: QtBot, language: str) -> None:
    i18n.install(language)
    theme.install(qapp, SchemeChoice.LIGHT, language)
    band = FirstSyncBand()
    qtbot.addWidget(band)
    band.resize(1216, band.height())
    much = Received(1_234_567, 2_345_678, 999 << 20, 9 * HOUR + 59 * MINUTE)
    band.show_sync(SyncStatus(SyncState.OFFLINE, complete=False, received=much))
    qtbot.wait(1)
    assert clipped(band) == []
    for text in band.findChildren(Text):
        assert text.fontMetrics().horizontalAdvance(text.text()) <= text.width(), text.text()
