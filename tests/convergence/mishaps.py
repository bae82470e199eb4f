"""What goes wrong with the network and the machines: lost and late messages, kills, clocks, restored servers and
profiles. What has to be true all the same, stands in `invariants`."""

from collections.abc import Callable

from agent_app.store.outbox import KEPT_FOR
from server_sync.domain.clock import DAY, HOUR, MINUTE, SECOND
from tests.convergence import people, upgrades
from tests.convergence.crashes import SERVER
from tests.convergence.desk_site import DeskSite
from tests.convergence.desk_work import Profile
from tests.convergence.line import DOWN, Fault
from tests.convergence.schedule import NETWORK, Event
from tests.convergence.server_site import Backup
from tests.convergence.world import World

_MOST_IMAGES = 3
_WRONG_BY = 2 * DAY
"""Clocks of desks differ by as much as that from one time to another (`set_clock`)."""
_EXCHANGES = ("lose_request", "lose_reply", "double", "tear", "fail", "late_reply", "late_request")


def _spoil(world: World, event: Event) -> str:
    """The next exchanges of the desk go wrong."""
    times = 1 + int(event.more * 3)
    line = world.sites[event.desk].line
    for faults in (line.faults, line.file_faults):
        faults.extend([Fault(event.what, event.pick)] * times)
    return f"{times} times"


def cut_off(world: World, event: Event) -> str:
    away = round(event.pick * MINUTE)
    world.sites[event.desk].line.cut_until = world.now + away
    return f"for {away} ms"


def deafen(world: World, event: Event) -> str:
    """From now on its hints are lost."""
    site = world.sites[event.desk]
    site.deaf = not site.deaf
    return "" if site.deaf else "no more"


def kill_desk(world: World, event: Event) -> str:
    world.sites[event.desk].kill(round(event.pick * 20 * SECOND))
    return ""


def crash_desk(world: World, event: Event) -> str:
    """It will be killed at one of the moments that it passes next."""
    after = int(event.pick * 6)
    world.moments.arm(world.sites[event.desk].name, after)
    return f"at moment {after}"


def kill_server(world: World, event: Event) -> str:
    world.server.down_until = world.now + round(event.pick * 4 * DOWN)
    world.server.restart()
    return ""


def crash_server(world: World, event: Event) -> str:
    after = int(event.pick * 4)
    world.moments.arm(SERVER, after)
    return f"at moment {after}"


def restore_server(world: World, event: Event) -> str:
    """The server is set back to a copy that it has; nothing older than its last backup may ever be used."""
    server = world.server
    if not server.backups:
        return "no copy"
    backup = server.backups[int(event.pick * len(server.backups))]
    _restore(world, backup)
    return f"to {backup.at - world.began_at} ms"


def restore_after_answer(world: World, event: Event) -> str:
    """The server is set back to a moment before an edit that it has answered, about when the desk pulls it."""
    site, server = world.sites[event.desk], world.server
    backup = server.copy(official=False)
    server.backups.append(backup)
    said = people.note(site, event)
    world.timeline.after(round((2 + event.pick) * site.line.way) + 1, _restore_if_kept, world, backup)
    return said


def _restore_if_kept(world: World, backup: Backup) -> None:
    if backup in world.server.backups:
        world.timeline.note(f"  the server is set back to {backup.at - world.began_at} ms")
        _restore(world, backup)


def _restore(world: World, backup: Backup) -> None:
    server = world.server
    complete = world.complete_files()
    for site in world.sites:
        # As a device of its own it keeps nothing that was answered before.
        by = world.now if site.put_back else world.now - KEPT_FOR + _WRONG_BY
        world.ledger.forgotten(site.name, world.watch.keys_at(site), by)
    server.set_back(backup)
    world.grants.set_back(world.now)
    world.ledger.files_gone |= complete - world.complete_files()
    server.down_until = world.now + DOWN
    server.backups = [one for one in server.backups if one.at <= backup.at]
    applied = server.memory.rows("SELECT device_id, mid, args_hash FROM applied")
    world.ledger.server_set_back({(device, mid): key for device, mid, key in applied})


