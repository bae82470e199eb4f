"""What a customer is found by: suffixes of his name, its pinyin by syllables and initials, his numbers from behind, his
code and order numbers. Kept up in small portions while nobody waits; the searching itself is a query."""

import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from typing import cast

from sqlalchemy import Connection

from agent_app.store.driver import execute, fetch

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


_BEHIND = """
    SELECT c.id, c.rev, c.code, c.name FROM customer AS c
    LEFT JOIN customer_indexed AS i ON i.customer_id = c.id WHERE i.rev IS NULL OR i.rev <> c.rev LIMIT ?"""


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


def initials(text: str) -> str:
    """The first letters of its characters, each read by itself: 打印模糊 → dymh. Latin letters and digits stand for
    themselves, signs are left out."""
    return "".join(syllable[:1] for character in folded(text) for syllable in _syllable(character))


@lru_cache(maxsize=20_000)
def pinyin(text: str) -> str:
    """Its pinyin from each syllable on, a line each, read as the words that it is made of: 打印 → dayin, yin."""
    syllables = _as_words(folded(text))
    return "\n".join("".join(syllables[start:])[:LONGEST] for start in range(len(syllables)))


def of_number(number: str) -> str:
    """A number read from behind, so that its last digits are a prefix."""
    return "#" + "".join(ch for ch in number.partition(";")[0] if ch.isdigit())[::-1]


def index_portion(connection: Connection) -> int:
    """Index customers whose row is newer than their terms, at most PORTION; returns how many were done."""
    behind = fetch(connection, _BEHIND, (PORTION,))
    if not behind:
        return 0
    ids = [row[0] for row in behind]
    marks = ", ".join("?" * len(ids))
    points = fetch(
        connection, f"SELECT value, customer_id FROM contact_point WHERE customer_id IN ({marks})", ids
    )
    orders = fetch(
        connection, f"SELECT number, customer_id FROM sales_order WHERE customer_id IN ({marks})", ids
    )
    terms = {(term, row_id) for row_id, _, code, name in behind for term in of_name(name) | {folded(code)}}
    terms |= {(of_number(value), of) for value, of in points if value.startswith("+") or value.isdecimal()}
    terms |= {(folded(number), of) for number, of in orders}
    for table in ("customer_term", "customer_indexed"):
        execute(connection, f"DELETE FROM {table} WHERE customer_id = ?", [(row_id,) for row_id in ids])
    execute(
        connection,
        "INSERT INTO customer_term (term, customer_id) VALUES (?, ?)",
        sorted(row for row in terms if row[0]),
    )
    execute(
        connection,
        "INSERT INTO customer_indexed (customer_id, rev) VALUES (?, ?)",
        [(row_id, rev) for row_id, rev, _, _ in behind],
    )
    return len(behind)


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
