"""`clock`: sums of working time, one by one or a file of them; the arithmetic stands in the domain's rules."""

import argparse
import json
import sys
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from server_sync.automation import words
from server_sync.automation.definition_files import file_content, file_name, json_of, not_opened
from server_sync.automation.faults import Fault, Faulty, path_to, tell, told_of
from server_sync.domain.clock import DAY, MINUTE, SECOND
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.rules.local_time import FIRST_DAY, LAST_DAY
from server_sync.domain.rules.settings import DEFAULTS
from server_sync.domain.rules.working_calendar import WorkingCalendar, looked_at_calendar
from server_sync.domain.rules.working_steps import steps_of_add, steps_of_between
from server_sync.domain.rules.working_time import Span, WorkingTime
from server_sync.texts import _
from server_sync.texts.errors import error_words
from server_sync.texts.problems import span_problem
from server_sync.texts.working_time import step_words

CHINA = "cn"
STANDARD_INPUT = Path("-")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KEYS = {"add": ("op", "at", "hours", "days", "natural"), "between": ("op", "from", "to")}
_ALSO = {"a": "from", "start": "from", "b": "to", "end": "to"}
"""What else the two moments of `between` are called."""
_LONGEST_SHOWN = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `clock` takes."""
    parser.add_argument("act", nargs="?", choices=("add", "between"), help=_("what to compute"))
    parser.add_argument(
        "moments", nargs="*", metavar="TIME", help=_("such as 2026-11-20T16:30, in the calendar's time zone")
    )
    amount = parser.add_mutually_exclusive_group()
    amount.add_argument("--hours", metavar="N", help=_("add so many hours, such as 1.5"))
    amount.add_argument("--days", metavar="N", help=_("add so many whole days"))
    parser.add_argument("--natural", action="store_true", help=_("every hour or day counts"))
    parser.add_argument(
        "--calendar",
        metavar="FILE.json|cn",
        default=CHINA,
        help=_("a calendar file, or cn for the ordinary week with China's public holidays and make-up days"),
    )
    parser.add_argument(
        "--batch",
        type=Path,
        metavar="FILE.jsonl",
        help=_(
            'one sum a line: {"op": "add", "at": "2026-11-20T16:30", "hours": 4} or '
            '{"op": "between", "from": …, "to": …}; - reads standard input'
        ),
    )
    parser.add_argument("--json", action="store_true", help=_("print JSON and nothing else"))


def parse(parser: argparse.ArgumentParser, words: Sequence[str]) -> argparse.Namespace:
    """Options may stand before the moments, between them and after them."""
    return parser.parse_intermixed_args(words)


def needs_database(options: argparse.Namespace) -> bool:
    """It works on no company's database."""
    return False


def trouble(error: KnownError) -> str | None:
    """What went wrong with a sum or its calendar, where the common words say too little."""
    values = error.values
    if error.kind is ErrorKind.FILE_UNREADABLE:
        return words.trouble(error)
    if error.kind is ErrorKind.FIELD_INVALID and "choices" in values:
        return _("{field} has no place in this sum; possible are: {choices}.").format(
            field=values["field"], choices=", ".join(values["choices"])
        )
    if error.kind is ErrorKind.FIELD_INVALID:
        return _wrong_field(values["field"])
    return span_problem(values) if error.kind is ErrorKind.OUT_OF_RANGE else None


def _wrong_field(field: str) -> str | None:
    match field:
        case "at" | "from" | "to":
            return _("{field} must be a time such as 2026-11-20T16:30.").format(field=field)
        case "op":
            return _("op must be add or between.")
        case "TIME":
            return _("add takes one time, between takes two.")
        case "hours|days":
            return _("Either hours or days must be given, and not both.")
        case "add|between|--batch":
            return _("Either add, between or --batch must be given.")
    return None


def run(options: argparse.Namespace) -> int:
    """Compute; with --json a sum prints {"result", "explain"} or {"working_minutes"}. Of a batch each line is
    answered, a wrong one by {"error", "values"}; then the exit code is 1. Of a calendar all that is wrong is told, by
    {"error", "values", "faults"}; then it is 2."""
    try:
        clock = Clock(WorkingTime(calendar(options.calendar)))
    except Faulty as faulty:
        return tell(faulty, as_json=options.json, placed=False)
    if options.batch is not None and options.act is None:
        return _batch(clock, options.batch, as_json=options.json)
    asked = {"hours": options.hours, "days": options.days, "natural": options.natural}
    if options.batch is not None or options.act is None:
        raise KnownError(ErrorKind.FIELD_INVALID, field="add|between|--batch")
    wanted = 1 if options.act == "add" else 2
    if len(options.moments) != wanted:
        raise KnownError(ErrorKind.FIELD_INVALID, field="TIME")
    names = ("at",) if options.act == "add" else ("from", "to")
    answer = clock.answer(
        {"op": options.act, **dict(zip(names, options.moments, strict=True)), **_given(asked)}
    )
    _tell(answer, as_json=options.json)
    return 0


