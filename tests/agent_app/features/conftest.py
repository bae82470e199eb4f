"""What tests of features share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.agent_app.features.workplace import Workplace, guide_xform, open_workplace


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    """A desk whose task has the small guide."""
    made = open_workplace(tmp_path, guide_xform())
    yield made
    made.company.store.close()
