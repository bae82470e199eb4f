"""The doctor finds what was broken on purpose, and nothing in what was not."""

from pathlib import Path

import pytest
from sqlalchemy import delete, insert, update

from server_sync.accounts import people
from server_sync.doctor.command import words
from server_sync.doctor.examination import examine
from server_sync.doctor.findings import Finding, Trouble
from server_sync.domain.clock import HOUR, MINUTE
from server_sync.domain.commands import Update
from server_sync.domain.model import Role, contact_point, customer, task
from server_sync.store import job_table
from server_sync.store.changes import write
from server_sync.store.database import Database
from server_sync.store.job_table import Job, JobState
from server_sync.store.tables import dossier, feed, job, partition
from tests.server_sync.organisation import NOW, Organisation, seed
from tests.servers import add_person


@pytest.fixture
def organisation(database: Database) -> Organisation:
    """Two customers with a task each, one of them of an agent."""
    organisation = seed(database)
    for agent in (organisation.north_agents[0], None):
        one = organisation.customer(organisation.north)
        with database.write(NOW) as tx:
            write(tx, [one, organisation.contact_point(one), organisation.task(one, agent)])
    return organisation


def found(database: Database, now: int = NOW) -> list[Finding]:
    return examine(database, now).findings


def troubles(database: Database) -> set[Trouble]:
    return {finding.trouble for finding in found(database)}


def test_a_database_at_work_is_in_order(database: Database, organisation: Organisation) -> None:
    report = examine(database, NOW)
    assert report.findings == []
    assert (report.counts["customer"], report.counts["task"], report.counts["person"]) == (2, 2, 8)
    assert report.schema


def test_rows_that_name_nothing_are_counted(database: Database, organisation: Organisation) -> None:
    with database.write(NOW) as tx:
        tx.connection.execute(update(task).values(plan_id=bytes(16)))
    assert found(database) == [
        Finding(Trouble.ORPHANS, {"table": "task", "column": "plan_id", "count": 2}),
    ]


def test_a_row_that_never_entered_the_feed_is_missed(database: Database, organisation: Organisation) -> None:
    with database.write(NOW) as tx:
        kinds = feed.c.row_id.in_(contact_point.select().with_only_columns(contact_point.c.id))
        tx.connection.execute(delete(feed).where(kinds))
    first, *others = found(database)
    assert (first.trouble, first.values["table"]) == (Trouble.ROW_WITHOUT_FEED, "contact_point")
    assert {one.trouble for one in others} == {Trouble.SUM_WRONG}


def test_an_entry_without_its_row_is_missed(database: Database, organisation: Organisation) -> None:
    with database.write(NOW) as tx:
        tx.connection.execute(delete(contact_point))
    [finding] = found(database)
    assert (finding.trouble, finding.values["table"]) == (Trouble.FEED_WITHOUT_ROW, "contact_point")


def test_a_dossier_offered_to_a_stranger_is_seen(database: Database, organisation: Organisation) -> None:
    with database.write(NOW) as tx:
        tx.connection.execute(delete(dossier))
    assert troubles(database) == {Trouble.FEED_OF_STRANGER, Trouble.MEMBERSHIP_WRONG}


def test_a_head_behind_its_entries_is_seen(database: Database, organisation: Organisation) -> None:
    with database.write(NOW) as tx:
        tx.connection.execute(update(partition).where(partition.c.name == "ref").values(head=0))
    assert {(one.trouble, one.values["partition"]) for one in found(database)} == {
        (Trouble.FEED_AHEAD, "ref"),
        (Trouble.HISTORY_BROKEN, "ref"),
    }


def test_a_database_that_nobody_administers_is_seen(database: Database, organisation: Organisation) -> None:
    assert organisation.administrator.person_id is not None
    with database.write(NOW) as tx:
        write(tx, [Update("person", organisation.administrator.person_id, {"active": False})])
    assert found(database) == [Finding(Trouble.NO_ADMINISTRATOR)]
    add_person(database, "boss", role=Role.ADMINISTRATOR)
    assert found(database) == []
    with database.read() as connection:
        assert people.administrators(connection) == 1


def test_jobs_that_were_given_up_or_wait_too_long_are_seen(
    database: Database, organisation: Organisation
) -> None:
    with database.write(NOW) as tx:
        job_table.enqueue(tx, [Job("x", {}, NOW, "a"), Job("x", {}, NOW, "b"), Job("y", {}, NOW + HOUR, "c")])
        failed = update(job).where(job.c.dedupe_key == "a")
        tx.connection.execute(failed.values(state=JobState.FAILED, error="ValueError"))
    assert found(database, NOW + 20 * MINUTE) == [
        Finding(Trouble.JOBS_FAILED, {"kind": "x", "count": 1, "error": "ValueError"}),
        Finding(Trouble.JOBS_OVERDUE, {"count": 1, "minutes": 20}),
    ]


def test_a_damaged_file_is_seen(sqlite_url: str, tmp_path: Path) -> None:
    database = Database(sqlite_url)
    organisation = seed(database)
    with database.write(NOW) as tx:
        for _ in range(500):
            write(tx, [organisation.customer(organisation.north)])
    database.close()
    file = tmp_path / "server.db"
    content = bytearray(file.read_bytes())
    middle = len(content) // 4096 // 2 * 4096
    content[middle : middle + 4096] = bytes(4096)
    file.write_bytes(content)
    database = Database(sqlite_url)
    assert Trouble.FILE_DAMAGED in {finding.trouble for finding in found(database)}
    database.close()


def test_the_doctor_changes_nothing(database: Database, organisation: Organisation) -> None:
    with database.write(NOW) as tx:
        tx.connection.execute(insert(customer).values(**organisation.customer(None).row, rev=1))
    before = found(database)
    assert found(database) == before


@pytest.mark.parametrize("trouble", list(Trouble))
def test_every_trouble_has_words(trouble: Trouble) -> None:
    values = dict.fromkeys(("table", "column", "count", "partition", "kind", "error", "minutes"), 7)
    assert words(Finding(trouble, values)).strip()
