"""What has to be true when all is healed (SYNC §7), one function each; what has to be true after every step stands in
`watch`, and what every answer has to be in `ledger`."""

from collections import Counter
from collections.abc import Callable

from server_sync.domain.model import TABLES
from server_sync.domain.wire.codec import decode
from server_sync.domain.wire.messages import Result
from tests.convergence.company import canary
from tests.convergence.desk_site import DeskSite
from tests.convergence.file_invariants import files_are_whole, files_left_with_their_dossiers
from tests.convergence.ledger import Key, Violated
from tests.convergence.visible import everything, rows_of, visible
from tests.convergence.world import World

_PRIVATE = ("base_row", "draft", "customer_term", "customer_indexed", "held")
_PARENTS = (
    ("task", "customer_id", "customer"),
    ("attempt", "task_id", "task"),
    ("response", "attempt_id", "attempt"),
    ("callback", "task_id", "task"),
    ("activity", "customer_id", "customer"),
)


def check_all(world: World) -> None:
    """Every invariant of the end. Raises Violated with the first that does not hold."""
    for check in CHECKS:
        check(world)


def no_acknowledged_write_lost(world: World) -> None:
    """What the server accepted is there, also after it was set back: then the desk sent it again (SYNC E1, P6)."""
    name = "no acknowledged write lost"
    applied = _applied(world)
    visible_at_desks = set().union(*(world.watch.keys_at(site) for site in world.sites))
    # A server that was set back may take a late copy of what it had rejected; the desk has heard of that alone.
    rejected = set().union(*(world.watch.conflicts_at(site) for site in world.sites))
    rows = {
        table: {row[0] for row in world.server.memory.rows(f"SELECT id FROM {table}")} for table in TABLES
    }
    for edit in world.ledger.edits.values():
        status = applied.get(edit.key)
        if world.ledger.told.get(edit.key) in ("accepted", "merged"):
            if status is None and edit.key not in rejected and not edit.excused:
                raise Violated(name, f"{edit} was accepted, and the server knows nothing of it")
            if (
                status == "rejected"
                and edit.key not in visible_at_desks
                and not (edit.excused or edit.put_away)
            ):
                raise Violated(name, f"{edit} was accepted, then rejected, and nobody was told")
        if status in ("accepted", "merged") and edit.own_row and not _customer_deleted(world, edit.args):
            table, row_id = edit.own_row
            if row_id not in rows[table]:
                raise Violated(name, f"{edit} was accepted, but its {table} is not there")


def every_write_somewhere(world: World) -> None:
    """Every edit that a desk confirmed is taken up by the server or to be seen among the conflicts (SYNC P1, P3)."""
    applied = _applied(world)
    # What was answered a copy of the profile may have, whose name it is by then (SYNC P2).
    at_desks = set().union(*(world.watch.keys_at(site) for site in world.sites))
    for edit in world.ledger.edits.values():
        taken = applied.get(edit.key) in ("accepted", "merged")
        if not (taken or edit.key in at_desks or edit.excused or edit.put_away):
            raise Violated("every confirmed write is somewhere", f"{edit} is nowhere")


def outboxes_are_empty(world: World) -> None:
    """Nothing waits, and nothing is laid over the server's rows any more (SYNC P4)."""
    for site in world.sites:
        waiting = site.memory.rows("SELECT count(*) FROM outbox WHERE state <> 'kept'")[0][0]
        laid_over = site.memory.rows("SELECT kind FROM base_row")
        if waiting or laid_over:
            what = f"{site.name}: {waiting} edits wait, {len(laid_over)} rows are laid over"
            raise Violated("after healing the outbox is soon empty", what)


def each_effect_once(world: World) -> None:
    """No edit was taken up twice; a task counts each of its calls once (SYNC P2). What two copies of a profile send as
    devices of their own is answered twice and has its effect once."""
    name = "each effect exactly once"
    taken: Counter[Key] = Counter()
    sql = (
        "SELECT args_hash, result FROM applied JOIN audit USING (device_id, mid)"
        " WHERE json_array_length(audit.rows) > 0"
    )
    for key, result in world.server.memory.rows(sql):
        taken[key] += decode(result, Result).status != "rejected"
    twice = [key for key, count in taken.items() if count > 1]
    if twice:
        raise Violated(name, f"{world.ledger.edits.get(twice[0])} was taken up {taken[twice[0]]} times")
    sql = (
        "SELECT t.id, t.attempt_count, (SELECT count(*) FROM audit AS a WHERE a.command = 'start_attempt@1'"
        " AND a.status = 'accepted' AND a.rows LIKE '%[\"task\",\"' || lower(hex(t.id)) || '\"]%')"
        " FROM task AS t"
    )
    for task, counted, started in world.server.memory.rows(sql):
        if counted != started:
            raise Violated(name, f"task {task.hex()} counts {counted} calls of {started}")


def one_audit_row_each(world: World) -> None:
    """One row of the audit for each mutation that was decided."""
    sql = (
        "SELECT count(*) FROM (SELECT device_id, mid FROM applied EXCEPT"
        " SELECT device_id, mid FROM audit WHERE mid IS NOT NULL)"
    )
    lacking = world.server.memory.rows(sql)[0][0]
    several = world.server.memory.rows(
        "SELECT device_id, mid FROM audit WHERE mid IS NOT NULL GROUP BY device_id, mid HAVING count(*) > 1"
    )
    doubled = set(several) - world.ledger.doubled
    if lacking or doubled:
        what = f"{lacking} have none, {len(doubled)} have several"
        raise Violated("one audit row per applied mutation", what)


