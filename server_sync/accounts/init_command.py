"""`init`: makes or upgrades the database, adds the first administrator, the public calendar and the articles that come
with the program; asks nothing, changes nothing twice."""

import argparse
import json
import os
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from server_sync.accounts import passwords, people
from server_sync.domain.clock import SystemClock
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import SystemIds
from server_sync.domain.model import Role
from server_sync.jobs import ladders, recount
from server_sync.store import articles, public_days, readiness
from server_sync.store.database import Database
from server_sync.texts import _

LOGIN = "admin"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `init` takes besides --database."""
    parser.add_argument("--json", action="store_true", help=_("answer in one line of JSON"))


def run(options: argparse.Namespace) -> int:
    """Make the database ready. The generated password is shown this once and kept only as a hash."""
    clock = SystemClock()
    ids = SystemIds(clock)
    database = Database(options.database)
    name = readiness.shown(database)
    try:
        _make_room(database)
        database.migrate(ids)
        password: str | None = None
        with database.write(clock.now()) as tx:
            if public_days.renew(tx, public_days.published()):
                ladders.calendar_changed(tx)
                recount.enqueue(tx, b"")
            articles.put_ready(tx, ids)
            if people.administrators(tx.connection) == 0:
                password = passwords.generate()
                first = people.NewPerson(LOGIN, _("Administrator"), Role.ADMINISTRATOR, team=None)
                people.add(tx, ids, first, passwords.hash_password(password))
    except (DBAPIError, OSError) as error:
        raise KnownError(ErrorKind.DATABASE_UNREACHABLE, database=name) from error
    finally:
        database.close()
    administrator = None if password is None else {"login": LOGIN, "password": password}
    if options.json:
        print(json.dumps({"database": name, "administrator": administrator}, ensure_ascii=False))
        return 0
    print(_("The database is ready: {database}").format(database=name))
    if password is not None:
        print(_("First administrator: {login}").format(login=LOGIN))
        print(_("Password, shown only now: {password}").format(password=password))
    return 0


def _make_room(database: Database) -> None:
    """An SQLite file and its folder are for their owner alone: they hold customers."""
    if not database.is_sqlite:
        return
    file = Path(str(database.url.database))
    if not file.parent.exists():
        file.parent.mkdir(parents=True, mode=0o700)
    if not file.exists():
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
