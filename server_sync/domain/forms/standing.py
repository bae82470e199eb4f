"""How a question stands at this moment: its state, what is wrong with it, why it is asked; no moving about."""

from server_sync.domain.errors import ErrorKind
from server_sync.domain.forms.definition import FormDefinition, Question, QuestionKind
from server_sync.domain.forms.instance import Instance
from server_sync.domain.forms.model import Bind
from server_sync.domain.forms.pages import Problem, QuestionState, Reason, Status
from server_sync.domain.forms.questions import Asked, Fault, parse_answer
from server_sync.domain.forms.scope import FormScope
from server_sync.domain.forms.tree import Node


class Standing:
    """Looks at the questions of one filling-in."""

    def __init__(self, form: FormDefinition, answers: Instance, scope: FormScope) -> None:
        self._form = form
        self._answers = answers
        self._scope = scope

    def asked(self, question: Question, node: Node) -> Asked:
        """The circumstances under which an answer is given."""
        return Asked(question, self._scope.choices(question, node), self._scope.now_at, self._scope.zone)

    def readonly(self, question: Question, node: Node) -> bool:
        """Whether nobody may answer: by its bind or that of a group around it, or because it is a note.

        A calculated answer may be replaced, as in ODK; it is calculated again when what it depends on changes.
        """
        return question.kind is QuestionKind.NOTE or any(one.readonly for one in node.lineage())

    def counts(self, question: Question, node: Node) -> bool:
        """Whether somebody is to answer the question now."""
        return node.relevant and not self.readonly(question, node)

    def state(self, question: Question, node: Node) -> QuestionState:
        """Everything a face needs to show the question."""
        words = self._scope.words
        return QuestionState(
            path=self._answers.path_of(node),
            name=node.name,
            kind=question.kind,
            label=words(question.label, node),
            hint=words(question.hint, node),
            guidance=words(question.hint, node, "guidance"),
            value=node.value,
            required=node.required,
            readonly=self.readonly(question, node),
            choices=self._scope.choices(question, node),
            appearance=question.appearance,
            parameters=question.parameters,
            problem=self.problem(question, node, missing=False),
            data_type=question.data_type,
            media=self._scope.media(question.label, node),
        )

    def fits(self, question: Question, node: Node) -> bool:
        """Whether a value is an answer to its question: of its type, and among the choices on offer."""
        return not isinstance(parse_answer(node.value, self.asked(question, node)), Fault)

    def problem(self, question: Question, node: Node, missing: bool = True) -> Problem | None:
        """What is wrong with the answer, or, with `missing`, that there is none."""
        if not node.relevant or question.kind is QuestionKind.NOTE:
            return None
        path, words = self._answers.path_of(node), self._scope.words
        if not node.value:
            if not missing or not node.required or self.readonly(question, node):
                return None
            return Problem(
                path, ErrorKind.ANSWER_REQUIRED, {}, words(self._bind(node).required_message, node)
            )
        value = parse_answer(node.value, self.asked(question, node))
        if isinstance(value, Fault):
            return Problem(path, value.kind, value.values)
        if node.valid:
            return None
        return Problem(
            path, ErrorKind.ANSWER_CONSTRAINT, {}, words(self._bind(node).constraint_message, node)
        )

    def status(self, question: Question, node: Node) -> Status:
        """How the question is marked in the outline."""
        if not node.relevant:
            return Status.SKIPPED
        if question.kind is QuestionKind.NOTE:
            return Status.NOTE
        if not node.value:
            return Status.OPEN if node.required and not self.readonly(question, node) else Status.BLANK
        return Status.ANSWERED if self.problem(question, node) is None else Status.WRONG

    def reason(self, question: Question, node: Node) -> Reason:
        """The question and its answer as the form words them, for explaining a jump."""
        labels = {choice.value: choice.label for choice in self._scope.choices(question, node)}
        values = node.value.split() if question.kind is QuestionKind.SELECT_MULTIPLE else [node.value]
        answer = " ".join(labels.get(value, value) for value in values)
        return Reason(
            self._answers.path_of(node), self._scope.words(question.label, node), node.value, answer
        )

    def _bind(self, node: Node) -> Bind:
        return self._form.binds.get(node.path, Bind(node.path))
