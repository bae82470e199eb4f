"""The JSON messages of /api/v1, apart from forms and sync, whose messages the domain's wire defines."""

import msgspec

from server_sync.domain.wire import forms, plans
from server_sync.domain.wire import messages as wire


class SignIn(msgspec.Struct, frozen=True, kw_only=True):
    """Who wants to work on which device. `device`: its 16 bytes as hex, chosen once by the device itself; `app`: the
    version of its program."""

    login: str
    password: str
    device: str
    device_name: str = ""
    app: str = ""


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """A person as he may see himself; ids as hex."""

    id: str
    login: str
    name: str
    role: str
    team_id: str | None


class SignedIn(msgspec.Struct, frozen=True, kw_only=True):
    """The token of this person on this device, to be sent as `Authorization: Bearer …`; shown this once."""

    token: str
    device: str
    person: Person
    server_now: int


class Me(msgspec.Struct, frozen=True, kw_only=True):
    """Who the token stands for, and what the server speaks."""

    device: str
    person: Person
    protocol: int
    schema: int
    server_now: int


class CalendarAddress(msgspec.Struct, frozen=True, kw_only=True):
    """Where a person's calendar is to be read, beneath the server's own address; whoever knows it may read it."""

    path: str


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """The server answers and its database does, too."""

    status: str
    protocol: int


DOCUMENTED = (SignIn, SignedIn, Me, CalendarAddress, Health, *forms.ALL, *plans.ALL, *wire.SYNC)
"""What the document of /api/v1 describes, besides `Problem`."""
