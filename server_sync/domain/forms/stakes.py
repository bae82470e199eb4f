"""Which answers may leave a form when another one changes, told from the form's logic alone; nothing is computed."""

from server_sync.domain.forms.definition import FormDefinition, repeats_in
from server_sync.domain.forms.graph import Aspect
from server_sync.domain.forms.instance import Instance


class Stakes:
    """Looks from a question at the answers whose being asked hangs on it."""

    def __init__(self, form: FormDefinition, answers: Instance) -> None:
        self._form = form
        self._answers = answers
        self._counted = [repeat for repeat in repeats_in(form.body) if repeat.count is not None]

    def any_behind(self, path: str) -> bool:
        """Whether an answered question may be hidden or taken away by a new value of the node at a definition path."""
        changes, decided = self._reached(path)
        return any(self._answered(below) for below in decided) or any(
            repeat.count is not None
            and not repeat.count.references.isdisjoint(changes)
            and self._answered(repeat.path)
            for repeat in self._counted
        )

    def _reached(self, path: str) -> tuple[set[str], set[str]]:
        """The paths whose values may change with one, and those whose relevance may."""
        changes, decided, waiting = set[str](), set[str](), [path]
        while waiting:
            change = waiting.pop()
            if change in changes:
                continue
            changes.add(change)
            for cell in self._form.graph.reached(change):
                if cell.aspect is Aspect.RELEVANT:
                    decided.add(cell.path)
                elif cell.aspect is Aspect.VALUE:
                    waiting.append(cell.path)
            waiting += [action.path for action in self._form.actions if action.trigger == change]
        return changes, decided

    def _answered(self, path: str) -> bool:
        """Whether a question at or below a definition path has an answer and is asked."""
        return any(
            node.value and node.relevant and node.path in self._form.questions
            for top in self._answers.by_path.get(path, ())
            for node in top.walk()
        )
