"""C1, a key-account visit in a basement: kit, check-in, a kill, two visits without the network, photos with a break."""

import hashlib
import subprocess
import sys
from pathlib import Path

from PySide6.QtWidgets import QLabel

from agent_app.features.call_guide.model import check_in_words, draft_words
from agent_app.features.responses.state import ResponsesState
from agent_app.ports import Route
from agent_app.ui.labels import Badge
from agent_app.ui.tokens import Tone
from server_sync.domain.clock import DAY, MINUTE
from tests.e2e.calling import save_and_next, wrap_up
from tests.e2e.desk import Seat
from tests.e2e.field import (
    ANSWERS,
    KILLED_AT,
    MACHINES,
    PHOTO,
    PHOTOS,
    VISITS,
    answer,
    asked,
    away_from,
    check_in,
    files_left,
    open_visit,
    stage,
)
from tests.e2e.journeys import seated
from tests.e2e.line import Line
from tests.e2e.story import Story, desk_rows, in_step, server_rows
from tests.e2e.world import World

HIS = "SELECT id FROM customer ORDER BY id"
ORACLE = """SELECT DISTINCT t.customer_id FROM task AS t JOIN person AS p ON p.id = t.assignee_id
WHERE p.login = 'visitor01' ORDER BY t.customer_id"""
FILES = "SELECT file_name, state, size, sha256 FROM attachment WHERE task_id = :task ORDER BY file_name"
CLOCKS = """SELECT started_at, ended_at, received_at, clock_skew_ms, place, channel, disposition
FROM attempt WHERE task_id = :task"""
QUESTIONS = 10 + 3 * MACHINES + len(PHOTOS) + 2


def c1_a_visit_without_network(story: Story, world: World, tasks: list[bytes]) -> None:
    """The device has his twelve customers; what was done at two of them arrives in order, and says by which clock."""
    first, second, *_ = tasks
    directly = world.address
    with Line(directly) as line:
        world.say_address(line.address)
        away = away_from(world)
        with seated(away, "field", "visitor") as seat:
            assert desk_rows(seat, HIS) == server_rows(world, ORACLE)
            assert len(desk_rows(seat, HIS)) == VISITS
            seat.desk.go(Route("visits"))
            story.step("the visits of the day", seat)
        line.cut()
        _killed_at_a_question(world, first)
        with seated(away, "field", "visitor") as seat:
            _resumed(story, seat, world, first)
            _finalised(story, seat, first)
            open_visit(seat, second)
            check_in(seat, "31.2201 121.4589")
            answer(seat, world.folder, QUESTIONS)
            _finalised(story, seat, second)
            _arrives_in_spite_of_a_break(story, seat, line, world)
    world.say_address(directly)
    for task in (first, second):
        _by_both_clocks(world, task)
    for name in PHOTOS:
        _is_whole(world, first, name)
    order = "SELECT task_id FROM attempt WHERE channel = 'visit' ORDER BY ended_at, id"
    assert [row[0] for row in server_rows(world, order)][:2] == [first, second]
    _the_lead_reads(story, world, first)


def _killed_at_a_question(world: World, task: bytes) -> None:
    script = Path(__file__).with_name("killed_visit.py")
    arguments = [sys.executable, str(script), str(world.folder), task.hex()]
    sitting = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
    assert sitting.stdout is not None
    said = sitting.stdout.readline().strip()
    sitting.kill()
    sitting.wait()
    sitting.stdout.close()
    assert said == "standing"


def _resumed(story: Story, seat: Seat, world: World, task: bytes) -> None:
    """At the question at which it was killed, with a prompt that says so, checked in where it was."""
    assert stage(seat, task) == "under_way"
    open_visit(seat, task)
    state = seat.desk.guide.presenter.state
    assert state.resumed_question == KILLED_AT
    assert str(KILLED_AT) in draft_words(state)[0]
    assert asked(seat.desk.guide.presenter) == (f"/data/machine[{MACHINES}]/hours", "hours")
    assert state.place is not None
    assert state.place.position.accuracy == 40.0
    words, tone = check_in_words(state)
    assert tone is Tone.WARNING
    assert words in _words(seat)
    story.step("resumed at question 18 after a kill", seat)
    assert answer(seat, world.folder, QUESTIONS) == QUESTIONS - KILLED_AT + 1
    assert stage(seat, task) == "filled"
    story.step("the kit with its photos, signature and sound", seat)


