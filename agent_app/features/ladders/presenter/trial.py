"""What would happen to a task by a ladder as it is written, reckoned by the rules that the server goes by."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from agent_app.features.ladders.state import Rung, Trial
from agent_app.store.queries.ladders import Company
from agent_app.ui.definitions.state import Fault
from server_sync.domain.clock import DAY, MINUTE
from server_sync.domain.errors import ErrorKind
from server_sync.domain.ids import ID_BYTES
from server_sync.domain.model import ReminderMeans
from server_sync.domain.rules import escalation, quiet_hours, typed_day
from server_sync.domain.rules.escalation import Policy, Watched
from server_sync.domain.rules.local_time import day_number, iso_day
from server_sync.domain.rules.working_time import Span, Unit, WorkingTime

_NOBODY = bytes(ID_BYTES)
_USUAL = Span(Decimal(1), Unit.WORKING_DAYS)
"""How long a task has of which nobody said when it is due."""
AWAY = (ReminderMeans.MAIL, ReminderMeans.SMS, ReminderMeans.ROBOT)
"""Means that leave the desk and wait in quiet hours."""


def tried(values: Mapping[str, Any], company: Company, created: str, due: str, now: int) -> Trial | None:
    """`values` as the domain has checked them; `created` and `due` as typed, nothing being now and a working day later.
    None while the company's hours are not known. Raises KnownError OUT_OF_RANGE."""
    time = company.time
    if time is None:
        return None
    created_at = _moment(created, time, now) if created.strip() else now
    due_at = _moment(due, time, now) if due.strip() else time.add(created_at or now, _USUAL)
    wrong = {name: at for name, at in (("created", created_at), ("due", due_at)) if at is None}
    if created_at is None or due_at is None:
        return Trial(faults={name: Fault(ErrorKind.FIELD_INVALID, {"field": name}) for name in wrong})
    policy = Policy.of_row({**values, "id": _NOBODY})
    watched = Watched(
        policy.subject, _NOBODY, _NOBODY, _NOBODY, None, None, True, False, created_at, created_at, due_at, {}
    )
    coming = escalation.coming(policy, watched, None, (), time, created_at)
    rungs = []
    for one in coming:
        step = policy.steps[one.index]
        quiet = None
        if not set(AWAY).isdisjoint(step.means):
            quiet = quiet_hours.wait(one.at, time.zone.name, company.quiet)
        rungs.append(Rung(one.index + 1, one.at, step.means, step.lasts, one.steps, quiet))
    return Trial(created_at, due_at, tuple(rungs))


def _moment(text: str, time: WorkingTime, now: int) -> int | None:
    """A typed moment on the company's wall clock."""
    found = typed_day.moment(text, date.fromisoformat(iso_day(time.zone.day(now))), time.zone.minute(now))
    if found is None:
        return None
    on, minute = found
    return time.zone.moment(day_number(on.isoformat()) * DAY + minute * MINUTE)
