"""The benchmark of forms: forms of the size that was asked for, the same steps each time, figures by their names."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from server_sync.domain.forms.definition import FormDefinition
from server_sync.domain.forms.publishing import publish
from server_sync.domain.forms.reading import read_form
from server_sync.domain.forms.session import Session, start
from tests.bench import bench_forms
from tests.bench.forms_filled import fill, replay
from tests.bench.forms_made import made_form

NOW = 1_767_240_000_000


def _made(questions: int) -> FormDefinition:
    return read_form(publish(made_form(questions), "made.md").xform_xml)


def _begun(form: FormDefinition) -> Session:
    return start(form, now=NOW, zone=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize("questions", [7, 100, 113])
def test_a_made_form_has_as_many_questions_as_asked_for(questions: int) -> None:
    assert len(_made(questions).questions) == questions


def test_a_form_is_filled_the_same_way_each_time_and_the_steps_can_be_taken_again() -> None:
    form = _made(200)
    first, second, third = _begun(form), _begun(form), _begun(form)
    steps = list(fill(first))
    assert steps == list(fill(second))
    for step in steps:
        replay(third, step)
    assert third.answers() == first.answers()
    assert any(step.kind == "add" for step in steps)
    assert len([step for step in steps if step.kind != "add"]) > len({step.path for step in steps})


def test_the_figures_of_a_file_have_their_names(tmp_path: Path) -> None:
    file = tmp_path / "form.md"
    file.write_bytes(made_form(20))
    figures = bench_forms.run(None, form=file)
    assert [form["questions"] for form in figures["forms"]] == [20]
    assert figures["forms"][0].keys() >= set(bench_forms.KEYS)
    assert "reference" not in figures["forms"][0]
    assert [line.split()[:2] for line in bench_forms.table(figures)][1] == ["20", "ours"]
