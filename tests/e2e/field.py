"""A field visitor of the world: his twelve visits, his computer with a clock of its own, and his hands at the kit."""

import copy
import hashlib
import wave
from functools import partial
from io import BytesIO
from pathlib import Path

from PySide6.QtGui import QImage
from sqlalchemy import select

from agent_app.actions.attachments import Made
from agent_app.ports import SOUND_RATE, Route
from agent_app.ui.forms.presenter import FormPresenter
from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.commands import Change, Insert
from server_sync.domain.model import Channel, Purpose, TaskState, customer, form, person
from server_sync.store.changes import write
from server_sync.store.database import Database
from tests.e2e.desk import Seat
from tests.e2e.shifted_clock import ShiftedClock
from tests.e2e.story import desk_rows
from tests.e2e.world import World

VISITOR, TEAM, PASSWORD = "visitor01", "外勤组", "a password for visits"
VISITS, MACHINES = 12, 3
KILLED_AT = 18
PHOTO = 2 << 20
"""Bytes of a photo at least: several pieces on their way up."""
WIDTH, HEIGHT = 1_600, 1_200
PHOTOS = ("front", "plate", "floor", "parts")
ANSWERS = {
    "met": "y",
    "who": "接待人甲",
    "usage": "fine",
    "mood": "good",
    "staff": "6",
    "praise": "响应快",
    "complaint": "噪音大",
    "need": "扩产",
    "rival": "n",
    "count": str(MACHINES),
    "model": "甲型",
    "hours": "1200",
    "runs": "fine",
}


def hand_out_visits(world: World) -> list[bytes]:
    """A team of visitors, a form, and one visit to each of twelve customers, all due today; returns the tasks."""
    added = ("user", "add", VISITOR, "--name", "外勤 01", "--team", TEAM, "--password-stdin")
    world.command(*added, stdin=PASSWORD)
    world.command("forms", "publish", str(Path(__file__).with_name("field_visit.md")))
    world.people["visitor"] = {"login": VISITOR, "password": PASSWORD}
    now = world.clock.now()
    database = Database(str(world.database))
    try:
        with database.write(now) as tx:
            ask = tx.connection.execute
            ((visitor, team),) = ask(select(person.c.id, person.c.team_id).where(person.c.login == VISITOR))
            version = ask(select(form.c.current_version_id).where(form.c.code == "field_visit")).scalar_one()
            found = select(customer.c.id).order_by(customer.c.code).limit(VISITS)
            tasks: list[Change] = []
            for place, customer_id in enumerate(ask(found).scalars()):
                tasks.append(
                    Insert(
                        "task",
                        {
                            "id": hashlib.blake2b(b"visit" + bytes([place]), digest_size=16).digest(),
                            "customer_id": customer_id,
                            "form_version_id": version,
                            "team_id": team,
                            "assignee_id": visitor,
                            "in_pool": False,
                            "state": TaskState.OPEN,
                            "purpose": Purpose.SERVICE,
                            "channel": Channel.VISIT,
                            "reason": "batch",
                            "reason_values": {"batch": "重点客户走访", "label": "走访"},
                            "priority": 50,
                            "available_at": now - HOUR,
                            "due_at": now + 6 * HOUR + place,
                            "dedupe_key": f"field visit {place}",
                            "created_at": now - HOUR,
                        },
                    )
                )
            write(tx, tasks)
    finally:
        database.close()
    return [change.row_id for change in tasks]


def away_from(world: World) -> World:
    """The same world for a computer whose clock is a day ahead."""
    away = copy.copy(world)
    away.clock = ShiftedClock(world.folder / "device-clock")
    if not (world.folder / "device-clock").exists():
        away.clock.set(world.clock.now() + DAY)
    return away


def open_visit(seat: Seat, task: bytes) -> None:
    """From the list of visits, until its kit is there."""
    seat.desk.go(Route("visits"))
    seat.desk.visits.presenter.on_chosen(task)
    seat.until(lambda: seat.desk.guide.presenter.filling is not None)
    seat.settle()


def check_in(seat: Seat, typed: str) -> None:
    """F5, and the position by hand."""
    seat.press("F5")
    seat.until(lambda: seat.desk.guide.presenter.state.call.attempt_id is not None)
    seat.desk.guide.presenter.on_position_typed(typed)
    seat.until(lambda: seat.desk.guide.presenter.state.place is not None)
    seat.settle()


def answer(seat: Seat, folder: Path, questions: int) -> int:
    """Answer so many questions, one a page, and go on behind each; returns how many there were."""
    presenter = seat.desk.guide.presenter
    for number in range(questions):
        page = asked(presenter)
        if page is None:
            return number
        path, name = page
        if name in ANSWERS:
            presenter.on_answered(path, ANSWERS[name])
        else:
            presenter.on_file_given(path, partial(given, name, folder))
            seat.until(partial(_is_answered, presenter, path))
        presenter.on_next()
        seat.settle()
    return questions


def given(name: str, folder: Path) -> Path | Made:
    """What is recorded, photographed or signed at the customer's."""
    if name == "remark":
        return Made("remark.wav", sound(name))
    photo = folder / f"{name}.jpg"
    if name == "signature":
        signed = folder / "signature.png"
        picture(name, 300, 100).save(str(signed))
        return Made(signed.name, signed.read_bytes())
    if not photo.exists():
        picture(name, WIDTH, HEIGHT).save(str(photo), quality=95)
        assert photo.stat().st_size > PHOTO
    return photo


def picture(name: str, width: int, height: int) -> QImage:
    """Noise, which no format makes small; the same for the same name."""
    dots = hashlib.shake_256(name.encode()).digest(3 * width * height)
    return QImage(dots, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def sound(name: str) -> bytes:
    """Two seconds of noise."""
    written = BytesIO()
    with wave.open(written, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SOUND_RATE)
        file.writeframes(hashlib.shake_256(name.encode()).digest(4 * SOUND_RATE))
    return written.getvalue()


def asked(presenter: FormPresenter) -> tuple[str, str] | None:
    """Path and name of the question on the screen; None behind the last."""
    assert presenter.filling is not None
    page = presenter.filling.session.page
    if page is None:
        return None
    question = page.questions[0]
    return question.path, question.name


def _is_answered(presenter: FormPresenter, path: str) -> bool:
    return presenter.filling is not None and path in presenter.filling.session.answers()


def stage(seat: Seat, task: bytes) -> str:
    """How far a visit is, as the list says it."""
    seat.desk.visits.presenter.start()
    seat.settle()
    visits = {one.id: one for one in seat.desk.visits.presenter.state.shown.visits}
    return visits[task].stage.value


def files_left(seat: Seat) -> int:
    """How many files are still to go up."""
    ((count,),) = desk_rows(seat, "SELECT count(*) FROM attachment_file WHERE state = 'sending'")
    return int(count)
