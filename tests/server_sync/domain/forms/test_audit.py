"""What was shown and answered when: ODK's events, lengths by a clock that only goes forward, sittings that add up, and
never more than travels."""

import pytest

from server_sync.domain.forms.audit import (
    LARGEST,
    AuditRow,
    bounded,
    elapsed,
    ended_at,
    finalised,
    times,
)
from server_sync.domain.forms.audit_log import AuditLog
from server_sync.domain.forms.session import Session
from tests.server_sync.domain.forms.conftest import Begin

FORM = """
| survey |              |      |       |            |
|        | type         | name | label | appearance |
|        | text         | name | 姓名  |            |
|        | begin group  | list | 列表  | field-list |
|        | integer      | a    | 甲    |            |
|        | integer      | b    | 乙    |            |
|        | end group    |      |       |            |
|        | begin repeat | pet  | 宠物  |            |
|        | text         | kind | 种类  |            |
|        | end repeat   |      |       |            |
"""


class Filling:
    """A form with its log and a clock that is moved by hand."""

    def __init__(self, session: Session, earlier: tuple[AuditRow, ...] = (), since: int = 0) -> None:
        self.session = session
        self.seconds = 1_000.0
        self.log = AuditLog(lambda: self.seconds, earlier, since)
        self.log.follow(session.page)

    def after(self, seconds: float) -> "Filling":
        self.seconds += seconds
        return self

    def answer(self, path: str, value: str) -> "Filling":
        assert self.session.answer(f"/data/{path}", value).accepted
        self.log.follow(self.session.page)
        return self

    def next(self) -> "Filling":
        assert self.session.next() == ()
        self.log.follow(self.session.page)
        return self


@pytest.fixture
def filling(begin: Begin) -> Filling:
    return Filling(begin(FORM))


def test_a_question_lasts_while_it_is_on_the_screen_and_tells_its_change(filling: Filling) -> None:
    filling.after(1.5).answer("name", "甲").after(0.5).answer("name", "乙").after(1).next()
    assert filling.log.rows()[:2] == (
        ("form start", "", 0, None, None, None),
        ("question", "/data/name", 0, 3000, "", "乙"),
    )


def test_a_question_that_is_only_looked_at_tells_no_change(filling: Filling) -> None:
    filling.after(2).next()
    assert filling.log.rows()[1] == ("question", "/data/name", 0, 2000, None, None)


def test_the_answers_of_a_page_of_several_share_its_time(filling: Filling) -> None:
    filling.next().after(4).answer("list/a", "1").after(2).answer("list/b", "2").after(1)
    filling.answer("list/a", "3").after(3).next()
    group, first, second = filling.log.rows()[2:5]
    assert group == ("group questions", "/data/list", 0, 10_000, None, None)
    assert (first[:2], first[3], first[4:]) == (("question", "/data/list/a"), 7000, ("", "3"))
    assert (second[:2], second[3], second[4:]) == (("question", "/data/list/b"), 6000, ("", "2"))
    measured = times(filling.log.rows())
    assert (measured["/data/list/a"], measured["/data/list/b"]) == (4000 + 1000, 2000)


def test_what_is_on_the_screen_is_in_the_rows_before_it_has_left(filling: Filling) -> None:
    filling.after(1).answer("name", "甲")
    assert filling.log.rows()[-1] == ("question", "/data/name", 0, 1000, "", "甲")
    filling.after(1).next()
    rows = [row for row in filling.log.rows() if row[1] == "/data/name"]
    assert rows == [("question", "/data/name", 0, 2000, "", "甲")]


def test_jumps_repeats_and_the_end_have_their_events(filling: Filling) -> None:
    filling.next().next().next().after(1)
    assert filling.log.rows()[-1] == ("add repeat", "/data/pet[+]", 0, 1000, None, None)
    filling.next().after(2)
    assert filling.log.rows()[-1] == ("end screen", "", 1000, 3000, None, None)
    filling.log.jumped("/data/name")
    assert filling.session.jump("/data/name")
    filling.log.follow(filling.session.page)
    events = [row[0] for row in filling.log.rows()]
    assert events[-3:] == ["end screen", "jump", "question"]


def test_a_wall_clock_that_is_set_back_changes_no_length(filling: Filling, begin: Begin) -> None:
    filling.after(5).next()
    rows = filling.log.rows()
    again = Filling(begin(FORM), rows, since=-3_600_000)
    again.after(2).next()
    later = again.log.rows()[len(rows) :]
    assert later[0] == ("form resume", "", 5000, None, None, None)
    assert later[1] == ("question", "/data/name", 5000, 7000, None, None)


def test_sittings_add_up_without_what_lay_between_them(filling: Filling, begin: Begin) -> None:
    filling.after(5).next().after(1)
    filling.log.left()
    rows = filling.log.rows()
    assert [row[0] for row in rows[-2:]] == ["form save", "form exit"]
    again = Filling(begin(FORM), rows, since=3_600_000)
    again.after(2).next()
    handed_in = finalised(again.log.rows(), 9_000_000)
    assert handed_in[-1] == ("form finalize", "", 9_000_000, None, None, None)
    assert elapsed(handed_in) == 5000 + 1000 + 2000
    assert ended_at(handed_in) == 9_000_000
    assert times(handed_in)["/data/name"] == 7000


def test_a_kill_loses_the_time_since_the_last_save_alone(filling: Filling, begin: Begin) -> None:
    filling.after(5).next().after(4).answer("list/a", "1")
    saved = filling.log.rows()
    filling.after(60)  # and is killed
    again = Filling(begin(FORM), saved, since=70_000)
    again.after(1)
    assert elapsed(again.log.rows()) == 5000 + 4000 + 1000


# ---- bounds


def row(number: int, old: str | None = None, new: str | None = None, event: str = "question") -> AuditRow:
    return (event, "" if event != "question" else f"/data/q{number}", number, number + 1, old, new)


def test_a_form_of_five_hundred_questions_keeps_every_value() -> None:
    rows = tuple(row(number, "", "一个答案") for number in range(500))
    assert bounded(rows) == rows


def test_values_go_before_events_the_oldest_first() -> None:
    rows = [row(number, "x" * 50, "y" * 50) for number in range(600)]
    kept = bounded(rows)
    assert [one[:4] for one in kept] == [one[:4] for one in rows]
    with_values = [one for one in kept if one[5] is not None]
    assert with_values
    assert kept[-len(with_values) :] == tuple(with_values) == tuple(rows[-len(with_values) :])


def test_the_oldest_visits_go_before_the_forms_own_events() -> None:
    rows = [row(0, event="form start"), *(row(n) for n in range(5_000)), row(6_000, event="form finalize")]
    kept = bounded(rows)
    assert (kept[0], kept[-1]) == (rows[0], rows[-1])
    assert 0 < len(kept) < len(rows)
    assert list(kept[1:]) == rows[-len(kept) + 1 :]


@pytest.mark.parametrize(
    "hostile",
    [
        [row(n, event="form resume") for n in range(100_000)],
        [("form start", "x" * LARGEST, 0, None, None, None)] * 3,
        [("x" * 500_000, "", 0, None, None, None)],
        [row(n, "\ud800" * 9_000) for n in range(100)],
    ],
)
def test_no_audit_is_larger_than_it_may_be(hostile: list[AuditRow]) -> None:
    kept = bounded(hostile)
    texts = (text for one in kept for text in (one[0], one[1], one[4], one[5]) if text)
    assert sum(len(text.encode(errors="replace")) for text in texts) <= LARGEST
    assert len(kept) <= LARGEST // 24
    assert bounded(kept) == kept
