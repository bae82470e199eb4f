"""One range of a file as HTTP asks for it (RFC 9110, 14): read from the request, said in the reply."""

import re

from starlette.exceptions import HTTPException

_RANGE = re.compile(r"bytes=(?:([0-9]{1,15})-([0-9]{0,15})|-([0-9]{1,15}))")


def asked_range(text: str, size: int) -> tuple[int, int]:
    """The first and last byte of a single range (RFC 9110, 14.1.2); anything else cannot be satisfied: 416."""
    found = _RANGE.fullmatch(text.strip())
    if found is not None:
        begin, end, suffix = found.groups()
        if suffix is not None:
            first, last = max(0, size - int(suffix)), size - 1
        else:
            first, last = int(begin), min(int(end), size - 1) if end else size - 1
        if first <= last and first < size:
            return first, last
    raise HTTPException(416, "range", headers={"Content-Range": f"bytes */{size}"})
