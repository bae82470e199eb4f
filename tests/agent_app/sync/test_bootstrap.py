"""The first sync of somebody who oversees much (SYNC L4): his own work first, the rest as a file or by pages into
staging, exchanged at once; whatever happens on the way."""

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from sqlcipher3 import dbapi2

from agent_app.store import ready_copy
from agent_app.store.desk_state import recall
from agent_app.sync import guards, ready_files
from agent_app.sync.client import HttpNet, Server
from agent_app.sync.engine import Reply, Request
from agent_app.sync.ready import MOST_TRIES, Check, Copy, Fetch
from agent_app.sync.schedule import Schedule
from agent_app.sync.status import SyncStatus
from agent_app.sync.synchroniser import Synchroniser
from server_sync.domain.commands import Actor, AddNote, Insert, Update
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.wire import versions
from server_sync.domain.wire.messages import PullReply, PullRequest, PushRequest, ReadyRequest
from server_sync.store.changes import write
from server_sync.store.database import Database
from server_sync.sync import ready as server_ready
from server_sync.sync.ready import ReadyFiles
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.sync.large_office import LARGE, Killed, LargeSeat, killing
from tests.agent_app.sync.office import HandClock
from tests.server_sync.organisation import NOW, Organisation

CANARY = "金丝雀不落盘"
CUSTOMERS = 30
PAGE = 8
SitLarge = Callable[[Actor], LargeSeat]
Same = Callable[[LargeSeat], None]


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is large elsewhere is small here, so that each of its steps is taken several times."""
    monkeypatch.setattr(guards, "STAGE_FROM", LARGE)
    monkeypatch.setattr(server_ready, "LEAST_ROWS", LARGE)
    monkeypatch.setattr(ready_files, "PIECE", 64 << 10)
    monkeypatch.setattr(ready_copy, "PIECE_ROWS", 25)


@pytest.fixture
def dossiers(server: Database, organisation: Organisation) -> list[Insert]:
    """The customers of a large team, with what belongs to them."""
    made = organisation
    customers = [made.customer(made.north, name=f"{CANARY} {number}") for number in range(CUSTOMERS)]
    rows: list[Insert] = []
    for one in customers:
        rows += [one, made.contact_point(one), made.task(one, made.north_agents[0]), made.order(one)]
    with server.write(NOW) as tx:
        write(tx, rows)
    return customers


@pytest.fixture
def at_server(server: Database, clock: HandClock, tmp_path: Path, dossiers: list[Insert]) -> ReadyFiles:
    """The server's ready files."""
    return ReadyFiles(server, tmp_path / "server-ready", clock)


@pytest.fixture
def sit_large(
    tmp_path: Path, server: Database, clock: HandClock, at_server: ReadyFiles
) -> Iterator[SitLarge]:
    """Seats a person who fetches files."""
    seats: list[LargeSeat] = []

    def seat(actor: Actor) -> LargeSeat:
        seats.append(LargeSeat(tmp_path, server, actor, clock, len(seats) + 51, at_server))
        return seats[-1]

    yield seat
    for one in seats:
        one.store.close()


@pytest.fixture
def lead(sit_large: SitLarge, organisation: Organisation) -> LargeSeat:
    """The lead of the large team, who has a task of his own, not yet in step."""
    return sit_large(organisation.north_lead)


@pytest.fixture
def as_by_pages(sit_large: SitLarge) -> Same:
    """Asserts that a desk holds what the same person's does who pulls every row by pages, straight into its replica."""

    def check(desk: LargeSeat) -> None:
        other = sit_large(desk.actor)
        super(LargeSeat, other).restart()
        other.sync()
        assert other.road.asked == []
        desk.sync(PAGE)
        assert desk.held() == other.held()

    return check


def note(seat: LargeSeat, customer: Insert, text: str) -> None:
    seat.do(AddNote(seat.ids.new(), customer.row_id, text, seat.clock.now()))


def texts(seat: LargeSeat) -> list[object]:
    return [row[0] for row in seat.rows("SELECT text FROM activity ORDER BY text")]


