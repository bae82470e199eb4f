"""A ready file on its way to the desk (SYNC L4): torn, damaged, gone, of another schema, behind; and never plain."""

from pathlib import Path

import msgspec
import pytest
from sqlcipher3 import dbapi2

from agent_app.store.desk_state import recall
from agent_app.sync import ready_files
from agent_app.sync.ready import MOST_TRIES, Check, Checked, Copy, Fetch
from server_sync.domain.commands import Insert, Update
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.wire import versions
from server_sync.domain.wire.messages import PullRequest, ReadyRequest
from server_sync.store.changes import write
from server_sync.store.database import Database
from server_sync.sync.ready import ReadyFiles
from tests.agent_app.sync.large_office import (
    CANARY,
    PAGE,
    LargeSeat,
    Same,
    SitLarge,
    forgotten,
)
from tests.server_sync.organisation import NOW, Organisation

pytestmark = pytest.mark.usefixtures("small_is_large")


def test_l4_a_torn_download_goes_on_where_it_was_torn(
    lead: LargeSeat, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = lead.until(Fetch)
    whole = request.file.size
    monkeypatch.setattr(ready_files, "PIECE", whole)
    for part in (0, 1, 4095, 4096, 4097, whole // 2, whole - 1):
        lead.road.cut = lambda body, part=part: body[:part]  # type: ignore[misc]  # bound at once
        with pytest.raises(KnownError) as raised:
            lead.answer(lead.ask() or request)
        assert raised.value.kind is ErrorKind.OFFLINE
        assert not lead.fail(raised.value).recovered
    lead.road.cut = bytes
    monkeypatch.setattr(ready_files, "PIECE", whole // 3 + 1)
    lead.road.asked.clear()
    lead.sync(PAGE)
    assert [asked.partition("-")[0] for asked in lead.road.asked] == [
        f"bytes={start}" for start in range(0, whole, whole // 3 + 1)
    ]
    assert forgotten(lead)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99, 1.0])
def test_l4_what_a_kill_left_of_a_piece_is_gone_on_from(
    lead: LargeSeat, as_by_pages: Same, share: float
) -> None:
    lead.until(Check)
    [file] = lead.left_behind()
    with file.open("r+b") as cut:
        cut.truncate(round(file.stat().st_size * share))
    lead.restart()
    lead.sync(PAGE)
    as_by_pages(lead)


def test_l4_what_was_checked_is_checked_again_after_a_restart(lead: LargeSeat, as_by_pages: Same) -> None:
    """A power cut may have taken of a file what was there before it: its pages have no sums of their own."""
    lead.until(Copy)
    [file] = lead.left_behind()
    content = bytearray(file.read_bytes())
    content[-100] ^= 0xFF
    file.write_bytes(content)
    lead.restart()
    asked = lead.until(Check)
    assert lead.answer(asked) == Checked(request=asked.request, intact=False)
    lead.restart()
    lead.sync(PAGE)
    as_by_pages(lead)
    assert forgotten(lead)


def test_l4_a_file_with_another_hash_is_thrown_away_and_after_a_few_the_rows_come_by_pages(
    lead: LargeSeat, as_by_pages: Same
) -> None:
    lead.road.cut = lambda body: body[:-1] + bytes([body[-1] ^ 1])
    kinds = []
    lead.engine.wake()
    while (request := lead.ask()) is not None:
        kinds.append(type(request))
        lead.take(lead.answer(request, PAGE))
    assert kinds.count(ReadyRequest) == kinds.count(Check) == MOST_TRIES
    assert Copy not in kinds
    as_by_pages(lead)
    assert forgotten(lead)


@pytest.mark.parametrize(
    "kind", [ErrorKind.NOT_FOUND, ErrorKind.MALFORMED, ErrorKind.NOT_PERMITTED, ErrorKind.SERVER_FAILED]
)
def test_l4_where_no_file_is_to_be_had_the_rows_come_by_pages(
    lead: LargeSeat, as_by_pages: Same, kind: ErrorKind
) -> None:
    lead.engine.wake()
    refused = 0
    while (request := lead.ask()) is not None:
        if isinstance(request, ReadyRequest):
            refused += 1
            assert lead.fail(KnownError(kind)).recovered
            continue
        lead.take(lead.answer(request, PAGE))
    assert refused == (MOST_TRIES if kind is ErrorKind.SERVER_FAILED else 1)
    as_by_pages(lead)


def test_l4_a_file_that_went_away_meanwhile_is_asked_for_again(
    lead: LargeSeat, at_server: ReadyFiles, as_by_pages: Same
) -> None:
    lead.until(Fetch)
    for file in at_server.folder.iterdir():
        file.unlink()
    lead.sync(PAGE)
    as_by_pages(lead)
    assert forgotten(lead)


def test_l4_what_changed_since_the_file_was_made_comes_by_pages(
    lead: LargeSeat,
    organisation: Organisation,
    server: Database,
    dossiers: list[Insert],
    as_by_pages: Same,
) -> None:
    lead.until(Copy)
    mine = {"owner_id": organisation.north_lead.person_id}
    with server.write(NOW) as tx:
        write(
            tx,
            [
                Update("customer", dossiers[0].row_id, {"name": "客户 neu"}),
                Update("customer", dossiers[1].row_id, {"team_id": organisation.south}),
                Update("customer", dossiers[2].row_id, mine),
                organisation.customer(organisation.north, name="客户 new"),
            ],
        )
    lead.sync(PAGE)
    as_by_pages(lead)
    assert lead.compare() == []


def test_l4_a_row_that_is_newer_in_staging_stays(
    lead: LargeSeat,
    organisation: Organisation,
    server: Database,
    dossiers: list[Insert],
    as_by_pages: Same,
    sit_large: SitLarge,
) -> None:
    other = sit_large(organisation.north_lead)
    other.until(Fetch)  # the file is made
    with server.write(NOW) as tx:
        mine = {"owner_id": organisation.north_lead.person_id, "name": "客户 newer"}
        write(tx, [Update("customer", dossiers[0].row_id, mine)])
    request = lead.until(Copy)
    assert request.file.seq < lead.rows("SELECT max(seen_seq) FROM staged_cursor")[0][0]
    while isinstance(request := lead.ask(), Copy):
        lead.take(lead.answer(request))
    assert lead.rows("SELECT name FROM staged_customer WHERE id = ?", dossiers[0].row_id) == [("客户 newer",)]
    lead.sync(PAGE)
    as_by_pages(lead)


def test_v2_a_file_of_an_older_or_newer_schema_is_copied_by_the_names_of_its_columns(
    lead: LargeSeat, as_by_pages: Same, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = lead.until(Copy)
    [file] = lead.left_behind()
    connection = dbapi2.connect(str(file), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{request.file.key}'\"")
    connection.execute("PRAGMA cipher_use_hmac = OFF")
    connection.execute("ALTER TABLE customer ADD COLUMN horoscope TEXT")
    connection.execute("ALTER TABLE activity DROP COLUMN text")
    connection.execute("CREATE TABLE starsign (id BLOB PRIMARY KEY, rev BIGINT)")
    connection.execute("DROP TABLE calendar_day")
    connection.close()
    lead.sync(PAGE)
    as_by_pages(lead)
    with lead.store.read() as connection:
        assert recall(connection, "passed_over_under") == versions.SCHEMA


def test_l4_nothing_of_a_file_is_plain_on_any_disk(
    lead: LargeSeat, at_server: ReadyFiles, tmp_path: Path
) -> None:
    def plain() -> list[Path]:
        folders = (lead.folder, at_server.folder)
        files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
        return [file for file in files if CANARY.encode() in file.read_bytes()]

    request = lead.until(Copy)
    assert len(lead.left_behind()) == 1
    assert any(at_server.folder.iterdir())
    assert plain() == []
    key = bytes.fromhex(request.file.key)
    files = [file for file in (*lead.folder.rglob("*"), *at_server.folder.rglob("*")) if file.is_file()]
    assert not [
        file for file in files if key in file.read_bytes() or request.file.key.encode() in file.read_bytes()
    ]
    lead.sync(PAGE)
    assert plain() == []


@pytest.mark.parametrize("name", ["../store.db", "", "a" * 65, "名"])
def test_l4_a_promise_that_cannot_be_is_not_believed(lead: LargeSeat, as_by_pages: Same, name: str) -> None:
    request = lead.until(ReadyRequest)
    promise = lead.answer(request)
    lead.take(msgspec.structs.replace(promise, name=name))
    assert isinstance(lead.ask(), PullRequest)
    lead.sync(PAGE)
    as_by_pages(lead)
