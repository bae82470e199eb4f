"""Files over real HTTP to real server processes that are killed in the midst, and to two that share one folder (F1)."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from agent_app.actions.answer_files import seal_answer
from agent_app.actions.attachments import Made, begin_attachment
from agent_app.actions.calls import Answers, WrapUp, finish_call, start_call
from agent_app.sync.attachments import PIECE
from agent_app.sync.carrier import Carrier
from agent_app.sync.client import HttpNet, Server
from server_sync.domain.clock import SystemClock
from server_sync.domain.commands import Actor
from server_sync.domain.forms.definition import QuestionKind
from server_sync.domain.forms.pages import QuestionState
from server_sync.domain.ids import SystemIds
from server_sync.domain.model import Role
from server_sync.domain.rules.settings import DEFAULTS
from server_sync.store.attachment_files import AttachmentFiles
from server_sync.store.changes import write
from server_sync.store.database import Database
from tests.agent_app.sync.attachments.road import FilesDesk, arrived, customer_of, photo
from tests.agent_app.sync.office import HandClock, Seat
from tests.server_sync.organisation import seed
from tests.servers import PASSWORD, ServerProcess, add_person

CONTENT = photo(5 * PIECE + 777)


@dataclass
class Scene:
    """A desk with one customer, whose files go to a real server."""

    server: ServerProcess
    desk: FilesDesk
    net: HttpNet
    folder: AttachmentFiles


def made(server: ServerProcess, folder: Path) -> Iterator[Scene]:
    clock = HandClock(SystemClock().now())
    database = Database(server.database_url)
    organisation = seed(database)
    agent = Actor(add_person(database, team="北区"), Role.AGENT, organisation.north)
    customer = organisation.customer(organisation.north)
    with database.write(clock.at) as tx:
        write(tx, [customer, organisation.task(customer, agent)])
    seat = Seat(folder, database, agent, clock, 1)
    net = HttpNet(server.address)
    Server(net).sign_in("agent01", PASSWORD, seat.device, "desk")
    seat.sync()
    files = AttachmentFiles(server.attachments, SystemIds(clock))
    desk = FilesDesk(seat, files)
    desk.carrier = Carrier(net, desk.files)
    try:
        yield Scene(server, desk, net, files)
    finally:
        seat.store.close()
        net.close()
        database.close()


@pytest.fixture
def scene(live_sqlite_server: ServerProcess, tmp_path: Path) -> Iterator[Scene]:
    yield from made(live_sqlite_server, tmp_path)


@pytest.fixture
def shared(postgresql_url: str, tmp_path: Path) -> Iterator[Scene]:
    server = ServerProcess(postgresql_url, tmp_path / "server.log", tmp_path / "attachments")
    server.start()
    try:
        yield from made(server, tmp_path)
    finally:
        server.stop()


def test_f1_a_file_goes_up_over_http_and_comes_back(scene: Scene) -> None:
    one = scene.desk.attach(customer_of(scene.desk), CONTENT)
    scene.desk.settle()
    assert arrived(scene.folder, one) == CONTENT
    assert scene.desk.state(one) == "complete"
    scene.desk.fetch(one)
    scene.desk.settle()
    assert scene.desk.content(one) == CONTENT


def test_f1_a_server_that_is_killed_again_and_again_gets_the_whole_file(scene: Scene) -> None:
    desk = scene.desk
    one = desk.attach(customer_of(desk), CONTENT)
    desk.seat.sync()
    for steps in (1, 2, 3, 1, 4):
        for _ in range(steps):
            desk.step()
        late = threading.Timer(0.002 * steps, scene.server.kill)
        late.start()
        desk.step()
        desk.step()
        late.join()
        scene.server.start()
        desk.seat.clock.at += 60_000
    desk.settle()
    assert arrived(scene.folder, one) == CONTENT
    assert desk.state(one) == "complete"
    assert list(scene.folder.parts()) == []


def test_f1_two_processes_and_two_senders_make_one_whole_file(shared: Scene, tmp_path: Path) -> None:
    other = ServerProcess(shared.server.database_url, tmp_path / "other.log", shared.server.attachments)
    other.start()
    net = HttpNet(other.address)
    net.token = shared.net.token
    desk = shared.desk
    one = desk.attach(customer_of(desk), CONTENT)
    desk.seat.sync()
    roads = [shared.net, net]
    try:
        threads = [threading.Thread(target=sent, args=(road, one)) for road in roads]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        net.close()
        other.stop()
    desk.settle()
    assert arrived(shared.folder, one) == CONTENT
    assert desk.state(one) == "complete"


def sent(road: HttpNet, attachment_id: bytes) -> None:
    """Send the file as if nobody else did, from wherever the server says."""
    path = f"/sync/attachments/{attachment_id.hex()}"
    tus = {"Tus-Resumable": "1.0.0"}
    for _ in range(60):
        told = road.send("HEAD", path, b"", tus)
        offset = int(told.headers["upload-offset"])
        if told.headers["upload-complete"] == "?1":
            return
        headers = {**tus, "Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
        road.send("PATCH", path, CONTENT[offset : offset + PIECE // 3], headers)


def test_the_files_of_answers_arrive_whole_with_the_answers_that_name_them(scene: Scene) -> None:
    """Four photos, a sound and a signature: recorded in one transaction, each under its response."""
    seat, desk = scene.desk.seat, scene.desk.seat.desk
    [(task_id, customer_id)] = seat.rows("SELECT id, customer_id FROM task")
    assert isinstance(task_id, bytes)
    assert isinstance(customer_id, bytes)
    kept: dict[str, tuple[bytes, bytes]] = {}
    sealed = []
    for number, (question, content) in enumerate(given_files()):
        file = scene.desk.new_file(customer_id)
        begin_attachment(desk, file)
        give = partial(Made, f"{number}{question.name}", content)
        one = seal_answer(scene.desk.files, file, question, give, DEFAULTS["attachments"])
        sealed.append(one)
        kept[one.file_name] = one.attachment_id, content
    attempt_id = desk.ids.new()
    version_id = seat.rows("SELECT id FROM form_version")[0][0]
    assert isinstance(version_id, bytes)
    values = {f"/data/q{number}": name for number, name in enumerate(kept)}
    start_call(desk, attempt_id, task_id, customer_id, None, "visit")
    answers = Answers(version_id, values, complete=True, files=sealed)
    finish_call(desk, WrapUp(task_id, customer_id, attempt_id, "1.1", answers=answers))
    scene.desk.settle()
    for attachment_id, content in kept.values():
        assert arrived(scene.folder, attachment_id) == content
        assert scene.desk.state(attachment_id) == "complete"
    [(response_id,)] = seat.rows("SELECT id FROM response")
    rows = seat.rows("SELECT kind, task_id, attempt_id, response_id FROM attachment ORDER BY kind")
    assert [row[0] for row in rows] == ["photo"] * 4 + ["recording", "signature"]
    assert {row[1:] for row in rows} == {(task_id, attempt_id, response_id)}


def given_files() -> Iterator[tuple[QuestionState, bytes]]:
    """What answers which question; names tell the files' kinds."""
    for number in range(4):
        yield asking(f"photo{number}.jpg", "image"), photo(PIECE + number)
    yield asking("voice.wav", "audio"), b"RIFF\0\0\0\0WAVEfmt " + bytes(PIECE)
    yield asking("sign.png", "image", "signature"), b"\x89PNG\r\n\x1a\n" + bytes(5_000)


def asking(name: str, media: str, *appearance: str) -> QuestionState:
    return QuestionState(
        f"/data/{name}", name, QuestionKind.FILE, name, "", "", "", False, False, (), frozenset(appearance),
        {"mediatype": f"{media}/*"}, None,
    )  # fmt: skip
