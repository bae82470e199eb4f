"""What happens on the server without any desk: imports, plans, people who come, go and move, deletions, backups, time
that has passed. Each is a real write of the server's store."""

from collections.abc import Callable
from typing import Any

from server_sync.accounts import devices
from server_sync.automation import lease_ends
from server_sync.domain.commands import Change, Insert, ReassignTask, RevokeDevice, Update, WipeDevice
from server_sync.domain.model import TABLES, Role, Scope
from server_sync.domain.rules.settings import setting_id
from server_sync.jobs import sweep as sweeping
from server_sync.store import changes
from server_sync.store.changes import Delete
from server_sync.store.transaction import Transaction
from tests import deciding
from tests.convergence.company import dossier
from tests.convergence.schedule import Event
from tests.convergence.world import World

_OPEN = "state IN ('open', 'accepted')"
_MOST_BACKUPS = 4


def _pick(world: World, share: float, sql: str, *values: object) -> tuple[Any, ...] | None:
    rows = world.server.memory.rows(sql, values)
    return rows[int(share * len(rows))] if rows else None


def _write(world: World, do: Callable[[Transaction], object]) -> None:
    with world.server.database.write(world.now) as tx:
        do(tx)


def import_customer(world: World, event: Event) -> str:
    rows = dossier(world.organisation, int(event.pick * 30))
    _write(world, lambda tx: changes.write(tx, rows))
    return ""


def edit_company(world: World, event: Event) -> str:
    organisation = world.organisation
    edits: list[Change] = [
        Update("plan", organisation.plan, {"name": f"计划 {event.at}"}),
        Update("team", organisation.north, {"region": f"区 {event.at}"}),
    ]
    key = setting_id("contact_frequency")
    known = _pick(world, 0, "SELECT id FROM setting WHERE id = ?", key)
    value = {"value": {"per_day": 2 + int(event.more * 5)}}
    made = (
        Update("setting", key, value)
        if known
        else Insert("setting", {"id": key, "key": "contact_frequency", **value})
    )
    edits.append(made)
    chosen = edits[int(event.pick * len(edits))]
    _write(world, lambda tx: changes.write(tx, [chosen]))
    return chosen.table


def server_reassigns(world: World, event: Event) -> str:
    task = _pick(world, event.pick, f"SELECT id, customer_id FROM task WHERE {_OPEN} ORDER BY id")
    person = _pick(world, event.more, "SELECT id FROM person WHERE active ORDER BY id")
    if task is None or person is None:
        return "no task"
    whom = None if event.more > 0.8 else person[0]
    command = ReassignTask(world.ids.new(), task[0], task[1], whom, world.now)
    deciding.run_command(world.server.database, world.organisation.administrator, command, world.now)
    return ""


def pool_pulled(world: World, event: Event) -> str:
    """What somebody has pulled is put back into the pool by a lead, whatever its desk knows of it; all want it then."""
    sql = f"SELECT id, customer_id FROM task WHERE leased_until IS NOT NULL AND {_OPEN} ORDER BY id"
    task = _pick(world, event.pick, sql)
    if task is None:
        return "nothing pulled"
    command = ReassignTask(world.ids.new(), task[0], task[1], None, world.now)
    deciding.run_command(world.server.database, world.organisation.administrator, command, world.now)
    for site in world.sites:
        site.pull(20)
    return ""


def move_person(world: World, event: Event) -> str:
    """Another team, another role, or both, for somebody who has a desk."""
    person = world.sites[event.desk].person_id
    organisation = world.organisation
    role = (Role.AGENT, Role.SUPERVISOR, Role.AGENT, Role.ADMINISTRATOR)[int(event.pick * 4)]
    team = (organisation.north, organisation.south)[int(event.more * 2)]
    _write(world, lambda tx: changes.write(tx, [Update("person", person, {"role": role, "team_id": team})]))
    return f"{role} of {'north' if team == organisation.north else 'south'}"


def switch_person(world: World, event: Event) -> str:
    """Somebody is let in no more, or again."""
    person = world.sites[event.desk].person_id
    [(active,)] = world.server.memory.rows("SELECT active FROM person WHERE id = ?", (person,))

    def switch(tx: Transaction) -> None:
        if active:
            devices.revoke_all(tx, person)
        changes.write(tx, [Update("person", person, {"active": not active})])

    _write(world, switch)
    return "out" if active else "in"


