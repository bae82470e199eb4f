"""What a typed text becomes, question by question."""

from collections.abc import Callable

import pytest

from server_sync.domain.errors import ErrorKind
from server_sync.domain.forms.session import Session

Begin = Callable[..., Session]

ALL = """
| survey  |                    |        |       |                      |
|         | type               | name   | label | parameters           |
|         | text               | text   | T     |                      |
|         | integer            | whole  | I     |                      |
|         | decimal            | number | D     |                      |
|         | range              | range  | R     | start=1 end=2 step=0.25 |
|         | date               | date   | D     |                      |
|         | time               | time   | T     |                      |
|         | dateTime           | moment | M     |                      |
|         | select_one abc     | one    | O     |                      |
|         | select_multiple abc | many  | M     |                      |
|         | acknowledge        | ok     | A     |                      |
|         | barcode            | code   | B     |                      |
| choices |                    |        |       |                      |
|         | list_name          | name   | label |                      |
|         | abc                | a      | A     |                      |
|         | abc                | b      | B     |                      |
|         | abc                | c      | C     |                      |
"""


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("text", "  第一行\r\n第二行 ", "第一行\n第二行"),
        ("whole", "１２", "12"),
        ("whole", "+007", "7"),
        ("number", "129.696", "129.696"),
        ("number", "-.5", "-0.5"),
        ("number", "1.50", "1.50"),
        ("range", "1.250", "1.25"),
        ("date", "2017-12-30", "2017-12-30"),
        ("date", "2017/3/5", "2017-03-05"),
        ("date", "2017年3月5日", "2017-03-05"),
        ("date", "3/15", "2017-03-15"),
        ("date", "3月15日", "2017-03-15"),
        ("time", "9:05", "09:05:00.000"),
        ("moment", "2017-12-30 9:05", "2017-12-30T09:05:00.000+08:00"),
        ("moment", "2017-12-30T01:05:00Z", "2017-12-30T01:05:00.000+00:00"),
        ("one", " b ", "b"),
        ("many", "c a c", "a c"),
        ("ok", "ok", "OK"),
        ("code", "6901234567892", "6901234567892"),
        ("whole", "  ", ""),
    ],
)
def test_what_is_typed_becomes_canonical(begin: Begin, name: str, typed: str, value: str) -> None:
    outcome = begin(ALL).answer(f"/data/{name}", typed)
    assert (outcome.accepted, outcome.value, outcome.problem) == (True, value, None)


@pytest.mark.parametrize(
    ("name", "typed", "kind", "values"),
    [
        ("whole", "1.5", ErrorKind.ANSWER_WRONG_TYPE, {"expected": "integer"}),
        ("whole", "三", ErrorKind.ANSWER_WRONG_TYPE, {"expected": "integer"}),
        ("whole", "99999999999", ErrorKind.ANSWER_OUT_OF_RANGE, None),
        ("number", "1e5", ErrorKind.ANSWER_WRONG_TYPE, {"expected": "decimal"}),
        ("number", "nan", ErrorKind.ANSWER_WRONG_TYPE, {"expected": "decimal"}),
        ("range", "1.1", ErrorKind.ANSWER_OUT_OF_RANGE, {"least": "1", "most": "2", "step": "0.25"}),
        ("range", "3", ErrorKind.ANSWER_OUT_OF_RANGE, None),
        ("date", "2017-02-30", ErrorKind.ANSWER_WRONG_TYPE, {"expected": "date"}),
        ("date", "tomorrow", ErrorKind.ANSWER_WRONG_TYPE, {"expected": "date"}),
        ("time", "25:00", ErrorKind.ANSWER_WRONG_TYPE, {"expected": "time"}),
        ("moment", "2017-12-30", None, None),
        ("one", "d", ErrorKind.ANSWER_NOT_OFFERED, {"choice": "d"}),
        ("many", "a d", ErrorKind.ANSWER_NOT_OFFERED, {"choice": "d"}),
        ("ok", "no", ErrorKind.ANSWER_WRONG_TYPE, {"expected": "acknowledge"}),
        ("text", "x" * 10_001, ErrorKind.ANSWER_TOO_LONG, {"most": 10_000}),
        ("nothing", "x", ErrorKind.ANSWER_UNKNOWN_QUESTION, {}),
    ],
)
def test_what_is_no_answer_is_refused_and_nothing_is_stored(
    begin: Begin, name: str, typed: str, kind: ErrorKind | None, values: dict[str, object] | None
) -> None:
    session = begin(ALL)
    outcome = session.answer(f"/data/{name}", typed)
    if kind is None:
        assert outcome.value == "2017-12-30T00:00:00.000+08:00"
        return
    assert not outcome.accepted
    assert outcome.problem is not None
    assert outcome.problem.kind is kind
    assert values is None or outcome.problem.values == values
    assert session.answers() == {}
