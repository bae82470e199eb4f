"""The narrow table that typed searches of responses read: it says what the responses say, whoever writes them."""

from agent_app.store import replica, staging
from agent_app.store.rows import StoreRows, restore
from server_sync.domain.commands import Change, Insert, Update
from server_sync.domain.model import response
from server_sync.domain.model.columns import dump_json
from server_sync.domain.wire.messages import PullReply, TableRows
from tests.agent_app.desk import Company
from tests.server_sync.organisation import NOW

ONE, TWO, WHO = b"1" * 16, b"2" * 16, b"c" * 16


def values(row_id: bytes, *answers: str) -> dict[str, object]:
    ids = {f"{name}_id": WHO for name in ("customer", "task", "attempt", "person", "form_version")}
    said = {f"/data/q{number}": answer for number, answer in enumerate(answers)}
    return {"id": row_id, **ids, "answers": said, "complete": True, "recorded_at": NOW}


def words(company: Company) -> list[tuple[object, ...]]:
    return company.rows("SELECT response_id, words FROM response_words ORDER BY response_id")


def decide(company: Company, *changes: Change) -> None:
    """As a command of this desk writes rows."""
    with company.store.write() as connection:
        rows = StoreRows(connection)
        rows.lay_over(changes)
        rows.write()


def page(*rows: dict[str, object]) -> PullReply:
    """As the server sends them."""
    names = [*rows[0], "rev"]
    came = [(*({**row, "answers": dump_json(row["answers"])}.values()), 1) for row in rows]
    return PullReply(
        request=1, epoch=bytes(16), from_cursor={}, gained=[], lost=[], removed=[], held=[],
        tables={"response": TableRows(columns=names, rows=came)}, cursor={}, more=False, server_now=NOW,
    )  # fmt: skip


def test_each_different_answer_is_a_line_in_small_letters(company: Company) -> None:
    company.put(Insert("response", values(ONE, "Ab", "发票", "ab", "Ab")), Insert("response", values(TWO)))
    [(_, told), (_, nothing)] = words(company)
    assert set(str(told).split("\n")) == {"ab", "发票"}
    assert nothing == ""


def test_what_a_command_writes_and_what_is_put_back_is_followed(company: Company) -> None:
    decide(company, Insert("response", values(ONE, "a")))
    decide(company, Update("response", ONE, {"replaced_by_id": TWO}))
    assert words(company) == [(ONE, "a")]
    decide(company, Update("response", ONE, {"answers": {"/data/q0": "b"}}))
    assert words(company) == [(ONE, "b")]
    with company.store.write() as connection:
        restore(connection, [("response", ONE, None)])
    assert words(company) == []


def test_a_page_replaces_what_was_there(company: Company) -> None:
    company.put(Insert("response", values(ONE, "a")))
    with company.store.write() as connection:
        replica.apply(connection, page(values(ONE, "b"), values(TWO, "c")))
    assert words(company) == [(ONE, "b"), (TWO, "c")]


def test_an_exchanged_replica_has_its_words_and_those_of_the_old_one_are_gone(company: Company) -> None:
    company.put(Insert("response", values(ONE, "a")))
    for said in ("b", "c"):
        came = page(values(TWO, said))
        with company.store.write() as connection:
            staging.begin(connection, from_replica=False)
            staging.apply(connection, came)
            staging.exchange(connection)
        assert words(company) == [(TWO, said)]
    decide(company, Insert("response", values(ONE, "d")))
    assert words(company) == [(ONE, "d"), (TWO, "c")]
    with company.store.write() as connection:
        connection.execute(response.delete())
    assert words(company) == []


def test_a_replica_that_begins_with_the_one_in_use_has_its_words(company: Company) -> None:
    company.put(Insert("response", values(ONE, "a")))
    with company.store.write() as connection:
        staging.begin(connection, from_replica=True)
        staging.exchange(connection)
    assert words(company) == [(ONE, "a")]
