"""A form being filled in as its expressions and its reader see it: texts with values filled in, choices, look-ups."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import tzinfo
from uuid import UUID

from server_sync.domain.forms.definition import FormDefinition, Itemset, Question
from server_sync.domain.forms.draws import Draws
from server_sync.domain.forms.instance import Instance
from server_sync.domain.forms.model import Text, Words
from server_sync.domain.forms.tree import Node
from server_sync.domain.forms.xpath.budget import Budget
from server_sync.domain.forms.xpath.context import Context
from server_sync.domain.forms.xpath.values import to_text

MEDIA = ("image", "big-image", "audio", "video")
"""The forms of an itext value that name files (ODK XForms, Media)."""

_UNNAMED = frozenset({"", "default"})
"""Languages that tell nothing: a form with one language, and what pyxform calls that of texts without any."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice on offer, its label and its files (as in `QuestionState`) in the active language."""

    value: str
    label: str
    media: Mapping[str, str] = field(default_factory=dict)


class FormScope:
    """An `xpath.context.Scope`: `now_at` is the form's present (ms since the epoch), `language` the active one.

    `geopoint` is the place where the device is, if it is known; `reader_language` the tag of who fills in.
    """

    def __init__(
        self,
        definition: FormDefinition,
        answers: Instance,
        zone: tzinfo,
        now_at: int,
        language: str,
        seed: str,
    ) -> None:
        self.definition = definition
        self.zone = zone
        self.now_at = now_at
        self.language = language
        self.reader_language = ""
        self.geopoint = ""
        self.form_version = definition.version
        self.budget = Budget()
        self.by_path: Mapping[str, list[Node]] = answers.by_path
        self._document = answers.document
        self._seed = seed
        self._draws = Draws(seed)
        self._indexes: dict[tuple[int, str, str], dict[str, list[Node]]] = {}
        self._fixed: dict[tuple[Node, str, str, str], Choice] = {}

    @property
    def locale(self) -> str:
        """The language for names of months and days: the active one, or the reader's where the form names none."""
        return self.language if self.language not in _UNNAMED else self.reader_language

    def now(self) -> int:
        """Milliseconds since the epoch, UTC."""
        return self.now_at

    def random(self) -> float:
        """The next number of the form's own sequence."""
        return self._draws.next()

    def instance_id(self) -> str:
        """The instanceID that goes with the seed: "uuid:" and a UUID."""
        digest = hashlib.sha256(f"instanceID {self._seed}".encode()).digest()
        return f"uuid:{UUID(bytes=digest[:16], version=4)}"

    def instance(self, name: str) -> Node | None:
        """The document of a secondary instance."""
        return self.definition.instances.get(name)

    def index(self, parent: Node, name: str, key: str) -> Mapping[str, list[Node]]:
        """The children `name` of a node by the text of their child `key`, made once."""
        known = self._indexes.get((id(parent), name, key))
        if known is None:
            known = self._indexes[id(parent), name, key] = {}
            for node in parent.children.get(name, ()):
                known.setdefault(_part(node, key), []).append(node)
        return known

    def translation(self, text_id: str) -> str:
        """An itext value in the active language."""
        return self.words(Words(text_id=text_id), self._document)

    def choice_label(self, path: str, node: Node, value: str) -> str:
        """The label of a choice of the question at a path, which may be relative to `node`."""
        question = self.definition.questions.get(_absolute(path, node.path))
        choices = () if question is None else self.choices(question, node)
        return next((choice.label for choice in choices if choice.value == value), "")

    def words(self, words: Words | None, node: Node, form: str = "") -> str:
        """A label, hint or message at a node, in the active language or else the form's default one."""
        if words is None:
            return ""
        if words.text_id is None:
            return self._fill(words.literal, node) if form == "" else ""
        for language in (self.language, self.definition.default_language):
            translation = self.definition.translations.get(language)
            text = None if translation is None else translation.texts.get(words.text_id, {}).get(form)
            if text is not None:
                return self._fill(text, node)
        return ""

    def media(self, words: Words | None, node: Node) -> dict[str, str]:
        """The names of the files beside a label by their kind, without "jr://images/" and the like."""
        if words is None or words.text_id is None:
            return {}
        files: dict[str, Text] = {}
        for language in (self.definition.default_language, self.language):
            translation = self.definition.translations.get(language)
            texts = None if translation is None else translation.texts.get(words.text_id)
            files |= {form: text for form, text in (texts or {}).items() if form in MEDIA}
        return {form: self._fill(text, node).rpartition("/")[2] for form, text in files.items()}

    def _fill(self, text: Text | None, node: Node) -> str:
        if text is None:
            return ""
        context = Context(self, node)
        return "".join(
            piece if isinstance(piece, str) else to_text(piece.evaluate(context)) for piece in text.pieces
        )

    def choices(self, question: Question, node: Node) -> tuple[Choice, ...]:
        """What a question offers at this moment."""
        written = tuple(self._offered(choice.value, choice.label, node) for choice in question.choices)
        if question.itemset is None:
            return written
        items = question.itemset.items.evaluate(Context(self, node))
        found = items if isinstance(items, list) else []
        return (*written, *(self._choice(item, question.itemset, node) for item in found))

    def _choice(self, item: Node, itemset: Itemset, node: Node) -> Choice:
        """The choice that an item stands for, made once for a list of choices whose labels ask for no answer."""
        key = item, itemset.value, itemset.label, self.language
        choice = self._fixed.get(key)
        if choice is None:
            value, label = _part(item, itemset.value), _part(item, itemset.label)
            words = Words(text_id=label)
            choice = self._offered(value, words, node) if itemset.label_is_text_id else Choice(value, label)
            if not item.path and not (itemset.label_is_text_id and self._asks(words)):
                self._fixed[key] = choice
        return choice

    def _asks(self, words: Words) -> bool:
        """Whether words found by their text id have values to be filled in, in any language."""
        texts = (one.texts.get(words.text_id or "", {}) for one in self.definition.translations.values())
        return any(
            not isinstance(piece, str) for forms in texts for text in forms.values() for piece in text.pieces
        )

    def _offered(self, value: str, label: Words, node: Node) -> Choice:
        return Choice(value, self.words(label, node), self.media(label, node))


def _part(item: Node, name: str) -> str:
    found = item.children.get(name)
    return found[0].text() if found else ""


def _absolute(path: str, context: str) -> str:
    """A path that may start with `..` as an absolute one."""
    if path.startswith("/"):
        return path
    steps = context.split("/")
    for step in path.split("/"):
        if step == "..":
            steps = steps[:-1]
        elif step != ".":
            steps.append(step)
    return "/".join(steps)
