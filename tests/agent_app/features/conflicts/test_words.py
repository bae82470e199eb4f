"""What a refused edit was, in words: every verb has its words, no id and no whole number is shown."""

from dataclasses import replace
from typing import Any

import pytest

from agent_app.features.conflicts.words import command_label, told
from agent_app.store.queries.conflicts import Conflict
from server_sync.domain.commands import COMMANDS
from tests.agent_app.desk import TIMEZONE
from tests.server_sync.organisation import NOW

pytestmark = pytest.mark.usefixtures("look")
ENTRY = Conflict(1, "rejected", "add_note", {}, "not_found", {}, b"c" * 16, "客户 A", NOW, NOW)


def lines(command: str, arguments: dict[str, Any], **values: Any) -> dict[str, str]:
    return dict(told(replace(ENTRY, command=command, arguments=arguments, values=values), NOW, TIMEZONE))


def test_every_verb_of_a_desk_has_its_words() -> None:
    verbs = {name.partition("@")[0] for name in COMMANDS} - {"release_callback"}
    assert {verb for verb in verbs if command_label(verb) == verb} == set()
    assert command_label("sing") == "sing"


def test_a_corrected_field_shows_base_mine_and_theirs() -> None:  # journey A6
    given = {"field": "address", "base": "文一路", "value": "文二路", "customer_id": b"c" * 16}
    assert lines("correct_customer", given, theirs="文三路") == {
        "地址": "文二路",
        "原值": "文一路",
        "现在的值": "文三路",
    }
    emptied = {"field": "address", "base": None, "value": None}
    assert lines("correct_customer", emptied, theirs=None) == {"地址": "", "原值": "", "现在的值": ""}


def test_numbers_are_told_apart_by_their_last_digits_alone() -> None:
    given = {"base": "+8613812345678", "value": "+8613900001111", "contact_point_id": b"p" * 16}
    assert lines("correct_contact_point", given, theirs="+8613722223333") == {
        "新值": "139****1111",
        "原值": "138****5678",
        "现在的值": "137****3333",
    }


def test_a_wrap_up_shows_result_note_and_answers() -> None:
    assert lines("finish_attempt", {"disposition": "3.13", "note": "响了很久"}) == {
        "小结": "无人接听",
        "备注": "响了很久",
    }
    assert lines("record_answers", {"answers": {"/data/service/csat": "5"}}) == {"csat": "5"}


def test_a_promise_and_a_refusal_show_what_was_agreed() -> None:
    assert lines("book_callback", {"callback_at": NOW, "note": None}) == {"回拨时间": "今天 10:00"}
    assert lines("set_do_not_call", {"scope": "marketing"}) == {"免打扰": "营销"}


def test_a_note_shows_its_text_and_what_cannot_be_read_shows_nothing() -> None:
    assert lines("add_note", {"text": "喜欢上午"}) == {"备注": "喜欢上午"}
    assert lines("sing", {}) == {}
