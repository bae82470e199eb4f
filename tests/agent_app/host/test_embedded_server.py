"""A server of one's own answers while its owner lives, and ends with it, however that ends."""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from agent_app.host.embedded_server import EmbeddedServer
from server_sync.domain.errors import ErrorKind, KnownError

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 60
OWNER = """
import sys, time
from pathlib import Path
from agent_app.host.embedded_server import EmbeddedServer
server = EmbeddedServer(Path(sys.argv[1]))
print(server.address, flush=True)
time.sleep(600)
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    file = tmp_path / "own.db"
    command = [sys.executable, "-m", "server_sync", "init", "--database", str(file)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return file


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=PATIENCE) as reply:
            return bool(reply.status == 200)
    except urllib.error.URLError:
        return False


def test_it_answers_until_it_is_stopped(database: Path) -> None:
    server = EmbeddedServer(database)
    assert answers(server.address)
    server.stop()
    assert not answers(server.address)


def test_a_database_that_is_none_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as refused:
        EmbeddedServer(tmp_path / "nothing.db")
    assert refused.value.kind is ErrorKind.SERVER_FAILED


def test_it_ends_with_an_owner_that_is_killed(database: Path) -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(database)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout is not None
    address = owner.stdout.readline().strip()
    assert answers(address)
    owner.kill()
    owner.wait()
    owner.stdout.close()
    for _ in range(PATIENCE * 10):
        if not answers(address):
            return
        time.sleep(0.1)
    pytest.fail("the server goes on without its owner")
