"""Placing calls without a telephone exchange: by hand, and by handing a link to the softphone of the machine."""

import os
import re
import subprocess
import sys
from collections.abc import Callable

from agent_app.ports import CallEvent, CallState
from server_sync.domain.clock import Clock
from server_sync.domain.errors import ErrorKind

TEL = "tel:{number}"
_DRESSING = re.compile(r"[\s().\-–—/（）]+")
_NUMBER = re.compile(r"\+?[0-9]{3,20}")


class ByHand:
    """The agent dials on a telephone of his own; the desk only keeps the time.

    A call lasts from `dial` to `hang_up`; dialling anew ends the one before.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._on_event: Callable[[CallEvent], object] = lambda event: None
        self._current: bytes | None = None

    def listen(self, on_event: Callable[[CallEvent], object]) -> None:
        """See `ports.Dialler`."""
        self._on_event = on_event

    def dial(self, number: str, call_id: bytes) -> None:
        """See `ports.Dialler`."""
        self.hang_up()
        if dialable(number) is None:
            self._tell(call_id, CallState.FAILED, ErrorKind.FIELD_INVALID)
        else:
            self._current = call_id
            self._tell(call_id, CallState.DIALLING)

    def hang_up(self) -> None:
        """See `ports.Dialler`."""
        if self._current is not None:
            ended, self._current = self._current, None
            self._tell(ended, CallState.ENDED)

    def _tell(self, call_id: bytes, state: CallState, kind: ErrorKind | None = None) -> None:
        self._on_event(CallEvent(call_id, state, self._clock.now(), kind))


class ByLink(ByHand):
    """The number goes as a link to whatever program of the machine answers such links; the rest is as by hand.

    `template` holds `{number}`: "tel:{number}", "sip:{number}@pbx.example". `opener` returns whether a
    program took it.
    """

    def __init__(self, clock: Clock, opener: Callable[[str], bool], template: str = TEL) -> None:
        super().__init__(clock)
        self._opener = opener
        self._template = template

    def dial(self, number: str, call_id: bytes) -> None:
        """See `ports.Dialler`. FAILED with DIAL_FAILED when no program takes the link."""
        plain = dialable(number)
        if plain is not None and not self._opener(self._template.format(number=plain)):
            self.hang_up()
            self._tell(call_id, CallState.FAILED, ErrorKind.DIAL_FAILED)
        else:
            super().dial(number, call_id)


def dialable(number: str) -> str | None:
    """The number without its dressing (spaces, brackets, dashes); None when something is left that no number has.

    Signs that switch services of an exchange (* and #) are refused: a number comes from data, not from the
    agent.
    """
    plain = _DRESSING.sub("", number)
    return plain if _NUMBER.fullmatch(plain) else None


def open_with_system(link: str) -> bool:
    """Give a link to the operating system; whether a program took it."""
    try:
        if sys.platform == "win32":
            os.startfile(link)
        else:
            command = "open" if sys.platform == "darwin" else "xdg-open"
            subprocess.run([command, link], capture_output=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return False
    return True
