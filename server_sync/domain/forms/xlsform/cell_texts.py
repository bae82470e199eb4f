"""What a spreadsheet's cell says as text, the way a form writes it: whole numbers plain, dates as ISO."""

from datetime import date, datetime, time
from typing import Any


def cell_text(value: Any) -> str:
    """The text of a value; nothing is the empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="seconds")
    if isinstance(value, time):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
