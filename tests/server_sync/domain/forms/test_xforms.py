"""What an XForm may say that XLSForm does not: hand-written paths, instances, actions and choices."""

from collections.abc import Callable

import pytest

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.definition import FormDefinition
from server_sync.domain.forms.session import Session

Begin = Callable[..., Session]
XForm = Callable[..., FormDefinition]

PEOPLE = """
  <instance><data id="t">
    <base>10</base>
    <person jr:template=""><name>new</name><age/><older/><everyone/></person>
    <person><name>new</name><age/><older/><everyone/></person>
  </data></instance>
  <bind nodeset="/data/base" type="int"/>
  <bind nodeset="/data/person/age" type="int"/>
  <bind nodeset="/data/person/older" calculate="/data/person/age + 1"/>
  <bind nodeset="/data/person/everyone" calculate="count(/data/person)"/>
"""
PEOPLE_BODY = """
  <input ref="/data/base"><label>Base</label></input>
  <group ref="/data/person"><label>Person</label><repeat nodeset="/data/person">
    <input ref="/data/person/name"><label>Name <output value="/data/person/age"/></label></input>
    <input ref="/data/person/age"><label>Age</label></input>
    <setvalue event="odk-new-repeat" ref="/data/person/age" value="../../base * 2"/>
  </repeat></group>
"""


def test_absolute_paths_inside_a_repeat_mean_the_same_instance(begin: Begin, xform: XForm) -> None:
    session = begin(xform(PEOPLE, PEOPLE_BODY))
    session.answer("/data/person[1]/age", "30")
    session.add_repeat("/data/person")
    session.answer("/data/person[2]/age", "40")
    answers = session.answers()
    assert (answers["/data/person[1]/older"], answers["/data/person[2]/older"]) == ("31", "41")
    assert (answers["/data/person[1]/everyone"], answers["/data/person[2]/everyone"]) == ("2", "2")
    name = session.question("/data/person[2]/name")
    assert name is not None
    assert name.label == "Name 40"


def test_a_new_instance_gets_the_template_and_its_actions(begin: Begin, xform: XForm) -> None:
    session = begin(xform(PEOPLE, PEOPLE_BODY))
    session.answer("/data/person[1]/name", "A")
    session.answer("/data/base", "7")
    session.add_repeat("/data/person")
    answers = session.answers()
    assert answers["/data/person[2]/name"] == "new"
    assert answers["/data/person[2]/age"] == "14"
    assert "/data/person[1]/age" not in answers


def test_choices_may_be_written_into_the_question(begin: Begin, xform: XForm) -> None:
    session = begin(
        xform(
            '<instance><data id="t"><a/><b/></data></instance>'
            '<bind nodeset="/data/b" calculate="jr:choice-name(/data/a, \'../a\')"/>',
            '<select1 ref="/data/a"><label>A</label>'
            "<item><label>One</label><value>1</value></item><item><value>2</value></item></select1>",
        )
    )
    question = session.question("/data/a")
    assert question is not None
    assert [(choice.value, choice.label) for choice in question.choices] == [("1", "One"), ("2", "2")]
    session.answer("/data/a", "1")
    assert session.answers()["/data/b"] == "One"


def test_prefixes_in_paths_do_not_count(begin: Begin, xform: XForm) -> None:
    session = begin(
        xform(
            '<instance><data id="t" xmlns:orx="http://openrosa.org/xforms"><orx:meta><orx:instanceID/></orx:meta></data>'
            "</instance><bind nodeset=\"/data/orx:meta/orx:instanceID\" calculate=\"concat('uuid:', 'x')\"/>"
        )
    )
    assert session.answers() == {"/data/meta/instanceID": "uuid:x"}


@pytest.mark.parametrize(
    ("model", "kind", "told"),
    [
        ("", ErrorKind.FORM_UNREADABLE, "instance"),
        ('<instance><data id="t"/></instance><bind nodeset="/data/x"/>', ErrorKind.FORM_REFERENCE, "/data/x"),
    ],
)
def test_a_model_that_does_not_hang_together_is_refused(
    xform: XForm, model: str, kind: ErrorKind, told: str
) -> None:
    with pytest.raises(KnownError) as refused:
        xform(model)
    assert refused.value.kind is kind
    assert told in refused.value.values.values()


def test_instances_that_differ_begin_with_their_own_values_and_a_new_one_with_the_templates(
    begin: Begin, xform: XForm
) -> None:
    session = begin(
        xform(
            """<instance><data id="t">
              <r jr:template=""><a>0</a><b/><s jr:template=""><c>5</c></s></r>
              <r><a>1</a><s><c>6</c></s><s><c>7</c></s></r>
              <r><a>2</a><b>x</b></r>
            </data></instance>""",
            """<repeat nodeset="/data/r"><input ref="/data/r/a"/><input ref="/data/r/b"/>
                 <repeat nodeset="/data/r/s"><input ref="/data/r/s/c"/></repeat></repeat>""",
        )
    )
    first = {"/data/r[1]/a": "1", "/data/r[1]/s[1]/c": "6", "/data/r[1]/s[2]/c": "7"}
    assert session.answers() == {**first, "/data/r[2]/a": "2", "/data/r[2]/b": "x"}
    assert session.add_repeat("/data/r")
    assert session.answers()["/data/r[3]/a"] == "0"
    assert session.add_repeat("/data/r[3]/s")
    assert session.answers()["/data/r[3]/s[1]/c"] == "5"


def test_a_repeat_without_template_starts_with_the_instances_written_into_it(
    begin: Begin, xform: XForm
) -> None:
    session = begin(
        xform(
            '<instance><data id="t"><r><a>1</a></r><r><a>1</a></r></data></instance>',
            '<repeat nodeset="/data/r" jr:noAddRemove="true()"><input ref="/data/r/a"></input></repeat>',
        )
    )
    assert session.answers() == {"/data/r[1]/a": "1", "/data/r[2]/a": "1"}
    assert not session.add_repeat("/data/r")
    assert session.progress.of == 2


def test_a_long_path_through_many_nodes_is_bounded(xform: XForm) -> None:
    with pytest.raises(KnownError) as refused:
        xform(f'<instance><data id="t">{"".join(f"<n{i}/>" for i in range(20_001))}</data></instance>')
    assert refused.value.kind is ErrorKind.FORM_TOO_LARGE


def test_two_nodes_of_one_name_are_refused_where_nothing_repeats(xform: XForm) -> None:
    with pytest.raises(KnownError) as refused:
        xform('<instance><data id="t"><a/>\n<b/>\n<a/></data></instance>')
    told = refused.value.values
    assert (refused.value.kind, told["reason"]) == (ErrorKind.FORM_UNREADABLE, "duplicate_name")
    assert told["name"] == "/data/a"
