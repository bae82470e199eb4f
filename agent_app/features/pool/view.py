"""The foot of the queue: the pool in a line, and the button that pulls."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from agent_app.actions.session import DeskSession
from agent_app.features.pool.presenter import PoolPresenter
from agent_app.features.pool.state import PoolState
from agent_app.ports import KeyBinding
from agent_app.store.changes import StoreChanges
from agent_app.ui import formats
from agent_app.ui.buttons import Button
from agent_app.ui.cards import Separator, column, row
from agent_app.ui.error_words import error_text
from agent_app.ui.i18n import translate
from agent_app.ui.labels import Text
from agent_app.ui.panels import Ground
from agent_app.ui.tokens import Tone, TypeRole
from server_sync.domain.wire.messages import TakeReply


class PoolFoot(QObject):
    """Main thread."""

    def __init__(
        self, session: DeskSession, take: Callable[[int], TakeReply], pulled: Callable[[], object]
    ) -> None:
        super().__init__()
        self._session = session
        self.presenter = PoolPresenter(session, take, pulled, self._draw)
        self._said = Text("", tabular=True, keep=True)
        self._told = Text("", TypeRole.SMALL, quiet=True, wrap=True)
        self._pull = Button(translate("Pool", "Pull"), key="Alt G")
        line = row(self._said, 1, self._pull, gap=8)
        body = column(line, self._told, gap=4)
        body.setContentsMargins(16, 8, 12, 8)
        self._ground = Ground("surface")
        whole = column(Separator(), gap=0)
        whole.addLayout(body)
        self._ground.setLayout(whole)
        self._ground.setAccessibleName(translate("Pool", "The team's pool"))
        self._ground.hide()
        self._pull.clicked.connect(self._on_pull)

    @property
    def widget(self) -> QWidget:
        return self._ground

    def start(self) -> None:
        """Look at the pool."""
        self.presenter.start()

    def on_changed(self, changes: StoreChanges) -> None:
        self.presenter.on_changed(changes)

    def on_tick(self, now: int) -> None:
        self.presenter.on_tick(now)

    def shortcuts(self) -> Sequence[KeyBinding]:
        pull = translate("Pool", "Pull tasks out of the team's pool")
        return (KeyBinding("queue.pull", "Alt+G", pull, self.presenter.on_pull),)

    def _draw(self, state: PoolState) -> None:
        sheet = state.sheet
        self._ground.setVisible(state.is_of_use)
        waiting = translate("Pool", "Team pool · %n waiting", sheet.waiting)
        self._said.setText(waiting)
        self._pull.setEnabled(bool(sheet.waiting) and not state.asking)
        words, tone = self._words(state)
        self._told.setText(words)
        self._told.set_tone(tone)
        self._told.setVisible(bool(words))

    def _words(self, state: PoolState) -> tuple[str, Tone | None]:
        now, tz = state.read_at, self._session.timezone
        if state.error is not None:
            return error_text(state.error, state.error_values, now, tz), Tone.DANGER
        if state.asking:
            return translate("Pool", "Pulling…"), None
        if state.given:
            return translate("Pool", "%n pulled; on their way", state.given), Tone.SUCCESS
        if state.given == 0:
            return translate(
                "Pool", "Nothing more for you now: finish what you have, or colleagues were faster."
            ), Tone.WARNING
        if state.sheet.ends_at is not None:
            return translate("Pool", "%n pulled, yours until {moment}", state.sheet.held).format(
                moment=formats.moment(state.sheet.ends_at, now, tz)
            ), None
        return "", None

    @Slot()
    def _on_pull(self) -> None:
        self.presenter.on_pull()
