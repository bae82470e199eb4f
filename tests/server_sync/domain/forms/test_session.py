"""Filling in a form step by step, as a guide on a call does."""

from collections.abc import Callable

from server_sync.domain.errors import ErrorKind
from server_sync.domain.forms.definition import QuestionKind
from server_sync.domain.forms.pages import Page, Reason, Status, Tally
from server_sync.domain.forms.session import Session

Begin = Callable[..., Session]

GUIDE = """
| survey |
| |type|name|label::中 (zh)|label::E (en)|required|required_message::中 (zh)|relevant|appearance|hint::中 (zh)|
| | hidden | customer_name |  |  |  |  |  |  |  |
| | hidden | agent_name |  |  |  |  |  |  |  |
| | begin_group | opening | 开场 | Opening |  |  |  | field-list |  |
| | note | hello | 您好，${customer_name}。 | Hello ${customer_name}. |  |  |  |  |  |
| | select_one yn | free | 方便吗？ | Free now? | yes | 请先问客户 |  |  | 不方便就另约 |
| | text | when | 何时方便？ | When then? |  |  | ${free}='n' |  |  |
| | end_group |  |  |  |  |  |  |  |  |
| | begin_group | body | 正题 | Body |  |  | ${free}='y' |  |  |
| | integer | score | 打几分？ | Score? | yes |  |  | nps |  |
| | text | why | 为什么？ | Why? |  |  | ${score}<7 |  |  |
| | end_group |  |  |  |  |  |  |  |  |
| | note | bye | 再见 | Goodbye |  |  |  |  |  |
| choices |
| | list_name | name | label::中 (zh) | label::E (en) |  |  |  |  |  |
| | yn | y | 方便 | Yes |  |  |  |  |  |
| | yn | n | 不方便 | No |  |  |  |  |  |
| settings |
| | form_title | form_id | default_language |  |  |  |  |  |  |
| | 回访 | guide | 中 (zh) |  |  |  |  |  |  |
"""


def _page(session: Session) -> Page:
    assert session.page is not None
    return session.page


def test_a_field_list_is_one_page_every_other_question_its_own(begin: Begin) -> None:
    session = begin(GUIDE, prefill={"customer_name": "客户 A"})
    page = _page(session)
    assert page.headings == ("开场",)
    assert [question.name for question in page.questions] == ["hello", "free"]
    assert page.questions[0].label == "您好，客户 A。"
    assert (session.progress.at, session.progress.of) == (1, 2)
    session.answer("/data/opening/free", "y")
    assert (session.progress.at, session.progress.of) == (1, 3)
    assert session.next() == ()
    assert [question.path for question in _page(session).questions] == ["/data/body/score"]
    assert _page(session).questions[0].appearance == {"nps"}


def test_next_tells_what_is_missing_and_goes_on_only_anyway(begin: Begin) -> None:
    session = begin(GUIDE)
    (missing,) = session.next()
    assert (missing.path, missing.kind, missing.message) == (
        "/data/opening/free",
        ErrorKind.ANSWER_REQUIRED,
        "请先问客户",
    )
    assert session.progress.at == 1
    session.next(anyway=True)
    assert session.progress.at == 2
    assert session.back()
    assert not session.back()


def test_behind_the_last_page_there_is_none_and_back_returns(begin: Begin) -> None:
    session = begin(GUIDE)
    session.next(anyway=True)
    session.next()
    assert session.page is None
    assert session.progress.done
    assert session.back()
    assert [question.name for question in _page(session).questions] == ["bye"]


def test_an_answer_shows_what_it_brings_and_hides(begin: Begin) -> None:
    session = begin(GUIDE)
    assert session.answer("/data/opening/free", "n").shown == ("/data/opening/when",)
    session.answer("/data/opening/when", "明天上午")
    outcome = session.answer("/data/opening/free", "y")
    assert outcome.hidden == ("/data/opening/when",)
    assert outcome.shown == ("/data/body/score",)
    refused = session.answer("/data/opening/when", "后天")
    assert refused.problem is not None
    assert refused.problem.kind is ErrorKind.ANSWER_NOT_RELEVANT


def test_a_page_that_vanishes_under_one_gives_way_to_the_next(begin: Begin) -> None:
    session = begin(GUIDE)
    session.answer("/data/opening/free", "y")
    assert session.jump("/data/body/score")
    session.answer("/data/opening/free", "n")
    assert [question.name for question in _page(session).questions] == ["bye"]


def test_jumping_goes_where_one_is_asked_and_nowhere_else(begin: Begin) -> None:
    session = begin(GUIDE)
    assert not session.jump("/data/body/score")
    assert not session.jump("/data/nowhere")
    assert session.jump("/data/bye")
    assert [question.name for question in _page(session).questions] == ["bye"]


def test_the_outline_says_how_each_question_stands(begin: Begin) -> None:
    session = begin(GUIDE)
    session.answer("/data/opening/free", "y")
    stands = {entry.path.rpartition("/")[2]: entry.status for entry in session.outline()}
    assert stands == {
        "hello": Status.NOTE,
        "free": Status.ANSWERED,
        "when": Status.SKIPPED,
        "score": Status.OPEN,
        "why": Status.SKIPPED,
        "bye": Status.NOTE,
    }


