"""A desk in a process of its own on which a form is filled in, one step at a time, until it is killed."""

from functools import partial
from pathlib import Path
from typing import Any

from agent_app.actions.answer_files import seal_answer
from agent_app.actions.attachments import Made, begin_attachment
from agent_app.actions.desk import Desk
from agent_app.actions.drafts import save_draft
from agent_app.actions.guides import content, kept_guide, read_guide, resume
from agent_app.actions.session import DeskSession
from agent_app.actions.sittings import Sitting, question_number
from agent_app.host.sealed_files import SealedFolder
from agent_app.store.attachments import FileState, LocalFile
from agent_app.store.database import open_store
from agent_app.store.queries import task_sheet
from agent_app.store.queries.task_sheet import TaskSheet
from agent_app.store.tables import ALL
from agent_app.ui.forms.recordings import Recordings
from server_sync.domain.clock import SystemClock
from server_sync.domain.forms.definition import QuestionKind
from server_sync.domain.forms.pages import QuestionState
from server_sync.domain.ids import SystemIds
from server_sync.domain.rules.settings import DEFAULTS
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import KEY, TIMEZONE
from tests.server_sync.organisation import Organisation


def fill_in(pipe: Any, folder: Path, task_id: bytes) -> None:
    """It says at which question it resumes, with which answers; told to "answer" or to "turn" the page, it says so when
    that is on the disk."""
    clock, agent = SystemClock(), Organisation().north_agents[0]
    desk = Desk(open_store(folder, KEY, ALL), clock, SystemIds(clock), agent, bytes(16))
    sheet = load(desk, task_id)
    assert sheet.guide is not None
    kept = kept_guide(sheet)
    filling = resume(read_guide(sheet.guide.xform), kept, sheet, clock.now(), TIMEZONE, "zh")
    sitting = Sitting(
        filling, kept, sheet.guide.form_version_id, sheet.customer_id, clock.now(), clock.monotonic
    )
    pipe.send((question_number(filling), filling.answers()))
    while filling.page is not None:
        [question] = filling.page.questions
        (order,) = pipe.recv()
        if order == "answer":
            photo = question.kind is QuestionKind.FILE
            filling.answer(question.path, _photo(desk, sitting, question) if photo else f"答 {question.name}")
        else:
            filling.next()
        sitting.followed()
        save_draft(desk, task_id, sheet.customer_id, sitting.version_id, None, content(sitting.draft()))
        pipe.send((question.path,))
    pipe.recv()


def record(pipe: Any, folder: Path, task_id: bytes, path: str) -> None:
    """Told to "hear" samples, it says so when it has taken them."""
    clock, agent = SystemClock(), Organisation().north_agents[0]
    desk = Desk(open_store(folder, KEY, ALL), clock, SystemIds(clock), agent, bytes(16))
    sheet = load(desk, task_id)
    assert sheet.guide is not None
    kept, version_id = kept_guide(sheet), sheet.guide.form_version_id
    filling = resume(read_guide(sheet.guide.xform), kept, sheet, clock.now(), TIMEZONE, "zh")
    sitting = Sitting(filling, kept, version_id, sheet.customer_id, clock.now(), clock.monotonic)
    session = DeskSession(desk, ImmediateWork(), lambda _: None, TIMEZONE)
    recordings = Recordings(session, SealedFolder(desk.store.file.parent / "attachments"))

    def keep(held: Sitting) -> None:
        save_draft(desk, task_id, sheet.customer_id, version_id, None, content(held.draft()))

    pipe.send(("ready",))
    while True:
        _, samples = pipe.recv()
        recordings.hear(sitting, path, samples, keep)
        pipe.send((len(samples),))


def photo_of(name: str) -> bytes:
    """What answers the question of this name, where it asks for a photo."""
    return b"\xff\xd8\xff\xe0" + name.encode() * 20_000


def _photo(desk: Desk, sitting: Sitting, question: QuestionState) -> str:
    """Take a photo in; the answer that names it is still to be saved."""
    files = SealedFolder(desk.store.file.parent / "attachments")
    ids = desk.ids
    file = LocalFile(ids.new(), sitting.customer_id, ids.new().hex(), files.new_key(), FileState.WRITING)
    begin_attachment(desk, file)
    give = partial(Made, "a.jpg", photo_of(question.name))
    sealed = seal_answer(files, file, question, give, DEFAULTS["attachments"])
    sitting.files[sealed.file_name] = sealed
    return sealed.file_name


def load(desk: Desk, task_id: bytes) -> TaskSheet:
    """The task as the desk holds it."""
    with desk.store.read() as connection:
        sheet = task_sheet.load(connection, task_id)
    assert sheet is not None
    return sheet
