"""The server as a process of its own: what it acknowledged survives its death; TLS is spoken when files are given."""

import ipaddress
import socket
import ssl
import subprocess
import sys
import urllib.request
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from server_sync.domain.commands import Actor, AddNote
from server_sync.domain.model import Role
from server_sync.domain.wire.codec import decode, encode, encode_arguments
from server_sync.domain.wire.messages import Mutation, PullReply, PullRequest, PushRequest
from server_sync.store.changes import write
from server_sync.store.database import Database
from tests.server_sync.http.conftest import DESK, NUMBERS, results_of
from tests.server_sync.organisation import NOW, seed
from tests.servers import Caller, ServerProcess, add_person
from tests.warm import ROOT


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")
def test_what_was_acknowledged_survives_a_kill_and_a_repeated_push_does_nothing_twice(
    live_server: ServerProcess,
) -> None:
    database = Database(live_server.database_url)
    organisation = seed(database)
    agent = Actor(add_person(database, team="北区"), Role.AGENT, organisation.north)
    customer = organisation.customer(organisation.north)
    with database.write(NOW) as tx:
        write(tx, [customer, organisation.task(customer, agent)])
    database.close()
    notes = [AddNote(organisation.ids.new(), customer.row_id, f"第 {number} 次", NOW) for number in range(50)]
    mutations = [
        Mutation(mid=mid, command=note.name, args=encode_arguments(note), at=NOW)
        for mid, note in enumerate(notes, start=1)
    ]
    push = encode(PushRequest(**NUMBERS, device=DESK, request=1, mutations=mutations))
    caller = Caller(live_server.address)
    assert caller.sign_in(device=DESK).status == 200
    first = caller.post("/sync/push", push)
    assert set(results_of(first)) == {("accepted", None)}

    live_server.kill()
    live_server.start()

    again = caller.post("/sync/push", push)
    assert results_of(again) == results_of(first)
    pull = PullRequest(**NUMBERS, device=DESK, request=1, epoch=None, cursor={})
    page = decode(caller.post("/sync/pull", encode(pull)).body, PullReply)
    texts = page.tables["activity"].columns.index("text")
    assert sorted(row[texts] for row in page.tables["activity"].rows) == sorted(note.text for note in notes)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no such limit")
def test_the_server_may_open_more_than_the_system_gives_to_begin_with(
    live_sqlite_server: ServerProcess,
) -> None:
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    live_sqlite_server.stop()
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
    try:
        live_sqlite_server.start()
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    place = urlsplit(live_sqlite_server.address)
    with ExitStack() as opened:
        for _ in range(300):
            opened.enter_context(socket.create_connection((place.hostname, place.port)))
        assert Caller(live_sqlite_server.address).get("/healthz").status == 200


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate of 127.0.0.1, signed by itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "huifang")])
    start = datetime(2020, 1, 1, tzinfo=UTC)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=36_500))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert_file, key_file = folder / "cert.pem", folder / "key.pem"
    cert_file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    pem = serialization.Encoding.PEM
    key_file.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    return cert_file, key_file


def test_with_a_certificate_the_server_speaks_tls(sqlite_url: str, tmp_path: Path) -> None:
    cert, key = make_certificate(tmp_path)
    command = [sys.executable, "-m", "server_sync", "serve", "--port", "0", "--database", sqlite_url]
    files = ["--tls-cert", str(cert), "--tls-key", str(key)]
    with subprocess.Popen([*command, *files], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            word, address = process.stdout.readline().split()
            assert (word, address[:8]) == ("ready", "https://")
            trust = ssl.create_default_context(cafile=str(cert))
            with urllib.request.urlopen(f"{address}/healthz", context=trust) as reply:
                assert reply.status == 200
        finally:
            process.terminate()
