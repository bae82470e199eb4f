"""What a page may not do by itself (SYNC L5), and from what size on a first sync goes another way (SYNC L4)."""

import pytest
from sqlalchemy import insert

from agent_app.store import staging
from agent_app.store.tables import held
from agent_app.sync.guards import (
    OWN_STAGE_FROM,
    REMOVAL_ROWS,
    STAGE_FROM,
    refuse_emptying,
    refuse_exchange,
    worth_staging,
)
from server_sync.domain.commands import Actor
from server_sync.domain.errors import ErrorKind, KnownError
from server_sync.domain.wire.messages import Commit, PullReply, Removed
from tests.agent_app.sync.office import Seat
from tests.agent_app.sync.test_engine import Sit
from tests.server_sync.organisation import NOW, Organisation

DESK, TEAM, OTHER = "desk:" + "ab" * 16, "team:" + "cd" * 16, "team:" + "ef" * 16
MOST = REMOVAL_ROWS


def page(
    cursor: dict[str, int] | None = None,
    heads: dict[str, int] | None = None,
    removed: dict[str, list[bytes]] | None = None,
    lost: tuple[str, ...] = (),
) -> PullReply:
    leaving = [Removed(partition=name, customers=ids, rows={}) for name, ids in (removed or {}).items()]
    return PullReply(
        request=1,
        epoch=bytes(16),
        from_cursor={},
        gained=[],
        lost=list(lost),
        removed=leaving,
        held=[],
        tables={},
        cursor=cursor or {},
        more=True,
        server_now=NOW,
        seen={name: [Commit(seq=seq, token=bytes(8))] for name, seq in (heads or {}).items()},
    )


# ---- a large first sync


@pytest.mark.parametrize(("rest", "worth"), [(STAGE_FROM - 1, False), (STAGE_FROM, True)])
def test_l4_once_ones_own_work_is_here_a_large_rest_goes_into_staging(rest: int, worth: bool) -> None:
    assert worth_staging(page({DESK: 40, TEAM: 7}, {DESK: 40, TEAM: 7 + rest})) is worth
    halves = {TEAM: rest // 2, OTHER: rest - rest // 2}
    assert worth_staging(page({DESK: 40, TEAM: 0, OTHER: 0}, {DESK: 40, **halves})) is worth


def test_l4_while_some_of_ones_own_work_is_still_to_come_it_goes_straight_in() -> None:
    assert not worth_staging(page({DESK: 39, TEAM: 0}, {DESK: 40, TEAM: 100_000}))
    assert not worth_staging(page({DESK: 0, TEAM: 0}, {DESK: OWN_STAGE_FROM - 1, TEAM: 100_000}))


def test_l4_a_person_whose_own_work_alone_is_large_begins_in_staging() -> None:
    assert worth_staging(page({DESK: 3}, {DESK: 3 + OWN_STAGE_FROM}))
    assert not worth_staging(page({DESK: 3}, {DESK: 2 + OWN_STAGE_FROM}))


def test_l4_a_partition_of_which_the_server_says_no_head_is_at_its_head() -> None:
    assert not worth_staging(page({DESK: 9, TEAM: 100_000}))
    assert worth_staging(page({DESK: 9, TEAM: 0}, {TEAM: STAGE_FROM}))


# ---- a page that would empty the desk


@pytest.fixture
def seat(sit: Sit, organisation: Organisation) -> Seat:
    actor: Actor = organisation.north_agents[0]
    return sit(actor)


def hold(seat: Seat, partition: str, customers: list[bytes]) -> None:
    with seat.store.write() as connection:
        connection.execute(insert(held), [{"customer_id": one, "partition": partition} for one in customers])


def people(number: int) -> list[bytes]:
    return [place.to_bytes(16) for place in range(number)]


def refused(seat: Seat, reply: PullReply) -> bool:
    """Whether a person is asked before the page is applied."""
    with seat.store.read() as connection:
        try:
            refuse_emptying(connection, reply)
        except KnownError:
            return True
    return False


def test_l5_more_than_half_and_more_than_500_dossiers_do_not_leave_unasked(seat: Seat) -> None:
    hold(seat, TEAM, people(2 * MOST + 1))
    with seat.store.read() as connection, pytest.raises(KnownError) as stopped:
        refuse_emptying(connection, page(removed={TEAM: people(MOST + 1)}))
    assert stopped.value.kind is ErrorKind.SERVER_WOULD_EMPTY_DESK
    assert stopped.value.values == {"leaving": MOST + 1, "holding": 2 * MOST + 1}


def test_l5_half_of_them_or_500_may_go(seat: Seat) -> None:
    hold(seat, TEAM, people(2 * MOST + 2))
    assert not refused(seat, page(removed={TEAM: people(MOST + 1)})), "no more than half"
    assert refused(seat, page(removed={TEAM: people(MOST + 2)}))
    assert not refused(seat, page(removed={TEAM: people(MOST)})), "no more than 500"


def test_l5_500_may_go_even_when_they_are_all(seat: Seat) -> None:
    hold(seat, TEAM, people(MOST))
    assert not refused(seat, page(removed={TEAM: people(MOST)}))


def test_l5_who_leaves_two_partitions_leaves_once(seat: Seat) -> None:
    for partition in (DESK, TEAM):
        hold(seat, partition, people(MOST))
    assert not refused(seat, page(removed={DESK: people(MOST), TEAM: people(MOST)}))


def test_l5_what_is_not_here_cannot_leave(seat: Seat) -> None:
    hold(seat, TEAM, people(MOST))
    strangers = [(place << 64).to_bytes(16) for place in range(1, MOST + 2)]
    assert not refused(seat, page(removed={TEAM: strangers}))
    assert not refused(seat, page(removed={OTHER: people(MOST), TEAM: strangers}))


def test_l5_a_partition_that_the_server_takes_away_says_why(seat: Seat) -> None:
    hold(seat, TEAM, people(MOST + 1))
    assert not refused(seat, page(removed={TEAM: people(MOST + 1)}, lost=(OTHER,)))


def test_l5_another_replica_without_most_of_what_is_here_does_not_take_its_place(seat: Seat) -> None:
    hold(seat, TEAM, people(2 * MOST + 1))
    hold(seat, DESK, people(MOST))
    with seat.store.write() as connection:
        staging.begin(connection, from_replica=False)
        kept = [{"customer_id": one, "partition": DESK} for one in people(MOST)]
        connection.execute(insert(staging.staged(held)), kept)
        with pytest.raises(KnownError) as stopped:
            refuse_exchange(connection)
        assert stopped.value.kind is ErrorKind.SERVER_WOULD_EMPTY_DESK
        assert stopped.value.values == {"leaving": MOST + 1, "holding": 2 * MOST + 1}
        last = {"customer_id": people(MOST + 1)[-1], "partition": TEAM}
        connection.execute(insert(staging.staged(held)), last)
        refuse_exchange(connection)
