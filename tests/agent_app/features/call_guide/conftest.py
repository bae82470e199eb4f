"""The work column with a task open."""

import pytest

from tests.agent_app.features.call_guide.guide_column import Column
from tests.agent_app.features.workplace import Workplace


@pytest.fixture
def column(place: Workplace) -> Column:
    made = Column(place)
    made.presenter.open(place.task.row_id)
    return made
