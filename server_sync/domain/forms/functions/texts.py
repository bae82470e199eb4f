"""String functions (ODK XForms, "String Functions")."""

import base64
import hashlib
import math
from collections.abc import Callable

from server_sync.domain.forms.functions.adapters import on_texts, on_values
from server_sync.domain.forms.functions.patterns import matches
from server_sync.domain.forms.xpath.context import Context
from server_sync.domain.forms.xpath.values import Value, texts, to_number, to_text

_DIGESTS: dict[str, Callable[[bytes], "hashlib._Hash"]] = {
    "MD5": hashlib.md5,
    "SHA-1": hashlib.sha1,
    "SHA-256": hashlib.sha256,
    "SHA-384": hashlib.sha384,
    "SHA-512": hashlib.sha512,
}


def _text(context: Context, *value: Value) -> Value:
    return to_text(value[0]) if value else context.node.text()


def _concat(context: Context, *values: Value) -> Value:
    return "".join(text for value in values for text in texts(value))


def _join(context: Context, separator: Value, *values: Value) -> Value:
    return to_text(separator).join(text for value in values for text in texts(value))


def _index(number: float, length: int) -> int:
    """A 0-based index; a negative one counts from the end."""
    if math.isnan(number):
        return 0
    whole = int(max(-length, min(length, number)))
    return whole + length if whole < 0 else whole


def _substr(context: Context, value: Value, start: Value, *end: Value) -> Value:
    text, zone = to_text(value), context.scope.zone
    last = _index(to_number(end[0], zone), len(text)) if end else len(text)
    return text[_index(to_number(start, zone), len(text)) : last]


def _substring(context: Context, value: Value, start: Value, *length: Value) -> Value:
    """XPath 1.0: positions count from 1 and are rounded, NaN chooses nothing."""
    text, zone = to_text(value), context.scope.zone
    first = math.floor(number + 0.5) if math.isfinite(number := to_number(start, zone)) else number
    last = math.inf
    if length:
        size = to_number(length[0], zone)
        last = first + (math.floor(size + 0.5) if math.isfinite(size) else size)
    return "".join(char for place, char in enumerate(text, 1) if first <= place < last)


def _translate(text: str, search: str, replacement: str) -> str:
    table: dict[int, str | None] = {}
    for place, char in enumerate(search):
        table.setdefault(ord(char), replacement[place] if place < len(replacement) else None)
    return text.translate(table)


def _digest(source: str, algorithm: str, encoding: str = "base64") -> str:
    digest = _DIGESTS.get(algorithm)
    if digest is None:
        return ""
    raw = digest(source.encode())
    return raw.digest().hex() if encoding == "hex" else base64.b64encode(raw.digest()).decode()


FUNCTIONS = (
    on_values("string", 0, 1, _text),
    on_values("concat", 0, None, _concat),
    on_values("join", 1, None, _join),
    on_values("substr", 2, 3, _substr),
    on_values("substring", 2, 3, _substring),
    on_texts("substring-before", 2, 2, lambda text, part: text.partition(part)[0] if part in text else ""),
    on_texts("substring-after", 2, 2, lambda text, part: text.partition(part)[2] if part else text),
    on_texts("translate", 3, 3, _translate),
    on_texts("string-length", 1, 1, lambda text: float(len(text))),
    on_texts("normalize-space", 1, 1, lambda text: " ".join(text.split())),
    on_texts("contains", 2, 2, lambda text, part: part in text),
    on_texts("starts-with", 2, 2, lambda text, part: text.startswith(part)),
    on_texts("ends-with", 2, 2, lambda text, part: text.endswith(part)),
    on_texts("regex", 2, 2, matches),
    on_texts("digest", 2, 3, _digest),
)
