"""The history of a customer as it is drawn: answers that may be corrected are opened by the keyboard."""

from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from agent_app.features.customer360.view import CustomerFeature
from agent_app.host.sealed_files import SealedFolder
from agent_app.ports import Route
from agent_app.ui.buttons import Button
from agent_app.ui.tokens import SIZES
from server_sync.domain.commands import Insert
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import Company
from tests.agent_app.windows import window_around
from tests.server_sync.organisation import NOW

pytestmark = pytest.mark.usefixtures("look")

RESPONSE, ATTEMPT = b"response-of-call", b"attempt-answered"


def test_an_answered_call_of_the_history_opens_its_answers_by_the_keyboard(
    company: Company, qtbot: QtBot
) -> None:
    organisation, routes = company.organisation, list[Route]()
    agent = organisation.north_agents[0]
    called, other = (organisation.customer(organisation.north, owner=agent) for _ in range(2))
    task = organisation.task(called, agent)
    of_call: dict[str, Any] = {"customer_id": called.row_id, "task_id": task.row_id, "attempt_id": ATTEMPT}
    of_call |= {"person_id": agent.person_id}
    given = {"form_version_id": bytes(16), "answers": {}, "complete": True, "recorded_at": NOW}
    fact = {"kind": "call", "details": {"disposition": "1.1"}, "happened_at": NOW}
    company.put(
        called,
        other,
        task,
        Insert("response", {"id": RESPONSE, **of_call, **given}),
        Insert("activity", {"id": company.ids.new(), **of_call, **fact}),
        Insert("activity", {"id": company.ids.new(), **of_call, **fact, "attempt_id": bytes(16)}),
    )
    files = SealedFolder(company.store.file.parent / "attachments")
    feature = CustomerFeature(company.session(agent, ImmediateWork()), files, routes.append)
    window = window_around(qtbot, feature.widget, SIZES.context_min)
    feature.open(called.row_id)
    QCoreApplication.processEvents()
    (opens,) = (one for one in window.findChildren(Button) if one.isVisible() and one.text() == "答卷")
    assert opens.accessibleName().startswith("答卷 · ")
    opens.setFocus()
    QTest.keyClick(opens, Qt.Key.Key_Return)
    assert routes == [Route("correction", RESPONSE)]
    feature.open(other.row_id)
    assert not opens.isVisible()
