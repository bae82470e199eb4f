"""What the tests of the team's place share: a company on a working day, and its lead's session."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent_app.actions.session import DeskSession
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import Company, open_company
from tests.agent_app.team_desk import a_working_day


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    made = open_company(tmp_path)
    a_working_day(made)
    yield made
    made.store.close()


@pytest.fixture
def session(company: Company, work: ImmediateWork) -> DeskSession:
    return company.session(company.organisation.north_lead, work)
