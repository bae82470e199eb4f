"""HTTP to the server: the one place that knows `requests`; messages in, messages out, every failure a KnownError."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import msgspec
import zstandard

from agent_app import VERSION
from agent_app.ports import Reply
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import Role
from server_sync.domain.wire import dictionary
from server_sync.domain.wire.codec import decode, encode
from server_sync.domain.wire.messages import (
    CompareReply,
    CompareRequest,
    Problem,
    PullReply,
    PullRequest,
    PushReply,
    PushRequest,
    ReadyReply,
    ReadyRequest,
    RenewReply,
    RenewRequest,
    TakeReply,
    TakeRequest,
)

if TYPE_CHECKING:
    import requests
    from requests.adapters import HTTPAdapter

    from agent_app.sync.engine import Reply as RoundReply
    from agent_app.sync.engine import Request as RoundRequest

CONNECT_SECONDS = 5.0
READ_SECONDS = 60.0
LARGEST_REPLY = 64 * 1024 * 1024
MESSAGE = "application/msgpack"
EVENTS = "text/event-stream"
BUSY = (429, 503)
Message = TypeVar("Message", bound=msgspec.Struct)
HexId = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{32}$")]


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Who signed in, as the server knows him."""

    id: HexId
    name: str
    role: Role
    team_id: HexId | None


class Granted(msgspec.Struct, frozen=True, kw_only=True):
    """The server's answer to a sign-in; what else it says is passed over."""

    token: str
    person: Person


class CalendarPath(msgspec.Struct, frozen=True, kw_only=True):
    """Where one's calendar is to be read, beneath the server's address."""

    path: str


