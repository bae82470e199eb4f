"""Definitions as files of JSON: what stands in one, and why it cannot be read; what it may say the domain's rules
check."""

import json
from collections.abc import Mapping
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from server_sync.domain.errors import ErrorKind, KnownError

LARGEST_FILE = 4 * 1024 * 1024
DEEPEST = 200
"""So many levels within each other nobody writes; more end in the limits of the language."""
_LONGEST_WHOLE = 400
_LONGEST_SHOWN = 80


class Outcome(StrEnum):
    """What storing a definition did."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


def file_name(path: Path) -> str:
    """What a file is called when something is said of it."""
    return path.name or str(path)


def file_content(path: Path) -> bytes:
    """What a file holds, of one that is too large so much that this shows. Raises KnownError FILE_UNREADABLE {file,
    problem}: not_there, a_folder, not_opened."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        raise not_opened(path, error) from error


def not_opened(path: Path, error: Exception) -> KnownError:
    """Why a file cannot be opened. A name with a character that no name has is of no file."""
    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):
        return _unreadable(file_name(path), "not_there")
    return _unreadable(file_name(path), "a_folder" if _is_folder(path) else "not_opened")


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def json_of(data: bytes, file: str) -> Any:
    """What a JSON text says; a number beyond all bounds is infinite.

    Raises KnownError FILE_UNREADABLE {file, problem}: too_large {most_mb}, not_utf8, empty, not_json {line, column},
    no_number {name}, key_twice {key}, too_deep {most}.
    """
    if len(data) > LARGEST_FILE:
        raise _unreadable(file, "too_large", most_mb=LARGEST_FILE // (1024 * 1024))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(file, "not_utf8") from error
    if not text.strip():
        raise _unreadable(file, "empty")
    decoder = json.JSONDecoder(
        object_pairs_hook=partial(_object, file), parse_int=_whole, parse_constant=partial(_no_number, file)
    )
    try:
        found = decoder.decode(text)
    except json.JSONDecodeError as error:
        raise _unreadable(file, "not_json", line=error.lineno, column=error.colno) from error
    except RecursionError as error:
        raise _unreadable(file, "too_deep", most=DEEPEST) from error
    _check_depth(found, file)
    return found


def items_of(data: bytes, file: str) -> list[tuple[str, Any]]:
    """What a JSON text lists, or the one thing that it says, each with its place (JSONPath). Raises what `json_of`
    raises, and KnownError FILE_UNREADABLE {file, problem: "empty"}."""
    found = json_of(data, file)
    if not isinstance(found, list):
        return [("$", found)]
    if not found:
        raise _unreadable(file, "empty")
    return [(f"$[{number}]", item) for number, item in enumerate(found)]


def _unreadable(file: str, problem: str, **values: Any) -> KnownError:
    return KnownError(ErrorKind.FILE_UNREADABLE, file=file, problem=problem, **values)


def _object(file: str, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Of a key that stands twice JSON's readers keep the last and say nothing."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _unreadable(file, "key_twice", key=key[:_LONGEST_SHOWN])
        found[key] = value
    return found


def _whole(text: str) -> int | float:
    """Of more digits than the language reads at once: infinite, and so refused where it stands."""
    return int(text) if len(text) <= _LONGEST_WHOLE else float(text)


def _no_number(file: str, name: str) -> NoReturn:
    raise _unreadable(file, "no_number", name=name)


def _check_depth(found: Any, file: str) -> None:
    level = [found]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _within(outer)]
        if not level:
            return
    raise _unreadable(file, "too_deep", most=DEEPEST)


def _within(outer: Any) -> list[Any]:
    if isinstance(outer, Mapping):
        return list(outer.values())
    return outer if isinstance(outer, list) else []
