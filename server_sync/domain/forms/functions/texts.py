"""String functions (ODK XForms, "String Functions"); what they make is no longer than MAX_TEXT, else empty."""

import base64
import binascii
import hashlib
import math
from collections.abc import Callable
from itertools import chain

from server_sync.domain.forms.functions.adapters import on_texts, on_values
from server_sync.domain.forms.functions.patterns import cost, matches
from server_sync.domain.forms.xpath.context import Context
from server_sync.domain.forms.xpath.values import Value, items, joined, texts, to_number, to_text

_DIGESTS: dict[str, Callable[[bytes], "hashlib._Hash"]] = {
    "MD5": hashlib.md5,
    "SHA-1": hashlib.sha1,
    "SHA-256": hashlib.sha256,
    "SHA-384": hashlib.sha384,
    "SHA-512": hashlib.sha512,
}
_ENCODINGS: dict[str, Callable[[bytes], str]] = {
    "base64": lambda raw: base64.b64encode(raw).decode(),
    "hex": bytes.hex,
}


def _text(context: Context, *value: Value) -> Value:
    return to_text(value[0]) if value else context.node.text()


def _concat(context: Context, *values: Value) -> Value:
    return _join(context, "", *values)


def _join(context: Context, separator: Value, *values: Value) -> Value:
    text = joined(chain.from_iterable(texts(value) for value in values), to_text(separator))
    context.scope.budget.spend(len(text) // 100)
    return text


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
    first = _rounded(to_number(start, zone))
    last = first + _rounded(to_number(length[0], zone)) if length else math.inf
    if math.isnan(first) or math.isnan(last):
        return ""
    return text[int(min(max(first, 1), len(text) + 1)) - 1 : int(min(max(last, 1), len(text) + 1)) - 1]


def _rounded(number: float) -> float:
    return math.floor(number + 0.5) if math.isfinite(number) else number


def _before(text: str, part: str) -> str:
    place = text.find(part)
    return text[: max(place, 0)]


def _after(text: str, part: str) -> str:
    place = text.find(part)
    return "" if place < 0 else text[place + len(part) :]


def _translate(text: str, search: str, replacement: str) -> str:
    table: dict[int, str | None] = {}
    for place, char in enumerate(search):
        table.setdefault(ord(char), replacement[place] if place < len(replacement) else None)
    return text.translate(table)


def _normalize_space(context: Context, *value: Value) -> Value:
    return " ".join(items(to_text(value[0]) if value else context.node.text()))


def _regex(context: Context, value: Value, pattern: Value) -> Value:
    text, source = to_text(value), to_text(pattern)
    context.scope.budget.spend(cost(text, source) // 20)
    return matches(text, source)


def _digest(source: str, algorithm: str, encoding: str = "base64") -> str:
    digest, encode = _DIGESTS.get(algorithm.upper()), _ENCODINGS.get(encoding.lower())
    if digest is None or encode is None:
        return ""
    return encode(digest(source.encode("utf-8", "replace")).digest())


def _decoded(text: str) -> bytes:
    """Base64, with or without the signs that fill up its end; nothing for what is none."""
    code = "".join(items(text)).rstrip("=").encode("utf-8", "replace")
    try:
        return base64.b64decode(code + b"=" * (-len(code) % 4), validate=True)
    except binascii.Error:
        return b""


def _extract_signed(contents: str, public_key: str) -> str:
    """What stands behind an Ed25519 signature (64 bytes, all in base64), empty where it is not that key's."""
    # Imported late: it costs 30 ms, and next to no form asks for it.
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    signed = _decoded(contents)
    try:
        Ed25519PublicKey.from_public_bytes(_decoded(public_key)).verify(signed[:64], signed[64:])
    except (InvalidSignature, ValueError):
        return ""
    return signed[64:].decode("utf-8", "replace")


FUNCTIONS = (
    on_values("string", 0, 1, _text),
    on_values("concat", 0, None, _concat, spends=True),
    on_values("join", 1, None, _join, spends=True),
    on_values("substr", 2, 3, _substr),
    on_values("substring", 2, 3, _substring),
    on_texts("substring-before", 2, 2, _before),
    on_texts("substring-after", 2, 2, _after),
    on_texts("translate", 3, 3, _translate, spends=True),
    on_texts("string-length", 1, 1, lambda text: float(len(text))),
    on_values("normalize-space", 0, 1, _normalize_space),
    on_texts("contains", 2, 2, lambda text, part: part in text),
    on_texts("starts-with", 2, 2, lambda text, part: text.startswith(part)),
    on_texts("ends-with", 2, 2, lambda text, part: text.endswith(part)),
    on_values("regex", 2, 2, _regex, spends=True),
    on_texts("digest", 2, 3, _digest, spends=True),
    on_texts("base64-decode", 1, 1, lambda text: _decoded(text).decode("utf-8", "replace"), spends=True),
    on_texts("extract-signed", 2, 2, _extract_signed, spends=True),
)
