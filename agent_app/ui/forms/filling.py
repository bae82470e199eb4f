"""A form being filled in, for every face of it: guide, survey and visit share this presenter; no saving, no widgets.

Its owner saves after whatever returns true, and draws `state()`.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import tzinfo

from agent_app.ui.forms.markup import plain
from agent_app.ui.forms.outline import Outline
from agent_app.ui.forms.state import Because, Dropping, FormState, InstanceHere, ReadBack, Removing, Skipped
from agent_app.ui.forms.typing import understood
from server_sync.domain.errors import ErrorKind
from server_sync.domain.forms.definition import Element, Question, QuestionKind, Repeat
from server_sync.domain.forms.instance import definition_path
from server_sync.domain.forms.pages import OutlineEntry, Page, Problem, QuestionState, Status
from server_sync.domain.forms.promises import Promised, promises
from server_sync.domain.forms.scores import score_paths
from server_sync.domain.forms.session import Session

MOST_READ_BACK = 8


class Filling:
    """One session with the problems that its current page shows, and what waits for a yes. Where no files are taken, as
    in a trial, nobody is held up by a question for one."""

    def __init__(
        self, session: Session, now: Callable[[], int], zone: tzinfo, *, takes_files: bool = False
    ) -> None:
        self._session = session
        self.takes_files = takes_files
        self._sealing: set[str] = set()
        self._refused: dict[str, Problem] = {}
        self._now = now
        self._zone = zone
        self.outline = Outline(session)
        self._scores = frozenset(path for paths in score_paths(session.form).values() for path in paths)
        self._repeats = {one.path: one for one in _repeats(session.form.body)}
        self._problems: dict[str, Problem] = {}
        self._asking: Dropping | Removing | None = None
        self._revision = 0

    @property
    def session(self) -> Session:
        """What is filled in; answers and page are taken from it to be saved, and put nowhere else."""
        return self._session

    @property
    def at_end(self) -> bool:
        """Whether the last page is gone through."""
        return self._session.page is None

    # ---------------------------------------------------------------------------------------------- answers

    def answer(self, path: str, typed: str) -> bool:
        """Take an answer as it was typed or chosen; whether it was stored.

        One that would take other answers out of the form is not stored but waits in `FormState.asking`.
        """
        self._session.now_at = self._now()
        self._asking = None
        question = self._session.question(path)
        text = typed if question is None else self.understood(question, typed) or typed
        lost = self._lost(path, text)
        if lost and question is not None:
            because = Because(plain(question.label), answer_words(question, text))
            self._asking = Dropping(path, text, because, lost)
            return False
        return self._store(path, text)

    def confirm(self) -> bool:
        """Yes to what is asked; whether anything changed."""
        asking, self._asking = self._asking, None
        if isinstance(asking, Dropping):
            return self._store(asking.path, asking.typed)
        if asking is None:
            return False
        removed = self._session.remove_repeat(asking.path)
        self._problems = {}
        self._changed()
        return removed

    def keep(self) -> None:
        """No to what is asked: all stays as it was."""
        self._asking = None
        self._revision += 1

    def understood(self, question: QuestionState, typed: str) -> str:
        """What was typed as the form takes it; "" for words that are no day or time where one is asked for."""
        return understood(question, typed, self._now(), self._zone)

    def seal(self, path: str) -> None:
        """A file for this question is being taken in."""
        self._sealing.add(path)
        self._refused.pop(path, None)

    def is_sealing(self) -> bool:
        """Whether any file is."""
        return bool(self._sealing)

    def sealed(self, path: str) -> bool:
        """It has been, or will not be; whether the question is still asked."""
        self._sealing.discard(path)
        return self._session.relevance(path) is True

    def refuse(self, path: str, kind: ErrorKind, values: Mapping[str, str | int]) -> None:
        """A file is not taken; what was answered before stays."""
        self._sealing.discard(path)
        self._refused[path] = Problem(path, kind, values)

    def _store(self, path: str, text: str) -> bool:
        outcome = self._session.answer(path, text)
        self._refused.pop(path, None)
        self._problems.pop(path, None)
        if outcome.problem is not None:
            self._problems[path] = outcome.problem
        self._changed()
        return outcome.accepted

    def _lost(self, path: str, text: str) -> tuple[ReadBack, ...]:
        """The answers of a person that would leave the form with this one."""
        states = (self._session.question(one) for one in self._session.would_hide(path, text))
        return tuple(_line(one) for one in states if one is not None and one.value and not one.readonly)

    def _changed(self) -> None:
        self._revision += 1
        self.outline.changed()

    # ------------------------------------------------------------------------------------------ moving about

    def next(self) -> bool:
        """Go on; whether nothing stood against it: what is asked waits for its yes or no, a page for its answers."""
        self._session.now_at = self._now()
        page = self._session.page
        if self._asking is not None:
            return False
        if page is not None and any(one.path in self._problems for one in page.questions):
            return False
        problems = self._session.next()
        if problems and not self.takes_files and all(self._is_file(one.path) for one in problems):
            problems = ()
            self._session.next(anyway=True)
        self._problems = {problem.path: problem for problem in problems}
        return not self._problems

    def _is_file(self, path: str) -> bool:
        question = self._session.form.questions.get(definition_path(path))
        return question is not None and question.kind is QuestionKind.FILE

    def back(self) -> bool:
        """Go to the page before; whether there is one."""
        if self._asking is not None:
            return False
        self._problems = {}
        return self._session.back()

    def go_to(self, path: str) -> bool:
        """Go to the page of a question; whether it is asked."""
        if self._asking is not None:
            return False
        self._problems = {}
        return self._session.jump(path)

    def add_another(self) -> bool:
        """One more instance of the repeat that the page asks about."""
        page = self._session.page
        if page is None or page.repeat is None or not self._session.add_repeat(page.repeat.path):
            return False
        self._problems = {}
        self._changed()
        return True

    def ask_to_remove(self) -> None:
        """Ask whether the instance that the page belongs to shall go."""
        here = self._instance(self._session.page)
        if here is None or not here.removable:
            return
        within = f"{here.path}/"
        states = (self._session.question(path) for path in self.outline.paths if path.startswith(within))
        answered = sum(bool(one.value) and not one.readonly for one in states if one is not None)
        self._asking = Removing(here.path, here.label, here.position, answered)

    def use_language(self, language: str) -> None:
        """Show the form in another of its languages; the answers stay."""
        self._session.use_language(language)
        self._changed()

    # --------------------------------------------------------------------------------------------- the state

    def state(self) -> FormState:
        """What is to be drawn now."""
        page = self._session.page
        promised = promises(self._session, self._now(), self._zone) if page is None else ()
        return FormState(
            page=page,
            progress=self._session.progress,
            more=self.outline.more_behind(page),
            problems=dict(self._problems),
            skipped=None if page is None else self._skipped(page),
            instance=self._instance(page),
            read_back=self._read_back(promised) if page is None else (),
            promised=promised,
            open_ends=self._open_ends() if page is None else (),
            asking=self._asking,
            languages=self._session.form.languages,
            language=self._session.language,
            takes_files=self.takes_files,
            sealing=frozenset(self._sealing),
            refused=dict(self._refused),
            revision=self._revision,
            outline_revision=self.outline.revision,
        )

    def _skipped(self, page: Page) -> Skipped | None:
        """The questions just before this page that were left out, and why."""
        left = self.outline.left_out_before(page)
        if not left:
            return None
        because = self.outline.because(left[0])
        return Skipped(len(left), because.answer, because.question) if because else Skipped(len(left), "")

    def _instance(self, page: Page | None) -> InstanceHere | None:
        """The innermost instance of a repeat that all of a page belongs to."""
        if page is None or page.repeat is not None:
            return None
        path = page.key
        while path and not (path.endswith("]") and definition_path(path) in self._repeats):
            path = path.rpartition("/")[0]
        if not path:
            return None
        siblings, _, position = path[:-1].rpartition("[")
        label = page.headings[-1] if page.headings else ""
        count = self.outline.instances(siblings)
        removable = not self._repeats[definition_path(path)].fixed
        return InstanceHere(path, label, int(position), count, removable)

    def _read_back(self, promised: tuple[Promised, ...]) -> tuple[ReadBack, ...]:
        """What was answered, in its order, promises apart; of many answers those that are required or a score."""
        apart = {one.path for one in promised}
        asked = (one.path for one in self._with(Status.ANSWERED) if one.path not in apart)
        answered = [state for path in asked if (state := self._session.question(path)) is not None]
        if len(answered) > MOST_READ_BACK:
            answered = [one for one in answered if one.required or definition_path(one.path) in self._scores]
        return tuple(self._scored(one) for one in answered)

    def _scored(self, question: QuestionState) -> ReadBack:
        """A line with the figure of a score before its label."""
        line = _line(question)
        if definition_path(question.path) in self._scores and not line.answer.startswith(question.value):
            return ReadBack(line.path, line.label, f"{question.value} · {line.answer}")
        return line

    def _open_ends(self) -> tuple[tuple[str, str], ...]:
        return tuple((one.path, plain(one.label)) for one in self._with(Status.OPEN, Status.WRONG))

    def _with(self, *wanted: Status) -> Iterator[OutlineEntry]:
        return (one for one in self.outline.entries() if one.status in wanted)


def answer_words(question: QuestionState, value: str) -> str:
    """An answer as the form words it: the labels of what was chosen, else as it is written."""
    labels = {choice.value: plain(choice.label) for choice in question.choices}
    if question.kind in (QuestionKind.SELECT_MULTIPLE, QuestionKind.RANK):
        return "、".join(labels.get(one, one) for one in value.split())
    return labels.get(value, value)


def _line(question: QuestionState) -> ReadBack:
    return ReadBack(question.path, plain(question.label), answer_words(question, question.value))


def _repeats(elements: tuple[Element, ...]) -> Iterator[Repeat]:
    for element in elements:
        if isinstance(element, Repeat):
            yield element
        if not isinstance(element, Question):
            yield from _repeats(element.elements)
