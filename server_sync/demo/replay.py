"""The demo's last fortnight by days: in the morning the plans run, over the day the agents call; some tasks stay."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select

from server_sync.automation.plans import run_plans
from server_sync.demo.calls import Call, call
from server_sync.demo.chance import draw
from server_sync.demo.company import Company, add_plan
from server_sync.demo.customers import REPLAYED_DAYS
from server_sync.demo.guides import Guide
from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.commands import Change, Need
from server_sync.domain.ids import Ids
from server_sync.domain.model import task
from server_sync.domain.rules import dialling
from server_sync.domain.rules.permissions import OPEN_STATES
from server_sync.domain.rules.working_time import WorkingTime
from server_sync.jobs import callbacks
from server_sync.store import changes, feed
from server_sync.store.database import Database
from server_sync.store.rows import FetchedRows
from server_sync.store.transaction import Transaction

ALWAYS = ("first_visit", "delivery_follow_up", "vip_care")
ON_DAY = {4: "new_products", 0: "complaint_verification"}
"""Sample plans added so many days before today."""

CALLS_A_DAY = 12
CALLS_LATELY = 3
LEFT_PERCENT = 25
"""So many of the tasks that come up nobody gets to on that day."""
APPOINTMENTS = (0, 40 * MINUTE, 20 * HOUR)
"""When the first agent has promised to call, from now on."""
BUSY = 3
"""How many customers he found busy last evening."""


def today_of(time: WorkingTime, now: int) -> int:
    """The day of the last opening that is not in the future."""
    day = time.zone.day(now)
    return day if _opening(time, day) <= now else day - 1


@dataclass(frozen=True)
class Replay:
    """One replay that ends at `now` (ms)."""

    database: Database
    company: Company
    ids: Ids
    guides: Mapping[bytes, Guide]
    time: WorkingTime
    now: int

    def run(self) -> None:
        """All days up to today, in order; at last what the first agent has to find in his queue."""
        today = today_of(self.time, self.now)
        for days_ago in range(REPLAYED_DAYS, -1, -1):
            opens_at, closes_at = _opening(self.time, today - days_ago), _closing(self.time, today - days_ago)
            with self.database.write(opens_at) as tx:
                if days_ago == REPLAYED_DAYS:
                    for name in ALWAYS:
                        add_plan(tx, self.ids, name)
                if days_ago in ON_DAY:
                    add_plan(tx, self.ids, ON_DAY[days_ago])
                feed.release_dossiers(tx)
                run_plans(tx, opens_at, self.ids)
            until = min(closes_at, self.now)
            if days_ago == 1:
                until = opens_at + 9 * HOUR  # what comes after is told of the first agent below
            with self.database.write(until) as tx:
                self._play(tx, self._day(tx, opens_at, until))
            if days_ago == 1:
                with self.database.write(closes_at) as tx:
                    self._play(tx, self._evening(tx, closes_at))
        with self.database.write(self.now) as tx:
            feed.release_dossiers(tx)

    def _day(self, tx: Transaction, opens_at: int, until: int) -> list[Call]:
        """The calls of all agents between two moments, in the order of time."""
        calls: list[Call] = []
        for agent_id, tasks in self._to_do(tx, until).items():
            at = opens_at
            for one in self._chosen(agent_id, tasks, until):
                at += (18 + draw(30, "pause", one["id"].hex(), opens_at)) * MINUTE
                starts = max(at, one["not_before_at"] or 0, one["appointment_at"] or 0)
                if starts < until - 10 * MINUTE and self.time.next_open(starts) == starts:
                    calls.append(self._call(one, agent_id, starts))
        return sorted(calls, key=lambda one: (one.at, one.attempt_id))

    def _chosen(self, agent_id: bytes, tasks: list[Mapping[str, Any]], until: int) -> list[Mapping[str, Any]]:
        """What an agent gets to. The first one has lately called a few of the new ones and left the rest."""
        if agent_id == self.company.first_agent.person_id and self.now - until < 2 * DAY:
            return [one for one in reversed(tasks) if one["attempt_count"] == 0][:CALLS_LATELY]
        return tasks[:CALLS_A_DAY]

    def _evening(self, tx: Transaction, at: int) -> list[Call]:
        """Yesterday's last calls of the first agent: customers that were busy, and appointments for today."""
        agent_id = self.company.first_agent.person_id
        assert agent_id is not None
        new = [
            one
            for one in self._to_do(tx, at, everything=True)[agent_id]
            if (one["attempt_count"], one["urgency"]) == (0, "normal")
        ]
        needs = (need for one in new for need in dialling.needs(one["id"], one["customer_id"]))
        rows = FetchedRows(tx, (Need(*need) for need in needs))
        fresh = [one for one in new if dialling.refusal(rows, one, agent_id, None, at) is None]
        soon = -(-self.now // (5 * MINUTE)) * 5 * MINUTE
        # at a time at which somebody may be called, wherever the clock stands now
        wanted = [self.time.next_open(soon + later) for later in APPOINTMENTS]
        # those that were busy have time left: they come as retries, not as what is due
        chosen = [*fresh[: len(wanted)], *fresh[len(wanted) :][-BUSY:]]
        ends: list[tuple[str, int | None]] = [("2.12a", moment) for moment in wanted]
        ends += [("3.12", None)] * BUSY
        return [
            call(
                one,
                self.company.first_agent,
                at - (60 - 5 * place) * MINUTE,
                self._guide(one),
                self.ids,
                end,
                moment,
            )
            for place, (one, (end, moment)) in enumerate(zip(chosen, ends, strict=False))
        ]

    def _to_do(
        self, tx: Transaction, until: int, *, everything: bool = False
    ) -> dict[bytes, list[Mapping[str, Any]]]:
        """The tasks that can be worked on before a moment, by agent, most pressing first."""
        rows = tx.connection.execute(
            select(task)
            .where(
                task.c.state.in_(OPEN_STATES),
                task.c.assignee_id.is_not(None),
                task.c.available_at <= until,
                or_(task.c.not_before_at.is_(None), task.c.not_before_at <= until),
                or_(task.c.appointment_at.is_(None), task.c.appointment_at <= until),
            )
            .order_by(task.c.due_at, task.c.id)
        ).mappings()
        found: dict[bytes, list[Mapping[str, Any]]] = defaultdict(list)
        for row in rows:
            if everything or draw(100, "left", row["id"].hex(), until) >= LEFT_PERCENT:
                found[row["assignee_id"]].append(dict(row))
        return found

    def _call(self, one: Mapping[str, Any], agent_id: bytes, at: int) -> Call:
        return call(one, self.company.actor(agent_id), at, self._guide(one), self.ids)

    def _guide(self, one: Mapping[str, Any]) -> Guide | None:
        return self.guides.get(one["form_version_id"])

    def _play(self, tx: Transaction, calls: Iterable[Call]) -> None:
        """Carry the calls out as the server does with what desks send."""
        made = list(calls)
        rows = FetchedRows(tx, (need for one in made for need in one.needs()))
        decided: list[Change] = [change for one in made for change in one.play(rows)]
        changes.write(tx, decided)
        callbacks.enqueue(tx, decided)


def _opening(time: WorkingTime, day: int) -> int:
    return time.open_spans(day)[0][0]


def _closing(time: WorkingTime, day: int) -> int:
    return time.open_spans(day)[-1][1]
