"""Rows written: defaults, folding, what a writer of his own statements notes, and work put in once."""

from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from server_sync.domain.commands import Need, Update
from server_sync.domain.model import TABLES, customer, sales_order, task
from server_sync.domain.model.columns import complete
from server_sync.store import job_table
from server_sync.store.changes import Delete, RowExists, touch, write
from server_sync.store.database import Database
from server_sync.store.job_table import Job
from server_sync.store.partitions import team
from server_sync.store.rows import FetchedRows, lock_customers
from server_sync.store.tables import job, partition
from tests.server_sync.organisation import NOW, Organisation


def only(database: Database, name: str) -> dict[str, Any]:
    with database.read() as connection:
        return dict(connection.execute(select(TABLES[name])).mappings().one())


def head(database: Database, name: str) -> int:
    with database.read() as connection:
        found: int = connection.execute(select(partition.c.head).where(partition.c.name == name)).scalar_one()
    return found


def test_what_is_left_out_has_the_tables_default_on_both_ends_of_the_road(
    database: Database, organisation: Organisation
) -> None:
    one = organisation.customer(organisation.north)
    with database.write(NOW) as tx:
        write(tx, [one])
    whole = complete(customer, one.row)
    assert list(whole) == [column.name for column in customer.columns]
    assert only(database, "customer") == whole | {"rev": 1}
    assert (whole["tags"], whole["language"], whole["mood"]) == ([], "zh", None)
    assert complete(customer, one.row)["tags"] is not whole["tags"]


def test_changes_of_one_row_become_one_in_their_order(database: Database, organisation: Organisation) -> None:
    one = organisation.customer(organisation.north)
    work = organisation.task(one, None)
    with database.write(NOW) as tx:
        write(tx, [one, work])
    with database.write(NOW) as tx:
        write(
            tx,
            [
                Update("task", work.row_id, {"state": "accepted", "priority": 1}),
                Update("task", work.row_id, {"state": "done", "done_at": NOW}),
                Update("task", work.row_id, {"priority": 2}),
            ],
        )
    row = only(database, "task")
    assert (row["state"], row["priority"], row["done_at"], row["rev"]) == ("done", 2, NOW, 2)


def test_a_row_made_and_removed_again_is_nothing(database: Database, organisation: Organisation) -> None:
    one = organisation.customer(organisation.north)
    order = organisation.order(one)
    with database.write(NOW) as tx:
        write(
            tx,
            [
                one,
                order,
                Update("sales_order", order.row_id, {"line_count": 2}),
                Delete("sales_order", order.row_id),
            ],
        )
    with database.read() as connection:
        assert connection.execute(select(sales_order)).all() == []
    assert head(database, team(organisation.north)) == 1


def test_the_same_row_twice_is_refused(database: Database, organisation: Organisation) -> None:
    one = organisation.customer(organisation.north)
    with pytest.raises(RowExists), database.write(NOW) as tx:
        write(tx, [one, one])
    with database.write(NOW) as tx:
        write(tx, [one])
    with pytest.raises(IntegrityError), database.write(NOW) as tx:
        write(tx, [one])


def test_rows_written_by_a_statement_of_ones_own_are_published_when_touched(
    database: Database, organisation: Organisation
) -> None:
    one = organisation.customer(organisation.north)
    work = organisation.task(one, organisation.north_agents[0])
    with database.write(NOW) as tx:
        write(tx, [one, work])
    before = head(database, team(organisation.north))
    with database.write(NOW) as tx:
        tx.connection.execute(update(task).values(priority=99, rev=task.c.rev + 1))
        touch(tx, "task", [work.row_id])
    assert head(database, team(organisation.north)) == before + 1


def test_commands_read_what_they_asked_for_with_earlier_decisions_over_it(
    database: Database, organisation: Organisation
) -> None:
    one, other = (organisation.customer(organisation.north) for _ in range(2))
    tasks = [organisation.task(one, None) for _ in range(2)]
    with database.write(NOW) as tx:
        write(tx, [one, other, *tasks])
    absent = organisation.ids.new()
    with database.write(NOW) as tx:
        lock_customers(tx, [one.row_id, absent])
        rows = FetchedRows(
            tx,
            [
                Need("task", one.row_id, "customer_id"),
                Need("task", other.row_id, "customer_id"),
                Need("customer", one.row_id),
                Need("customer", absent),
            ],
        )
        assert [row["id"] for row in rows.where("task", "customer_id", one.row_id)] == [
            t.row_id for t in tasks
        ]
        assert rows.get("customer", absent) is None
        made = organisation.task(other, None)
        rows.lay_over([made, Update("task", tasks[0].row_id, {"customer_id": other.row_id})])
        assert [row["id"] for row in rows.where("task", "customer_id", one.row_id)] == [tasks[1].row_id]
        assert [row["id"] for row in rows.where("task", "customer_id", other.row_id)] == [
            tasks[0].row_id,
            made.row_id,
        ]
        for table, column, value in (
            ("task", "team_id", organisation.north),
            ("customer", "id", other.row_id),
        ):
            with pytest.raises(KeyError):
                rows.get(table, value) if column == "id" else rows.where(table, column, value)


def test_work_is_put_in_once(database: Database, organisation: Organisation) -> None:
    work = Job("release_callback", {"callback": "00"}, NOW, "release_callback:00")
    with database.write(NOW) as tx:
        job_table.enqueue(tx, [work, work])
    with database.write(NOW) as tx:
        job_table.enqueue(tx, [Job("release_callback", {}, NOW + 1, "release_callback:00")])
    with database.read() as connection:
        [row] = connection.execute(select(job)).mappings()
    assert (row["payload"], row["due_at"], row["state"], row["attempts"]) == (
        {"callback": "00"},
        NOW,
        "waiting",
        0,
    )
