"""Which answers of a form are promises, and until when (M4.9)."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.forms.promises import LONGEST, promises
from server_sync.domain.forms.session import Session
from tests.server_sync.domain.forms.conftest import NOON, SHANGHAI

Begin = Callable[..., Session]

FORM = """
| survey  |                         |          |                        |                     |            |
|         | type                    | name     | label                  | appearance          | relevant   |
|         | select_one yes_no       | open     | 还有没解决的吗         |                     |            |
|         | acknowledge             | call     | 24小时内由专人给您回电 | promise within-24h  | ${open} = 'yes' |
|         | text                    | what     | 其他承诺               | multiline promise within-2d | |
|         | select_one answer       | answer   | 怎样答复               | promise             |            |
|         | select_multiple sending | sending  | 另外                   | promise             |            |
|         | date                    | visit_on | 上门处理${what}        | promise             |            |
|         | dateTime                | at       | 电话会议               | promise             |            |
|         | acknowledge             | read     | 已告知录音             |                     |            |
|         | acknowledge             | some_day | 以后再说               | promise             |            |
| choices |           |            |                  |
|         | list_name | name       | label            |
|         | yes_no    | yes        | 有               |
|         | yes_no    | no         | 没有             |
|         | answer    | mail_48h   | 48小时内书面答复 |
|         | answer    | 3d         | 3天内电话答复    |
|         | answer    | none       | 不需要           |
|         | sending   | bill-12h   | 12小时内补发发票 |
|         | sending   | guide      | 使用说明         |
|         | sending   | parts_2d   | 2天内寄出配件    |
"""


def _promised(session: Session, **answers: str) -> list[tuple[str, int]]:
    for name, value in answers.items():
        assert session.answer(f"/data/{name}", value).accepted, name
    return [(one.text, one.due_at) for one in promises(session, NOON, SHANGHAI)]


def test_m4_9_what_was_acknowledged_is_promised_within_its_hours(begin: Begin) -> None:
    assert _promised(begin(FORM), open="yes", call="OK") == [("24小时内由专人给您回电", NOON + 24 * HOUR)]


def test_what_is_no_longer_asked_promises_nothing(begin: Begin) -> None:
    session = begin(FORM)
    assert _promised(session, open="yes", call="OK") != []
    assert _promised(session, open="no") == []


def test_what_was_typed_is_promised_in_its_own_words(begin: Begin) -> None:
    assert _promised(begin(FORM), what=" 免费更换\n打印头 ") == [("免费更换 打印头", NOON + 2 * DAY)]
    assert _promised(begin(FORM), what="很" * 5_000) == [("很" * LONGEST, NOON + 2 * DAY)]


@pytest.mark.parametrize(
    ("choice", "made"),
    [
        ("mail_48h", [("48小时内书面答复", NOON + 48 * HOUR)]),
        ("3d", [("3天内电话答复", NOON + 3 * DAY)]),
        ("none", []),
    ],
)
def test_a_choice_promises_by_the_end_of_its_name(
    begin: Begin, choice: str, made: list[tuple[str, int]]
) -> None:
    assert _promised(begin(FORM), answer=choice) == made


def test_of_several_choices_each_is_a_promise_of_its_own(begin: Begin) -> None:
    made = _promised(begin(FORM), sending="bill-12h guide parts_2d")
    assert made == [("12小时内补发发票", NOON + 12 * HOUR), ("2天内寄出配件", NOON + 2 * DAY)]


def test_a_day_that_was_agreed_is_due_at_its_end_and_names_what_was_typed(begin: Begin) -> None:
    made = _promised(begin(FORM), what="打印头", visit_on="2018-01-02")
    end = int(datetime(2018, 1, 2, 15, 59, 59, tzinfo=UTC).timestamp() * 1000)
    assert made == [("打印头", NOON + 2 * DAY), ("上门处理打印头", end)]


def test_a_moment_that_was_agreed_is_due_then_and_one_that_is_over_now(begin: Begin) -> None:
    later = datetime(2018, 1, 2, 2, 30, tzinfo=UTC)
    made = [("电话会议", int(later.timestamp() * 1000))]
    assert _promised(begin(FORM), at="2018-01-02T10:30:00.000+08:00") == made
    assert _promised(begin(FORM), at="2017-01-02T10:30:00.000+08:00") == [("电话会议", NOON)]


def test_without_the_word_or_without_a_time_nothing_is_promised(begin: Begin) -> None:
    assert _promised(begin(FORM), read="OK", some_day="OK") == []
