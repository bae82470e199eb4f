"""How typed answers are understood before the form's engine judges them, and how stored ones are written out."""

import re
import unicodedata
from datetime import tzinfo

from server_sync.domain.forms.definition import QuestionKind
from server_sync.domain.forms.pages import QuestionState
from server_sync.domain.forms.xpath.moments import from_milliseconds
from server_sync.domain.rules import typed_day
from server_sync.domain.rules.local_time import clock_face
from server_sync.domain.rules.typed_time import with_digits

READ = frozenset({QuestionKind.DATE, QuestionKind.TIME, QuestionKind.DATE_TIME, QuestionKind.PLACE})
"""Kinds whose typed words are read by `understood`."""

_NUMBERS = frozenset({QuestionKind.INTEGER, QuestionKind.DECIMAL, QuestionKind.RANGE})
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_POINT = re.compile(
    r"(-?\d{1,2}(?:\.\d+)?)\s*[,，\s]\s*(-?\d{1,3}(?:\.\d+)?)((?:[\s,，]+-?\d+(?:\.\d+)?){0,2})"
)


def understood(question: QuestionState, typed: str, now: int, tz: tzinfo) -> str:
    """A day, time or moment as the engine takes it: "2026-03-15", "14:30", "2026-03-15 14:30"; "" if it is none.

    So are points, typed as latitude and longitude with ";" or a line's end between them: "31.23 121.47 0 0" (ODK:
    altitude and accuracy follow), and numbers with commas or Chinese numerals. What is typed for any other kind is
    given back as it is.
    """
    if question.kind in _NUMBERS:
        return _number(typed)
    if question.kind not in READ:
        return typed
    if question.kind is QuestionKind.PLACE:
        return _points(typed, closed=question.data_type == "geoshape")
    here = from_milliseconds(now, tz)
    today = here.date()
    if question.kind is QuestionKind.TIME:
        minute = typed_day.minute(typed)
        return "" if minute is None else clock_face(minute)
    if question.kind is QuestionKind.DATE_TIME:
        moment = typed_day.moment(typed, today, here.hour * 60 + here.minute)
        return "" if moment is None else f"{moment[0].isoformat()} {clock_face(moment[1])}"
    if "year" in question.appearance:
        day = typed_day.year(typed, today)
    elif "month-year" in question.appearance:
        day = typed_day.month(typed, today)
    else:
        day = typed_day.day(typed, today)
    return "" if day is None else day.isoformat()


def written(question: QuestionState) -> str:
    """A stored value as one would type it: "14:30" for "14:30:00.000+08:00", a point as "31.23, 121.47"."""
    value = question.value
    if question.kind is QuestionKind.TIME:
        return value[:5]
    if question.kind is QuestionKind.DATE_TIME:
        return value[:16].replace("T", " ")
    if question.kind is QuestionKind.DATE:
        return value[
            : 4 if "year" in question.appearance else 7 if "month-year" in question.appearance else 10
        ]
    if question.kind is QuestionKind.PLACE:
        return ("\n" if several_points(question) else "; ").join(map(_written_point, value.split(";")))
    return value


def _number(typed: str) -> str:
    """A number without the commas of its thousands, Chinese numerals (十二) as digits."""
    plain = unicodedata.normalize("NFKC", typed).strip()
    return plain.replace(",", "") if _THOUSANDS.fullmatch(plain) else with_digits(plain)


def several_points(question: QuestionState) -> bool:
    """Whether points make a line or a shape, each on a line of its own."""
    return question.data_type in ("geotrace", "geoshape")


def _points(typed: str, *, closed: bool) -> str:
    """The points of a text; a shape that is not `closed` is."""
    points = [_POINT.fullmatch(one.strip()) for one in re.split(r"[;；\n]", typed.strip().rstrip(";；"))]
    read = []
    for point in points:
        if point is None or abs(float(point[1])) > 90 or abs(float(point[2])) > 180:
            return ""
        read.append(" ".join([point[1], point[2], *re.findall(r"-?[\d.]+", point[3]), "0", "0"][:4]))
    if closed and len(read) > 2 and read[0].split()[:2] != read[-1].split()[:2]:
        read.append(read[0])
    return ";".join(read)


def _written_point(stored: str) -> str:
    parts = stored.split()
    return (
        ", ".join(parts[:2])
        if parts[2:] in ([], ["0", "0"])
        else f"{', '.join(parts[:2])} {' '.join(parts[2:])}"
    )
