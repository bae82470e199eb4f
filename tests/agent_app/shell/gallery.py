"""Draws what the shell lays around the places, and the lead's page of computers, into PNG files to look at.

``python -m tests.agent_app.shell.gallery OUTDIR``: the band of a first sync over a place, the status bar in its
states, every reason for a locked window; light and dark, zh_CN and en, 100 and 150 %.
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from agent_app.features.devices.view import DevicesFeature
from agent_app.shell.first_sync import FirstSyncBand
from agent_app.shell.lock_page import Lock, LockPage
from agent_app.shell.main_window import MainWindow
from agent_app.shell.places import Place
from agent_app.shell.status_bar import StatusBar
from agent_app.store.queries.today import Today
from agent_app.store.queries.uploads import Uploads, Wait
from agent_app.sync.progress import Received
from agent_app.sync.status import SyncState, SyncStatus
from agent_app.ui import i18n
from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.commands import Insert
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import Company, open_company
from tests.agent_app.pictures import gallery, looks, put_away, shoot
from tests.server_sync.organisation import NOW

SOME = Received(123_400, 250_000, 42_991_616, 2 * MINUTE)
UNDER_WAY = SyncStatus(SyncState.INCOMPLETE, 2, complete=False, received=SOME)
BANDS = {
    "under-way": UNDER_WAY,
    "paused": SyncStatus(SyncState.INCOMPLETE, 2, complete=False, received=SOME, paused=True),
    "paused-at-start": SyncStatus(SyncState.INCOMPLETE, complete=False, paused=True),
    "offline": SyncStatus(SyncState.OFFLINE, 2, NOW - HOUR, complete=False, received=SOME),
}
BARS = (
    (SyncStatus(SyncState.IN_STEP, since_at=NOW), Uploads()),
    (SyncStatus(SyncState.SYNCING, 3), Uploads(2, 1 << 20, 5 << 20, customer_id=b"a")),
    (SyncStatus(SyncState.OFFLINE, 3, NOW - HOUR), Uploads(2, 0, 5 << 20, 0, b"a", Wait.SERVER)),
    (SyncStatus(SyncState.IN_STEP, 1), Uploads(1, 0, 90_000, 0, b"a", Wait.ROW)),
    (SyncStatus(SyncState.ATTENTION, conflicts=2), Uploads(1, 9 << 20, 80 << 20, 1, b"a", Wait.RETRY)),
    (SyncStatus(SyncState.ATTENTION, conflicts=12), Uploads(refused=2, customer_id=b"a")),
    (UNDER_WAY, Uploads(1, 0, 90_000, 0, b"a")),
)


def hold_computers(company: Company) -> None:
    """Computers in every state."""
    organisation = company.organisation
    states: tuple[dict[str, Any], ...] = (
        {"rows_held": 118},
        {"last_contact_at": NOW - 3 * HOUR, "rows_held": 240},
        {"last_contact_at": NOW - 20 * DAY},
        {"revoked_at": NOW - DAY},
        {"revoked_at": NOW - DAY, "wipe": True},
        {"revoked_at": NOW - 2 * DAY, "wipe": True, "wiped_at": NOW - DAY},
    )
    for number, state in enumerate(states):
        row = {
            "id": organisation.ids.new(),
            "team_id": organisation.north,
            "person_id": organisation.north_agents[number % 3].person_id,
            "name": f"前台 {number + 1}",
            "app_version": "0.1.0",
            "signed_in_at": NOW - 30 * DAY,
            "last_contact_at": NOW,
            "wipe": False,
        }
        company.put(Insert("desk_device", row | state))


def bars(folder: Path, ending: str) -> None:
    """The status bar in its states, one beneath the other."""
    sheet = QWidget()
    layout = QVBoxLayout(sheet)
    for status, uploads in BARS:
        bar = StatusBar()
        bar.show_today(Today(31, 19, 12, 22, 5, 80))
        bar.show_sync(status, NOW)
        bar.show_uploads(uploads)
        bar.show_presence("ready", None, NOW - MINUTE, NOW)
        layout.addWidget(bar)
    sheet.resize(1280, sheet.sizeHint().height())
    sheet.show()
    shoot(sheet, folder / f"bars_{ending}")
    put_away(sheet)


def window_over(company: Company, folder: Path, ending: str) -> None:
    """The lead's window with its computers, under each band and each lock."""
    session = company.session(company.organisation.north_lead, ImmediateWork())
    window, band = MainWindow("回访", StatusBar()), FirstSyncBand()
    window.add_band(band)
    devices = DevicesFeature(session, lambda question, done: None)
    window.add_place(Place("devices", "desktop", i18n.translate("Window", "Computers"), devices))
    window.show_place("devices")
    window.resize(1280, 800)
    window.show()
    shoot(window, folder / f"devices_{ending}")
    for name, status in BANDS.items():
        band.show_sync(status)
        window.status.show_sync(status, NOW)
        shoot(window, folder / f"band-{name}_{ending}")
    page = LockPage(window, window.take_keyboard, lambda: None)
    for why in Lock:
        page.lock(why, 16)
        shoot(window, folder / f"lock-{why}_{ending}")
    put_away(window)


def draw_all(folder: Path, _: Sequence[str]) -> None:
    """Everything at the scale this process was started with."""
    with tempfile.TemporaryDirectory() as place:
        company = open_company(Path(place))
        hold_computers(company)
        for ending in looks():
            bars(folder, ending)
            window_over(company, folder, ending)
        company.store.close()


if __name__ == "__main__":
    gallery("tests.agent_app.shell.gallery", draw_all)
