"""One process of the server: its socket, the web application, the worker of jobs; started and stopped in order."""

import signal
import socket
import ssl
import sys
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType

import uvicorn

from server_sync import background
from server_sync.channels.courier import Courier
from server_sync.domain.clock import Clock
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import Ids
from server_sync.http import limits
from server_sync.http.app import create_app
from server_sync.http.streams import Streams
from server_sync.jobs.worker import Worker
from server_sync.store.attachment_files import AttachmentFiles
from server_sync.store.database import Database

BACKLOG = 2048
# Longer than a desk's pause between two looks, so that it needs no new connection for each.
KEEP_ALIVE_SECONDS = 75
# For what is at work when the server is told to stop.
STOP_SECONDS = 10
# One that waits for a channel does not hold up the other.
COURIERS = 2
EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}


@dataclass(frozen=True)
class Place:
    """Where to answer. `certificate` and `key`: PEM files, both or none."""

    host: str
    port: int
    certificate: str | None
    key: str | None

    @property
    def scheme(self) -> str:
        return "https" if self.certificate is not None else "http"


def serve(
    database: Database,
    clock: Clock,
    ids: Ids,
    place: Place,
    listening: socket.socket,
    files: AttachmentFiles,
    announce: Callable[[str], None],
) -> None:
    """Answer at a socket of the place until SIGTERM or SIGINT; then finish what is at work.

    When all is ready `announce` hears the address, with the port that was taken for port 0.
    """
    allow_open_files(limits.OPEN_FILES)
    streams = Streams()
    config = uvicorn.Config(
        create_app(database, clock, ids, streams, files),
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        ws="none",
        lifespan="on",
        limit_concurrency=limits.CONNECTIONS,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
        ssl_certfile=place.certificate,
        ssl_keyfile=place.key,
    )
    worker = Worker(database, clock, background.handlers(ids, files))
    loops = [worker, *(Courier(database, clock) for _ in range(COURIERS))]
    with database.write(clock.now()) as tx:
        background.begin(tx)
    for loop in loops:
        loop.start()
    try:
        Server(config, streams, address_of(place, listening), announce).run([listening])
    finally:
        for loop in loops:
            loop.stop()


class Server(uvicorn.Server):
    """uvicorn with an announcement, an end that open live streams do not delay, and a clean exit code."""

    def __init__(
        self, config: uvicorn.Config, streams: Streams, address: str, announce: Callable[[str], None]
    ) -> None:
        super().__init__(config)
        self._streams = streams
        self._address = address
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._announce(self._address)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._streams.close()
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop; told so again by the keyboard, without waiting. The signal ends nothing else: the exit code is 0."""
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True


def allow_open_files(most: int) -> None:
    """Let this process have so many files and connections open, as far as the system lets it: what it gives to begin
    with (1,024 on most) is less than the desks of one company."""
    if sys.platform == "win32":  # which knows no such limit
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def listen(place: Place) -> socket.socket:
    """A socket that listens at the place. Raises KnownError ADDRESS_UNAVAILABLE {address}."""
    try:
        if not 0 <= place.port < 1 << 16:  # the system would take the rest of a division
            raise OverflowError
        family, kind, protocol, _, address = socket.getaddrinfo(
            place.host or None, place.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, protocol)
        try:
            if sys.platform != "win32":  # where it would let two processes share a port
                listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
            listening.listen(BACKLOG)
            listening.setblocking(False)
        except OSError:
            listening.close()
            raise
    except (OSError, UnicodeError, OverflowError) as error:
        raise KnownError(ErrorKind.ADDRESS_UNAVAILABLE, address=f"{place.host}:{place.port}") from error
    return listening


def address_of(place: Place, listening: socket.socket) -> str:
    """The address by which this machine reaches the server."""
    host = EVERYWHERE.get(place.host, place.host)
    port: int = listening.getsockname()[1]
    return f"{place.scheme}://{f'[{host}]' if ':' in host else host}:{port}"


def check_certificate(place: Place) -> None:
    """Raises KnownError CERTIFICATE_UNREADABLE {file}; to be called before anything is opened."""
    if place.certificate is None and place.key is None:
        return
    if place.certificate is None:
        raise KnownError(ErrorKind.CERTIFICATE_UNREADABLE, file=place.key)
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(place.certificate, place.key)
    except (OSError, ssl.SSLError) as error:
        raise KnownError(ErrorKind.CERTIFICATE_UNREADABLE, file=place.certificate) from error
