"""The list of all questions of one filling-in, made line by line as it is looked at, so that 500 cost what 20 do."""

import re
from collections.abc import Iterator, Mapping

from agent_app.ui.forms.markup import plain
from agent_app.ui.forms.state import Because, OutlineRow
from server_sync.domain.forms.definition import QuestionKind
from server_sync.domain.forms.instance import definition_path
from server_sync.domain.forms.pages import OutlineEntry, Page, Status, Tally
from server_sync.domain.forms.session import Session

_POSITION = re.compile(r"\[(\d+)\]")


class Outline:
    """Looks at a session. `paths` in the form's order; `revision` grows when they are others."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._entries: dict[str, OutlineEntry] = {}
        self._because: dict[str, Because | None] = {}
        self._asked: frozenset[str] | None = None
        self._tally: Tally | None = None
        self._numbers: dict[str, int] = {}
        self.revision = 0
        self._every: tuple[str, ...] = ()
        self.paths: tuple[str, ...] = ()
        self._places: dict[str, int] = {}
        self._notes: set[str] = set()
        self._find()

    def changed(self) -> None:
        """Something was answered, or instances of repeats came or went: what is looked at next is made anew."""
        self._entries.clear()
        self._because.clear()
        self._asked = None
        self._tally = None
        self._numbers.clear()
        self._find()

    def _find(self) -> None:
        every = self._session.paths()
        if every == self._every:
            return
        self._every = every
        questions = self._session.form.questions
        asked = {path: questions[definition_path(path)] for path in every}
        # The row of headings above a table of choices (XLSForm, table-list) asks nothing.
        self.paths = tuple(path for path, question in asked.items() if "label" not in question.appearance)
        self._places = {path: place for place, path in enumerate(self.paths)}
        self._notes = {path for path, question in asked.items() if question.kind is QuestionKind.NOTE}
        self.revision += 1

    def entry(self, path: str) -> OutlineEntry:
        """One line as the session gives it."""
        known = self._entries.get(path)
        if known is None:
            found = self._session.entry(path)
            known = found or OutlineEntry(path, "", QuestionKind.NOTE, Status.SKIPPED)
            self._entries[path] = known
        return known

    def entries(self) -> Iterator[OutlineEntry]:
        """All lines."""
        return map(self.entry, self.paths)

    def row(self, path: str) -> OutlineRow:
        """One line as it is shown, with the reason why it is left out."""
        entry = self.entry(path)
        why = self.because(path) if entry.status is Status.SKIPPED else None
        return OutlineRow(path, self.label(path), entry.status, self.numbers().get(path), why)

    def numbers(self) -> Mapping[str, int]:
        """The number of each question that is asked now; notes have none."""
        if not self._numbers:
            asked = (path for path in self.paths if path not in self._notes and not self.left_out(path))
            self._numbers.update((path, number) for number, path in enumerate(asked, 1))
        return self._numbers

    def label(self, path: str) -> str:
        """What a question is called in the list: within a repeat with the number of its instance."""
        numbers = _POSITION.findall(path)
        label = " ".join(plain(self.entry(path).label).split())
        return f"{'.'.join(numbers)} · {label}" if numbers else label

    def tally(self) -> Tally:
        """How far the answers are."""
        if self._tally is None:
            self._tally = self._session.tally()
        return self._tally

    def because(self, path: str) -> Because | None:
        """The answer by which a question is asked or not; None where there is none yet."""
        if path not in self._because:
            reasons = self._session.reasons(path)
            found = next((one for one in reasons if one.answer), None)
            self._because[path] = None if found is None else Because(plain(found.label), found.answer)
        return self._because[path]

    def is_asked(self, path: str) -> bool:
        """Whether a question or a note is asked by the answers so far."""
        if self._asked is None:
            self._asked = self._session.asked()
        return path in self._asked

    def left_out(self, path: str) -> bool:
        """Whether a question (a note is none) is not asked by the answers so far."""
        return path not in self._notes and not self.is_asked(path)

    def left_out_before(self, page: Page) -> list[str]:
        """The questions just before a page that are left out, in order."""
        found: list[str] = []
        for place in range(min(self._on(page), default=0) - 1, -1, -1):
            path = self.paths[place]
            if self.left_out(path):
                found.insert(0, path)
            elif path not in self._notes or self.entry(path).status is not Status.SKIPPED:
                break
        return found

    def more_behind(self, page: Page | None) -> bool:
        """Whether questions behind a page are left out so far."""
        places = [] if page is None else self._on(page)
        return bool(places) and any(map(self.left_out, self.paths[places[-1] + 1 :]))

    def instances(self, path: str) -> int:
        """How many instances a repeat has that are asked anything."""
        steps = path.count("/")
        within = {one.split("/")[steps] for one in self.paths if one.startswith(f"{path}[")}
        return len(within)

    def _on(self, page: Page) -> list[int]:
        return [self._places[one.path] for one in page.questions if one.path in self._places]
