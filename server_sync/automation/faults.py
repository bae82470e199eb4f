"""All that is wrong with files, each fault with its file and place, as lines for a person and as JSON for a program."""

import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from server_sync.automation.words import shown, trouble
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.texts.errors import error_words

REFUSED = 2
"""The exit code where a file has a fault."""
MOST_TOLD = 1_000
_CONTROLS = {code: f"\\u{code:04x}" for code in (*range(32), *range(127, 160))}
"""Characters that a terminal obeys; a fault is one line."""


@dataclass(frozen=True)
class Fault:
    """What is wrong at one place of a file; `path` is a JSONPath."""

    file: str
    path: str
    error: KnownError

    @property
    def message(self) -> str:
        """A sentence for a person."""
        return (trouble(self.error) or error_words(self.error)).translate(_CONTROLS)

    @property
    def line(self) -> str:
        """The sentence with its place."""
        return f"{self.file} {self.path}: {self.message}"

    def to_json(self) -> dict[str, Any]:
        """{"file", "path", "kind", "values", "message"}."""
        about = {"kind": self.error.kind.value, "values": plain(self.error.values), "message": self.message}
        return {"file": self.file, "path": self.path, **about}


class Faulty(KnownError):
    """Files that cannot be taken in; as an error it is the first of their faults."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults[0].error.kind, **faults[0].error.values)
        self.faults = faults


def told_of(file: str, found: Iterable[Fault]) -> list[Fault]:
    """So many of the faults of a file as somebody reads, and that there are more."""
    left = iter(found)
    told = list(islice(left, MOST_TOLD))
    if next(left, None) is not None:
        values = {"file": file, "problem": "too_many_faults", "most": MOST_TOLD}
        told.append(Fault(file, "$", KnownError(ErrorKind.FILE_UNREADABLE, **values)))
    return told


def tell(faulty: Faulty, *, as_json: bool, placed: bool = True) -> int:
    """Say what is wrong, a line each on stderr, and as JSON {"error", "values", "faults"} on stdout; returns the exit
    code. `placed`: each line begins with file and place."""
    if as_json:
        first = {"error": faulty.kind.value, "values": plain(faulty.values)}
        print(json.dumps(first | {"faults": [one.to_json() for one in faulty.faults]}, ensure_ascii=False))
    for one in faulty.faults:
        print(one.line if placed else one.message, file=sys.stderr)
    return REFUSED


def path_to(root: str, item: Any, place: str, *, first: int = 1) -> str:
    """The JSONPath of a place whose list members are counted from `first`: ``"steps.2.form"`` → ``$.steps[1].form``."""
    path, parts = root, place.split(".") if place or isinstance(item, Mapping) else []
    while parts:
        size, at = 1, parts[0]
        if isinstance(item, list) and at.isdecimal() and 0 <= int(at) - first < len(item):
            path, item = f"{path}[{int(at) - first}]", item[int(at) - first]
        else:
            size = _length_of_key(item, parts)
            at = ".".join(parts[:size])
            path += f".{at}" if at.isidentifier() else f"[{json.dumps(at, ensure_ascii=False)}]"
            item = item.get(at) if isinstance(item, Mapping) else None
        parts = parts[size:]
    return path


def _length_of_key(item: Any, parts: list[str]) -> int:
    """How many parts are one key with full stops in it."""
    if not isinstance(item, Mapping):
        return 1
    return next((size for size in range(len(parts), 0, -1) if ".".join(parts[:size]) in item), 1)


def plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values that every reader of JSON takes: what was given is shortened, and an infinite number is a text."""
    return {name: _plain(value) if name == "value" else value for name, value in values.items()}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    return value if isinstance(value, float) and math.isfinite(value) else shown(value)
