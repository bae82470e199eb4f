"""Which questions of a form are its NPS, CSAT and CES, and the scores that answers give; figures of many are reports'.

The convention: a question is a score if its appearance says so (the word `nps`, `csat` or `ces` among others, for
instance "likert nps"); where no question of a form does, the one whose name is one of these, in any case. Appearances
are kept by every XLSForm tool, need no further column and no namespace, and tell the face to show a row of keys as
well. Any kind of question will do whose stored value is a whole number: NPS 0–10, CSAT 1–5, CES 1–7 (KPI dictionary).
An integer question takes only the numbers of its scale.
"""

from collections.abc import Mapping

from server_sync.domain.forms.definition import FormDefinition
from server_sync.domain.forms.instance import definition_path

SCALES: Mapping[str, tuple[int, int]] = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}
"""Least and most of every score."""


def score_paths(form: FormDefinition) -> Mapping[str, tuple[str, ...]]:
    """The definition paths of each score's questions, in the form's order."""
    found: dict[str, tuple[str, ...]] = {}
    for score in SCALES:
        marked = tuple(path for path, question in form.questions.items() if score in question.appearance)
        named = tuple(path for path in form.questions if path.rpartition("/")[2].lower() == score)
        if marked or named:
            found[score] = marked or named
    return found


def scores(form: FormDefinition, answers: Mapping[str, str]) -> dict[str, int]:
    """The scores among finalised answers, such as {"nps": 9, "csat": 5}.

    Of several answers to one score the first in the form's order counts; what is no whole number of the scale does not.
    """
    values: dict[str, list[str]] = {}
    for path, value in answers.items():
        values.setdefault(definition_path(path), []).append(value)
    found: dict[str, int] = {}
    for score, paths in score_paths(form).items():
        least, most = SCALES[score]
        for value in (value for path in paths for value in values.get(path, ())):
            if value.isdecimal() and value.isascii() and least <= int(value) <= most:
                found[score] = int(value)
                break
    return found
