"""The page of this machine's settings; each choice is kept at once. Beneath them one's private calendar."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from agent_app.actions.session import DeskSession
from agent_app.features.settings.presenter import CalendarService
from agent_app.features.settings.view.calendar_card import CalendarCard
from agent_app.host.settings import Settings
from agent_app.ports import KeyBinding
from agent_app.store.changes import StoreChanges
from agent_app.ui import theme
from agent_app.ui.cards import Card
from agent_app.ui.choices import Segments
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Paragraph, Text
from agent_app.ui.panels import WorkColumn
from agent_app.ui.tokens import TypeRole, Weight


class SettingsFeature(QObject):
    """`settings` gives what is in force now, `keep` takes what is chosen; main thread."""

    def __init__(
        self,
        settings: Callable[[], Settings],
        keep: Callable[[Settings], object],
        session: DeskSession,
        calendars: CalendarService,
    ) -> None:
        super().__init__()
        self._settings = settings
        self._keep = keep
        now = settings()
        self._language = Segments(
            translate("Settings", "Language"),
            (
                ("system", translate("Settings", "System")),
                ("zh_CN", "简体中文"),
                ("zh_TW", "繁體中文"),
                ("en", "English"),
            ),
        )
        self._theme = Segments(
            translate("Settings", "Look"),
            (
                ("system", translate("Settings", "System")),
                ("light", translate("Settings", "Light")),
                ("dark", translate("Settings", "Dark")),
            ),
        )
        self._dialling = Segments(
            translate("Settings", "Calls"),
            (
                ("hand", translate("Settings", "I dial by hand")),
                ("link", translate("Settings", "Softphone of this computer")),
            ),
        )
        self._language.set_code(now.language)
        self._theme.set_code(now.theme)
        self._dialling.set_code(now.dialling)
        self._language.chosen.connect(self._on_language)
        self._theme.chosen.connect(self._on_theme)
        self._dialling.chosen.connect(self._on_dialling)
        self._page = WorkColumn()
        self._page.header.line.addWidget(
            Text(translate("Settings", "Settings"), TypeRole.FIGURE, weight=Weight.MEDIUM)
        )
        self._page.header.line.addStretch(1)
        from_next_start = translate("Settings", "Takes effect the next time you start the program.")
        for title, choice, note in (
            (translate("Settings", "Language"), self._language, from_next_start),
            (translate("Settings", "Look"), self._theme, ""),
            (translate("Settings", "Calls"), self._dialling, from_next_start),
        ):
            card = Card(Text(title, weight=Weight.MEDIUM), choice)
            if note:
                card.body.addWidget(Paragraph(note, TypeRole.SMALL, quiet=True))
            self._page.body.addWidget(card)
        self._page.body.addWidget(CalendarCard(session, calendars))
        self._page.body.addStretch(1)

    @property
    def widget(self) -> QWidget:
        return self._page

    def open(self, item: bytes | None, detail: object = None) -> None:
        """There is but one page."""

    def on_changed(self, changes: StoreChanges) -> None:
        """Nothing here comes from the store."""

    def on_tick(self, now: int) -> None:
        """Nothing here counts down."""

    def shortcuts(self) -> Sequence[KeyBinding]:
        return ()

    @Slot(object)
    def _on_language(self, code: str) -> None:
        self._keep(replace(self._settings(), language=code))

    @Slot(object)
    def _on_theme(self, code: str) -> None:
        self._keep(replace(self._settings(), theme=code))
        theme.current().choose(theme.SchemeChoice(code))

    @Slot(object)
    def _on_dialling(self, code: str) -> None:
        self._keep(replace(self._settings(), dialling=code))
