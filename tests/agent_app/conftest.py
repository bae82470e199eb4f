"""What tests of the desk share: work that runs at once, on the thread that asks for it."""

from collections.abc import Callable
from typing import TypeVar

import pytest

from agent_app.ports import Lane

T = TypeVar("T")


class Ran:
    """Work that is already over."""

    def cancel(self) -> None:
        pass


class ImmediateWork:
    """`ports.Work` without threads: receivers are called before `run` returns. `lanes` notes the wishes."""

    def __init__(self) -> None:
        self.lanes: list[Lane] = []

    def run(
        self,
        fn: Callable[[], T],
        on_done: Callable[[T], object],
        on_error: Callable[[Exception], object] | None = None,
        *,
        lane: Lane = Lane.QUERY,
        key: str = "",
    ) -> Ran:
        self.lanes.append(lane)
        try:
            result = fn()
        except Exception as error:
            if on_error is None:
                raise
            on_error(error)
        else:
            on_done(result)
        return Ran()


@pytest.fixture
def work() -> ImmediateWork:
    return ImmediateWork()
