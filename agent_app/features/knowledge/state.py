"""What the knowledge panel shows."""

from dataclasses import dataclass

from agent_app.store.queries.knowledge import Article


@dataclass(frozen=True)
class KnowledgeState:
    """`found` as they are listed, the likeliest first; `opened` is the one that is read; `upset`: the customer is, so
    that what soothes stands first."""

    loaded: bool = False
    text: str = ""
    upset: bool = False
    found: tuple[Article, ...] = ()
    opened: Article | None = None
