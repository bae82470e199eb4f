"""Works out what segmentation says of customers and writes what has changed: of all of them, or of those who changed.

The formulas stand in `rules.segments` and `rules.portrait`; who may have another value at all `segment_sieve` finds.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    and_,
    case,
    false,
    func,
    or_,
    select,
    true,
    union_all,
)

from server_sync.automation.moments import Moment
from server_sync.automation.segment_figures import View, figures
from server_sync.automation.segment_sieve import sieve
from server_sync.domain.commands import Update
from server_sync.domain.model import customer, order_line, sales_order, segment
from server_sync.domain.rules.conditions import parse, where_at_once
from server_sync.domain.rules.conditions.reading import Within, named
from server_sync.domain.rules.conditions.tree import Condition
from server_sync.domain.rules.local_time import iso_day
from server_sync.domain.rules.portrait import OF_ORDERS, portrait, signature
from server_sync.domain.rules.segments import HIGHEST_DIGIT, Bounds, may_set_tier, standing
from server_sync.store import changes, company, scratch, watermarks, whole_tables
from server_sync.store.bulk import select_rows
from server_sync.store.rows import lock_customers
from server_sync.store.transaction import Transaction

Row = Mapping[str, Any]
BOUNDS = "segment_bounds"
_READ = (
    *("id", "tier", "stage", "rfm", "activity_index", "churn_risk", "lifetime_cents", "portrait"),
    *("standing_because", "segment_codes", "tags", "order_count", "spent_cents", "last_order_on"),
)
"""What it writes of a customer, and what it goes by."""
_OF_ORDERS = (
    (sales_order, ("customer_id", "ordered_on", "product_line")),
    (order_line, ("customer_id", "discount")),
)
"""What portraits go by."""


@dataclass(frozen=True)
class Segment:
    """An active segment with its parsed audience."""

    code: str
    tag: str | None
    audience: Condition


class Segmentation:
    """One pass, as things stand at a moment."""

    def __init__(self, tx: Transaction, at: int) -> None:
        local = company.working_time(tx.connection).zone
        self._tx = tx
        self._moment = Moment(at, local)
        self._view = View.of(tx.connection, self._moment)
        self._segments = _active(tx.connection, self._moment)
        self._tag_of: dict[str, str | None] = {
            row.code: row.tag for row in tx.connection.execute(select(segment.c.code, segment.c.tag))
        }
        kept = watermarks.recall(tx.connection, BOUNDS)
        self._bounds = Bounds.from_json(kept) if kept is not None else self.draw_bounds()

    def draw_bounds(self) -> Bounds:
        """Find out where the RFM digits change, among all buyers of now, and keep to it until the next time."""
        self._bounds = _bounds(self._tx.connection, self._view.settings["rfm"], self._moment)
        watermarks.remember(self._tx, BOUNDS, self._bounds.to_json())
        return self._bounds

    def find(self) -> list[bytes]:
        """All customers of whom something may have to be written."""
        segments = [(one.code, one.audience) for one in self._segments]
        connection = self._tx.connection
        whole_tables.read_in_shares(connection)
        shares = whole_tables.shares(connection)
        found = (sieve(self._view, self._bounds, segments, share) for share in shares)
        return list(connection.scalars(union_all(*found)))

    def settle(self, customer_ids: Iterable[bytes]) -> Counter[str]:
        """Work out the values of these customers and write those that are others than before; returns how many
        customers changed by column."""
        changed: Counter[str] = Counter()
        for ids in changes.batches(sorted(customer_ids)):
            lock_customers(self._tx, ids)
            stored = {row["id"]: row for row in select_rows(self._tx.connection, customer, "id", ids, _READ)}
            with scratch.looking_at(self._tx.connection, stored) as among:
                # segments go by what has just been written
                for work_out in (self._standing, self._membership):
                    written = work_out(stored, named(among))
                    updates = [Update("customer", row_id, row) for row_id, row in written.items()]
                    changes.write(self._tx, updates)
                    for row_id, values in written.items():
                        stored[row_id] |= values
                        changed.update(values.keys())
        return changed

    def _standing(self, stored: Mapping[bytes, Row], within: Within) -> dict[bytes, dict[str, Any]]:
        day, local = self._moment.day, self._moment.zone
        written: dict[bytes, dict[str, Any]] = {}
        found = self._tx.connection.execute(self._view.select(within)).mappings().all()
        portraits = self._portraits(stored)
        for row in found:
            before = stored[row["id"]]
            now = standing(figures(dict(row)), day, local, self._bounds, self._view.settings)
            values = {name: value for name, value in now.values.items() if before[name] != value}
            if "tier" in values and not may_set_tier(before):
                del values["tier"]
            because = dict(before["standing_because"])
            for name, why in now.because.items():
                if name in values or (name != "tier" and name not in because):
                    because[name] = {"kind": why.kind, "values": why.values}
            if row["id"] in portraits:
                values["portrait"] = portraits[row["id"]]
                because["portrait"] = {"kind": "orders", "values": signature(before)}
            written[row["id"]] = _changed(before, values | {"standing_because": because})
        return {row_id: values for row_id, values in written.items() if values}

    def _portraits(self, stored: Mapping[bytes, Row]) -> dict[bytes, dict[str, Any]]:
        """The portraits of those whose orders are not those that the last one was made of."""
        wanted = [
            row_id
            for row_id, row in stored.items()
            if row["order_count"]
            and row["standing_because"].get("portrait", {}).get("values") != signature(row)
        ]
        orders, lines = (self._by_customer(table, wanted, columns) for table, columns in _OF_ORDERS)
        setting = self._view.settings["portrait"]
        return {
            row_id: {key: value for key, value in stored[row_id]["portrait"].items() if key not in OF_ORDERS}
            | portrait(orders[row_id], lines[row_id], setting)
            for row_id in wanted
        }

    def _by_customer(
        self, table: Table, customer_ids: Sequence[bytes], columns: tuple[str, ...]
    ) -> Mapping[bytes, list[Row]]:
        found: dict[bytes, list[Row]] = defaultdict(list)
        for row in select_rows(self._tx.connection, table, "customer_id", customer_ids, columns):
            found[row["customer_id"]].append(row)
        return found

    def _membership(self, stored: Mapping[bytes, Row], within: Within) -> dict[bytes, dict[str, Any]]:
        """In which segments the customers are, and the tags that come and go with them (M2.7)."""
        joined, clauses = where_at_once([one.audience for one in self._segments], customer, within)
        holds = [case((clause, true()), else_=false()) for clause in clauses]
        wanted = select(customer.c.id, *holds).select_from(joined).where(within(customer.c.id))
        today = iso_day(self._moment.day)
        written: dict[bytes, dict[str, Any]] = {}
        for row_id, *inside in self._tx.connection.execute(wanted):
            before = stored[row_id]
            codes = [one.code for one, held in zip(self._segments, inside, strict=True) if held]
            if codes == before["segment_codes"]:
                continue
            because = dict(before["standing_because"])
            known = because.get("segment_codes", {}).get("values", {})
            since = {code: known.get(code, today) for code in codes}
            because["segment_codes"] = {"kind": "in_since", "values": since}
            tags = self._tags(before, codes)
            values = {"segment_codes": codes, "standing_because": because, "tags": tags}
            written[row_id] = _changed(before, values)
        return written

    def _tags(self, before: Row, codes: Sequence[str]) -> list[str]:
        """His tags without those of the segments that he left, with those of the ones that he came into."""
        left = {self._tag_of.get(code) for code in before["segment_codes"] if code not in codes}
        mine = {one.tag for one in self._segments if one.code in codes}
        come = [
            one.tag
            for one in self._segments
            if one.tag is not None and one.code in codes and one.code not in before["segment_codes"]
        ]
        tags = [tag for tag in before["tags"] if tag not in left - mine]
        return [*tags, *(tag for tag in dict.fromkeys(come) if tag not in tags)]


def _changed(before: Row, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if before[name] != value}


def _active(connection: Connection, moment: Moment) -> list[Segment]:
    wanted = select(segment.c.code, segment.c.tag, segment.c.audience).where(segment.c.active)
    rows = connection.execute(wanted.order_by(segment.c.position, segment.c.code))
    return [Segment(row.code, row.tag, parse(row.audience, moment.as_of)) for row in rows]


def _bounds(connection: Connection, setting: Mapping[str, Any], moment: Moment) -> Bounds:
    if setting["by"] == "thresholds":
        days = sorted(moment.day_back(days) for days in setting["recency_days"])
        return Bounds(tuple(days), tuple(sorted(setting["orders"])), tuple(sorted(setting["spent_cents"])))
    whole_tables.read(connection)
    measures = (customer.c.last_order_on, customer.c.order_count, customer.c.spent_cents)
    buyers = customer.c.order_count > 0, customer.c.last_order_on.is_not(None)
    count = connection.scalar(select(func.count()).select_from(customer).where(*buyers)) or 0
    # the last of each fifth but the highest
    places = [place for part in range(1, HIGHEST_DIGIT) if (place := count * part // HIGHEST_DIGIT)]
    return Bounds(*(_values_at(connection, measure, places, buyers) for measure in measures))


def _values_at(
    connection: Connection,
    measure: ColumnElement[Any],
    places: Sequence[int],
    buyers: Sequence[ColumnElement[bool]],
) -> tuple[Any, ...]:
    """The values of a measure at places (from 1 on) in the order of its values."""
    values = (
        select(measure.label("value"), func.count().label("rows")).where(*buyers).group_by(measure).subquery()
    )
    upto = func.sum(values.c.rows).over(order_by=values.c.value)
    ranked = select(values.c.value, upto.label("upto"), values.c.rows).subquery()
    first = ranked.c.upto - ranked.c.rows
    holds = or_(false(), *(and_(first < place, place <= ranked.c.upto) for place in places))
    found = connection.execute(
        select(ranked.c.value, ranked.c.upto).where(holds).order_by(ranked.c.value)
    ).all()
    return tuple(next(row.value for row in found if place <= row.upto) for place in places)
