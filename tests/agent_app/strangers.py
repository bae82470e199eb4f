"""Something else that answers at a server's address: a network's own sign-in page, a proxy, a server that fails."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Stranger(ThreadingHTTPServer):
    """Answers every request alike; a test sets how. `length`: what it says that the body's length is."""

    status = 200
    headers: dict[str, str]
    body = b"<h1>Welcome to the network</h1>"
    length: int | None = None
    heard: list[tuple[str, str, dict[str, str], bytes]]

    def __init__(self, host: str = "127.0.0.1", port: int = 0) -> None:
        super().__init__((host, port), _Answer)
        self.headers = {"Content-Type": "text/html"}
        self.heard = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def says(self, status: int, kind: str, body: bytes, **headers: str) -> None:
        """Answer like this from now on; `headers` by their names with _ for -."""
        self.status, self.body = status, body
        more = {name.replace("_", "-"): value for name, value in headers.items()}
        self.headers = {"Content-Type": kind, **more}


class _Answer(BaseHTTPRequestHandler):
    server: Stranger

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        told = {name.lower(): value for name, value in self.headers.items()}
        self.server.heard.append((self.command, self.path, told, body))
        self.send_response(self.server.status)
        for name, value in self.server.headers.items():
            self.send_header(name, value)
        length = len(self.server.body) if self.server.length is None else self.server.length
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.wfile.write(self.server.body)

    do_GET = do_POST

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


@contextmanager
def stranger(host: str = "127.0.0.1", port: int = 0) -> Iterator[Stranger]:
    """A stranger that answers inside the block."""
    server = Stranger(host, port)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
