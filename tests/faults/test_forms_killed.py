"""A form whose desk dies by SIGKILL at every point of its filling-in goes on at the same question, with all that was
said to be saved and in the version it was begun in, through the real store."""

import sys
from contextlib import closing
from pathlib import Path

import pytest

from agent_app.actions.answer_files import find_file, read_file
from agent_app.actions.calls import WrapUp, finish_call, start_call
from agent_app.actions.guides import hand_in, kept_guide
from agent_app.ports import SEALED_BLOCK
from agent_app.store import attachments
from agent_app.store.database import open_store
from agent_app.store.tables import ALL
from agent_app.sync.attachments import Transfers
from agent_app.ui.forms.recordings import heard
from server_sync.domain.clock import SystemClock
from server_sync.domain.commands import Insert
from server_sync.domain.forms.audit import times
from server_sync.domain.forms.publishing import publish
from tests.agent_app.desk import KEY, TIMEZONE
from tests.agent_app.features.workplace import FORM_VERSION, Workplace, open_workplace
from tests.faults.form_sitting import fill_in, load, photo_of, record
from tests.faults.processes import Child
from tests.server_sync.organisation import NOW

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")

QUESTIONS = 20
TABLE = "| survey | | | |\n| | type | name | label |\n" + "".join(
    f"| | text | q{number} | 第 {number} 题 |\n" for number in range(1, QUESTIONS + 1)
)
XFORM = publish(TABLE.encode(), "twenty.md").xform_xml
PHOTOS = 8
PHOTO_TABLE = "| survey | | | |\n| | type | name | label |\n" + "".join(
    f"| | image | p{number} | 照片 {number} |\n" for number in range(1, PHOTOS + 1)
)
PHOTOS_XFORM = publish(PHOTO_TABLE.encode(), "photos.md").xform_xml
NEWER = {"id": b"guide-version-02", "form_id": b"form-of-guide-01", "version": "2", "xform": "<html/>"}


def publish_newer(place: Workplace) -> None:
    """A new version comes from the server, for the task too."""
    place.company.put(Insert("form_version", NEWER | {"published_at": NOW}))
    with place.company.store.write() as connection:
        connection.exec_driver_sql("UPDATE task SET form_version_id = ?", (NEWER["id"],))


def test_a_form_killed_at_every_point_resumes_at_its_question_and_is_handed_in_whole(tmp_path: Path) -> None:
    place = open_workplace(tmp_path, XFORM)
    task_id = place.task.row_id
    place.company.store.close()
    saved, at, kills = dict[str, str](), 1, 0
    while at <= QUESTIONS:
        child = Child(fill_in, tmp_path, task_id)
        number, answers = child.hear() or (None, {})
        given = {path: value for path, value in answers.items() if "/q" in path}
        assert given.items() >= saved.items()
        assert given.items() <= {f"/data/q{n}": f"答 q{n}" for n in range(1, at + 1)}.items()
        # Whoever was killed while he turned the page may have turned it.
        at = number or QUESTIONS + 1
        assert at == len(saved) + 1 or (at == len(saved) and f"/data/q{at}" in saved)
        end = ("answer", "turn", "turned")[kills % 3]
        if at <= QUESTIONS and end != "answer":
            (path,) = child.ask("answer")
            saved[path] = f"答 q{at}"
        if end == "turned":
            at += child.ask("turn") == (path,)
        else:
            child.tell(end)
        child.kill()
        kills += 1
        if kills == QUESTIONS // 2:
            with closing(open_store(tmp_path, KEY, ALL)) as store:
                place.company.store = store
                publish_newer(place)
    assert kills >= QUESTIONS
    with closing(open_store(tmp_path, KEY, ALL)) as store:
        place.company.store = store
        desk = place.company.desk(place.agent)
        handed = hand_in(load(desk, task_id), SystemClock().now(), TIMEZONE)
        assert handed.answers is not None
        assert (handed.answered, handed.unanswered, handed.answers.complete) == (QUESTIONS, 0, True)
        assert handed.answers.form_version_id == FORM_VERSION
        assert "form resume" in [row[0] for row in handed.answers.audit]
        assert times(handed.answers.audit).keys() == saved.keys()
        attempt_id, customer_id = desk.ids.new(), place.customer.row_id
        start_call(desk, attempt_id, task_id, customer_id, place.number.row_id)
        finish_call(desk, WrapUp(task_id, customer_id, attempt_id, "1.1", answers=handed.answers))
        assert place.company.rows("SELECT count(*), (SELECT count(*) FROM draft) FROM response") == [(1, 0)]


@pytest.mark.parametrize("pieces", [3, 8, 9, 21])
def test_a_recording_killed_at_any_moment_is_there_up_to_its_last_seconds_and_nowhere_in_plain(
    pieces: int, tmp_path: Path
) -> None:
    table = "| survey | | | |\n| | type | name | label |\n| | audio | said | 说吧 |\n"
    place = open_workplace(tmp_path, publish(table.encode(), "sound.md").xform_xml)
    place.company.store.close()
    child = Child(record, tmp_path, place.task.row_id, "/data/said")
    assert child.hear() == ("ready",)
    said = b""
    for number in range(pieces):
        told = b"".join((number * 5_000 + at).to_bytes(4, "little") for at in range(5_000))
        said += told
        if number == pieces - 1:
            child.tell("hear", told)  # killed somewhere within its piece
        else:
            child.ask("hear", told)
    child.kill()
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or said[2_000:2_032] not in file.read_bytes()
    with closing(open_store(tmp_path, KEY, ALL)) as store:
        place.company.store = store
        with store.write() as connection:
            Transfers(place.files).start(connection)
        kept = kept_guide(load(place.company.desk(place.agent), place.task.row_id))
        back = b""
        for sealed in kept.recordings.values():
            with store.read() as connection:
                local = attachments.load(connection, sealed.attachment_id)
            assert local is not None
            back = heard(place.files, local)
        assert said.startswith(back)
        before_the_last = len(said) - 20_000
        assert len(back) >= before_the_last // SEALED_BLOCK * SEALED_BLOCK
        assert len(place.files.names()) == len(kept.recordings)


def test_a_form_killed_while_photos_are_taken_keeps_those_that_were_saved_and_nothing_else(
    tmp_path: Path,
) -> None:
    place = open_workplace(tmp_path, PHOTOS_XFORM)
    task_id = place.task.row_id
    place.company.store.close()
    saved: dict[str, str] = {}
    for kill in range(2 * PHOTOS):
        child = Child(fill_in, tmp_path, task_id)
        _, answers = child.hear() or (None, {})
        assert {path: name for path, name in answers.items() if "/p" in path}.items() >= saved.items()
        if kill % 2:
            child.tell("answer")  # killed somewhere between the camera and the draft
            child.kill()
            continue
        (path,) = child.ask("answer")
        child.ask("turn")
        child.kill()
        with closing(open_store(tmp_path, KEY, ALL)) as store:
            place.company.store = store
            kept = kept_guide(load(place.company.desk(place.agent), task_id))
            saved[path] = kept.answers[path]
            assert saved[path] in kept.files
            with store.write() as connection:
                Transfers(place.files).start(connection)
            for named in kept.answers.keys() & {f"/data/p{number}" for number in range(1, PHOTOS + 1)}:
                held = kept.files[kept.answers[named]]
                with store.read() as connection:
                    local = find_file(connection, held.customer_id, held.file_name, kept.files)
                assert read_file(place.files, local) == photo_of(named.rpartition("/")[2])
            assert len(place.files.names()) == len(kept.files)
    assert len(saved) >= PHOTOS // 2
