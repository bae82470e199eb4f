"""The program: settings, look, sign-in page, and then the open desk; what a desk is made of stands in `desk`."""

import sys
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Slot
from PySide6.QtWidgets import QApplication

from agent_app.assembly.desk import OpenDesk
from agent_app.features.login.presenter import LoginPresenter
from agent_app.features.login.state import Credentials
from agent_app.features.login.view import LoginView
from agent_app.host.logs import close_log, open_log
from agent_app.host.paths import Places
from agent_app.host.settings import Settings, load_settings, save_settings
from agent_app.ports import Lane
from agent_app.runtime.faults import Faults
from agent_app.runtime.garbage import MainThreadGarbage
from agent_app.runtime.interrupts import Interrupts
from agent_app.runtime.sign_in import SignedIn, sign_in
from agent_app.runtime.work import QtWork
from agent_app.ui import i18n, theme
from agent_app.ui.i18n import translate
from server_sync.domain.clock import Clock, SystemClock
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import SystemIds


class Assembly(QObject):
    """One run of the program. Main thread. `on_opened` is told when a desk is open (the tour waits for it)."""

    def __init__(self, app: QApplication, places: Places, clock: Clock | None = None) -> None:
        super().__init__(app)
        self._app = app
        self._places = places
        self._clock = clock or SystemClock()
        self._ids = SystemIds(self._clock)
        self.settings = load_settings(places.settings_file)
        self._log = open_log(places.log_dir)
        app.setApplicationName("Huifang")
        app.setQuitOnLastWindowClosed(True)
        language = i18n.install(None if self.settings.language == "system" else self.settings.language)
        theme.install(app, theme.SchemeChoice(self.settings.theme), language)
        self.faults = Faults(self)
        self._garbage = MainThreadGarbage(self)
        self.work = QtWork(self)
        self.login: LoginView | None = None
        self.desk: OpenDesk | None = None
        self._presenter: LoginPresenter[SignedIn] | None = None
        app.aboutToQuit.connect(self.close)

    def show_login(self, server: str = "", login: str = "", error: KnownError | None = None) -> LoginView:
        """The sign-in page, filled with what this machine remembers; `error`: why an open desk was left."""
        view = LoginView()
        view.setWindowTitle(translate("Login", "Huifang"))
        view.resize(1280, 800)
        self._presenter = LoginPresenter(
            self.work,
            self._clock,
            self._sign_in,
            self._signed_in,
            view.render_state,
            server or self.settings.server,
            login or self.settings.user,
        )
        view.submitted.connect(self._submit)
        self._presenter.start(error)
        view.show()
        self.login = view
        return view

    def enter(self, credentials: Credentials) -> None:
        """Sign in as if the page had been filled in."""
        if self._presenter is None:
            self.show_login(credentials.server, credentials.login)
        self._submit(credentials)

    @Slot(object)
    def _submit(self, credentials: Credentials) -> None:
        if self._presenter is not None:
            self._presenter.on_submitted(credentials)

    def _sign_in(self, typed: Credentials) -> SignedIn:
        return sign_in(
            self._places,
            self._clock,
            self._ids,
            typed.server,
            typed.login,
            typed.password,
            typed.earlier_password,
        )

    def _signed_in(self, signed_in: SignedIn) -> None:
        self.keep(replace(self.settings, server=signed_in.server_address, user=signed_in.login))
        try:
            self.desk = OpenDesk(
                signed_in, self.work, self._clock, self._ids, self.faults, lambda: self.settings, self.keep
            )
        except Exception:
            signed_in.close()
            raise
        self.desk.guard.wipe_due.connect(self._on_wipe_due)
        self.desk.show()
        if self.login is not None:
            self.login.close()
            self.login.deleteLater()
            self.login = None

    def keep(self, settings: Settings) -> None:
        """Remember settings of this machine; they are on the disk soon, and when the program ends."""
        self.settings = settings
        file = self._places.settings_file
        self.work.run(lambda: save_settings(file, settings), lambda _: None, lane=Lane.ACTION)

    @Slot()
    def _on_wipe_due(self) -> None:
        """Behind everything that the store still has to do."""
        if self.desk is not None:
            self.desk.stop()
            self.work.run(self.desk.wipe, self._wiped, lane=Lane.BACKGROUND)

    def _wiped(self, _: None) -> None:
        self.show_login(error=KnownError(ErrorKind.DEVICE_REVOKED, wipe=True))
        if self.desk is not None:
            self.desk.close()
            self.desk = None

    @Slot()
    def close(self) -> None:
        """Finish what was begun and give everything back; once."""
        if self.desk is not None:
            self.desk.stop()
        self.work.shutdown()
        if self.desk is not None:
            self.desk.close()
            self.desk = None
            # Widgets go before their Python halves: an event that reached a half that is gone would be a crash.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.faults.release()
        self._garbage.release()
        close_log(self._log)


def application() -> QApplication:
    """Qt's part of the program; ends the process when there is no screen."""
    return QApplication(sys.argv[:1])


def run(app: QApplication, places: Places, begin: Callable[[Assembly], object]) -> int:
    """Run the program until its window closes; `begin` shows the first page."""
    interrupts = Interrupts(app)
    assembly = Assembly(app, places)
    begin(assembly)
    code: int = app.exec()
    interrupts.release()
    return code
