"""Which answers are the NPS and the CSAT of a form."""

from collections.abc import Callable

import pytest

from server_sync.domain.forms.definition import FormDefinition
from server_sync.domain.forms.scores import score_paths, scores

ReadTable = Callable[[str], FormDefinition]


def _form(form: ReadTable, *rows: tuple[str, str]) -> FormDefinition:
    body = "\n".join(f"| | integer | {name} | Q | {appearance} |" for name, appearance in rows)
    return form(f"| survey | | | | |\n| | type | name | label | appearance |\n{body}")


def test_the_appearance_marks_a_score_before_any_name_does(form: ReadTable) -> None:
    marked = _form(form, ("csat", ""), ("recommend", "likert nps"), ("nps", ""))
    assert score_paths(marked) == {"nps": ("/data/recommend",), "csat": ("/data/csat",)}
    assert scores(marked, {"/data/recommend": "9", "/data/nps": "1", "/data/csat": "5"}) == {
        "nps": 9,
        "csat": 5,
    }


@pytest.mark.parametrize("value", ["", "11", "-1", "7.5", "ten", "٧"])
def test_what_is_no_whole_number_of_the_scale_gives_no_score(form: ReadTable, value: str) -> None:
    assert scores(_form(form, ("NPS", "")), {"/data/NPS": value}) == {}


def test_zero_is_a_recommendation_but_no_satisfaction(form: ReadTable) -> None:
    both = _form(form, ("nps", ""), ("csat", ""))
    assert scores(both, {"/data/nps": "0", "/data/csat": "0"}) == {"nps": 0}


def test_the_first_answered_question_of_a_score_counts(form: ReadTable) -> None:
    two = _form(form, ("new", "csat"), ("old", "csat"))
    assert scores(two, {"/data/old": "2"}) == {"csat": 2}
    assert scores(two, {"/data/old": "2", "/data/new": "4"}) == {"csat": 4}


def test_a_form_without_scores_has_none(form: ReadTable) -> None:
    assert scores(_form(form, ("age", "")), {"/data/age": "5"}) == {}
