"""Filling a form as a person would: every page in turn with plausible answers, then some answers again otherwise.

What is recorded are the steps, so that any engine can take the same ones.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from server_sync.domain.forms.definition import QuestionKind
from server_sync.domain.forms.pages import QuestionState, RepeatState
from server_sync.domain.forms.session import Session

CHANGED = 4
"""Every so many-th answer is given once more, otherwise, after the last page."""

INSTANCES = 2
"""So many of every repeat that a person may add to."""

TRIES = 8
"""Answers to a question until one keeps its constraint."""

ANSWERS: dict[QuestionKind, tuple[str, ...]] = {
    QuestionKind.TEXT: ("还不错,谢谢", "送货慢了一天", "希望客服早点回电话", "13800000000", "abc"),
    QuestionKind.INTEGER: ("3", "24", "7", "1", "18", "60", "2000"),
    QuestionKind.DECIMAL: ("19.9", "128.5", "0.5", "36.6"),
    QuestionKind.DATE: ("2026-03-15", "2024-11-02", "1990-06-01", "2031-01-01"),
    QuestionKind.TIME: ("09:30:00", "18:05:00"),
    QuestionKind.DATE_TIME: ("2026-03-15T09:30:00", "2024-11-02T18:05:00"),
    QuestionKind.RANGE: ("1", "2", "5", "3"),
    QuestionKind.ACKNOWLEDGE: ("OK",),
    QuestionKind.BARCODE: ("6901234567892",),
}
OFFERED = frozenset({QuestionKind.SELECT_ONE, QuestionKind.SELECT_MULTIPLE})


@dataclass(frozen=True)
class Step:
    """An answer to the question at an indexed path, or one more instance of a repeat."""

    path: str
    value: str
    kind: str = "add"


def fill(session: Session) -> Iterator[Step]:
    """Take the steps with this session, telling each."""
    given: list[Step] = []
    added: dict[str, int] = {}
    while (page := session.page) is not None:
        for question in page.questions:
            step = _answer(session, question.path, turn=0)
            if step is not None:
                given.append(step)
                yield step
        if page.repeat is not None and _may_grow(page.repeat, added) and session.add_repeat(page.repeat.path):
            yield Step(page.repeat.path, "")
        else:
            session.next(anyway=True)
    for number, step in enumerate(given[::CHANGED], 1):
        changed = _answer(session, step.path, turn=number)
        if changed is not None:
            yield changed


def _may_grow(repeat: RepeatState, added: dict[str, int]) -> bool:
    """Count what is added, as a series that takes no more must not be tried for ever."""
    added[repeat.path] = added.get(repeat.path, repeat.count) + 1
    return added[repeat.path] <= INSTANCES


def _answer(session: Session, path: str, turn: int) -> Step | None:
    """Give the first plausible answer that is taken and keeps the constraint; nothing where there is none."""
    question = session.question(path)
    if question is None or question.readonly:
        return None
    for attempt in range(TRIES):
        value = _plausible(question, turn + attempt)
        outcome = session.answer(path, value) if value else None
        if outcome is not None and outcome.accepted and outcome.problem is None:
            return Step(path, outcome.value, question.kind.value)
    return None


def _plausible(question: QuestionState, turn: int) -> str:
    """An answer that depends on the path and the turn alone."""
    draw = int.from_bytes(hashlib.sha256(question.path.encode()).digest()[:4], "big") + turn
    if question.kind not in OFFERED:
        values = ANSWERS.get(question.kind, ("",))
        return values[draw % len(values)]
    choices = [choice.value for choice in question.choices]
    if not choices:
        return ""
    # "yes" comes first and opens what follows: seven times of eight.
    first = choices[int(draw % 8 == 0) if len(choices) == 2 else draw % len(choices)]
    if question.kind is QuestionKind.SELECT_ONE:
        return first
    return " ".join(dict.fromkeys((first, choices[(draw // 7) % len(choices)])))


def replay(session: Session, step: Step) -> None:
    """Take one step again."""
    if step.kind == "add":
        session.add_repeat(step.path)
    else:
        session.answer(step.path, step.value)
