"""What one cell means: text, codes, exact numbers, flags and tags out of what people type; days stand in `days`."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from server_sync.domain.errors import ErrorKind
from server_sync.intake.limits import MAX_TEXT
from server_sync.intake.sheet import Cell


class Refusal(Exception):
    """A cell that cannot be what its column says: a kind and the values that its words need."""

    def __init__(self, kind: ErrorKind, **values: Any) -> None:
        super().__init__(kind.value, values)
        self.kind = kind
        self.values: Mapping[str, Any] = values


# full-width ASCII and the wide space to their plain forms; Chinese punctuation inside names stays as it is
_NARROW = {0xFEE0 + code: code for code in range(0x21, 0x7F)} | {0x3000: 0x20}
_INVISIBLE = dict.fromkeys((8203, 8204, 8205, 8288, 65279, 8234, 8236, 8237, 8238))
_INVISIBLE_OR_SPACE = {**_INVISIBLE, 0xA0: 0x20, 0x3000: 0x20}
_GUARD = re.compile(r"'(?=[=+\-@\t\r])")
_QUOTED = re.compile(r'="([^"]*)"')
"""How exports keep a spreadsheet from taking a text for a number: a formula that is the text."""
_PREFIX = re.compile(r"['`’‘](?=[\w+\-(¥$.])")
"""The sign before a number kept as text, which some exports write out."""
_LARGEST_EXACT = 10**15
"""From here on a spreadsheet no longer keeps every digit of a number: it has fifteen."""
_MOST_DIGITS = 40
_PLAIN = 0.0001
"""From here up to 10¹⁵ a float prints without an exponent."""
_SCIENTIFIC = re.compile(r"[+-]?\d+(\.\d+)?[eE]\+?\d+")
_NUMBER = re.compile(r"(\d{1,3}(,\d{3})+|\d+)(\.\d*)?([eE][+-]?\d{1,2})?|\.\d+")
_CURRENCY = re.compile(
    r"^(?:[¥€]|(?:US)?\$|RMB|CNY|USD|人民币)\s*|\s*(?:元整?|圆整?|RMB|CNY|USD)$", re.IGNORECASE
)
_YES = {
    "是",
    "有",
    "y",
    "yes",
    "true",
    "1",
    "1.0",
    "已退",
    "退",
    "退回",
    "已退货",
    "已退回",
    "returned",
    "√",
    "✓",
}
_NO = {"", "否", "无", "没有", "n", "no", "false", "0", "0.0", "未退", "未退货", "未退回", "×", "-"}
_TAG_ENDS = re.compile(r"[,，;；、|\n]+")


def as_text(cell: Cell) -> str | None:
    """The cell as text without spaces around it and invisible characters inside; None when nothing is left.

    A whole number has no ".0"; the apostrophe with which exports guard a formula is taken off again, and ="0012" is the
    text 0012.
    Raises Refusal TEXT_TOO_LONG.
    """
    if cell is None:
        return None
    if isinstance(cell, str):
        return _cleaned(cell)
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < _LARGEST_EXACT:
        return str(int(cell))
    return repr(cell) if isinstance(cell, float) else str(cell)


@lru_cache(maxsize=100_000)
def _cleaned(cell: str) -> str | None:
    """A text cell, cached: a column's words come again and again."""
    if len(cell) > MAX_TEXT:
        raise Refusal(ErrorKind.TEXT_TOO_LONG, length=len(cell), limit=MAX_TEXT)
    text = cell if cell.isascii() else cell.translate(_INVISIBLE_OR_SPACE)
    text = text.strip()
    if text.startswith("'"):
        return _GUARD.sub("", text, count=1)
    quoted = _QUOTED.fullmatch(text)
    return (quoted[1].strip() if quoted else text) or None


def narrow(text: str) -> str:
    """Full-width letters, digits and signs as plain ones."""
    return text if text.isascii() else text.translate(_NARROW)


