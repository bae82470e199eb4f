"""The journeys on who wins: A6, two who edit one customer without the network; C2, a result that comes home late."""

import json
from collections.abc import Callable

from PySide6.QtWidgets import QLabel

from agent_app.actions.tasks import reassign_some
from agent_app.features.conflicts.view.comparison import MarkedText
from agent_app.ports import Route
from agent_app.ui.buttons import Button
from agent_app.ui.fields import TextField
from agent_app.ui.labels import Badge
from tests.e2e.calling import dial, save_and_next, wrap_up
from tests.e2e.desk import Seat
from tests.e2e.journeys import seated
from tests.e2e.story import Story, desk_rows, in_step, server_rows
from tests.e2e.world import World

# Never called, with one number: one's own for now.
FRESH = """SELECT task.id, task.customer_id FROM task
WHERE task.state = 'open' AND task.purpose = 'service' AND task.appointment_at IS NULL
AND (SELECT group_concat(kind) FROM contact_point AS point WHERE point.customer_id = task.customer_id) = 'mobile'
AND NOT EXISTS (SELECT 1 FROM attempt WHERE attempt.customer_id = task.customer_id)
AND NOT EXISTS (SELECT 1 FROM do_not_call WHERE do_not_call.customer_id = task.customer_id)
ORDER BY task.id LIMIT 1"""
IN_POOL = "SELECT in_pool FROM task WHERE id = ?"
ATTEMPTS = "SELECT count(*) FROM attempt WHERE task_id = ?"
ENTRY = "SELECT status, state, resolution FROM team_conflict WHERE customer_id = :customer"
NUMBERS = {"first": "14000000008", "second": "14000000009"}


def a6_two_at_once(story: Story, world: World, lead: Seat, first: Seat, second: Seat) -> None:
    """并发: different fields are both kept and said to be merged; two numbers go to the supervisor, and nobody calls
    until he has decided."""
    ((task, customer),) = desk_rows(first, FRESH)
    lead.desk.session.act(lambda desk: reassign_some(desk, [(task, customer, None)])[0])
    _all_in_step(lead)
    for seat in (first, second):
        _until(seat, lambda seat: _hint(seat) and desk_rows(seat, IN_POOL, task) == [(1,)])
        seat.desk.go(Route("task", task))
        _until(seat, lambda seat: bool(_lines(seat, "城市")) or _press(seat, "更正"))
    world.stop_server()
    _type(first, "地址", "示例路 8 号")
    _type(second, "新标签", "高意向")
    world.start_server()
    _all_in_step(first, second)
    ((address, tags),) = server_rows(world, "SELECT address, tags FROM customer WHERE id = :id", id=customer)
    assert address == "示例路 8 号"
    assert "高意向" in json.loads(tags)
    for seat in (first, second):
        _until(seat, lambda seat: _hint(seat) and "合并" in _words(seat))
    story.step("different fields are merged", first, second)

    world.stop_server()
    _type(first, "新号码", NUMBERS["first"])
    _type(second, "新号码", NUMBERS["second"])
    world.start_server()
    _all_in_step(first, second)
    assert server_rows(world, ENTRY, customer=customer) == [("rejected", "open", None)]
    for seat in (first, second):
        _until(seat, lambda seat: _hint(seat) and "有争议" in _words(seat))
        _cannot_dial(seat, task)
    story.step("a number in dispute is not called", first, second)
    _supervisor_decides(story, world, lead, customer)
    first.until(lambda: _hint(first) and "有争议" not in _words(first))
    # What lies in the pool is called by nobody: the supervisor says who does.
    login = world.people["agent"]["login"]
    ((caller,),) = server_rows(world, "SELECT id FROM person WHERE login = :login", login=login)
    lead.desk.session.act(lambda desk: reassign_some(desk, [(task, customer, caller)])[0])
    _all_in_step(lead)
    first.until(lambda: _hint(first) and desk_rows(first, IN_POOL, task) == [(0,)])
    dial(first)
    story.step("a settled number is called", first)


def _supervisor_decides(story: Story, world: World, lead: Seat, customer: bytes) -> None:
    """He sees base and both, with whose they are, and takes the one that was not taken."""
    people = dict(server_rows(world, "SELECT id, name FROM person"))
    ((meant_by,),) = server_rows(
        world, "SELECT person_id FROM team_conflict WHERE customer_id = :customer", customer=customer
    )
    ((stands,),) = server_rows(
        world,
        "SELECT value FROM contact_point WHERE customer_id = :customer AND kind = 'mobile'",
        customer=customer,
    )
    (wanted,) = {f"+86{number}" for number in NUMBERS.values()} - {stands}
    _open_conflict(lead, customer)
    words = _words(lead)
    for part in ("基准", people[meant_by], "暂停拨打", f"140****{wanted[-4:]}", f"140****{stands[-4:]}"):
        assert part in words, part
    story.step("base and both before the supervisor", lead)
    lead.press("Alt+S")
    _all_in_step(lead)
    assert server_rows(world, ENTRY, customer=customer) == [("rejected", "settled", "mine")]
    number = "SELECT value, disputed_at FROM contact_point WHERE customer_id = :customer AND kind = 'mobile'"
    assert server_rows(world, number, customer=customer) == [(wanted, None)]


