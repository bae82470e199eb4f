"""Logs as one JSON object a line on stderr, without personal data: no name, address, body or error message."""

import json
import logging
import sys
import traceback
from pathlib import Path
from typing import Any

from server_sync.domain.clock import Clock

log = logging.getLogger("huifang")
FRAMES = 12


def event(name: str, **values: Any) -> None:
    """Log that something happened: `values` are plain, and never what a person typed or is called."""
    log.info(name, extra={"values": values})


def failure(name: str, error: BaseException, **values: Any) -> None:
    """Log a bug, under the values that find it again."""
    log.error(name, extra={"values": values}, exc_info=error)


class JsonLines(logging.Formatter):
    """One JSON object a line: at (ms since the epoch), level, event and its values."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {"at": self._clock.now(), "level": record.levelname.lower()}
        if record.name == log.name:
            line |= {"event": record.getMessage(), **getattr(record, "values", {})}
        else:  # a library's words may quote anything: only where they stand is kept
            line |= {"event": "library", "logger": record.name, "place": f"{record.filename}:{record.lineno}"}
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            line |= {"error": type(error).__qualname__, "frames": places(error)}
        return json.dumps(line, ensure_ascii=False, default=str)


def places(error: BaseException) -> list[str]:
    """Where an error came from, innermost last; never its message, which may quote a customer's data."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]


class Quiet(logging.Filter):
    """Lets pass what this server logs itself, and of libraries only what went wrong."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.name == log.name or record.levelno >= logging.WARNING


def start(clock: Clock) -> None:
    """Log to stderr from now on, for the whole process."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(clock))
    handler.addFilter(Quiet())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
