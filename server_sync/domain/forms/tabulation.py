"""Answers as tables: one row a response, and one a repeat's instance in a table of its own (as ODK exports them)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, tzinfo
from decimal import Decimal, InvalidOperation

from server_sync.domain.forms.contents import Entry, EntryKind, choice_list, choices_of, contents, plain_words
from server_sync.domain.forms.definition import FormDefinition, QuestionKind
from server_sync.domain.forms.instance import definition_path
from server_sync.domain.forms.xpath.moments import parse_moment, parse_time

_SEVERAL = frozenset({QuestionKind.SELECT_MULTIPLE})
_CHOSEN = _SEVERAL | {QuestionKind.SELECT_ONE, QuestionKind.RANK}
_NUMBERS = frozenset({QuestionKind.INTEGER, QuestionKind.DECIMAL, QuestionKind.RANGE})
_NUMBER_TYPES = frozenset({"int", "integer", "decimal"})
_EXACT = re.compile(r"-?(0|[1-9][0-9]{0,14})|-?(0|[1-9][0-9]{0,8})\.[0-9]{1,6}")
"""What a spreadsheet keeps as it is written: a number that begins with a 0 is a code."""
_MOMENT_TYPES = frozenset({"date", "dateTime"})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class AnswerColumn:
    """What one question, or a value that nobody is asked for, gave. `choices` are the labels by value, in their order;
    `name` is the path below the form or the repeat, "use/age"; `data_type` is that of its bind."""

    path: str
    name: str
    label: str
    kind: QuestionKind | None
    choices: Mapping[str, str] = field(default_factory=dict)
    numeric: bool = False
    data_type: str = "string"

    @property
    def several(self) -> bool:
        """Whether an answer may have several choices, in no order."""
        return self.kind in _SEVERAL


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """The table of the responses (`repeat` is ""), or of the instances of a repeat at a path."""

    repeat: str
    name: str
    label: str
    columns: tuple[AnswerColumn, ...]


@dataclass(frozen=True, slots=True)
class InstanceRow:
    """One row of a table: the paths of its instance and of that around it ("" for the response itself), and the answers
    by column."""

    path: str
    parent: str
    answers: Mapping[str, str]


def tabulate(forms: Sequence[FormDefinition], language: str = "") -> tuple[AnswerTable, ...]:
    """The tables of a form's answers, that of the responses first; from several versions what each of them asks, the
    first one's words before the others'. Notes have no answers and no columns."""
    tables: dict[str, tuple[str, str, dict[str, AnswerColumn]]] = {"": ("", "", {})}
    for form in forms:
        lists: dict[str, Mapping[str, str]] = {}
        for entry in contents(form):
            label = plain_words(form, entry.label, language)
            if entry.kind is EntryKind.REPEAT:
                tables.setdefault(entry.path, (entry.name, label, {}))
            elif entry.kind is not EntryKind.GROUP and entry.repeat in tables:
                question = entry.question
                kind = None if question is None else question.kind
                if kind is QuestionKind.NOTE:
                    continue
                above = entry.repeat or form.root
                data_type = form.binds[entry.path].data_type if entry.path in form.binds else "string"
                column = AnswerColumn(
                    entry.path,
                    entry.path.removeprefix(f"{above}/"),
                    label,
                    kind,
                    _choices(form, entry, language, lists),
                    kind in _NUMBERS or data_type in _NUMBER_TYPES,
                    data_type,
                )
                tables[entry.repeat][2].setdefault(entry.path, column)
    return tuple(
        AnswerTable(repeat, name, label, tuple(columns.values()))
        for repeat, (name, label, columns) in tables.items()
    )


def _choices(
    form: FormDefinition, entry: Entry, language: str, lists: dict[str, Mapping[str, str]]
) -> Mapping[str, str]:
    """The labels of a question's choices; questions with the same list share them."""
    question = entry.question
    if question is None or question.kind not in _CHOSEN:
        return {}
    name = choice_list(question) or entry.path
    if name not in lists:
        lists[name] = choices_of(form, question, language)
    return lists[name]


def rows_of(table: AnswerTable, answers: Mapping[str, str]) -> Iterator[InstanceRow]:
    """The rows that one response has in a table; always one in that of the responses."""
    if not table.repeat:
        wanted = {column.path for column in table.columns}
        yield InstanceRow("", "", {path: text for path, text in answers.items() if path in wanted})
        return
    depth = table.repeat.count("/")
    found: dict[str, dict[str, str]] = {}
    for path, text in answers.items():
        plain = definition_path(path)
        if plain.startswith(f"{table.repeat}/"):
            instance = "/".join(path.split("/")[: depth + 1])
            found.setdefault(instance, {})[plain] = text
    wanted = {column.path for column in table.columns}
    for instance, given in found.items():
        parent = instance.rpartition("/")[0]
        while parent and not parent.endswith("]"):
            parent = parent.rpartition("/")[0]
        yield InstanceRow(instance, parent, {path: text for path, text in given.items() if path in wanted})


def answer_words(column: AnswerColumn, value: str, separator: str = ", ") -> str:
    """An answer as the form words it: choices by their labels, everything else as it is."""
    if not column.choices or not value:
        return value
    if column.kind is QuestionKind.SELECT_ONE:
        return column.choices.get(value) or value
    return separator.join(column.choices.get(one) or one for one in value.split())


def number_of(column: AnswerColumn, value: str) -> Decimal | None:
    """The number that an answer is, if the column has numbers and a spreadsheet keeps this one exactly."""
    if not column.numeric or not _EXACT.fullmatch(value):
        return None
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


def moment_of(column: AnswerColumn, value: str, zone: tzinfo) -> date | time | None:
    """The day, the time of day or the moment (a datetime, in `zone`) that an answer is, none with an offset, if the
    column has such."""
    if column.data_type == "time":
        at = parse_time(value)
        return None if at is None else at.replace(tzinfo=None)
    moment = parse_moment(value, zone) if column.data_type in _MOMENT_TYPES else None
    if moment is None:
        return None
    if column.data_type == "date":
        return moment.date() if _DAY.fullmatch(value) else None
    try:
        return moment.astimezone(zone).replace(tzinfo=None)
    except OverflowError:
        return None
