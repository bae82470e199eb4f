"""The last step of a file, and what happens around it: taken back meanwhile, done twice, removed by a job (SYNC F1)."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from server_sync.domain.commands import Actor, AddAttachment, RemoveAttachment
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.model import attachment
from server_sync.store.attachment_files import AttachmentFiles
from server_sync.store.changes import write
from server_sync.store.database import Database
from server_sync.store.tables import job
from server_sync.sync.attachments import REMOVE, Attachments, remover
from tests.deciding import run_command
from tests.server_sync.organisation import NOW, CountedIds, Organisation

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8
DEVICE = bytes(16)


class Racing(AttachmentFiles):
    """Files with somebody who does something just before the last step."""

    meanwhile: Callable[[], object] = staticmethod(lambda: None)

    def verify(self, attachment_id: bytes, size: int, sha256: str) -> bool:
        verified = super().verify(attachment_id, size, sha256)
        self.meanwhile()
        return verified


@pytest.fixture
def files(tmp_path: Path) -> Racing:
    return Racing(tmp_path / "attachments", CountedIds(40))


@pytest.fixture
def agent(organisation: Organisation) -> Actor:
    return organisation.north_agents[0]


@pytest.fixture
def row(database: Database, organisation: Organisation, agent: Actor) -> AddAttachment:
    """An announced photo."""
    customer = organisation.customer(organisation.north, owner=agent)
    with database.write(NOW) as tx:
        write(tx, [customer])
    made = AddAttachment(
        organisation.ids.new(),
        customer.row_id,
        "photo",
        "a.jpg",
        "image/jpeg",
        len(JPEG),
        hashlib.sha256(JPEG).hexdigest(),
        NOW,
    )
    run_command(database, agent, made, NOW)
    return made


def state(database: Database, row: AddAttachment) -> tuple[str, int]:
    with database.read() as connection:
        found = select(attachment.c.state, attachment.c.rev).where(attachment.c.id == row.attachment_id)
        one = connection.execute(found).one()
    return one.state, one.rev


def test_f1_a_file_that_is_taken_back_in_its_last_moment_stays_removed(
    database: Database, files: Racing, agent: Actor, row: AddAttachment
) -> None:
    removal = RemoveAttachment(row.attachment_id, row.customer_id, NOW)
    files.meanwhile = lambda: run_command(database, agent, removal, NOW)
    with pytest.raises(KnownError) as caught:
        Attachments(database, files).take(agent, DEVICE, row.attachment_id, 0, JPEG, NOW)
    assert caught.value.kind is ErrorKind.NOT_FOUND
    assert state(database, row) == ("removed", 2)
    assert (files.offset(row.attachment_id), files.whole_size(row.attachment_id)) == (0, None)


def test_f1_two_last_steps_at_once_are_one(
    database: Database, files: Racing, agent: Actor, row: AddAttachment
) -> None:
    road = Attachments(database, AttachmentFiles(files.folder, CountedIds(41)))
    files.meanwhile = lambda: road.take(agent, DEVICE, row.attachment_id, len(JPEG), b"", NOW)
    standing = Attachments(database, files).take(agent, DEVICE, row.attachment_id, 0, JPEG, NOW)
    assert standing.complete
    assert state(database, row) == ("complete", 2)


def test_the_bytes_of_what_was_taken_back_go_by_a_job(
    database: Database, files: Racing, agent: Actor, row: AddAttachment
) -> None:
    Attachments(database, files).take(agent, DEVICE, row.attachment_id, 0, JPEG, NOW)
    for _ in range(2):
        run_command(database, agent, RemoveAttachment(row.attachment_id, row.customer_id, NOW), NOW)
    with database.read() as connection:
        [payload] = connection.execute(select(job.c.payload).where(job.c.kind == REMOVE)).scalars()
    assert files.whole_size(row.attachment_id) == len(JPEG)
    with database.write(NOW) as tx:
        remover(files)(tx, payload)
    assert files.whole_size(row.attachment_id) is None
