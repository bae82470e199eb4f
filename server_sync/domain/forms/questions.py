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
from server_sync.domain.forms.scores import SCALES
from server_sync.domain.forms.xml import clean_text
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

MAX_PLACES = 200_000
"""Characters of a line or an area: some 5,000 points."""

MAX_NAME = 255
"""Bytes of a file's name."""

_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,30}(?:\.[0-9]{0,30})?|\.[0-9]{1,30})")
_DATE = re.compile(r"(?:([0-9]{4})\s*[-/.年]\s*)?([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?")
_PHONE = re.compile(r"\+?[0-9*#,]{3,32}")
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
    most = MAX_PLACES if asked.question.kind is QuestionKind.PLACE else MAX_TEXT
    if len(text) > most:
        return Fault(ErrorKind.ANSWER_TOO_LONG, {"most": most})
    text = clean_text(text)
    if not text.strip():
        return ""
    parse = _AS_WRITTEN.get(asked.question.kind)
    if parse is not None:
        return parse(text.strip(), asked)
    return _TYPED[asked.question.kind](unicodedata.normalize("NFKC", text).strip(), asked)


def _wrong(asked: Asked) -> Fault:
    return Fault(ErrorKind.ANSWER_WRONG_TYPE, {"expected": asked.question.kind.value})


def _integer(typed: str, asked: Asked) -> str | Fault:
    """32 bits (XML Schema, int), or the scale that the appearance names (`nps`, `csat`, `ces`)."""
    if not _INTEGER.fullmatch(typed):
        return _wrong(asked)
    number = int(typed)
    scales = [scale for name, scale in SCALES.items() if name in asked.question.appearance]
    least, most = scales[0] if scales else (_LEAST, _MOST)
    if not least <= number <= most:
        return Fault(ErrorKind.ANSWER_OUT_OF_RANGE, {"least": str(least), "most": str(most), "step": "1"})
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
    """2017-12-30, 2017/12/30, 2017年12月30日; without a year it is this one.

    With the appearance `year` or `month-year` the year or the month is enough: its first day.
    """
    part = re.fullmatch(r"([0-9]{4})(?:[-/.年]([0-9]{1,2})月?|年)?", typed)
    if part and asked.question.appearance & ({"month-year"} if part[2] else {"year"}):
        typed = f"{part[1]}-{part[2] or '1'}-1"
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
    """Values with spaces between them, each once, in the order of the list however they were chosen."""
    chosen = _ranked(typed, asked)
    if isinstance(chosen, Fault):
        return chosen
    picked = set(chosen.split())
    return " ".join(dict.fromkeys(choice.value for choice in asked.choices if choice.value in picked))


def _ranked(typed: str, asked: Asked) -> str | Fault:
    """Values with spaces between them, each once, in the order given."""
    chosen = list(dict.fromkeys(typed.split()))
    offered = {choice.value for choice in asked.choices}
    for value in chosen:
        if value not in offered:
            return Fault(ErrorKind.ANSWER_NOT_OFFERED, {"choice": value})
    return " ".join(chosen)


def _acknowledge(typed: str, asked: Asked) -> str | Fault:
    return "OK" if typed.upper() == "OK" else _wrong(asked)


def _text(typed: str, asked: Asked) -> str | Fault:
    """As it was written; with the appearance `phone` a telephone number, without spaces and brackets."""
    if "phone" not in asked.question.appearance:
        return typed.replace("\r\n", "\n")
    number = re.sub(r"[\s()./-]", "", unicodedata.normalize("NFKC", typed))
    return number if _PHONE.fullmatch(number) else Fault(ErrorKind.ANSWER_WRONG_TYPE, {"expected": "phone"})


def _file(typed: str, asked: Asked) -> str | Fault:
    """The name of a file without folders; the form's own files may be defaults ("jr://images/x.png")."""
    name = re.sub(r"^jr://(images|audio|video|file)/", "", typed)
    wrong = re.search(r"[/\\\n\r\t]", name) or name in (".", "..") or len(name.encode()) > MAX_NAME
    return _wrong(asked) if wrong else typed


def _place(typed: str, asked: Asked) -> str | Fault:
    """A point, or points with semicolons between: a geotrace of 2 or more, a geoshape of 3 or more that is closed."""
    points = [" ".join(point.split()) for point in typed.strip("; ").split(";")]
    if not all(_is_point(point) for point in points):
        return _wrong(asked)
    closed = points[0].split()[:2] == points[-1].split()[:2]
    match asked.question.data_type:
        case "geotrace":
            fits = len(points) > 1 and not closed
        case "geoshape":
            fits = len(points) > 2 and closed
        case _:
            fits = len(points) == 1
    return ";".join(points) if fits else _wrong(asked)


def _is_point(point: str) -> bool:
    """Latitude and longitude in degrees, then perhaps altitude and accuracy in metres (ODK XForms, Data Types)."""
    numbers = point.split(" ")
    if not 2 <= len(numbers) <= 4 or not all(_DECIMAL.fullmatch(number) for number in numbers):
        return False
    latitude, longitude, _, accuracy = (*map(Decimal, numbers), Decimal(0), Decimal(0))[:4]
    return abs(latitude) <= 90 and abs(longitude) <= 180 and accuracy >= 0


_Parser = Callable[[str, Asked], str | Fault]
_AS_WRITTEN: Mapping[QuestionKind, _Parser] = {
    QuestionKind.TEXT: _text,
    QuestionKind.BARCODE: _text,
    QuestionKind.NOTE: _text,
    QuestionKind.FILE: _file,
    QuestionKind.SELECT_ONE: _select_one,
    QuestionKind.SELECT_MULTIPLE: _select_multiple,
    QuestionKind.RANK: _ranked,
}
_TYPED: Mapping[QuestionKind, _Parser] = {
    QuestionKind.INTEGER: _integer,
    QuestionKind.DECIMAL: _decimal,
    QuestionKind.RANGE: _range,
    QuestionKind.DATE: _date,
    QuestionKind.TIME: _time,
    QuestionKind.DATE_TIME: _date_time,
    QuestionKind.ACKNOWLEDGE: _acknowledge,
    QuestionKind.PLACE: _place,
}
