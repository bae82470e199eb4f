"""What a customer is found by: suffixes of his name, its pinyin by syllables and initials, his numbers from behind, his
code and order numbers. Kept up in small portions while nobody waits; the searching itself is a query."""

import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import cast

from sqlalchemy import Connection, delete, insert, or_, select

from agent_app.store.tables import customer_indexed, customer_term
from server_sync.domain.model import contact_point, customer, sales_order

# Some 50 ms of work: as long as a screen may have to wait for the store.
PORTION = 100
LONGEST = 40
SOURCES = ("customer", "contact_point", "sales_order")
"""Tables that terms are made of."""
# Readings that a character has as a surname, which general readings lack; both are indexed.
SURNAMES = {
    "单": "shan", "仇": "qiu", "解": "xie", "区": "ou", "曾": "zeng", "查": "zha", "盖": "ge", "朴": "piao",
    "任": "ren", "尉": "yu", "种": "chong", "折": "she", "繁": "po", "覃": "qin", "冼": "xian", "乐": "yue",
    "缪": "miao", "员": "yun", "洗": "xian", "秘": "bi", "召": "shao", "逄": "pang", "重": "chong", "尹": "yin",
}  # fmt: skip


def folded(text: str) -> str:
    """One form for indexing and asking: full width, case, accents and traditional characters are folded, spaces go."""
    plain = "".join(text.lower().split())
    if plain.isascii():
        return plain
    apart = unicodedata.normalize("NFKD", plain)
    bare = unicodedata.normalize("NFC", "".join(ch for ch in apart if not unicodedata.combining(ch)))
    return "".join(map(_simplified, "".join(bare.lower().split())))


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
    terms |= {
        (of_number(point.value), point.customer_id)
        for point in points
        if point.value.startswith("+") or point.value.isdecimal()
    }
    terms |= {(folded(order.number), order.customer_id) for order in numbers}
    _replace(connection, ids, terms)
    connection.execute(delete(customer_indexed).where(customer_indexed.c.customer_id.in_(ids)))
    connection.execute(insert(customer_indexed), [{"customer_id": row.id, "rev": row.rev} for row in rows])
    return len(rows)


def _replace(connection: Connection, ids: list[bytes], terms: Iterable[tuple[str, bytes]]) -> None:
    connection.execute(delete(customer_term).where(customer_term.c.customer_id.in_(ids)))
    rows = sorted(row for row in terms if row[0])
    if rows:
        connection.exec_driver_sql("INSERT INTO customer_term (term, customer_id) VALUES (?, ?)", rows)


def _readings(name: str) -> set[tuple[str, ...]]:
    """The syllables of a name by each way to read it: character by character, as known words (长安 is not zhang'an),
    and with its surname's own reading; Latin letters and digits stand for themselves."""
    by_character = tuple(reading for character in name for reading in _syllable(character))
    if not by_character:
        return set()
    readings = {by_character, _as_words(name)}
    surname = SURNAMES.get(name[:1])
    if surname is not None:
        readings |= {(surname, *rest[1:]) for rest in readings}
    return readings


@lru_cache(maxsize=20_000)
def _syllable(character: str) -> tuple[str, ...]:
    return (character,) if character.isascii() else _as_words(character)


def _as_words(text: str) -> tuple[str, ...]:
    # Costs 230 ms to import: only when a name is first indexed, on the store's thread.
    from pypinyin import Style, lazy_pinyin

    # `_latin` gives a list, which the library takes and its type hints do not know.
    return tuple(lazy_pinyin(text, style=Style.NORMAL, errors=cast("Callable[[str], str]", _latin)))


def _latin(rest: str) -> list[str]:
    """What stands for itself of what has no reading."""
    return [character for character in rest if character.isascii()]


@lru_cache(maxsize=20_000)
def _simplified(character: str) -> str:
    return _converter()(character)


@cache
def _converter() -> Callable[[str], str]:
    # Costs 30 ms: only when the first text that is not plain ASCII is folded, on the store's thread.
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert
