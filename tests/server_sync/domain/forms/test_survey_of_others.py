"""A household survey made by others: two languages, a cascade, a repeat, a look-up into a secondary instance."""

from collections.abc import Callable
from pathlib import Path

import pytest

from server_sync.domain.errors import ErrorKind
from server_sync.domain.forms.definition import QuestionKind
from server_sync.domain.forms.publishing import publish
from server_sync.domain.forms.reading import read_form
from server_sync.domain.forms.session import Session

Begin = Callable[..., Session]

DATA = Path(__file__).parents[5] / "shared" / "data"
SURVEY = DATA / "xlsform_socio_economic_survey.xlsx"
ALL_TYPES = DATA / "xlsform_all_question_types.xlsx"


@pytest.mark.skipif(not SURVEY.exists(), reason="the shared survey workbook is not beside this checkout")
def test_the_household_survey_is_filled_in(begin: Begin) -> None:
    form = read_form(publish(SURVEY, SURVEY.name).xform_xml)
    assert form.languages == ("English (en)", "French (fr)")
    session = begin(form)
    head, family = "/data/headOfHousehold", "/data/familyMembers[1]/persons"
    said = {
        f"{head}/region": "Punjab",
        f"{head}/district": "Multan&Bahawalpur",
        f"{head}/residentialAddress": "Street 1",
        f"{head}/primaryContactNo": "000",
        f"{head}/householdIncome": "4",
        "/data/informationTechnology/internetHH": "1",
        "/data/informationTechnology/internetType": "2",
        f"{family}/firstNameFM": "A",
        f"{family}/gender": "2",
        f"{family}/health/healthVisit": "2",
        f"{family}/health/reasonForNoHealthVisit": "1 2",
        f"{family}/health/diseases": "1 2 3",
    }
    for path, value in said.items():
        outcome = session.answer(path, value)
        assert (outcome.accepted, outcome.problem) == (True, None), path
    assert session.validate() == ()
    income = session.question(f"{head}/SEClass")
    assert income is not None
    assert income.value
    in_english = income.value
    answers = session.finalise(session.now_at)
    assert said.items() <= answers.items()
    assert f"{family}/health/healthFacility" not in answers
    session.use_language("fr")
    districts = session.question(f"{head}/district")
    assert districts is not None
    assert all(choice.label for choice in districts.choices)
    assert begin(form, answers=session.answers()).answers()[f"{head}/SEClass"] == in_english


@pytest.mark.skipif(not SURVEY.exists(), reason="the shared survey workbook is not beside this checkout")
def test_a_household_has_as_many_members_as_one_adds(begin: Begin) -> None:
    session = begin(read_form(publish(SURVEY, SURVEY.name).xform_xml))
    before = session.progress.of
    assert session.add_repeat("/data/familyMembers")
    assert session.progress.of == before + 3
    broken = session.answer("/data/familyMembers[2]/persons/health/diseases", "1 2 3 4")
    assert broken.accepted
    assert broken.problem is not None
    assert (broken.problem.kind, broken.problem.message) == (
        ErrorKind.ANSWER_CONSTRAINT,
        "Up to 3 options can be selected",
    )


@pytest.mark.skipif(
    not ALL_TYPES.exists(), reason="the shared workbook of question types is not beside this checkout"
)
def test_the_form_of_all_question_types_is_published_and_names_the_files_it_lacks() -> None:
    published = publish(ALL_TYPES, ALL_TYPES.name)
    first, *media = published.missing
    assert first == "cities.geojson"
    assert len(media) == 10
    assert {Path(name).suffix for name in media} == {".svg", ".jpg", ".png"}
    kinds = {question.kind for question in read_form(published.xform_xml).questions.values()}
    assert kinds == set(QuestionKind)
