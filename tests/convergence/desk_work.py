"""A desk program's engine and work in virtual time, and what a copy of its profile is; who hands the work over is
others' part."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection

from agent_app.ports import Lane
from agent_app.sync.engine import Engine, Reply, Step
from server_sync.domain.commands import Actor
from server_sync.domain.errors import KnownError
from server_sync.domain.ids import Ids
from server_sync.domain.wire.messages import PullReply

T = TypeVar("T")


@dataclass(frozen=True)
class Piece:
    """A piece of work: what is to be done, and who is told what came of it; see `ports.Work`."""

    fn: Callable[[], Any]
    on_done: Callable[[Any], object]
    on_error: Callable[[Exception], object] | None

    def do(self) -> "partial[object]":
        """Do it, and say what is to be called next."""
        try:
            result = self.fn()
        except Exception as error:
            if self.on_error is None:
                raise
            return partial(self.on_error, error)
        return partial(self.on_done, result)


class Worker(Protocol):
    """Whose thread for the store and whose line it is; `life` is of the program that hands the work over."""

    def step(self, life: int, piece: Piece) -> None:
        """A piece of work on the store's thread, and what follows on the main one."""

    def step_soon(self, life: int, piece: Piece) -> None:
        """The same in a moment."""

    def carry(self, life: int, piece: Piece) -> None:
        """A request goes out."""


class DeskEngine(Engine):
    """Tells when the desk finds that it holds other rows than the server, and what went wrong with a request."""

    def __init__(
        self,
        device: bytes,
        actor: Callable[[], Actor],
        ids: Ids,
        on_differing: Callable[[list[str]], object],
        on_error: Callable[[KnownError], object],
    ) -> None:
        super().__init__(device, actor, ids)
        self.midway = False
        """Between two pages: what belongs together may have come in part (SYNC S5)."""
        self._on_differing = on_differing
        self._on_error = on_error

    @property
    def may_empty(self) -> bool:
        """Whether a person has let most of the desk go, and it has not happened yet (SYNC L5)."""
        return self._may_empty

    def receive(self, connection: Connection, reply: Reply, now: int) -> Step:
        """See `Engine`."""
        step = super().receive(connection, reply, now)
        if isinstance(reply, PullReply):
            self.midway = reply.more
        return step

    def compare(self, partitions: list[str]) -> None:
        """See `Engine`."""
        self._on_differing(partitions)
        super().compare(partitions)

    def failed(self, connection: Connection, error: KnownError, now: int) -> Step:
        """See `Engine`."""
        self._on_error(error)
        return super().failed(connection, error, now)


class _Ran:
    def cancel(self) -> None:
        pass


class LifeWork:
    """`ports.Work` of one life of a program, in virtual time: the store takes 1 ms, the network what the line says."""

    def __init__(self, worker: Worker, life: int) -> None:
        self._worker = worker
        self._life = life

    def run(
        self,
        fn: Callable[[], T],
        on_done: Callable[[T], object],
        on_error: Callable[[Exception], object] | None = None,
        *,
        lane: Lane = Lane.QUERY,
        key: str = "",
    ) -> _Ran:
        """See `ports.Work`."""
        # Nobody looks at the status bar here.
        piece = Piece(fn, on_done, on_error)
        if lane is Lane.NETWORK:
            self._worker.carry(self._life, piece)
        elif lane is not Lane.QUERY:
            self._worker.step_soon(self._life, piece)
        return _Ran()


@dataclass(frozen=True)
class Profile:
    """A copy of all that a desk has on its disk; `older`: its program did not know all that the server sends;
    `damaged`: rows of it were lost."""

    image: bytes
    files: dict[str, bytes]
    device: bytes
    token: str | None
    older: bool
    damaged: bool