def in_order(world: World) -> None:
    """A device's edits took effect in their order, and nothing is there before what it belongs to (SYNC P2).

    A rejection has no effect: what a disabled person's desk hands over may be answered before what a restored server
    lost is sent again.
    """
    name = "no effect before its parent"
    last: dict[bytes, int] = {}
    for device, mid in world.server.memory.rows(
        "SELECT device_id, mid FROM audit WHERE mid IS NOT NULL AND status <> 'rejected' ORDER BY seq"
    ):
        if mid < last.get(device, 0) and not any(site.put_back for site in world.sites):
            raise Violated(name, f"edit {mid} of a device came after its edit {last[device]}")
        last[device] = mid
    for memory, where in [
        (world.server.memory, "the server"),
        *((one.memory, one.name) for one in world.sites),
    ]:
        for table, column, parent in _PARENTS:
            sql = f'SELECT id FROM "{table}" WHERE {column} NOT IN (SELECT id FROM "{parent}")'
            orphans = memory.rows(sql)
            if orphans:
                raise Violated(name, f"{len(orphans)} of {table} without {parent} on {where}")


def desks_converge(world: World) -> None:
    """Every desk holds exactly what its person may see, as the server has it (SYNC S2, S3, L2)."""
    rows = everything(world.server.memory)
    for site in world.sites:
        seen = visible(rows, site.person_id, world.now)
        for table, expected in seen.items():
            here = rows_of(site.memory, table)
            if here == expected:
                continue
            lacking, strange = expected.keys() - here.keys(), here.keys() - expected.keys()
            other = [key for key in here.keys() & expected.keys() if here[key] != expected[key]]
            what = f"{site.name}: of {table} {len(lacking)} lack, {len(strange)} are too many, {len(other)} differ"
            invariant = "nothing stays that may not be seen" if strange else "desks converge"
            raise Violated(invariant, what)


def nothing_stays_behind(world: World) -> None:
    """No draft, search term, kept version or page of a customer whom the person may no longer see (SYNC L2)."""
    name = "nothing stays that may not be seen"
    customers = set(rows_of(world.server.memory, "customer")) | world.ledger.deleted
    for site in world.sites:
        seen = {row[0] for row in site.memory.rows("SELECT id FROM customer")}
        for table in _PRIVATE:
            for (customer,) in site.memory.rows(f"SELECT DISTINCT customer_id FROM {table}"):
                if customer is not None and customer not in seen:
                    raise Violated(name, f"{site.name} has something in {table}")
        _check_pages(site, customers - seen)


def _check_pages(site: DeskSite, strangers: set[bytes]) -> None:
    image = site.memory.image()
    for customer in strangers:
        if canary(customer).encode() in image:
            raise Violated("nothing stays that may not be seen", f"{site.name} has an address in a page")


def memory_is_bounded(world: World) -> None:
    """The feed has one entry a row and partition, and no more than live rows and tombstones (SYNC S4)."""
    name = "retries, log and memory are bounded"
    memory = world.server.memory
    doubled = memory.rows("SELECT 1 FROM feed GROUP BY partition, kind, row_id HAVING count(*) > 1")
    if doubled:
        raise Violated(name, f"{len(doubled)} rows have several entries")
    for site in world.sites:
        if site.line.requests > 40 + 12 * world.timeline.events:
            raise Violated(name, f"{site.name} has asked {site.line.requests} times")


def server_time_is_true(world: World) -> None:
    """No fact is later than the server's time, whatever a desk's clock said (SYNC §5)."""
    for table, column in (
        ("activity", "happened_at"),
        ("attempt", "started_at"),
        ("response", "recorded_at"),
    ):
        [(latest,)] = world.server.memory.rows(f"SELECT max({column}) FROM {table}")
        if latest is not None and latest > world.now:
            raise Violated(
                "a desk's clock never goes ahead of the server's", f"{table} {latest - world.now} ms"
            )


def every_edition_stands(world: World) -> None:
    """Corrections of one form are one row behind the other, whoever made them from which edition: none is lost, none
    stands beside another, and one is the last (SYNC §5: a correction is a new fact)."""
    name = "every edition of an answer is kept, in one order"
    sql = (
        "SELECT id, task_id, attempt_id, form_version_id, edition, replaces_id, replaced_by_id FROM response"
    )
    for memory, where in [
        (world.server.memory, "the server"),
        *((one.memory, one.name) for one in world.sites),
    ]:
        rows = {row[0]: row[1:] for row in memory.rows(sql)}
        for row_id, (*of, edition, before, after) in rows.items():
            earlier = rows.get(before)
            if (edition == 1) != (before is None) or (before is not None and earlier is None):
                raise Violated(name, f"edition {edition} of {row_id.hex()} on {where} has none before it")
            if earlier is not None and (earlier[:4], earlier[-1]) != ((*of, edition - 1), row_id):
                raise Violated(name, f"edition {edition} of {row_id.hex()} on {where} stands beside another")
            if after is not None and after not in rows:
                raise Violated(name, f"the edition behind {edition} of {row_id.hex()} is not on {where}")


def _applied(world: World) -> dict[Key, str]:
    """What the server knows of each edit; accepted counts more than rejected."""
    known: dict[Key, str] = {}
    for key, result in world.server.memory.rows("SELECT args_hash, result FROM applied"):
        status = decode(result, Result).status
        if known.get(key) not in ("accepted", "merged"):
            known[key] = status
    return known


def _customer_deleted(world: World, args: bytes) -> bool:
    return any(customer in args for customer in world.ledger.deleted)


CHECKS: tuple[Callable[[World], None], ...] = (
    outboxes_are_empty,
    every_write_somewhere,
    no_acknowledged_write_lost,
    each_effect_once,
    one_audit_row_each,
    in_order,
    desks_converge,
    nothing_stays_behind,
    files_are_whole,
    files_left_with_their_dossiers,
    every_edition_stands,
    memory_is_bounded,
    server_time_is_true,
)
