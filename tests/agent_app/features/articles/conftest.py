"""A knowledge base of three articles, at the desk of who keeps it."""

from collections.abc import Callable
from typing import Any

import pytest

from agent_app.store.changes import StoreChanges
from agent_app.store.queries.articles import Written
from server_sync.domain.commands import Insert
from tests.agent_app.desk import Company
from tests.server_sync.organisation import NOW

PRICE, PRINT, OLD = b"article-of-price", b"article-of-print", b"article-of-yesty"
TEXT = Written("objection", "太贵了", ("价格",), "先问跟哪一款比。", ("marketing",))
CHANGED = StoreChanges(frozenset({"article"}), None, "sync")


def row(article_id: bytes, written: Written, at: int = NOW) -> Insert:
    """An article as it comes from the server."""
    values: dict[str, Any] = vars(written) | {
        "keywords": list(written.keywords),
        "purposes": list(written.purposes),
    }
    return Insert("article", {"id": article_id, "code": article_id.decode(), **values, "changed_at": at})


@pytest.fixture
def base(company: Company) -> Company:
    """The company with its articles."""
    company.put(
        row(PRICE, TEXT, NOW - 1),
        row(PRINT, Written(title="打印模糊怎么办", keywords=("发淡",), body="先换纸。")),
        row(OLD, Written(title="旧活动", body="已结束。", active=False), NOW - 2),
    )
    return company


@pytest.fixture
def elsewhere(base: Company) -> Callable[..., None]:
    """Somebody else writes an article, and it has come here."""

    def write(article_id: bytes, **values: str) -> None:
        assigned = ", ".join(f"{name} = ?" for name in values)
        with base.store.write() as connection:
            connection.exec_driver_sql(
                f"UPDATE article SET {assigned}, changed_by = ? WHERE id = ?",
                (*values.values(), base.organisation.south_lead.person_id, article_id),
            )

    return write
