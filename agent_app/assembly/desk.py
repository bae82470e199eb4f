"""An open desk put together: its features in the window, its routes, sync and clock; signing in came before."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QPoint, Signal, Slot
from PySide6.QtWidgets import QWidget

from agent_app.actions.attachments import ORIGIN as ATTACHMENTS
from agent_app.actions.desk import Desk
from agent_app.actions.session import DeskSession
from agent_app.assembly.form_media import FormMediaRounds
from agent_app.assembly.guard import DeskGuard
from agent_app.assembly.pool import add_pool
from agent_app.assembly.rounds import rounds_of_files, rounds_of_rows, spread
from agent_app.features.call_guide.view import CallGuideFeature
from agent_app.features.callbacks.view import CallbackFeature
from agent_app.features.conflicts.view import ConflictsFeature
from agent_app.features.correction.view import CorrectionFeature
from agent_app.features.customer360.view import CustomerFeature
from agent_app.features.knowledge.view import KnowledgeFeature
from agent_app.features.presence.view import PresenceMenu
from agent_app.features.queue.view import QueueFeature
from agent_app.features.settings.view import SettingsFeature
from agent_app.features.visits.view import VisitsFeature
from agent_app.features.wrap_up.view import WrapUpFeature
from agent_app.host.crash import Crash
from agent_app.host.dialling import ByHand, ByLink, open_with_system
from agent_app.host.sealed_files import SealedFolder
from agent_app.host.settings import Settings
from agent_app.ports import Dialler, KeyBinding, Lane, Route
from agent_app.runtime.faults import Faults
from agent_app.runtime.hub import Hub
from agent_app.runtime.sign_in import SignedIn, wipe
from agent_app.runtime.ticker import Ticker
from agent_app.runtime.work import QtWork
from agent_app.shell.announcements import Announcements
from agent_app.shell.day import DayPresenter
from agent_app.shell.emptying import EmptyingQuestion
from agent_app.shell.first_sync import FirstSyncBand
from agent_app.shell.lock_page import LockPage
from agent_app.shell.main_window import MainWindow
from agent_app.shell.palette import Palette
from agent_app.shell.places import Place
from agent_app.shell.reminders import ReminderPresenter
from agent_app.shell.status_bar import StatusBar
from agent_app.store.changes import StoreChanges
from agent_app.store.queries.presence import OwnPresence
from agent_app.sync.attachments import ORIGIN as TRANSFERS
from agent_app.sync.client import Server
from agent_app.sync.live import LiveListener
from agent_app.sync.status import SyncStatus
from agent_app.ui.capture.devices import Devices
from agent_app.ui.dialogs import Dialogs, DialogService
from agent_app.ui.forms.keys import form_keys
from agent_app.ui.i18n import translate
from server_sync.domain.clock import Clock
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import Ids
from server_sync.domain.model import Role

_PUSHED = frozenset({"outbox"})
_TRANSFERRED = frozenset({"attachment", "attachment_file"})


class OpenDesk(QObject):
    """The window of one signed-in person and all that works for it. Main thread."""

    _hinted = Signal()

    def __init__(
        self,
        signed_in: SignedIn,
        work: QtWork,
        clock: Clock,
        ids: Ids,
        faults: Faults,
        settings: Callable[[], Settings],
        keep: Callable[[Settings], object],
    ) -> None:
        super().__init__()
        self._signed_in = signed_in
        self._work = work
        self._clock = clock
        self._settings = settings
        self._keep = keep
        self._presence = OwnPresence("ready", None, clock.now())
        self.hub = Hub(self)
        self.desk = Desk(signed_in.store, clock, ids, signed_in.actor, signed_in.device)
        profile = signed_in.store.file.parent
        self.form_media = FormMediaRounds(signed_in.store, signed_in.net, profile, work)
        told, media = self.hub.publish, self.form_media.get
        self.session = DeskSession(self.desk, work, told, signed_in.timezone, media)
        self.status = StatusBar()
        self.sync = rounds_of_rows(signed_in, work, clock, ids, told, self._show_sync)
        self._files = SealedFolder(profile / "attachments")
        self.transfers = rounds_of_files(
            signed_in, self._files, work, clock, ids, told, self.status.show_uploads
        )
        self.transfers.start()
        self._live = LiveListener(lambda: signed_in.net.hints("/sync/live"), self._hinted.emit, spread(ids))
        self.ticker = Ticker(clock, self)
        self.window = MainWindow(
            translate("Window", "Huifang · {name}").format(name=signed_in.name), self.status
        )
        self.first_sync = FirstSyncBand()
        self.window.add_band(self.first_sync)
        self._lock = LockPage(self.window, self.window.take_keyboard, self.sync.hinted)
        self.guard = DeskGuard(work, signed_in.store, clock, self._lock)
        self._announcements = Announcements(self.window, self.session.timezone, self.go)
        self.dialler: Dialler = (
            ByLink(clock, open_with_system) if settings().dialling == "link" else ByHand(clock)
        )
        self._beneath: QWidget | None = None  # what the knowledge base is laid over, besides the guide
        self._build_features()
        self._day = DayPresenter(self.session, self.status.show_today, self._announcements.remind)
        told_reminder, over = self._announcements.show_reminder, self._announcements.take_reminder
        self._reminders = ReminderPresenter(self.session, told_reminder, over)
        self.presence_menu = PresenceMenu(self.session, self._show_presence, self.window)
        self._palette = Palette(self.window, self.session, self.go)
        self.dialogs: Dialogs = DialogService(self.window)
        self._emptying = EmptyingQuestion(self.dialogs, self.sync.allow_emptying)
        self._bind_keys()
        self.hub.changed.connect(self._on_changed)
        self.ticker.second.connect(self._on_second)
        self.ticker.half_minute.connect(self._on_half_minute)
        self.window.routed.connect(self.go)
        self.window.closing.connect(self._on_closing)
        self.status.presence_asked.connect(self._ask_presence)
        self.status.conflicts_asked.connect(self._show_conflicts)
        self.status.uploads_asked.connect(self._show_uploads)
        self.first_sync.paused.connect(self._on_paused)
        self.first_sync.resumed.connect(self._on_resumed)
        self._hinted.connect(self._on_hinted)
        faults.crashed.connect(self._on_crashed)
        faults.refused.connect(self._on_refused)

    def show(self) -> None:
        """Show the window and begin to work."""
        self.window.restore_geometry_text(self._settings().window)
        self.window.show()
        self.go(Route("team" if self.desk.actor.role is Role.SUPERVISOR else "queue"))
        self.queue.start()
        self.pool.start()
        self.visits.start()
        self._day.start()
        self._reminders.look()
        self.presence_menu.presenter.start()
        self.guard.look()
        self.form_media.look()
        # Seconds of reading on a connection of its own: on the store's thread the first screens would wait for it.
        self._work.run(self.desk.store.verify, self._verified, lane=Lane.NETWORK)
        self.ticker.start()
        self._live.start()

    def stop(self) -> None:
        """Begin nothing more, and show nothing more of what changes; what was saved is on the disk already."""
        self.hub.blockSignals(True)
        self._live.stop()
        self.sync.stop()
        self.transfers.stop()
        self.ticker.stop()

    def wipe(self) -> None:
        """Delete everything that this desk has on the disk (SYNC E4). On the store's thread, after `stop`."""
        self._signed_in.store.close()
        wipe(self._signed_in.store.file.parent, self._signed_in.server)

    def close(self) -> None:
        """After the work has ended: give store, network and lock back."""
        self.window.deleteLater()
        self._signed_in.close()

    @Slot(object)
    def go(self, route: Route) -> None:
        """Where every wish to be elsewhere arrives."""
        match route.place:
            case "next":
                self.window.show_work("queue")
                self.guide.column.slide_back()
                listing = self.visits if self.window.place_shown() == "visits" else self.queue
                listing.open(None, "next")
            case "task":
                self.window.show_work("queue")
                self.guide.column.slide_back()
                self.queue.open(route.item)
                self.visits.open(route.item)
                self.guide.open(route.item, route.detail)
                self._announcements.opened(route.item)
            case "customer":
                if route.detail is None:  # somebody wants to see him; with a task he only stands beside it
                    self.window.show_work("queue")
                self.customer.open(route.item, route.detail)
            case "wrap_up":
                self.wrap_up.open(route.item, route.detail)
                self._lay_over(self.wrap_up.widget)
            case "callback":
                self.callback.open(route.item, route.detail)
                self._lay_over(self.callback.widget)
            case "knowledge":
                overs = (self.wrap_up.widget, self.callback.widget)
                self._beneath = next((one for one in overs if one.isVisible()), None)
                self.knowledge.open(self.guide.presenter.task_id)
                self._lay_over(self.knowledge.widget)
            case "knowledge_left":
                if self._beneath is None:
                    self.guide.column.slide_back()
                else:
                    self.guide.column.slide_over(self._beneath)
                self.knowledge.give_keyboard_back()
            case "correction":
                correction = self._correction_panel()
                correction.open(route.item)
                self._lay_over(correction.widget)
            case "guide":
                self.guide.column.slide_back()
            case "responses":
                self.window.show_place("responses")
                self.lead.responses.table.open(route.item)
            case place:
                self.window.show_place(place)

    def _lay_over(self, panel: QWidget) -> None:
        self.window.show_work("queue")
        self.guide.column.slide_over(panel)

    def _build_features(self) -> None:
        session, go = self.session, self.go
        self.queue = QueueFeature(session, go)
        self.pool = add_pool(self.queue, session, self._signed_in.server, self.sync)
        self.visits = VisitsFeature(session, go)
        self.guide = CallGuideFeature(session, go, self.dialler, self._files, Devices().positions)
        self.wrap_up = WrapUpFeature(session, go)
        self.callback = CallbackFeature(session, go)
        self.knowledge = KnowledgeFeature(session, go)
        self.correction: CorrectionFeature | None = None
        self.customer = CustomerFeature(session, self._files, go)
        self.conflicts = ConflictsFeature(session, go)
        self.machine = SettingsFeature(self._settings, self._keep, session, Server(self._signed_in.net))
        add = self.window.add_place
        add(
            Place(
                "queue",
                "list-bullets",
                translate("Window", "Queue"),
                self.guide,
                self.queue,
                self.customer,
                work_title=translate("Window", "Call"),
            )
        )
        add(Place("visits", "map-pin", translate("Window", "Visits"), self.guide, self.visits))
        if self.desk.actor.role is not Role.AGENT:
            # An agent's desk starts without the team tab and its charts.
            from agent_app.features.team.view import TeamFeature

            self.team = TeamFeature(session, go)
            add(Place("team", "users", translate("Window", "Team"), self.team.figures, self.team.members))
        detail, listing = self.conflicts.detail, self.conflicts.listing
        add(Place("conflicts", "git-merge", translate("Window", "Conflicts"), detail, listing))
        if self.desk.actor.role is not Role.AGENT:
            from agent_app.assembly.lead_rooms import add_forms, add_ladders, add_lead_rooms, add_plans

            net, ask = self._signed_in.net, lambda *asked: self.dialogs.ask(*asked)
            self.lead = add_lead_rooms(self.window, session, go, ask)
            if self.desk.actor.role is Role.ADMINISTRATOR:
                self.forms = add_forms(self.window, session, net, go)
                self.plans = add_plans(self.window, session, net, ask)
                self.ladders = add_ladders(self.window, session, ask)
        add(Place("settings", "gear-six", translate("Window", "Settings"), self.machine, at_bottom=True))
        for over in (self.wrap_up, self.callback):
            self.window.bind_within(over.widget, over.shortcuts(), translate("Window", "Call"))

    def _correction_panel(self) -> CorrectionFeature:
        """The panel of corrections; it is seldom wanted, and made when it is."""
        if self.correction is None:
            self.correction = CorrectionFeature(self.session, self._files, self.go)
            keys = self.correction.shortcuts()
            self.window.bind_within(self.correction.widget, keys, translate("Window", "Call"))
        return self.correction

    def _bind_keys(self) -> None:
        window, notices = self.window, self.window.notices
        bindings = (
            ("window.keys", "F1", translate("Window", "Keys"), window.show_keys),
            ("window.knowledge", "F4", translate("Window", "Knowledge base"), self._ask_knowledge),
            ("window.presence", "F7", translate("Window", "Presence"), self._ask_presence),
            ("window.palette", "Ctrl+K", translate("Window", "Find anything"), self._palette.ask),
            ("window.context", "F10", translate("Window", "Fold the right column"), window.toggle_context),
            ("window.notice", "Ctrl+O", translate("Window", "Open the notice"), notices.open_latest),
            (
                "window.no_notice",
                "Ctrl+Shift+O",
                translate("Window", "Close the notice"),
                notices.close_latest,
            ),
        )
        window.bind([KeyBinding(*one) for one in bindings], translate("Window", "Window"))
        window.bind(self.pool.shortcuts(), translate("Window", "Queue"))
        window.bind(form_keys(window), translate("Window", "Forms"))

    def _show_sync(self, status: SyncStatus) -> None:
        now = self._clock.now()
        self.status.show_sync(status, now)
        self.first_sync.show_sync(status)
        spoken = translate("Window", "%n to look at", status.conflicts)
        self.window.set_count("conflicts", status.conflicts, spoken)
        self._announcements.show_sync(status, now)
        self.guard.show_sync(status)
        if status.kind is ErrorKind.SERVER_WOULD_EMPTY_DESK:
            self._emptying.ask(status.values["leaving"])

    def _show_presence(self, presence: OwnPresence) -> None:
        self._presence = presence
        self.status.show_presence(presence.state, presence.pause_reason, presence.since_at, self._clock.now())

    def _verified(self, _: None) -> None:
        """A damaged page would have come as a refusal."""

    @Slot(object)
    def _on_changed(self, changes: StoreChanges) -> None:
        for feature in (*self.window.features(), self.wrap_up, self.callback, self.knowledge):
            feature.on_changed(changes)
        if self.correction is not None:
            self.correction.on_changed(changes)
        self.pool.on_changed(changes)
        self._day.on_changed(changes)
        self.form_media.on_changed(changes)
        self._reminders.on_changed(changes)
        self.presence_menu.presenter.on_changed(changes)
        if changes.origin != "sync" and not changes.tables.isdisjoint(_PUSHED):
            self.sync.edited()
        if changes.origin == ATTACHMENTS:
            self.transfers.insist()
        elif changes.origin != TRANSFERS and not changes.tables.isdisjoint(_TRANSFERRED):
            self.transfers.nudge()

    @Slot(object)
    def _on_second(self, now: int) -> None:
        for feature in self.window.features():
            feature.on_tick(now)
        self.pool.on_tick(now)
        self._show_presence(self._presence)
        self.sync.tick(now)
        self.transfers.tick(now)

    @Slot(object)
    def _on_half_minute(self, now: int) -> None:
        self._day.on_half_minute()
        self.form_media.on_half_minute()
        self._reminders.look()
        self.guard.look()

    @Slot()
    def _on_paused(self) -> None:
        self.sync.pause()

    @Slot()
    def _on_resumed(self) -> None:
        self.sync.resume()

    @Slot()
    def _on_hinted(self) -> None:
        self.sync.hinted()

    @Slot()
    def _on_closing(self) -> None:
        self._keep(replace(self._settings(), window=self.window.geometry_text()))

    @Slot()
    def _ask_presence(self) -> None:
        corner = self.status.mapToGlobal(QPoint(0, 0))
        self.presence_menu.pop_up(corner)

    @Slot()
    def _ask_knowledge(self) -> None:
        asked = self.knowledge.widget.isVisible()
        self.go(Route("knowledge_left" if asked else "knowledge"))

    @Slot()
    def _show_conflicts(self) -> None:
        self.go(Route("conflicts"))

    @Slot(object)
    def _show_uploads(self, customer_id: bytes) -> None:
        self.go(Route("customer", customer_id))

    @Slot(object)
    def _on_crashed(self, crash: Crash) -> None:
        self._announcements.crashed(crash.id)

    @Slot(object)
    def _on_refused(self, error: KnownError) -> None:
        self._announcements.refused(error, self._clock.now())
