"""Forms written as small Markdown tables, published and begun as the product does it."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, tzinfo
from textwrap import dedent
from zoneinfo import ZoneInfo

import pytest

from server_sync.domain.forms.definition import FormDefinition
from server_sync.domain.forms.publishing import publish
from server_sync.domain.forms.reading import read_form
from server_sync.domain.forms.session import Session, start

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = int(datetime(2017, 12, 30, 4, 0, tzinfo=UTC).timestamp() * 1000)
"""2017-12-30 12:00 in Shanghai."""

ReadTable = Callable[[str], FormDefinition]
Begin = Callable[..., Session]
Calculate = Callable[..., str]


def read_table(table: str) -> FormDefinition:
    """The definition of a form written as Markdown tables (survey, choices, settings)."""
    return read_form(publish(dedent(table).strip().encode(), "form.md").xform_xml)


def write_xform(model: str, body: str = "") -> str:
    """An XForm with this model and body, for what XLSForm cannot say."""
    return f"""
    <h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
            xmlns:jr="http://openrosa.org/javarosa">
      <h:head><h:title>t</h:title><model>{model}</model></h:head><h:body>{body}</h:body>
    </h:html>"""


@pytest.fixture
def xform() -> Callable[..., FormDefinition]:
    """A form from an XForm's model and body."""
    return lambda model, body="": read_form(write_xform(model, body))


@pytest.fixture
def form() -> ReadTable:
    """A form from a Markdown table."""
    return read_table


@pytest.fixture
def begin() -> Begin:
    """A session of a form (a Markdown table or a definition), at noon of 2017-12-30 in Shanghai."""

    def begin_form(
        table: str | FormDefinition,
        answers: Mapping[str, str] | None = None,
        prefill: Mapping[str, str] | None = None,
        language: str = "",
        zone: tzinfo = SHANGHAI,
        geopoint: str = "",
    ) -> Session:
        return start(
            table if isinstance(table, FormDefinition) else read_table(table),
            now=NOON,
            zone=zone,
            answers=answers,
            prefill=prefill,
            language=language,
            seed="s",
            geopoint=geopoint,
        )

    return begin_form


@pytest.fixture
def calculate(begin: Begin) -> Calculate:
    """What a calculation gives in a form whose questions have these answers; `text_type` is the type of its node."""

    def result(expression: str, data_type: str = "string", zone: tzinfo = SHANGHAI, **answers: str) -> str:
        nodes = "".join(f"<{name}>{value}</{name}>" for name, value in answers.items())
        source = expression.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
        model = f"""
          <instance><data id="t">{nodes}<result/></data></instance>
          <instance id="cities"><root>
            <item><name>bj</name><label>北京</label><size>21</size></item>
            <item><name>sh</name><label>上海</label><size>24</size></item>
          </root></instance>
          <bind nodeset="/data/result" type="{data_type}" calculate="{source}"/>"""
        return begin(read_form(write_xform(model)), zone=zone).answers().get("/data/result", "")

    return result
