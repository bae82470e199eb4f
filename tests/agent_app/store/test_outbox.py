"""What waits for the server's word (SYNC P1, P3): numbered, in order, answered once, never lost."""

import pytest

from agent_app.store import outbox
from agent_app.store.outbox import Waiting
from server_sync.domain.commands import AcceptTask, AddNote, Command, SetPresence
from server_sync.domain.wire.codec import decode_command
from server_sync.domain.wire.messages import Result
from tests.agent_app.desk import Company
from tests.server_sync.organisation import NOW

HIM, HER = b"1" * 16, b"2" * 16


def note(text: str, customer: bytes = HIM) -> AddNote:
    return AddNote(b"a" * 16, customer, text, NOW)


def append(company: Company, *commands: Command, at: int = NOW) -> None:
    with company.store.write() as connection:
        outbox.append(connection, commands, at)


def settle(company: Company, *results: Result) -> set[bytes | None]:
    with company.store.write() as connection:
        return outbox.settle(connection, results, 7, NOW + 1)


def states(company: Company) -> list[tuple[object, ...]]:
    return company.rows("SELECT mid, state FROM outbox ORDER BY mid")


def test_p1_mids_count_up_across_transactions_and_retirements(company: Company) -> None:
    append(company, note("一"), note("二"))
    settle(company, *(Result(mid=mid, status="accepted") for mid in (1, 2)))
    with company.store.write() as connection:
        outbox.retire_acknowledged(connection)
        outbox.forget_kept(connection, 7, NOW)
    append(company, note("三"))
    append(company)
    assert states(company) == [(3, "pending")]


def test_p1_what_is_sent_is_what_was_recorded(company: Company) -> None:
    command = note("原样")
    append(company, command)
    with company.store.read() as connection:
        (mutation,) = outbox.pending(connection, 10, 1_000_000)
    assert (mutation.mid, mutation.at) == (1, NOW)
    assert decode_command(mutation.command, mutation.args) == command


def test_the_oldest_go_first_and_no_more_than_asked_for(company: Company) -> None:
    append(company, *(note(str(number)) for number in range(5)))
    settle(company, Result(mid=2, status="accepted"))
    with company.store.read() as connection:
        assert [one.mid for one in outbox.pending(connection, 3, 1_000_000)] == [1, 3, 4]


def test_what_waits_is_counted_from_its_oldest(company: Company) -> None:
    with company.store.read() as connection:
        assert outbox.waiting(connection) == Waiting(0, None)
    append(company, note("一"), at=NOW + 5)
    append(company, note("二"), at=NOW + 9)
    with company.store.read() as connection:
        assert outbox.waiting(connection) == Waiting(2, NOW + 5)
    settle(company, Result(mid=1, status="accepted"))
    with company.store.read() as connection:
        assert outbox.waiting(connection) == Waiting(1, NOW + 9)


def test_accepted_stays_until_a_pull_has_brought_it(company: Company) -> None:
    append(company, note("一"))
    assert settle(company, Result(mid=1, status="accepted")) == set()
    assert states(company) == [(1, "acknowledged")]
    with company.store.write() as connection:
        assert outbox.unretired(connection, {HIM}) != []
        outbox.retire_acknowledged(connection)
        assert outbox.unretired(connection, {HIM}) == []
    assert states(company) == [(1, "kept")]


def test_p6_what_was_acknowledged_is_kept_until_the_backup_has_passed_it(company: Company) -> None:
    append(company, note("一"), note("二"))
    settle(company, *(Result(mid=mid, status="accepted") for mid in (1, 2)))
    with company.store.write() as connection:
        outbox.retire_acknowledged(connection)
        for backed_up in (None, 6):
            outbox.forget_kept(connection, backed_up, NOW)
        kept = outbox.unretired(connection, {HIM})
    assert (states(company), kept) == ([(1, "kept"), (2, "kept")], [])
    with company.store.write() as connection:
        assert outbox.requeue(connection) == 2
    assert states(company) == [(1, "pending"), (2, "pending")]
    settle(company, *(Result(mid=mid, status="accepted") for mid in (1, 2)))
    with company.store.write() as connection:
        outbox.retire_acknowledged(connection)
        outbox.forget_kept(connection, 7, NOW)
    assert states(company) == []


def test_p6_without_backups_it_is_kept_for_a_bounded_time(company: Company) -> None:
    append(company, note("一"))
    settle(company, Result(mid=1, status="accepted"))
    with company.store.write() as connection:
        outbox.retire_acknowledged(connection)
        outbox.forget_kept(connection, None, NOW + outbox.KEPT_FOR)
    assert states(company) == [(1, "kept")]
    with company.store.write() as connection:
        outbox.forget_kept(connection, None, NOW + outbox.KEPT_FOR + 2)
    assert states(company) == []


