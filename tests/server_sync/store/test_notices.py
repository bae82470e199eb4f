"""What moved, told from process to process on PostgreSQL: heard once, whatever happens to the connection meanwhile."""

import queue
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

import psycopg
import pytest

from server_sync.store import notices
from server_sync.store.changes import write
from server_sync.store.database import Database
from server_sync.store.notices import PAYLOAD_BYTES, payloads
from server_sync.store.partitions import team
from tests.server_sync.organisation import NOW, Organisation, seed

PATIENCE = 90
MISSED = frozenset({"missed"})


@contextmanager
def ears(url: str) -> Iterator["queue.SimpleQueue[frozenset[str]]"]:
    """What one more process hears; MISSED for a gap. It listens when the block begins."""
    heard: queue.SimpleQueue[frozenset[str]] = queue.SimpleQueue()
    with closing(Database(url)) as database:
        database.listen(heard.put, missed=lambda: heard.put(MISSED))
        assert heard.get(timeout=PATIENCE) == MISSED
        yield heard


def break_lines(url: str) -> None:
    """End every connection that listens, as a database does that is started again."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        ended = connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'huifang notices' AND datname = current_database()"
        ).fetchall()
        assert ended


def new_customer(database: Database, organisation: Organisation) -> frozenset[str]:
    with database.write(NOW) as tx:
        write(tx, [organisation.customer(organisation.north)])
    return frozenset({team(organisation.north)})


def test_l3_a_commit_of_one_process_is_heard_once_in_another(postgresql_url: str) -> None:
    own: list[frozenset[str]] = []
    with closing(Database(postgresql_url)) as database:
        organisation = seed(database)
        database.listen(own.append, missed=lambda: None)
        with ears(postgresql_url) as one, ears(postgresql_url) as another:
            moved = [new_customer(database, organisation) for _ in range(3)]
            assert [one.get(timeout=PATIENCE) for _ in range(3)] == moved
            assert [another.get(timeout=PATIENCE) for _ in range(3)] == moved
    assert own == moved


def test_l3_what_was_undone_is_not_told(postgresql_url: str) -> None:
    with closing(Database(postgresql_url)) as database:
        organisation = seed(database)
        with ears(postgresql_url) as heard:
            with suppress(ZeroDivisionError), database.write(NOW) as tx:
                write(tx, [organisation.customer(organisation.south)])
                raise ZeroDivisionError
            moved = new_customer(database, organisation)
            assert heard.get(timeout=PATIENCE) == moved


def test_l3_a_broken_line_is_taken_up_again_and_what_was_missed_counts_as_everything(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "FIRST_WAIT", 0.01)
    with closing(Database(postgresql_url)) as database:
        organisation = seed(database)
        with ears(postgresql_url) as heard:
            break_lines(postgresql_url)
            new_customer(database, organisation)
            while heard.get(timeout=PATIENCE) != MISSED:
                pass
            moved = new_customer(database, organisation)
            assert heard.get(timeout=PATIENCE) == moved


def test_l3_a_database_that_is_away_is_tried_later_and_later_until_it_is_back(
    postgresql_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "FIRST_WAIT", 0.001)
    monkeypatch.setattr(notices, "LAST_WAIT", 0.004)
    tries = 0
    connect = psycopg.connect

    def not_yet(*args: str, **arguments: str) -> "psycopg.Connection[tuple[object, ...]]":
        nonlocal tries
        tries += 1
        if tries < 5:
            raise psycopg.OperationalError
        return connect(*args, **arguments)  # type: ignore[arg-type]  # whatever the engine gives

    with monkeypatch.context() as patched:
        patched.setattr(psycopg, "connect", not_yet)
        with ears(postgresql_url):
            assert tries == 5


def test_names_go_in_as_many_payloads_as_their_length_asks_for() -> None:
    names = {f"desk:{number:032x}" for number in range(1_000)}
    made = list(payloads("me", names))
    assert all(len(payload.encode()) <= PAYLOAD_BYTES for payload in made)
    assert [payload.split()[0] for payload in made] == ["me"] * len(made)
    assert sorted(name for payload in made for name in payload.split()[1:]) == sorted(names)
    assert len(made) == 5
