"""The desk's log: a few small files that hold no personal data, even when an error's own words would."""

import logging
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOG_FILE = "desk.log"
_BYTES, _KEPT = 1_000_000, 4
_PERSONAL = re.compile(
    # Every repetition is bounded: a long line must not take quadratic time.
    r"[\w.+-]{1,64}@[\w.-]{1,255}"  # e-mail
    r"|(?:\d[\s-]?){7,}"  # telephone and identity numbers
    r"|[\u3400-\u9fff\uf900-\ufaff]+"  # our own messages are English, so Chinese text is data
)


class ScrubbedFormatter(logging.Formatter):
    """Blots out what looks like a number to call, an address or a name; ids are logged in hex with a letter before."""

    def format(self, record: logging.LogRecord) -> str:
        head = f"{self.formatTime(record)} {record.levelname} {record.name} {record.threadName}: "
        record.message = record.getMessage()
        body = record.message
        if record.exc_info:
            body = f"{body}\n{self.formatException(record.exc_info)}"
        return head + scrubbed(body)


def scrubbed(text: str) -> str:
    """The text with every stretch that may be personal data replaced by an ellipsis."""
    return _PERSONAL.sub("…", text)


def open_log(folder: Path) -> logging.Handler:
    """Let every logger of the program write to the file in `folder`; the handler is returned to be closed."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / LOG_FILE, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True
    )
    handler.setFormatter(ScrubbedFormatter())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return handler


def close_log(handler: logging.Handler) -> None:
    """Stop writing and close the file."""
    logging.getLogger().removeHandler(handler)
    handler.close()
