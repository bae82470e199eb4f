"""Which rows a person may see, stated a second time and in plain words over the server's rows, to hold the feed to it
(SYNC S2, S3)."""

from collections.abc import Mapping
from typing import Any

from server_sync.domain.clock import DAY
from server_sync.domain.model import TABLES, Role, Scope
from tests.convergence.memory import Memory

Rows = dict[bytes, tuple[Any, ...]]
_OPEN = ("open", "accepted")


def everything(server: Memory) -> dict[str, Rows]:
    """Every replicated row by table and id, as the server holds it."""
    return {name: rows_of(server, name) for name in TABLES}


def rows_of(memory: Memory, table: str) -> Rows:
    """The rows of one table by id, with their columns in the order of the model."""
    columns = ", ".join(f'"{column.name}"' for column in TABLES[table].columns)
    return {row[0]: row for row in memory.rows(f'SELECT {columns} FROM "{table}"')}


def visible(rows: Mapping[str, Rows], person_id: bytes, now: int) -> dict[str, Rows]:
    """What of it belongs on the desks of a person."""
    person = _named("person", rows["person"][person_id])
    teams = set(rows["team"])
    leads: set[bytes] = set()
    if person["role"] == Role.ADMINISTRATOR:
        leads = teams
    elif person["role"] == Role.SUPERVISOR and person["team_id"] is not None:
        leads = {person["team_id"]}
    customers = _customers(rows, person, leads, now)
    seen = {}
    for name, table in TABLES.items():
        every = rows[name]
        if table.info["scope"] is Scope.DOSSIER:
            place = [column.name for column in table.columns].index(
                "id" if name == "customer" else "customer_id"
            )
            seen[name] = {key: row for key, row in every.items() if row[place] in customers}
        elif table.info["scope"] is Scope.TEAM:
            place = [column.name for column in table.columns].index("team_id")
            seen[name] = {key: row for key, row in every.items() if key == person_id or row[place] in leads}
        else:
            seen[name] = every
    return seen


def _customers(
    rows: Mapping[str, Rows], person: Mapping[str, Any], leads: set[bytes], now: int
) -> set[bytes]:
    """Whose dossiers a person holds: those whom he owns or leads the team of, and those of tasks that are open, or were
    until a day ago, when he has them, has their appointment, or leads their team; and of tasks in his team's pool."""
    me = person["id"]
    found = set()
    for key, values in rows["customer"].items():
        customer = _named("customer", values)
        if customer["owner_id"] == me or customer["team_id"] in leads:
            found.add(key)
    for values in rows["task"].values():
        task = _named("task", values)
        current = task["state"] in _OPEN
        if not current and not (task["done_at"] is not None and task["done_at"] > now - DAY):
            continue
        mine = me in (task["assignee_id"], task["appointment_owner_id"]) or task["team_id"] in leads
        pooled = current and task["in_pool"] and person["active"] and task["team_id"] == person["team_id"]
        if mine or (pooled and task["team_id"] is not None):
            found.add(task["customer_id"])
    return found & set(rows["customer"])


def _named(table: str, row: tuple[Any, ...]) -> dict[str, Any]:
    return dict(zip((str(column.name) for column in TABLES[table].columns), row, strict=True))