def forgotten(seat: LargeSeat) -> bool:
    """Neither file nor key is left."""
    with seat.store.read() as connection:
        state = recall(connection, "ready", {})
    return seat.left_behind() == [] and state.get("file") is None


def test_l4_a_large_partition_comes_as_a_file_and_is_what_pages_bring(
    lead: LargeSeat, as_by_pages: Same
) -> None:
    lead.sync(PAGE)
    assert len(lead.road.asked) > 2
    as_by_pages(lead)
    assert lead.compare() == []
    assert forgotten(lead)


@pytest.mark.parametrize("passing", [1, 2, 5])
@pytest.mark.parametrize(
    "moment",
    [
        "desk.ready_promised",
        "desk.ready_fetched",
        "desk.ready_checked",
        "desk.ready_copied",
        "desk.ready_taken",
        "desk.ready_deleted",
        "desk.staging_exchanged",
        "server.ready_written",
        "server.ready_named",
    ],
)
def test_l4_killed_at_any_step_it_goes_on_and_keeps_what_was_done_meanwhile(
    lead: LargeSeat,
    dossiers: list[Insert],
    as_by_pages: Same,
    moment: str,
    passing: int,
) -> None:
    lead.until(ReadyRequest)
    lead.restart()
    with killing(moment, passing) as passed:
        lead.go_on()
        died = passed() >= passing
    assert died or passing > 1
    note(lead, dossiers[0], "afterwards")
    lead.sync()
    assert texts(lead) == ["afterwards"]
    as_by_pages(lead)
    assert forgotten(lead)


def test_l4_an_edit_made_while_the_last_page_is_on_its_way_is_kept_over_the_exchange(
    lead: LargeSeat, organisation: Organisation, server: Database
) -> None:
    mine = organisation.customer(organisation.north, owner=organisation.north_lead, name="客户 L")
    with server.write(NOW) as tx:
        write(tx, [mine])
    lead.until(Copy)
    note(lead, mine, "while the file was copied")
    assert texts(lead) == ["while the file was copied"]
    while True:
        request = lead.ask()
        assert request is not None
        reply = lead.answer(request, PAGE)
        if isinstance(reply, PullReply) and not reply.more:
            note(lead, mine, "while the last page was on its way")
            lead.take(reply)
            break
        lead.take(reply)
        assert "while the file was copied" in texts(lead)
    both = ["while the file was copied", "while the last page was on its way"]
    assert texts(lead) == both
    assert isinstance(lead.ask(), PushRequest)
    lead.sync()
    assert texts(lead) == both
    assert lead.rows("SELECT count(*) FROM conflict") == [(0,)]


def test_l4_the_desk_shows_his_own_work_before_the_team_is_there(
    lead: LargeSeat, organisation: Organisation, server: Database
) -> None:
    mine = organisation.customer(organisation.north, owner=organisation.north_lead, name="客户 L")
    with server.write(NOW) as tx:
        write(tx, [mine])
    lead.until(Copy)
    names = [name for (name,) in lead.rows("SELECT name FROM customer")]
    assert "客户 L" in names
    assert len(names) < PAGE
    assert lead.rows("SELECT count(*) FROM plan") == [(1,)]


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


def test_l4_a_partition_lost_meanwhile_leaves_no_file_and_no_row(
    lead: LargeSeat, organisation: Organisation, server: Database
) -> None:
    lead.until(Copy)
    with server.write(NOW) as tx:
        write(
            tx, [Update("person", organisation.north_lead.person_id or b"", {"team_id": organisation.south})]
        )
    lead.actor = Actor(organisation.north_lead.person_id, lead.actor.role, organisation.south)
    lead.sync(PAGE)
    assert lead.rows("SELECT count(*) FROM customer WHERE name LIKE ?", f"{CANARY}%") == [(0,)]
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


