"""Named moments between two steps that a crash may part: nothing happens at them unless a test listens."""

from collections.abc import Callable

hook: Callable[[str], None] | None = None
"""What a test puts here hears every name as it is passed, and may end the process or raise."""


def point(name: str) -> None:
    """Pass a moment: "desk.…" or "server.…", in the past tense of what has just been done."""
    if hook is not None:
        hook(name)
