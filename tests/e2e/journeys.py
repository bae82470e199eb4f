"""The acceptance stories, each from end to end through the real window, the local store, HTTP and the server."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QLabel

from agent_app.ports import Route
from agent_app.sync.status import SyncState
from server_sync.domain.clock import HOUR
from server_sync.domain.model import PauseReason, Presence
from tests.e2e.calling import answer_guide, dial, next_customer, opened_task, save_and_next, wrap_up
from tests.e2e.desk import Seat
from tests.e2e.story import Story, desk_rows, in_step, server_rows
from tests.e2e.world import World, at

COMPLETED = "SELECT count(*) FROM attempt WHERE task_id = :task AND disposition = '1.1'"


@contextmanager
def seated(world: World, name: str, role: str, **look: str) -> Iterator[Seat]:
    """Somebody sits down, has everything that is his, and leaves in the end; `name` names the profile."""
    with Seat(world, world.folder / name, **look) as seat:
        seat.make_key(role)
        seat.sign_in(role)
        seat.until(lambda: desk_rows(seat, "SELECT 1 FROM desk_state WHERE key = 'complete'") == [(1,)])
        seat.settle()
        yield seat


def a1_a_normal_follow_up(story: Story, world: World, seat: Seat) -> None:
    """坐席·正常回访: keyboard only; one transaction has call, response, outcome and timeline; the next is shown."""
    story.step("queue", seat)
    task = next_customer(seat)
    story.step("customer open", seat)
    dial(seat)
    story.step("call running", seat)
    answer_guide(seat, pages=3)
    story.step("guide answered half", seat)
    answer_guide(seat)
    story.step("read back", seat)
    seat.press("F6")
    wrap_up(seat, "1")
    story.step("wrap up complete", seat)
    save_and_next(seat)
    assert desk_rows(seat, "SELECT disposition, state FROM task WHERE id = ?", task) == [("1.1", "done")]
    assert desk_rows(seat, "SELECT csat, nps, complete FROM response WHERE task_id = ?", task) == [(5, 9, 1)]
    ((attempt,),) = desk_rows(
        seat, "SELECT id FROM attempt WHERE task_id = ? ORDER BY started_at DESC LIMIT 1", task
    )
    assert desk_rows(seat, "SELECT kind FROM activity WHERE attempt_id = ?", attempt) == [("call",)]
    seat.until(lambda: seat.desk.guide.presenter.task_id not in (None, task))
    story.step("next customer", seat)
    seat.until(lambda: in_step(seat))
    assert server_rows(world, "SELECT disposition FROM attempt WHERE id = :id", id=attempt) == [("1.1",)]
    assert server_rows(world, "SELECT csat, nps FROM response WHERE task_id = :task", task=task) == [(5, 9)]


ANSWERS = "SELECT answers, complete, csat, nps FROM response WHERE task_id = ?"


def a1_killed_right_after_saved(story: Story, world: World) -> None:
    """The process of a desk dies the moment it has said "saved": at the next start nothing is missing."""
    script = Path(__file__).with_name("killed_sitting.py")
    sitting = subprocess.Popen(
        [sys.executable, str(script), str(world.folder)], stdout=subprocess.PIPE, text=True
    )
    assert sitting.stdout is not None
    said, task, answers = sitting.stdout.readline().strip().split(" ", 2)
    sitting.kill()
    sitting.wait()
    sitting.stdout.close()
    assert said == "saved"
    with seated(world, "killed", "agent") as seat:
        saved = bytes.fromhex(task)
        assert desk_rows(seat, "SELECT disposition, state FROM task WHERE id = ?", saved) == [("1.1", "done")]
        ((given, complete, *scores),) = json.loads(answers)
        assert json.loads(given)
        assert desk_rows(seat, ANSWERS, saved) == [(given, complete, *scores)]
        seat.until(lambda: in_step(seat))
        assert server_rows(world, COMPLETED, task=saved) == [(1,)]
        story.step("nothing missing after a kill", seat)


def a2_a_callback(story: Story, world: World, owner: Seat, colleague: Seat) -> None:
    """坐席·约定回拨: booked with its owner, offered to nobody else and not before; reminded, then handed over."""
    task = next_customer(owner)
    dial(owner)
    callbacks = desk_rows(owner, "SELECT * FROM callback WHERE task_id = ?", task)
    owner.press("F9")
    owner.until(lambda: owner.desk.wrap_up.widget.isVisible())
    owner.type("明天 22:00")
    owner.press("Ctrl+Return")
    assert desk_rows(owner, "SELECT * FROM callback WHERE task_id = ?", task) == callbacks
    story.step("callback outside the window refused", owner)
    _retype(owner, "明天 10:30")
    story.step("callback tomorrow", owner)
    save_and_next(owner)
    when = at("2026-11-24 10:30")
    assert desk_rows(owner, "SELECT disposition, appointment_at, state FROM task WHERE id = ?", task) == [
        ("2.12a", when, "open")
    ]
    owner.until(lambda: in_step(owner))
    assert opened_task(owner) != task
    owner.press("F12")
    owner.until(lambda: _held_back(owner, task))
    story.step("why this one and what keeps the others back", owner)
    owner.press("F12")
    _sync(colleague)
    assert desk_rows(colleague, "SELECT 1 FROM task WHERE id = ?", task) == []

    world.clock.set(at("2026-11-24 10:25"))
    owner.until(lambda: "10:30" in owner.desk.window.said())
    assert owner.question() is None, "nothing stands in the way of whoever is typing"
    story.step("reminder five minutes before", owner)
    _on_a_break(owner)
    world.clock.set(at("2026-11-24 10:46"))
    owner.until(lambda: in_step(owner))
    _until_server(owner, world, "SELECT in_pool FROM task WHERE id = :task", (1,), task=task)
    colleague.until(lambda: _synced_row(colleague, "SELECT in_pool FROM task WHERE id = ?", task) == [(1,)])
    assert server_rows(
        world, "SELECT count(*) FROM activity WHERE task_id = :task AND kind = 'callback_released'", task=task
    ) == [(1,)]
    colleague.desk.go(Route("task", task))
    colleague.settle()
    colleague.until(lambda: _reads(colleague, "约定转出"))
    story.step("callback handed over to the team", colleague)


def a5_without_network(story: Story, world: World, seat: Seat) -> None:
    """坐席·断网: ten calls without the server; the do-not-call list ages; everything arrives once."""
    done: list[bytes] = []
    for number in range(10):
        if number == 2:
            world.stop_server()
        task = next_customer(seat)
        dial(seat)
        wrap_up(seat, "1")
        save_and_next(seat)
        done.append(task)
        if number == 5:
            seat.until(lambda: seat.desk.status.sync_state is SyncState.OFFLINE)
            story.step("offline", seat)
    assert len(set(done)) == 10
    story.step("ten calls done offline", seat)
    world.clock.set(world.clock.now() + 25 * HOUR)
    _refused_and_allowed(story, seat)
    world.start_server()
    seat.until(lambda: in_step(seat), patience=120)
    seat.until(lambda: seat.desk.status.sync_state is SyncState.IN_STEP)
    story.step("online again", seat)
    for task in done:
        assert server_rows(world, COMPLETED, task=task) == [(1,)]


def _refused_and_allowed(story: Story, seat: Seat) -> None:
    """With a list older than a day a marketing call is locked, a service call is not."""
    fresh = "attempt_count = 0 AND appointment_at IS NULL"
    for purpose, which, allowed in (("marketing", "1 = 1", False), ("service", fresh, True)):
        sql = f"SELECT id FROM task WHERE purpose = ? AND state = 'open' AND {which} ORDER BY id LIMIT 1"
        ((task,),) = desk_rows(seat, sql, purpose)
        attempts = desk_rows(seat, "SELECT count(*) FROM attempt WHERE task_id = ?", task)
        seat.desk.go(Route("task", task))
        seat.settle()
        seat.press("F5")
        begun = desk_rows(seat, "SELECT count(*) FROM attempt WHERE task_id = ?", task) != attempts
        assert begun is allowed
        story.step(f"{purpose} call on an old list", seat)
        if allowed:
            wrap_up(seat, "1")
            save_and_next(seat)


def _reads(seat: Seat, words: str) -> bool:
    """Whether a line of the window says so."""
    return any(words in one.text() for one in seat.window.findChildren(QLabel) if one.isVisible())


def _held_back(seat: Seat, task: bytes) -> bool:
    """Whether it is told of the task that it waits for its appointment."""
    why = seat.desk.queue.presenter.state.why
    held = {} if why is None else {one.row.id: [block.kind for block in one.blocks] for one in why.held_back}
    return "appointment_later" in held.get(task, [])


def _retype(seat: Seat, text: str) -> None:
    seat.press("Ctrl+A")
    seat.type(text)


def _sync(seat: Seat) -> None:
    seat.desk.sync.hinted()
    seat.settle()


def _on_a_break(seat: Seat) -> None:
    seat.desk.presence_menu.presenter.on_chosen(Presence.BREAK, PauseReason.MEAL)
    seat.settle()


def _until_server(seat: Seat, world: World, sql: str, row: tuple[object, ...], **values: object) -> None:
    seat.until(lambda: server_rows(world, sql, **values) == [row])


def _synced_row(seat: Seat, sql: str, *values: object) -> list[tuple[object, ...]]:
    _sync(seat)
    return desk_rows(seat, sql, *values)
