"""The knowledge base as one looks through it while typing (M5.11): read once, then searched without the store."""

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest

from sqlalchemy import Connection, select

from agent_app.store import drafts
from agent_app.store.search_terms import LONGEST, folded, initials, pinyin
from server_sync.domain.model import ArticleKind, Mood, article, customer, task

MOST_FOUND = 50
UPSET = "bad"
"""The answer of a guide's question named `mood` that says that the customer is upset."""
_ORDER = (ArticleKind.KNOWLEDGE, ArticleKind.OBJECTION, ArticleKind.SOOTHING, ArticleKind.EMERGENCY)
_UPSET_ORDER = (ArticleKind.SOOTHING, ArticleKind.EMERGENCY, ArticleKind.OBJECTION, ArticleKind.KNOWLEDGE)


@dataclass(frozen=True)
class Article:
    """One article; `purposes` are those of tasks it is for, none: of all."""

    id: bytes
    kind: str
    title: str
    keywords: tuple[str, ...]
    body: str
    purposes: tuple[str, ...]


@dataclass(frozen=True)
class Situation:
    """The call at hand: its task's purpose, and whether the customer is upset, by the guide's answers or, where these
    say nothing, by what is known of him."""

    purpose: str | None = None
    upset: bool = False


class Shelf:
    """All articles, folded for searching."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._entries = [_Entry(one) for one in articles]

    def search(self, text: str, situation: Situation, most: int = MOST_FOUND) -> tuple[Article, ...]:
        """The articles that hold every word typed, in title, keywords, their initials, their pinyin or the text, the
        likeliest first; all of them when nothing is typed. For an upset customer what soothes stands first, then
        emergencies (M5.5)."""
        words = [folded(word)[:LONGEST] for word in text.split()]
        shelves = {kind.value: at for at, kind in enumerate(_UPSET_ORDER if situation.upset else _ORDER)}
        found = []
        for entry in self._entries:
            if all(map(entry.holds, words)):
                one, rank = entry.article, sum(map(entry.place_of, words))
                elsewhere = bool(one.purposes) and situation.purpose not in (None, *one.purposes)
                shelf = shelves[one.kind]
                key = (shelf, elsewhere, rank) if situation.upset else (rank, elsewhere, shelf)
                found.append((key, one.title, one.id, one))
        return tuple(one for *_, one in nsmallest(most, found))


class _Entry:
    """One article with the texts that are looked through."""

    def __init__(self, one: Article) -> None:
        self.article = one
        named = (one.title, *one.keywords)
        self._title = folded(one.title)
        self._keywords = "\n".join(map(folded, one.keywords))
        self._initials = "\n".join(map(initials, named))
        self._pinyin = "\n".join(("", *map(pinyin, named)))
        self._body = "".join(one.body.lower().split())

    def holds(self, word: str) -> bool:
        """Whether it is found by a word."""
        named = (self._title, self._keywords, self._initials, self._body)
        return any(word in text for text in named) or f"\n{word}" in self._pinyin

    def place_of(self, word: str) -> int:
        """Where a word stands that is there: at the title's beginning 0, in the text at last."""
        if self._title.startswith(word):
            return 0
        named = (self._title, self._keywords, self._initials)
        place = next((place for place, text in enumerate(named, 1) if word in text), None)
        if place is None:
            place = len(named) + (1 if f"\n{word}" in self._pinyin else 2)
        return place


def load(connection: Connection) -> Shelf:
    """The articles that are in use."""
    rows = connection.execute(select(article).where(article.c.active).order_by(article.c.code))
    return Shelf(
        Article(row.id, row.kind, row.title, tuple(row.keywords), row.body, tuple(row.purposes))
        for row in rows
        if row.kind in _ORDER
    )


def situation(connection: Connection, task_id: bytes | None) -> Situation:
    """The call that is open; nothing is known where there is none."""
    found = (
        select(task.c.purpose, customer.c.mood)
        .join(customer, customer.c.id == task.c.customer_id)
        .where(task.c.id == task_id)
    )
    row = connection.execute(found).one_or_none()
    if row is None or task_id is None:
        return Situation()
    said = _mood_said(drafts.load(connection, task_id))
    return Situation(row.purpose, said == UPSET if said else row.mood == Mood.DISSATISFIED)


def _mood_said(draft: drafts.Draft | None) -> str:
    """The answer of the guide's question named `mood`, "" for none."""
    answers = draft.content.get("guide", {}).get("answers", {}) if draft is not None else {}
    return next((str(value) for path, value in answers.items() if path.endswith("/mood")), "")
