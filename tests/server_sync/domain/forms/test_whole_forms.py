"""Whole forms, those of others and one with everything: filled to the end, handed in, written as XML and read again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from server_sync.domain.forms.definition import FormDefinition, QuestionKind
from server_sync.domain.forms.instance_xml import read_filled_form
from server_sync.domain.forms.pages import QuestionState
from server_sync.domain.forms.publishing import publish
from server_sync.domain.forms.reading import read_form
from server_sync.domain.forms.session import Session

Begin = Callable[..., Session]
ReadTable = Callable[[str], FormDefinition]

DATA = Path(__file__).parents[5] / "shared" / "data"

_POINT = "31.2304 121.4737 4 10"
_PLAUSIBLE = {
    QuestionKind.TEXT: "人民路 1 号",
    QuestionKind.INTEGER: "3",
    QuestionKind.DECIMAL: "2.5",
    QuestionKind.DATE: "2017-12-30",
    QuestionKind.TIME: "09:30",
    QuestionKind.DATE_TIME: "2017-12-30T09:30:00.000+08:00",
    QuestionKind.ACKNOWLEDGE: "OK",
    QuestionKind.BARCODE: "6901234567892",
}
_PLACES = {
    "geopoint": _POINT,
    "geotrace": f"{_POINT};31.3 121.5 0 0",
    "geoshape": f"{_POINT};31.3 121.5 0 0;31.3 121.4 0 0;{_POINT}",
}


def _plausible(question: QuestionState) -> str:
    """An answer that the question takes."""
    match question.kind:
        case QuestionKind.SELECT_ONE:
            return question.choices[0].value if question.choices else ""
        case QuestionKind.SELECT_MULTIPLE:
            return " ".join(choice.value for choice in question.choices[:2])
        case QuestionKind.RANK:
            return " ".join(choice.value for choice in reversed(question.choices))
        case QuestionKind.RANGE:
            return question.parameters.get("end", "10")
        case QuestionKind.PLACE:
            return _PLACES[question.data_type]
        case QuestionKind.FILE:
            kind = question.parameters["mediatype"].partition("/")[0]
            return {"image": "photo.jpg", "audio": "voice.m4a", "video": "clip.mp4"}.get(kind, "paper.pdf")
    return _PLAUSIBLE.get(question.kind, "")


def _fill(session: Session) -> dict[str, str]:
    """Go from page to page and answer all there is; what was taken. Repeats are given one more instance each."""
    taken: dict[str, str] = {}
    added: set[str] = set()
    while (page := session.page) is not None:
        answers = {one.path: _plausible(one) for one in page.questions if not one.readonly and not one.value}
        path = next((path for path, value in answers.items() if value), None)
        if path is not None:
            outcome = session.answer(path, answers[path])
            assert outcome.accepted, (path, answers[path], outcome.problem)
            taken[path] = outcome.value
        elif page.repeat is not None and page.repeat.path not in added:
            added.add(page.repeat.path)
            assert session.add_repeat(page.repeat.path)
        else:
            session.next(anyway=True)
    return taken


def _assert_whole(begin: Begin, form: FormDefinition, session: Session) -> None:
    """Handed in, written, read and begun again it is the same."""
    handed_in = session.finalise(session.now_at)
    written = session.instance_xml()
    filled = read_filled_form(form, written)
    again = begin(form, answers=filled.answers)
    assert again.finalise(session.now_at) == handed_in
    assert again.instance_xml() == written
    draft = begin(form, answers=session.answers())
    assert draft.finalise(session.now_at) == handed_in


@pytest.mark.parametrize(
    ("name", "answered"),
    [("xlsform_socio_economic_survey.xlsx", 19), ("xlsform_all_question_types.xlsx", 79)],
)
def test_the_forms_of_others_are_filled_to_the_end(begin: Begin, name: str, answered: int) -> None:
    workbook = DATA / name
    if not workbook.exists():
        pytest.skip("the shared workbooks are not beside this checkout")
    form = read_form(publish(workbook, name).xform_xml)
    session = begin(form)
    assert len(_fill(session)) >= answered
    assert session.validate() == ()
    assert session.progress.done
    _assert_whole(begin, form, session)


COLUMNS = ("calculation", "trigger", "repeat_count", "choice_filter", "parameters", "appearance", "relevant")
QUESTIONS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("start", "begun", {}),
    ("end", "ended", {}),
    ("today", "on", {}),
    ("deviceid", "device", {}),
    ("username", "user", {}),
    ("email", "mail", {}),
    ("phonenumber", "phone", {}),
    ("audit", "audit", {}),
    ("start-geopoint", "where", {}),
    ("background-audio", "heard", {}),
    ("hidden", "known", {}),
    ("range", "cold", {"parameters": "start=-2.5 end=2.5 step=0.5"}),
    ("range", "down", {"parameters": "start=5 end=1 step=-1"}),
    ("select_one place", "place", {"parameters": "randomize=true, seed=7"}),
    ("select_one_from_file towns.csv", "town", {"choice_filter": "place=${place}"}),
    ("select_multiple_from_file sights.geojson", "sights", {"appearance": "map"}),
    ("select_one_external shops", "shop", {"choice_filter": "town=${town}"}),
    ("select_multiple more or_other", "more", {}),
    ("rank place", "order", {}),
    ("calculate", "people", {"calculation": "pulldata('towns', 'people', 'name', ${town})"}),
    ("begin_group", "talk", {"appearance": "field-list"}),
    ("integer", "nps", {"appearance": "nps"}),
    ("text", "why", {"relevant": "${nps} < 7"}),
    ("end_group", "", {}),
    ("integer", "n", {}),
    ("begin_repeat", "child", {"repeat_count": "${n}"}),
    ("text", "name", {}),
    ("text", "said", {"calculation": "concat(${name}, '!')", "trigger": "${name}"}),
    ("begin_repeat", "toy", {}),
    ("text", "what", {}),
    ("image", "shot", {"parameters": "max-pixels=640", "appearance": "annotate"}),
    ("end_repeat", "", {}),
    ("end_repeat", "", {}),
    ("select_one ${name}", "best", {"relevant": "${n} > 0"}),
    ("image", "sign", {"appearance": "signature"}),
    ("file", "paper", {}),
    ("geoshape", "field", {}),
    ("geotrace", "way", {}),
    ("acknowledge", "ok", {}),
)
OTHER_SHEETS = """
| choices |
| | list_name | name | label |
| | place | n | North |
| | place | e | East |
| | more | m | More |
| external_choices |
| | list_name | name | label | town |
| | shops | s1 | S1 | bj |
| | shops | s2 | S2 | sh |
| settings |
| | form_id | version | instance_name |
| | everything | 4 | concat(${town}, ' ', ${nps}) |
"""
TOWNS = "name,label,place,people\nbj,北京,n,21\ntj,天津,n,14\nsh,上海,e,24\n"
SIGHTS = """{"type": "FeatureCollection", "features": [
  {"type": "Feature", "id": "wall", "properties": {"title": "长城"},
   "geometry": {"type": "LineString", "coordinates": [[116, 40], [117, 41, 900]]}},
  {"type": "Feature", "id": "bund", "properties": {"title": "外滩"},
   "geometry": {"type": "Point", "coordinates": [121.49, 31.24]}}
]}"""


def test_a_form_with_everything_is_filled_to_the_end(begin: Begin, tmp_path: Path) -> None:
    rows: list[tuple[str, ...]] = [("type", "name", "label", *COLUMNS)]
    rows += [(kind, name, name, *(more.get(one, "") for one in COLUMNS)) for kind, name, more in QUESTIONS]
    survey = "\n".join(f"| | {' | '.join(row)} |" for row in rows)
    (tmp_path / "f.md").write_text(f"| survey |\n{survey}{OTHER_SHEETS}")
    (tmp_path / "towns.csv").write_text(TOWNS)
    (tmp_path / "f-media").mkdir()
    (tmp_path / "f-media" / "sights.geojson").write_text(SIGHTS)
    published = publish(tmp_path / "f.md", "f.md")
    assert published.missing == ()
    form = read_form(published.xform_xml)
    session = begin(form, prefill={"deviceid": "desk-1", "username": "坐席 01"}, geopoint=_POINT)
    taken = _fill(session)
    assert session.validate() == ()
    assert taken["/data/sights"] == "wall bund"
    chain = (taken["/data/place"], taken["/data/town"], taken["/data/shop"])
    assert chain in {("n", "bj", "s1"), ("e", "sh", "s2")}
    _assert_whole(begin, form, session)
