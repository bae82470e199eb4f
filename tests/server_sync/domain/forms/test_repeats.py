"""Repeats: instances come and go, and expressions stay within their own instance."""

from collections.abc import Callable

from server_sync.domain.forms.session import Session

Begin = Callable[..., Session]

MACHINES = """
| survey  |              |         |       |                    |              |
|         | type         | name    | label | calculation        | relevant     |
|         | text         | site    | 地点  |                    |              |
|         | begin_repeat | machine | 机器  |                    |              |
|         | text         | model   | 型号  |                    |              |
|         | integer      | pages   | 印量  |                    |              |
|         | calculate    | place   |       | position(..)       |              |
|         | text         | fault   | 故障  |                    | ${pages} > 9 |
|         | end_repeat   |         |       |                    |              |
|         | calculate    | total   |       | sum(${pages})      |              |
|         | calculate    | first   |       | indexed-repeat(${model}, ${machine}, 1) |  |
|         | note         | said    | 共${total}页 |             |              |
"""


def test_every_instance_has_its_index_and_its_own_answers(begin: Begin) -> None:
    session = begin(MACHINES)
    session.answer("/data/machine[1]/model", "A1")
    session.answer("/data/machine[1]/pages", "20")
    assert session.jump("/data/machine[+]")
    page = session.page
    assert page is not None
    assert page.repeat is not None
    assert page.repeat.count == 1
    assert session.add_repeat(page.repeat.path)
    page = session.page
    assert page is not None
    assert page.questions[0].path == "/data/machine[2]/model"
    session.answer("/data/machine[2]/pages", "5")
    assert session.answers() == {
        "/data/machine[1]/model": "A1",
        "/data/machine[1]/pages": "20",
        "/data/machine[1]/place": "1",
        "/data/machine[2]/pages": "5",
        "/data/machine[2]/place": "2",
        "/data/total": "25",
        "/data/first": "A1",
    }
    assert session.jump("/data/machine[1]/fault")
    assert not session.jump("/data/machine[2]/fault")


def test_removing_an_instance_moves_the_others_up(begin: Begin) -> None:
    session = begin(MACHINES)
    session.answer("/data/machine[1]/pages", "20")
    session.add_repeat("/data/machine")
    session.answer("/data/machine[2]/pages", "5")
    assert session.remove_repeat("/data/machine[1]")
    assert session.answers()["/data/machine[1]/pages"] == "5"
    assert session.answers()["/data/total"] == "5"


def test_a_draft_brings_its_instances_back_the_empty_ones_too(begin: Begin) -> None:
    table = """
    | survey |              |      |       |
    |        | type         | name | label |
    |        | begin_repeat | r    | R     |
    |        | text         | a    | A     |
    |        | end_repeat   |      |       |
    """
    session = begin(table)
    session.add_repeat("/data/r")
    session.add_repeat("/data/r")
    session.answer("/data/r[3]/a", "x")
    draft = session.answers()
    assert draft == {"/data/r[1]": "", "/data/r[2]": "", "/data/r[3]/a": "x"}
    assert begin(table, answers=draft).answers() == draft


def test_a_count_rules_the_instances(begin: Begin) -> None:
    session = begin(
        """
        | survey |              |       |       |              |
        |        | type         | name  | label | repeat_count |
        |        | integer      | n     | N     |              |
        |        | begin_repeat | child | C     | ${n}         |
        |        | text         | name  | Name  |              |
        |        | end_repeat   |       |       |              |
        """
    )
    assert session.progress.of == 1
    session.answer("/data/n", "3")
    assert session.progress.of == 4
    assert not session.add_repeat("/data/child")
    session.answer("/data/child[3]/name", "c")
    session.answer("/data/n", "1")
    assert session.progress.of == 2
    assert "/data/child[3]/name" not in session.answers()


def test_a_huge_count_is_bounded(begin: Begin) -> None:
    session = begin(
        """
        | survey |              |       |       |              |
        |        | type         | name  | label | repeat_count |
        |        | begin_repeat | outer | C     | 999999999    |
        |        | begin_repeat | inner | C     | 999999999    |
        |        | text         | a     | A     |              |
        |        | end_repeat   |       |       |              |
        |        | end_repeat   |       |       |              |
        """
    )
    assert session.progress.of <= 50_000
