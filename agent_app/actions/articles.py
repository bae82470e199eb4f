"""The action of those who keep the knowledge base: save an article, new or changed."""

from typing import Any

from agent_app.actions.desk import Desk, record
from agent_app.store.changes import StoreChanges
from agent_app.store.queries.articles import Written
from server_sync.domain.commands import SaveArticle


def save_article(desk: Desk, article_id: bytes, seen: Written | None, written: Written) -> StoreChanges:
    """Save what was written; `seen` is the article as the writer found it, None for a new one. Raises KnownError, also
    ARTICLE_CHANGED {fields} where somebody else has written into the same field meanwhile."""
    before = None
    if seen is not None:
        before = {name: _plain(vars(seen)[name]) for name in changed_fields(seen, written)}
    command = SaveArticle(
        article_id,
        written.kind,
        written.title,
        list(written.keywords),
        written.body,
        list(written.purposes),
        written.active,
        before,
    )
    return record(desk, [command], "articles")


def changed_fields(before: Written, after: Written) -> tuple[str, ...]:
    """The fields that are others now."""
    return tuple(name for name, value in vars(after).items() if vars(before)[name] != value)


def _plain(value: Any) -> Any:
    """As rows and the wire have it."""
    return list(value) if isinstance(value, tuple) else value