def test_l4_a_first_sync_that_is_paused_sends_edits_and_fetches_nothing(
    lead: LargeSeat, organisation: Organisation, server: Database
) -> None:
    mine = organisation.customer(organisation.north, owner=organisation.north_lead, name="客户 L")
    with server.write(NOW) as tx:
        write(tx, [mine])
    lead.until(Fetch)
    lead.engine.paused = True
    assert lead.ask() is None
    note(lead, mine, "while it is paused")
    request = lead.ask()
    assert isinstance(request, PushRequest)
    lead.take(lead.answer(request))
    assert lead.ask() is None
    lead.engine.paused = False
    assert isinstance(lead.ask(), Fetch)
    lead.sync(PAGE)
    assert texts(lead) == ["while it is paused"]


@pytest.mark.parametrize("name", ["../store.db", "", "a" * 65, "名"])
def test_l4_a_promise_that_cannot_be_is_not_believed(lead: LargeSeat, as_by_pages: Same, name: str) -> None:
    request = lead.until(ReadyRequest)
    promise = lead.answer(request)
    lead.take(msgspec.structs.replace(promise, name=name))
    assert isinstance(lead.ask(), PullRequest)
    lead.sync(PAGE)
    as_by_pages(lead)


def test_p5_the_next_page_is_asked_for_while_one_is_applied_and_counts_only_after_it(
    lead: LargeSeat, as_by_pages: Same
) -> None:
    lead.engine.wake()
    hits = 0
    coming: tuple[PullRequest, Reply] | None = None
    while (request := lead.ask()) is not None:
        reply: Reply
        if coming is not None and request is coming[0]:
            reply, hits = coming[1], hits + 1
        else:
            reply = lead.answer(request, PAGE)
        ahead = lead.engine.ahead(reply)
        coming = None
        if ahead is not None:
            coming = ahead, lead.answer(ahead, PAGE)
        lead.take(reply)
    assert hits
    as_by_pages(lead)


def test_p5_a_page_asked_for_ahead_of_one_that_failed_is_ignored(lead: LargeSeat) -> None:
    request = lead.until(PullRequest)
    reply = lead.answer(request, PAGE)
    ahead = lead.engine.ahead(reply)
    assert ahead is not None
    with killing("desk.page_applied", 1), pytest.raises(Killed):
        lead.take(reply)
    lead.fail(KnownError(ErrorKind.DISK_FULL))
    late = lead.answer(ahead, PAGE)
    again = lead.ask()
    assert isinstance(again, PullRequest)
    assert again.cursor == request.cursor
    lead.take(late)
    assert lead.rows("SELECT count(*) FROM cursor") == [(0,)]


class Through(Server):
    """The way to the server of a seat; the files have a road of their own."""

    def __init__(self, seat: LargeSeat) -> None:
        super().__init__(HttpNet("http://localhost"))
        self._seat = seat

    def exchange(self, request: Request) -> Reply:
        return self._seat.answer(request, PAGE)


def driven(seat: LargeSeat, statuses: list[SyncStatus]) -> Synchroniser:
    """The real driver, its work done at once."""
    return Synchroniser(
        ImmediateWork(),
        seat.store,
        seat.engine,
        Through(seat),
        seat.clock,
        Schedule(0.5),
        lambda _: None,
        statuses.append,
        lambda _: None,
        seat.files,
    )


def test_l4_the_driver_fetches_copies_and_tells_how_far_it_is(lead: LargeSeat, as_by_pages: Same) -> None:
    statuses: list[SyncStatus] = []
    driven(lead, statuses).tick(lead.clock.now())
    assert statuses[-1].complete
    rows = [one.received.rows for one in statuses if not one.complete]
    assert rows == sorted(rows)
    assert {one.received.of_rows for one in statuses if one.received.rows} == {max(rows)}
    assert forgotten(lead)
    as_by_pages(lead)


def test_l4_the_driver_pauses_and_resumes(lead: LargeSeat, as_by_pages: Same) -> None:
    statuses: list[SyncStatus] = []
    sync = driven(lead, statuses)
    lead.until(Fetch)
    sync.pause()
    sync.hinted()
    assert (statuses[-1].paused, statuses[-1].complete) == (True, False)
    assert lead.road.asked == []
    sync.resume()
    assert statuses[-1].complete
    as_by_pages(lead)
