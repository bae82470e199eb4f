"""Telephone numbers: one written form for storing and comparing, and the masked form for showing; no dialling here."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class NumberKind(StrEnum):
    """What a number belongs to; OTHER: services (400, 800) and other countries."""

    MOBILE = "mobile"
    LANDLINE = "landline"
    OTHER = "other"


class NumberRefusal(StrEnum):
    """Why a text is no number."""

    EMPTY = "empty"
    LETTERS = "letters"
    ROUNDED = "rounded"
    """A spreadsheet has turned it into 1.38E+10: digits are lost."""
    SEVERAL = "several"
    """Two or more numbers in one text."""
    NO_AREA_CODE = "no_area_code"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    NO_SUCH_NUMBER = "no_such_number"


LONGEST = 200
"""Characters of a text that may still be a number, or several; more are not even looked at."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number as "+8613812341234", an extension kept apart as "+862112345678;ext=12"; or why the text is none."""

    text: str = ""
    kind: NumberKind | None = None
    refusal: NumberRefusal | None = None


_EXTENSION = re.compile(r"(?:转|轉|分机|分機|;ext=|ext\.?|x|#)\s*[:：]?\s*(\d{1,6})$", re.IGNORECASE)
_DASHED_EXTENSION = re.compile(r"-(\d{1,6})$")
_SEPARATORS = re.compile(r"[\s\-‐‑‒–—―−()\[\]{}./·_]+")
_BETWEEN_NUMBERS = re.compile(r"[/,;、\\|]|\s{2,}|\s+(?=0|1[3-9])|\n")
_ROUNDED = re.compile(r"\d(?:\.\d+)?e\+?\d+", re.IGNORECASE)
_WHOLE_NUMBER = re.compile(r"(\d+)\.0+")
_MOBILE = re.compile(r"1[3-9]\d{9}")
# area codes without their 0: 10 and 2x, then three digits of which 86x would be the country's; 7 or 8 digits follow
_LANDLINE = re.compile(r"(?:10|2\d)\d{8}|(?!86)[3-9]\d{2}\d{7,8}")
_SERVICE = re.compile(r"[48]00\d{7}")


def normalise(text: str) -> Number:
    """The one form of a number that people write in many (full width, spaces, +86, 0086, leading 0, extensions)."""
    if len(text) > LONGEST:
        return Number(refusal=NumberRefusal.TOO_LONG)
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return Number(refusal=NumberRefusal.EMPTY)
    if _ROUNDED.fullmatch(plain):
        return Number(refusal=NumberRefusal.ROUNDED)
    whole = _WHOLE_NUMBER.fullmatch(plain)
    plain = whole[1] if whole else plain
    found = _EXTENSION.search(plain)
    number = _with_extension(plain, found) if found else _bare(plain)
    if number.refusal is NumberRefusal.TOO_LONG and not found:
        dashed = _DASHED_EXTENSION.search(plain)
        parted = _with_extension(plain, dashed) if dashed else number
        number = parted if parted.refusal is None else number
    if number.refusal is None:
        return number
    parts = [part for part in _BETWEEN_NUMBERS.split(plain) if part.strip()]
    if len(parts) > 1 and all(_bare(part).refusal is None for part in parts):
        return Number(refusal=NumberRefusal.SEVERAL)
    return number


def _with_extension(plain: str, found: re.Match[str]) -> Number:
    number = _bare(plain[: found.start()])
    return number if number.refusal else Number(f"{number.text};ext={found[1]}", number.kind)


def _bare(plain: str) -> Number:
    """A number without an extension."""
    digits = _SEPARATORS.sub("", plain)
    abroad = digits.startswith(("+", "00"))
    digits = digits[1:] if digits.startswith("+") else digits.removeprefix("00")
    if not digits:
        return Number(refusal=NumberRefusal.EMPTY)
    if not (digits.isascii() and digits.isdigit()):
        return Number(refusal=NumberRefusal.LETTERS)
    if not abroad:
        return _chinese(digits.removeprefix("86") if len(digits) > 11 else digits)
    return _chinese(digits.removeprefix("86")) if digits.startswith("86") else _international(digits)


def _international(digits: str) -> Number:
    """A number of another country: ITU E.164 allows 15 digits; shorter than 8 is no subscriber."""
    if len(digits) < 8:
        return Number(refusal=NumberRefusal.TOO_SHORT)
    if len(digits) > 15:
        return Number(refusal=NumberRefusal.TOO_LONG)
    if digits.startswith("0"):
        return Number(refusal=NumberRefusal.NO_SUCH_NUMBER)
    return Number(f"+{digits}", NumberKind.OTHER)


def _chinese(national: str) -> Number:
    subscriber = national.removeprefix("0")
    for pattern, kind in (
        (_MOBILE, NumberKind.MOBILE),
        (_SERVICE, NumberKind.OTHER),
        (_LANDLINE, NumberKind.LANDLINE),
    ):
        if pattern.fullmatch(subscriber):
            return Number(f"+86{subscriber}", kind)
    if len(national) in (7, 8) and national[0] in "2345678":
        return Number(refusal=NumberRefusal.NO_AREA_CODE)
    if len(subscriber) < 10 or (len(subscriber) == 10 and subscriber[0] == "1"):
        return Number(refusal=NumberRefusal.TOO_SHORT)
    return Number(refusal=NumberRefusal.TOO_LONG if len(subscriber) > 11 else NumberRefusal.NO_SUCH_NUMBER)


def mask(number: str) -> str:
    """A stored number as it may be shown: "138****1234", "021****5678"; the last four digits tell numbers apart."""
    main = number.partition(";")[0]
    national = main.removeprefix("+86")
    if _MOBILE.fullmatch(national) or _SERVICE.fullmatch(national):
        return f"{national[:3]}****{national[-4:]}"
    if _LANDLINE.fullmatch(national) and main.startswith("+86"):
        area = national[:2] if national.startswith(("10", "2")) else national[:3]
        return f"0{area}****{national[-4:]}"
    return f"{main[: max(len(main) - 8, 0)]}****{main[-4:]}" if len(main) > 7 else "****"


def same_number(one: str, other: str) -> bool:
    """Whether two stored numbers ring the same line: the extension does not count."""
    return one.partition(";")[0] == other.partition(";")[0]
