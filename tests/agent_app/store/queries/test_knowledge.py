"""Looking through the knowledge base while typing: what is found by what, and what stands first (M5.5, M5.11)."""

from typing import Any

import pytest

from agent_app.store import drafts
from agent_app.store.queries import knowledge
from agent_app.store.queries.knowledge import Article, Shelf, Situation
from server_sync.domain.commands import Insert
from tests.agent_app.desk import Company
from tests.server_sync.organisation import NOW

CALM, UPSET = Situation("service"), Situation("service", upset=True)


def article(code: str, title: str, **values: Any) -> Article:
    given = {"kind": "knowledge", "keywords": (), "body": "先换纸", "purposes": ()} | values
    return Article(code.encode(), title=title, **given)


SHELF = Shelf(
    [
        article("a", "打印模糊怎么办", keywords=("发淡", "条纹")),
        article("b", "太贵了", kind="objection", body="先问跟哪一款比", keywords=("价格",)),
        article("c", "怎样道歉", kind="soothing", body="价格问题也一样先道歉"),
        article("d", "客户辱骂", kind="emergency", purposes=("service",)),
        article("e", "限时优惠", purposes=("marketing",), body="真实的价格"),
    ]
)


def found(text: str, situation: Situation = CALM) -> str:
    return "".join(one.id.decode() for one in SHELF.search(text, situation))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("打印", "a"),
        ("模糊", "a"),
        ("條紋", "a"),
        ("条 纹", "a"),
        ("dymh", "a"),
        ("TGL", "b"),
        ("dayin", "a"),
        ("mohu", "a"),
        ("Da Yin", "a"),
        ("jiage", "b"),
        ("ayin", ""),
        ("换纸", "ad"),
        ("打印 条纹", "a"),
        ("打印 价格", ""),
        ("没有这样的事", ""),
    ],
)
def test_m5_11_an_article_is_found_by_title_keyword_initials_pinyin_and_text(text: str, codes: str) -> None:
    assert found(text) == codes


def test_a_title_goes_before_a_keyword_and_a_keyword_before_the_text() -> None:
    assert found("价格") == "bce"


def test_pinyin_is_read_as_words_are_and_initials_go_before_it() -> None:
    shelf = Shelf([article("a", "银行转账"), article("b", "长城怎么走"), article("c", "Ying 品牌")])
    assert [one.id for one in shelf.search("yinhang", CALM)] == [b"a"]
    assert [one.id for one in shelf.search("changcheng", CALM)] == [b"b"]
    assert [one.id for one in shelf.search("yinh", CALM)] == [b"a"]
    assert next(one.id for one in shelf.search("y", CALM)) == b"c"


def test_what_is_for_other_calls_stands_behind() -> None:
    assert found("").endswith("e")
    assert found("价格", Situation("marketing")) == "bec"


def test_m5_5_for_an_upset_customer_what_soothes_stands_first_then_emergencies() -> None:
    assert found("", UPSET)[:2] == "cd"
    assert found("价格", UPSET) == "cbe"


def put(company: Company, code: str, **values: Any) -> None:
    row = {"id": company.ids.new(), "code": code, "kind": "knowledge", "title": code, "keywords": []}
    company.put(Insert("article", {**row, "body": "", "purposes": [], "changed_at": NOW, **values}))


def test_articles_out_of_use_and_of_a_kind_not_known_yet_are_left_out(company: Company) -> None:
    put(company, "a")
    put(company, "b", active=False)
    put(company, "c", kind="video")
    with company.store.read() as connection:
        assert [one.title for one in knowledge.load(connection).search("", CALM)] == ["a"]


@pytest.mark.parametrize(
    ("mood", "answers", "upset"),
    [
        (None, {}, False),
        ("dissatisfied", {}, True),
        ("dissatisfied", {"/data/talk/mood": "good"}, False),
        ("satisfied", {"/data/talk/mood": "bad"}, True),
    ],
)
def test_what_was_heard_in_the_call_goes_before_what_was_known(
    company: Company, mood: str | None, answers: dict[str, str], upset: bool
) -> None:
    organisation = company.organisation
    customer = organisation.customer(organisation.north, mood=mood)
    task = organisation.task(customer, organisation.north_agents[0], purpose="survey")
    company.put(customer, task)
    content = {"guide": {"answers": answers, "page": "", "prefill": {}}}
    with company.store.write() as connection:
        drafts.merge(connection, task.row_id, customer.row_id, None, None, content, NOW)
    with company.store.read() as connection:
        assert knowledge.situation(connection, task.row_id) == Situation("survey", upset)
        assert knowledge.situation(connection, None) == Situation()