def test_p2_what_was_answered_is_another_devices_from_now_on_what_was_not_stays(company: Company) -> None:
    append(company, note("一"), note("二"), note("三"))
    settle(company, Result(mid=1, status="accepted"))
    with company.store.write() as connection:
        outbox.retire_acknowledged(connection)
    settle(company, Result(mid=2, status="accepted"))
    with company.store.write() as connection:
        outbox.disown(connection)
    assert states(company) == [(2, "acknowledged"), (3, "pending")]
    with company.store.write() as connection:
        outbox.retire_acknowledged(connection)
        outbox.forget_kept(connection, None, NOW)
    assert states(company) == [(3, "pending")]


def test_p6_an_answer_without_a_place_in_the_servers_order_is_kept_for_a_bounded_time(
    company: Company,
) -> None:
    append(company, note("一"))
    with company.store.write() as connection:
        outbox.settle(connection, [Result(mid=1, status="accepted")], None, NOW)
        outbox.retire_acknowledged(connection)
        outbox.forget_kept(connection, 1_000, NOW + outbox.KEPT_FOR)
    assert states(company) == [(1, "kept")]
    with company.store.write() as connection:
        outbox.forget_kept(connection, 1_000, NOW + outbox.KEPT_FOR + 1)
    assert states(company) == []


def test_p3_rejected_leaves_with_its_reason_and_its_arguments(company: Company) -> None:
    append(company, note("一"), note("二", HER))
    rejected = Result(mid=2, status="rejected", kind="not_found", values={"table": "task", "id": b"\1\2"})
    assert settle(company, rejected) == {HER}
    assert states(company) == [(1, "pending")]
    columns = 'mid, status, command, kind, "values", customer_id, recorded_at, answered_at, settled_at'
    assert company.rows(f"SELECT {columns} FROM conflict") == [
        (2, "rejected", "add_note@1", "not_found", '{"id":"0102","table":"task"}', HER, NOW, NOW + 1, None)
    ]
    ((args,),) = company.rows("SELECT args FROM conflict")
    assert isinstance(args, bytes)
    assert decode_command("add_note@1", args) == note("二", HER)


def test_merged_is_accepted_and_shown(company: Company) -> None:
    append(company, note("一"))
    assert settle(company, Result(mid=1, status="merged", merged=["address"])) == set()
    assert states(company) == [(1, "acknowledged")]
    assert company.rows('SELECT status, kind, "values" FROM conflict') == [
        ("merged", "merged", '{"merged":["address"]}')
    ]


def test_p2_an_answer_that_comes_twice_counts_once(company: Company) -> None:
    append(company, note("一"), note("二"))
    answers = (Result(mid=1, status="accepted"), Result(mid=2, status="rejected", kind="not_found"))
    settle(company, *answers)
    assert settle(company, *answers) == set()
    assert settle(company, Result(mid=1, status="rejected", kind="not_found")) == set()
    assert states(company) == [(1, "acknowledged")]
    assert company.rows("SELECT mid FROM conflict") == [(2,)]


def test_answers_to_what_was_never_asked_change_nothing(company: Company) -> None:
    append(company, note("一"))
    assert settle(company) == set()
    assert settle(company, Result(mid=9, status="rejected", kind="not_found")) == set()
    assert states(company) == [(1, "pending")]


def test_p2_an_answer_to_what_was_never_asked_does_not_hide_the_ones_behind_it(company: Company) -> None:
    append(company, note("一"), note("二"))
    answers = (Result(mid=1, status="accepted"), Result(mid=2, status="accepted"))
    settle(company, answers[0])
    settle(company, Result(mid=9, status="accepted"), *answers)
    assert states(company) == [(1, "acknowledged"), (2, "acknowledged")]


def test_the_dossiers_of_the_outbox_are_told_apart(company: Company) -> None:
    append(company, note("一"), note("二", HER), SetPresence(b"p" * 16, "ready", None, NOW))
    settle(company, Result(mid=2, status="accepted"))
    with company.store.read() as connection:
        assert outbox.dossiers(connection) == {HIM, HER, None}
        assert outbox.dossiers(connection, acknowledged=True) == {HER}
        assert [name for name, _ in outbox.unretired(connection, {None, HER})] == [
            "add_note@1",
            "set_presence@1",
        ]
        assert outbox.unretired(connection, set()) == []


@pytest.mark.parametrize("most", [1, 3])
def test_p3_a_mutation_on_which_the_server_fails_is_set_aside_after_so_many_tries(
    company: Company, most: int
) -> None:
    append(company, AcceptTask(b"t" * 16, HIM, NOW), note("好"))
    for _ in range(most - 1):
        with company.store.write() as connection:
            assert outbox.count_failed_try(connection, 1, most, NOW) == set()
    assert company.rows("SELECT mid FROM conflict") == []
    with company.store.write() as connection:
        assert outbox.count_failed_try(connection, 1, most, NOW) == {HIM}
    assert company.rows('SELECT mid, status, kind, "values", answered_at FROM conflict') == [
        (1, "set_aside", "server_failed", "{}", NOW)
    ]
    assert states(company) == [(2, "pending")]
    with company.store.write() as connection:
        assert outbox.count_failed_try(connection, 1, most, NOW) == set(), "it is gone"
