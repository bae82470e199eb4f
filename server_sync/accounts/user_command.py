"""`user`: adds, lists, disables people and gives them passwords; what they may do follows from role and team."""

import argparse
import json
import sys
from dataclasses import asdict

from server_sync.accounts import contacts, passwords, people
from server_sync.domain.clock import Clock, SystemClock
from server_sync.domain.ids import SystemIds
from server_sync.domain.model import Role
from server_sync.store.database import Database
from server_sync.texts import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `user` takes besides --database."""
    acts = parser.add_subparsers(
        dest="act", required=True, metavar="add|list|disable|enable|password|contact"
    )
    add = acts.add_parser("add", help=_("add a person"))
    add.add_argument("login")
    add.add_argument("--name", help=_("the name as shown; else the login"))
    add.add_argument("--role", choices=[role.value for role in Role], default=Role.AGENT.value)
    add.add_argument("--team", help=_("the team's name; a new one is made"))
    add.add_argument(
        "--skill",
        action="append",
        default=[],
        metavar="KIND=VALUE",
        help=_("language=…, product_line=… or region=…"),
    )
    acts.add_parser("list", help=_("list everybody")).add_argument("--json", action="store_true")
    acts.add_parser("disable", help=_("let a person in no more; his devices are signed out")).add_argument(
        "login"
    )
    acts.add_parser("enable", help=_("let a person in again")).add_argument("login")
    password = acts.add_parser(
        "password", help=_("give a person another password; his devices are signed out")
    )
    password.add_argument("login")
    contact = acts.add_parser("contact", help=_("say where reminders reach a person outside the desk"))
    contact.add_argument("login")
    for says_contact in (add, contact):
        says_contact.add_argument("--email", help=_("an e-mail address for reminders; empty: none"))
        says_contact.add_argument("--mobile", help=_("a mobile number for reminders; empty: none"))
    for takes_password in (add, password):
        takes_password.add_argument("--json", action="store_true", help=_("answer in one line of JSON"))
        takes_password.add_argument(
            "--password-stdin",
            action="store_true",
            help=_("read the password from standard input; else make one up"),
        )


def run(options: argparse.Namespace) -> int:
    """Do what `user` was asked for."""
    clock = SystemClock()
    database = Database(options.database)
    try:
        if options.act == "list":
            show(database, as_json=options.json)
        elif options.act == "contact":
            with database.write(clock.now()) as tx:
                contacts.set_contacts(tx, options.login, options.email, options.mobile)
        elif options.act in ("add", "password"):
            give_password(database, clock, options)
        else:
            with database.write(clock.now()) as tx:
                people.set_active(tx, options.login, options.act == "enable")
    finally:
        database.close()
    return 0


def give_password(database: Database, clock: Clock, options: argparse.Namespace) -> None:
    """Add a person, or give one another password; a password that was made up is shown this once."""
    made_up = None if options.password_stdin else passwords.generate()
    kept = passwords.hash_password(sys.stdin.readline().rstrip("\r\n") if made_up is None else made_up)
    with database.write(clock.now()) as tx:
        if options.act == "password":
            people.set_password(tx, options.login, kept)
        else:
            skills = people.skills_of(options.skill)
            name = options.name or options.login
            new = people.NewPerson(options.login, name, Role(options.role), options.team, skills)
            people.add(tx, SystemIds(clock), new, kept)
            contacts.set_contacts(tx, options.login, options.email, options.mobile)
    if options.json:
        print(json.dumps({"login": options.login, "password": made_up}, ensure_ascii=False))
    elif made_up is not None:
        print(_("Password, shown only now: {password}").format(password=made_up))


def show(database: Database, *, as_json: bool) -> None:
    """Everybody, a person a line."""
    with database.read() as connection:
        everybody = people.everybody(connection)
    if as_json:
        print(json.dumps([asdict(person) for person in everybody], ensure_ascii=False))
        return
    for person in everybody:
        state = "" if person.active else _("disabled")
        devices = _("devices: {count}").format(count=person.devices)
        print("\t".join([person.login, person.name, person.role, person.team or "", devices, state]).rstrip())
