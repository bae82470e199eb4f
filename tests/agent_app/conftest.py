"""What tests of the desk share: work that runs at once, on the thread that asks for it, and a desk's store."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest

from agent_app.ports import Lane
from tests.agent_app.desk import Company, open_company

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

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


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    """A desk's store with people, a plan and a form; a test puts customers in."""
    made = open_company(tmp_path)
    yield made
    made.store.close()


@pytest.fixture
def look(qapp: "QApplication") -> Iterator[None]:
    """The light theme; Chinese words. For tests of views."""
    # Tests without windows do not pay for Qt.
    from agent_app.ui import i18n, theme

    i18n.install("zh_CN")
    theme.install(qapp, theme.SchemeChoice.LIGHT, "zh_CN")
    yield
    i18n.install("zh_CN")
