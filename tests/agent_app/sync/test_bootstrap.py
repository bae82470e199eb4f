"""The first sync of somebody who oversees much (SYNC L4): his own work first, the rest as a file or by pages into
staging, exchanged at once; whatever happens on the way."""

from itertools import product

import pytest

from agent_app.store import first_sync
from agent_app.store.desk_state import remember
from agent_app.sync.client import HttpNet, Server
from agent_app.sync.engine import Reply, Request
from agent_app.sync.ready import Copy, Fetch
from agent_app.sync.schedule import Schedule
from agent_app.sync.status import SyncStatus
from agent_app.sync.synchroniser import Synchroniser
from server_sync.domain.commands import Actor, Insert, Update
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.wire.messages import PullReply, PullRequest, PushRequest, ReadyRequest
from server_sync.store.changes import write
from server_sync.store.database import Database
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.sync.large_office import (
    CANARY,
    PAGE,
    Killed,
    LargeSeat,
    Same,
    forgotten,
    killing,
    note,
    texts,
)
from tests.server_sync.organisation import NOW, Organisation

pytestmark = pytest.mark.usefixtures("small_is_large")


def test_l4_a_large_partition_comes_as_a_file_and_is_what_pages_bring(
    lead: LargeSeat, as_by_pages: Same
) -> None:
    lead.sync(PAGE)
    assert len(lead.road.asked) > 2
    as_by_pages(lead)
    assert lead.compare() == []
    assert forgotten(lead)


ONCE = (
    *("desk.ready_promised", "desk.ready_checked", "desk.ready_taken", "desk.ready_deleted"),
    *("desk.staging_exchanged", "server.ready_written", "server.ready_named"),
)
AGAIN_AND_AGAIN = ("desk.ready_fetched", "desk.ready_copied")


@pytest.mark.parametrize(
    ("moment", "passing"),
    [*((moment, 1) for moment in ONCE), *product(AGAIN_AND_AGAIN, (1, 2, 5))],
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
    assert died
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


def put_off(lead: LargeSeat, paused: bool) -> None:
    with lead.store.write() as connection:
        first_sync.pause(connection, paused)


def test_l4_a_first_sync_that_is_paused_sends_edits_and_fetches_nothing(
    lead: LargeSeat, organisation: Organisation, server: Database
) -> None:
    mine = organisation.customer(organisation.north, owner=organisation.north_lead, name="客户 L")
    with server.write(NOW) as tx:
        write(tx, [mine])
    lead.until(Fetch)
    put_off(lead, True)
    assert lead.ask() is None
    note(lead, mine, "while it is paused")
    request = lead.ask()
    assert isinstance(request, PushRequest)
    lead.take(lead.answer(request))
    assert lead.ask() is None
    put_off(lead, False)
    assert isinstance(lead.ask(), Fetch)
    lead.sync(PAGE)
    assert texts(lead) == ["while it is paused"]


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


def test_l4_a_paused_first_sync_stays_paused_over_a_restart_and_says_so(
    lead: LargeSeat, as_by_pages: Same
) -> None:
    lead.until(Fetch)
    driven(lead, []).pause()
    lead.restart()
    statuses: list[SyncStatus] = []
    sync = driven(lead, statuses)
    sync.tick(lead.clock.now())
    assert (statuses[-1].paused, statuses[-1].complete) == (True, False)
    assert lead.road.asked == []
    sync.resume()
    assert (statuses[-1].paused, statuses[-1].complete) == (False, True)
    as_by_pages(lead)


def test_l4_what_was_paused_once_is_not_paused_when_all_has_come(lead: LargeSeat) -> None:
    put_off(lead, True)
    with lead.store.write() as connection:
        remember(connection, "complete", True)
    assert lead.ask() is not None


def test_l3_a_hint_after_a_page_was_asked_for_ahead_is_not_lost(lead: LargeSeat) -> None:
    request = lead.until(PullRequest)
    reply = lead.answer(request, PAGE)
    ahead = lead.engine.ahead(reply)
    lead.take(reply)
    lead.engine.wake()
    asked = lead.ask()
    assert isinstance(asked, PullRequest)
    assert asked is not ahead
    assert ahead is not None
    assert asked.cursor == ahead.cursor
