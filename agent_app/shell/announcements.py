"""What the window says at its edge without being asked: a callback that is near, trouble with the server, a bug met."""

from collections.abc import Callable
from datetime import tzinfo

from agent_app.ports import Route
from agent_app.shell.main_window import MainWindow
from agent_app.shell.tray import Tray
from agent_app.store.queries.callbacks import NearCallback
from agent_app.store.queries.reminders import DueReminder
from agent_app.sync.status import SyncState, SyncStatus
from agent_app.ui import formats
from agent_app.ui.error_words import error_text
from agent_app.ui.i18n import translate
from agent_app.ui.reminder_words import reminder_why, reminder_words
from agent_app.ui.tokens import Tone
from server_sync.domain.errors import ErrorKind, KnownError

_SYNC = "sync"
# Asked in a dialog or said by a page of its own, not told.
_ASKED = frozenset({ErrorKind.SERVER_WOULD_EMPTY_DESK, ErrorKind.DEVICE_REVOKED, ErrorKind.ACCOUNT_DISABLED})


class Announcements:
    """Main thread. Each is said once; what has been seen to is taken away again."""

    def __init__(self, window: MainWindow, tz: tzinfo, go: Callable[[Route], object]) -> None:
        self._notices = window.notices
        self._tz = tz
        self._go = go
        self._tray = Tray(window)
        self._trouble: ErrorKind | None = None

    def remind(self, near: NearCallback) -> None:
        """A callback is near: it can be opened from here."""
        words = translate("Window", "Callback at {time}: {name}").format(
            time=formats.clock_time(near.callback_at, self._tz), name=near.name
        )
        self._tray.say(words)
        self._notices.say(
            _task(near.task_id),
            words,
            Tone.WARNING,
            action=translate("Window", "Open"),
            key="Ctrl O",
            on_action=lambda: self._go(Route("task", near.task_id)),
        )

    def show_reminder(self, reminder: DueReminder, now: int, seen: Callable[[], object]) -> None:
        """A step of a ladder has come: the task can be opened from here; `seen` hears that it was looked at."""

        def open_task() -> None:
            seen()
            self._go(Route("task", reminder.task_id))

        words = reminder_words(reminder, now, self._tz)
        self._notices.say(
            _reminder(reminder.id),
            words,
            Tone.DANGER if reminder.raised else Tone.WARNING,
            details=reminder_why(reminder, now, self._tz),
            action=translate("Window", "Open"),
            key="Ctrl O",
            on_action=open_task,
            on_closed=seen,
        )
        self._tray.say(words)

    def take_reminder(self, reminder_id: bytes) -> None:
        """What it reminded of has been seen to."""
        self._notices.take_away(_reminder(reminder_id))

    def opened(self, task_id: bytes | None) -> None:
        """A task is on the screen: its reminder has done its work."""
        if task_id is not None:
            self._notices.take_away(_task(task_id))

    def show_sync(self, status: SyncStatus, now: int) -> None:
        """Say once why the server refuses this desk, for as long as it does."""
        attention = status.state is SyncState.ATTENTION and status.kind not in _ASKED
        trouble = status.kind if attention else None
        if trouble is self._trouble:
            return
        self._trouble = trouble
        if trouble is None:
            self._notices.take_away(_SYNC)
        else:
            self._notices.say(_SYNC, error_text(trouble, status.values, now, self._tz), Tone.DANGER)

    def crashed(self, crash_id: str) -> None:
        """A bug was met; the log has it under this id."""
        words = translate("Window", "Something went wrong. What was saved is safe; you can go on.")
        kept = translate("Window", "Noted in the log of this computer as {id}.").format(id=crash_id)
        self._notices.say("crash", words, Tone.DANGER, details=kept)

    def refused(self, error: KnownError, now: int) -> None:
        """Something outside the program stood against what it was doing."""
        words = error_text(error.kind, error.values, now, self._tz)
        self._notices.say(f"refused {error.kind}", words, Tone.DANGER)


def _reminder(reminder_id: bytes) -> str:
    return f"reminder {reminder_id.hex()}"


def _task(task_id: bytes) -> str:
    return f"task {task_id.hex()}"
