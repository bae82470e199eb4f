"""What people do with files of customers at their desks, by the real actions (SYNC F1)."""

from collections.abc import Callable
from dataclasses import replace

from agent_app.actions import attachments as actions
from agent_app.actions.desk import Desk
from agent_app.store.attachments import FileState, LocalFile
from agent_app.store.changes import StoreChanges
from server_sync.domain.errors import KnownError
from server_sync.domain.rules.settings import DEFAULTS
from tests.convergence import disk
from tests.convergence.desk_site import DeskSite
from tests.convergence.line import Fault
from tests.convergence.schedule import Event

_JPEG = b"\xff\xd8\xff\xe0"
_SIZES = (4, 500, 65_536, 65_537, 150_000)

Doing = Callable[[DeskSite, Event], str]


def bytes_of(attachment_id: bytes, size: int) -> bytes:
    """What this file holds: no two hold the same."""
    return (_JPEG + attachment_id * (size // len(attachment_id) + 1))[:size]


def attach(site: DeskSite, event: Event) -> str:
    found = site.memory.rows("SELECT id FROM customer ORDER BY id")
    if not found:
        return "nobody there"
    [customer] = found[int(event.pick * len(found))]
    size = _SIZES[int(event.more * len(_SIZES))]
    file = _new_file(site, site.ids.new(), customer, FileState.WRITING)

    def add(desk: Desk) -> StoreChanges:
        actions.begin_attachment(desk, file)
        outside = disk.empty("outside")
        outside.mkdir()
        source = outside / "现场.jpg"
        source.write_bytes(bytes_of(file.attachment_id, size))
        try:
            sealed = actions.seal(site.files, file, source, DEFAULTS["attachments"])
            return actions.finish_attachment(desk, sealed)
        except KnownError:
            actions.abandon_attachment(desk, file)
            raise

    return f"{size} bytes {site.act(add)}"


def attach_badly(site: DeskSite, event: Event) -> str:
    """A file of several pieces, some of which come twice, late or in part."""
    kinds = ("double", "late_request", "lose_request")
    fault = Fault(kinds[int(event.more * len(kinds))], event.pick)
    said = attach(site, replace(event, more=0.999))
    site.line.file_faults.extend([fault] * 3)
    return f"{said}, 3 times {fault.kind}"


def look_at_file(site: DeskSite, event: Event) -> str:
    sql = (
        "SELECT id, customer_id, size, sha256 FROM attachment WHERE state = 'complete'"
        " AND id NOT IN (SELECT attachment_id FROM attachment_file) ORDER BY id"
    )
    found = site.memory.rows(sql)
    if not found:
        return "none"
    row_id, customer, size, sha256 = found[int(event.pick * len(found))]
    file = _new_file(site, row_id, customer, FileState.FETCHING, size, sha256)
    return site.act(lambda desk: actions.fetch_attachment(desk, file))


def take_file_back(site: DeskSite, event: Event) -> str:
    found = site.memory.rows("SELECT id, customer_id FROM attachment WHERE state <> 'removed' ORDER BY id")
    if not found:
        return "none"
    row_id, customer = found[int(event.pick * len(found))]
    return site.act(lambda desk: actions.remove_attachment(desk, row_id, customer))


def send_file_again(site: DeskSite, event: Event) -> str:
    found = refused(site)
    return _send_again(site, *found[int(event.pick * len(found))]) if found else "none"


def send_all_again(site: DeskSite) -> None:
    """The person sees to it that nothing is left that the server refused once."""
    for row_id, customer in refused(site):
        _send_again(site, row_id, customer)


def refused(site: DeskSite) -> list[tuple[bytes, bytes]]:
    """The files that the server would not have, with their customers."""
    sql = "SELECT attachment_id, customer_id FROM attachment_file WHERE state = 'refused' ORDER BY attachment_id"
    return [(row_id, customer) for row_id, customer in site.memory.rows(sql)]


def _send_again(site: DeskSite, row_id: bytes, customer: bytes) -> str:
    return site.act(lambda desk: actions.send_again(desk, row_id, customer))


def _new_file(
    site: DeskSite, row_id: bytes, customer: bytes, state: FileState, size: int = 0, sha256: str = ""
) -> LocalFile:
    return LocalFile(row_id, customer, site.ids.new().hex(), site.files.new_key(), state, size, sha256)


DOINGS: dict[str, Doing] = {
    one.__name__: one for one in (attach, attach_badly, look_at_file, take_file_back, send_file_again)
}
