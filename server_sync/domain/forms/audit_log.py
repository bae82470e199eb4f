"""Takes down the audit of a form while somebody fills it in, see `audit`; no session and no storage here."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from server_sync.domain.forms.audit import (
    END,
    EXIT,
    GROUP,
    JUMP,
    QUESTION,
    REPEAT,
    RESUME,
    SAVE,
    START,
    AuditRow,
    bounded,
    ended_at,
)
from server_sync.domain.forms.pages import Page


@dataclass
class _Visit:
    """A page while it is on the screen: since when, what stood there, what was answered at the end of it."""

    page: Page
    start: int
    before: dict[str, str]
    answered: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    """Path → from, to, value."""


class AuditLog:
    """The audit of one filling-in while it is on the screen.

    `earlier` are the rows of the sittings before; `since` is how long ago it was started, by the wall clock, ms;
    `monotonic` gives seconds that never go back.
    """

    def __init__(
        self, monotonic: Callable[[], float], earlier: Sequence[AuditRow] = (), since: int = 0
    ) -> None:
        self._monotonic = monotonic
        self._rows = list(earlier)
        self._base = max(since, ended_at(earlier), 0)
        self._zero = monotonic()
        self._visit: _Visit | None = None
        self._at_end: int | None = None
        self._note(RESUME if earlier else START)

    def follow(self, page: Page | None) -> None:
        """Take note of the page that is shown now, and of what stands on it; None: the end. Call it after each step."""
        now = self._now()
        if page is not None and self._visit is not None and self._visit.page.key == page.key:
            _compare(self._visit, page, now)
            return
        if page is None and self._at_end is not None:
            return
        self._close(now)
        if page is None:
            self._at_end = now
        else:
            self._visit = _Visit(page, now, {one.path: one.value for one in page.questions})

    def jumped(self, path: str) -> None:
        """Somebody went to a question out of turn; `follow` its page afterwards."""
        self._close(self._now())
        self._note(JUMP, path)

    def left(self) -> None:
        """The form was saved and left for something else; whoever shows it again begins a log with these rows."""
        self._close(self._now())
        self._note(SAVE)
        self._note(EXIT)

    def rows(self) -> tuple[AuditRow, ...]:
        """All of it to this moment, the page on the screen included, within the limits."""
        now = self._now()
        return bounded([*self._rows, *self._open(now)])

    def _now(self) -> int:
        return self._base + round((self._monotonic() - self._zero) * 1000)

    def _note(self, event: str, node: str = "") -> None:
        self._rows.append((event, node, self._now(), None, None, None))

    def _close(self, now: int) -> None:
        self._rows += self._open(now)
        self._visit, self._at_end = None, None

    def _open(self, now: int) -> list[AuditRow]:
        if self._at_end is not None:
            return [(END, "", self._at_end, now, None, None)]
        return [] if self._visit is None else _visited(self._visit, now)


def _compare(visit: _Visit, page: Page, now: int) -> None:
    """Take down what was answered on a page since the last look."""
    since = max((end for _, end, _ in visit.answered.values()), default=visit.start)
    for one in page.questions:
        earlier = visit.answered.get(one.path)
        if one.value == (earlier[2] if earlier else visit.before.get(one.path, "")):
            continue
        begun = since if earlier is None else earlier[0] + since - earlier[1]
        visit.answered[one.path] = (begun, now, one.value)
    visit.page = page


def _visited(visit: _Visit, now: int) -> list[AuditRow]:
    questions = visit.page.questions
    if not questions:
        return [(REPEAT, visit.page.key, visit.start, now, None, None)]
    if len(questions) == 1:
        path = questions[0].path
        old, new = visit.before.get(path, ""), questions[0].value
        changed = (None, None) if old == new else (old, new)
        return [(QUESTION, path, visit.start, now, *changed)]
    answered = [
        (QUESTION, path, start, end, visit.before.get(path, ""), value)
        for path, (start, end, value) in visit.answered.items()
    ]
    return [(GROUP, visit.page.key, visit.start, now, None, None), *answered]
