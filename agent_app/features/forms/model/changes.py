"""What changed between two versions of a form, in words, under headings."""

from collections.abc import Callable, Mapping, Sequence

from agent_app.ui.i18n import mark, translate
from agent_app.ui.tokens import Tone
from server_sync.domain.forms.comparison import ChangeKind, FormChange
from server_sync.domain.forms.contents import EntryKind

Line = tuple[str, str, str]
"""What it is of, what it said before, what it says now."""

_SECTIONS: Sequence[tuple[str, Tone, frozenset[ChangeKind]]] = (
    (
        mark("FormChanges", "The form"),
        Tone.NEUTRAL,
        frozenset({ChangeKind.TITLE, ChangeKind.LANGUAGE_ADDED, ChangeKind.LANGUAGE_REMOVED}),
    ),
    (mark("FormChanges", "Added"), Tone.SUCCESS, frozenset({ChangeKind.ADDED})),
    (mark("FormChanges", "Removed"), Tone.DANGER, frozenset({ChangeKind.REMOVED})),
    (mark("FormChanges", "Moved"), Tone.ACCENT, frozenset({ChangeKind.MOVED})),
    (mark("FormChanges", "Reworded"), Tone.ACCENT, frozenset({ChangeKind.REWORDED, ChangeKind.HINT})),
    (
        mark("FormChanges", "Choices"),
        Tone.ACCENT,
        frozenset(
            {
                ChangeKind.CHOICE_ADDED,
                ChangeKind.CHOICE_REMOVED,
                ChangeKind.CHOICE_REWORDED,
                ChangeKind.CHOICE_ORDER,
                ChangeKind.CHOICE_LIST,
            }
        ),
    ),
)
_REST = mark("FormChanges", "Conditions and the like"), Tone.WARNING

_KINDS: Mapping[ChangeKind, str] = {
    ChangeKind.TITLE: mark("FormChanges", "Title"),
    ChangeKind.LANGUAGE_ADDED: mark("FormChanges", "Language added"),
    ChangeKind.LANGUAGE_REMOVED: mark("FormChanges", "Language removed"),
    ChangeKind.HINT: mark("FormChanges", "hint"),
    ChangeKind.TYPE: mark("FormChanges", "type"),
    ChangeKind.RELEVANT: mark("FormChanges", "asked when"),
    ChangeKind.REQUIRED: mark("FormChanges", "required"),
    ChangeKind.READ_ONLY: mark("FormChanges", "read-only"),
    ChangeKind.CONSTRAINT: mark("FormChanges", "constraint"),
    ChangeKind.MESSAGE: mark("FormChanges", "message"),
    ChangeKind.CALCULATION: mark("FormChanges", "calculation"),
    ChangeKind.DEFAULT: mark("FormChanges", "default"),
    ChangeKind.COUNT: mark("FormChanges", "how many times"),
    ChangeKind.APPEARANCE: mark("FormChanges", "appearance"),
    ChangeKind.CHOICE_LIST: mark("FormChanges", "another list of choices"),
    ChangeKind.CHOICE_FILTER: mark("FormChanges", "which choices are offered"),
    ChangeKind.CHOICE_ADDED: mark("FormChanges", "added"),
    ChangeKind.CHOICE_REMOVED: mark("FormChanges", "removed"),
    ChangeKind.CHOICE_ORDER: mark("FormChanges", "in another order"),
}
_ENTRIES: Mapping[EntryKind, str] = {
    EntryKind.GROUP: mark("FormChanges", "Group"),
    EntryKind.REPEAT: mark("FormChanges", "Repeat"),
    EntryKind.VALUE: mark("FormChanges", "Value"),
}


def sections(changes: Sequence[FormChange]) -> list[tuple[str, Tone, list[Line]]]:
    """The changes under their headings, in the order of the form; headings without any are left out."""
    known = frozenset[ChangeKind]().union(*(kinds for _, _, kinds in _SECTIONS))
    found: list[tuple[str, Tone, list[Line]]] = []
    for title, tone, kinds in (*_SECTIONS, (*_REST, frozenset(ChangeKind) - known)):
        lines = [line(one) for one in changes if one.kind in kinds]
        if lines:
            found.append((translate("FormChanges", title), tone, lines))
    return found


def line(change: FormChange) -> Line:
    """One change."""
    say = _SAYING.get(change.kind)
    if say is not None:
        return say(change)
    words = translate("FormChanges", _KINDS[change.kind])
    return f"{_of(change)} · {words}", change.before or _none(), change.after or _none()


def summary(changes: Sequence[FormChange]) -> str:
    """How many of each: 新增 2 · 改写 1."""
    told = translate("FormChanges", "{what} {count}")
    return " · ".join(told.format(what=title, count=len(lines)) for title, _, lines in sections(changes))


def _of(change: FormChange) -> str:
    """Which question, group or value."""
    what = change.label or change.name
    kind = _ENTRIES.get(change.entry) if change.entry is not None else None
    return what if kind is None else f"{translate('FormChanges', kind)} {what}"


def _added(change: FormChange) -> Line:
    return _of(change), "", _within(change.after)


def _removed(change: FormChange) -> Line:
    return _of(change), _within(change.before), ""


def _moved(change: FormChange) -> Line:
    if not change.before and not change.after:
        return _of(change), "", translate("FormChanges", "to another place of its group")
    return _of(change), _place(change.before), _place(change.after)


def _reworded(change: FormChange) -> Line:
    return change.name, change.before or _none(), change.after or _none()


def _choice(change: FormChange) -> Line:
    of = translate("FormChanges", "List {name}: {choice}").format(name=change.name, choice=change.label)
    return of, change.before or _none(), change.after or _none()


def _order(change: FormChange) -> Line:
    of = translate("FormChanges", "List {name}: {choice}")
    return of.format(name=change.name, choice=translate("FormChanges", "in another order")), "", ""


def _whole(change: FormChange) -> Line:
    words = translate("FormChanges", _KINDS[change.kind])
    return f"{words} {change.name}".strip(), change.before, change.after


def _within(group: str) -> str:
    return translate("FormChanges", "in {group}").format(group=group) if group else ""


def _place(group: str) -> str:
    return translate("FormChanges", "outside of groups") if group == "/" else group


def _none() -> str:
    return translate("FormChanges", "none")


_SAYING: Mapping[ChangeKind, Callable[[FormChange], Line]] = {
    ChangeKind.TITLE: _whole,
    ChangeKind.LANGUAGE_ADDED: _whole,
    ChangeKind.LANGUAGE_REMOVED: _whole,
    ChangeKind.ADDED: _added,
    ChangeKind.REMOVED: _removed,
    ChangeKind.MOVED: _moved,
    ChangeKind.REWORDED: _reworded,
    ChangeKind.CHOICE_ADDED: _choice,
    ChangeKind.CHOICE_REMOVED: _choice,
    ChangeKind.CHOICE_REWORDED: _choice,
    ChangeKind.CHOICE_ORDER: _order,
}
