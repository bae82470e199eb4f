"""Responses in words: the table's columns, the choices of the filters, flags, and how an export is headed."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from agent_app.actions.response_export import ExportOptions, Fact
from agent_app.features.responses.state import Completeness, Score, Span
from agent_app.store.queries.response_list import Answer, By
from agent_app.store.queries.responses import ResponseRow
from agent_app.ui import formats
from agent_app.ui.i18n import mark, translate
from agent_app.ui.rows import Cell, Column
from agent_app.ui.tokens import Tone
from server_sync.domain.forms.tabulation import AnswerColumn, AnswerTable, answer_words, rows_of

ALL = ""
MOST_COLUMNS = 400
"""Questions that get a column on the screen; a response and an export have all of them."""

_FLAGS: Mapping[str, str] = {
    "speeding": mark("Responses", "Too fast"),
    "straight_lining": mark("Responses", "Always the same answer"),
}
_SPANS: Mapping[Span, str] = {
    Span.ALL: mark("Responses", "Any time"),
    Span.TODAY: mark("Responses", "Today"),
    Span.WEEK: mark("Responses", "Last 7 days"),
    Span.MONTH: mark("Responses", "Last 30 days"),
    Span.OWN: mark("Responses", "From a day to a day"),
}
_COMPLETENESS: Mapping[Completeness, str] = {
    Completeness.ALL: mark("Responses", "Complete or not"),
    Completeness.COMPLETE: mark("Responses", "Complete"),
    Completeness.INCOMPLETE: mark("Responses", "Incomplete"),
}
_SCORES: Mapping[Score, str] = {
    Score.ALL: mark("Responses", "Any score"),
    Score.CSAT_LOW: mark("Responses", "Satisfaction 1–2"),
    Score.CSAT_HIGH: mark("Responses", "Satisfaction 4–5"),
    Score.DETRACTORS: mark("Responses", "NPS 0–6"),
    Score.PASSIVES: mark("Responses", "NPS 7–8"),
    Score.PROMOTERS: mark("Responses", "NPS 9–10"),
}
_FACTS: Mapping[Fact, str] = {
    Fact.KEY: mark("Responses", "Key"),
    Fact.PARENT: mark("Responses", "Belongs to"),
    Fact.CUSTOMER: mark("Responses", "Customer"),
    Fact.PERSON: mark("Responses", "Agent"),
    Fact.PLAN: mark("Responses", "Plan"),
    Fact.RECORDED: mark("Responses", "Recorded"),
    Fact.STARTED: mark("Responses", "Begun"),
    Fact.VERSION: mark("Responses", "Version"),
    Fact.EDITION: mark("Responses", "Edition"),
    Fact.COMPLETE: mark("Responses", "Complete"),
    Fact.CSAT: mark("Responses", "Satisfaction"),
    Fact.NPS: mark("Responses", "NPS"),
    Fact.FLAGS: mark("Responses", "Flags"),
    Fact.LANGUAGE: mark("Responses", "Language"),
}


def span_choices() -> list[tuple[str, str]]:
    """The periods."""
    return [(span.value, translate("Responses", words)) for span, words in _SPANS.items()]


def completeness_choices() -> list[tuple[str, str]]:
    """Complete or not."""
    return [(one.value, translate("Responses", words)) for one, words in _COMPLETENESS.items()]


def score_choices() -> list[tuple[str, str]]:
    """The ranges of scores."""
    return [(one.value, translate("Responses", words)) for one, words in _SCORES.items()]


def flag_choices() -> list[tuple[str, str]]:
    """The flags."""
    return [
        (ALL, translate("Responses", "With or without flags")),
        ("any", translate("Responses", "With any flag")),
        *((flag, translate("Responses", words)) for flag, words in _FLAGS.items()),
    ]


def flag_words(flag: str) -> str:
    """A flag; one of a newer program as it is called."""
    words = _FLAGS.get(flag)
    return flag if words is None else translate("Responses", words)


def export_options(*, labels: bool, split: bool, by_label: bool) -> ExportOptions:
    """How an export is written, with the words of its headings."""
    headings = {fact: translate("Responses", words) for fact, words in _FACTS.items()}
    flags = {flag: flag_words(flag) for flag in _FLAGS} if labels else None
    yes_no = (translate("Responses", "yes"), translate("Responses", "no")) if labels else ("1", "0")
    return ExportOptions(labels, split, by_label, headings, flags, yes_no)


def response_columns(tables: Sequence[AnswerTable], now: int, tz: tzinfo) -> Sequence[Column[ResponseRow]]:
    """When, who, whose, scores, flags; then a column a question, and how many instances each repeat has."""

    def recorded(row: ResponseRow) -> Cell:
        return Cell(formats.moment(row.recorded_at, now, tz), tooltip=formats.exact(row.recorded_at, tz))

    def score(value: int | None, low: int, high: int) -> Cell:
        if value is None:
            return Cell("–")
        return Cell(str(value), Tone.DANGER if value <= low else Tone.SUCCESS if value >= high else None)

    def state(row: ResponseRow) -> Cell:
        words = [flag_words(flag) for flag in row.flags]
        if not row.complete:
            words.insert(0, translate("Responses", "Incomplete"))
        if row.edition > 1:
            words.append(translate("Responses", "Edition {number}").format(number=row.edition))
        told = " · ".join(words)
        return Cell(told, Tone.WARNING if row.flags or not row.complete else None, tooltip=told)

    facts: tuple[Column[ResponseRow], ...] = (
        Column(translate("Responses", "Recorded"), recorded, 112),
        Column(translate("Responses", "Customer"), lambda row: Cell(row.customer), 88),
        Column(translate("Responses", "Agent"), lambda row: Cell(row.person), 84),
        Column(translate("Responses", "Task"), lambda row: Cell(row.plan or "–", tooltip=row.plan or ""), 96),
        Column(translate("Responses", "CSAT"), lambda row: score(row.csat, 2, 4), 56, number=True),
        Column(translate("Responses", "NPS"), lambda row: score(row.nps, 6, 9), 48, number=True),
        Column(translate("Responses", "To note"), state, 120, sortable=False),
    )
    asked = [_asked(column) for column in _columns(tables)]
    return (*facts, *asked, *(_counted(table) for table in tables[1:]))


def orders(tables: Sequence[AnswerTable]) -> Sequence[By | Answer | None]:
    """What each of the columns puts the list in the order of; None where it cannot."""
    facts = (By.RECORDED, By.CUSTOMER, By.PERSON, By.PLAN, By.CSAT, By.NPS, None)
    asked = (Answer(column.path, column.numeric) for column in _columns(tables))
    return (*facts, *asked, *(None for _ in tables[1:]))


def _columns(tables: Sequence[AnswerTable]) -> Sequence[AnswerColumn]:
    return tables[0].columns[:MOST_COLUMNS] if tables else ()


def _asked(column: AnswerColumn) -> Column[ResponseRow]:
    def cell(row: ResponseRow) -> Cell:
        words = answer_words(column, row.answers.get(column.path, ""), translate("Responses", ", "))
        return Cell(words, tooltip=words)

    return Column(column.label or column.name, cell, 136, number=column.numeric)


def _counted(table: AnswerTable) -> Column[ResponseRow]:
    def cell(row: ResponseRow) -> Cell:
        number = sum(1 for _ in rows_of(table, row.answers))
        return Cell(str(number) if number else "")

    return Column(table.label or table.name, cell, 96, number=True, sortable=False)