def test_a_line_of_the_outline_can_be_had_alone_and_the_whole_be_counted(begin: Begin) -> None:
    session = begin(GUIDE)
    session.answer("/data/opening/free", "y")
    assert tuple(session.entry(path) for path in session.paths()) == session.outline()
    assert session.entry("/data/nowhere") is None
    left_out = {"/data/opening/when", "/data/body/why"}
    assert session.asked() == frozenset(session.paths()) - left_out
    assert session.tally() == Tally(asked=2, answered=1, missing=1, wrong=0)


def test_a_jump_explains_itself_by_the_answers_that_decided_it(begin: Begin) -> None:
    session = begin(GUIDE)
    session.answer("/data/opening/free", "y")
    session.answer("/data/body/score", "6")
    assert session.reasons("/data/body/why") == (
        Reason("/data/body/score", "打几分？", "6", "6"),
        Reason("/data/opening/free", "方便吗？", "y", "方便"),
    )


def test_languages_switch_while_the_form_is_open(begin: Begin) -> None:
    session = begin(GUIDE, prefill={"customer_name": "客户 A"}, language="en-GB")
    assert _page(session).questions[0].label == "Hello 客户 A."
    assert [choice.label for choice in _page(session).questions[1].choices] == ["Yes", "No"]
    session.use_language("zh-CN")
    assert session.language == "中 (zh)"
    assert _page(session).questions[1].label == "方便吗？"
    session.use_language("fr")
    assert session.language == "中 (zh)"


def test_a_text_missing_in_a_language_is_taken_from_the_default_one(begin: Begin) -> None:
    session = begin(GUIDE, language="en")
    assert _page(session).questions[1].hint == "不方便就另约"


def test_a_draft_goes_on_where_it_was_with_fresh_data_of_the_customer(begin: Begin) -> None:
    session = begin(GUIDE, prefill={"customer_name": "客户 A", "agent_name": "坐席 01"})
    session.answer("/data/opening/free", "y")
    draft = session.answers()
    assert draft["/data/customer_name"] == "客户 A"
    again = begin(GUIDE, answers=draft, prefill={"customer_name": "客户 B"})
    assert _page(again).questions[0].label == "您好，客户 B。"
    assert again.answers()["/data/opening/free"] == "y"
    assert again.answers()["/data/agent_name"] == "坐席 01"


def test_a_value_that_the_form_has_no_place_for_stays_in_the_draft(begin: Begin) -> None:
    session = begin(GUIDE, answers={"/data/opening/free": "y", "/data/gone": "kept", "/data/body": "no leaf"})
    assert session.answers() == {"/data/opening/free": "y", "/data/gone": "kept", "/data/body": "no leaf"}
    handed_in = session.finalise(session.now_at)
    assert handed_in.pop("/data/meta/instanceID").startswith("uuid:")
    assert handed_in == {"/data/opening/free": "y"}


def test_prefill_replaces_a_calculation_but_never_an_answer(begin: Begin) -> None:
    session = begin(
        """
        | survey |           |        |       |             |
        |        | type      | name   | label | calculation |
        |        | calculate | tier   |       | 'normal'    |
        |        | text      | asked  | A     |             |
        |        | calculate | shown  |       | concat(${tier}, '!') |
        """,
        prefill={"tier": "VIP", "asked": "no"},
    )
    session.answer("/data/asked", "x")
    assert session.answers() == {"/data/tier": "VIP", "/data/asked": "x", "/data/shown": "VIP!"}


def test_metadata_is_taken_from_the_clock_and_the_device_once(begin: Begin) -> None:
    table = """
    | survey |          |          |       |
    |        | type     | name     | label |
    |        | start    | begun    |       |
    |        | today    | on       |       |
    |        | deviceid | device   |       |
    |        | end      | ended    |       |
    |        | text     | a        | A     |
    """
    session = begin(table, prefill={"deviceid": "desk-1", "instanceID": "uuid:1"})
    draft = session.answers()
    assert draft == {
        "/data/begun": "2017-12-30T12:00:00.000+08:00",
        "/data/on": "2017-12-30",
        "/data/device": "desk-1",
        "/data/meta/instanceID": "uuid:1",
    }
    again = begin(table, answers=draft)
    ended = again.finalise(again.now_at + 90_000)
    assert ended == {**draft, "/data/ended": "2017-12-30T12:01:30.000+08:00"}


def test_the_present_may_move_on(begin: Begin) -> None:
    session = begin(
        """
        | survey |           |      |       |             |
        |        | type      | name | label | calculation |
        |        | text      | a    | A     |             |
        |        | calculate | at   |       | if(${a} = '', '', now()) |
        """
    )
    session.now_at += 60_000
    session.answer("/data/a", "x")
    assert session.answers()["/data/at"] == "2017-12-30T12:01:00.000+08:00"


def test_guidance_and_kinds_reach_the_face(begin: Begin) -> None:
    session = begin(
        """
        | survey |              |      |           |      |               |            |
        |        | type         | name | label     | hint | guidance_hint | appearance |
        |        | text         | a    | **Ask** it | H   | G             | multiline  |
        """
    )
    question = session.question("/data/a")
    assert question is not None
    assert (question.kind, question.label, question.hint, question.guidance, question.appearance) == (
        QuestionKind.TEXT,
        "**Ask** it",
        "H",
        "G",
        frozenset({"multiline"}),
    )
