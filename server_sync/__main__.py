"""The server's command line: finds the verb, turns what went wrong into one calm line; verbs live in their rooms."""

import argparse
import codecs
import importlib
import io
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.texts import _, language_of, speak
from server_sync.texts.argument_words import speak_of_arguments
from server_sync.texts.catalogue import wishes_of
from server_sync.texts.errors import error_words

PROGRAM = "python -m server_sync"
VARIABLE = "HUIFANG_DATABASE"
KNOWN_ERROR = 2


@dataclass(frozen=True)
class Verb:
    """A word of the command line. `module` has `add_arguments(parser)`, `run(options) -> exit code`, and perhaps words
    of its own for errors, `trouble(error) -> sentence or None`, and acts of its own that work without a database,
    `needs_database(options)`.

    Only the module of the verb that is called is imported, so that `serve` starts without the rooms it does not need.
    """

    module: str
    about: str
    makes_database: bool = False
    """Works on a database that is not ready; every other verb finds one or fails."""


def verbs() -> dict[str, Verb]:
    """Every verb by its word, in the order in which a new installation meets them."""
    return {
        "init": Verb(
            "server_sync.accounts.init_command",
            _("make or upgrade the database, add the first administrator"),
            makes_database=True,
        ),
        "serve": Verb("server_sync.http.serve_command", _("answer desks until told to stop")),
        "user": Verb("server_sync.accounts.user_command", _("add, list and disable people; set passwords")),
        "devices": Verb("server_sync.accounts.devices_command", _("list desks, revoke and wipe them")),
        "import": Verb(
            "server_sync.intake.command",
            _("take in customers, orders, contacts, contracts and events from a workbook"),
        ),
        "forms": Verb(
            "server_sync.automation.forms_command", _("check, fill in and publish guides and surveys")
        ),
        "knowledge": Verb(
            "server_sync.intake.knowledge_command", _("take in articles of the knowledge base")
        ),
        "plan": Verb("server_sync.automation.command", _("turn plans into follow-up tasks")),
        "escalation": Verb("server_sync.automation.escalation_command", _("set up ladders of reminders")),
        "channels": Verb("server_sync.channels.command", _("set up mail, SMS and robots for reminders")),
        "segments": Verb(
            "server_sync.automation.segment_command", _("work out who customers are to the company")
        ),
        "goal": Verb("server_sync.automation.goal_command", _("set goals and measure them")),
        "clock": Verb("server_sync.automation.clock_command", _("add up working time and say how")),
        "backup": Verb("server_sync.backup.backup_command", _("copy the running database, verified")),
        "restore": Verb(
            "server_sync.backup.restore_command", _("put a backup back in place"), makes_database=True
        ),
        "doctor": Verb("server_sync.doctor.command", _("check the database and say what was found")),
        "demo": Verb(
            "server_sync.demo.command",
            _("make a made-up company to try everything with"),
            makes_database=True,
        ),
    }


def main(arguments: Sequence[str]) -> int:
    """Run one verb; returns the exit code: 0, 1 when something was found or failed, 2 for wrong use or a KnownError."""
    speak(language_of(wishes_of(os.environ)))
    speak_of_arguments()
    never_fail_to_print()
    known = verbs()
    database, rest = take_database(arguments)
    word = rest[0] if rest else "--help"
    if word not in known:
        asked = word in ("--help", "-h", "help")
        print(overview(known), file=sys.stdout if asked else sys.stderr)
        return 0 if asked else KNOWN_ERROR
    verb = known[word]
    command: Any = importlib.import_module(verb.module)
    parser = argparse.ArgumentParser(prog=f"{PROGRAM} {word}", description=verb.about)
    parser.add_argument(
        "--database", metavar="URL|PATH", default=database, help=database_help().replace("%", "%%")
    )
    command.add_arguments(parser)
    options = getattr(command, "parse", argparse.ArgumentParser.parse_args)(parser, rest[1:])
    try:
        if not getattr(command, "needs_database", _always)(options):
            code: int = command.run(options)
            return code
        if not verb.makes_database:
            check_database(options.database)
        return run(command, options)
    except KnownError as error:
        if getattr(options, "json", False):
            print(json.dumps({"error": error.kind.value, "values": error.values}, ensure_ascii=False))
        trouble = getattr(command, "trouble", error_words)
        print(trouble(error) or error_words(error), file=sys.stderr)
        return KNOWN_ERROR
    except KeyboardInterrupt:
        print(_("Stopped. What was not finished is undone."), file=sys.stderr)
        return 130


def _always(options: argparse.Namespace) -> bool:
    return True


def never_fail_to_print() -> None:
    """A character that the terminal or file does not know is written as JSON's escape: a name must end no import."""

    def escaped(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        return json.dumps(error.object[error.start : error.end])[1:-1], error.end

    codecs.register_error("jsonescape", escaped)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="jsonescape")


def run(command: Any, options: argparse.Namespace) -> int:
    """Run a verb. Raises KnownError DATABASE_UNREACHABLE when the database goes away, is full or locked."""
    from sqlalchemy.exc import OperationalError

    try:
        code: int = command.run(options)
        return code
    except OperationalError as error:
        from server_sync.store import readiness
        from server_sync.store.database import Database

        name = readiness.shown(Database(options.database))
        raise KnownError(ErrorKind.DATABASE_UNREACHABLE, database=name) from error


def take_database(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """The database that is named anywhere on the line, and what else stands there.

    Unless named it comes from the environment: an address with a password has no place in the list of processes.
    """
    parser = argparse.ArgumentParser(prog=PROGRAM, add_help=False, allow_abbrev=False)
    parser.add_argument("--database", default=os.environ.get(VARIABLE) or str(default_file()))
    found, rest = parser.parse_known_args(arguments)
    return found.database, rest


def check_database(address: str) -> None:
    """See that the database is ready to be worked with. Raises the KnownErrors of `readiness.require`."""
    from server_sync.store import readiness
    from server_sync.store.database import Database

    database = Database(address)
    try:
        readiness.require(database)
    finally:
        database.close()


def overview(known: dict[str, Verb]) -> str:
    """What the command line can do, a verb a line."""
    lines = [f"  {word:<12}{verb.about}" for word, verb in known.items()]
    more = _("{program} VERB --help tells more about each.").format(program=PROGRAM)
    return "\n".join(
        [
            _("Usage: {program} VERB …").format(program=PROGRAM),
            "",
            *lines,
            "",
            more,
            f"--database: {database_help()}",
        ]
    )


def database_help() -> str:
    """Where the data lies unless told otherwise."""
    text = _("an SQLite file or a postgresql:// address; else the variable {variable}; else {path}")
    return text.format(variable=VARIABLE, path=default_file())


def default_file() -> Path:
    """The SQLite file in the user's data folder."""
    import platformdirs

    return Path(platformdirs.user_data_dir("huifang", appauthor=False)) / "server.db"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
