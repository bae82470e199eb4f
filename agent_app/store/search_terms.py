"""What a customer is found by: suffixes of his name, its pinyin by syllables and initials, his numbers
from behind, his code
and order numbers. Kept up in small portions while nobody waits; the searching itself is a query."""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from sqlalchemy import Connection, delete, insert, or_, select

from agent_app.store.tables import customer_indexed, customer_term
from server_sync.domain.model import contact_point, customer, sales_order

PORTION = 500
LONGEST = 40
# Readings that a character has as a surname, which general readings lack; both are indexed.
SURNAMES = {
    "单": "shan", "仇": "qiu", "解": "xie", "区": "ou", "曾": "zeng", "查": "zha", "盖": "ge", "朴": "piao",
    "任": "ren", "尉": "yu", "种": "chong", "折": "she", "繁": "po", "覃": "qin", "冼": "xian", "乐": "yue",
    "缪": "miao", "员": "yun", "洗": "xian", "秘": "bi", "召": "shao", "逄": "pang", "重": "chong", "尹": "yin",
}  # fmt: skip


def folded(text: str) -> str:
    """One form for indexing and asking: full width and case are folded, spaces go."""
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def of_name(name: str) -> set[str]:
    """Every suffix of the name, and of its pinyin from each syllable on, whole and as initials."""
    plain = folded(name)[:LONGEST]
    terms = {plain[start:] for start in range(len(plain))}
    for syllables in _readings(plain):
        for start in range(len(syllables)):
            terms.add("".join(syllables[start:])[:LONGEST])
            terms.add("".join(syllable[0] for syllable in syllables[start:]))
    return terms


def of_number(number: str) -> str:
    """A number read from behind, so that its last digits are a prefix."""
    return "#" + "".join(ch for ch in number.partition(";")[0] if ch.isdigit())[::-1]


def index_portion(connection: Connection) -> int:
    """Index customers whose row is newer than their terms, at most PORTION; returns how many were done."""
    behind = (
        select(customer.c.id, customer.c.rev, customer.c.code, customer.c.name)
        .outerjoin(customer_indexed, customer_indexed.c.customer_id == customer.c.id)
        .where(or_(customer_indexed.c.rev.is_(None), customer_indexed.c.rev != customer.c.rev))
        .limit(PORTION)
    )
    rows = connection.execute(behind).all()
    if not rows:
        return 0
    ids = [row.id for row in rows]
    points = connection.execute(
        select(contact_point.c.customer_id, contact_point.c.value).where(contact_point.c.customer_id.in_(ids))
    )
    numbers = connection.execute(
        select(sales_order.c.customer_id, sales_order.c.number).where(sales_order.c.customer_id.in_(ids))
    )
    terms = {(term, row.id) for row in rows for term in of_name(row.name) | {folded(row.code)}}
    terms |= {(of_number(point.value), point.customer_id) for point in points if point.value.startswith("+")}
    terms |= {(folded(order.number), order.customer_id) for order in numbers}
    _replace(connection, ids, terms)
    connection.execute(delete(customer_indexed).where(customer_indexed.c.customer_id.in_(ids)))
    connection.execute(insert(customer_indexed), [{"customer_id": row.id, "rev": row.rev} for row in rows])
    return len(rows)


def _replace(connection: Connection, ids: list[bytes], terms: Iterable[tuple[str, bytes]]) -> None:
    connection.execute(delete(customer_term).where(customer_term.c.customer_id.in_(ids)))
    rows = [{"term": term, "customer_id": customer_id} for term, customer_id in sorted(terms) if term]
    if rows:
        connection.execute(insert(customer_term), rows)


def _readings(name: str) -> Iterator[list[str]]:
    """The syllables of a name by each way to read it; Latin letters and digits stand for themselves."""
    syllables = [reading for character in name for reading in _syllable(character)]
    if syllables:
        yield syllables
    surname = SURNAMES.get(name[:1])
    if surname is not None and syllables and syllables[0] != surname:
        yield [surname, *syllables[1:]]


@lru_cache(maxsize=20_000)
def _syllable(character: str) -> tuple[str, ...]:
    if character.isascii():
        return (character,)
    # Costs 230 ms to import: only when a name is first indexed, on the store's thread.
    from pypinyin import Style, lazy_pinyin

    return tuple(lazy_pinyin(character, style=Style.NORMAL, errors="ignore"))
