"""How calls are begun: the plan's word before the company's, and nothing that dials by mistake."""

from typing import Any

import pytest

from server_sync.domain.clock import SECOND
from server_sync.domain.rules.dialling_modes import Dialling, DiallingMode, dialling_of
from server_sync.domain.rules.settings import DEFAULTS


@pytest.mark.parametrize(
    ("plan", "setting", "found"),
    [
        (None, {}, Dialling(DiallingMode.PREVIEW, 10 * SECOND)),
        ({"dialling": None}, {"mode": "manual"}, Dialling(DiallingMode.MANUAL, 10 * SECOND)),
        ({}, {"mode": "progressive"}, Dialling(DiallingMode.PROGRESSIVE, 10 * SECOND)),
        (
            {"dialling": {"mode": "progressive"}},
            {"seconds": 20},
            Dialling(DiallingMode.PROGRESSIVE, 20 * SECOND),
        ),
        (
            {"dialling": {"seconds": 5}},
            {"mode": "progressive"},
            Dialling(DiallingMode.PROGRESSIVE, 5 * SECOND),
        ),
        ({"dialling": {"mode": "predictive"}}, {}, Dialling(DiallingMode.PREVIEW, 10 * SECOND)),
        ({"dialling": {"seconds": 0}}, {}, Dialling(DiallingMode.PREVIEW, 3 * SECOND)),
        ({"dialling": {"seconds": 9_999}}, {}, Dialling(DiallingMode.PREVIEW, 120 * SECOND)),
    ],
)
def test_the_plan_says_how_it_is_dialled_and_else_the_company(
    plan: dict[str, Any] | None, setting: dict[str, Any], found: Dialling
) -> None:
    assert dialling_of(plan, {**DEFAULTS["dialling"], **setting}) == found
