"""What the documentation says of question types is what the code does."""

import re
from pathlib import Path

import pytest
from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.forms.publishing import publish
from server_sync.domain.forms.scores import SCALES

DOCUMENT = (Path(__file__).parents[4] / "docs" / "forms.md").read_text(encoding="utf-8")

OTHER_SHEETS = """
| choices |
| | list_name | name | label |
| | abc | a | A |
| external_choices |
| | list_name | name | label |
| | abc | a | A |
"""


def _rows(heading: str) -> list[list[str]]:
    """The cells of the table whose first column has this heading."""
    table = DOCUMENT.partition(f"| {heading} |")[2].partition("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


TYPES = [(name, row[1]) for row in _rows("Type") for name in re.findall(r"`([^`]+)`", row[0])]


def _survey(written: str) -> str:
    """A form with a question of a type, as it stands in the documentation."""
    kind = written.replace("…", "abc").replace("${question}", "${name}")
    if kind.endswith("_from_file"):
        kind += " towns.csv"
    elif kind in ("select_one", "select_multiple", "select_one_external", "rank"):
        kind += " abc"
    calculation = "1" if kind == "calculate" else ""
    trigger = "${name}" if kind == "background-geopoint" else ""
    rows = [
        ("text", "name", "N", "", ""),
        (kind, kind if kind == "audit" else "asked", "A", calculation, trigger),
    ]
    if kind.startswith("begin_"):
        rows += [("text", "inside", "I", "", ""), (kind.replace("begin", "end"), "", "", "", "")]
    lines = [("type", "name", "label", "calculation", "trigger"), *rows]
    return "| survey |\n" + "\n".join(f"| | {' | '.join(row)} |" for row in lines) + OTHER_SHEETS


@pytest.mark.parametrize(("written", "works"), TYPES)
def test_a_type_is_published_where_the_documentation_says_so(written: str, works: str) -> None:
    assert works in ("yes", "as far as told")
    assert publish(_survey(written).encode(), "f.md").code


def test_every_type_of_pyxform_is_documented() -> None:
    def sign(kind: str) -> tuple[str, str, str]:
        told = QUESTION_TYPE_DICT[kind]
        control, bind = told.get("control", {}), told.get("bind", {})
        media = control.get("mediatype", "")
        return control.get("tag", "") + media, bind.get("type", ""), bind.get("jr:preloadParams", "")

    documented = {sign(name) for name, _ in TYPES if name in QUESTION_TYPE_DICT}
    documented |= {("select1", "string", ""), ("select", "string", "")}
    selects = ("select", "select1")
    missing = {
        kind
        for kind in QUESTION_TYPE_DICT
        if sign(kind) not in documented
        and QUESTION_TYPE_DICT[kind].get("control", {}).get("tag") not in selects
        and not sign(kind)[2].startswith("uri:")
    }
    assert missing == set()


@pytest.mark.parametrize(
    ("feature", "survey"),
    [
        ("search", "| | select_one abc | a | A | search('towns') |"),
        (
            "encryption",
            "| | text | a | A | |\n| settings |\n| | public_key | submission_url |\n| | k | https://x/ |",
        ),
    ],
)
def test_what_the_documentation_says_no_to_is_refused(feature: str, survey: str) -> None:
    said = {row[0]: row[1] for row in _rows("Beside types")}
    assert [works for name, works in said.items() if feature in name] == ["no"]
    head = "| survey |\n| | type | name | label | appearance |\n"
    choices = "\n| choices |\n| | list_name | name | label |\n| | abc | a | A |"
    with pytest.raises(KnownError) as refused:
        publish(f"{head}{survey}{choices}".encode(), "f.md")
    assert refused.value.kind is ErrorKind.FORM_UNSUPPORTED
    assert [one["feature"] for one in refused.value.values["features"]] == [feature]


def test_the_scales_of_scores_are_those_of_the_documentation() -> None:
    (row,) = (row for row in _rows("Appearance") if "`nps`" in row[0])
    names = re.findall(r"`([^`]+)`", row[0])
    scales = [tuple(map(int, found)) for found in re.findall(r"(\d+)–(\d+)", row[2])]
    assert dict(zip(names, scales, strict=True)) == dict(SCALES)
