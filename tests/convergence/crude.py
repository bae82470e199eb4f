"""Edits that no server should have to see: a command that it does not know, one at which its code fails, and one at
which the whole push does."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ClassVar

from server_sync.domain.commands import COMMANDS, Accepted, Actor, Decision, Need, Rows
from tests.convergence.crashes import SERVER, Moments

_moments = Moments()
"""Tells which end decides."""


class ChokedOn(Exception):
    """What the server's code raises at a crude edit: planned, so it is no finding."""


@dataclass(frozen=True)
class Unknown:
    """A command of a program that never was."""

    name: ClassVar[str] = "unknown@9"
    edit_id: bytes

    def reads(self) -> Iterable[Need]:
        return ()

    def decide(self, rows: Rows, actor: Actor, now: int) -> Decision:
        return Accepted(())


@dataclass(frozen=True)
class Explode:
    """Deciding it fails: the server's mistake in one command."""

    name: ClassVar[str] = "explode@1"
    edit_id: bytes

    def reads(self) -> Iterable[Need]:
        return ()

    def decide(self, rows: Rows, actor: Actor, now: int) -> Decision:
        _choke(self)
        return Accepted(())


@dataclass(frozen=True)
class Stop:
    """Every push with it fails as a whole."""

    name: ClassVar[str] = "stop@1"
    edit_id: bytes

    def reads(self) -> Iterable[Need]:
        _choke(self)
        return ()

    def decide(self, rows: Rows, actor: Actor, now: int) -> Decision:
        return Accepted(())


def _choke(command: Explode | Stop) -> None:
    if _moments.acting == SERVER:
        raise ChokedOn(command.name)


@contextmanager
def known(moments: Moments) -> Iterator[None]:
    """Let both ends know the two that fail on the server, while the block runs."""
    global _moments
    _moments = moments
    COMMANDS.update({one.name: one for one in (Explode, Stop)})
    try:
        yield
    finally:
        for one in (Explode, Stop):
            del COMMANDS[one.name]
