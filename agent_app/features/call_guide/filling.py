"""The guide being filled in as the work column shows it: page, jumps, what is read back; no saving here."""

from dataclasses import replace
from itertools import takewhile

from agent_app.actions.guides import DONE, GuideDraft
from agent_app.features.call_guide.state import CallGuideState, ReadBack, Skipped
from server_sync.domain.forms.definition import QuestionKind
from server_sync.domain.forms.instance import definition_path
from server_sync.domain.forms.pages import OutlineEntry, Problem, QuestionState, Status
from server_sync.domain.forms.scores import score_paths
from server_sync.domain.forms.session import Session

MOST_READ_BACK = 8


class Filling:
    """One session with the problems that its current page shows."""

    def __init__(self, session: Session, prefill: dict[str, str]) -> None:
        self._session = session
        self._prefill = prefill
        self._scores = frozenset(path for paths in score_paths(session.form).values() for path in paths)
        self._problems: dict[str, Problem] = {}

    def answer(self, path: str, text: str, now: int) -> bool:
        """Take an answer; whether it was stored."""
        self._session.now_at = now
        outcome = self._session.answer(path, text)
        self._problems.pop(path, None)
        if outcome.problem is not None:
            self._problems[path] = outcome.problem
        return outcome.accepted

    def next(self, now: int) -> bool:
        """Go on; whether nothing on this page stood against it."""
        self._session.now_at = now
        page = self._session.page
        if page is not None and any(one.path in self._problems for one in page.questions):
            return False
        self._problems = {problem.path: problem for problem in self._session.next()}
        return not self._problems

    def back(self) -> bool:
        """Go to the page before; whether there is one."""
        self._problems = {}
        return self._session.back()

    def go_to(self, path: str) -> None:
        """Go to the page of a question."""
        self._problems = {}
        self._session.jump(path)

    def draft(self) -> GuideDraft:
        """What is to be kept of it."""
        page = self._session.page
        return GuideDraft(self._session.answers(), DONE if page is None else page.key, self._prefill)

    def shown_in(self, state: CallGuideState) -> CallGuideState:
        """The state with this guide in it."""
        page, outline = self._session.page, self._session.outline()
        here = frozenset() if page is None else frozenset(one.path for one in page.questions)
        places = [at for at, one in enumerate(outline) if one.path in here]
        return replace(
            state,
            page=page,
            progress=self._session.progress,
            more=bool(places) and any(_left_out(one) for one in outline[places[-1] + 1 :]),
            problems=dict(self._problems),
            skipped=self._skipped(outline[: places[0]]) if places else None,
            read_back=self._read_back(outline) if page is None else (),
            open_ends=self._open_ends(outline) if page is None else (),
        )

    def _skipped(self, before: tuple[OutlineEntry, ...]) -> Skipped | None:
        """The questions just before this page that were left out, and why."""
        left = list(takewhile(lambda entry: entry.status is Status.SKIPPED, reversed(before)))
        asked = [entry for entry in reversed(left) if _left_out(entry)]
        if not asked:
            return None
        reasons = self._session.reasons(asked[0].path)
        return Skipped(len(asked), next((reason.answer for reason in reasons if reason.answer), ""))

    def _read_back(self, outline: tuple[OutlineEntry, ...]) -> tuple[ReadBack, ...]:
        """What the customer said, in his order; of many answers those that are required or a score."""
        answered = [
            state
            for entry in outline
            if entry.status is Status.ANSWERED and (state := self._session.question(entry.path)) is not None
        ]
        if len(answered) > MOST_READ_BACK:
            answered = [one for one in answered if one.required or definition_path(one.path) in self._scores]
        return tuple(ReadBack(one.path, one.label, self._answer_words(one)) for one in answered)

    def _open_ends(self, outline: tuple[OutlineEntry, ...]) -> tuple[tuple[str, str], ...]:
        return tuple((one.path, one.label) for one in outline if one.status in (Status.OPEN, Status.WRONG))

    def _answer_words(self, question: QuestionState) -> str:
        """An answer as the form words it: the labels of what was chosen, with the figure of a score; else as typed."""
        labels = {choice.value: choice.label for choice in question.choices}
        if question.kind is QuestionKind.SELECT_MULTIPLE:
            return "、".join(labels.get(value, value) for value in question.value.split())
        label = labels.get(question.value, question.value)
        if definition_path(question.path) in self._scores and not label.startswith(question.value):
            return f"{question.value} · {label}"
        return label


def _left_out(entry: OutlineEntry) -> bool:
    """A question that is not asked by the answers so far."""
    return entry.status is Status.SKIPPED and entry.kind is not QuestionKind.NOTE
