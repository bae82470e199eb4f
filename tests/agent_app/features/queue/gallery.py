"""Draws the queue column, with why the next one is the next, from a real store into PNG files.

``python -m tests.agent_app.features.queue.gallery OUTDIR``: light and dark, zh_CN and en, 100 and 150 %.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from agent_app.features.queue.view import QueueFeature
from agent_app.ui.tokens import SIZES
from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.commands import Insert
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import Company, open_company
from tests.agent_app.pictures import gallery, looks, put_away, shoot
from tests.server_sync.organisation import NOW

TERM = {"days": 3, "label": "首访", "due_within": {"amount": 4, "unit": "working_hours"}}


def fill(company: Company) -> None:
    """One task of each class, some held back, one with a further purpose."""
    organisation = company.organisation
    agent, other = organisation.north_agents[0], organisation.north_agents[1]

    def put(name: str, tier: str = "normal", **values: Any) -> Insert:
        customer = organisation.customer(organisation.north, name=name, tier=tier, region="华东")
        task = organisation.task(customer, agent, **values)
        company.put(customer, task)
        return task

    soon = put("客户甲", reason_values=TERM, available_at=NOW - HOUR, due_at=NOW + 4 * HOUR + HOUR // 2)
    occasion = {"id": bytes(16), "customer_id": soon.row["customer_id"], "plan_id": bytes(16)}
    occasion |= {"task_id": soon.row_id, "outcome": "merged", "purpose": "survey", "reason": "silence"}
    occasion |= {"reason_values": {"days": 15, "label": "满意度调查"}, "dedupe_key": "1", "decided_at": NOW}
    company.put(Insert("occasion", occasion))
    put("客户乙", "vip")
    put("客户丙", attempt_count=2, disposition="3.13")
    put("客户丁")
    put("客户戊", appointment_at=NOW + DAY)
    put("客户己", not_before_at=NOW + 3 * HOUR, attempt_count=1, disposition="3.12")
    put("客户庚", attempt_count=6)
    refused, spoken = put("客户辛", "vip"), put("客户壬", "vip")
    entry = {"id": bytes(16), "customer_id": refused.row["customer_id"], "scope": "all", "source": "import"}
    call = {"id": bytes(16), "customer_id": spoken.row["customer_id"], "task_id": spoken.row_id}
    call |= {"person_id": other.person_id, "channel": "phone", "started_at": NOW - 4 * MINUTE}
    company.put(Insert("do_not_call", entry | {"set_at": NOW - 2 * DAY}), Insert("attempt", call))


def draw_all(folder: Path, _: Sequence[str]) -> None:
    """Everything at the scale this process was started with."""
    with tempfile.TemporaryDirectory() as place:
        company = open_company(Path(place))
        fill(company)
        for ending in looks():
            agent = company.organisation.north_agents[0]
            feature = QueueFeature(company.session(agent, ImmediateWork()), lambda route: None)
            feature.start()
            window = feature.widget
            window.resize(SIZES.list_min, 900)
            window.show()
            shoot(window, folder / f"queue_{ending}")
            feature.presenter.on_why_asked()
            shoot(window, folder / f"queue_why_{ending}")
            put_away(window)
        company.store.close()


if __name__ == "__main__":
    gallery("tests.agent_app.features.queue.gallery", draw_all)