def calendar(source: str) -> WorkingCalendar:
    """The calendar of a file, or China's. Raises Faulty."""
    if source == CHINA:
        from server_sync.store.public_days import published

        days = ((day.isoformat(), working) for day, (working, _name) in published().differing.items())
        week = {"timezone": "Asia/Shanghai", "week": DEFAULTS["working_week"]}
        return WorkingCalendar.from_json(week).with_days(days)
    path = Path(source)
    try:
        written = json_of(file_content(path), file_name(path))
    except KnownError as error:
        raise Faulty([Fault(file_name(path), "$", error)]) from error
    found, faults = looked_at_calendar(written)
    if found is None:
        name = file_name(path)
        told = (Fault(name, path_to("$", written, at, first=0), error) for at, error in faults)
        raise Faulty(told_of(name, told))
    return found


@dataclass(frozen=True)
class Answer:
    """What a sum comes to: its JSON, and how it came about, a sentence a step."""

    value: dict[str, Any]
    steps: list[str]


@dataclass(frozen=True)
class Clock:
    """Sums on one calendar, asked for and answered in JSON's values."""

    time: WorkingTime

    def answer(self, asked: Any) -> "Answer":
        """{"op": "add", "at", "hours" | "days", "natural"} or {"op": "between", "from", "to"}.

        Moments are of the years 1900 to 9990. Raises KnownError FIELD_INVALID {field, choices?}, OUT_OF_RANGE.
        """
        if not isinstance(asked, dict) or asked.get("op") not in tuple(_KEYS):
            raise KnownError(ErrorKind.FIELD_INVALID, field="op")
        if asked["op"] == "between":
            asked = {_ALSO.get(name, name): value for name, value in asked.items()}
        for name in asked:
            if name not in _KEYS[asked["op"]]:
                raise KnownError(
                    ErrorKind.FIELD_INVALID,
                    field=str(name)[:_LONGEST_SHOWN],
                    choices=list(_KEYS[asked["op"]]),
                )
        zone = ZoneInfo(self.time.calendar.timezone)
        if asked["op"] == "add":
            at, span = self._moment(asked, "at"), _span(asked)
            steps = [step_words(step, zone) for step in steps_of_add(self.time, at, span)]
            return Answer({"result": _iso(self.time.add(at, span), zone), "explain": steps}, steps)
        start, end = self._moment(asked, "from"), self._moment(asked, "to")
        minutes = _number(Decimal(self.time.between(start, end)) / MINUTE)
        found = steps_of_between(self.time, min(start, end), max(start, end))
        return Answer({"working_minutes": minutes}, [step_words(step, zone) for step in found])

    def _moment(self, asked: dict[str, Any], name: str) -> int:
        """A moment as written: ISO 8601, without an offset on the calendar's wall clock."""
        try:
            when = datetime.fromisoformat(asked[name])
        except (KeyError, TypeError, ValueError) as error:
            raise KnownError(ErrorKind.FIELD_INVALID, field=name) from error
        wall = round((when.replace(tzinfo=UTC) - _EPOCH).total_seconds() * SECOND)
        if not FIRST_DAY <= wall // DAY <= LAST_DAY:
            raise KnownError(ErrorKind.OUT_OF_RANGE, at=wall)
        offset = when.utcoffset()
        return (
            self.time.zone.moment(wall) if offset is None else wall - round(offset.total_seconds() * SECOND)
        )


def _span(asked: dict[str, Any]) -> Span:
    natural = asked.get("natural", False)
    if not isinstance(natural, bool):
        raise KnownError(ErrorKind.FIELD_INVALID, field="natural")
    given = [name for name in ("hours", "days") if asked.get(name) is not None]
    if len(given) != 1:
        raise KnownError(ErrorKind.FIELD_INVALID, field="hours|days")
    [name] = given
    return Span.from_json({"amount": asked[name], "unit": f"{'natural' if natural else 'working'}_{name}"})


def _given(asked: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in asked.items() if value not in (None, False)}


def _iso(at: int, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(at / SECOND, zone).isoformat()


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _batch(clock: Clock, file: Path, *, as_json: bool) -> int:
    wrong = 0
    for number, line in _lines(file):
        try:
            answer = clock.answer(json.loads(line))
        except KnownError as error:
            wrong += 1
            if as_json:
                print(json.dumps({"error": error.kind.value, "values": error.values}, ensure_ascii=False))
            print(
                _("line {row}: {what}").format(row=number, what=trouble(error) or error_words(error)),
                file=sys.stderr,
            )
        except (ValueError, RecursionError):
            wrong += 1
            if as_json:
                print(json.dumps({"error": ErrorKind.MALFORMED.value, "values": {}}))
            print(_("line {row}: {what}").format(row=number, what=_("this is not JSON")), file=sys.stderr)
        else:
            _tell(answer, as_json=as_json)
    return 1 if wrong else 0


def _lines(file: Path) -> Iterator[tuple[int, bytes]]:
    try:
        with nullcontext(sys.stdin.buffer) if file == STANDARD_INPUT else file.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if written := line.removeprefix(BOM_UTF8).strip():
                    yield number, written
    except OSError as error:
        raise not_opened(file, error) from error


def _tell(answer: Answer, *, as_json: bool) -> None:
    value = answer.value
    if as_json:
        print(json.dumps(value, ensure_ascii=False))
        return
    print(value["result"] if "result" in value else _("{count} min").format(count=value["working_minutes"]))
    for step in answer.steps:
        print(f"  {step}")
