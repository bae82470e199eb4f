"""The agent's hands: opening the next customer, answering the guide and wrapping up, by keys alone."""

from collections.abc import Mapping

from agent_app.ui.forms.cards import QuestionCard
from tests.e2e.desk import Seat
from tests.e2e.story import desk_rows

# What is pressed for each question of the sample guides: the key on its cap.
PLEASED: Mapping[str, str] = {
    "identity": "1",
    "consent": "1",
    "received": "1",
    "csat": "5",
    "usage": "1",
    "nps": "9",
    "need": "1",
    "other_brand": "2",
    "contacted": "1",
    "resolved": "1",
    "speed": "5",
    "attitude": "5",
    "confirmed": "1",
    "mood": "1",
}


def opened_task(seat: Seat) -> bytes:
    """The task in the work column."""
    task = seat.desk.guide.presenter.task_id
    assert task is not None, "no task is open"
    return task


def next_customer(seat: Seat) -> bytes:
    """F2, until the guide can be answered, if the task has one."""
    before = seat.desk.guide.presenter.task_id
    seat.press("F2")
    seat.until(lambda: seat.desk.guide.presenter.task_id not in (None, before))
    guide = "SELECT form_version_id FROM task WHERE id = ?"
    seat.until(lambda: bool(questions(seat)) or desk_rows(seat, guide, opened_task(seat)) == [(None,)])
    return opened_task(seat)


def questions(seat: Seat) -> list[QuestionCard]:
    """The questions on the screen, from the top."""
    cards = [card for card in seat.window.findChildren(QuestionCard) if card.isVisible()]
    return sorted(cards, key=lambda card: card.y())


def dial(seat: Seat) -> None:
    """F5, until the call runs."""
    task = opened_task(seat)
    seat.press("F5")
    seat.until(
        lambda: bool(desk_rows(seat, "SELECT 1 FROM attempt WHERE task_id = ? AND ended_at IS NULL", task))
    )


def answer_guide(seat: Seat, keys: Mapping[str, str] = PLEASED, pages: int = 20) -> None:
    """Answer page by page; stops behind the last question or after so many pages."""
    for _ in range(pages):
        asked = questions(seat)
        if not asked:
            return
        for card in asked:
            key = keys.get(card.path.rpartition("/")[2])
            if key is not None:
                seat.press(key)
        seat.press("Return")


def wrap_up(seat: Seat, *keys: str) -> None:
    """F8 and the keys of the tree."""
    seat.press("F8")
    seat.until(lambda: seat.desk.wrap_up.widget.isVisible())
    for key in keys:
        seat.press(key)


def save_and_next(seat: Seat) -> None:
    """Ctrl+Enter, until the wrap-up is on the disk."""
    task = opened_task(seat)
    seat.press("Ctrl+Return")
    seat.until(
        lambda: not desk_rows(seat, "SELECT 1 FROM draft WHERE task_id = ? AND attempt_id IS NOT NULL", task)
    )
    seat.settle()
