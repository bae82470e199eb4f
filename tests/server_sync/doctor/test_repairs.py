"""What the doctor puts right is right afterwards, and desks hear of it as of any other change."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, update

from server_sync.doctor.command import REPAIRABLE, repaired
from server_sync.doctor.examination import ORPHANED_FOR, examine
from server_sync.doctor.findings import Finding, Report, Trouble
from server_sync.domain.clock import DAY
from server_sync.domain.commands import Actor, Insert
from server_sync.domain.ids import SystemIds
from server_sync.domain.model import (
    KINDS,
    AttachmentKind,
    AttachmentState,
    attachment,
    contact_point,
    customer,
    plan,
    presence,
    task,
)
from server_sync.store.attachment_files import AttachmentFiles
from server_sync.store.attachment_rows import COMPLETE
from server_sync.store.changes import write
from server_sync.store.database import Database
from server_sync.store.heads import Op
from server_sync.store.tables import applied, audit, dossier, feed, feed_commit, partition
from server_sync.store.transaction import Transaction
from tests.clocks import HandClock
from tests.server_sync.organisation import NOW, Organisation, seed
from tests.server_sync.sync.conftest import make_desk
from tests.server_sync.sync.desks import Desk

Breaking = Callable[[Transaction, Organisation], object]


@pytest.fixture
def organisation(database: Database) -> Organisation:
    organisation = seed(database)
    with database.write(NOW) as tx:
        for agent in (*organisation.north_agents, None):
            one = organisation.customer(organisation.north)
            write(tx, [one, organisation.contact_point(one), organisation.task(one, agent)])
        first = organisation.north_agents[0]
        row = {"id": first.person_id, "team_id": first.team_id, "state": "ready", "since_at": NOW}
        write(tx, [Insert("presence", row)])
    return organisation


def forget_entries(tx: Transaction, organisation: Organisation) -> None:
    tx.connection.execute(
        delete(feed).where(feed.c.kind.in_((KINDS["contact_point"], KINDS["plan"], KINDS["presence"])))
    )


def forget_rows(tx: Transaction, organisation: Organisation) -> None:
    for table in (contact_point, plan, presence):
        tx.connection.execute(delete(table))


def change_rows_unheard(tx: Transaction, organisation: Organisation) -> None:
    for table in (task, plan, presence):
        tx.connection.execute(update(table).values(rev=table.c.rev + 1))


def forget_revs(tx: Transaction, organisation: Organisation) -> None:
    tx.connection.execute(update(feed).where(feed.c.op == Op.LIVE.value).values(rev=None))


def forget_dossiers(tx: Transaction, organisation: Organisation) -> None:
    tx.connection.execute(delete(dossier))


def give_dossiers_away(tx: Transaction, organisation: Organisation) -> None:
    stranger = organisation.south_agents[0].person_id
    of = tx.connection.scalar(select(partition.c.id).where(partition.c.subject == stranger))
    owner = select(customer.c.id).order_by(customer.c.id).limit(1).scalar_subquery()
    tx.connection.execute(insert(dossier).values(customer_id=owner, partition=of))


def lay_rows_elsewhere(tx: Transaction, organisation: Organisation) -> None:
    """Company data and a presence in the feed of a team that they are not of."""
    of = tx.connection.scalar(select(partition.c.id).where(partition.c.subject == organisation.south))
    for place, (table, row_id) in enumerate(
        (("plan", organisation.plan), ("presence", organisation.north_agents[0].person_id)), 900
    ):
        row = {
            "partition": of,
            "seq": place,
            "kind": KINDS[table],
            "row_id": row_id,
            "op": Op.LIVE.value,
            "rev": 1,
        }
        tx.connection.execute(insert(feed).values(row))


def set_heads_back(tx: Transaction, organisation: Organisation) -> None:
    tx.connection.execute(update(partition).values(head=0))


def forget_tokens(tx: Transaction, organisation: Organisation) -> None:
    tx.connection.execute(delete(feed_commit))


def invent_tokens(tx: Transaction, organisation: Organisation) -> None:
    of = tx.connection.scalar(select(partition.c.id).where(partition.c.name == "ref"))
    tx.connection.execute(insert(feed_commit).values(partition=of, seq=10_000, token=bytes(8), at=NOW))


def miscount(tx: Transaction, organisation: Organisation) -> None:
    tx.connection.execute(update(partition).values(rows=partition.c.rows + 1, sum=7))


BREAKINGS: dict[Breaking, set[Trouble]] = {
    forget_entries: {Trouble.ROW_WITHOUT_FEED, Trouble.SUM_WRONG},
    forget_rows: {Trouble.FEED_WITHOUT_ROW, Trouble.ORPHANS},
    change_rows_unheard: {Trouble.FEED_STALE},
    forget_revs: {Trouble.FEED_STALE, Trouble.SUM_WRONG},
    forget_dossiers: {Trouble.MEMBERSHIP_WRONG, Trouble.FEED_OF_STRANGER},
    give_dossiers_away: {Trouble.MEMBERSHIP_WRONG, Trouble.ROW_WITHOUT_FEED},
    lay_rows_elsewhere: {Trouble.FEED_OF_STRANGER, Trouble.FEED_AHEAD, Trouble.SUM_WRONG},
    set_heads_back: {Trouble.FEED_AHEAD, Trouble.HISTORY_BROKEN},
    forget_tokens: {Trouble.HISTORY_BROKEN},
    invent_tokens: {Trouble.HISTORY_BROKEN},
    miscount: {Trouble.SUM_WRONG},
}


@pytest.mark.parametrize("breaking", BREAKINGS, ids=lambda one: one.__name__)
def test_e1_e2_s4_what_is_broken_is_found_and_put_right(
    database: Database, organisation: Organisation, breaking: Breaking
) -> None:
    with database.write(NOW) as tx:
        breaking(tx, organisation)
    report = examine(database, NOW)
    assert {one.trouble for one in report.findings} == BREAKINGS[breaking]
    after = repaired(database, NOW, None, report)
    left = {Trouble.ORPHANS} if breaking is forget_rows else set()
    assert {one.trouble for one in after.findings} == left
    assert {one.trouble for one in after.repaired} == BREAKINGS[breaking] - left


@pytest.mark.parametrize(
    "breaking", [forget_entries, change_rows_unheard, give_dossiers_away, lay_rows_elsewhere]
)
def test_s4_desks_hear_of_a_repair(
    database: Database, organisation: Organisation, breaking: Breaking
) -> None:
    """A desk that pulled while things were wrong has afterwards what one has that pulls only then."""

    def desk_of(actor: Actor) -> Desk:
        return make_desk(database, organisation, actor)

    people = (
        organisation.north_agents[0],
        organisation.north_lead,
        organisation.south_agents[0],
        organisation.south_lead,
    )
    with database.write(NOW) as tx:
        breaking(tx, organisation)
    early = [desk_of(one) for one in people]
    for desk in early:
        desk.pull()
    repaired(database, NOW, None, examine(database, NOW))
    for desk in early:
        desk.pull()
        fresh = desk_of(desk.actor)
        fresh.pull()
        assert desk.rows == fresh.rows


def test_a_repair_of_what_is_in_order_changes_nothing(database: Database, organisation: Organisation) -> None:
    def heads() -> list[int]:
        with database.read() as connection:
            return list(connection.scalars(select(partition.c.head).order_by(partition.c.id)))

    before, report = heads(), examine(database, NOW)
    assert repaired(database, NOW, None, report) == report
    assert heads() == before


def test_an_answer_without_an_audit_is_found_and_cannot_be_repaired(
    database: Database, organisation: Organisation
) -> None:
    with database.write(NOW) as tx:
        row = {"device_id": bytes(16), "args_hash": b"", "result": b"", "at": NOW}
        tx.connection.execute(insert(applied), [{**row, "mid": 1}, {**row, "mid": 2}])
        told = {
            "at": NOW,
            "device_id": bytes(16),
            "mid": 1,
            "command": "x@1",
            "status": "accepted",
            "rows": [],
        }
        tx.connection.execute(insert(audit), told)
    report = examine(database, NOW)
    assert [(one.trouble, one.values) for one in report.findings] == [(Trouble.AUDIT_MISSING, {"count": 1})]
    assert repaired(database, NOW, None, report).findings == report.findings
    assert Trouble.AUDIT_MISSING not in REPAIRABLE


@pytest.fixture
def files(tmp_path: Path) -> AttachmentFiles:
    return AttachmentFiles(tmp_path / "attachments", SystemIds(HandClock(NOW)))


def test_f1_files_and_rows_of_attachments_are_compared(
    database: Database, organisation: Organisation, files: AttachmentFiles
) -> None:
    ids = [organisation.ids.new(), organisation.ids.new()]
    with database.write(NOW) as tx:
        for row_id, size in zip(ids, (3, 4), strict=True):
            row = {
                "id": row_id,
                "customer_id": tx.connection.scalar(select(customer.c.id).limit(1)),
                "kind": AttachmentKind.PHOTO,
                "state": AttachmentState.COMPLETE,
                "file_name": "a.jpg",
                "media_type": "image/jpeg",
                "size": size,
                "sha256": "",
                "created_at": NOW,
            }
            write(tx, [Insert(attachment.name, row)])

    def lay(row_id: bytes, age: int) -> Path:
        file = files.folder / "whole" / row_id.hex()[-2:] / row_id.hex()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"abc")
        os.utime(file, ((NOW - age) / 1000, (NOW - age) / 1000))
        return file

    asked = lay(ids[0], 0)
    old, young = lay(b"o" * 16, ORPHANED_FOR + DAY), lay(b"y" * 16, ORPHANED_FOR - DAY)
    report = examine(database, NOW, files)
    assert [(one.trouble, one.values) for one in report.findings] == [
        (Trouble.FILES_MISSING, {"count": 1}),
        (Trouble.FILES_ORPHANED, {"count": 1}),
    ]
    after = repaired(database, NOW, files, report)
    assert [one.trouble for one in after.findings] == [Trouble.FILES_MISSING]
    assert [asked.exists(), old.exists(), young.exists()] == [True, False, True]


def test_f1_a_file_that_outlived_a_restore_is_complete_again(
    database: Database, organisation: Organisation, files: AttachmentFiles
) -> None:
    """The backup is from before it was complete: the desk that sent it no longer has it."""
    whole, other, young = (organisation.ids.new() for _ in range(3))
    with database.write(NOW) as tx:
        customer_id = tx.connection.scalar(select(customer.c.id).limit(1))
        for row_id in (whole, other, young):
            row = {
                "id": row_id,
                "customer_id": customer_id,
                "kind": AttachmentKind.PHOTO,
                "state": AttachmentState.ANNOUNCED,
                "file_name": "a.jpg",
                "media_type": "image/jpeg",
                "size": 3,
                "sha256": hashlib.sha256(b"abc").hexdigest(),
                "created_at": NOW,
            }
            write(tx, [Insert(attachment.name, row)])
    lead = make_desk(database, organisation, organisation.north_lead)
    lead.pull()
    for row_id, content in ((whole, b"abc"), (other, b"xyz")):
        file = files.folder / "whole" / row_id.hex()[-2:] / row_id.hex()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    report = examine(database, NOW, files)
    assert [(one.trouble, one.values) for one in report.findings] == [(Trouble.FILES_WAITING, {"count": 1})]
    after = repaired(database, NOW + 1, files, report)
    assert (after.findings, after.repaired) == ([], report.findings)
    lead.pull()
    states = [lead.rows[attachment.name, row_id]["state"] for row_id in (whole, other, young)]
    assert states == [AttachmentState.COMPLETE, AttachmentState.ANNOUNCED, AttachmentState.ANNOUNCED]
    assert lead.rows[attachment.name, whole]["completed_at"] == NOW + 1
    with database.read() as connection:
        told = connection.execute(select(audit.c.command, audit.c.status, audit.c.person_id)).all()
    assert [tuple(row) for row in told] == [(COMPLETE, "accepted", None)]


def test_a_damaged_file_is_not_written_into(database: Database, organisation: Organisation) -> None:
    with database.write(NOW) as tx:
        miscount(tx, organisation)
    report = Report("", "", {}, 0, [Finding(Trouble.FILE_DAMAGED)])
    assert repaired(database, NOW, None, report) is report
    assert {one.trouble for one in examine(database, NOW).findings} == {Trouble.SUM_WRONG}