def _finalised(story: Story, seat: Seat, task: bytes) -> None:
    """It has its result, is frozen, and waits to be sent."""
    wrap_up(seat, "1")
    save_and_next(seat)
    assert stage(seat, task) == "waiting"
    assert files_left(seat) > 0
    ((answers, complete),) = desk_rows(seat, "SELECT answers, complete FROM response WHERE task_id = ?", task)
    assert complete
    assert answers.count("/data/machine[") == 3 * MACHINES
    assert ANSWERS["who"] in answers
    seat.desk.go(Route("task", task))
    seat.settle()
    header = seat.desk.guide.presenter.state.header
    assert header is not None
    assert not header.is_open
    story.step("finalised without the network", seat)


def _arrives_in_spite_of_a_break(story: Story, seat: Seat, line: Line, world: World) -> None:
    """The network is back for one photo and a half, goes, and comes back: nothing begins anew, all arrives."""
    line.cut_after(2 * PHOTO)
    seat.desk.sync.hinted()
    seat.until(lambda: line.is_cut, patience=120)
    seat.settle()
    ((there,),) = desk_rows(seat, "SELECT sum(position) FROM attachment_file")
    left = files_left(seat)
    assert there > 0
    assert left == sum(one.uploads for one in seat.desk.visits.presenter.state.shown.visits) > 0
    story.step("the network goes while photos go up", seat)
    line.mend()
    seat.desk.sync.hinted()
    seat.desk.transfers.insist()
    seat.until(lambda: files_left(seat) == 0 and in_step(seat), patience=240)
    story.step("both visits sent with all their files", seat)


def _by_both_clocks(world: World, task: bytes) -> None:
    """The server has the device's time, its own, and by how much the first is ahead."""
    ((_, ended_at, received_at, skew, place, channel, disposition),) = server_rows(world, CLOCKS, task=task)
    assert (channel, disposition) == ("visit", "1.1")
    assert abs(skew - DAY) < 5 * MINUTE
    assert ended_at <= received_at  # taken back to the server's time
    assert "accuracy" in place
    ((details,),) = server_rows(
        world, "SELECT details FROM activity WHERE task_id = :task AND kind = 'visit'", task=task
    )
    assert "device_at" in details


def _is_whole(world: World, task: bytes, name: str) -> None:
    found = {row[0].partition("-")[0]: row for row in server_rows(world, FILES, task=task)}
    content = (world.folder / f"{name}.jpg").read_bytes()
    assert found[name][1:] == ("complete", len(content), hashlib.sha256(content).hexdigest())


def _words(seat: Seat) -> set[str]:
    """What stands in the window."""
    return {one.text() for one in seat.window.findChildren(QLabel) if one.isVisible()}


def _the_lead_reads(story: Story, world: World, task: bytes) -> None:
    """What was answered, by which clock, and that the device's is off."""
    with seated(world, "reads", "administrator") as lead:
        ((response,),) = server_rows(world, "SELECT id FROM response WHERE task_id = :task", task=task)
        table = lead.desk.lead.responses.table
        lead.desk.go(Route("responses"))
        lead.until(lambda: bool(desk_rows(lead, "SELECT 1 FROM response WHERE id = ?", response)))
        form = "SELECT form_id FROM form_version JOIN response ON form_version.id = form_version_id"
        ((form_id,),) = desk_rows(lead, f"{form} WHERE response.id = ?", response)
        table.presenter.on_form_chosen(form_id)
        table.presenter.on_response_chosen(response)
        lead.settle()
        state: ResponsesState = table.presenter.state
        assert state.reading is not None
        clock = state.reading.sheet.clock
        assert clock is not None
        assert clock.received_at is not None
        assert clock.device_at - clock.received_at > DAY - 60 * MINUTE
        lead.until(lambda: _tells_of_the_clock(lead))
        story.step("the lead reads by which clock", lead)
        lead.desk.go(Route("devices"))
        lead.until(lambda: _tells_of_the_clock(lead), patience=120)
        story.step("the device whose clock is off", lead)


def _tells_of_the_clock(lead: Seat) -> bool:
    lead.desk.sync.hinted()
    lead.settle()
    marks = [one.words() for one in lead.window.findChildren(Badge) if one.isVisible()]
    return any("设备时钟快" in words for words in (*marks, *_words(lead)))
