"""What stands in the fields of a definition's editor and is not saved yet, on the disk as it is typed; plain Python, no
widget."""

from collections.abc import Callable, Mapping
from typing import Any

from agent_app.actions.definition_drafts import Contents, keep_written
from agent_app.actions.session import DeskSession
from agent_app.store.changes import StoreChanges
from agent_app.store.definition_drafts import Kind


class WrittenKeeper:
    """Sees to it that the store has what is written. One save at a time: what is typed meanwhile goes with the next,
    which begins at once. `failed` is told of what could not be kept."""

    def __init__(self, session: DeskSession, kind: Kind, failed: Callable[[Exception], object]) -> None:
        self._session = session
        self._kind = kind
        self._failed = failed
        self._kept: dict[bytes, Mapping[str, Any]] = {}
        self._wanted: dict[bytes, Mapping[str, Any]] = {}
        self._saving = False

    def begin(self, kept: Mapping[bytes, Mapping[str, Any]]) -> None:
        """This is what the store has."""
        self._kept = dict(kept)

    def keep(self, wanted: Mapping[bytes, Mapping[str, Any]]) -> None:
        """This is all that is written and not saved."""
        self._wanted = dict(wanted)
        if not self._saving:
            self._save()

    def _save(self) -> None:
        changed: dict[bytes, Mapping[str, Any] | None] = {
            row_id: content for row_id, content in self._wanted.items() if self._kept.get(row_id) != content
        }
        changed |= {row_id: None for row_id in self._kept if row_id not in self._wanted}
        if not changed:
            return
        contents: Contents = changed
        self._saving, saved = True, self._wanted

        def done(_: StoreChanges) -> None:
            self._saving, self._kept = False, saved
            self._save()

        def failed(error: Exception) -> None:
            self._saving = False
            self._failed(error)

        self._session.act(lambda desk: keep_written(desk, self._kind, contents), done, failed)