def revoke_device(world: World, event: Event) -> str:
    _write(world, lambda tx: devices.revoke(tx, world.sites[event.desk].device))
    return ""


def note_contacts(world: World, event: Event) -> str:
    """What every server does now and then: whom it has heard of, and of which team they are by now."""
    world.server.gate.write_contacts()
    return ""


def refuse_desk(world: World, event: Event) -> str:
    """A desk is admitted no more; half of them are to delete what they have."""
    device = world.sites[event.desk].device
    command = RevokeDevice(device) if event.pick < 0.5 else WipeDevice(device)
    deciding.run_command(world.server.database, world.organisation.administrator, command, world.now)
    return command.name


def admit_desk(world: World, event: Event) -> str:
    world.admit(world.sites[event.desk])
    return ""


def take_all(world: World, event: Event) -> str:
    """All that a person works on becomes another's."""
    person = world.sites[event.desk].person_id
    tasks = world.server.memory.rows(f"SELECT id FROM task WHERE assignee_id = ? AND {_OPEN}", (person,))
    owned = world.server.memory.rows("SELECT id FROM customer WHERE owner_id = ?", (person,))
    heir = _pick(world, event.pick, "SELECT id FROM person WHERE id <> ? ORDER BY id", person)
    assert heir is not None
    his = {"assignee_id": heir[0], "leased_until": None}
    taken: list[Change] = [Update("task", row[0], his) for row in tasks]
    taken += [Update("customer", row[0], {"owner_id": None}) for row in owned]
    _write(world, lambda tx: changes.write(tx, taken))
    return f"{len(taken)} rows"


def delete_rows(world: World, event: Event) -> str:
    """Single rows go, as when an import is undone."""
    table = ("sales_order", "contact_point")[int(event.more * 2)]
    found = _pick(world, event.pick, f"SELECT id FROM {table} ORDER BY id")
    if found:
        _write(world, lambda tx: changes.write(tx, [Delete(table, found[0])]))
    return table


def delete_customer(world: World, event: Event) -> str:
    found = _pick(world, event.pick, "SELECT id FROM customer ORDER BY id")
    if found is None:
        return "nobody left"
    [customer] = found
    gone = [Delete("customer", customer)]
    for name, table in TABLES.items():
        if table.info["scope"] is Scope.DOSSIER and name != "customer":
            sql = f"SELECT id FROM {name} WHERE customer_id = ?"
            gone += [Delete(name, row[0]) for row in world.server.memory.rows(sql, (customer,))]
    _write(world, lambda tx: changes.write(tx, gone))
    world.ledger.deleted.add(customer)
    # Their bytes go everywhere; a server that is set back to before it asks for them in vain.
    world.ledger.files_gone |= {one.row_id for one in gone if one.table == "attachment"}
    return ""


def sweep(world: World, event: Event) -> str:
    """The hourly job: what has had its time goes."""
    _write(world, lambda tx: sweeping.sweep(tx, {}))
    return ""


def settle_leases(world: World, event: Event) -> str:
    """What the job of leases does at their end."""
    _write(world, lambda tx: lease_ends.settle(tx, world.ids))
    return ""


def back_up(world: World, event: Event) -> str:
    """A backup, of which the server notes that it exists."""
    server = world.server
    server.backups = [server.copy(official=True)]
    server.memory.raw.execute("UPDATE partition SET backed_up = head")
    return ""


def copy_aside(world: World, event: Event) -> str:
    """A copy that the server does not know of, such as a standby that lags behind."""
    server = world.server
    server.backups.append(server.copy(official=False))
    del server.backups[:-_MOST_BACKUPS]
    return ""


DOINGS: dict[str, Callable[[World, Event], str]] = {
    one.__name__: one
    for one in (
        import_customer,
        edit_company,
        server_reassigns,
        pool_pulled,
        move_person,
        switch_person,
        revoke_device,
        note_contacts,
        refuse_desk,
        admit_desk,
        take_all,
        delete_rows,
        delete_customer,
        sweep,
        settle_leases,
        back_up,
        copy_aside,
    )
}
