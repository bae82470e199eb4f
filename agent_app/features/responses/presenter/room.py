"""What happens in the responses room: a form, filters, one response to read, an export (its steps: ``exporting``)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection

from agent_app.actions.response_export import ExportOptions, ResponseExport
from agent_app.actions.session import DeskSession
from agent_app.features.responses.presenter.exporting import ExportRun
from agent_app.features.responses.presenter.periods import period
from agent_app.features.responses.state import (
    Completeness,
    Exporting,
    Filters,
    Reading,
    ResponsesState,
    Score,
)
from agent_app.store.queries import response_list, responses
from agent_app.store.queries.response_list import NEWEST_FIRST, Answer, Order, ResponseFilter, Scores
from agent_app.store.queries.responses import AnsweredForm, Choices, ReadResponse, ResponseRow, Version
from agent_app.ui.while_seen import WhileSeen
from server_sync.domain.errors import KnownError
from server_sync.domain.forms.reading import read_form
from server_sync.domain.forms.tabulation import AnswerTable, tabulate

_SCORES = {
    Score.CSAT_LOW: Scores("csat", 1, 2),
    Score.CSAT_HIGH: Scores("csat", 4, 5),
    Score.DETRACTORS: Scores("nps", 0, 6),
    Score.PASSIVES: Scores("nps", 7, 8),
    Score.PROMOTERS: Scores("nps", 9, 10),
}


@dataclass(frozen=True)
class _Found:
    form_id: bytes
    versions: tuple[Version, ...]
    choices: Choices


class ResponsesPresenter(WhileSeen):
    """`show_rows` takes the rows that came into sight; `language` is a tag such as "zh"."""

    tables = ("response", "form", "form_version", "person", "customer")

    def __init__(
        self,
        session: DeskSession,
        language: str,
        render: Callable[[ResponsesState], object],
        show_rows: Callable[[Mapping[bytes, ResponseRow]], object],
    ) -> None:
        super().__init__()
        self._session = session
        self._language = language
        self._render = render
        self._show_rows = show_rows
        self._state = ResponsesState()
        self._run: ExportRun | None = None

    @property
    def state(self) -> ResponsesState:
        """What is shown."""
        return self._state

    def on_form_chosen(self, form_id: bytes) -> None:
        """The responses of another form."""
        if form_id == self._state.form_id or self._state.exporting is not None:
            return
        self._state = replace(
            self._state,
            form_id=form_id,
            versions=(),
            filters=Filters(),
            order=NEWEST_FIRST,
            tables=None,
            ids=None,
            reading=None,
            exported="",
            error=None,
        )
        self._draw(self._state)
        self._open()

    def on_filtered(self, filters: Filters) -> None:
        """Other filters."""
        if filters == self._state.filters:
            return
        other_version = filters.version_id != self._state.filters.version_id
        self._draw(replace(self._state, filters=filters, exported=""))
        if other_version:
            self._read_tables()
        self._find()

    def on_sorted(self, order: Order) -> None:
        """Another order."""
        self._draw(replace(self._state, order=order))
        self._find()

    def on_rows_wanted(self, ids: Sequence[bytes]) -> None:
        """These lines came into sight."""
        self._session.read(lambda connection: responses.rows(connection, ids), self._show_rows)

    def on_response_chosen(self, response_id: bytes | None) -> None:
        """One response is to be read; None: none."""
        if response_id is None:
            self._draw(replace(self._state, reading=None))
            return
        actor = self._session.desk.actor
        self._session.read(
            lambda connection: responses.sheet(connection, response_id, actor), self._opened, key="response"
        )

    def on_notice_seen(self) -> None:
        """The banner was closed."""
        self._draw(replace(self._state, error=None, exported=""))

    # -------------------------------------------------------------------------------------------------- export

    def on_export_asked(self, target: Path, options: ExportOptions) -> None:
        """Write the responses that are listed into this file."""
        state = self._state
        if state.exporting is not None or not state.ids or state.form is None:
            return
        title, texts = (
            state.form.title,
            [one.xform for one in _first(state.versions, state.filters.version_id)],
        )
        self._draw(
            replace(state, exporting=Exporting(target.name, 0, len(state.ids)), exported="", error=None)
        )

        def begin() -> ResponseExport:
            tables = self._tables_of(texts)
            return ResponseExport(target, title, tables, options, self._session.timezone)

        self._run = ExportRun(
            self._session, state.ids, begin, self._written, self._finished, self._export_failed
        )

    def on_export_stopped(self) -> None:
        """The file is not wanted any more; nothing of it stays."""
        if self._run is not None:
            self._run.stop()
            self._run = None
            self._draw(replace(self._state, exporting=None))

    def _written(self, done: int) -> None:
        exporting = self._state.exporting
        if exporting is not None:
            self._draw(replace(self._state, exporting=replace(exporting, done=done)))

    def _finished(self) -> None:
        exporting, self._run = self._state.exporting, None
        if exporting is not None:
            self._draw(replace(self._state, exporting=None, exported=exporting.name))

    def _export_failed(self, error: KnownError) -> None:
        self._run = None
        self._draw(replace(self._state, exporting=None, error=error.kind, error_values=error.values))

    # ------------------------------------------------------------------------------------------------- reading

    def _reload(self) -> None:
        """The forms that were answered, and what is shown of one."""
        self._session.read(responses.forms, self._loaded, key="answered forms")

    def _loaded(self, forms: tuple[AnsweredForm, ...]) -> None:
        known = {one.id for one in forms}
        chosen = self._state.form_id if self._state.form_id in known else None
        if chosen is None:
            chosen = next((one.id for one in forms if one.responses), next(iter(known), None))
        self._draw(replace(self._state, forms=forms, loaded=True, form_id=chosen))
        self._open()

    def _open(self) -> None:
        form_id = self._state.form_id
        if form_id is None:
            return

        def read(connection: Connection) -> _Found:
            found = responses.versions(connection, form_id)
            return _Found(form_id, found, responses.choices(connection, form_id))

        self._session.read(read, self._form_read, key="answered form")

    def _form_read(self, found: _Found) -> None:
        if found.form_id != self._state.form_id:
            return
        same = found.versions == self._state.versions
        self._draw(replace(self._state, versions=found.versions, choices=found.choices))
        if not same or self._state.tables is None:
            self._read_tables()
        self._find()

    def _read_tables(self) -> None:
        """The questions of the version that heads the columns."""
        state = self._state
        shown = _first(state.versions, state.filters.version_id)[:1]
        if not shown:
            return
        texts = [one.xform for one in shown]

        def read(tables: tuple[AnswerTable, ...]) -> None:
            if _first(self._state.versions, self._state.filters.version_id)[:1] == shown:
                self._draw(replace(self._state, tables=tables))
                self._keep_order(tables)

        self._session.load(lambda: self._tables_of(texts), read, self._failed)

    def _keep_order(self, tables: Sequence[AnswerTable]) -> None:
        """A question that this version does not ask orders nothing."""
        by = self._state.order.by
        if isinstance(by, Answer) and by.path not in {column.path for column in tables[0].columns}:
            self.on_sorted(NEWEST_FIRST)

    def _tables_of(self, xforms: Sequence[str]) -> tuple[AnswerTable, ...]:
        """Never on the main thread."""
        forms = [read_form(xform) for xform in xforms]
        language = forms[0].language_for(self._language) if forms else ""
        return tabulate(forms, language)

    def _find(self) -> None:
        wanted, order = self._wanted(), self._state.order
        if wanted is None:
            return
        self._session.read(
            lambda connection: response_list.load(connection, wanted, order),
            lambda ids: self._ids_found(wanted, order, ids),
            key="responses",
        )

    def _ids_found(self, wanted: ResponseFilter, order: Order, ids: tuple[bytes, ...]) -> None:
        if (wanted, order) == (self._wanted(), self._state.order):
            self._draw(replace(self._state, ids=ids))

    def _wanted(self) -> ResponseFilter | None:
        state = self._state
        if state.form_id is None:
            return None
        filters = state.filters
        since_at, until_at = period(filters, self._session.now(), str(self._session.timezone))
        complete = {Completeness.COMPLETE: True, Completeness.INCOMPLETE: False}.get(filters.completeness)
        return ResponseFilter(
            form_id=state.form_id,
            version_id=filters.version_id,
            since_at=since_at,
            until_at=until_at,
            team_id=filters.team_id,
            person_id=filters.person_id,
            complete=complete,
            scores=_SCORES.get(filters.score),
            flag=filters.flag,
            text=filters.text,
        )

    def _opened(self, sheet: ReadResponse | None) -> None:
        if sheet is None:
            self._draw(replace(self._state, reading=None))
            return
        self._session.load(
            lambda: Reading(sheet, self._tables_of([sheet.xform])),
            lambda reading: self._draw(replace(self._state, reading=reading)),
            self._failed,
        )

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._draw(replace(self._state, error=error.kind, error_values=error.values))

    def _draw(self, state: ResponsesState) -> None:
        self._state = replace(state, now=self._session.now())
        self._render(self._state)


def _first(versions: Sequence[Version], version_id: bytes | None) -> list[Version]:
    """The versions with the one that is asked for before the others; that one alone where one is."""
    chosen = [one for one in versions if one.id == version_id]
    return chosen or list(versions)
