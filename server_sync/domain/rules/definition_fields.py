"""Reading one object of a definition (a plan, segment, goal or ladder): every key that is asked for is known, any other
is a fault with its place."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, NoReturn

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.rules.faults import Faults, Gathered, Placed, Read, place_of
from server_sync.domain.rules.local_time import FIRST_DAY, LAST_DAY, day_number, iso_day
from server_sync.domain.rules.working_time import Span

LONGEST_CODE = 60
LONGEST_NAME = 100
LONGEST_TAG = 30
_CODE = re.compile(r"[a-z0-9][a-z0-9_.-]*")
_MISSING: Any = object()
_A_DAY = "2000-01-01"
_A_SPAN = {"amount": 1, "unit": "working_hours"}


class Fields:
    """One object at its place, such as "first_visit.params".

    What is wrong goes to `faults`, which raises KnownError FIELD_MISSING {field} or FIELD_INVALID {field, value,
    choices | known | least, most | longest | shape}, or keeps it; `field` is the place with the key.
    """

    def __init__(self, item: Any, place: str, faults: Faults | None = None) -> None:
        self._place = place
        self._faults = faults or Faults()
        self._read: set[str] = set()
        if not isinstance(item, Mapping):
            raise KnownError(ErrorKind.FIELD_INVALID, field=place, value=item, shape="object")
        self._item = item

    def attempt(self, read: Callable[[], Read], otherwise: Read) -> Read:
        """What is read; `otherwise` stands for it where faults are gathered instead of raised."""
        return self._faults.attempt(read, otherwise)

    def add(self, error: KnownError) -> None:
        """One more fault of a field, after which reading goes on where faults are gathered."""
        self._faults.add(error)

    def refused(self, *keys: str) -> bool:
        """Whether a fault of one of the keys was gathered, so that what hangs on it cannot be told."""
        return any(self._faults.has(self.place(key)) for key in keys)

    def has(self, key: str) -> bool:
        """Whether the object says anything of the key."""
        self._read.add(key)
        return self._item.get(key) is not None

    def value(self, key: str) -> Any:
        """What must be there, as it is."""
        if not self.has(key):
            raise KnownError(ErrorKind.FIELD_MISSING, field=self.place(key))
        return self._item[key]

    def needed(self, key: str) -> Any:
        """The same, asked for before it is read."""
        return self.attempt(lambda: self.value(key), None)

    def text(self, key: str, most: int) -> str:
        """A text of up to `most` characters, without the blanks around it."""
        return self.attempt(lambda: self._text(self.value(key), key, most), "")

    def text_or_none(self, key: str, most: int) -> str | None:
        """The same, or None."""
        return self.text(key, most) if self.has(key) else None

    def texts(self, key: str, most: int, longest: int) -> list[str]:
        """Up to `most` different texts; none when left out."""
        return self.attempt(
            lambda: self._distinct(key, [self._text(value, key, longest) for value in self._list(key, most)]),
            [],
        )

    def choice(self, key: str, choices: tuple[str, ...], default: str | None = None) -> str:
        """One of the choices."""
        if default is not None and not self.has(key):
            return default
        return self.attempt(lambda: self._choice(key, choices), str(choices[0]))

    def whole(self, key: str, least: int, most: int, default: int = _MISSING) -> int:
        """A whole number from `least` to `most`."""
        if default is not _MISSING and not self.has(key):
            return self.attempt(lambda: self._whole(default, key, least, most), least)
        return self.attempt(lambda: self._whole(self.value(key), key, least, most), least)

    def wholes(self, key: str, least: int, most: int, count: int) -> list[int]:
        """One whole number or up to `count` different ones, the largest first."""
        return self.attempt(lambda: self._wholes(key, least, most, count), [least])

    def flag(self, key: str) -> bool:
        """True or false; false when left out."""
        return self.attempt(lambda: self._flag(key), False)

    def day(self, key: str) -> str | None:
        """A day as ISO text, or None."""
        return self.attempt(lambda: self._day(self.value(key), key), None) if self.has(key) else None

    def needed_day(self, key: str) -> str:
        """A day as ISO text that must be there."""
        return self.attempt(lambda: self._day(self.value(key), key), _A_DAY)

    def days(self, key: str, most: int) -> list[str]:
        """Up to `most` different days in order; none when left out."""
        return self.attempt(
            lambda: sorted(self._distinct(key, [self._day(value, key) for value in self._list(key, most)])),
            [],
        )

    def span(self, key: str) -> dict[str, Any]:
        """{"amount", "unit"} as `Span` takes it. Raises KnownError OUT_OF_RANGE {field, …} too."""
        return self.attempt(lambda: self._span(key), dict(_A_SPAN))

    def object(self, key: str) -> "Fields":
        """An object within; an empty one when left out."""
        return self._within(self._item[key] if self.has(key) else {}, self.place(key))

    def objects(self, key: str, most: int) -> "Iterator[Fields]":
        """Up to `most` objects within, each at its place counted from 1; none when left out."""
        items: list[Any] = self.attempt(lambda: self._list(key, most), [])
        for number, item in enumerate(items, start=1):
            found = self.attempt(partial(self._within, item, f"{self.place(key)}.{number}"), None)
            if found is not None:
                yield found

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
                self.attempt(partial(self.refuse, str(key)[:LONGEST_NAME], known=list(names)), None)

    def finish(self, *deciding: str) -> None:
        """No key is left that nobody asked for; where a key that decides what is asked for is faulty, nobody knows."""
        if not self.refused(*deciding):
            self.only(*sorted(self._read))

    def _within(self, item: Any, place: str) -> "Fields":
        return Fields(item, place, self._faults)

    def _choice(self, key: str, choices: tuple[str, ...]) -> str:
        possible = [str(choice) for choice in choices]
        if not self.has(key):
            raise KnownError(ErrorKind.FIELD_MISSING, field=self.place(key), choices=possible)
        value = self._item[key]
        if not isinstance(value, str) or value not in choices:
            self.refuse(key, value=value, choices=possible)
        return str(value)

    def _whole(self, value: Any, key: str, least: int, most: int) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            self.refuse(key, value=value, least=least, most=most)
        return value

    def _wholes(self, key: str, least: int, most: int, count: int) -> list[int]:
        values = self.value(key)
        found = values if isinstance(values, list) else [values]
        if not 0 < len(found) <= count:
            self.refuse(key, value=len(found), most=count)
        return sorted({self._whole(value, key, least, most) for value in found}, reverse=True)

    def _flag(self, key: str) -> bool:
        value = self._item.get(key) if self.has(key) else False
        if not isinstance(value, bool):
            self.refuse(key, value=value, shape="flag")
        return value

    def _span(self, key: str) -> dict[str, Any]:
        given = self.value(key)
        try:
            Span.from_json(given)
            return {"amount": given["amount"], "unit": given["unit"]}
        except KnownError as error:
            raise placed(error, self.place(key)) from error

    def _list(self, key: str, most: int) -> list[Any]:
        value = self._item[key] if self.has(key) else []
        if not isinstance(value, list):
            self.refuse(key, value=value, most=most, shape="list")
        if len(value) > most:
            self.refuse(key, value=len(value), most=most)
        return value

    def _distinct(self, key: str, values: list[str]) -> list[str]:
        seen: set[str] = set()
        for value in values:
            if value in seen:
                self.refuse(key, value=value, twice=True)
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
        self.refuse(key, value=value, shape="day")


def checked(item: Any, what: str, read: Callable[[Fields, str], Read]) -> Read:
    """What `read` makes of the fields of a definition of some kind and its code. Raises the first KnownError."""
    code = code_of(item, what)
    return read(_with_code(item, code, Faults()), code)


def looked_at(item: Any, what: str, read: Callable[[Fields, str], Read]) -> tuple[Read | None, list[Placed]]:
    """The same with all that is wrong, each at its place in the object; none: `checked` takes it. What hangs on a
    faulty field, such as the params of an unknown trigger, is not looked at. Something sound stands for what is faulty;
    None where there is no object at all."""
    if not isinstance(item, Mapping):
        return None, [("", KnownError(ErrorKind.FIELD_INVALID, field=what, value=item, shape="object"))]
    faults, code, of_code = Gathered(), what, []
    try:
        code = code_of(item, what)
    except KnownError as error:
        of_code.append(("code", error))
    found = read(_with_code(item, code, faults), code)
    return found, of_code + [(place_of(error).removeprefix(f"{code}."), error) for error in faults.found]


def _with_code(item: Any, code: str, faults: Faults) -> Fields:
    fields = Fields(item, code, faults)
    fields.has("code")
    return fields


def code_of(item: Any, what: str) -> str:
    """The code of a definition of some kind. Raises KnownError FIELD_MISSING, FIELD_INVALID {field, value}."""
    code = Fields(item, what).text("code", LONGEST_CODE)
    if not _CODE.fullmatch(code):
        raise KnownError(ErrorKind.FIELD_INVALID, field=f"{code}.code", value=code, shape="code")
    return code


def placed(error: KnownError, place: str) -> KnownError:
    """The same error with its place in the definition as its field; a condition's own field is then `of`."""
    about = {name: value for name, value in error.values.items() if name != "field"}
    if error.kind is ErrorKind.CONDITION_INVALID and "field" in error.values:
        about["of"] = error.values["field"]
    return KnownError(error.kind, field=place, **about)
