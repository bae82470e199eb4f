"""The knowledge base in the company's store: articles by their code, and those that come with the program; reading a
company's own file is the intake's."""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy import select

from server_sync.domain.commands import Change, Insert, Update
from server_sync.domain.ids import Ids
from server_sync.domain.model import ArticleKind, Purpose, article
from server_sync.domain.rules.word_lists import listed
from server_sync.store import changes
from server_sync.store.transaction import Transaction

READY = Path(__file__).resolve().parents[2] / "resources" / "samples" / "knowledge" / "articles.csv"
KIND_WORDS = {
    "知识": ArticleKind.KNOWLEDGE,
    "异议": ArticleKind.OBJECTION,
    "应急": ArticleKind.EMERGENCY,
    "安抚": ArticleKind.SOOTHING,
    **{kind.value: kind for kind in ArticleKind},
}
PURPOSE_WORDS = {
    "服务": Purpose.SERVICE,
    "营销": Purpose.MARKETING,
    "调研": Purpose.SURVEY,
    **{purpose.value: purpose for purpose in Purpose},
}


class Fate(StrEnum):
    """What became of an article that was put."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class Article:
    """One article as a file has it; `purposes` are those of plans it is for, none: of all."""

    code: str
    kind: str
    title: str
    keywords: list[str]
    body: str
    purposes: list[str]
    source: str | None = None


def put(tx: Transaction, ids: Ids, articles: Iterable[Article], person_id: bytes | None) -> Counter[Fate]:
    """Store articles by their code: new ones are added, others become what they are given as and are shown again.
    Those that are not given stay as they are. Each code comes once."""
    held = {row["code"]: row for row in tx.connection.execute(select(article)).mappings()}
    wanted: list[Change] = []
    fates: Counter[Fate] = Counter()
    for one in articles:
        values = asdict(one) | {"active": True}
        row = held.get(one.code)
        stamp = {"changed_at": tx.now, "changed_by": person_id}
        if row is None:
            fates[Fate.CREATED] += 1
            wanted.append(Insert("article", {"id": ids.new(), **values, **stamp}))
        elif any(row[name] != value for name, value in values.items()):
            fates[Fate.UPDATED] += 1
            wanted.append(Update("article", row["id"], {**values, **stamp}))
        else:
            fates[Fate.UNCHANGED] += 1
    changes.write(tx, wanted)
    return fates


def put_ready(tx: Transaction, ids: Ids) -> int:
    """Give a company that has no article yet those that come with the program; returns how many. What it has made of
    them since stays as it is."""
    if tx.connection.execute(select(article.c.id).limit(1)).first() is not None:
        return 0
    return put(tx, ids, ready(), None)[Fate.CREATED]


def ready() -> list[Article]:
    """The articles that come with the program."""
    with READY.open(encoding="utf-8", newline="") as file:
        _header, *rows = csv.reader(file)
    return [
        Article(
            code,
            KIND_WORDS[kind],
            title,
            listed(keywords),
            body,
            [PURPOSE_WORDS[p] for p in listed(purposes)],
            source,
        )
        for code, kind, title, keywords, body, purposes, source in rows
    ]
