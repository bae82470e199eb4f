"""Work that is done when a test says so, in the order of its wishes: for what happens while something is under way."""

from collections.abc import Callable
from typing import Any, TypeVar

from agent_app.ports import Lane

T = TypeVar("T")


class Waiting:
    """A piece of work that was handed over."""

    def __init__(
        self,
        fn: Callable[[], Any],
        on_done: Callable[[Any], object],
        on_error: Callable[[Exception], object] | None,
        lane: Lane,
        key: str,
    ) -> None:
        self.fn, self.on_done, self.on_error = fn, on_done, on_error
        self.lane, self.key = lane, key
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


class DeferredWork:
    """`ports.Work` in a test's hands."""

    def __init__(self) -> None:
        self.waiting: list[Waiting] = []

    def run(
        self,
        fn: Callable[[], T],
        on_done: Callable[[T], object],
        on_error: Callable[[Exception], object] | None = None,
        *,
        lane: Lane = Lane.QUERY,
        key: str = "",
    ) -> Waiting:
        for one in self.waiting:
            if key and one.key == key:
                one.cancel()
        item = Waiting(fn, on_done, on_error, lane, key)
        self.waiting.append(item)
        return item

    def step(self) -> Lane:
        """Do the next piece and deliver it; returns its lane."""
        item = self.waiting.pop(0)
        try:
            result = item.fn()
        except Exception as error:
            if item.on_error is None:
                raise
            if not item.cancelled:
                item.on_error(error)
        else:
            if not item.cancelled:
                item.on_done(result)
        return item.lane

    def until(self, lane: Lane) -> None:
        """Do what waits up to the next piece of a lane, which is left waiting."""
        while self.waiting[0].lane is not lane:
            self.step()

    def finish(self) -> None:
        """Do everything."""
        while self.waiting:
            self.step()
