"""Whom a change concerns, alone and merged."""

from agent_app.store.changes import StoreChanges

ONE, TWO = b"1" * 16, b"2" * 16


def test_a_change_concerns_who_shows_one_of_its_tables_and_customers() -> None:
    change = StoreChanges(frozenset({"task", "attempt"}), frozenset({ONE}), "queue")
    assert change.concerns("task")
    assert change.concerns("customer", "attempt", customer_id=ONE)
    assert not change.concerns("customer")
    assert not change.concerns("task", customer_id=TWO)


def test_a_change_of_unknown_customers_concerns_every_customer() -> None:
    assert StoreChanges(frozenset({"task"})).concerns("task", customer_id=TWO)


def test_merged_changes_keep_every_table_and_customer_and_the_origin_only_if_it_is_one() -> None:
    mine = StoreChanges(frozenset({"task"}), frozenset({ONE}), "queue")
    other = StoreChanges(frozenset({"note"}), frozenset({TWO}), "sync")
    assert mine.merged(other) == StoreChanges(frozenset({"task", "note"}), frozenset({ONE, TWO}), "")
    assert mine.merged(mine) == mine
    assert mine.merged(StoreChanges(frozenset({"note"}))).customer_ids is None
