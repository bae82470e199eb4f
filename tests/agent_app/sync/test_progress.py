"""How far a first sync has come (SYNC L4): rows by pages and by the share of a file, bytes, and the time left."""

from agent_app.sync.progress import Progress, Received
from agent_app.sync.ready import ReadyFile
from server_sync.domain.clock import SECOND
from server_sync.domain.wire.messages import Commit, PullReply
from tests.agent_app.sync.office import HandClock

FILE = ReadyFile(
    partition="team:a", name="1-1-a", key="", size=1_000, sha256="", rows=9_000, seq=9_000, token=""
)


def page(reached: int, head: int, rows: int) -> PullReply:
    return PullReply(
        request=1,
        epoch=b"",
        from_cursor={},
        gained=[],
        lost=[],
        removed=[],
        held=[],
        tables={},
        cursor={"team:a": reached},
        more=reached < head,
        server_now=0,
        seen={"team:a": [Commit(seq=head, token=b"")]},
        rows=rows,
    )


def test_l4_what_is_left_is_told_from_the_pace_since_the_beginning() -> None:
    clock = HandClock(0)
    progress = Progress(clock)
    assert progress.received() == Received()
    progress.page(page(1_000, 10_000, 10_000), 300)
    assert progress.received() == Received(1_000, 10_000, 300)
    clock.at += 3 * SECOND
    progress.page(page(4_000, 10_000, 10_000), 1_200)
    assert progress.received() == Received(4_000, 10_000, 1_200, 6 * SECOND)
    progress.begin()
    assert progress.received().remaining is None
    clock.at += 60 * SECOND
    progress.page(page(5_000, 10_000, 10_000), 1_500)
    clock.at += 2 * SECOND
    progress.page(page(7_000, 10_000, 10_000), 2_100)
    assert progress.received().remaining == 3 * SECOND


def test_l4_rows_of_a_file_count_by_the_share_that_has_arrived() -> None:
    clock = HandClock(0)
    progress = Progress(clock)
    progress.page(page(1_000, 10_000, 10_000), 300)
    clock.at += 2 * SECOND
    progress.fetched(FILE, 500, 500)
    assert progress.received() == Received(5_500, 10_000, 800, 2 * SECOND)
    progress.fetched(FILE, 1_000, 500)
    assert progress.received() == Received(10_000, 10_000, 1_300, 0)
    progress.page(page(10_000, 10_000, 10_000), 350)
    assert progress.received() == Received(10_000, 10_000, 1_350, 0)


def test_l4_after_a_restart_what_is_there_already_says_nothing_of_the_pace() -> None:
    clock = HandClock(0)
    progress = Progress(clock)
    progress.fetched(FILE, 900, 100)
    clock.at += 10 * SECOND
    assert progress.received() == Received(8_100, 9_000, 100)
    progress.fetched(FILE, 1_000, 100)
    assert progress.received().remaining == 0


def test_l4_a_feed_with_gaps_never_counts_below_nothing() -> None:
    progress = Progress(HandClock(0))
    progress.page(page(1_000, 90_000, 10_000), 300)
    assert progress.received() == Received(0, 10_000, 300)
