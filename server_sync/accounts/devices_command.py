"""`devices`: lists the desks, revokes, wipes and admits them, and says how long they may work on their own."""

import argparse
import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from server_sync.accounts import desks
from server_sync.accounts.desks import Listed
from server_sync.domain.clock import DAY, MINUTE, Clock, SystemClock
from server_sync.domain.commands import AdmitDevice, Command, Rejected, RevokeDevice, WipeDevice
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.rules.clock_skew import is_off
from server_sync.jobs import server_command
from server_sync.store.database import Database
from server_sync.texts import _

COMMANDS: dict[str, Callable[[bytes], Command]] = {
    "revoke": RevokeDevice,
    "wipe": WipeDevice,
    "admit": AdmitDevice,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `devices` takes besides --database."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="list|revoke|wipe|admit|lease")
    listing = acts.add_parser("list", help=_("list all desks with their last contact"))
    listing.add_argument("--json", action="store_true", help=_("answer in one line of JSON"))
    for word, about in (
        ("revoke", _("let a desk in no more; what it still sends is kept for the supervisor")),
        ("wipe", _("revoke a desk and delete its data at its next contact")),
        ("admit", _("let a revoked desk in again")),
    ):
        acts.add_parser(word, help=about).add_argument(
            "device", help=_("the desk's id as listed, or how it begins")
        )
    lease = acts.add_parser("lease", help=_("how many days a desk may work without the server"))
    lease.add_argument("days", nargs="?", type=int)


def run(options: argparse.Namespace) -> int:
    """Do what `devices` was asked for."""
    clock = SystemClock()
    database = Database(options.database)
    try:
        if options.act == "list":
            show(database, clock, as_json=options.json)
        elif options.act == "lease":
            with database.write(clock.now()) as tx:
                if options.days is not None:
                    desks.set_lease(tx, options.days)
                days = desks.lease_days(tx.connection)
            print(_("Days without the server: {days}").format(days=days))
        else:
            with database.write(clock.now()) as tx:
                listed = named(desks.everything(tx.connection), options.device)
                command = COMMANDS[options.act](listed.id)
                decision = server_command.run(tx, command, None)
            if isinstance(decision, Rejected):
                raise KnownError(decision.kind, **decision.values)
            if options.act == "wipe":
                print(
                    _(
                        "It wipes itself at its next contact. While it is without a network nothing can force it."
                    )
                )
    finally:
        database.close()
    return 0


def named(listed: list[Listed], start: str) -> Listed:
    """The one desk whose id begins like this. Raises KnownError NOT_FOUND, FIELD_INVALID when there are several."""
    found = [one for one in listed if one.id.hex().startswith(start.lower())] if start else []
    if not found:
        raise KnownError(ErrorKind.NOT_FOUND, table="device", name=start)
    if len(found) > 1:
        raise KnownError(ErrorKind.FIELD_INVALID, field="device")
    return found[0]


def show(database: Database, clock: Clock, *, as_json: bool) -> None:
    """All desks, one a line."""
    with database.read() as connection:
        listed, days = desks.everything(connection), desks.lease_days(connection)
    if as_json:
        print(json.dumps([_plain(one, days, clock.now()) for one in listed], ensure_ascii=False))
        return
    for one in listed:
        rows = "" if one.rows_held is None else _("rows: {count}").format(count=f"{one.rows_held:,}")
        heard = _("last contact {moment} UTC").format(moment=_moment(one.last_contact_at))
        waits = _("not sent: {count}").format(count=f"{one.unsent:,}") if one.unsent else ""
        who = [one.id.hex(), one.login, one.team or "", one.name, one.app_version]
        words = [*who, heard, rows, waits, _clock(one.clock_skew_ms), _state(one)]
        print("\t".join(words).rstrip())


def _state(one: Listed) -> str:
    if one.wiped_at is not None:
        return _("wiped {moment} UTC").format(moment=_moment(one.wiped_at))
    if one.wipe:
        return _("wipes itself at its next contact")
    return "" if one.revoked_at is None else _("revoked")


def _clock(skew: int | None) -> str:
    if skew is None or not is_off(skew):
        return ""
    minutes = f"{abs(skew) // MINUTE:,}"
    if skew > 0:
        return _("clock {minutes} min ahead").format(minutes=minutes)
    return _("clock {minutes} min behind").format(minutes=minutes)


def _plain(one: Listed, days: int, now: int) -> dict[str, Any]:
    left = max(0, one.last_contact_at + days * DAY - now)
    return {**asdict(one), "id": one.id.hex(), "lease_left_ms": left}


def _moment(at: int) -> str:
    return f"{datetime.fromtimestamp(at / 1000, UTC):%Y-%m-%d %H:%M}"
