"""Answers as ODK Collect would submit them, and back."""

from collections.abc import Callable

import pytest
from lxml import etree

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.definition import FormDefinition
from server_sync.domain.forms.instance_xml import as_correction, read_filled_form
from server_sync.domain.forms.session import Session

ReadTable = Callable[[str], FormDefinition]
Begin = Callable[..., Session]
XForm = Callable[..., FormDefinition]

HOUSE = """
| survey   |              |        |       |                  |               |
|          | type         | name   | label | relevant         | calculation   |
|          | text         | street | 街道  |                  |               |
|          | text         | why    | 原因  | ${street} = '无' |               |
|          | begin_repeat | room   | 房间  |                  |               |
|          | text         | use    | 用途  |                  |               |
|          | begin_repeat | thing  | 物品  |                  |               |
|          | text         | what   | 名称  |                  |               |
|          | end_repeat   |        |       |                  |               |
|          | end_repeat   |        |       |                  |               |
| settings |              |        |       |                  |               |
|          | form_title   | form_id | version | instance_name  |               |
|          | 房屋         | house  | 7     | ${street}        |               |
"""


def _filled(begin: Begin, form: FormDefinition) -> Session:
    session = begin(form, prefill={"instanceID": "uuid:1"})
    session.answer("/data/street", "无")
    session.answer("/data/why", "a < b & c")
    session.answer("/data/street", "人民路")
    session.answer("/data/room[1]/use", "厨房")
    session.answer("/data/room[1]/thing[1]/what", "锅")
    session.add_repeat("/data/room[1]/thing")
    session.add_repeat("/data/room")
    return session


def test_an_instance_is_submitted_as_collect_does(begin: Begin, form: ReadTable) -> None:
    session = _filled(begin, form(HOUSE))
    session.finalise(session.now_at)
    root = etree.fromstring(session.instance_xml())
    assert (root.tag, root.items()) == ("data", [("id", "house"), ("version", "7")])
    assert [inner.tag for inner in root] == ["street", "room", "room", "meta"]
    assert [one.text for one in root.findall("room/thing/what")] == ["锅", None]
    assert [one.text for one in root.iterfind("meta/*")] == ["uuid:1", "人民路"]


def test_what_was_written_is_read_again_with_empty_instances(begin: Begin, form: ReadTable) -> None:
    definition = form(HOUSE)
    session = _filled(begin, definition)
    handed_in = session.finalise(session.now_at)
    filled = read_filled_form(definition, session.instance_xml())
    assert (filled.code, filled.version) == ("house", "7")
    again = begin(definition, answers=filled.answers)
    assert again.finalise(again.now_at) == handed_in
    assert again.instance_xml() == session.instance_xml()


def test_a_correction_names_the_instance_that_it_replaces(begin: Begin, form: ReadTable) -> None:
    definition = form(HOUSE)
    first = _filled(begin, definition)
    answers = as_correction(definition, first.finalise(first.now_at), "uuid:2")
    second = begin(definition, answers=answers)
    handed_in = second.finalise(second.now_at)
    assert handed_in["/data/meta/instanceID"] == "uuid:2"
    assert handed_in["/data/meta/deprecatedID"] == "uuid:1"
    meta = etree.fromstring(second.instance_xml()).find("meta")
    assert meta is not None
    assert meta.findtext("deprecatedID") == "uuid:1"


def test_elements_keep_their_namespaces_and_attributes(begin: Begin, xform: XForm) -> None:
    session = begin(
        xform(
            '<instance><data id="t" orx:version="3" xmlns:orx="http://openrosa.org/xforms"><a/>'
            '<orx:meta><orx:instanceID/><entity dataset="people" id=""><label/></entity></orx:meta></data></instance>'
            '<bind nodeset="/data/meta/instanceID" jr:preload="uid"/>'
            '<bind nodeset="/data/orx:meta/entity/@id" readonly="true()"/>'
            '<setvalue ref="/data/orx:meta/entity/@id" event="odk-instance-first-load" value="\'e1\'"/>',
            '<input ref="/data/a"/>',
        ),
        prefill={"instanceID": "uuid:1"},
    )
    session.finalise(session.now_at)
    assert session.instance_xml() == (
        '<data xmlns:orx="http://openrosa.org/xforms" id="t" orx:version="3"><a/><orx:meta>'
        '<orx:instanceID>uuid:1</orx:instanceID><entity dataset="people" id="e1"><label/></entity>'
        "</orx:meta></data>"
    )
    filled = read_filled_form(session.form, session.instance_xml())
    assert filled.version == "3"
    assert filled.answers["/data/meta/entity/@id"] == "e1"


def test_attributes_and_a_namespace_of_the_forms_own_are_handed_in(begin: Begin, form: ReadTable) -> None:
    session = begin(
        form(
            """
            | survey   |         |      |       |               |         |
            |          | type    | name | label | instance::tag | default |
            |          | text    | a    | A     | T             | x       |
            | settings |         |      |       |               |         |
            |          | form_id | instance_xmlns | attribute::zip |  |    |
            |          | f       | http://my.ns/  | z              |  |    |
            """
        ),
        prefill={"instanceID": "uuid:1"},
    )
    assert session.finalise(session.now_at) == {"/data/a": "x", "/data/meta/instanceID": "uuid:1"}
    assert session.instance_xml() == (
        '<data xmlns="http://my.ns/" zip="z" id="f"><a tag="T">x</a>'
        "<meta><instanceID>uuid:1</instanceID></meta></data>"
    )
    assert read_filled_form(session.form, session.instance_xml()).answers["/data/a"] == "x"


def test_an_instance_of_another_form_is_not_taken_for_this_ones(form: ReadTable) -> None:
    for source in ('<data id="garden"/>', '<house id="house"/>'):
        with pytest.raises(KnownError) as refused:
            read_filled_form(form(HOUSE), source)
        assert (refused.value.kind, refused.value.values["reason"]) == (
            ErrorKind.FORM_UNREADABLE,
            "other_form",
        )


def test_answers_the_form_does_not_know_are_read_and_kept(begin: Begin, form: ReadTable) -> None:
    definition = form(HOUSE)
    filled = read_filled_form(definition, '<data id="house"><gone>1</gone><room><left>2</left></room></data>')
    assert filled.answers == {"/data/gone": "1", "/data/room[1]/left": "2"}
    assert begin(definition, answers=filled.answers).answers() | {"/data/room[1]": ""} == {
        **filled.answers,
        "/data/room[1]": "",
    }


def test_characters_that_xml_cannot_hold_are_left_out(begin: Begin, form: ReadTable) -> None:
    session = begin(form(HOUSE), prefill={"instanceID": "uuid:\x001\ud800"})
    session.answer("/data/street", "a\x0bb\ud800c")
    session.finalise(session.now_at)
    root = etree.fromstring(session.instance_xml())
    assert root.findtext("street") == "abc"
    assert root.findtext("meta/instanceID") == "uuid:1"
