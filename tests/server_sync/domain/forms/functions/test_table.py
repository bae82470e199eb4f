"""The table of functions in docs/forms.md says what the code has, and speaks of every function of the specification."""

import re
from pathlib import Path

from server_sync.domain.forms.expressions import MAX_REFERENCES, MAX_TOKENS
from server_sync.domain.forms.functions import FUNCTIONS
from server_sync.domain.forms.functions.calendars import KNOWN
from server_sync.domain.forms.functions.patterns import MAX_MEMORY, MAX_SUBJECT
from server_sync.domain.forms.functions.places import MOST_CORNERS
from server_sync.domain.forms.tree import MAX_TEXT
from server_sync.domain.forms.xpath.budget import MAX_STEPS, MAX_STEPS_AT_ONCE
from server_sync.domain.forms.xpath.parser import MAX_DEPTH
from server_sync.domain.forms.xpath.tokens import MAX_LENGTH

PAGE = (Path(__file__).parents[5] / "docs" / "forms.md").read_text(encoding="utf-8")
SECTION = PAGE.partition("\n## Functions\n")[2].partition("\n## ")[0]
ROWS = re.findall(r"^\| (`.+?`) \| (yes|no) \| (.*) ?\|$", SECTION, re.MULTILINE)

SPECIFIED = """
string concat join substr substring-before substring-after translate string-length normalize-space contains
starts-with ends-with uuid digest pulldata base64-decode extract-signed if coalesce once true false boolean
boolean-from-string not regex checklist weighted-checklist number random int sum max min round pow log log10
abs sin cos tan asin acos atan atan2 sqrt exp exp10 pi count count-non-empty position instance current
randomize today now format-date format-date-time date decimal-date-time decimal-time selected selected-at
count-selected jr:choice-name jr:itext indexed-repeat area distance geofence intersects
"""
"""The functions of the ODK XForms specification, in its order."""


def told(works: str) -> list[str]:
    """The functions of the rows that say so."""
    return [name for names, answer, _ in ROWS if answer == works for name in re.findall("`([^`]+)`", names)]


def test_the_table_tells_of_exactly_the_functions_there_are() -> None:
    assert sorted(told("yes")) == sorted(FUNCTIONS)


def test_what_does_not_work_is_not_there() -> None:
    assert told("no")
    assert FUNCTIONS.keys().isdisjoint(told("no"))


def test_every_function_of_the_specification_is_told_of() -> None:
    assert set(SPECIFIED.split()) <= {*told("yes"), *told("no")}


def test_every_function_has_its_scenarios() -> None:
    folder = Path(__file__).parents[1] / "scenarios"
    tried = "\n".join(file.read_text(encoding="utf-8") for file in folder.glob("*.md"))
    assert [name for name in FUNCTIONS if not re.search(rf"(?<![\w:-]){re.escape(name)}\(", tried)] == []


def test_the_limits_are_those_of_the_code() -> None:
    numbers = re.findall(
        r"^\| [^|]+ \| ([0-9,]+)(?: KB)? \|", SECTION.partition("| Limit |")[2], re.MULTILINE
    )
    limits = (
        MAX_LENGTH, MAX_DEPTH, MAX_TOKENS, MAX_REFERENCES, MAX_MEMORY // 1024, MAX_SUBJECT, MAX_TEXT, MAX_STEPS,
        MAX_STEPS_AT_ONCE,
    )  # fmt: skip
    assert [int(number.replace(",", "")) for number in numbers] == list(limits)
    assert f"up to {MOST_CORNERS:,} points" in SECTION


def test_the_languages_are_those_of_the_code() -> None:
    written = re.search(r"\(([a-z, ]+); else English\)", SECTION)
    assert written is not None
    assert sorted(written[1].split(", ")) == sorted(KNOWN)
