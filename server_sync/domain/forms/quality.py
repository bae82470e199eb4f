"""Signs that a form was not filled in with care, as kinds that are kept with the answers; how they are shown is the
views', and nothing is refused because of them.

SPEEDING: the median time before an answered question lies below a limit. Huang et al. 2012 ("Detecting and deterring
insufficient effort responding to surveys") take two seconds an item as the least in which a person can read and answer;
on a call the agent knows the question, so the company's setting begins at 1.5 s. The median, since one question that
was left open for an hour says nothing of the others.

STRAIGHT_LINING: simple non-differentiation (Kim et al. 2019, "Straightlining: overview of measurement, comparison of
indicators"): all questions of one battery have the very same answer.
"""

from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from server_sync.domain.forms.audit import AuditRow, times
from server_sync.domain.forms.definition import Element, FormDefinition, Group, Question, QuestionKind, Repeat
from server_sync.domain.forms.instance import definition_path
from server_sync.domain.model import ResponseFlag

LEAST_TIMED = 5
"""Answered questions whose times make a median worth looking at."""
LEAST_ALIKE = 5
"""Questions of one battery."""
_SELECTS = (QuestionKind.SELECT_ONE, QuestionKind.SELECT_MULTIPLE, QuestionKind.RANK)


def flags(
    form: FormDefinition, answers: Mapping[str, str], audit: Sequence[AuditRow], fastest_ms: int
) -> tuple[ResponseFlag, ...]:
    """What stands out in finalised answers; `fastest_ms` is the least time an answer takes somebody who cares."""
    found = {
        ResponseFlag.SPEEDING: _is_speeding(form, answers, audit, fastest_ms),
        ResponseFlag.STRAIGHT_LINING: _is_straight(form, answers),
    }
    return tuple(flag for flag, holds in found.items() if holds)


def _is_speeding(
    form: FormDefinition, answers: Mapping[str, str], audit: Sequence[AuditRow], fastest_ms: int
) -> bool:
    timed = [
        ms
        for path, ms in times(audit).items()
        if answers.get(path) and definition_path(path) in form.questions
    ]
    return len(timed) >= LEAST_TIMED and median(timed) < fastest_ms


def _is_straight(form: FormDefinition, answers: Mapping[str, str]) -> bool:
    """Whether in some group, of a repeat in some instance, all answered questions with one list have one answer."""
    batteries = dict(_batteries(form.body, ""))
    given: dict[tuple[object, str], list[str]] = {}
    for path, value in answers.items():
        battery = batteries.get(definition_path(path))
        if battery is not None and value:
            # The instances of the repeats around it stand in the path.
            given.setdefault((battery, path.rpartition("/")[0]), []).append(value)
    return any(len(values) >= LEAST_ALIKE and len(set(values)) == 1 for values in given.values())


def _batteries(elements: tuple[Element, ...], group: str) -> Iterator[tuple[str, object]]:
    """The questions that belong together, each with what tells its battery: the group and the list of choices."""
    for element in elements:
        match element:
            case Question() if group and element.kind in _SELECTS:
                own = tuple(choice.value for choice in element.choices)
                yield element.path, (group, own or (element.itemset and element.itemset.items.source))
            case Group():
                yield from _batteries(element.elements, element.path or group)
            case Repeat():
                yield from _batteries(element.elements, element.path)
