"""The one port of every way out: a message, a channel that takes it, and how it says that it did not."""

from dataclasses import dataclass
from typing import Protocol

from server_sync.jobs.deliveries import Refusal

SECONDS = 15.0
"""How long one message may take altogether: shorter than the lease of its job."""
CONNECT_SECONDS = 5.0


@dataclass(frozen=True)
class Message:
    """What is to be sent. `key`: the same at every try of the same message, so that who gets it twice can tell;
    `address`: an e-mail address or an E.164 number, None for a robot, whose group is its address; `at`: now (ms)."""

    key: str
    address: str | None
    subject: str
    text: str
    at: int


class NotSent(Exception):
    """A message was not taken. `lasting`: another try would not help."""

    def __init__(self, refusal: Refusal, *, lasting: bool = False) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
        self.lasting = lasting


class Channel(Protocol):
    """A way out."""

    def send(self, message: Message) -> None:
        """Hand a message over, within SECONDS. Raises NotSent."""
