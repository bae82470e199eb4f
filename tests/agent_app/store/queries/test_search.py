"""Finding a customer as one types (CONVENTIONS, search): every way that agents are used to."""

import pytest

from agent_app.store import search_terms
from agent_app.store.queries.search import search
from agent_app.store.search_terms import folded, index_portion
from server_sync.domain.commands import Insert
from tests.agent_app.desk import Company


def put(company: Company, name: str, code: str = "K-1") -> Insert:
    """A customer that is found by searching from now on."""
    customer = company.organisation.customer(company.organisation.north, name=name, code=f"{code}.{name}")
    company.put(customer)
    index(company)
    return customer


def index(company: Company) -> int:
    done = 0
    with company.store.write() as connection:
        while portion := index_portion(connection):
            done += portion
    return done


def found(company: Company, text: str) -> list[str]:
    with company.store.read() as connection:
        return [one.name for one in search(connection, text)]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("张小明", "张"),
        ("张小明", "小明"),
        ("张小明", "明"),
        ("张小明", "zhangxiaoming"),
        ("张小明", "zhangxiao"),
        ("张小明", "xiaom"),
        ("张小明", "zxm"),
        ("张小明", "xm"),
        ("张小明", "ZXM"),
        ("张小明", "ｚｘｍ"),
        ("张小明", " 张 小明 "),
        ("欧阳修", "oyx"),
        ("吕布", "lvbu"),
        ("John Smith", "john"),
        ("John Smith", "smith"),
        ("John Smith", "JohnSm"),
        ("Olivia Müller", "muller"),
        ("ABC科技", "abckeji"),
        ("ABC科技", "kj"),
        ("李宁(北京)体育", "北京"),
        ("长安汽车有限公司", "changan"),
        ("长安汽车有限公司", "caqc"),
        ("中国银行", "yinhang"),
    ],
)
def test_any_piece_of_a_name_finds_it(company: Company, name: str, typed: str) -> None:
    put(company, name)
    put(company, "赵钱孙李")
    assert found(company, typed) == [name]


@pytest.mark.parametrize(
    ("name", "as_a_surname", "otherwise"),
    [
        ("单田芳", "shantianfang", "dtf"),
        ("仇英", "qiuying", "chouying"),
        ("解珍", "xiezhen", "jz"),
        ("区小明", "oxm", "quxiaoming"),
        ("曾国藩", "zgf", "cengguofan"),
        ("重耳", "chonger", "zhonger"),
        ("查良镛", "zhaliangyong", "cly"),
        ("任我行", "rwx", "renwoxing"),
    ],
)
def test_a_surname_with_a_reading_of_its_own_is_found_by_each(
    company: Company, name: str, as_a_surname: str, otherwise: str
) -> None:
    put(company, name)
    assert found(company, as_a_surname) == found(company, otherwise) == [name]


def test_the_reading_of_a_surname_counts_in_front_alone(company: Company) -> None:
    put(company, "王解")
    assert found(company, "wangjie") == ["王解"]
    assert found(company, "wangxie") == []


@pytest.mark.parametrize(
    ("name", "typed"), [("張學友", "张学"), ("张学友", "張學友"), ("歐陽脩", "欧阳"), ("张学友", "學")]
)
def test_traditional_and_simplified_characters_find_each_other(
    company: Company, name: str, typed: str
) -> None:
    put(company, name)
    assert found(company, typed) == [name]


@pytest.mark.parametrize(
    ("value", "typed"),
    [
        ("+8613812345678", "5678"),
        ("+8613812345678", "78"),
        ("+8613812345678", "13812345678"),
        ("+8613812345678", "138 1234 5678"),
        ("+8613812345678", "138-1234-5678"),
        ("+8613812345678", "+8613812345678"),
        ("+8613812345678", "008613812345678"),
        ("+862156781234", "021-5678 1234"),
        ("+862156781234;ext=9", "1234"),
        ("+864001234567", "4001234567"),
    ],
)
def test_a_number_is_found_by_its_last_digits(company: Company, value: str, typed: str) -> None:
    customer = company.organisation.customer(company.organisation.north, name="张三", code="K-1")
    company.put(customer, company.organisation.contact_point(customer, value=value))
    put(company, "李四")
    assert found(company, typed) == ["张三"]


def test_digits_in_the_middle_of_a_number_find_nothing(company: Company) -> None:
    customer = company.organisation.customer(company.organisation.north, name="张三", code="K-1")
    company.put(customer, company.organisation.contact_point(customer, value="+8613812345678"))
    index(company)
    assert found(company, "1234") == []


def test_code_and_order_number_find_their_customer(company: Company) -> None:
    customer = put(company, "张三", code="CG-12520")
    company.put(company.organisation.order(customer, number="CN-2017-152156"))
    with company.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM customer_indexed")
    index(company)
    assert found(company, "cg-12") == found(company, "cn-2017-15") == ["张三"]


def test_nothing_typed_finds_nobody(company: Company) -> None:
    put(company, "张三")
    assert found(company, "") == found(company, "  ") == found(company, "\u3000") == []


def test_signs_that_mean_something_to_sql_mean_themselves(company: Company) -> None:
    put(company, "100%棉_服饰")
    put(company, "100张")
    assert found(company, "100%") == ["100%棉_服饰"]
    assert found(company, "%") == ["100%棉_服饰"]
    assert found(company, "_") == ["100%棉_服饰"]
    assert found(company, "'; drop") == []


def test_a_customer_is_found_once_and_no_more_than_asked_for(company: Company) -> None:
    for number in range(5):
        put(company, f"王王王{number}")
    assert len(found(company, "王")) == 5
    with company.store.read() as connection:
        assert len(search(connection, "王", 3)) == 3


def test_the_next_open_task_comes_with_its_customer(company: Company) -> None:
    customer = put(company, "张三")
    agent = company.organisation.north_agents[0]
    later = company.organisation.task(customer, agent, due_at=2_000)
    sooner = company.organisation.task(customer, agent, due_at=1_000)
    done = company.organisation.task(customer, agent, due_at=500, state="done")
    company.put(later, sooner, done)
    with company.store.read() as connection:
        (one,) = search(connection, "zs")
    assert (one.task_id, one.customer_id) == (sooner.row_id, customer.row_id)


def test_a_renamed_customer_is_found_by_the_new_name_alone(company: Company) -> None:
    customer = put(company, "张三")
    with company.store.write() as connection:
        connection.exec_driver_sql(
            "UPDATE customer SET name = '李四', rev = rev + 1 WHERE id = ?", (customer.row_id,)
        )
    assert index(company) == 1
    assert (found(company, "zs"), found(company, "ls")) == ([], ["李四"])
    assert index(company) == 0, "what is up to date is left alone"


def test_indexing_goes_in_portions(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search_terms, "PORTION", 2)
    company.put(*(company.organisation.customer(None, name=f"客户 {n}") for n in range(5)))
    with company.store.write() as connection:
        assert [index_portion(connection) for _ in range(4)] == [2, 2, 1, 0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("Zhang\u3000San", "zhangsan"),
        ("張學友", "张学友"),
        ("Müller", "muller"),
        ("한국", "한국"),
        ("①", "1"),
        ("", ""),
    ],
)
def test_one_form_for_indexing_and_asking(text: str, expected: str) -> None:
    assert folded(text) == expected
    assert folded(expected) == expected


def test_a_very_long_name_is_found_by_its_beginning(company: Company) -> None:
    name = "壹贰叁肆伍陆柒捌玖拾" * 12
    put(company, name)
    assert found(company, name) == found(company, name[:10]) == [name]
