"""Runs the scenario tables of this folder; their format is described in README.md beside this file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from server_sync.domain.errors import KnownError
from server_sync.domain.forms.definition import FormDefinition
from server_sync.domain.forms.pages import QuestionState, Status
from server_sync.domain.forms.publishing import publish
from server_sync.domain.forms.reading import read_form
from server_sync.domain.forms.session import Session, start
from server_sync.domain.forms.tree import Node

_SHEETS = frozenset({"survey", "choices", "settings", "external_choices", "entities", "osm"})
_NOW = "2017-12-30T12:00:00+08:00"
_ZONE = "Asia/Shanghai"
_CELL = re.compile(r"(?<!\\)\|")
_XFORM = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
  xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms"
  xmlns:odk="http://www.opendatakit.org/xforms"><h:head><h:title>t</h:title>
  <model>{model}</model></h:head><h:body>{body}</h:body></h:html>"""

Row = dict[str, str]


@dataclass
class Section:
    """One `##` section: its form, and its tables of expressions and steps with their sub-heading."""

    title: str
    sheets: list[str] = field(default_factory=list)
    fences: dict[str, str] = field(default_factory=dict)
    tables: list[tuple[str, list[Row]]] = field(default_factory=list)


@dataclass(frozen=True)
class Scenario:
    """One test: an expression's row, or a table of steps."""

    name: str
    section: Section
    rows: list[Row]


def sections(text: str) -> Iterator[Section]:
    """The sections of one file."""
    section, heading, fence, lines = Section(""), "", "", list[str]()
    for line in [*text.splitlines(), ""]:
        if fence:
            if line.startswith("```"):
                fence = ""
            else:
                section.fences[fence] = section.fences.get(fence, "") + line + "\n"
            continue
        if line.startswith("|"):
            lines.append(line)
            continue
        if lines:
            if split(lines[0])[0] in _SHEETS:
                section.sheets += lines
            else:
                section.tables.append((heading, rows_of(lines)))
            lines = []
        if line.startswith("## "):
            if section.title:
                yield section
            section, heading = Section(line[3:].strip()), ""
        elif line.startswith("### "):
            heading = line[4:].strip()
        elif line.startswith("```"):
            fence = line[3:].strip()
    if section.title:
        yield section


def split(line: str) -> list[str]:
    """The cells of a row."""
    cells = [cell.strip().replace("\\|", "|") for cell in _CELL.split(line.strip())[1:-1]]
    return [cell[1:-1] if len(cell) > 1 and cell[0] == cell[-1] == "`" else cell for cell in cells]


def rows_of(lines: list[str]) -> list[Row]:
    """A table's rows by its headers; the line of dashes below them is none."""
    headers = split(lines[0])
    cells = [split(line) for line in lines[1:] if line.strip("|-: ")]
    assert all(len(row) == len(headers) for row in cells), lines[0]
    return [dict(zip(headers, row, strict=True)) for row in cells]


def scenarios() -> Iterator[Scenario]:
    """All scenarios of this folder."""
    for file in sorted(Path(__file__).parent.glob("*.md")):
        if file.name == "README.md":
            continue
        for section in sections(file.read_text(encoding="utf-8")):
            for heading, rows in section.tables:
                name = f"{file.stem}: {section.title}" + (f" / {heading}" if heading else "")
                if "expression" in rows[0]:
                    yield from (Scenario(f"{name}: {_told(row)}", section, [row]) for row in rows)
                else:
                    yield Scenario(name, section, rows)


def _told(row: Row) -> str:
    """An expression with what it is evaluated on."""
    given = ("answers", "zone", "now", "language", "type", "at")
    return " ".join([row["expression"], *(f"{name} {row[name]}" for name in given if row.get(name))])


@lru_cache(maxsize=256)
def published(sheets: str, model: str, body: str) -> FormDefinition:
    """The form of a section."""
    if sheets:
        return read_form(publish(sheets.encode(), "form.md").xform_xml)
    return read_form(_XFORM.format(model=model, body=body))


def pairs(text: str) -> dict[str, str]:
    """`name=value; name=value`."""
    parts = [part.partition("=") for part in re.split(r";\s", text) if part.strip()]
    return {name.strip(): value for name, _, value in parts}


def at_moment(text: str) -> int:
    """Milliseconds since the epoch."""
    return round(datetime.fromisoformat(text).timestamp() * 1000)


@pytest.mark.parametrize("scenario", [pytest.param(one, id=one.name) for one in scenarios()])
def test_scenario(scenario: Scenario) -> None:
    if "expression" in scenario.rows[0]:
        evaluate(scenario.section, scenario.rows[0])
    else:
        Filling(scenario.section).run(scenario.rows)


def test_names_tell_scenarios_apart() -> None:
    names = [scenario.name for scenario in scenarios()]
    assert sorted(set(names)) == sorted(names)


