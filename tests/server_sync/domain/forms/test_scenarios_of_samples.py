"""The twenty scenarios that are shipped: each is talked through to its end, by a content and by an upset customer."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from server_sync.domain.forms.definition import FormDefinition, QuestionKind
from server_sync.domain.forms.pages import QuestionState
from server_sync.domain.forms.promises import promises
from server_sync.domain.forms.publishing import publish
from server_sync.domain.forms.reading import read_form
from server_sync.domain.forms.session import Session
from tests.server_sync.domain.forms.conftest import NOON, SHANGHAI

Begin = Callable[..., Session]

SAMPLES = Path(__file__).parents[4] / "resources" / "samples" / "forms"
NAMES = sorted(path.stem for path in SAMPLES.iterdir())
KNOWN = {
    "customer_name": "客户 A",
    "salutation": "女士",
    "customer_type": "person",
    "tier": "normal",
    "agent_name": "坐席 01",
    "agent_number": "agent01",
    "company_name": "示例公司",
    "order_summary": "打印机等 2 件商品",
    "order_on": "2017-12-10",
    "last_contact_on": "2017-11-02",
    "ticket_summary": "打印机卡纸",
    "ticket_on": "2017-12-20",
}
CONTENT = (
    *("self", "yes", "good", "5", "10", "7", "fine", "all", "done", "ok", "right", "read", "stay", "none"),
    *("now", "join", "no_need", "no"),
)
UPSET = (
    *("bad", "1", "2", "problem", "fault", "poor", "damaged", "trouble", "think", "leave", "no", "switch"),
    *(
        "price",
        "sms",
        "solve",
        "buy",
        "refund",
        "right",
        "call_back_24h",
        "manager_24h",
        "answer_48h",
        "send_24h",
    ),
    *("engineer_call_24h", "answer_24h", "plan_48h", "reply_24h"),
)
TYPED = "客户原话：用了两周有点卡"
MEDIA = (QuestionKind.FILE, QuestionKind.PLACE)


@cache
def xform(name: str) -> str:
    published = publish(SAMPLES / f"{name}.md", f"{name}.md")
    assert (published.code, published.warnings) == (name, ())
    return published.xform_xml


@cache
def sample(name: str) -> FormDefinition:
    return read_form(xform(name))


def sources(name: str) -> set[str]:
    """The practices that a form follows, as the root of its answers carries them."""
    written = re.search(r'<data[^>]* source="([^"]*)"', xform(name))
    assert written is not None
    return set(written[1].split())


@dataclass
class Talk:
    """A form gone through page by page: what was shown, by name."""

    session: Session
    shown: dict[str, QuestionState] = field(default_factory=dict)

    def go(self, wishes: tuple[str, ...], given: Mapping[str, str]) -> "Talk":
        """Answer everything as one does: what is given, else the first wish that is offered, else the last choice."""
        while (page := self.session.page) is not None:
            fresh = [one for one in page.questions if one.path not in self._paths()]
            if not fresh:
                assert self.session.next() == (), page.key
                continue
            self.shown[fresh[0].name] = fresh[0]
            value = given.get(fresh[0].name) or _answer(fresh[0], wishes)
            if value:
                outcome = self.session.answer(fresh[0].path, value)
                assert (outcome.accepted, outcome.problem) == (True, None), (fresh[0].path, value)
        return self

    def _paths(self) -> set[str]:
        return {one.path for one in self.shown.values()}

    @property
    def said(self) -> list[str]:
        return [one.label for one in self.shown.values()]


def _answer(question: QuestionState, wishes: tuple[str, ...]) -> str:
    if question.readonly or question.kind is QuestionKind.NOTE or question.kind in MEDIA:
        return ""
    offered = [choice.value for choice in question.choices]
    if offered:
        if question.value:
            return ""
        return next((wish for wish in wishes if wish in offered), offered[-1])
    match question.kind:
        case QuestionKind.ACKNOWLEDGE:
            return "OK"
        case QuestionKind.DATE:
            return "2018-01-05"
        case QuestionKind.DATE_TIME:
            return question.value or "2017-12-30T10:30:00.000+08:00"
        case QuestionKind.DECIMAL:
            return "1299"
        case _:
            return TYPED


def talk(
    begin: Begin, name: str, wishes: tuple[str, ...], known: Mapping[str, str] = KNOWN, /, **given: str
) -> Talk:
    session = begin(sample(name), prefill=known, language="zh-CN")
    return Talk(session).go(wishes, {"identity": "self", "consent": "yes", **given})


def test_m5_1_there_are_twenty_scenarios_and_each_names_its_sources() -> None:
    assert len(NAMES) == 20
    for name in NAMES:
        assert all(re.fullmatch(r"M\d+\.\d+", one) for one in sources(name))
        assert {"M4.6", "M4.7", "M4.8"} <= sources(name)
    every = set().union(*(sources(name) for name in NAMES))
    assert {"M2.14", "M4.9", "M5.1", "M5.5", "M5.6", "M5.7", "M5.8", "M5.9", "M6.5"} <= every


@pytest.mark.parametrize("wishes", [CONTENT, UPSET], ids=["content", "upset"])
@pytest.mark.parametrize("name", NAMES)
def test_each_scenario_is_filled_to_the_end(begin: Begin, name: str, wishes: tuple[str, ...]) -> None:
    told = talk(begin, name, wishes)
    assert told.session.validate() == ()
    assert told.session.page is None
    answers = told.session.finalise(NOON)
    again = begin(sample(name), answers=answers, prefill=KNOWN, language="zh-CN")
    assert again.validate() == ()
    for question in told.shown.values():
        assert question.label, question.path
        assert "${" not in question.label
        assert all(choice.label for choice in question.choices), question.path


@pytest.mark.parametrize("name", NAMES)
def test_m4_6_m4_7_who_is_asked_first_and_only_then_whether_it_is_a_good_time(
    begin: Begin, name: str
) -> None:
    shown = list(talk(begin, name, CONTENT).shown.values())
    names = [one.name for one in shown]
    assert "示例公司" in shown[0].label
    assert "坐席 01" in shown[0].label
    assert names.index("identity") < names.index("consent")
    purpose = next(one.label for one in shown if one.name.startswith("say_consent"))
    assert "方便接听吗" in purpose or "方便谈吗" in purpose


@pytest.mark.parametrize("name", NAMES)
def test_m4_6_who_is_busy_is_asked_when_and_nothing_else(begin: Begin, name: str) -> None:
    told = talk(begin, name, CONTENT, consent="later")
    assert list(told.shown)[-2:] == ["say_later", "later_time"]
    refused = talk(begin, name, CONTENT, consent="refuse")
    assert "say_refuse" in refused.shown
    assert "talk" not in "".join(one.path for one in refused.shown.values())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("answer", ["other", "wrong"])
def test_a_third_party_hears_nothing_of_the_matter(begin: Begin, name: str, answer: str) -> None:
    told = talk(begin, name, CONTENT, identity=answer)
    assert not any("打印机" in words for words in told.said)
    assert told.session.validate() == ()


@pytest.mark.parametrize("name", NAMES)
def test_m5_2_a_firm_is_greeted_otherwise_than_a_person(begin: Begin, name: str) -> None:
    person = talk(begin, name, CONTENT)
    firm = talk(begin, name, CONTENT, {**KNOWN, "customer_type": "company", "salutation": ""})
    assert "say_opening" in person.shown
    assert "say_opening" not in firm.shown
    assert "say_opening_firm" in firm.shown
    assert "女士" not in firm.shown["say_opening_firm"].label


@pytest.mark.parametrize("name", NAMES)
def test_m5_5_only_who_is_upset_is_soothed(begin: Begin, name: str) -> None:
    upset, content = talk(begin, name, UPSET), talk(begin, name, CONTENT)
    soothing = {"say_soothe", "say_empathy_angry"}
    assert upset.shown["mood"].choices[-1].label == "不满"
    assert soothing & set(upset.shown)
    assert not soothing & set(content.shown)


@pytest.mark.parametrize("name", NAMES)
def test_m4_8_key_points_are_read_back_and_confirmed(begin: Begin, name: str) -> None:
    for wishes in (CONTENT, UPSET):
        shown = talk(begin, name, wishes).shown
        assert any("readback" in one for one in shown), wishes
        assert "confirmed" in shown
    assert "correction" in talk(begin, name, UPSET, confirmed="correct").shown


@pytest.mark.parametrize("name", NAMES)
def test_m4_9_an_upset_customer_is_promised_something_with_a_time(begin: Begin, name: str) -> None:
    told = talk(begin, name, UPSET)
    made = promises(told.session, NOON, SHANGHAI)
    assert len(made) == 1
    assert made[0].due_at > NOON
    assert re.match(r"\d+(小时|天)内", made[0].text), made[0].text


@pytest.mark.parametrize("name", NAMES)
def test_m5_4_there_is_room_for_the_customers_own_words(begin: Begin, name: str) -> None:
    asked = [one for one in sample(name).questions.values() if one.kind is not QuestionKind.NOTE]
    free = [one for one in asked if one.kind is QuestionKind.TEXT]
    assert len(free) / len(asked) >= 0.15


@pytest.mark.parametrize("name", NAMES)
def test_nothing_known_of_the_customer_leaves_no_sentence_with_a_hole(begin: Begin, name: str) -> None:
    nothing = dict.fromkeys(KNOWN, "") | {key: KNOWN[key] for key in ("agent_name", "company_name")}
    for wishes in (CONTENT, UPSET):
        for words in talk(begin, name, wishes, nothing).said:
            assert not re.search(r"[，。：][，。]|（）|您买的[，在]|您的，|^，|是，对吗", words), words


def test_m5_9_a_blurred_print_is_followed_from_cause_to_cause_until_it_is_solved(begin: Begin) -> None:
    steps = ["step_setting", "step_paper", "step_supply", "step_clean"]
    for place, solving in enumerate(steps):
        given = {step: "yes" if step == solving else "no" for step in steps}
        told = talk(begin, "print_blurred", CONTENT, **given)
        assert [one for one in steps if one in told.shown] == steps[: place + 1]
        assert "say_part" not in told.shown
        assert "readback_solved" in told.shown
        assert promises(told.session, NOON, SHANGHAI) == ()
    told = talk(begin, "print_blurred", CONTENT, **dict.fromkeys(steps, "no"), promise="visit_3d")
    assert "say_part" in told.shown
    assert [one.text for one in promises(told.session, NOON, SHANGHAI)] == ["3天内上门检修"]


def test_m6_5_the_record_of_a_follow_up_has_all_that_a_record_needs(begin: Begin) -> None:
    told = talk(begin, "follow_up_record", UPSET)
    wanted = {
        *("contacted_at", "method", "content", "need", "praise", "complaint", "mood", "rival", "next"),
        *("next_what", "next_who"),
    }
    assert wanted <= set(told.shown)
    first = begin(sample("follow_up_record"), prefill=KNOWN).question("/data/talk/record_head/contacted_at")
    assert first is not None
    assert first.value.startswith("2017-12-30T12:00")


def test_a_day_that_was_agreed_becomes_a_promise_in_the_words_of_the_agent(begin: Begin) -> None:
    given = {"promise": "other_day", "promise_what": "上门更换硒鼓", "promise_on": "2018-01-05"}
    told = talk(begin, "after_sales_care", UPSET, **given)
    assert [one.text for one in promises(told.session, NOON, SHANGHAI)] == ["上门更换硒鼓"]
    early = told.session.answer(told.shown["promise_on"].path, "2017-12-29")
    assert early.problem is not None
    assert early.problem.message == "约定的日期不能早于今天"
