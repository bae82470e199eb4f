"""The list column: which form, and which of its responses."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from agent_app.features.responses.model import (
    ALL,
    completeness_choices,
    flag_choices,
    score_choices,
    span_choices,
)
from agent_app.features.responses.state import Completeness, Filters, ResponsesState, Score, Span
from agent_app.ui.cards import column
from agent_app.ui.day_field import DayField
from agent_app.ui.fields import Field, Picker, SearchField
from agent_app.ui.i18n import translate
from agent_app.ui.panels import Ground, ListColumn, scrolled


class FilterColumn(ListColumn):
    """Signals: ``form_chosen(id)``, ``filtered(Filters)``."""

    form_chosen = Signal(object)
    filtered = Signal(object)

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(translate("Responses", "Responses"), parent)
        self._filters = Filters()
        self._form = Picker(translate("Responses", "Form"))
        self.search = SearchField(
            translate("Responses", "Search"), translate("Responses", "Answers or name"), key="Alt F"
        )
        self._version = Picker(translate("Responses", "Version"))
        self._span = Picker(translate("Responses", "Period"), span_choices())
        self._since = DayField(translate("Responses", "From"), today)
        self._until = DayField(translate("Responses", "To, this day included"), today)
        self._person = Picker(translate("Responses", "Agent"))
        self._team = Picker(translate("Responses", "Team"))
        self._complete = Picker(translate("Responses", "Completeness"), completeness_choices())
        self._score = Picker(translate("Responses", "Score"), score_choices())
        self._flag = Picker(translate("Responses", "Flags"), flag_choices())
        self.add(self._form)
        self.add(self.search)
        inner = Ground("surface")
        self._team_field = Field(translate("Responses", "Team"), self._team)
        body = column(
            Field(translate("Responses", "Period"), self._span),
            self._since,
            self._until,
            self._team_field,
            Field(translate("Responses", "Agent"), self._person),
            Field(translate("Responses", "Score"), self._score),
            Field(translate("Responses", "Completeness"), self._complete),
            Field(translate("Responses", "Flags"), self._flag),
            Field(translate("Responses", "Version"), self._version),
            1,
            gap=10,
        )
        body.setContentsMargins(16, 12, 16, 16)
        inner.setLayout(body)
        self.set_body(scrolled(inner))
        self._form.picked.connect(self._on_form)
        self.search.searched.connect(self._on_searched)
        for picker in (
            self._version, self._span, self._person, self._team, self._complete, self._score, self._flag
        ):  # fmt: skip
            picker.picked.connect(self._on_picked)
        self._since.day_given.connect(self._on_since)
        self._until.day_given.connect(self._on_until)

    def draw(self, state: ResponsesState) -> None:
        """Show what is in force."""
        self._filters = filters = state.filters
        count = "" if state.ids is None else str(len(state.ids))
        self.set_title(translate("Responses", "Responses"), count)
        _offer(self._form, [(one.id.hex(), f"{one.title} ({one.responses})") for one in state.forms])
        anybody, anywhere = translate("Responses", "Everybody"), translate("Responses", "All teams")
        _offer(self._person, [(ALL, anybody), *_named(state.choices.people)])
        _offer(self._team, [(ALL, anywhere), *_named(state.choices.teams)])
        self._team_field.setVisible(len(state.choices.teams) > 1)
        versions = [(one.id.hex(), one.version) for one in state.versions]
        _offer(self._version, [(ALL, translate("Responses", "All versions")), *versions])
        self._form.set_code(state.form_id.hex() if state.form_id else ALL)
        self._person.set_code(_code(filters.person_id))
        self._team.set_code(_code(filters.team_id))
        self._version.set_code(_code(filters.version_id))
        self._span.set_code(filters.span)
        self._draw_days(filters)
        self._complete.set_code(filters.completeness)
        self._score.set_code(filters.score)
        self._flag.set_code(filters.flag)
        if not self.search.hasFocus():
            self.search.setText(filters.text)

    def _draw_days(self, filters: Filters) -> None:
        """The days of one's own period, where that was chosen."""
        for field, day in ((self._since, filters.since_on), (self._until, filters.until_on)):
            field.show_day(day)
            field.setVisible(filters.span is Span.OWN)
        since, until = filters.since_on, filters.until_on
        if since is not None and until is not None and until < since:
            self._until.set_error(translate("Responses", "This day is before the first one"))

    @Slot(object)
    def _on_since(self, day: date | None) -> None:
        self.filtered.emit(replace(self._filters, since_on=day))

    @Slot(object)
    def _on_until(self, day: date | None) -> None:
        self.filtered.emit(replace(self._filters, until_on=day))

    @Slot(object)
    def _on_form(self, code: str) -> None:
        self.form_chosen.emit(bytes.fromhex(code))

    @Slot(object)
    def _on_searched(self, text: str) -> None:
        self.filtered.emit(replace(self._filters, text=text))

    @Slot(object)
    def _on_picked(self, _: str) -> None:
        self.filtered.emit(
            replace(
                self._filters,
                version_id=_id(self._version),
                span=Span(self._span.code()),
                person_id=_id(self._person),
                team_id=_id(self._team),
                completeness=Completeness(self._complete.code()),
                score=Score(self._score.code()),
                flag=self._flag.code(),
            )
        )


def _named(found: tuple[tuple[bytes, str], ...]) -> list[tuple[str, str]]:
    return [(one_id.hex(), name) for one_id, name in found]


def _offer(picker: Picker, choices: list[tuple[str, str]]) -> None:
    shown = [(str(picker.itemData(place)), picker.itemText(place)) for place in range(picker.count())]
    if shown != choices:
        picker.set_choices(choices)


def _code(one: bytes | None) -> str:
    return one.hex() if one is not None else ALL


def _id(picker: Picker) -> bytes | None:
    return bytes.fromhex(picker.code()) if picker.code() else None
