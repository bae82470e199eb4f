"""What stands beside the words of forms comes to a desk when their versions do, and is there without the network."""

from collections.abc import Mapping

from agent_app.assembly.form_media import FormMediaRounds
from agent_app.ports import Reply
from agent_app.store.changes import StoreChanges
from server_sync.domain.commands import Insert
from server_sync.domain.errors import ErrorKind, KnownError
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import Company
from tests.server_sync.organisation import NOW

VERSION = b"version-00000001"
CHANGED = StoreChanges(frozenset({"form_version"}), None, "sync")


class Office:
    """A server with one picture."""

    def __init__(self) -> None:
        self.away = False
        self.asked = 0

    def send(
        self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        if self.away:
            raise KnownError(ErrorKind.OFFLINE)
        self.asked += 1
        return Reply(200, b"a picture")


def rounds(company: Company, office: Office) -> FormMediaRounds:
    return FormMediaRounds(company.store, office, company.store.file.parent, ImmediateWork())


def put_version(company: Company) -> None:
    xform = "<value form='image'>jr://images/a.png</value>"
    row = {
        "id": VERSION,
        "form_id": b"form-000000000001",
        "version": "1",
        "xform": xform,
        "published_at": NOW,
    }
    company.put(Insert("form_version", row))


def test_a_version_that_comes_brings_its_files_which_outlive_the_program_and_the_network(
    company: Company,
) -> None:
    office = Office()
    desk = rounds(company, office)
    desk.look()
    assert office.asked == 0
    put_version(company)
    desk.on_changed(CHANGED)
    assert office.asked == 1
    office.away = True
    again = rounds(company, office)
    again.look()
    assert again.get(VERSION, "a.png") == b"a picture"


def test_what_the_server_could_not_be_asked_for_is_asked_for_at_the_next_half_minute(
    company: Company,
) -> None:
    office = Office()
    put_version(company)
    desk = rounds(company, office)
    office.away = True
    desk.look()
    office.away = False
    desk.on_half_minute()
    desk.on_half_minute()
    assert office.asked == 1
