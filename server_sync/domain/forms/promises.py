"""Which answers of a form are promises to the customer, and by when they have to be kept (M4.9); who keeps them is not
told here.

The convention: a question is a promise if the word `promise` stands among its appearances, which every XLSForm tool
keeps, needing no further column and no namespace. When it is due says

- of an `acknowledge` or a `text` the appearance `within-24h` or `within-2d` beside it: the text promised is the label
  of what was acknowledged, or the text as it was typed;
- of a choice the end of its name: `call_back_24h` or `24h` promises what its label says, `none` promises nothing;
- of a `date` or `dateTime` its answer, a day being over at its end: the text promised is its label, which may repeat
  another answer by ${name}.

Hours and days are natural ones, counted from the moment at which the form is handed in.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, tzinfo

from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.forms.definition import QuestionKind
from server_sync.domain.forms.pages import QuestionState, Status
from server_sync.domain.forms.session import Session

PROMISE = "promise"
LONGEST = 1_000
"""Characters of a promise; what is typed beyond stands in the answers."""

_WITHIN = re.compile(r"within-(\d{1,4})([hd])", re.ASCII)
_NAME_ENDS = re.compile(r"(?:.*[_-])?(\d{1,4})([hd])", re.ASCII)
_UNITS = {"h": HOUR, "d": DAY}


@dataclass(frozen=True, slots=True)
class Promised:
    """One promise: the question it was made in, what was promised in the customer's words, until when (ms)."""

    path: str
    text: str
    due_at: int


def promises(filling: Session, at: int, zone: tzinfo) -> tuple[Promised, ...]:
    """What a filling-in promises, in the form's order, as made at a moment (ms); what is no longer asked promises
    nothing, and what was to be done before now is due now."""
    found: list[Promised] = []
    for path in _marked(filling):
        state = filling.question(path)
        for text, due_at in _of(state, at, zone) if state is not None else ():
            found.append(Promised(path, " ".join(text.split())[:LONGEST], max(due_at, at)))
    return tuple(one for one in found if one.text)


def _marked(filling: Session) -> Iterator[str]:
    form = filling.form
    if any(PROMISE in question.appearance for question in form.questions.values()):
        for entry in filling.outline():
            if entry.status is Status.ANSWERED:
                yield entry.path


def _of(question: QuestionState, at: int, zone: tzinfo) -> Iterator[tuple[str, int]]:
    if PROMISE not in question.appearance:
        return
    match question.kind:
        case QuestionKind.ACKNOWLEDGE | QuestionKind.TEXT:
            within = next(filter(None, map(_WITHIN.fullmatch, sorted(question.appearance))), None)
            if within is not None:
                typed = question.kind is QuestionKind.TEXT
                yield question.value if typed else question.label, at + _length(within)
        case QuestionKind.SELECT_ONE | QuestionKind.SELECT_MULTIPLE:
            labels = {choice.value: choice.label for choice in question.choices}
            for value in question.value.split():
                within = _NAME_ENDS.fullmatch(value)
                if within is not None:
                    yield labels.get(value, value), at + _length(within)
        case QuestionKind.DATE:
            day = datetime.fromisoformat(question.value).date()
            yield question.label, _ms(datetime.combine(day, time(23, 59, 59), zone))
        case QuestionKind.DATE_TIME:
            moment = datetime.fromisoformat(question.value)
            yield question.label, _ms(moment if moment.tzinfo else moment.replace(tzinfo=zone))


def _length(within: re.Match[str]) -> int:
    return int(within[1]) * _UNITS[within[2]]


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
