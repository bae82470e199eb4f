"""What a plan would do if it ran now, and whom it would pick: counted and shown, nothing written."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, func, select

from server_sync.automation import standing
from server_sync.automation.fates import Fate, Made, Merged, Occasion
from server_sync.automation.moments import Moment
from server_sync.automation.plans import Run
from server_sync.automation.settling import skip_of
from server_sync.domain.ids import ID_BYTES, Ids
from server_sync.domain.model import customer, plan
from server_sync.domain.rules import conditions
from server_sync.domain.rules.conditions import AsOf, Condition, Rule
from server_sync.domain.rules.conditions.expressions import Digits, Kept, Own
from server_sync.domain.rules.local_time import zone
from server_sync.domain.rules.plans.definition import PlanDefinition
from server_sync.domain.wire.plans import Picked, PlanPreview
from server_sync.store import company
from server_sync.store.transaction import Transaction

MOST_DECIDED = 2_000
"""Of so many of those picked it is worked out what becomes of them."""
SAMPLE = 20
MANY_LOOKED_UP = 4
"""Of 8,000 customers 190 conditions are counted in 0.2 s at once, and in half a minute customer by customer."""

_ANY_DAY = AsOf("2000-01-01", "Asia/Shanghai")
_SHOWN = ("code", "name", "tier", "city", "last_contact_at", "last_order_on", "spent_cents")


def preview(connection: Connection, ids: Ids, as_of: int, definition: PlanDefinition) -> PlanPreview:
    """The audience, whom the trigger picks of it as things stand, and what would become of the first of these."""
    run = Run(Transaction(connection, as_of), ids, as_of)
    holding, holds = _held(conditions.parse(definition.values["audience"], run.moment.as_of))
    counted = connection.scalar(select(func.count()).select_from(holding).where(holds)) or 0
    plan_row = _row(connection, definition)
    picks = run.picks(plan_row)
    rows = connection.execute(picks.order_by(picks.selected_columns["code"]).limit(MOST_DECIDED + 1)).all()
    picked = len(rows)
    if picked > MOST_DECIDED:
        picked = connection.scalar(select(func.count()).select_from(picks.order_by(None).subquery())) or 0
    wanted = [run.occasion_of(plan_row, row) for row in rows[:MOST_DECIDED]]
    standings = standing.histories(connection, [one.customer.id for one in wanted])
    settled = run.decide(plan_row, wanted, standings)
    return PlanPreview(
        audience=counted,
        picked=picked if run.within_period(plan_row) else 0,
        decided=len(settled),
        made=sum(isinstance(fate, Made) for _, fate in settled),
        merged=sum(isinstance(fate, Merged) for _, fate in settled),
        skipped=dict(
            Counter(skip_of(fate).value for _, fate in settled if not isinstance(fate, Made | Merged))
        ),
        sample=_sample(connection, settled[:SAMPLE]),
    )


def audience_preview(connection: Connection, as_of: int, tree: Any) -> PlanPreview:
    """The same of an audience alone, while it is being built. Raises KnownError CONDITION_INVALID."""
    timezone = company.setting_of(connection, "company")["timezone"]
    holding, holds = _held(conditions.parse(tree, Moment(as_of, zone(timezone)).as_of))
    counted = connection.scalar(select(func.count()).select_from(holding).where(holds)) or 0
    shown = select(*(customer.c[name] for name in _SHOWN)).select_from(holding).where(holds)
    rows = connection.execute(shown.order_by(customer.c.code).limit(SAMPLE)).mappings().all()
    return PlanPreview(audience=counted, sample=[Picked(customer=dict(row)) for row in rows])


def weight(tree: Any | None) -> dict[str, Any]:
    """What makes an audience (None: everyone) slow to count: its number of conditions, how many of these look up rows
    of other tables for each customer, and the field that most of them ask for ("–" without any).

    Raises KnownError CONDITION_INVALID.
    """
    rules = list(_rules(conditions.parse(tree or conditions.EVERYONE, _ANY_DAY)))
    looked_up = _looked_up(rules)
    fields = Counter(rule.field.name for rule in looked_up or rules)
    heaviest = fields.most_common(1)[0][0] if fields else "–"
    return {"conditions": len(rules), "looked_up": len(looked_up), "heaviest": heaviest}


def _held(audience: Condition) -> tuple[FromClause, ColumnElement[bool]]:
    """What to select from, and the clause for whom an audience holds for. Where many conditions look up rows, going
    through each table once is cheaper than looking for every customer."""
    if len(_looked_up(_rules(audience))) < MANY_LOOKED_UP:
        return customer, conditions.where(audience, customer)
    joined, (holds,) = conditions.where_at_once([audience], customer)
    return joined, holds


def _looked_up(rules: Iterable[Rule]) -> list[Rule]:
    return [rule for rule in rules if not isinstance(rule.reads, Own | Digits | Kept)]


def _rules(condition: Condition) -> Iterator[Rule]:
    if isinstance(condition, Rule):
        yield condition
    else:
        for member in condition.members:
            yield from _rules(member)


def _row(connection: Connection, definition: PlanDefinition) -> dict[str, Any]:
    """The definition as a plan's row; under the id that the plan of its code has, if there is one."""
    known = connection.scalar(select(plan.c.id).where(plan.c.code == definition.code))
    return {**definition.values, "id": known or bytes(ID_BYTES), "form": definition.form}


def _sample(connection: Connection, settled: list[tuple[Occasion, Fate]]) -> list[Picked]:
    found = select(customer.c.id, *(customer.c[name] for name in _SHOWN)).where(
        customer.c.id.in_([wanted.customer.id for wanted, _ in settled])
    )
    rows: Mapping[bytes, Any] = {row["id"]: row for row in connection.execute(found).mappings()}
    return [
        Picked(
            customer={name: rows[wanted.customer.id][name] for name in _SHOWN},
            reason=wanted.reason.kind,
            reason_values=dict(wanted.reason.values),
            available_at=wanted.window[0],
            due_at=wanted.window[1],
            skipped=None if isinstance(fate, Made | Merged) else skip_of(fate).value,
        )
        for wanted, fate in settled
    ]
