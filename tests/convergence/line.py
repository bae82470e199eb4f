"""The line between one desk and the server: the client's bytes carried to the real server and back, with whatever goes
wrong on the way. When it goes wrong is drawn elsewhere."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import msgspec

from agent_app.ports import Reply
from agent_app.sync.client import HttpNet
from server_sync.domain.clock import SECOND
from server_sync.domain.errors import ErrorKind, KnownError
from tests.convergence.crashes import SERVER, Killed, Moments
from tests.convergence.server_site import FILES, Request, ServerSite, read
from tests.convergence.timeline import Timeline

PATIENCE = 5 * SECOND
"""After so long without a reply the client gives up (ms)."""
DOWN = 4 * SECOND
"""So long a server that was killed is away."""


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one exchange; `share` (0 up to 1) says where or when."""

    kind: str
    share: float


class Line(HttpNet):
    """One desk's way to the server; the client's `HttpNet` without HTTP. `requests`: how many messages went out;
    `wait`: when what came of a request is known, ms after it arrived; `on_stray` gets replies that nobody waits for any
    more."""

    def __init__(
        self,
        timeline: Timeline,
        server: ServerSite,
        moments: Moments,
        on_stray: Callable[[msgspec.Struct], object],
    ) -> None:
        super().__init__("http://server.invalid")
        self.way = 20
        self.faults: deque[Fault] = deque()
        """Of the next messages."""
        self.file_faults: deque[Fault] = deque()
        """Of the next requests about files."""
        self.cut_until = 0
        self.wait = 1
        self.requests = 0
        self.translate: Callable[[str, Reply], Reply] | None = None
        """What the program at this end makes of a reply, if it is another than this one."""
        self._timeline = timeline
        self._server = server
        self._moments = moments
        self._on_stray = on_stray

    def send(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        """One exchange, with the fault that is due."""
        self.requests += not path.startswith(FILES)
        self.wait = PATIENCE
        now = self._timeline.clock.at
        request = Request(method, path, body, headers or {}, self.token or "")
        if now < self.cut_until:
            self.wait = self.way
            raise KnownError(ErrorKind.OFFLINE, why="cut")
        faults = self.file_faults if path.startswith(FILES) else self.faults
        fault = faults.popleft() if faults else None
        kind = fault.kind if fault else ""
        if fault is None:
            reply = self._reach(request)
        else:
            self._timeline.note(f"  {kind}: {path}")
            reply = self._through(fault, request)
        self.wait = self.way
        return reply

    def _through(self, fault: Fault, request: Request) -> Reply:
        kind, share = fault.kind, fault.share
        if kind == "lose_request":
            if request.method == "PATCH" and (arrived := request.body[: round(len(request.body) * share)]):
                # What arrived of a piece counts.
                self._reach(replace(request, body=arrived))
            raise KnownError(ErrorKind.OFFLINE, why=kind)
        if kind == "late_request":
            self._timeline.after(round(share * 4 * PATIENCE), self._arrive_late, request)
            raise KnownError(ErrorKind.OFFLINE, why=kind)
        if kind == "fail" and share < 0.5:
            return Reply(500, b"")
        reply = self._reach(request)
        if kind == "fail":
            return Reply(502, b"")
        if kind == "lose_reply":
            raise KnownError(ErrorKind.OFFLINE, why=kind)
        if kind == "late_reply":
            self._stray(PATIENCE + round(share * 2 * PATIENCE), request.path, reply)
            raise KnownError(ErrorKind.OFFLINE, why=kind)
        if kind == "double":
            again = self._reach(request)
            # Mostly at once, while the next request is on its way.
            self._stray(self.way + round(share**3 * PATIENCE), request.path, again)
            return reply
        # torn: the length that was announced did not come
        torn = reply.body[: round(len(reply.body) * share)]
        return Reply(reply.status, torn, reply.headers)

    def _stray(self, delay: int, path: str, reply: Reply) -> None:
        message = read(path, reply)
        if message is not None:
            self._timeline.after(delay, self._deliver_stray, message, self.translate)

    def _deliver_stray(self, message: msgspec.Struct, translate: object) -> None:
        # A newer program would have made something else of it.
        if self.translate is translate:
            self._on_stray(message)

    def _reach(self, request: Request) -> Reply:
        server = self._server
        if self._timeline.clock.at < server.down_until:
            raise KnownError(ErrorKind.OFFLINE, why="down")
        try:
            with self._moments.runs(SERVER):
                reply = server.answer(request)
            return reply if self.translate is None else self.translate(request.path, reply)
        except Killed as killed:
            self._timeline.note(f"  server killed at {killed.moment}")
            server.down_until = self._timeline.clock.at + DOWN
            server.restart()
            raise KnownError(ErrorKind.OFFLINE, why="killed") from killed

    def _arrive_late(self, request: Request) -> None:
        try:
            self._reach(request)
        except KnownError:
            return
        self._timeline.note(f"  a late request has come: {request.path}")
