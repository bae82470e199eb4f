"""The verb of the knowledge base: an article is written, changed, retired and brought back (M5.11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar

from server_sync.domain.commands.decision import (
    Accepted,
    Actor,
    Decision,
    Insert,
    Need,
    Rejected,
    Row,
    Rows,
    Update,
    rejected,
)
from server_sync.domain.commands.facts import LONGEST_TEXT, already_there, written_over
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model import ArticleKind, Purpose
from server_sync.domain.rules.permissions import may_keep_knowledge

LONGEST_TITLE = 200
LONGEST_KEYWORD = 40
MOST_KEYWORDS = 50
FIELDS = ("kind", "title", "keywords", "body", "purposes", "active")


@dataclass(frozen=True)
class SaveArticle:
    """Put an article into the knowledge base. `seen` are the fields that the writer changed, as they stood before him;
    None for a new article.

    Two writers of one article: fields that only one of them touched are both kept; where both wrote something else into
    the same field, the later one is refused and told which (ARTICLE_CHANGED {fields, by}), and nothing is overwritten.
    """

    name: ClassVar[str] = "save_article@1"
    article_id: bytes
    kind: str
    title: str
    keywords: list[str]
    body: str
    purposes: list[str]
    active: bool
    seen: dict[str, Any] | None

    def reads(self) -> Iterable[Need]:
        return (Need("article", self.article_id),)

    def decide(self, rows: Rows, actor: Actor, now: int) -> Decision:
        if not may_keep_knowledge(actor):
            return rejected(ErrorKind.NOT_PERMITTED)
        refusal = self._refusal()
        if refusal is not None:
            return refusal
        wanted = {name: getattr(self, name) for name in FIELDS}
        stamp = {"changed_at": now, "changed_by": actor.person_id}
        row = rows.get("article", self.article_id)
        if self.seen is not None:
            return self._change(row, self.seen, wanted, stamp)
        if row is not None:
            return already_there(all(row[name] == value for name, value in wanted.items()), "article")
        # The code is what a file names an article by; one that is written here is in no file yet.
        made = {"id": self.article_id, "code": self.article_id.hex(), **wanted, **stamp}
        return Accepted((Insert("article", made),))

    def _change(
        self, row: Row | None, seen: dict[str, Any], wanted: dict[str, Any], stamp: dict[str, Any]
    ) -> Decision:
        if row is None:
            return rejected(ErrorKind.NOT_FOUND, table="article")
        changed, lost = written_over(row, seen, wanted)
        if lost:
            by = row["changed_by"]
            return rejected(ErrorKind.ARTICLE_CHANGED, fields=lost, by=by.hex() if by else None)
        return Accepted((Update("article", self.article_id, changed | stamp),) if changed else ())

    def _refusal(self) -> Rejected | None:
        """Why nobody could read or find this article."""
        for name, text, most in (("title", self.title, LONGEST_TITLE), ("body", self.body, LONGEST_TEXT)):
            if not text.strip():
                return rejected(ErrorKind.FIELD_MISSING, field=name)
            if len(text) > most:
                return rejected(ErrorKind.FIELD_INVALID, field=name, most=most)
        if self.kind not in list(ArticleKind):
            return rejected(ErrorKind.FIELD_INVALID, field="kind")
        long = any(not 0 < len(word.strip()) <= LONGEST_KEYWORD for word in self.keywords)
        if long or len(self.keywords) > MOST_KEYWORDS:
            return rejected(ErrorKind.FIELD_INVALID, field="keywords", most=MOST_KEYWORDS)
        if not set(self.purposes) <= set(Purpose):
            return rejected(ErrorKind.FIELD_INVALID, field="purposes")
        return None
