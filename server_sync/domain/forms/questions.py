"""What each kind of question takes for an answer: a typed text becomes the stored value or a fault (kind, values)."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from decimal import Decimal

from server_sync.domain.errors import ErrorKind
from server_sync.domain.forms.definition import Question, QuestionKind
from server_sync.domain.forms.scope import Choice
from server_sync.domain.forms.xpath.moments import (
    from_milliseconds,
    iso_date,
    iso_moment,
    iso_time,
    parse_moment,
    parse_time,
)

MAX_TEXT = 10_000
"""Characters of one answer."""

_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})")
_DATE = re.compile(r"(?:([0-9]{4})\s*[-/.年]\s*)?([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?")
_LEAST, _MOST = -(2**31), 2**31 - 1


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text is no answer."""

    kind: ErrorKind
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """The circumstances of an answer: what is on offer, and the present in the form's zone."""

    question: Question
    choices: tuple[Choice, ...]
    now_at: int
    zone: tzinfo


def parse_answer(text: str, asked: Asked) -> str | Fault:
    """The canonical value of a typed text; an empty text empties the answer.

    Faults: ANSWER_WRONG_TYPE (expected), ANSWER_OUT_OF_RANGE (least, most, step), ANSWER_NOT_OFFERED (choice),
    ANSWER_TOO_LONG (most).
    """
    if len(text) > MAX_TEXT:
        return Fault(ErrorKind.ANSWER_TOO_LONG, {"most": MAX_TEXT})
    if not text.strip():
        return ""
    if asked.question.kind in _AS_WRITTEN:
        return text.replace("\r\n", "\n").strip()
    if asked.question.kind in _CHOSEN:
        return _CHOSEN[asked.question.kind](text.strip(), asked)
    return _TYPED[asked.question.kind](unicodedata.normalize("NFKC", text).strip(), asked)


def _wrong(asked: Asked) -> Fault:
    return Fault(ErrorKind.ANSWER_WRONG_TYPE, {"expected": asked.question.kind.value})


def _integer(typed: str, asked: Asked) -> str | Fault:
    if not _INTEGER.fullmatch(typed):
        return _wrong(asked)
    number = int(typed)
    if not _LEAST <= number <= _MOST:
        return Fault(ErrorKind.ANSWER_OUT_OF_RANGE, {"least": str(_LEAST), "most": str(_MOST), "step": "1"})
    return str(number)


def _decimal(typed: str, asked: Asked) -> str | Fault:
    return format(Decimal(typed), "f") if _DECIMAL.fullmatch(typed) else _wrong(asked)


def _range(typed: str, asked: Asked) -> str | Fault:
    """A number from `start` to `end` in whole steps from `start` (XLSForm range)."""
    if not _DECIMAL.fullmatch(typed):
        return _wrong(asked)
    number = Decimal(typed)
    start, end, step = (_parameter(asked, name, default) for name, default in _STEPS)
    if not min(start, end) <= number <= max(start, end) or (step and (number - start) % abs(step)):
        return Fault(
            ErrorKind.ANSWER_OUT_OF_RANGE, {"least": str(start), "most": str(end), "step": str(step)}
        )
    return format(number.normalize(), "f")


_STEPS = (("start", "1"), ("end", "10"), ("step", "1"))


def _parameter(asked: Asked, name: str, default: str) -> Decimal:
    written = asked.question.parameters.get(name, default)
    return Decimal(written if _DECIMAL.fullmatch(written) else default)


def _date(typed: str, asked: Asked) -> str | Fault:
    """2017-12-30, 2017/12/30, 2017年12月30日; without a year it is this one."""
    match = _DATE.fullmatch(typed)
    if match is None:
        return _wrong(asked)
    year = int(match[1] or from_milliseconds(asked.now_at, asked.zone).year)
    try:
        return iso_date(date(year, int(match[2]), int(match[3])))
    except ValueError:
        return _wrong(asked)


def _time(typed: str, asked: Asked) -> str | Fault:
    value = parse_time(typed if len(typed) != 4 else f"0{typed}")
    return _wrong(asked) if value is None else iso_time(value)


def _date_time(typed: str, asked: Asked) -> str | Fault:
    moment = parse_moment(typed.replace(" ", "T"), asked.zone)
    if moment is None:
        day, _, clock = typed.partition(" ")
        on, at = _date(day, asked), parse_time(clock if len(clock) != 4 else f"0{clock}")
        if isinstance(on, Fault) or at is None:
            return _wrong(asked)
        moment = datetime.combine(date.fromisoformat(on), at, tzinfo=at.tzinfo or asked.zone)
    return iso_moment(moment)


def _select_one(typed: str, asked: Asked) -> str | Fault:
    if any(choice.value == typed for choice in asked.choices):
        return typed
    return Fault(ErrorKind.ANSWER_NOT_OFFERED, {"choice": typed})


def _select_multiple(typed: str, asked: Asked) -> str | Fault:
    """Values with spaces between them, in the order they were chosen, each once."""
    chosen = list(dict.fromkeys(typed.split()))
    offered = {choice.value for choice in asked.choices}
    for value in chosen:
        if value not in offered:
            return Fault(ErrorKind.ANSWER_NOT_OFFERED, {"choice": value})
    return " ".join(chosen)


def _acknowledge(typed: str, asked: Asked) -> str | Fault:
    return "OK" if typed.upper() == "OK" else _wrong(asked)


_AS_WRITTEN = frozenset(
    {QuestionKind.TEXT, QuestionKind.BARCODE, QuestionKind.NOTE, QuestionKind.FILE, QuestionKind.PLACE}
)
_Parser = Callable[[str, Asked], str | Fault]
_CHOSEN: Mapping[QuestionKind, _Parser] = {
    QuestionKind.SELECT_ONE: _select_one,
    QuestionKind.SELECT_MULTIPLE: _select_multiple,
    QuestionKind.RANK: _select_multiple,
}
_TYPED: Mapping[QuestionKind, _Parser] = {
    QuestionKind.INTEGER: _integer,
    QuestionKind.DECIMAL: _decimal,
    QuestionKind.RANGE: _range,
    QuestionKind.DATE: _date,
    QuestionKind.TIME: _time,
    QuestionKind.DATE_TIME: _date_time,
    QuestionKind.ACKNOWLEDGE: _acknowledge,
}
