"""Files that answer a form: sealed with the draft, resumed after a kill, attached with the answers, gone with them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_app.actions.answer_files import media_of
from agent_app.actions.attachments import Made, begin_attachment, seal
from agent_app.actions.calls import WrapUp, finish_call
from agent_app.actions.guides import hand_in
from agent_app.ports import SEALED_BLOCK, SOUND_RATE
from agent_app.store.attachments import FileState, LocalFile
from agent_app.store.queries import task_sheet
from agent_app.sync.attachments import Transfers
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.definition import QuestionKind
from server_sync.domain.forms.pages import QuestionState
from server_sync.domain.forms.publishing import publish
from server_sync.domain.rules.settings import DEFAULTS
from tests.agent_app.features.call_guide.guide_column import Column, after_a_kill
from tests.agent_app.features.workplace import Workplace, open_workplace
from tests.agent_app.ui.forms.host import files_form

DATA = Path(__file__).parents[5] / "shared" / "data"
JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 500
WAV = b"RIFF\x00\x00\x00\x00WAVEfmt " + bytes(64)
DAMAGED, PHOTO, SIGN, VOICE, PAPER = (
    f"/data/{one}" for one in ("damaged", "photo", "sign", "voice", "paper")
)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    made = open_workplace(tmp_path, files_form())
    yield made
    made.company.store.close()


@pytest.fixture
def column(place: Workplace) -> Column:
    made = Column(place)
    made.presenter.open(place.task.row_id)
    made.presenter.on_answered(DAMAGED, "yes")
    return made


def give(column: Column, path: str, name: str, content: bytes) -> str:
    """Answer with a file; returns the answer."""
    column.presenter.on_file_given(path, lambda: Made(name, content))
    return value(column, path)


def value(column: Column, path: str) -> str:
    return _question(column, path).value


def _question(column: Column, path: str) -> QuestionState:
    filling = column.presenter.filling
    assert filling is not None
    question = filling.session.question(path)
    assert question is not None
    return question


def states(column: Column) -> list[str]:
    return [
        str(row[0]) for row in column.place.company.rows("SELECT state FROM attachment_file ORDER BY state")
    ]


def on_disk(column: Column) -> int:
    """The sealed files after the next round has cleared away what nobody can read."""
    place = column.place
    transfers = Transfers(place.files)
    with place.company.store.write() as connection:
        transfers.start(connection)
    return len(place.files.names())


def wrap_up(column: Column) -> None:
    place = column.place
    desk = place.session.desk
    with place.company.store.read() as connection:
        sheet = task_sheet.load(connection, place.task.row_id)
    assert sheet is not None
    answers = hand_in(sheet, desk.clock.now(), place.session.timezone).answers
    column.presenter.on_dial()
    (attempt_id,) = place.one("SELECT id FROM attempt")
    finish_call(desk, WrapUp(place.task.row_id, place.customer.row_id, attempt_id, "1.1", answers=answers))


def test_the_answer_is_the_name_of_the_file_and_the_draft_holds_it_sealed(column: Column) -> None:
    name = give(column, PHOTO, "IMG_001.JPG", JPEG)
    assert name.startswith("photo-")
    assert name.endswith(".jpg")
    assert states(column) == [FileState.DRAFTED]
    assert all(
        JPEG[:64] not in (column.place.files.folder / one).read_bytes() for one in column.place.files.names()
    )


def test_any_file_keeps_its_own_name_before_the_end_of_its_id(column: Column) -> None:
    assert give(column, PAPER, "合同.pdf", b"%PDF-1.7\n").startswith("合同-")


def test_a_killed_form_comes_back_with_its_files(column: Column) -> None:
    name = give(column, PHOTO, "a.jpg", JPEG)
    give(column, VOICE, "a.wav", WAV)
    assert on_disk(column) == 2
    again = after_a_kill(column)
    assert value(again, PHOTO) == name
    seen: list[bytes | None] = []
    again.presenter.read_file(PHOTO, name, lambda content: content, seen.append)
    assert seen == [JPEG]


def test_what_was_being_sealed_at_a_kill_leaves_nothing(column: Column) -> None:
    place = column.place
    ids, key = place.session.new_id, place.files.new_key()
    file = LocalFile(ids(), place.customer.row_id, ids().hex(), key, FileState.WRITING)
    begin_attachment(place.session.desk, file)
    seal(place.files, file, Made("a.jpg", JPEG), DEFAULTS["attachments"])
    assert len(place.files.names()) == 1
    assert on_disk(column) == 0
    assert value(after_a_kill(column), PHOTO) == ""


def spoken(seconds: int) -> bytes:
    """Samples that are nowhere alike."""
    return b"".join(number.to_bytes(2, "little") for number in range(SOUND_RATE)) * seconds


def cut_off(column: Column, path: str = VOICE) -> list[bytes]:
    heard: list[bytes] = []
    column.presenter.find_recording(path, heard.append)
    return heard


def test_a_recording_is_offered_back_after_a_kill_as_far_as_it_was_sealed(column: Column) -> None:
    """A block is two seconds and a bit."""
    said = spoken(9)
    for at in range(0, len(said), 20_000):
        column.presenter.on_sound(VOICE, said[at : at + 20_000])
    assert cut_off(column) == [], "it is still under way"
    assert on_disk(column) == 1
    again = after_a_kill(column)
    [heard] = cut_off(again)
    assert len(heard) == len(said) // SEALED_BLOCK * SEALED_BLOCK
    assert said.startswith(heard)
    assert value(again, VOICE) == ""
    assert give(again, VOICE, "a.wav", WAV)
    assert cut_off(again) == []
    assert on_disk(again) == 1
    assert cut_off(after_a_kill(again)) == []


def test_a_recording_that_was_cut_off_is_thrown_away_with_its_file(column: Column) -> None:
    column.presenter.on_sound(VOICE, spoken(3))
    again = after_a_kill(column)
    again.presenter.on_recording_dropped(VOICE)
    assert cut_off(again) == []
    assert on_disk(again) == 0


def test_a_recording_that_ended_leaves_nothing_but_the_answer(column: Column) -> None:
    column.presenter.on_sound(VOICE, spoken(3))
    name = give(column, VOICE, "a.wav", WAV)
    assert states(column) == [FileState.DRAFTED]
    assert on_disk(column) == 1
    again = after_a_kill(column)
    assert value(again, VOICE) == name
    assert cut_off(again) == []


def test_a_recording_whose_end_is_refused_is_still_offered(column: Column) -> None:
    column.presenter.on_sound(VOICE, spoken(3))
    give(column, VOICE, "a.exe", WAV)
    assert column.form.refused[VOICE].kind is ErrorKind.FILE_TYPE_REFUSED
    assert [len(one) for one in cut_off(column)] == [SEALED_BLOCK]


def test_where_the_disk_is_full_a_recording_goes_on_in_memory(
    column: Column, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise KnownError(ErrorKind.DISK_FULL)

    with monkeypatch.context() as patch:
        patch.setattr(column.place.files, "write", full)
        column.presenter.on_sound(VOICE, spoken(3))
        column.presenter.on_sound(VOICE, spoken(3))
    assert give(column, VOICE, "a.wav", WAV)
    assert cut_off(after_a_kill(column)) == []


def test_the_wrap_up_attaches_the_files_with_the_answers(column: Column) -> None:
    given = ((PHOTO, "a.jpg", JPEG), (SIGN, "b.png", b"\x89PNG\r\n\x1a\n...."), (VOICE, "c.wav", WAV))
    names = {give(column, *one) for one in given}
    wrap_up(column)
    rows = column.place.company.rows(
        "SELECT file_name, kind, response_id, attempt_id, task_id FROM attachment"
    )
    (response_id,) = column.place.one("SELECT id FROM response")
    assert {row[0] for row in rows} == names
    assert sorted(str(row[1]) for row in rows) == ["photo", "recording", "signature"]
    assert {row[2] for row in rows} == {response_id}
    assert {row[4] for row in rows} == {column.place.task.row_id}
    assert states(column) == [FileState.SENDING] * 3
    assert column.place.count("draft") == 0


def test_a_file_that_was_taken_back_or_replaced_goes_at_once(column: Column) -> None:
    give(column, PHOTO, "a.jpg", JPEG)
    give(column, PHOTO, "b.jpg", JPEG + b"2")
    assert on_disk(column) == 1
    column.presenter.on_answered(PHOTO, "")
    assert on_disk(column) == 0


def test_the_file_of_a_question_that_is_asked_no_more_is_not_handed_in(column: Column) -> None:
    give(column, PHOTO, "a.jpg", JPEG)
    voice = give(column, VOICE, "c.wav", WAV)
    column.presenter.on_answered(DAMAGED, "no")
    column.presenter.on_confirmed()
    assert on_disk(column) == 2  # it comes back with its answer, as long as the form is open
    wrap_up(column)
    assert column.place.company.rows("SELECT file_name FROM attachment") == [(voice,)]
    assert on_disk(column) == 1


def test_starting_over_keeps_the_files_of_the_former_answers(column: Column) -> None:
    name = give(column, PHOTO, "a.jpg", JPEG)
    column.presenter.on_start_over()
    column.presenter.on_start_over()
    assert value(column, PHOTO) == ""
    assert on_disk(column) == 1
    column.presenter.on_bring_back()
    assert value(column, PHOTO) == name
    wrap_up(column)
    assert column.place.company.rows("SELECT file_name FROM attachment") == [(name,)]


@pytest.mark.parametrize(
    ("path", "name", "content", "kind"),
    [
        (PHOTO, "a.pdf", b"%PDF-1.7\n", ErrorKind.FILE_TYPE_REFUSED),
        (PHOTO, "a.jpg", b"MZ" + bytes(99), ErrorKind.FILE_TYPE_REFUSED),
        (PAPER, "a.exe", b"MZ" + bytes(99), ErrorKind.FILE_TYPE_REFUSED),
        (VOICE, "a.jpg", JPEG, ErrorKind.FILE_TYPE_REFUSED),
        (PHOTO, "a.jpg", JPEG * 20, ErrorKind.ATTACHMENT_TOO_LARGE),
        (PHOTO, "a.jpg", b"", ErrorKind.FIELD_INVALID),
    ],
)
def test_what_the_company_does_not_take_is_told_at_the_question(
    column: Column, path: str, name: str, content: bytes, kind: ErrorKind
) -> None:
    column.place.company.keep("attachments", photo_megabytes=1)
    assert give(column, path, name, content) == ""
    assert column.form.refused[path].kind is kind
    assert states(column) == []
    assert give(
        column, path, *{PHOTO: ("a.jpg", JPEG), PAPER: ("a.pdf", b"%PDF-1.7\n"), VOICE: ("a.wav", WAV)}[path]
    )
    assert column.form.refused == {}


def test_one_more_than_the_customer_may_have_is_told_at_the_question(column: Column) -> None:
    column.place.company.keep("attachments", per_customer=1)
    assert give(column, PHOTO, "a.jpg", JPEG)
    assert give(column, VOICE, "a.wav", WAV) == ""
    assert column.form.refused[VOICE].kind is ErrorKind.TOO_MANY_ATTACHMENTS


def test_a_required_file_holds_the_page_until_it_is_there(column: Column) -> None:
    column.presenter.on_next()
    assert column.questions == ["photo"]
    column.presenter.on_next()
    assert column.questions == ["photo"]
    give(column, PHOTO, "a.jpg", JPEG)
    column.presenter.on_next()
    assert column.questions == ["sign"]


def test_the_form_of_all_question_types_is_filled_with_its_files_killed_and_handed_in(tmp_path: Path) -> None:
    workbook = DATA / "xlsform_all_question_types.xlsx"
    if not workbook.exists():
        pytest.skip("the shared workbooks are not beside this checkout")
    place = open_workplace(tmp_path, publish(workbook, workbook.name).xform_xml)
    column = Column(place)
    column.presenter.open(place.task.row_id)
    filling = column.presenter.filling
    assert filling is not None
    asked = [path for path in filling.outline.paths if _asks_for_file(column, path)]
    names = {path: give(column, path, *_sample(column, path)) for path in asked}
    assert len(asked) >= 6
    assert all(names.values())
    again = after_a_kill(column)
    assert {path: value(again, path) for path in asked} == names
    wrap_up(again)
    attached = {row[0] for row in place.company.rows("SELECT file_name FROM attachment")}
    assert attached == set(names.values())
    assert states(again) == [FileState.SENDING] * len(names)
    place.company.store.close()


def _asks_for_file(column: Column, path: str) -> bool:
    question = _question(column, path)
    asked = column.presenter.filling
    assert asked is not None
    return question.kind is QuestionKind.FILE and asked.outline.is_asked(path) and not question.readonly


def _sample(column: Column, path: str) -> tuple[str, bytes]:
    """A file as the question wants it."""
    samples = {
        "image": ("a.jpg", JPEG),
        "audio": ("a.wav", WAV),
        "video": ("a.mp4", b"\0\0\0\x18ftypisom...."),
    }
    return samples.get(media_of(_question(column, path)), ("a.pdf", b"%PDF-1.7\n"))


def test_a_draft_that_leaves_this_desk_with_its_customer_takes_its_files_along(column: Column) -> None:
    give(column, PHOTO, "a.jpg", JPEG)
    with column.place.company.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM draft")
    assert on_disk(column) == 0
