"""What was probably meant by a name that is not there; which names there are is the caller's."""

from collections.abc import Iterable
from difflib import get_close_matches

_MOST = 5_000
"""Names looked at: enough for any form, and little for a hostile one."""


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like `name`, first of all one that differs only in case; "" if none is like it."""
    names = sorted(known)[:_MOST]
    lowered = {one.lower(): one for one in names}
    same = lowered.get(name.lower())
    if same is not None:
        return same
    found = get_close_matches(name.lower()[:100], lowered, n=1, cutoff=0.6)
    return lowered[found[0]] if found else ""
