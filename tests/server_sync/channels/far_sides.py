"""Real machines at the other end: an HTTP gateway and a mail server on ports of this machine, and one that hangs."""

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message as Mail
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "127.0.0.1"


@dataclass
class Request:
    """What came in."""

    path: str
    headers: dict[str, str]
    body: str

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Gateway:
    """Answers every POST with `status` and `reply`, and keeps what came."""

    status: int = 200
    reply: bytes = b'{"errcode": 0, "code": 0}'
    requests: list[Request] = field(default_factory=list)
    url: str = ""

    @contextmanager
    def open(self) -> Iterator["Gateway"]:
        """Listen while the block runs."""
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                gateway.requests.append(Request(self.path, dict(self.headers), body))
                self.send_response(gateway.status)
                self.end_headers()
                self.wfile.write(gateway.reply)

            def log_message(self, format: str, *arguments: Any) -> None:
                """Nothing is printed."""

        server = ThreadingHTTPServer((HOST, 0), Handler)
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        self.url = f"http://{HOST}:{server.server_address[1]}/hook"
        try:
            yield self
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


@contextmanager
def hanging(drip: bytes = b"") -> Iterator[int]:
    """A port that takes connections and never comes to an end; with `drip` it sends that again and again."""
    listening = socket.create_server((HOST, 0))
    over = threading.Event()

    def hold() -> None:
        with listening:
            listening.settimeout(0.05)
            taken: list[socket.socket] = []
            while not over.is_set():
                with suppress(TimeoutError):
                    taken.append(listening.accept()[0])
                for one in list(taken) if drip else ():
                    try:
                        one.sendall(drip)
                    except OSError:
                        taken.remove(one)
                        one.close()
            for one in taken:
                one.close()

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        over.set()
        thread.join()


@contextmanager
def breaking_off(answer: bytes) -> Iterator[int]:
    """A port that takes one connection, reads what comes, says something and closes."""
    with socket.create_server((HOST, 0)) as listening:

        def say() -> None:
            taken, _ = listening.accept()
            with taken:
                taken.recv(1 << 16)
                taken.sendall(answer)

        thread = threading.Thread(target=say)
        thread.start()
        try:
            yield listening.getsockname()[1]
        finally:
            thread.join()


@dataclass
class MailServer:
    """Keeps the mails that came; says `answer` to their content."""

    port: int
    mails: list[Mail] = field(default_factory=list)
    answer: str = "250 taken"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        self.mails.append(message_from_bytes(envelope.content))
        return self.answer


@contextmanager
def mail_server(security: str, certificate: Path, password: str | None = None) -> Iterator[MailServer]:
    """A mail server of one kind of security, that lets in whoever knows the password, if one is given."""

    def sign_in(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
    ) -> AuthResult:
        known = isinstance(data, LoginPassword) and data.password == (password or "").encode()
        return AuthResult(success=known, handled=False)

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    keeper = MailServer(_free_port())
    options: dict[str, Any] = {"server_hostname": "test"}
    if security == "starttls":
        options |= {"tls_context": context, "require_starttls": True}
    if password is not None:
        options |= {"authenticator": sign_in, "auth_required": True}
    sealed: dict[str, Any] = {"ssl_context": context} if security == "ssl" else {}
    controller = Controller(keeper, hostname=HOST, port=keeper.port, **sealed, **options)
    controller.start()
    try:
        yield keeper
    finally:
        controller.stop()


def write_certificate(path: Path) -> None:
    """A self-signed certificate of this machine, with its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    start = datetime.now(UTC) - timedelta(days=1)  # noqa: TID251  # TLS asks the machine's own clock
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(HOST))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    key_bytes = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(certificate.public_bytes(pem) + key_bytes)


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as free:
        port: int = free.getsockname()[1]
        return port
