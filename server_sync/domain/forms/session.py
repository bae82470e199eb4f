"""One filling-in of a form, for any face: where one is, what is asked, what an answer does; no widgets, no storage."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import tzinfo

from server_sync.domain.errors import ErrorKind
from server_sync.domain.forms.definition import FormDefinition, Question
from server_sync.domain.forms.engine import Engine
from server_sync.domain.forms.instance import MAX_INSTANCES, Instance, definition_path, load
from server_sync.domain.forms.instance_xml import DEPRECATED_ID, write_instance
from server_sync.domain.forms.listing import NodeState, list_nodes
from server_sync.domain.forms.pages import (
    Outcome,
    OutlineEntry,
    Page,
    Problem,
    Progress,
    QuestionState,
    Reason,
    RepeatState,
    Tally,
)
from server_sync.domain.forms.prefill import put_at_end, put_at_start
from server_sync.domain.forms.questions import Fault, parse_answer
from server_sync.domain.forms.route import Route
from server_sync.domain.forms.scope import FormScope
from server_sync.domain.forms.stakes import Stakes
from server_sync.domain.forms.standing import Standing
from server_sync.domain.forms.tree import Node
from server_sync.domain.forms.walk import BodyWalk


def start(
    form: FormDefinition,
    *,
    now: int,
    zone: tzinfo,
    answers: Mapping[str, str] | None = None,
    prefill: Mapping[str, str] | None = None,
    language: str = "",
    seed: str = "",
    geopoint: str = "",
) -> Session:
    """Begin a form, or go on with a draft.

    `answers` is a draft as `Session.answers` gave it (none or an empty one begins anew, with the form's defaults);
    `prefill` gives values to nodes by name, see `prefill`; `now` is in milliseconds since the epoch; `language` is one
    of `form.languages` or a tag such as "zh-CN"; `seed` (say, the response's id) fixes what `random()` draws and the
    instanceID where `prefill` has none; `geopoint` is the place where the device is ("lat lon altitude accuracy"), for
    `start-geopoint` and the like: empty where nobody knows.
    """
    return Session(form, now, zone, answers or {}, prefill or {}, language, seed, geopoint)


class Session:
    """One filling-in. Paths are indexed where something repeats: "/data/household[1]/name"."""

    def __init__(
        self,
        form: FormDefinition,
        now: int,
        zone: tzinfo,
        answers: Mapping[str, str],
        prefill: Mapping[str, str],
        language: str,
        seed: str,
        geopoint: str,
    ) -> None:
        self.form = form
        self._prefill = prefill
        self._seed = seed
        self._instance = Instance(form)
        chosen = form.language_for(language) if language else form.default_language
        self._scope = FormScope(form, self._instance, zone, now, chosen, seed)
        self._scope.geopoint = geopoint
        self._scope.reader_language = language
        self._engine = Engine(form, self._instance, self._scope)
        self._standing = Standing(form, self._instance, self._scope)
        self._stakes = Stakes(form, self._instance)
        self._unplaced = load(self._instance, answers) if answers else {}
        put_at_start(form, self._instance, self._engine, self._scope, prefill, resumed=bool(answers))
        self._route = Route(BodyWalk(form, self._instance, self._engine))

    @property
    def now_at(self) -> int:
        """What the form takes for the present; set it before an answer when time has passed."""
        return self._scope.now_at

    @now_at.setter
    def now_at(self, now: int) -> None:
        self._scope.now_at = now

    @property
    def geopoint(self) -> str:
        """The place where the device is, as ODK writes it; set it when the device has moved."""
        return self._scope.geopoint

    @geopoint.setter
    def geopoint(self, place: str) -> None:
        self._scope.geopoint = place

    @property
    def language(self) -> str:
        """The active language, as the form names it; empty where a form has but one."""
        return self._scope.language

    def use_language(self, language: str) -> None:
        """Switch to one of `form.languages` or to the language of a tag."""
        self._scope.language = self.form.language_for(language)
        self._engine.compute_all()

    @property
    def page(self) -> Page | None:
        """The current page; None behind the last one."""
        place = self._route.current
        if place is None:
            return None
        repeat = None
        if place.repeat is not None:
            series, parent = place.repeat
            name = series.path.rpartition("/")[2]
            count = len(parent.children.get(name, ()))
            repeat = RepeatState(f"{self._instance.path_of(parent)}/{name}", count)
        headings = tuple(self._scope.words(words, node) for words, node in place.headings)
        return Page(place.key, headings, tuple(self._standing.state(*asked) for asked in place.asked), repeat)

    @property
    def progress(self) -> Progress:
        """The place among the pages that are relevant now."""
        at, count = self._route.position, self._route.count
        return Progress(min(at + 1, count), count, at >= count)

    def next(self, anyway: bool = False) -> tuple[Problem, ...]:
        """Go to the next page, unless something here is wrong or missing: then that; `anyway` goes all the same."""
        place = self._route.current
        asked = () if place is None else place.asked
        problems = tuple(problem for one in asked if (problem := self._standing.problem(*one)) is not None)
        if not problems or anyway:
            self._route.forward()
        return problems

    def back(self) -> bool:
        """Go to the page before; whether there is one."""
        return self._route.back()

    def jump(self, path: str) -> bool:
        """Go to the page with this key or this question; whether it is asked at all."""
        return self._route.jump(path, self._instance.find(path))

    def question(self, path: str) -> QuestionState | None:
        """One question as it stands, relevant or not; None if there is none at the path."""
        found = self._question_at(path)
        return None if found is None else self._standing.state(*found)

    def relevance(self, path: str) -> bool | None:
        """Whether the node at a path is relevant; None without one. A repeat without an index: its first instance."""
        node = self._instance.find(path)
        return None if node is None else node.relevant

    def answer(self, path: str, text: str) -> Outcome:
        """Answer a question with what was typed or chosen (several values with spaces between), or empty it.

        Refused, with nothing stored: ANSWER_UNKNOWN_QUESTION, ANSWER_NOT_RELEVANT, ANSWER_READ_ONLY and the faults of
        `questions.parse_answer`.
        """
        found = self._question_at(path)
        if found is None:
            return Outcome(False, "", Problem(path, ErrorKind.ANSWER_UNKNOWN_QUESTION))
        question, node = found
        if not node.relevant:
            return Outcome(False, node.value, Problem(path, ErrorKind.ANSWER_NOT_RELEVANT))
        if self._standing.readonly(question, node):
            return Outcome(False, node.value, Problem(path, ErrorKind.ANSWER_READ_ONLY))
        value = parse_answer(text, self._standing.asked(question, node))
        if isinstance(value, Fault):
            return Outcome(False, node.value, Problem(path, value.kind, value.values))
        return self._settle(question, node, value)

    def _settle(self, question: Question, node: Node, value: str) -> Outcome:
        self._engine.forget()
        self._engine.change(node, value)
        if self._engine.moved:
            self._route.lay_again()
        else:
            self._route.follow(self._engine.flipped, self._engine.changed)
        present = self._instance.by_path
        flipped = [one for one in self._engine.flipped if one.path in self.form.questions]
        flipped = [one for one in flipped if one in present[one.path]]
        hidden = tuple(self._instance.path_of(one) for one in flipped if one.value and not one.relevant)
        shown = tuple(self._instance.path_of(one) for one in flipped if one.relevant)
        problem = self._overfull() or self._standing.problem(question, node, missing=False)
        return Outcome(True, value, problem, (*self._engine.gone, *hidden), shown)

    def _overfull(self) -> Problem | None:
        """That a count asked for more instances of a repeat than there may be; it has as many as there may."""
        for path, wanted in self._engine.overfull.items():
            values = {"instances": wanted, "most": MAX_INSTANCES}
            return Problem(path, ErrorKind.FORM_TOO_LARGE, values)
        return None

    def add_repeat(self, path: str) -> bool:
        """Add an instance to the repeat of a page (its `RepeatState.path`) and go to its first page."""
        found = self._series(path)
        added = None if found is None else self._engine.add_instance(*found)
        if added is None:
            return False
        self._route.lay_again()
        self._route.enter(added)
        return True

    def remove_repeat(self, path: str) -> bool:
        """Remove one instance of a repeat, by its indexed path, with its answers."""
        node = self._instance.find(path)
        if node is None or self._series(path.rpartition("[")[0] or path) is None:
            return False
        self._engine.remove_instance(node)
        self._route.lay_again()
        return True

    def outline(self) -> tuple[OutlineEntry, ...]:
        """All questions, asked or not, in order."""
        return tuple(self._entry(*asked) for asked in self._route.asked)

    def entry(self, path: str) -> OutlineEntry | None:
        """The line of one question in `outline`; None if there is no question at the path."""
        found = self._question_at(path)
        return None if found is None else self._entry(*found)

    def paths(self) -> tuple[str, ...]:
        """The questions of `outline`; they change only when an instance of a repeat comes or goes."""
        return tuple(self._instance.path_of(node) for _, node in self._route.asked)

    def asked(self) -> frozenset[str]:
        """Those of `paths` that are asked by the answers so far."""
        return frozenset(self._instance.path_of(node) for _, node in self._route.asked if node.relevant)

    def tally(self) -> Tally:
        """How many questions are asked now, and how many of them have an answer, lack one or have a wrong one."""
        asked = [node for question, node in self._route.asked if self._standing.counts(question, node)]
        answered = [node for node in asked if node.value]
        return Tally(
            asked=len(asked),
            answered=len(answered),
            missing=sum(node.required and not node.value for node in asked),
            wrong=sum(not node.valid for node in answered),
        )

    def reasons(self, path: str) -> tuple[Reason, ...]:
        """The answers that decide whether the question at a path is asked."""
        node = self._instance.find(path)
        reasons: dict[str, Reason] = {}
        while node is not None and node.path:
            bind = self.form.binds.get(node.path)
            for reference in sorted(bind.relevant.references) if bind is not None and bind.relevant else ():
                for other in self._instance.by_path.get(reference, ())[:1]:
                    if reference in self.form.questions:
                        reasons.setdefault(
                            reference, self._standing.reason(self.form.questions[reference], other)
                        )
            node = node.parent
        return tuple(reasons.values())

    def validate(self) -> tuple[Problem, ...]:
        """Everything that is wrong or missing among the questions asked, in order."""
        found = (self._standing.problem(*asked) for asked in self._route.asked)
        return tuple(problem for problem in found if problem is not None)

    def answers(self) -> dict[str, str]:
        """The draft: every value that is not empty by indexed path, those not relevant at the moment too."""
        return {**self._unplaced, **self._instance.flat()}

    def finalise(self, now: int) -> dict[str, str]:
        """The answers as they are handed in: without what is not relevant, and without choices offered no more.

        `validate` first, which tells of these; this does not refuse.
        """
        self._scope.now_at = now
        put_at_end(self.form, self._instance, self._engine, self._scope)
        former = f"{self.form.root}/{DEPRECATED_ID}"
        kept = {former: self._unplaced[former]} if former in self._unplaced else {}
        return {**self._instance.flat(relevant_only=True), **kept}

    def nodes(self) -> tuple[NodeState, ...]:
        """Every node with its state, groups and instances of repeats included, in document order."""
        return tuple(list_nodes(self.form, self._instance.document, self._standing.fits))

    def shown(self) -> tuple[str, ...]:
        """The questions that are asked now, in the order in which a person comes to them from the first page on."""
        return tuple(self._instance.path_of(node) for place in self._route.shown for _, node in place.asked)

    def instance_xml(self) -> str:
        """The answers as ODK Collect would submit them; call `finalise` first."""
        former = self._unplaced.get(f"{self.form.root}/{DEPRECATED_ID}", "")
        return write_instance(self.form, self._instance.document, former)

    def would_hide(self, path: str, text: str) -> tuple[str, ...]:
        """The answered questions that an answer would take out of the form: ask before it is given, if there are any.

        Nothing is changed. They are those that `Outcome.hidden` will tell of: questions that are no longer relevant
        (`finalise` drops their answers, until then they come back with the former answer) and those in instances of a
        repeat that a lower count takes away (these are gone at once). Empty for a refused answer. Cheap unless the
        answer decides on other questions; then it costs about as much as beginning the form.
        """
        found = self._question_at(path)
        if found is None or not self._stakes.any_behind(found[1].path):
            return ()
        scope, answers = self._scope, self.answers()
        other = Session(
            self.form,
            scope.now_at,
            scope.zone,
            answers,
            self._prefill,
            scope.language,
            self._seed,
            scope.geopoint,
        )
        return other.answer(path, text).hidden

    def _entry(self, question: Question, node: Node) -> OutlineEntry:
        label, status = self._scope.words(question.label, node), self._standing.status(question, node)
        return OutlineEntry(self._instance.path_of(node), label, question.kind, status)

    def _question_at(self, path: str) -> tuple[Question, Node] | None:
        question, node = self.form.questions.get(definition_path(path)), self._instance.find(path)
        return None if question is None or node is None else (question, node)

    def _series(self, path: str) -> tuple[Node, str] | None:
        """The parent and the definition path of a repeat that a person may add to."""
        parent = self._instance.find(path.rpartition("/")[0])
        wanted = definition_path(path)
        if parent is None or not any(
            place.repeat is not None and place.repeat[0].path == wanted and place.repeat[1] is parent
            for place in self._route.shown
        ):
            return None
        return parent, wanted
