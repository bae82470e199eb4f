"""Reading one object of a definition (a plan, segment, goal or ladder): every key that is asked for is known, any other
is a fault with its place."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.rules.local_time import FIRST_DAY, LAST_DAY, day_number, iso_day
from server_sync.domain.rules.working_time import Span

LONGEST_CODE = 60
LONGEST_NAME = 100
LONGEST_TAG = 30
_CODE = re.compile(r"[a-z0-9][a-z0-9_.-]*")
_MISSING: Any = object()


class Fields:
    """One object at its place, such as "first_visit.params".

    Every reader raises KnownError FIELD_MISSING {field} or FIELD_INVALID {field, value, choices | known | least, most |
    most}; `field` is the place with the key.
    """

    def __init__(self, item: Any, place: str) -> None:
        self._place = place
        self._read: set[str] = set()
        if not isinstance(item, Mapping):
            raise KnownError(ErrorKind.FIELD_INVALID, field=place, value=item)
        self._item = item

    def has(self, key: str) -> bool:
        """Whether the object says anything of the key."""
        self._read.add(key)
        return self._item.get(key) is not None

    def value(self, key: str) -> Any:
        """What must be there, as it is."""
        if not self.has(key):
            raise KnownError(ErrorKind.FIELD_MISSING, field=self.place(key))
        return self._item[key]

    def text(self, key: str, most: int) -> str:
        """A text of up to `most` characters, without the blanks around it."""
        return self._text(self.value(key), key, most)

    def text_or_none(self, key: str, most: int) -> str | None:
        """The same, or None."""
        return self.text(key, most) if self.has(key) else None

    def texts(self, key: str, most: int, longest: int) -> list[str]:
        """Up to `most` different texts; none when left out."""
        return self._distinct(key, [self._text(value, key, longest) for value in self._list(key, most)])

    def choice(self, key: str, choices: tuple[str, ...], default: str | None = None) -> str:
        """One of the choices."""
        if default is not None and not self.has(key):
            return default
        value = self.value(key)
        if not isinstance(value, str) or value not in choices:
            self.refuse(key, value=value, choices=[str(choice) for choice in choices])
        return str(value)

    def whole(self, key: str, least: int, most: int, default: int = _MISSING) -> int:
        """A whole number from `least` to `most`."""
        value = self.value(key) if self.has(key) or default is _MISSING else default
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self.refuse(key, value=value, least=least, most=most)
        return value

    def wholes(self, key: str, least: int, most: int, count: int) -> list[int]:
        """One whole number or up to `count` different ones, the largest first."""
        values = self.value(key)
        found = values if isinstance(values, list) else [values]
        if not 0 < len(found) <= count:
            self.refuse(key, value=values, most=count)
        for value in found:
            if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
                self.refuse(key, value=value, least=least, most=most)
        return sorted(set(found), reverse=True)

    def flag(self, key: str) -> bool:
        """True or false; false when left out."""
        value = self._item.get(key) if self.has(key) else False
        if not isinstance(value, bool):
            self.refuse(key, value=value)
        return value

    def day(self, key: str) -> str | None:
        """A day as ISO text, or None."""
        return self._day(self.value(key), key) if self.has(key) else None

    def days(self, key: str, most: int) -> list[str]:
        """Up to `most` different days in order; none when left out."""
        return sorted(self._distinct(key, [self._day(value, key) for value in self._list(key, most)]))

    def span(self, key: str) -> dict[str, Any]:
        """{"amount", "unit"} as `Span` takes it. Raises KnownError OUT_OF_RANGE {field, …} too."""
        given = self.value(key)
        try:
            Span.from_json(given)
            return {"amount": given["amount"], "unit": given["unit"]}
        except KnownError as error:
            raise placed(error, self.place(key)) from error

    def object(self, key: str) -> "Fields":
        """An object within; an empty one when left out."""
        return Fields(self._item[key] if self.has(key) else {}, self.place(key))

    def objects(self, key: str, most: int) -> "Iterator[Fields]":
        """Up to `most` objects within, each at its place counted from 1; none when left out."""
        for number, item in enumerate(self._list(key, most), start=1):
            yield Fields(item, f"{self.place(key)}.{number}")

    def place(self, key: str) -> str:
        """Where a key stands."""
        return f"{self._place}.{key}"

    def refuse(self, key: str, **values: Any) -> NoReturn:
        """The key's value is not valid."""
        raise KnownError(ErrorKind.FIELD_INVALID, field=self.place(key), **values)

    def only(self, *names: str) -> None:
        """No key has another name."""
        for key in self._item:
            if key not in names:
                self.refuse(str(key), known=list(names))

    def finish(self) -> None:
        """No key is left that nobody asked for."""
        self.only(*sorted(self._read))

    def _list(self, key: str, most: int) -> list[Any]:
        value = self._item[key] if self.has(key) else []
        if not isinstance(value, list) or len(value) > most:
            self.refuse(key, value=value if not isinstance(value, list) else len(value), most=most)
        return value

    def _distinct(self, key: str, values: list[str]) -> list[str]:
        seen: set[str] = set()
        for value in values:
            if value in seen:
                self.refuse(key, value=value)
            seen.add(value)
        return values

    def _text(self, value: Any, key: str, most: int) -> str:
        fits = isinstance(value, str) and 0 < len(value.strip()) <= most and "\0" not in value
        if not fits or any("\ud800" <= character <= "\udfff" for character in value):
            self.refuse(key, value=value, longest=most)
        return str(value).strip()

    def _day(self, value: Any, key: str) -> str:
        try:
            number = day_number(value)
            if FIRST_DAY <= number < LAST_DAY:
                return iso_day(number)
        except (TypeError, ValueError):
            pass
        self.refuse(key, value=value)


def code_of(item: Any, what: str) -> str:
    """The code of a definition of some kind. Raises KnownError FIELD_MISSING, FIELD_INVALID {field, value}."""
    code = Fields(item, what).text("code", LONGEST_CODE)
    if not _CODE.fullmatch(code):
        raise KnownError(ErrorKind.FIELD_INVALID, field=f"{code}.code", value=code)
    return code


def placed(error: KnownError, place: str) -> KnownError:
    """The same error with its place in the definition as its field; a condition's own field is then `of`."""
    about = {name: value for name, value in error.values.items() if name != "field"}
    if error.kind is ErrorKind.CONDITION_INVALID and "field" in error.values:
        about["of"] = error.values["field"]
    return KnownError(error.kind, field=place, **about)
