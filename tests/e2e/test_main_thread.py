"""A sitting during which the main thread touches neither the store nor the profile's files: it only draws."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from PySide6.QtGui import QImageReader

from agent_app.ports import Route
from agent_app.store.database import Store
from tests.agent_app.features.customer360.gallery import photo
from tests.e2e.calling import answer_guide, dial, next_customer, save_and_next, wrap_up
from tests.e2e.desk import Seat
from tests.e2e.story import desk_rows, in_step
from tests.e2e.world import World

pytestmark = pytest.mark.usefixtures("qapp")
ROOT = Path(__file__).parents[2]
FILE_EVENTS = {"open", "os.rename", "os.remove", "os.mkdir", "os.listdir", "os.scandir", "os.truncate"}


@dataclass
class Watch:
    """What the program did on the main thread that is for the others; only while `on`."""

    profile: Path
    on: bool = False
    seen: list[str] = field(default_factory=list)

    def note(self, what: str, frame: FrameType | None) -> None:
        """Of two who stand on the same stack, program and test, the nearer one did it."""
        if not self.on or threading.current_thread() is not threading.main_thread():
            return
        while frame is not None:
            file = Path(frame.f_code.co_filename)
            if file.is_relative_to(ROOT / "tests"):
                return
            if file.is_relative_to(ROOT / "agent_app"):
                self.seen.append(f"{what} in {file.relative_to(ROOT)}:{frame.f_lineno}")
                return
            frame = frame.f_back

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Python's own audit events."""
        if self.on and event in FILE_EVENTS and str(self.profile) in str(arguments[0]):
            self.note(f"{event} {arguments[0]}", sys._getframe(2))


_watches: list[Watch] = []


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    for watch in _watches:
        watch.hear(event, arguments)


@cache
def _listen() -> None:
    """Once in a process: an audit hook cannot be taken away again."""
    sys.addaudithook(_audit)


@pytest.fixture
def watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    made = Watch(tmp_path)
    _listen()
    for name in ("read", "write"):
        _report(monkeypatch, made, Store, name)
    _report(monkeypatch, made, QImageReader, "read")
    _watches.append(made)
    yield made
    _watches.remove(made)


def _report(monkeypatch: pytest.MonkeyPatch, watch: Watch, kind: type, name: str) -> None:
    original = getattr(kind, name)

    def reporting(self: Any, *arguments: Any, **named: Any) -> Any:
        watch.note(f"{kind.__name__}.{name}", sys._getframe(1))
        return original(self, *arguments, **named)

    monkeypatch.setattr(kind, name, reporting)


@contextmanager
def watching(watch: Watch) -> Iterator[None]:
    watch.on = True
    yield
    watch.on = False


def test_the_main_thread_touches_neither_store_nor_files(tmp_path: Path, watch: Watch) -> None:
    with World(tmp_path) as world:
        world.make_demo_company()
        world.start_server()
        picture = tmp_path / "现场.jpg"
        picture.write_bytes(photo())
        with Seat(world, tmp_path / "agent") as seat:
            with watching(watch):
                seat.sign_in("agent")
                seat.until(lambda: in_step(seat))
                seat.settle()
                next_customer(seat)
                _attach_and_look(seat, picture)
                dial(seat)
                answer_guide(seat)
                seat.press("F6")
                wrap_up(seat, "1")
                save_and_next(seat)
                for place in ("conflicts", "settings", "queue"):
                    seat.desk.go(Route(place))
                    seat.settle()
                seat.assembly.keep(replace(seat.assembly.settings, theme="dark"))
                seat.window.close()
                seat.settle()
            assert watch.seen == []
        assert '"theme": "dark"' in (tmp_path / "agent" / "settings.json").read_text()


def _attach_and_look(seat: Seat, picture: Path) -> None:
    files = seat.desk.customer.attachments.presenter
    files.on_files_given([picture])
    seat.until(lambda: desk_rows(seat, "SELECT state FROM attachment_file") == [("kept",)])
    [(attachment,)] = desk_rows(seat, "SELECT attachment_id FROM attachment_file")
    files.on_open_asked(attachment)
    seat.until(lambda: seat.question() is not None)
    viewer = seat.question()
    assert viewer is not None
    viewer.close()
    seat.settle()


def test_the_watch_sees_what_is_done_on_the_main_thread(tmp_path: Path, watch: Watch) -> None:
    """It could not fail otherwise."""
    source = f"open({str(tmp_path / 'a')!r}, 'w').close()"
    program = compile(source, str(ROOT / "agent_app" / "planted.py"), "exec")
    with watching(watch):
        exec(program)
        thread = threading.Thread(target=exec, args=(program,))
        thread.start()
        thread.join()
    assert len(watch.seen) == 1
    assert watch.seen[0].endswith("agent_app/planted.py:1")