def c2_home_with_a_late_result(story: Story, world: World) -> None:
    """外勤·回程冲突: the office closed the task while he was away; his result is kept as 离线更新, the task is not
    opened again, and the supervisor decides."""
    with seated(world, "away", "agent") as away:
        ((task, customer),) = desk_rows(away, FRESH)
        away.desk.go(Route("task", task))
        away.settle()
        world.stop_server()
        dial(away)
        wrap_up(away, "1")
        save_and_next(away)
        assert desk_rows(away, "SELECT state, disposition FROM task WHERE id = ?", task) == [("done", "1.1")]
        story.step("a result without the network", away)
    world.start_server()
    with seated(world, "office", "supervisor") as lead:
        _close(lead, task)
        _all_in_step(lead)
        closed = server_rows(world, "SELECT state, disposition, done_at FROM task WHERE id = :id", id=task)
        assert closed[0][:2] == ("done", "4.51")
        with seated(world, "away", "agent") as home:
            _all_in_step(home)
            home.desk.go(Route("customer", customer))
            home.until(lambda: "离线更新" in _words(home))
            story.step("home again", home)
        result = "SELECT disposition, late FROM attempt WHERE task_id = :task AND disposition = '1.1'"
        assert server_rows(world, result, task=task) == [("1.1", 1)]
        assert (
            server_rows(world, "SELECT state, disposition, done_at FROM task WHERE id = :id", id=task)
            == closed
        )
        assert server_rows(world, ENTRY, customer=customer) == [("late", "open", None)]
        _open_conflict(lead, customer)
        marks = [one for one in lead.window.findChildren(Badge) if one.isVisible()]
        assert "离线更新" in {mark.words() for mark in marks}
        story.step("a late result before the supervisor", lead)
        lead.press("Alt+S")
        _all_in_step(lead)
        assert server_rows(world, ENTRY, customer=customer) == [("late", "settled", "mine")]
        after = "SELECT state, disposition FROM task WHERE id = :id"
        assert server_rows(world, after, id=task) == [("done", "1.1")]


def _close(lead: Seat, task: bytes) -> None:
    """The office calls the customer itself, who is not whom the plan is for."""
    lead.desk.go(Route("task", task))
    lead.settle()
    dial(lead)
    wrap_up(lead, "6", "1")
    save_and_next(lead)


def _open_conflict(lead: Seat, customer: bytes) -> None:
    """In the conflicts room, the entry about this customer."""
    lead.desk.go(Route("conflicts"))
    presenter = lead.desk.conflicts.detail.presenter
    lead.until(lambda: _hint(lead) and any(one.customer_id == customer for one in presenter.state.team))
    (entry,) = [one for one in presenter.state.team if one.customer_id == customer]
    lead.desk.conflicts.detail.open(entry.id)
    lead.settle()


def _cannot_dial(seat: Seat, task: bytes) -> None:
    before = desk_rows(seat, ATTEMPTS, task)
    seat.press("F5")
    seat.until(lambda: "暂停拨打" in _words(seat))
    assert desk_rows(seat, ATTEMPTS, task) == before


def _lines(seat: Seat, name: str) -> list[TextField]:
    return [
        one for one in seat.window.findChildren(TextField) if one.isVisible() and one.accessibleName() == name
    ]


def _press(seat: Seat, words: str) -> bool:
    """Press a button if it is there; False, so that it can stand in a condition that is waited for."""
    for button in seat.window.findChildren(Button):
        if button.isVisible() and button.text() == words:
            button.click()
    return False


def _type(seat: Seat, name: str, text: str) -> None:
    (line,) = _lines(seat, name)
    seat.window.activateWindow()
    line.setFocus()
    line.selectAll()
    seat.type(text)
    seat.press("Return", to=line)
    seat.settle()


def _all_in_step(*seats: Seat) -> None:
    for seat in seats:
        _until(seat, lambda seat: _hint(seat) and in_step(seat))


def _until(seat: Seat, holds: Callable[[Seat], bool]) -> None:
    seat.until(lambda: holds(seat), patience=120)


def _hint(seat: Seat) -> bool:
    """Ask for what is new; True, so that it can stand in a condition that is waited for."""
    seat.desk.sync.hinted()
    seat.settle()
    return True


def _words(seat: Seat) -> str:
    """What can be read in the window."""
    shown = [one.text() for one in seat.window.findChildren(QLabel) if one.isVisible()]
    shown += [one.accessibleName() for one in seat.window.findChildren(MarkedText) if one.isVisible()]
    return "\n".join(shown)
