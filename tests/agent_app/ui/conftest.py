"""What tests of widgets share: the theme and the Chinese language in force, and windows that go away again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from agent_app.ui import i18n, theme
from agent_app.ui.theme import SchemeChoice


@pytest.fixture
def look(qapp: QApplication) -> Iterator[theme.Theme]:
    """The light theme; Chinese words."""
    i18n.install("zh_CN")
    yield theme.install(qapp, SchemeChoice.LIGHT, "zh_CN")
    i18n.install("zh_CN")
