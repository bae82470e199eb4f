"""What every room of definitions joins alike: its column's signals to its presenter, and its keys."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Slot

from agent_app.ports import KeyBinding
from agent_app.store.changes import StoreChanges
from agent_app.ui.definitions.column import DefinitionColumn
from agent_app.ui.definitions.presenter import DefinitionsPresenter
from agent_app.ui.definitions.state import Known, Offered
from agent_app.ui.dialogs import Question
from agent_app.ui.i18n import translate

Ask = Callable[[Question, Callable[[str], object]], object]


class DefinitionsRoom(QObject):
    """Main thread. `start` takes the keyboard to the first field of the one that is open."""

    def __init__(
        self,
        presenter: DefinitionsPresenter[Known, Offered],
        column: DefinitionColumn,
        ask: Ask,
        start: Callable[[], object],
    ) -> None:
        super().__init__()
        self._presenter, self._column, self._ask, self._start = presenter, column, ask, start
        column.save_asked.connect(self.save)
        column.let_be_asked.connect(self.let_be)
        column.insisted.connect(self._on_insisted)
        column.theirs_taken.connect(self._on_theirs)
        column.notice_seen.connect(self._on_notice_seen)

    def keys(self, place: str, new: str, find: str, search: Callable[[], object]) -> Sequence[KeyBinding]:
        """Its keys, named after its place."""
        return (
            KeyBinding(f"{place}.search", "Alt+F", find, search),
            KeyBinding(f"{place}.new", "Alt+N", new, self.write_new),
            KeyBinding(f"{place}.save", "Alt+S", translate("Definitions", "Save"), self.save),
        )

    def on_changed(self, changes: StoreChanges) -> None:
        self._presenter.on_changed(changes)

    @Slot(bool)
    def on_seen(self, seen: bool) -> None:
        self._presenter.on_seen(seen)

    @Slot(object)
    def on_searched(self, text: str) -> None:
        self._presenter.on_searched(text)

    @Slot(object)
    def on_chosen(self, row_id: bytes) -> None:
        self._presenter.on_chosen(row_id)

    @Slot(str, object)
    def on_field(self, name: str, value: object) -> None:
        self._presenter.on_field(name, value)

    @Slot()
    def write_new(self) -> None:
        """Begin one."""
        self._presenter.on_new()
        self._start()

    @Slot()
    def save(self) -> None:
        """Save what was written on the open one."""
        self._presenter.on_save()

    @Slot()
    def let_be(self) -> None:
        """Forget what was written on the open one, after a question."""
        state = self._presenter.state
        open_id, written = state.open_id, state.written
        if open_id is None or written is None or open_id not in state.unsaved:
            return

        def forget(_: str) -> None:
            if self._presenter.state.open_id == open_id:
                self._presenter.on_let_be()

        title = translate("Definitions", "Forget what was written on “{name}”?")
        question = Question(
            title.format(name=written["name"] or translate("Definitions", "without a name")),
            translate("Definitions", "What is not saved is lost."),
            translate("Definitions", "Forget it"),
            danger=True,
        )
        self._ask(question, forget)

    @Slot()
    def _on_insisted(self) -> None:
        self._presenter.on_insisted()

    @Slot()
    def _on_theirs(self) -> None:
        self._presenter.on_theirs_taken()

    @Slot()
    def _on_notice_seen(self) -> None:
        self._presenter.on_notice_seen()
