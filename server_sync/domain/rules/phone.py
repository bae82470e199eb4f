"""Telephone numbers: one written form for storing and comparing, and the masked form for showing; no dialling here."""

import re
import unicodedata
from dataclasses import dataclass

_EXTENSION = re.compile(r"(?:转|分机|ext\.?|x|#)\s*[:：]?\s*(\d{1,6})$", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s\-‐‑‒–—―−()\[\]{}./·_]+")
_MOBILE = re.compile(r"1[3-9]\d{9}")
# area codes: 010, 02x (two digits after the zero are big cities), else 0 and three digits; then 7–8 digits
_LANDLINE = re.compile(r"(?:10|2\d)\d{8}|[3-9]\d{2}\d{7,8}")
_SERVICE = re.compile(r"(?:400|800)\d{7}")


@dataclass(frozen=True, slots=True)
class Number:
    """A number as "+8613812341234", an extension kept apart as "+862112345678;ext=12"; or why it is none.

    `kind`: mobile, landline, service, international. `refusal`: empty, letters, too_short, too_long, no_such_number.
    """

    text: str = ""
    kind: str = ""
    refusal: str | None = None


def normalise(text: str) -> Number:
    """The one form of a number that people write in many (full width, spaces, +86, 0086, leading 0, extensions)."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return Number(refusal="empty")
    extension = ""
    found = _EXTENSION.search(plain)
    if found is not None:
        extension, plain = f";ext={found[1]}", plain[: found.start()]
    plain = _SEPARATORS.sub("", plain)
    abroad = plain.startswith(("+", "00"))
    digits = plain.removeprefix("+") if plain.startswith("+") else plain.removeprefix("00")
    if not digits.isascii() or not digits.isdigit():
        return Number(refusal="letters" if digits else "empty")
    if abroad and not digits.startswith("86"):
        return _international(digits, extension)
    return _chinese(digits, extension)


def _international(digits: str, extension: str) -> Number:
    """A number of another country: ITU E.164 allows 15 digits; shorter than 8 is no subscriber."""
    if len(digits) < 8:
        return Number(refusal="too_short")
    if len(digits) > 15:
        return Number(refusal="too_long")
    return Number(f"+{digits}{extension}", "international")


def _chinese(digits: str, extension: str) -> Number:
    national = digits.removeprefix("86") if len(digits) > 11 else digits
    national = national.removeprefix("0") if len(national) > 9 else national
    if _MOBILE.fullmatch(national):
        return Number(f"+86{national}{extension}", "mobile")
    if _SERVICE.fullmatch(national):
        return Number(f"+86{national}{extension}", "service")
    if _LANDLINE.fullmatch(national):
        return Number(f"+86{national}{extension}", "landline")
    if len(national) < 10:
        return Number(refusal="too_short")
    return Number(refusal="too_long" if len(national) > 11 else "no_such_number")


def mask(number: str) -> str:
    """A number as it may be shown: "138****1234", "021****5678"; the last four digits stay, to tell numbers apart."""
    main = number.partition(";")[0].removeprefix("+86")
    if _MOBILE.fullmatch(main):
        return f"{main[:3]}****{main[-4:]}"
    if number.startswith("+86"):
        area = main[:2] if main.startswith(("10", "2")) else main[:3]
        return f"{'' if main.startswith(('400', '800')) else '0'}{area}****{main[-4:]}"
    return f"{main[: max(len(main) - 8, 0)]}****{main[-4:]}" if len(main) > 4 else "****"


def same_number(one: str, other: str) -> bool:
    """Whether two stored numbers reach the same telephone: the extension does not count."""
    return one.partition(";")[0] == other.partition(";")[0]