def value_text(text: str) -> str:
    """The text of a number, a day or a code: narrowed, without the sign for "kept as text" that may stand before it."""
    plain = narrow(text)
    return plain[1:] if _PREFIX.match(plain) else plain


def as_code(cell: Cell) -> str | None:
    """An identifier: text with full-width characters narrowed.

    Raises Refusal NUMBER_ROUNDED for one that a spreadsheet has already spoilt: 1.38E+10, or a number of more digits
    than it keeps.
    """
    text = as_text(cell)
    if text is None:
        return None
    text = value_text(text)
    if isinstance(cell, float | int) and not isinstance(cell, bool) and abs(cell) >= _LARGEST_EXACT:
        raise Refusal(ErrorKind.NUMBER_ROUNDED, value=text)
    if isinstance(cell, str) and _SCIENTIFIC.fullmatch(text) and "+" in text[1:]:
        raise Refusal(ErrorKind.NUMBER_ROUNDED, value=text)
    return text


def as_decimal(cell: Cell) -> Decimal | None:
    """The exact decimal of a number or of a text such as "1,299.00", "¥129.696", "(35.00)" or "20%".

    A float is the decimal that it prints as, which is what the file holds. Raises Refusal NUMBER_INVALID.
    """
    if cell is None:
        return None
    if isinstance(cell, bool):
        raise Refusal(ErrorKind.NUMBER_INVALID, value=as_text(cell))
    if isinstance(cell, float | int):
        return _sane(Decimal(repr(cell)), repr(cell))
    text = as_text(cell)
    if text is None:
        return None
    digits = value_text(text).replace("\uffe5", "¥")
    negative = digits.startswith("(") and digits.endswith(")")
    digits = _CURRENCY.sub("", digits.strip("()") if negative else digits).strip()
    percent = digits.endswith("%")
    digits = digits.removesuffix("%").strip()
    sign = ""
    if digits[:1] in ("-", "+"):
        sign, digits = digits[0], _CURRENCY.sub("", digits[1:]).strip()
    elif digits.endswith("-") and not negative:  # as accounting programs print it
        sign, digits = "-", digits[:-1].strip()
    if not _NUMBER.fullmatch(digits):
        raise Refusal(ErrorKind.NUMBER_INVALID, value=text)
    value = Decimal(sign + digits.replace(",", ""))
    if percent:
        value = value.scaleb(-2)
    return _sane(-value if negative else value, text)


def _sane(value: Decimal, text: str) -> Decimal:
    """The value unless it is no amount that anybody can have meant: infinite, or of far too many digits."""
    if not value.is_finite() or abs(value) >= _LARGEST_EXACT or len(decimal_text(value)) > _MOST_DIGITS:
        raise Refusal(ErrorKind.NUMBER_INVALID, value=text)
    return value


def decimal_text(value: Decimal) -> str:
    """The one text form of a decimal in the store: no exponent, no zeros at the end, "0" for any zero."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def as_number(cell: Cell) -> str | None:
    """`as_decimal` in the store's text form."""
    if isinstance(cell, float) and _PLAIN < abs(cell) < _LARGEST_EXACT:
        return repr(cell).removesuffix(".0")  # what the long way gives, ten times faster
    value = as_decimal(cell)
    return None if value is None else decimal_text(value)


def as_flag(cell: Cell) -> bool:
    """Yes or no, in Chinese or English; an empty cell is no. Raises Refusal FIELD_INVALID for anything else."""
    text = narrow(as_text(cell) or "").lower()
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise Refusal(ErrorKind.FIELD_INVALID, value=text)


def as_tags(cell: Cell) -> list[str]:
    """The words of a list cell, each once, in the cell's order."""
    words = (word.strip() for word in _TAG_ENDS.split(as_text(cell) or ""))
    return list(dict.fromkeys(word for word in words if word))


def guarded(text: str) -> str:
    """Text as it may stand in an exported cell: one that a spreadsheet could run as a formula gets an apostrophe.

    `as_text` takes it off again, so that a result file can be corrected and imported.
    """
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
