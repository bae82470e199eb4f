"""After an answer of so much: low scores to be saved, high ones to be asked for a word (M1.9, M1.12)."""

from typing import Any

from sqlalchemy import Row, Select, select

from server_sync.automation.moments import Moment
from server_sync.automation.triggers.picking import Params, Picking, Reach, numbered
from server_sync.domain.model import customer, plan, response, task


def _select(params: Params, reach: Reach) -> Select[Any]:
    """Each customer once, by the last of his answers that stand: a correction takes the place of what it corrects."""
    score = response.c[params["measure"]]
    found = select(
        response.c.id,
        response.c.customer_id,
        response.c.task_id,
        response.c.recorded_at,
        score.label("score"),
    ).where(
        response.c.replaced_by_id.is_(None),
        score.between(params["at_least"], params["at_most"]),
        reach.holds(response.c.recorded_at),
        reach.of(response.c.customer_id),
    )
    if params["plans"]:
        asked = select(task.c.id).join(plan, plan.c.id == task.c.plan_id)
        found = found.where(response.c.task_id.in_(asked.where(plan.c.code.in_(params["plans"]))))
    answer = found.subquery("picked")
    last = answer.c.recorded_at.desc(), answer.c.id.desc()
    return numbered(
        answer, last, answer.c.task_id, answer.c.recorded_at, answer.c.score, customer.c.product_line
    )


def _reason(params: Params, row: Row[Any], moment: Moment) -> dict[str, Any]:
    return {"measure": params["measure"], "score": row.score, "recorded_at": row.recorded_at}


# By the task on which it was given: saved again or corrected, it is the same answer.
AFTER_SCORE = Picking(
    "after_score",
    _select,
    lambda _, row, moment: row.task_id.hex(),
    _reason,
    basis=lambda _, row, moment: int(row.recorded_at),
    exact=True,
    apart=True,
)
