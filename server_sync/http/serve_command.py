"""`serve`: answers desks and does the jobs until it is told to stop; the framework is imported only when it runs."""

import argparse
import ipaddress
import signal
import sys
import threading
from contextlib import closing

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.texts import _

PORT = 8040
MOST_WORKERS = 64


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `serve` takes besides --database."""
    parser.add_argument("--host", default="127.0.0.1", help=_("the address to answer at; 0.0.0.0 for all"))
    parser.add_argument("--port", type=int, default=PORT, help=_("the port; 0 takes a free one"))
    parser.add_argument("--tls-cert", metavar="FILE", help=_("certificate chain (PEM)"))
    parser.add_argument("--tls-key", metavar="FILE", help=_("its private key (PEM)"))
    parser.add_argument(
        "--attachments",
        metavar="FOLDER",
        help=_(
            "where photos, recordings and documents lie; else the variable {variable}; else beside the SQLite file, "
            "or in the user's data folder"
        ).format(variable="HUIFANG_ATTACHMENTS"),
    )
    parser.add_argument(
        "--workers",
        type=int,
        default=1,
        metavar="N",
        help=_("processes that answer; more than one on PostgreSQL"),
    )
    parser.add_argument(
        "--until-input-ends",
        action="store_true",
        help=_("stop when standard input ends, as it does with the program that started this one"),
    )


def run(options: argparse.Namespace) -> int:
    """Serve. Standard output has one line, "ready ADDRESS"; the log goes to standard error.

    Raises KnownError OUT_OF_RANGE, WORKERS_NEED_POSTGRESQL, ADDRESS_UNAVAILABLE {address} or CERTIFICATE_UNREADABLE
    {file}.
    """
    from server_sync.domain.clock import SystemClock
    from server_sync.http import logs, serving, workers

    clock = SystemClock()
    check_workers(options.workers, options.database)
    warning = connections_warning(options.workers, options.database)
    if warning is not None:
        print(warning, file=sys.stderr)
    place = serving.Place(options.host, options.port, options.tls_cert, options.tls_key)
    if place.certificate is None and not is_loopback(place.host):
        warning = _("Without --tls-cert passwords and customers travel readable. Put a TLS proxy in front.")
        print(warning, file=sys.stderr)
    serving.check_certificate(place)
    work = workers.Work(options.database, place, options.attachments)
    if options.until_input_ends:
        threading.Thread(target=stop_when_input_ends, name="input", daemon=True).start()
    with serving.listen(place) as listening:
        if options.workers == 1:
            work.do(listening, announce)
            return 0
        logs.start(clock)
        return workers.supervise(work, listening, options.workers, clock, announce)


def check_workers(count: int, database: str) -> None:
    """Raises KnownError OUT_OF_RANGE, or WORKERS_NEED_POSTGRESQL: a SQLite file has one writer, and tells nobody else
    what was written."""
    from server_sync.store.database import Database

    if not 1 <= count <= MOST_WORKERS:
        raise KnownError(ErrorKind.OUT_OF_RANGE, field="workers")
    with closing(Database(database)) as opened:
        if count > 1 and opened.is_sqlite:
            raise KnownError(ErrorKind.WORKERS_NEED_POSTGRESQL)


def connections_warning(count: int, database: str) -> str | None:
    """What to say when the processes may ask PostgreSQL for more connections than it lets them open: under load some
    desks would be told that the server is busy."""
    from server_sync.store.database import MOST_CONNECTIONS, Database
    from server_sync.store.readiness import connections_allowed

    with closing(Database(database)) as opened:
        allowed = connections_allowed(opened)
    wanted = count * MOST_CONNECTIONS
    if allowed is None or wanted <= allowed:
        return None
    words = _(
        "PostgreSQL allows {allowed} connections, {count} processes open up to {wanted}: raise max_connections, "
        "or start fewer workers."
    )
    return words.format(allowed=allowed, count=count, wanted=wanted)


def announce(address: str) -> None:
    """Say that the server answers: always in these words, for programs that wait for it."""
    print(f"ready {address}", flush=True)


def stop_when_input_ends() -> None:
    """Read to the end of standard input, which comes even when its other end is killed; then stop as if told to."""
    while sys.stdin.buffer.read(4096):
        pass
    signal.raise_signal(signal.SIGTERM)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine alone."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
