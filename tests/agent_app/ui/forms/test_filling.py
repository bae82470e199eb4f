"""The presenter that every face of a form shares, without a window: answers, jumps, what is asked first, repeats."""

import pytest

from agent_app.ui.forms.state import Because, Dropping, Removing, Skipped
from server_sync.domain.errors import ErrorKind
from server_sync.domain.forms.pages import Status
from tests.agent_app.desk import Company
from tests.agent_app.ui.forms.host import Sheet, every_kind, xform_of

JUMPS = """
| survey | | | | | | | |
| | type | name | label::中文 (zh) | label::English (en) | required | relevant | repeat_count |
| | select_one yn | kept | 还在用吗？ | Still in use? | yes | | |
| | select_one yn | pleased | 满意吗？ | Pleased? | yes | ${kept} = 'y' | |
| | text | why | 为什么？ | Why? | | ${kept} = 'y' and ${pleased} = 'n' | |
| | integer | rooms | 几个房间？ | Rooms? | | | |
| | begin_repeat | room | 房间 | Room | | | ${rooms} |
| | text | use | 做什么用？ | Use? | | | |
| | end_repeat | | | | | | |
| | text | rest | 其他 | Else | | | |
| choices | | | | |
| | list_name | name | label::中文 (zh) | label::English (en) |
| | yn | y | 是 | Yes |
| | yn | n | 否 | No |
| settings | | | |
| | form_title | form_id | default_language |
| | 跳转 | jumps | 中文 (zh) |
"""


@pytest.fixture
def sheet(company: Company) -> Sheet:
    return Sheet(company, xform_of(JUMPS))


@pytest.fixture
def kinds(company: Company) -> Sheet:
    return Sheet(company, every_kind())


def answer(sheet: Sheet, **answers: str) -> None:
    for name, value in answers.items():
        sheet.on_answered(f"/data/{name}", value)


# ------------------------------------------------------------------------------------------------- typed days


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("3/15", "2026-03-15"),
        ("12月3日", "2026-12-03"),
        ("下周三", "2026-10-07"),
        ("明天", "2026-10-02"),
        ("后天", "2026-10-03"),
        ("+3", "2026-10-04"),
    ],
)
def test_a_day_is_typed_as_it_is_said_on_the_forms_own_day(kinds: Sheet, typed: str, stored: str) -> None:
    kinds.on_answered("/data/times/moving", typed)  # Thursday, 1 October 2026
    assert kinds.value("moving") == stored


def test_times_moments_and_months_are_typed_too(kinds: Sheet) -> None:
    for name, typed in (("at", "下午3点半"), ("visit", "明天 9:00"), ("month", "2026-3")):
        kinds.on_answered(f"/data/times/{name}", typed)
    assert kinds.value("at")[:5] == "15:30"
    assert kinds.value("visit")[:16] == "2026-10-02T09:00"
    assert kinds.value("month") == "2026-03-01"


def test_numbers_are_typed_with_commas_or_in_chinese(kinds: Sheet) -> None:
    for typed, stored in (("1,234.5", "1234.5"), ("１２", "12"), ("十二", "12"), ("1,23", "12")):
        kinds.on_answered("/data/words/area", typed)
        assert kinds.value("area") == stored


def test_what_is_no_day_is_refused_and_nothing_is_kept(kinds: Sheet) -> None:
    kinds.on_answered("/data/times/moving", "2月30")
    assert kinds.state.problems["/data/times/moving"].kind is ErrorKind.ANSWER_WRONG_TYPE
    assert (kinds.value("moving"), kinds.kept) == ("", 0)


def test_places_are_typed_as_latitude_and_longitude(kinds: Sheet) -> None:
    kinds.on_answered("/data/places/here", "31.2304，121.4737")
    assert kinds.value("here").split()[:2] == ["31.2304", "121.4737"]
    kinds.on_answered("/data/places/way", "31.2, 121.4\n31.3, 121.5")
    assert len(kinds.value("way").split(";")) == 2
    kinds.on_answered("/data/places/here", "131.2, 121.4")
    assert kinds.state.problems["/data/places/here"].kind is ErrorKind.ANSWER_WRONG_TYPE


# ------------------------------------------------------------------------------------------ what is asked first


def test_an_answer_that_would_drop_others_is_asked_first(sheet: Sheet) -> None:
    answer(sheet, kept="y", pleased="n", why="太吵")
    answer(sheet, kept="n")
    asking = sheet.state.asking
    assert isinstance(asking, Dropping)
    assert asking.because == Because("还在用吗？", "否")
    assert [(one.label, one.answer) for one in asking.lost] == [("满意吗？", "否"), ("为什么？", "太吵")]
    assert sheet.value("kept") == "y"


def test_no_keeps_everything_as_it_was(sheet: Sheet) -> None:
    answer(sheet, kept="y", pleased="n", why="太吵")
    before = sheet.kept
    answer(sheet, kept="n")
    sheet.on_kept()
    assert sheet.state.asking is None
    assert (sheet.value("kept"), sheet.value("why"), sheet.kept) == ("y", "太吵", before)


def test_yes_changes_it_and_leaves_out_what_is_not_relevant(sheet: Sheet) -> None:
    answer(sheet, kept="y", pleased="n", why="太吵", rest="无")
    answer(sheet, kept="n")
    sheet.on_confirmed()
    filling = sheet.filling
    assert filling is not None
    assert sheet.value("kept") == "n"
    assert [filling.outline.entry(path).status for path in ("/data/pleased", "/data/why", "/data/rest")] == [
        Status.SKIPPED,
        Status.SKIPPED,
        Status.ANSWERED,
    ]