class HttpNet:
    """The server at one address (`http://host:port`), with connections kept open. Any network thread may use it."""

    def __init__(self, address: str, *, certificate: str | None = None) -> None:
        self._address = address.rstrip("/")
        self._certificate = certificate
        self.token: str | None = None

    def url(self, path: str) -> str:
        """The whole address of a path."""
        return self._address + path

    @cached_property
    def _connections(self) -> "HTTPAdapter":
        """Kept open; no session round them: its cookies, proxies, redirects and headers are not wanted here."""
        # Costs 0.15 s to import: on the network's thread, when the first request goes out.
        from requests.adapters import HTTPAdapter

        return HTTPAdapter()

    def send(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        """Any HTTP status is a reply; no whole reply is KnownError(OFFLINE)."""
        from urllib3.exceptions import HTTPError

        try:
            with self._ask(method, path, body, headers) as reply:
                # Not `content`: it would unpack what the bounds in `_inflated` have not seen.
                content = reply.raw.read(decode_content=False)
        except (OSError, HTTPError, ValueError) as error:
            raise KnownError(ErrorKind.OFFLINE, why=type(error).__name__) from error
        return Reply(reply.status_code, content, {key.lower(): value for key, value in reply.headers.items()})

    def hints(self, path: str) -> Iterator[bytes]:
        """The lines of a live stream as long as it lasts; its end is KnownError OFFLINE or SERVER_BUSY {seconds}."""
        from urllib3.exceptions import HTTPError

        try:
            with self._ask("GET", path, b"", {"Accept": EVENTS}) as reply:
                if reply.status_code in BUSY:
                    raise KnownError(ErrorKind.SERVER_BUSY, seconds=_retry_after(reply.headers))
                if reply.status_code != 200 or not reply.headers.get("Content-Type", "").startswith(EVENTS):
                    raise KnownError(ErrorKind.OFFLINE, status=reply.status_code)
                yield from reply.iter_lines(chunk_size=1)
            # A torn stream ends like one that the server has ended.
            raise KnownError(ErrorKind.OFFLINE, why="ended")
        except (OSError, HTTPError, ValueError) as error:
            raise KnownError(ErrorKind.OFFLINE, why=type(error).__name__) from error

    def close(self) -> None:
        """Close every kept connection."""
        self._connections.close()

    def _ask(
        self, method: str, path: str, body: bytes, headers: Mapping[str, str] | None
    ) -> "requests.Response":
        """A reply of which the body is still to be read."""
        from requests import Request

        request = Request(method, self._address + path, data=body or None, headers=self._headers(headers))
        return self._connections.send(
            request.prepare(),
            timeout=(CONNECT_SECONDS, READ_SECONDS),
            stream=True,
            verify=self._certificate or True,
        )

    def _headers(self, more: Mapping[str, str] | None) -> dict[str, str]:
        from urllib3.util import SKIP_HEADER

        # Without a wish every coding is left out but ours.
        headers = {"User-Agent": SKIP_HEADER, "Accept-Encoding": SKIP_HEADER, **(more or {})}
        if self.token is not None:
            headers["Authorization"] = f"Bearer {self.token}"
        return headers


class Server:
    """What the desk asks of the server, as messages over any Net."""

    def __init__(self, net: HttpNet) -> None:
        self._net = net
        self.received = 0
        """Bytes of bodies so far, as they travel."""

    def exchange(self, request: "RoundRequest") -> "RoundReply":
        """One request of a round and its reply; ValueError for what is not the server's to do."""
        match request:
            case PushRequest():
                return self._message("/sync/push", request, PushReply)
            case PullRequest():
                return self._message("/sync/pull", request, PullReply)
            case CompareRequest():
                return self._message("/sync/compare", request, CompareReply)
            case RenewRequest():
                return self._message("/sync/device", request, RenewReply)
            case ReadyRequest():
                return self._message("/sync/ready", request, ReadyReply)
            case _:
                raise ValueError(type(request).__name__)

    def take(self, request: TakeRequest) -> TakeReply:
        """Ask for tasks out of the team's pool."""
        return self._message("/sync/take", request, TakeReply)

    def use_token(self, token: str) -> None:
        """From now on this desk is the device that the token stands for."""
        self._net.token = token

    def sign_in(self, login: str, password: str, device: bytes, device_name: str) -> Granted:
        """Sign in on this device; the token is used from then on."""
        body = {
            "login": login,
            "password": password,
            "device": device.hex(),
            "device_name": device_name,
            "app": VERSION,
        }
        granted = self._json("/api/v1/sign-in", body, Granted)
        self._net.token = granted.token
        return granted

    def make_calendar(self) -> str:
        """A new private address of one's own calendar; an earlier one ends."""
        return self._net.url(self._json("/api/v1/calendar", {}, CalendarPath).path)

    def end_calendar(self) -> None:
        """One's calendar is read by nobody any more."""
        reply = self._net.send("DELETE", "/api/v1/calendar")
        if reply.status != 204:
            raise problem_of(reply, {})

    def say_wiped(self) -> None:
        """Tell that this desk has deleted its store, as it was told to. To be told is not needed for it to be so."""
        with suppress(KnownError):
            self._net.send("POST", "/api/v1/wiped")

    def _json(self, path: str, body: Mapping[str, str], shape: type[Message]) -> Message:
        reply = self._net.send("POST", path, json.dumps(body).encode(), {"Content-Type": "application/json"})
        try:
            if reply.status == 200:
                return msgspec.json.decode(reply.body, type=shape)
            content = json.loads(reply.body)
        except (msgspec.DecodeError, ValueError):
            content = None
        raise problem_of(reply, content if isinstance(content, dict) else {})

    def _message(self, path: str, message: msgspec.Struct, shape: type[Message]) -> Message:
        plain = encode(message)
        body = zstandard.ZstdCompressor(level=1, dict_data=_words(dictionary.WORDS)).compress(plain)
        headers = {"Content-Type": MESSAGE, "Content-Encoding": dictionary.CODING}
        reply = self._net.send("POST", path, body, headers)
        self.received += len(reply.body)
        if reply.headers.get("content-type") != MESSAGE:
            raise problem_of(reply, {})
        content = _inflated(reply, plain)
        if reply.status == 200:
            return decode(content, shape)
        try:
            problem = decode(content, Problem)
        except KnownError:
            raise problem_of(reply, {}) from None
        raise problem_of(reply, {"kind": problem.kind, "values": problem.values})


def _words(content: bytes) -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(content, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def _inflated(reply: Reply, request: bytes) -> bytes:
    """The plain body of the reply to a request."""
    if reply.headers.get("content-encoding") != dictionary.CODING:
        return reply.body
    try:
        # The bound below holds only for frames that do not say how large they are.
        if zstandard.frame_content_size(reply.body) > LARGEST_REPLY:
            raise KnownError(ErrorKind.MALFORMED, what="size")
        unfolding = zstandard.ZstdDecompressor(_words(dictionary.of_reply(request)))
        return unfolding.decompress(reply.body, max_output_size=LARGEST_REPLY)
    except zstandard.ZstdError as error:
        raise KnownError(ErrorKind.OFFLINE, why="torn") from error


def _retry_after(headers: Mapping[str, str]) -> int:
    """How many seconds the server asks to be left alone for; 0 when it does not say, or gives a date."""
    asked = headers.get("Retry-After", "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0


def problem_of(reply: Reply, content: Mapping[str, Any]) -> KnownError:
    """The server's error as ours: what it names, else a failing server (5xx) or no Huifang server at all."""
    kind = content.get("kind")
    if kind in list(ErrorKind):
        values = content.get("values")
        return KnownError(ErrorKind(kind), **(values if isinstance(values, dict) else {}))
    failing = reply.status >= 500
    return KnownError(ErrorKind.SERVER_FAILED if failing else ErrorKind.NOT_A_SERVER, status=reply.status)
