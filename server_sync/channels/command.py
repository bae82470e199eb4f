"""`channels`: adds, lists, tries and removes the ways out of reminders; secrets come by standard input."""

import argparse
import json
import sys
from dataclasses import asdict
from typing import Any

from server_sync.accounts.contacts import checked_email, checked_mobile
from server_sync.channels import configured
from server_sync.channels.adapters import adapter
from server_sync.channels.mail import SECURITY
from server_sync.channels.port import Message, NotSent
from server_sync.channels.sms import ENCODINGS
from server_sync.channels.words import trial_text
from server_sync.domain.clock import SystemClock
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import SystemIds
from server_sync.jobs.deliveries import ROBOTS, ChannelKind, Refusal
from server_sync.store import company
from server_sync.store.database import Database
from server_sync.texts import _


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `channels` takes besides --database."""
    acts = parser.add_subparsers(dest="act", required=True, metavar="add|list|test|remove")
    kinds = acts.add_parser("add", help=_("add a channel")).add_subparsers(
        dest="kind", required=True, metavar="mail|sms|wecom|dingtalk|feishu"
    )
    mail = kinds.add_parser("mail", help=_("a mail server (SMTP)"))
    mail.add_argument("--host", required=True)
    mail.add_argument("--port", type=int, default=587)
    mail.add_argument("--from", dest="sender", required=True, help=_("the address that mails come from"))
    mail.add_argument("--security", choices=SECURITY, default=SECURITY[0])
    mail.add_argument("--user", help=_("the name to sign in with; its password comes by --secret-stdin"))
    mail.add_argument(
        "--certificate", metavar="PEM", help=_("who vouches for the server, if not the system's")
    )
    sms = kinds.add_parser("sms", help=_("an SMS gateway that takes an HTTP POST"))
    sms.add_argument("--url", required=True)
    sms.add_argument(
        "--field",
        action="append",
        default=[],
        metavar="NAME=TEXT",
        help=_("a field of the request; {places} are filled in").format(places="{to} {text} {key}"),
    )
    sms.add_argument("--encoding", choices=ENCODINGS, default=ENCODINGS[0])
    sms.add_argument(
        "--secret-header", metavar="NAME", help=_("the header whose value comes by --secret-stdin")
    )
    robots = {
        ChannelKind.WECOM: _("a robot of a WeCom group"),
        ChannelKind.DINGTALK: _("a robot of a DingTalk group"),
        ChannelKind.FEISHU: _("a robot of a Feishu group"),
    }
    for kind, help_text in robots.items():
        robot = kinds.add_parser(kind, help=help_text)
        robot.add_argument("--url", required=True, help=_("its webhook address"))
    for one in kinds.choices.values():
        one.add_argument("code", help=_("what the channel is called here"))
        one.add_argument("--team", help=_("only for this team"))
        one.add_argument("--per-minute", type=int, metavar="N", help=_("at most so many messages a minute"))
        one.add_argument("--secret-stdin", action="store_true", help=_("read the secret from standard input"))
    acts.add_parser("list", help=_("list the channels, without their secrets")).add_argument(
        "--json", action="store_true"
    )
    trial = acts.add_parser("test", help=_("send a message by a channel, now"))
    trial.add_argument("code")
    trial.add_argument("--to", help=_("an e-mail address or a mobile number; robots need none"))
    acts.add_parser("remove", help=_("remove a channel")).add_argument("code")


def trouble(error: KnownError) -> str | None:
    """What is wrong with the settings of a channel, with what was given: no field that is checked is secret."""
    values = error.values
    if error.kind is ErrorKind.FIELD_INVALID and "value" in values:
        return _("{field} is not valid: {value}.").format(field=values["field"], value=values["value"])
    return None


def run(options: argparse.Namespace) -> int:
    """Do what `channels` was asked for; 1 when a message that was tried was not taken."""
    clock = SystemClock()
    database = Database(options.database)
    try:
        if options.act == "list":
            show(database, as_json=options.json)
        elif options.act == "test":
            return tried(database, clock, options)
        else:
            with database.write(clock.now()) as tx:
                if options.act == "remove":
                    configured.remove(tx, options.code)
                else:
                    rate = options.per_minute
                    kind = ChannelKind(options.kind)
                    settings = settings_of(kind, options, _secret(options))
                    configured.add(tx, SystemIds(clock), kind, options.code, settings, options.team, rate)
    finally:
        database.close()
    return 0


def settings_of(kind: ChannelKind, options: argparse.Namespace, secret: str | None) -> dict[str, Any]:
    """The settings of a new channel. Raises KnownError FIELD_INVALID {field, value}, FIELD_MISSING {field}."""
    if kind is ChannelKind.MAIL:
        names = ("host", "port", "sender", "security", "user", "certificate")
        return {name: getattr(options, name) for name in names} | {"password": secret}
    if kind is ChannelKind.SMS:
        fields = dict(_field(word) for word in options.field) or {"to": "{to}", "text": "{text}"}
        headers = {options.secret_header: secret} if options.secret_header is not None else {}
        return {"url": options.url, "encoding": options.encoding, "fields": fields, "headers": headers}
    signed = {} if kind is ChannelKind.WECOM else {"secret": secret}
    return {"url": options.url, **signed}


def show(database: Database, *, as_json: bool) -> None:
    """A channel a line."""
    with database.read() as connection:
        found = configured.everything(connection)
    if as_json:
        print(json.dumps([asdict(one) for one in found], ensure_ascii=False))
        return
    for one in found:
        rate = _("{count} a minute").format(count=one.per_minute)
        print("\t".join([one.code, one.kind, one.host, one.team or "", rate]).rstrip())


def tried(database: Database, clock: SystemClock, options: argparse.Namespace) -> int:
    """Send a message by a channel, and say what came of it."""
    with database.read() as connection:
        row = configured.existing(connection, options.code)
        language = company.setting_of(connection, "company")["language"]
    kind = ChannelKind(row["kind"])
    address = _address(kind, options.to)
    taken, told = _("The message was taken."), refusal_words()
    subject, text = trial_text(language)
    message = Message(SystemIds(clock).new().hex(), address, subject, text, clock.now())
    try:
        adapter(kind, row["settings"]).send(message)
    except NotSent as refused:
        print(told[refused.refusal], file=sys.stderr)
        return 1
    print(taken)
    return 0


def _address(kind: ChannelKind, said: str | None) -> str | None:
    """Where a trial goes. Raises KnownError FIELD_MISSING {field}, EMAIL_INVALID and PHONE_INVALID {value}."""
    if kind in ROBOTS:
        return None
    if not said:
        raise KnownError(ErrorKind.FIELD_MISSING, field="--to")
    return checked_email(said) if kind is ChannelKind.MAIL else checked_mobile(said)


def refusal_words() -> dict[Refusal, str]:
    """Why a message did not go out, as sentences."""
    return {
        Refusal.NO_CHANNEL: _("There is no channel for this."),
        Refusal.NO_ADDRESS: _("There is no address to send it to."),
        Refusal.UNREACHABLE: _("The other side cannot be reached, or its certificate is not trusted."),
        Refusal.TIMED_OUT: _("The other side does not answer in time."),
        Refusal.SIGN_IN_REFUSED: _("The other side refuses the sign-in."),
        Refusal.REFUSED: _("The other side refuses the message."),
    }


def _secret(options: argparse.Namespace) -> str | None:
    return sys.stdin.readline().rstrip("\r\n") if options.secret_stdin else None


def _field(word: str) -> tuple[str, str]:
    name, found, text = word.partition("=")
    if not name.strip() or not found:
        raise KnownError(ErrorKind.FIELD_INVALID, field="--field", value=word)
    return name.strip(), text
