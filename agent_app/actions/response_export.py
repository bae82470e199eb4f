"""Responses as tables of a file: one row a response, the instances of repeats in tables of their own with the key of
what they belong to; which files there are stands in ``table_files``."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from pathlib import Path

from agent_app.actions.table_files import Timed, Value, open_tables
from agent_app.store.queries.responses import ResponseRow
from server_sync.domain.forms.tabulation import (
    AnswerColumn,
    AnswerTable,
    InstanceRow,
    answer_words,
    moment_of,
    number_of,
    rows_of,
)

MOST_SPLIT = 200
"""Choices of a question that get columns of their own; one with more stays in one column."""


class Fact(StrEnum):
    """What stands before the answers of a response."""

    KEY = "key"
    PARENT = "parent_key"
    CUSTOMER = "customer"
    PERSON = "agent"
    PLAN = "plan"
    RECORDED = "recorded_at"
    STARTED = "started_at"
    VERSION = "version"
    EDITION = "edition"
    COMPLETE = "complete"
    CSAT = "csat"
    NPS = "nps"
    FLAGS = "flags"
    LANGUAGE = "language"


_OF_RESPONSE = tuple(fact for fact in Fact if fact is not Fact.PARENT)
_OF_INSTANCE = (Fact.KEY, Fact.PARENT)


@dataclass(frozen=True)
class ExportOptions:
    """How the answers are written. `split` gives each choice of a multiple a column with 1 or 0; `headings` are the
    facts' words where the columns are headed by labels, and `flags` those of the flags."""

    labels: bool = True
    split: bool = False
    by_label: bool = True
    headings: Mapping[Fact, str] | None = None
    flags: Mapping[str, str] | None = None
    yes_no: tuple[str, str] = ("1", "0")


class ResponseExport:
    """Call `add` with some responses as often as there are more, then `finish`; `abandon` leaves nothing behind. Not on
    the main thread, and one call at a time.

    Raises KnownError FILE_UNWRITABLE {file}; then it is abandoned.
    """

    def __init__(
        self, target: Path, title: str, tables: Sequence[AnswerTable], options: ExportOptions, zone: tzinfo
    ) -> None:
        self._target, self._options, self._zone = target, options, zone
        self._tables = tables
        self._columns = [list(_spread(table.columns, options)) for table in tables]
        heads = [
            list(self._head(table, columns)) for table, columns in zip(tables, self._columns, strict=True)
        ]
        names = [table.name if table.repeat else title for table in tables]
        self._out = open_tables(target, names)
        for number, head in enumerate(heads):
            self._out.add(number, head)

    def add(self, rows: Iterable[ResponseRow]) -> None:
        """Write some responses with their instances."""
        for row in rows:
            for number, table in enumerate(self._tables):
                for instance in rows_of(table, row.answers):
                    self._out.add(
                        number, [*self._facts(row, table, instance), *self._cells(number, instance)]
                    )

    def finish(self) -> None:
        """Put the whole file in its place."""
        self._out.finish()

    def abandon(self) -> None:
        """Leave nothing behind."""
        self._out.abandon()

    def _head(self, table: AnswerTable, columns: Sequence[tuple[AnswerColumn, str]]) -> Iterator[str]:
        words = self._options.headings or {}
        for fact in _OF_INSTANCE if table.repeat else _OF_RESPONSE:
            yield words.get(fact, fact.value) if self._options.by_label else fact.value
        for column, choice in columns:
            named = (column.label or column.name) if self._options.by_label else column.name
            if not choice:
                yield named
            elif self._options.by_label:
                yield f"{named} · {column.choices[choice] or choice}"
            else:
                yield f"{named}/{choice}"

    def _facts(self, row: ResponseRow, table: AnswerTable, instance: InstanceRow) -> Iterator[Value]:
        key = row.id.hex()
        if table.repeat:
            yield f"{key}{instance.path}"
            yield f"{key}{instance.parent}"
            return
        facts: Mapping[Fact, Value] = {
            Fact.KEY: key,
            Fact.CUSTOMER: row.customer,
            Fact.PERSON: row.person,
            Fact.PLAN: row.plan,
            Fact.RECORDED: self._moment(row.recorded_at),
            Fact.STARTED: self._moment(row.started_at),
            Fact.VERSION: row.version,
            Fact.EDITION: row.edition,
            Fact.COMPLETE: self._options.yes_no[0 if row.complete else 1],
            Fact.CSAT: row.csat,
            Fact.NPS: row.nps,
            Fact.FLAGS: ", ".join((self._options.flags or {}).get(flag, flag) for flag in row.flags),
            Fact.LANGUAGE: row.language,
        }
        for fact in _OF_RESPONSE:
            yield facts[fact]

    def _cells(self, number: int, instance: InstanceRow) -> Iterator[Value]:
        for column, choice in self._columns[number]:
            text = instance.answers.get(column.path, "")
            if choice:
                yield (1 if choice in text.split() else 0) if text else None
                continue
            exact, at = number_of(column, text), moment_of(column, text, self._zone)
            if exact is not None:
                yield exact
            elif at is not None:
                yield Timed(text, at)
            else:
                yield answer_words(column, text) if self._options.labels else text or None

    def _moment(self, at: int | None) -> Timed | None:
        if at is None:
            return None
        local = datetime.fromtimestamp(at // 1000, self._zone).replace(tzinfo=None)
        return Timed(local.isoformat(sep=" "), local)


def _spread(columns: Iterable[AnswerColumn], options: ExportOptions) -> Iterator[tuple[AnswerColumn, str]]:
    """Each column, with a choice where it is one of the columns that a multiple is split into."""
    for column in columns:
        if options.split and column.several and 0 < len(column.choices) <= MOST_SPLIT:
            for choice in column.choices:
                yield column, choice
        else:
            yield column, ""
