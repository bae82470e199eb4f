"""Calls as they are typed: kept part by part, found again after a power cut, gone when they are wrapped up."""

from typing import Any

from agent_app.store import cursors, desk_state, drafts
from agent_app.store.drafts import Draft
from tests.agent_app.desk import Company
from tests.server_sync.organisation import NOW

TASK, OTHER, HIM, FORM, CALL = (bytes([number]) * 16 for number in range(1, 6))


def merge(
    company: Company,
    content: dict[str, Any],
    *,
    task: bytes = TASK,
    form: bytes | None = None,
    call: bytes | None = None,
    at: int = NOW,
) -> None:
    with company.store.write() as connection:
        drafts.merge(connection, task, HIM, form, call, content, at)


def load(company: Company, task: bytes = TASK) -> Draft | None:
    with company.store.read() as connection:
        return drafts.load(connection, task)


def test_a_task_without_a_draft_has_none(company: Company) -> None:
    assert load(company) is None


def test_features_write_their_own_parts_and_never_each_others(company: Company) -> None:
    merge(company, {"guide": {"answers": {"/data/a": "1"}}}, form=FORM)
    merge(company, {"wrap_up": {"note": "好"}}, call=CALL, at=NOW + 1)
    merge(company, {"guide": {"answers": {"/data/a": "2"}}}, at=NOW + 2)
    content = {"guide": {"answers": {"/data/a": "2"}}, "wrap_up": {"note": "好"}}
    assert load(company) == Draft(TASK, HIM, FORM, CALL, content, NOW + 2)


def test_saving_replaces_the_whole(company: Company) -> None:
    merge(company, {"guide": {}, "wrap_up": {}}, form=FORM, call=CALL)
    fresh = Draft(TASK, HIM, None, None, {"guide": {"page": "2"}}, NOW)
    with company.store.write() as connection:
        drafts.save(connection, fresh)
    assert load(company) == fresh


def test_a_dropped_draft_is_gone_and_the_others_stay(company: Company) -> None:
    merge(company, {})
    merge(company, {}, task=OTHER)
    with company.store.write() as connection:
        drafts.drop(connection, TASK)
        drafts.drop(connection, TASK)
    assert load(company) is None
    assert load(company, OTHER) is not None


# ---- single facts of the desk


def test_a_fact_is_what_was_remembered_last(company: Company) -> None:
    with company.store.write() as connection:
        assert desk_state.recall(connection, "epoch") is None
        assert desk_state.recall(connection, "last_mid", 0) == 0
        for value in ({"id": "ab", "name": "坐席 01"}, [1, 2], False):
            desk_state.remember(connection, "epoch", value)
            assert desk_state.recall(connection, "epoch") == value
        assert desk_state.recall(connection, "last_mid", 7) == 7


def test_a_cursor_is_replaced_as_a_whole(company: Company) -> None:  # SYNC L1
    with company.store.write() as connection:
        cursors.save(connection, {"ref": 5, "desk:a": 7}, {})
        assert cursors.load(connection) == {"ref": 5, "desk:a": 7}
        cursors.save(connection, {"ref": 6}, {})
        assert cursors.load(connection) == {"ref": 6}
        cursors.save(connection, {}, {})
        assert cursors.load(connection) == {}
