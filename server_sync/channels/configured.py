"""Channels kept in the server's own table: adding, listing and removing them; their secrets are shown to nobody."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, delete, insert, select

from server_sync.channels.mail import SECURITY
from server_sync.channels.sms import ENCODINGS, PLACES
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.ids import Ids
from server_sync.domain.model import team
from server_sync.jobs.deliveries import ChannelKind
from server_sync.store.tables import channel
from server_sync.store.transaction import Transaction

# Robots of WeCom and DingTalk take 20 messages a minute, Feishu's 100.
PER_MINUTE: Mapping[ChannelKind, int] = {
    ChannelKind.MAIL: 60,
    ChannelKind.SMS: 60,
    ChannelKind.WECOM: 20,
    ChannelKind.DINGTALK: 20,
    ChannelKind.FEISHU: 60,
}
MOST_PER_MINUTE = 60_000
LONGEST_CODE = 60


@dataclass(frozen=True)
class Listed:
    """A channel as the list shows it: where it goes, nothing that is secret."""

    code: str
    kind: str
    team: str | None
    host: str
    per_minute: int


def add(
    tx: Transaction,
    ids: Ids,
    kind: ChannelKind,
    code: str,
    settings: Mapping[str, Any],
    team_name: str | None,
    per_minute: int | None,
) -> None:
    """Add a channel. Raises KnownError FIELD_INVALID {field, value}, ALREADY_EXISTS and NOT_FOUND {table, name}."""
    code = code.strip()
    if not code or len(code) > LONGEST_CODE or not code.isprintable():
        raise _invalid("code", code)
    check(kind, settings)
    rate = PER_MINUTE[kind] if per_minute is None else per_minute
    if not 1 <= rate <= MOST_PER_MINUTE:
        raise _invalid("per_minute", rate)
    if find(tx.connection, code) is not None:
        raise KnownError(ErrorKind.ALREADY_EXISTS, table="channel", name=code)
    team_id = None
    if team_name is not None:
        team_id = tx.connection.scalar(select(team.c.id).where(team.c.name == team_name).order_by(team.c.id))
        if team_id is None:
            raise KnownError(ErrorKind.NOT_FOUND, table="team", name=team_name)
    row = {
        "id": ids.new(),
        "code": code,
        "kind": kind,
        "team_id": team_id,
        "settings": dict(settings),
        "per_minute": rate,
    }
    tx.connection.execute(insert(channel).values(row))


def check(kind: ChannelKind, settings: Mapping[str, Any]) -> None:
    """Raises KnownError FIELD_INVALID {field, value} for settings that a channel of the kind cannot have."""
    if kind is ChannelKind.MAIL:
        if not settings["host"] or not 0 < settings["port"] < 1 << 16:
            raise _invalid("host", f"{settings['host']}:{settings['port']}")
        if settings["security"] not in SECURITY:
            raise _invalid("security", settings["security"])
        if "@" not in settings["sender"] or not settings["sender"].isprintable():
            raise _invalid("from", settings["sender"])
        return
    if not _can_be_asked(settings["url"]):
        raise _invalid("url", _place_of(settings["url"]))
    if kind is ChannelKind.SMS:
        if settings["encoding"] not in ENCODINGS:
            raise _invalid("encoding", settings["encoding"])
        for place in PLACES[:2]:
            if not any(place in text for text in settings["fields"].values()):
                raise _invalid("field", place)


def find(connection: Connection, code: str) -> Mapping[str, Any] | None:
    """The row of a channel, secrets included."""
    found = connection.execute(select(channel).where(channel.c.code == code)).mappings().first()
    return None if found is None else dict(found)


def existing(connection: Connection, code: str) -> Mapping[str, Any]:
    """The row of a channel. Raises KnownError NOT_FOUND {table, name}."""
    found = find(connection, code)
    if found is None:
        raise KnownError(ErrorKind.NOT_FOUND, table="channel", name=code)
    return found


def remove(tx: Transaction, code: str) -> None:
    """Remove a channel; what still waits for it fails. Raises KnownError NOT_FOUND {table, name}."""
    row = existing(tx.connection, code)
    tx.connection.execute(delete(channel).where(channel.c.id == row["id"]))


def everything(connection: Connection) -> list[Listed]:
    """All channels by code."""
    found = select(channel, team.c.name.label("team")).outerjoin(team, team.c.id == channel.c.team_id)
    return [
        Listed(row["code"], row["kind"], row["team"], _host(row["settings"]), row["per_minute"])
        for row in connection.execute(found.order_by(channel.c.code)).mappings()
    ]


def _host(settings: Mapping[str, Any]) -> str:
    if "host" in settings:
        return f"{settings['host']}:{settings['port']}"
    url: str = settings["url"]
    return urlsplit(url).netloc.rpartition("@")[2]


def _place_of(url: str) -> str:
    """Scheme and host of an address, without what is secret of it."""
    scheme, found, rest = url.partition("://")
    return scheme + found + re.split("[/?#]", rest, maxsplit=1)[0].rpartition("@")[2]


def _can_be_asked(url: str) -> bool:
    """Whether a request can go there."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:  # a port or an address in brackets that is none
        return False
    plain = url.isascii() and url.isprintable() and " " not in url and "@" not in parts.netloc
    return plain and parts.scheme in ("https", "http") and bool(host) and port != 0


def _invalid(field: str, value: object) -> KnownError:
    return KnownError(ErrorKind.FIELD_INVALID, field=field, value=value)
