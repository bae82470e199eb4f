"""The question whether customers that the server says are no longer ours may leave this computer; asked once."""

from collections.abc import Callable

from agent_app.ui.dialogs import Dialogs, Question
from agent_app.ui.i18n import translate


class EmptyingQuestion:
    """`allow` is called when the person agrees. Main thread."""

    def __init__(self, dialogs: Dialogs, allow: Callable[[], object]) -> None:
        self._dialogs = dialogs
        self._allow = allow
        self._asked = False

    def ask(self, leaving: int) -> None:
        """Ask about so many customers, unless the question stands already."""
        if self._asked:
            return
        self._asked = True
        question = Question(
            translate("Window", "Remove %n customer(s) from this computer?", leaving),
            translate(
                "Window",
                "The server says that they are no longer yours. If you did not expect this, ask your supervisor first; "
                "nothing is removed until you agree.",
            ),
            translate("Window", "Remove them"),
            danger=True,
        )
        self._dialogs.ask(question, self._agreed)

    def _agreed(self, _: str) -> None:
        self._asked = False
        self._allow()
