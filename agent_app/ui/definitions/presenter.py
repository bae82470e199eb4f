"""What happens in a room of definitions: one is found, written and saved; what is not saved yet waits beside it and on
the disk."""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, ClassVar, Generic

from sqlalchemy import Connection

from agent_app.actions.desk import Desk
from agent_app.actions.session import DeskSession
from agent_app.store.changes import StoreChanges
from agent_app.store.definition_drafts import Kept, Kind
from agent_app.ui.definitions.state import (
    DefinitionsState,
    Fault,
    Found,
    Known,
    Offered,
    Unsaved,
    Written,
    by_field,
)
from agent_app.ui.while_seen import WhileSeen
from agent_app.ui.written import WrittenKeeper
from server_sync.domain.errors import KnownError
from server_sync.domain.rules.faults import Placed


def changed_fields(before: Written, after: Written) -> tuple[str, ...]:
    """The fields that are others now."""
    return tuple(name for name, value in after.items() if before[name] != value)


class DefinitionsPresenter(WhileSeen, Generic[Known, Offered]):
    """What is written stays with its row until it is saved or let be, also while another one is open and when the
    program ends. `EMPTY` has every field that is written, and what an empty one says."""

    KIND: ClassVar[Kind]
    EMPTY: ClassVar[Written]

    def __init__(
        self,
        session: DeskSession,
        nothing: Offered,
        render: Callable[[DefinitionsState[Known, Offered]], object],
    ) -> None:
        super().__init__()
        self._session = session
        self._render = render
        self._state: DefinitionsState[Known, Offered] = DefinitionsState(nothing)
        self._unsaved: dict[bytes, Unsaved] = {}
        self._resumed: dict[bytes, int] = {}
        self._tried: set[bytes] = set()
        self._keeper = WrittenKeeper(session, self.KIND, self._failed)

    @property
    def state(self) -> DefinitionsState[Known, Offered]:
        """What is drawn now."""
        return self._state

    # ------------------------------------------------------------------------------------- of a kind of definitions

    @abstractmethod
    def find(self, connection: Connection) -> Found[Known, Offered]:
        """What the store has; on the store's thread."""

    @abstractmethod
    def fresh(self) -> tuple[bytes, Written]:
        """A new one, with a code of its own."""

    @abstractmethod
    def definition(self, written: Written) -> dict[str, Any]:
        """As the domain takes it."""

    @abstractmethod
    def faults(self, definition: Mapping[str, Any]) -> list[Placed]:
        """All that the domain says against it; none: it can be saved."""

    @abstractmethod
    def save(self, desk: Desk, row_id: bytes, seen: Written | None, written: Written) -> StoreChanges:
        """Keep it; `seen` are the fields that the writer changed, None for a new one. Raises KnownError."""

    # ------------------------------------------------------------------------------------------ which is shown

    def on_searched(self, text: str) -> None:
        """List those that hold these words."""
        self._draw(replace(self._state, text=text))

    def on_chosen(self, row_id: bytes | None) -> None:
        """Open this one."""
        if row_id != self._state.open_id:
            self._draw(replace(self._state, open_id=row_id, saved=False, error=None))

    def on_new(self) -> None:
        """Write a new one."""
        row_id, written = self.fresh()
        self._unsaved[row_id] = Unsaved(None, written)
        self.on_chosen(row_id)

    # -------------------------------------------------------------------------------------------- what is written

    def on_field(self, name: str, value: Any) -> None:
        """A field of the open one says this now."""
        open_id, written, stands = self._state.open_id, self._state.written, self._state.stands
        if open_id is None or written is None or written[name] == value:
            return
        begun = self._unsaved.get(open_id)
        before = begun.before if begun is not None else stands.written if stands is not None else None
        self._resumed.pop(open_id, None)
        self._keep(open_id, Unsaved(before, {**written, name: value}), before)
        self._draw(replace(self._state, saved=False, error=None))

    def on_save(self) -> None:
        """Save what was written on the open one; where the domain does not take it, its faults are told."""
        open_id = self._state.open_id
        unsaved = self._unsaved.get(open_id) if open_id is not None else None
        if open_id is None or unsaved is None:
            return
        self._tried.add(open_id)
        self._draw(self._state)
        if self._state.faults:
            return
        before, written = unsaved.before, unsaved.written
        seen = None if before is None else {name: before[name] for name in changed_fields(before, written)}
        self._session.act(
            lambda desk: self.save(desk, open_id, seen, written),
            lambda _: self._draw(replace(self._state, saved=self._state.open_id == open_id, error=None)),
            self._failed,
        )

    def on_let_be(self) -> None:
        """Forget what was written on the open one."""
        open_id = self._state.open_id
        if open_id is not None:
            self._forget(open_id)
            self._draw(replace(self._state, saved=False, error=None))

    def on_insisted(self) -> None:
        """What was written shall stand, in sight of what somebody else wrote meanwhile."""
        open_id, stands = self._state.open_id, self._state.stands
        if open_id is not None and stands is not None and open_id in self._unsaved:
            self._unsaved[open_id] = Unsaved(stands.written, self._unsaved[open_id].written)
            self.on_save()

    def on_theirs_taken(self) -> None:
        """Of the fields that both wrote, what the other one wrote shall stand."""
        open_id, stands = self._state.open_id, self._state.stands
        if open_id is not None and stands is not None and open_id in self._unsaved:
            theirs = {name: stands.written[name] for name in self._state.lost}
            written = {**self._unsaved[open_id].written, **theirs}
            self._keep(open_id, Unsaved(stands.written, written), stands.written)
            self._draw(replace(self._state, error=None))

    def on_notice_seen(self) -> None:
        """The banner was closed."""
        self._draw(replace(self._state, error=None))

    # ---------------------------------------------------------------------------------------------------- within

    def _reload(self) -> None:
        self._session.read(self.find, self._found, key=self.KIND)

    def _found(self, found: Found[Known, Offered]) -> None:
        if not self._state.loaded:
            self._resume(found.drafts)
        for row_id, unsaved in tuple(self._unsaved.items()):
            line = found.lines.get(row_id)
            if line is not None:
                self._keep(row_id, _met(unsaved, line.written), line.written)
        self._draw(replace(self._state, loaded=True, lines=found.lines, offered=found.offered))

    def _resume(self, drafts: Mapping[bytes, Kept]) -> None:
        """Go on where the program was left: what was written last is open."""
        kept = {row_id: one.content for row_id, one in drafts.items()}
        self._unsaved = {row_id: self._of_today(one) for row_id, one in kept.items()} | self._unsaved
        self._resumed = {row_id: one.saved_at for row_id, one in drafts.items()}
        self._keeper.begin(kept)
        if self._state.open_id is None and drafts:
            last = max(drafts, key=lambda row_id: drafts[row_id].saved_at)
            self._state = replace(self._state, open_id=last)

    def _of_today(self, content: Mapping[str, Any]) -> Unsaved:
        """What was kept; fields that there were not then are as in an empty one."""

        def known(written: Written) -> Written:
            return {name: written.get(name, empty) for name, empty in self.EMPTY.items()}

        before = content["before"]
        return Unsaved(None if before is None else known(before), known(content["written"]))

    def _keep(self, row_id: bytes, unsaved: Unsaved, stands: Written | None) -> None:
        """What was written, unless it says what stands there anyway."""
        if unsaved.written == stands:
            self._forget(row_id)
        else:
            self._unsaved[row_id] = unsaved

    def _forget(self, row_id: bytes) -> None:
        self._unsaved.pop(row_id, None)
        self._resumed.pop(row_id, None)
        self._tried.discard(row_id)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, KnownError):
            raise error
        self._draw(replace(self._state, error=error.kind, error_values=error.values))

    def _draw(self, state: DefinitionsState[Known, Offered]) -> None:
        open_id = state.open_id
        unsaved = self._unsaved.get(open_id) if open_id is not None else None
        stands = state.lines.get(open_id) if open_id is not None else None
        written = unsaved.written if unsaved is not None else stands.written if stands is not None else None
        self._state = replace(
            state,
            listed=self._listed(state),
            open_id=open_id if written is not None else None,
            stands=stands,
            written=written,
            unsaved={row_id: one.written for row_id, one in self._unsaved.items()},
            faults=self._faults(open_id, written),
            lost=() if unsaved is None or stands is None else _lost(unsaved, stands.written),
            resumed_at=self._resumed.get(open_id) if open_id is not None else None,
            now=self._session.now(),
        )
        if state.loaded:
            self._keeper.keep({row_id: vars(one) for row_id, one in self._unsaved.items()})
        self._render(self._state)

    def _faults(self, open_id: bytes | None, written: Written | None) -> Mapping[str, Fault]:
        if written is None or open_id not in self._tried:
            return {}
        found, order = by_field(self.faults(self.definition(written))), list(self.EMPTY)
        return dict(sorted(found.items(), key=lambda one: order.index(one[0].split(".")[0])))

    def _listed(self, state: DefinitionsState[Known, Offered]) -> tuple[bytes, ...]:
        """New ones first."""
        fresh = [row_id for row_id in self._unsaved if row_id not in state.lines]
        sought = state.text.casefold().split()
        return tuple(
            row_id
            for row_id in (*fresh, *state.lines)
            if all(word in self._words(state, row_id) for word in sought)
        )

    def _words(self, state: DefinitionsState[Known, Offered], row_id: bytes) -> str:
        unsaved = self._unsaved.get(row_id)
        written = unsaved.written if unsaved is not None else state.lines[row_id].written
        return " ".join(str(written[name] or "") for name in ("name", "code", "source")).casefold()


def _met(unsaved: Unsaved, stands: Written) -> Unsaved:
    """What was written, on one that stands otherwise now: fields that the writer left alone follow it."""
    before = unsaved.before if unsaved.before is not None else stands
    followed = {name: value for name, value in stands.items() if unsaved.written[name] == before[name]}
    return Unsaved({**before, **followed}, {**unsaved.written, **followed})


def _lost(unsaved: Unsaved, stands: Written) -> tuple[str, ...]:
    """The fields into which somebody else wrote something else meanwhile."""
    if unsaved.before is None:
        return ()
    mine = set(changed_fields(unsaved.before, unsaved.written))
    theirs = set(changed_fields(unsaved.before, stands))
    return tuple(name for name in changed_fields(stands, unsaved.written) if name in mine & theirs)
