"""A server that is killed again and again while desks push: what each sends is done once, and nothing is lost."""

import sys
import threading
from collections.abc import Sequence
from http.client import HTTPException

import pytest
from sqlalchemy import func, select

from server_sync.doctor.examination import examine
from server_sync.domain.commands import AddNote
from server_sync.domain.model import activity
from server_sync.domain.wire.codec import encode, encode_arguments
from server_sync.domain.wire.messages import Mutation, PushRequest
from server_sync.store.changes import write
from server_sync.store.database import Database
from server_sync.store.tables import applied, audit
from tests.server_sync.http.conftest import NUMBERS, results_of
from tests.server_sync.organisation import NOW, Organisation, seed
from tests.servers import Caller, ServerProcess, add_person

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGKILL")

DESKS = 3
PUSHES = 12
NOTES = 60
KILLS = 4


class Outbox(threading.Thread):
    """A desk that sends its notes, each push until it is answered; `answered` is set after each answer."""

    def __init__(self, address: str, number: int, notes: Sequence[AddNote]) -> None:
        super().__init__(name=f"desk {number}")
        self.device = bytes([number]) * 16
        self.caller = Caller(address)
        assert self.caller.sign_in(f"agent{number}", self.device).status == 200
        self.mutations = [
            Mutation(mid=mid, command=note.name, args=encode_arguments(note), at=NOW)
            for mid, note in enumerate(notes, 1)
        ]
        self.answered = threading.Event()
        self.results: list[tuple[str, str | None]] = []

    def run(self) -> None:
        for start in range(0, len(self.mutations), NOTES):
            mutations = self.mutations[start : start + NOTES]
            self._send(encode(PushRequest(**NUMBERS, device=self.device, request=1, mutations=mutations)))

    def _send(self, push: bytes) -> None:
        while True:
            try:
                self.results += results_of(self.caller.post("/sync/push", push))
            except (OSError, HTTPException):
                continue
            self.answered.set()
            return


def test_a_server_killed_in_the_midst_of_pushes_loses_nothing_and_does_nothing_twice(
    live_server: ServerProcess,
) -> None:
    database = Database(live_server.database_url)
    organisation = seed(database)
    desks = [desk_of(database, organisation, live_server.address, number) for number in range(DESKS)]
    for desk in desks:
        desk.start()
    for turn in range(KILLS):
        # after an answer the next push is on its way; which step of it the kill meets is left to chance
        desks[turn % DESKS].answered.clear()
        desks[turn % DESKS].answered.wait(20)
        live_server.kill()
        live_server.start()
    for desk in desks:
        desk.join()
    everything = DESKS * PUSHES * NOTES
    with database.read() as connection:
        counts = [
            connection.scalar(select(func.count()).select_from(table)) for table in (activity, applied, audit)
        ]
    assert counts == [everything] * 3
    assert all(desk.results == [("accepted", None)] * (PUSHES * NOTES) for desk in desks)
    assert examine(database, NOW).findings == []
    database.close()


def desk_of(database: Database, organisation: Organisation, address: str, number: int) -> Outbox:
    """An agent with a customer of his own and notes to send."""
    person_id = add_person(database, f"agent{number}", team="北区")
    customer = organisation.customer(organisation.north, owner_id=person_id)
    with database.write(NOW) as tx:
        write(tx, [customer])
    notes = [
        AddNote(organisation.ids.new(), customer.row_id, f"第 {place} 次", NOW)
        for place in range(PUSHES * NOTES)
    ]
    return Outbox(address, number, notes)
