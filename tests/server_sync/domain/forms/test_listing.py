"""Every node of a filling-in as data."""

from collections.abc import Callable

from server_sync.domain.forms.listing import NodeState
from server_sync.domain.forms.session import Session

Begin = Callable[..., Session]

TABLE = """
| survey |              |       |       |              |           |            |              |
|        | type         | name  | label | relevant     | required  | constraint | read_only    |
|        | integer      | age   | A     |              | yes       | . < 150    |              |
|        | begin_group  | trade | W     | ${age} >= 18 |           |            | ${age} = 99  |
|        | text         | job   | J     |              | yes       |            |              |
|        | end_group    |       |       |              |           |            |              |
|        | begin_repeat | child | C     |              |           |            |              |
|        | begin_repeat | toy   | T     |              |           |            |              |
|        | text         | name  | N     |              |           |            |              |
|        | end_repeat   |       |       |              |           |            |              |
|        | end_repeat   |       |       |              |           |            |              |
"""


def _nodes(session: Session) -> dict[str, NodeState]:
    return {node.path: node for node in session.nodes()}


def test_every_node_is_listed_and_every_instance_has_its_index(begin: Begin) -> None:
    session = begin(TABLE)
    assert session.add_repeat("/data/child[1]/toy")
    assert [(node.path, node.type) for node in session.nodes()] == [
        ("/data", "group"),
        ("/data/age", "int"),
        ("/data/trade", "group"),
        ("/data/trade/job", "string"),
        ("/data/child[1]", "repeat"),
        ("/data/child[1]/toy[1]", "repeat"),
        ("/data/child[1]/toy[1]/name", "string"),
        ("/data/child[1]/toy[2]", "repeat"),
        ("/data/child[1]/toy[2]/name", "string"),
        ("/data/meta", "group"),
        ("/data/meta/instanceID", "string"),
    ]


def test_relevance_and_readonly_include_the_ancestors(begin: Begin) -> None:
    session = begin(TABLE)
    session.answer("/data/age", "20")
    session.answer("/data/trade/job", "cook")
    assert _nodes(session)["/data/trade/job"] == NodeState(
        "/data/trade/job", "string", True, True, False, "cook", True
    )
    session.answer("/data/age", "10")
    assert _nodes(session)["/data/trade/job"] == NodeState(
        "/data/trade/job", "string", False, True, False, "", True
    )
    session.answer("/data/age", "99")
    assert _nodes(session)["/data/trade/job"].readonly
    assert not session.answer("/data/trade/job", "x").accepted


def test_a_broken_constraint_and_a_missing_answer_are_not_valid(begin: Begin) -> None:
    session = begin(TABLE)
    assert not _nodes(session)["/data/age"].valid
    session.answer("/data/age", "150")
    assert not _nodes(session)["/data/age"].valid
    session.answer("/data/age", "149")
    assert _nodes(session)["/data/age"].valid


def test_a_choice_that_is_offered_no_more_is_not_valid(begin: Begin) -> None:
    session = begin(
        """
        | survey  |               |      |       |               |
        |         | type          | name | label | choice_filter |
        |         | text          | a    | A     |               |
        |         | select_one xy | b    | B     | of = ${a}     |
        | choices |               |      |       |               |
        |         | list_name     | name | label | of            |
        |         | xy            | x    | X     | 1             |
        |         | xy            | y    | Y     | 2             |
        """
    )
    session.answer("/data/a", "1")
    session.answer("/data/b", "x")
    assert _nodes(session)["/data/b"].valid
    session.answer("/data/a", "2")
    assert not _nodes(session)["/data/b"].valid


def test_shown_are_the_questions_asked_now_from_the_first_page_on(begin: Begin) -> None:
    session = begin(TABLE)
    assert session.shown() == ("/data/age", "/data/child[1]/toy[1]/name")
    session.answer("/data/age", "20")
    assert session.shown() == ("/data/age", "/data/trade/job", "/data/child[1]/toy[1]/name")
