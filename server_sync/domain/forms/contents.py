"""What a form holds, as plain lines for those who read about it: entries with labels, choices; nothing is filled in."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from server_sync.domain.forms.definition import Element, FormDefinition, Question, Repeat
from server_sync.domain.forms.model import Expression, Text, Words
from server_sync.domain.forms.tree import Node

_PATH = re.compile(r"/[^\W\d][\w.\-]*(?:/[\w.\-]+)*")
_LIST = re.compile(r"\s*instance\(\s*(['\"])(.+?)\1\s*\)")
META = "meta"


class EntryKind(StrEnum):
    """What an entry is."""

    QUESTION = "question"
    GROUP = "group"
    REPEAT = "repeat"
    VALUE = "value"
    """What nobody is asked for: calculated, hidden, or taken from the device."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the form, in its order.

    `parent` is the path of the group or repeat around it, `repeat` that of the innermost repeat ("" for none); `label`
    and `hint` are what it says, see `plain_words`; `count` is how often a repeat is asked where the form rules it.
    """

    path: str
    kind: EntryKind
    parent: str
    repeat: str
    label: Words | None
    hint: Words | None = None
    question: Question | None = None
    count: Expression | None = None

    @property
    def name(self) -> str:
        """The name of its node."""
        return self.path.rpartition("/")[2]


def contents(form: FormDefinition) -> tuple[Entry, ...]:
    """Groups, repeats and questions in the order of the body, and behind them the values that nobody is asked for."""
    entries = {entry.path: entry for entry in _below(form.body, "", "", {})}
    for path, spec in form.nodes.items():
        unseen = not spec.children and not spec.name.startswith("@") and path not in entries
        if unseen and f"/{META}/" not in path and path != form.root:
            parent = path.rpartition("/")[0]
            while parent and parent not in entries:
                parent = parent.rpartition("/")[0]
            repeat = parent if not parent else _repeat_of(entries[parent])
            entries[path] = Entry(path, EntryKind.VALUE, parent, repeat, None)
    return tuple(entries.values())


def plain_words(form: FormDefinition, words: Words | None, language: str = "", part: str = "") -> str:
    """A label with `${name}` where a value comes in; "" if there is none in this language nor in the form's own."""
    if words is None:
        return ""
    if words.text_id is None:
        return _plain(words.literal) if not part else ""
    for one in dict.fromkeys((language or form.default_language, form.default_language)):
        translation = form.translations.get(one)
        text = None if translation is None else translation.texts.get(words.text_id, {}).get(part)
        if text is not None:
            return _plain(text)
    return ""


def plain_expression(source: str) -> str:
    """An expression as its author wrote it: `${name}` for the path of a node."""
    return _PATH.sub(lambda path: "${" + path[0].rpartition("/")[2] + "}", source).replace("  ", " ").strip()


def choice_list(question: Question) -> str:
    """The name of the list that a question takes its choices from; "" when they stand in the question itself."""
    found = _LIST.match(question.itemset.items.source) if question.itemset is not None else None
    return found[2] if found else ""


def choices_of(form: FormDefinition, question: Question, language: str = "") -> Mapping[str, str]:
    """The labels of all choices that a question can ever offer, by value, in their order."""
    labels = {choice.value: plain_words(form, choice.label, language) for choice in question.choices}
    itemset, document = question.itemset, form.instances.get(choice_list(question))
    if itemset is None or document is None:
        return labels
    for item in _items(document):
        value, label = _part(item, itemset.value), _part(item, itemset.label)
        if itemset.label_is_text_id:
            label = plain_words(form, Words(text_id=label), language)
        labels.setdefault(value, label)
    return labels


def _below(
    elements: tuple[Element, ...], parent: str, repeat: str, labels: dict[str, Words | None]
) -> Iterator[Entry]:
    for one in elements:
        if isinstance(one, Question):
            yield Entry(one.path, EntryKind.QUESTION, parent, repeat, one.label, one.hint, one)
        elif isinstance(one, Repeat):
            yield Entry(one.path, EntryKind.REPEAT, parent, repeat, labels.get(one.path), count=one.count)
            yield from _below(one.elements, one.path, one.path, labels)
        elif not one.path or any(
            isinstance(inner, Repeat) and inner.path == one.path for inner in one.elements
        ):
            labels[one.path] = one.label  # a repeat is wrapped in a group, which has its label
            yield from _below(one.elements, parent, repeat, labels)
        else:
            yield Entry(one.path, EntryKind.GROUP, parent, repeat, one.label)
            yield from _below(one.elements, one.path, repeat, labels)


def _repeat_of(entry: Entry) -> str:
    return entry.path if entry.kind is EntryKind.REPEAT else entry.repeat


def _plain(text: Text | None) -> str:
    pieces = () if text is None else text.pieces
    return "".join(
        piece if isinstance(piece, str) else "${" + piece.source.strip().rpartition("/")[2] + "}"
        for piece in pieces
    )


def _items(document: Node) -> Iterator[Node]:
    """The items of a list: what stands right below its root."""
    for roots in document.children.values():
        for root in roots:
            for items in root.children.values():
                yield from items


def _part(item: Node, name: str) -> str:
    return "".join(child.text() for child in item.children.get(name, ())[:1])