def test_an_answer_that_drops_nothing_is_not_asked_about(sheet: Sheet) -> None:
    answer(sheet, kept="y", pleased="y")
    answer(sheet, pleased="n")
    assert sheet.state.asking is None
    assert sheet.value("pleased") == "n"


def test_a_lower_count_asks_before_instances_go(sheet: Sheet) -> None:
    answer(sheet, rooms="2")
    sheet.on_answered("/data/room[2]/use", "书房")
    answer(sheet, rooms="1")
    asking = sheet.state.asking
    assert isinstance(asking, Dropping)
    assert [one.answer for one in asking.lost] == ["书房"]
    sheet.on_kept()
    assert sheet.value("room[2]/use") == "书房"


def test_nobody_goes_anywhere_before_it_is_answered(sheet: Sheet) -> None:
    answer(sheet, kept="y", pleased="n")
    answer(sheet, kept="n")
    sheet.on_next()
    sheet.on_back()
    sheet.on_question_asked("/data/rest")
    assert sheet.names() == ["kept"]
    assert isinstance(sheet.state.asking, Dropping)


# ------------------------------------------------------------------------------------------------------ jumps


def test_a_jump_says_which_answer_to_which_question_made_it(sheet: Sheet) -> None:
    answer(sheet, kept="n")
    sheet.on_next()
    assert sheet.names() == ["rooms"]
    assert sheet.state.skipped == Skipped(2, "否", "还在用吗？")


def test_the_list_says_of_each_question_how_it_stands_and_why(sheet: Sheet) -> None:
    answer(sheet, kept="n", rooms="2")
    filling = sheet.filling
    assert filling is not None
    rows = [filling.outline.row(path) for path in filling.outline.paths]
    assert [(row.label, row.status) for row in rows] == [
        ("还在用吗？", Status.ANSWERED),
        ("满意吗？", Status.SKIPPED),
        ("为什么？", Status.SKIPPED),
        ("几个房间？", Status.ANSWERED),
        ("1 · 做什么用？", Status.BLANK),
        ("2 · 做什么用？", Status.BLANK),
        ("其他", Status.BLANK),
    ]
    assert rows[1].because == Because("还在用吗？", "否")
    tally = filling.outline.tally()
    assert (tally.asked, tally.answered) == (5, 2)


def test_the_list_is_another_one_only_when_instances_come_or_go(sheet: Sheet) -> None:
    before = sheet.state.outline_revision
    answer(sheet, kept="n", rest="无")
    assert sheet.state.outline_revision == before
    answer(sheet, rooms="1")
    assert sheet.state.outline_revision == before + 1


# ---------------------------------------------------------------------------------------------------- repeats


def family(kinds: Sheet) -> None:
    """Two members, on the second one's page."""
    kinds.go("who")
    kinds.on_answered("/data/member[1]/who", "成员甲")
    kinds.on_next()
    kinds.on_next()
    assert kinds.state.page is not None
    assert kinds.state.page.repeat is not None
    kinds.on_another_asked()
    kinds.on_answered("/data/member[2]/who", "成员乙")


def test_one_more_is_added_and_says_which_one_it_is(kinds: Sheet) -> None:
    family(kinds)
    here = kinds.state.instance
    assert here is not None
    assert (here.label, here.position, here.count, here.removable) == ("家庭成员", 2, 2, True)


def test_an_instance_goes_only_after_a_yes(kinds: Sheet) -> None:
    family(kinds)
    kinds.on_remove_asked()
    assert kinds.state.asking == Removing("/data/member[2]", "家庭成员", 2, 1)
    kinds.on_kept()
    assert kinds.value("member[2]/who") == "成员乙"
    kinds.on_remove_asked()
    kinds.on_confirmed()
    assert kinds.value("member[2]/who") == ""
    assert kinds.value("member[1]/who") == "成员甲"


def test_counted_instances_are_not_removed_by_hand(sheet: Sheet) -> None:
    answer(sheet, rooms="1")
    sheet.go("use")
    assert sheet.state.instance is not None
    assert not sheet.state.instance.removable
    sheet.on_remove_asked()
    assert sheet.state.asking is None


# ----------------------------------------------------------------------------------------- languages and files


def test_the_language_is_switched_and_answers_stay(sheet: Sheet) -> None:
    answer(sheet, kept="y")
    sheet.on_language_chosen("English (en)")
    page = sheet.state.page
    assert page is not None
    assert (page.questions[0].label, page.questions[0].value) == ("Still in use?", "y")
    assert sheet.state.language == "English (en)"
    assert sheet.state.languages == ("中文 (zh)", "English (en)")


def test_a_required_photo_holds_nobody_up_at_the_desk(kinds: Sheet) -> None:
    kinds.go("photo")
    kinds.on_next()
    assert kinds.names() == ["who"]
    assert not kinds.state.problems


def test_enter_behind_the_last_page_leaves_the_form(sheet: Sheet) -> None:
    answer(sheet, kept="n")
    for _ in range(3):
        sheet.on_next()
    assert sheet.state.page is None
    assert [line.answer for line in sheet.state.read_back] == ["否"]
    sheet.on_next()
    assert sheet.left == 1
