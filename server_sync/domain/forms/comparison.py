"""What is different between two versions of a form, as kinds and values; the words for it live in views."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from server_sync.domain.forms.contents import (
    Entry,
    EntryKind,
    choice_list,
    choices_of,
    contents,
    plain_expression,
    plain_words,
)
from server_sync.domain.forms.definition import FormDefinition
from server_sync.domain.forms.model import Bind, Expression, Words

_PARTS = ("", "guidance", "short", "image", "big-image", "audio", "video")


class ChangeKind(StrEnum):
    """How something differs. `before` and `after` hold what it says of; "" where there is none."""

    TITLE = "title"
    LANGUAGE_ADDED = "language_added"
    LANGUAGE_REMOVED = "language_removed"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"  # from one group to another (their labels), or within its own (both "")
    REWORDED = "reworded"
    HINT = "hint"
    TYPE = "type"
    RELEVANT = "relevant"
    REQUIRED = "required"
    READ_ONLY = "read_only"
    CONSTRAINT = "constraint"
    MESSAGE = "message"
    CALCULATION = "calculation"
    DEFAULT = "default"
    COUNT = "count"  # how often a repeat is asked
    APPEARANCE = "appearance"
    CHOICE_LIST = "choice_list"  # another list, by name
    CHOICE_FILTER = "choice_filter"
    CHOICE_ADDED = "choice_added"
    CHOICE_REMOVED = "choice_removed"
    CHOICE_REWORDED = "choice_reworded"
    CHOICE_ORDER = "choice_order"


@dataclass(frozen=True, slots=True)
class FormChange:
    """One difference: `entry` says of what (a node's kind, "" for the form as a whole), `name` and `label` which one.

    Of a list of choices `name` is that of the list, or of the question where the choices stand in it, and `label` the
    value of the choice.
    """

    kind: ChangeKind
    entry: EntryKind | None = None
    name: str = ""
    label: str = ""
    before: str = ""
    after: str = ""


def compare_forms(old: FormDefinition, new: FormDefinition, language: str = "") -> tuple[FormChange, ...]:
    """Every difference that a reader of the form would see or feel, in the order of the new version.

    Labels are in `language` (of the new form; its own when it is empty), and so is a text that differs; one that
    differs only in another language is told in that. What was removed stands where it was.
    """
    return tuple(_Comparison(old, new, language).changes())


class _Comparison:
    def __init__(self, old: FormDefinition, new: FormDefinition, language: str) -> None:
        self.old, self.new = old, new
        self.language = language or new.default_language
        both = [one for one in dict.fromkeys((self.language, *new.languages)) if one in old.languages]
        self.languages = both or [self.language]
        """In which texts are held beside each other."""
        self.before = {entry.path: entry for entry in contents(old)}
        self.after = {entry.path: entry for entry in contents(new)}
        self.same = self._pairs()
        """The path in the old version by that in the new one, of what is in both."""

    def changes(self) -> Iterator[FormChange]:
        if self.old.title != self.new.title:
            yield FormChange(ChangeKind.TITLE, before=self.old.title, after=self.new.title)
        for name in self.new.languages:
            if name not in self.old.languages:
                yield FormChange(ChangeKind.LANGUAGE_ADDED, name=name)
        for name in self.old.languages:
            if name not in self.new.languages:
                yield FormChange(ChangeKind.LANGUAGE_REMOVED, name=name)
        moved = self._moved()
        gone = self._gone()
        yield from map(self._removed, gone.get("", ()))
        for path, entry in self.after.items():
            former = self.same.get(path)
            if former is None:
                yield self._told(ChangeKind.ADDED, entry, after=self._group(self.new, self.after, entry))
            else:
                if path in moved:
                    yield self._moved_words(entry, self.before[former])
                yield from self._within(self.before[former], entry)
                yield from map(self._removed, gone.get(former, ()))
        yield from self._choices()

    def _pairs(self) -> dict[str, str]:
        """By path, and what changed its path by its name where only one thing on each side has that name."""
        same = {path: path for path in self.after if path in self.before}
        taken = set(same.values())
        came = [entry for path, entry in self.after.items() if path not in same]
        went = [entry for path, entry in self.before.items() if path not in taken]
        single = _single(came).keys() & _single(went).keys()
        for key in single:
            same[_single(came)[key].path] = _single(went)[key].path
        return same

    def _moved(self) -> set[str]:
        """What stands in another group, or at another place among those that stayed in its own."""
        moved: set[str] = set()
        families: dict[str, list[str]] = {}
        for path, entry in self.after.items():
            former = self.before.get(self.same.get(path, ""))
            if former is None:
                continue
            if former.parent != (self.same.get(entry.parent, "") if entry.parent else ""):
                moved.add(path)
            elif entry.kind is not EntryKind.VALUE:
                families.setdefault(entry.parent, []).append(path)
        places = {path: place for place, path in enumerate(self.before)}
        for family in families.values():
            kept = _longest_rising([places[self.same[path]] for path in family])
            moved.update(path for place, path in enumerate(family) if place not in kept)
        return moved

    def _gone(self) -> dict[str, list[Entry]]:
        """What was removed, by the path of what stayed and stood before it."""
        stayed = set(self.same.values())
        gone: dict[str, list[Entry]] = {}
        last = ""
        for path, entry in self.before.items():
            if path in stayed:
                last = path
            else:
                gone.setdefault(last, []).append(entry)
        return gone

    def _within(self, former: Entry, entry: Entry) -> Iterator[FormChange]:
        told = [
            (ChangeKind.REWORDED, *self._texts(former.label, entry.label)),
            (ChangeKind.HINT, *self._texts(former.hint, entry.hint)),
            (ChangeKind.TYPE, _type(self.old, former), _type(self.new, entry)),
            *self._binds(self.old.binds.get(former.path), self.new.binds.get(entry.path)),
            (
                ChangeKind.DEFAULT,
                self.old.nodes[former.path].default,
                self.new.nodes[entry.path].default,
            ),
            (ChangeKind.COUNT, _source(former.count), _source(entry.count)),
        ]
        if former.question is not None and entry.question is not None:
            told += [
                (
                    ChangeKind.APPEARANCE,
                    " ".join(sorted(former.question.appearance)),
                    " ".join(sorted(entry.question.appearance)),
                ),
                (ChangeKind.CHOICE_LIST, choice_list(former.question), choice_list(entry.question)),
                (ChangeKind.CHOICE_FILTER, _filter(former), _filter(entry)),
            ]
        for kind, before, after in told:
            if before != after:
                yield self._told(kind, entry, before, after)

    def _binds(self, former: Bind | None, bind: Bind | None) -> list[tuple[ChangeKind, str, str]]:
        old, new = former or Bind(""), bind or Bind("")
        return [
            (ChangeKind.RELEVANT, _source(old.relevant), _source(new.relevant)),
            (ChangeKind.REQUIRED, _source(old.required), _source(new.required)),
            (ChangeKind.READ_ONLY, _source(old.readonly), _source(new.readonly)),
            (ChangeKind.CONSTRAINT, _source(old.constraint), _source(new.constraint)),
            (ChangeKind.MESSAGE, *self._texts(old.constraint_message, new.constraint_message)),
            (ChangeKind.MESSAGE, *self._texts(old.required_message, new.required_message)),
            (ChangeKind.CALCULATION, _source(old.calculate), _source(new.calculate)),
        ]

    def _choices(self) -> Iterator[FormChange]:
        """Choices that came, went or are worded anew, of each list once."""
        done: set[tuple[str, str]] = set()
        for path, entry in self.after.items():
            former = self.before.get(self.same.get(path, ""))
            if former is None or former.question is None or entry.question is None:
                continue
            name = choice_list(entry.question)
            key = (choice_list(former.question), name or path)
            if key in done:
                continue
            done.add(key)
            yield from self._choices_of(former, entry, name or entry.name)

    def _choices_of(self, former: Entry, entry: Entry, name: str) -> Iterator[FormChange]:
        assert former.question is not None
        assert entry.question is not None
        old, new = (
            [choices_of(form, question, language) for language in self.languages]
            for form, question in ((self.old, former.question), (self.new, entry.question))
        )
        for value, label in new[0].items():
            if value not in old[0]:
                yield FormChange(ChangeKind.CHOICE_ADDED, None, name, value, after=label)
            for before, after in zip(old, new, strict=True):
                if before.get(value, after[value]) != after[value]:
                    yield FormChange(
                        ChangeKind.CHOICE_REWORDED, None, name, value, before[value], after[value]
                    )
                    break
        for value, label in old[0].items():
            if value not in new[0]:
                yield FormChange(ChangeKind.CHOICE_REMOVED, None, name, value, before=label)
        if [value for value in old[0] if value in new[0]] != [value for value in new[0] if value in old[0]]:
            yield FormChange(ChangeKind.CHOICE_ORDER, None, name)

    def _texts(self, former: Words | None, words: Words | None) -> tuple[str, str]:
        """The first pair of texts that differ, else two empty ones."""
        for language in self.languages:
            for part in _PARTS:
                before = plain_words(self.old, former, language, part)
                after = plain_words(self.new, words, language, part)
                if before != after:
                    return before, after
        return "", ""

    def _removed(self, entry: Entry) -> FormChange:
        label = plain_words(self.old, entry.label, self.language)
        group = self._group(self.old, self.before, entry)
        return FormChange(ChangeKind.REMOVED, entry.kind, entry.name, label, before=group)

    def _moved_words(self, entry: Entry, former: Entry) -> FormChange:
        if self.same.get(entry.parent, "") == former.parent:
            return self._told(ChangeKind.MOVED, entry)
        return self._told(
            ChangeKind.MOVED,
            entry,
            self._group(self.old, self.before, former) or "/",
            self._group(self.new, self.after, entry) or "/",
        )

    def _group(self, form: FormDefinition, entries: Mapping[str, Entry], entry: Entry) -> str:
        """What the group around an entry is called."""
        if not entry.parent:
            return ""
        around = entries[entry.parent]
        return plain_words(form, around.label, self.language) or around.name

    def _told(self, kind: ChangeKind, entry: Entry, before: str = "", after: str = "") -> FormChange:
        label = plain_words(self.new, entry.label, self.language)
        return FormChange(kind, entry.kind, entry.name, label, before, after)


def _single(entries: Sequence[Entry]) -> dict[tuple[str, EntryKind], Entry]:
    """Those whose name and kind no other one has."""
    counted = Counter((entry.name, entry.kind) for entry in entries)
    return {(entry.name, entry.kind): entry for entry in entries if counted[entry.name, entry.kind] == 1}


def _longest_rising(places: Sequence[int]) -> set[int]:
    """The indexes of a longest rising part: what was not moved."""
    ends: list[int] = []
    at: list[int] = []
    earlier: list[int] = []
    for index, place in enumerate(places):
        length = bisect_left(ends, place)
        earlier.append(at[length - 1] if length else -1)
        if length == len(ends):
            ends.append(place)
            at.append(index)
        else:
            ends[length], at[length] = place, index
    kept: set[int] = set()
    index = at[-1] if at else -1
    while index >= 0:
        kept.add(index)
        index = earlier[index]
    return kept


def _source(expression: Expression | None) -> str:
    return "" if expression is None else plain_expression(expression.source)


def _type(form: FormDefinition, entry: Entry) -> str:
    """The kind of a question, else of an entry, with its data type where that says more."""
    if entry.question is not None:
        return entry.question.kind.value
    return (
        entry.kind.value
        if entry.kind is not EntryKind.VALUE
        else form.binds.get(entry.path, Bind("")).data_type
    )


def _filter(entry: Entry) -> str:
    """What narrows the list of choices, as it is written."""
    if entry.question is None or entry.question.itemset is None:
        return ""
    return plain_expression(entry.question.itemset.items.source.partition("[")[2].rpartition("]")[0])
