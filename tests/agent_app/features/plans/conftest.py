"""A company with one plan that works, at the desk of its administrator."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.agent_app.desk import Company


@pytest.fixture
def elsewhere(company: Company) -> Callable[..., None]:
    """Somebody else writes the plan of a code, and it has come here."""

    def write(code: str, **values: Any) -> None:
        assigned = ", ".join(f"{name} = ?" for name in values)
        with company.store.write() as connection:
            connection.exec_driver_sql(
                f"UPDATE plan SET {assigned}, changed_by = ? WHERE code = ?",
                (*values.values(), company.organisation.north_lead.person_id, code),
            )

    return write