def evaluate(section: Section, row: Row) -> None:
    """A row of an expressions table."""
    answers, at = pairs(row.get("answers", "")), row.get("at") or "/data/result"
    model = section.fences.get("model", "")
    if "<data" not in model:
        nodes = "".join(f"<{name}/>" for name in answers)
        own = "" if "result" in answers else "<result/>"
        model = f'<instance><data id="t" version="v1">{nodes}{own}</data></instance>{model}'
    source = row["expression"].replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    node, data_type = re.sub(r"\[[0-9]+\]", "", at), row.get("type") or "string"
    model += f'<bind nodeset="{node}" type="{data_type}" calculate="{source}"/>'
    expected = row["result"]
    if expected.startswith("!"):
        with pytest.raises(KnownError) as wrong:
            published("", model, section.fences.get("body", ""))
        assert expected[1:] in (wrong.value.kind.value, wrong.value.values.get("reason"))
        return
    session = start(
        published("", model, section.fences.get("body", "")),
        now=at_moment(row.get("now") or _NOW),
        zone=ZoneInfo(row.get("zone") or _ZONE),
        answers={name if name.startswith("/") else f"/data/{name}": value for name, value in answers.items()},
        language=row.get("language", ""),
        seed="s",
    )
    assert session.answers().get(at, "") == expected


class Filling:
    """One form being filled in, step by step."""

    def __init__(self, section: Section) -> None:
        self._form = (
            "\n".join(section.sheets),
            section.fences.get("model", ""),
            section.fences.get("body", ""),
        )
        self._given: dict[str, str] = {}
        self._session: Session | None = None

    def run(self, rows: list[Row]) -> None:
        """Take every step; what is not as expected says which step it was."""
        for number, row in enumerate(rows, 1):
            at, value, kind = row.get("at", ""), row.get("value", ""), row.get("kind", "")
            step = f"step {number}: {row['do']} {at}"
            if row["do"] == "given":
                self._given[at] = value
            elif row["do"] == "unread":
                self._unread(kind, pairs(value))
            elif row["do"] in _DEEDS:
                self._do(row["do"], at, value, kind, step)
            else:
                assert (step, self._see(row["do"], at, value)) == (step, value)

    def _unread(self, kind: str, values: dict[str, str]) -> None:
        with pytest.raises(KnownError) as wrong:
            published(*self._form)
        assert kind in (wrong.value.kind.value, wrong.value.values.get("reason"))
        assert values == {name: str(wrong.value.values[name]) for name in values}

    @property
    def session(self) -> Session:
        """The session, begun at the first step that needs it."""
        if self._session is None:
            self._session = self._begin({})
        return self._session

    def _begin(self, answers: dict[str, str]) -> Session:
        given = self._given
        return start(
            published(*self._form),
            now=at_moment(given.get("now", _NOW)),
            zone=ZoneInfo(given.get("zone", _ZONE)),
            answers=answers,
            prefill=pairs(given.get("prefill", "")),
            language=given.get("language", ""),
            seed="s",
            geopoint=given.get("geopoint", ""),
        )

    def _path(self, at: str) -> str:
        return at if at.startswith("/") else f"{self.session.form.root}/{at}"

    def _short(self, path: str) -> str:
        return path.removeprefix(f"{self.session.form.root}/")

    def _do(self, deed: str, at: str, value: str, kind: str, step: str) -> None:
        session = self.session
        match deed:
            case "answer" | "refuse":
                outcome = session.answer(self._path(at), value)
                problem = outcome.problem.kind.value if outcome.problem else ""
                assert (step, outcome.accepted, problem) == (step, deed == "answer", kind)
            case "next":
                assert (step, " ".join(one.kind.value for one in session.next())) == (step, kind)
            case "back":
                assert session.back(), step
            case "jump":
                assert session.jump(self._path(at)), step
            case "add":
                assert (step, session.add_repeat(self._path(at))) == (step, value != "no")
            case "remove":
                assert (step, session.remove_repeat(self._path(at))) == (step, value != "no")
            case "language":
                session.use_language(value)
            case "later":
                session.now_at += int(float(value) * 1000)
            case "resume":
                self._session = self._begin(session.answers())

    def _see(self, what: str, at: str, value: str) -> str:
        session = self.session
        match what:
            case "value":
                return session.answers().get(self._path(at), "")
            case "final":
                return session.finalise(session.now_at).get(self._path(at), "")
            case "shown":
                entries = (one for one in session.outline() if one.status is not Status.SKIPPED)
                return " ".join(self._short(one.path) for one in entries)
            case "page":
                page = session.page
                asked = [self._short(one.path) for one in page.questions] if page else []
                return " ".join(
                    [*asked, *([f"{self._short(page.repeat.path)}*"] if page and page.repeat else [])]
                )
            case "problems":
                return " ".join(f"{self._short(one.path)}:{one.kind.value}" for one in session.validate())
            case "relevant" | "required" | "readonly" | "valid":
                return "yes" if getattr(self._node(at), what) else "no"
            case "count":
                parent, _, name = self._path(at).rpartition("/")
                return str(len(self._node(parent).children.get(name, ())))
            case "choices":
                offered = self._question(at).choices
                if "=" in value:
                    return "; ".join(f"{choice.value}={choice.label}" for choice in offered)
                return " ".join(choice.value for choice in offered)
            case "message":
                problem = self._question(at).problem
                return problem.message if problem else ""
            case "label" | "hint" | "guidance":
                return str(getattr(self._question(at), what))
        raise AssertionError(f"no such step: {what}")

    def _question(self, at: str) -> QuestionState:
        state = self.session.question(self._path(at))
        assert state is not None, at
        return state

    def _node(self, at: str) -> Node:
        node = self.session._instance.find(self._path(at))
        assert node is not None, at
        return node


_DEEDS = frozenset(
    {"answer", "refuse", "next", "back", "jump", "add", "remove", "language", "later", "resume"}
)
