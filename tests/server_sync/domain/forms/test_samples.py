"""The forms that are shipped: every one can be published, talked through in both languages, and hangs together."""

from collections.abc import Callable
from pathlib import Path

import pytest

from server_sync.domain.forms.definition import FormDefinition, QuestionKind
from server_sync.domain.forms.publishing import publish
from server_sync.domain.forms.reading import read_form
from server_sync.domain.forms.scores import scores
from server_sync.domain.forms.session import Session

Begin = Callable[..., Session]

SAMPLES = Path(__file__).parents[4] / "resources" / "samples" / "forms"
KNOWN = {
    "customer_name": "客户 A",
    "salutation": "女士",
    "agent_name": "坐席 01",
    "company_name": "示例公司",
    "order_summary": "打印机等2件商品",
    "ticket_summary": "打印机卡纸",
    "ticket_on": "2017-12-20",
}


def _sample(name: str) -> FormDefinition:
    published = publish(SAMPLES / f"{name}.md", f"{name}.md")
    assert (published.code, published.warnings) == (name, ())
    return read_form(published.xform_xml)


def _talk(session: Session, said: dict[str, str]) -> list[str]:
    """Go through the form page by page as the call goes; the names of everything shown."""
    shown: list[str] = []
    while (page := session.page) is not None:
        names = [question.name for question in page.questions if question.name not in shown]
        if not names:
            assert session.next() == ()
            continue
        question = next(one for one in page.questions if one.name == names[0])
        shown.append(question.name)
        assert question.label, question.path
        assert all(choice.label for choice in question.choices)
        if question.name in said:
            assert session.answer(question.path, said[question.name]).problem is None
    return shown


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_content_customer_is_through_in_a_few_pages(begin: Begin, language: str) -> None:
    form = _sample("new_customer_followup")
    session = begin(form, prefill=KNOWN, language=language)
    said = {
        "identity": "self",
        "consent": "yes",
        "received": "fine",
        "csat": "5",
        "usage": "fine",
        "nps": "9",
        "confirmed": "right",
        "mood": "good",
    }
    shown = _talk(session, said)
    assert session.validate() == ()
    assert scores(form, session.finalise(session.now_at)) == {"nps": 9, "csat": 5}
    assert "nps_praise" in shown
    assert not {"say_sorry", "delivery_issue", "trouble", "promise_24h", "later_time"} & set(shown)


def test_an_unhappy_customer_is_soothed_read_back_to_and_promised_an_answer(begin: Begin) -> None:
    session = begin(_sample("new_customer_followup"), prefill=KNOWN, language="zh-CN")
    said = {
        "identity": "self",
        "consent": "yes",
        "received": "damaged",
        "delivery_issue": "外箱破损",
        "csat": "1",
        "unhappy_with": "delivery service",
        "unhappy_detail": "等了一周",
        "usage": "not_yet",
        "nps": "3",
        "confirmed": "right",
        "promise_24h": "OK",
        "mood": "bad",
    }
    shown = _talk(session, said)
    assert session.validate() == ()
    assert {"say_sorry", "readback_delivery", "readback_unhappy", "promise_24h", "nps_reason"} <= set(shown)
    read_back = session.question("/data/survey/readback/readback_unhappy")
    assert read_back is not None
    assert read_back.label == "您不满意的地方：等了一周"


@pytest.mark.parametrize("name", ["new_customer_followup", "complaint_verification"])
@pytest.mark.parametrize("answer", ["other", "wrong"])
def test_a_third_party_hears_neither_order_nor_complaint(begin: Begin, name: str, answer: str) -> None:
    session = begin(_sample(name), prefill=KNOWN, language="zh-CN")
    session.answer("/data/opening/identity", answer)
    words = [
        question.label
        for entry in session.outline()
        if entry.status != "skipped" and (question := session.question(entry.path)) is not None
    ]
    assert words
    assert not any("打印机" in word for word in words)
    assert session.validate() == ()


def test_an_unsolved_complaint_is_reopened_and_a_solved_one_closed(begin: Begin) -> None:
    form = _sample("complaint_verification")
    said = {
        "identity": "self",
        "consent": "yes",
        "contacted": "yes",
        "resolved": "no",
        "remaining": "还是卡纸",
        "expectation": "exchange",
        "csat": "2",
        "confirmed": "right",
        "promise_24h": "OK",
        "mood": "bad",
    }
    session = begin(form, prefill=KNOWN, language="zh-CN")
    shown = _talk(session, said)
    assert session.validate() == ()
    assert {"say_unresolved", "readback_remaining", "promise_24h", "say_closing_open"} <= set(shown)
    assert "nps" not in shown
    session = begin(form, prefill=KNOWN, language="zh-CN")
    shown = _talk(
        session, {**said, "resolved": "full", "recurred": "no", "csat": "4", "nps": "8", "mood": "good"}
    )
    assert scores(form, session.finalise(session.now_at)) == {"nps": 8, "csat": 4}
    assert {"readback_solved", "say_closing_solved"} <= set(shown)
    assert "promise_24h" not in shown


@pytest.mark.parametrize("name", ["new_customer_followup", "complaint_verification"])
def test_nothing_known_of_the_customer_leaves_no_sentence_with_a_hole(begin: Begin, name: str) -> None:
    session = begin(
        _sample(name), prefill={**KNOWN, "order_summary": "", "ticket_summary": ""}, language="zh-CN"
    )
    session.answer("/data/opening/identity", "self")
    said = [
        entry.label
        for entry in session.outline()
        if entry.kind is QuestionKind.NOTE and entry.status != "skipped"
    ]
    assert len(said) == 2
    assert not any("了，" in word[:20] or "（）" in word for word in said)