def image_desk(world: World, event: Event) -> str:
    site = world.sites[event.desk]
    site.images.append(site.profile())
    del site.images[:-_MOST_IMAGES]
    return ""


def set_desk_back(world: World, event: Event) -> str:
    """The profile is copied back from an image. What was saved since and had not gone up is gone with the disk."""
    site = world.sites[event.desk]
    if not site.images:
        return "no image"
    image = site.images[int(event.pick * len(site.images))]
    _put_back(world, site, image, "its disk was set back")
    return ""


def _put_back(world: World, site: DeskSite, profile: Profile, why: str) -> None:
    site.wiped = False
    site.put_back = True
    site.set_back(profile)
    if profile.older and site.line.translate is None:
        upgrades.find_passed_over(site)
    world.watch.forget(site)
    world.excuse_lost(site, why)


def copy_desk(world: World, event: Event) -> str:
    """The profile is copied to another computer of its person, and both go on (SYNC P2)."""
    site = world.sites[event.desk]
    others = [one for one in world.sites if one.person_id == site.person_id and one is not site]
    if not others or site.wiped:
        return "no other computer"
    other = others[int(event.pick * len(others))]
    _put_back(world, other, site.profile(), "its disk got another's profile")
    return f"to {other.name}"


def upgrade_desk(world: World, event: Event) -> str:
    """A newer program is started on what an older one left, sometimes killed in its first try."""
    site = world.sites[event.desk]
    if site.line.translate is not None:
        upgrades.know_all(site)
        return "knows all now"
    site.kill(0)
    if not upgrades.has_been_older(site):
        return "had nothing of the older one"
    [(unsent,)] = site.memory.rows("SELECT count(*) FROM outbox")
    world.excuse_edits(site, "the older program kept nothing that was answered")
    world.watch.forget(site)
    if event.more < 0.5:
        upgrades.kill_in_migration(site, event.pick)
    upgrades.migrate(site)
    return f"with {unsent} unsent edits"


def set_clock(world: World, event: Event) -> str:
    """A clock is wrong by some minutes, rarely by a day, or right again."""
    site = world.sites[event.desk]
    skews = (0, 10 * MINUTE, -10 * MINUTE, 90 * SECOND, -30 * SECOND, DAY, -DAY)
    skew = skews[int(event.pick * (5 if event.more < 0.8 else 7))]
    site.set_clock(skew)
    return f"wrong by {skew} ms"


def wait_long(world: World, event: Event) -> str:
    """Everybody goes home for some hours, rarely for a hundred days: the programs are closed, the server goes on."""
    rest = 100 * DAY if event.more > 0.8 else round((1 + 30 * event.pick) * HOUR)
    world.go_home(rest)
    return f"for {rest // HOUR} hours"


def damage(world: World, event: Event) -> str:
    """Rows vanish from a desk's store or are old, as a bug or a bad disk may do it (SYNC E2)."""
    site = world.sites[event.desk]
    table = ("contact_point", "sales_order")[int(event.more * 2)]
    sql = f"SELECT id FROM {table} WHERE id NOT IN (SELECT row_id FROM base_row) ORDER BY id"
    found = site.memory.rows(sql)
    if not found:
        return "no row"
    [row_id] = found[int(event.pick * len(found))]
    site.damaged = True
    site.memory.raw.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))
    return table


def sign_in(world: World, event: Event) -> str:
    site = world.sites[event.desk]
    return world.sign_in(site)


DOINGS: dict[str, Callable[[World, Event], str]] = {
    **{name: _spoil for name in NETWORK if name in _EXCHANGES},
    **{
        one.__name__: one
        for one in (
            cut_off,
            deafen,
            kill_desk,
            crash_desk,
            kill_server,
            crash_server,
            restore_server,
            restore_after_answer,
            image_desk,
            set_desk_back,
            copy_desk,
            upgrade_desk,
            set_clock,
            wait_long,
            sign_in,
            damage,
        )
    },
}
