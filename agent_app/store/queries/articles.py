"""The knowledge base as it is kept: every article, also those out of use, with who changed it last; looking things up
during a call is `knowledge`'s."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from agent_app.store.queries.knowledge import Article, Shelf
from server_sync.domain.model import ArticleKind, article, person


@dataclass(frozen=True)
class Written:
    """What a person writes of an article; the names are those of `SaveArticle`'s fields."""

    kind: str = ArticleKind.KNOWLEDGE.value
    title: str = ""
    keywords: tuple[str, ...] = ()
    body: str = ""
    purposes: tuple[str, ...] = ()
    active: bool = True


@dataclass(frozen=True)
class KeptArticle:
    """One article; `changed_by` is None for what came with the program or from a file."""

    id: bytes
    written: Written
    changed_at: int
    changed_by: str | None


@dataclass(frozen=True)
class Kept:
    """All articles by id, those changed last first, and the shelf on which they are found."""

    articles: Mapping[bytes, KeptArticle]
    shelf: Shelf


def load(connection: Connection) -> Kept:
    """Everything that was ever written."""
    people = {row.id: row.name for row in connection.execute(select(person.c.id, person.c.name))}
    found = connection.execute(select(article).order_by(article.c.changed_at.desc(), article.c.code))
    kept = {
        row.id: KeptArticle(
            row.id,
            Written(row.kind, row.title, tuple(row.keywords), row.body, tuple(row.purposes), row.active),
            row.changed_at,
            people.get(row.changed_by),
        )
        for row in found
        if row.kind in list(ArticleKind)
    }
    return Kept(kept, Shelf(_on_shelf(one) for one in kept.values()))


def _on_shelf(one: KeptArticle) -> Article:
    text = one.written
    return Article(one.id, text.kind, text.title, text.keywords, text.body, text.purposes)
