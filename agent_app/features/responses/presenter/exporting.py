"""One export: a page is read from the store, written into the file, and so on; it can be stopped between two steps."""

from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from agent_app.actions.response_export import ResponseExport
from agent_app.actions.session import DeskSession
from agent_app.store.queries import responses
from agent_app.store.queries.responses import ResponseRow
from server_sync.domain.errors import KnownError

PAGE = 500
"""Responses that are read and written at once: the store goes on serving in between."""


class ExportRun:
    """`begin` opens the file, away from the main thread. `on_progress` hears how many responses are done, then either
    `on_done` or `on_error` is called; after `stop` none of them, and nothing of the file stays."""

    def __init__(
        self,
        session: DeskSession,
        ids: Sequence[bytes],
        begin: Callable[[], ResponseExport],
        on_progress: Callable[[int], object],
        on_done: Callable[[], object],
        on_error: Callable[[KnownError], object],
    ) -> None:
        self._session = session
        self._ids = ids
        self._done = 0
        self._stopped = False
        self._on_progress, self._on_done, self._on_error = on_progress, on_done, on_error
        session.load(begin, self._go_on, self._failed)

    def stop(self) -> None:
        """The file is not wanted any more. The step that is under way comes to its end first."""
        self._stopped = True

    def _go_on(self, export: ResponseExport) -> None:
        """The next page, or the end."""
        if self._stopped:
            self._session.load(export.abandon, lambda _: None)
            return
        page = self._ids[self._done : self._done + PAGE]
        if not page:
            self._session.load(export.finish, lambda _: self._finished(), self._failed)
            return

        def read(connection: Connection) -> list[ResponseRow]:
            found = responses.rows(connection, page)
            return [found[one] for one in page if one in found]

        self._session.read(read, lambda rows: self._write(export, rows, len(page)), self._failed)

    def _write(self, export: ResponseExport, rows: list[ResponseRow], count: int) -> None:
        self._session.load(lambda: export.add(rows), lambda _: self._written(export, count), self._failed)

    def _written(self, export: ResponseExport, count: int) -> None:
        self._done += count
        if not self._stopped:
            self._on_progress(self._done)
        self._go_on(export)

    def _finished(self) -> None:
        if not self._stopped:
            self._on_done()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        if not self._stopped:
            self._on_error(error)
