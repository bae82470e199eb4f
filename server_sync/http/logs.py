"""Logs as one JSON object a line on stderr, without personal data: no name, address, body or error message."""

import json
import logging
import sys
import traceback
from pathlib import Path
from typing import Any

from server_sync.domain.clock import Clock

OWN = "server_sync"
FRAMES = 12
# What every record has; whatever else it carries was given as `extra`.
_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime"}


class JsonLines(logging.Formatter):
    """One object a line: at (ms since the epoch), level, event, and what was given as `extra`.

    An event is the text as it stands in the code: arguments are left out, and so are the words of libraries.
    """

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {"at": self._clock.now(), "level": record.levelname.lower()}
        if is_own(record):
            line["event"] = record.msg
            line |= {key: value for key, value in record.__dict__.items() if key not in _STANDARD}
        else:
            line |= {"event": "library", "logger": record.name, "place": f"{record.filename}:{record.lineno}"}
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            line |= {"error": type(error).__qualname__, "frames": places(error)}
        return json.dumps(line, ensure_ascii=False, default=str)


def places(error: BaseException) -> list[str]:
    """Where an error came from, innermost last; never its message, which may quote a customer's data."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    return [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]


def is_own(record: logging.LogRecord) -> bool:
    """Whether a record is of this program."""
    return record.name.partition(".")[0] == OWN


class Quiet(logging.Filter):
    """Lets pass what this program logs, and of libraries only what went wrong."""

    def filter(self, record: logging.LogRecord) -> bool:
        return is_own(record) or record.levelno >= logging.WARNING


def start(clock: Clock) -> None:
    """Log to stderr from now on, for the whole process."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(clock))
    handler.addFilter(Quiet())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
