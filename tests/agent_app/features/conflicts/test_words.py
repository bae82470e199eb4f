"""What an entry was, in words: every verb and status has its words, no id and no whole number is shown."""

from dataclasses import replace
from typing import Any

import pytest

from agent_app.features.conflicts.model import conflict_line
from agent_app.features.conflicts.words import command_label, compared, status_label, title, why
from agent_app.store.queries.conflicts import Conflict
from server_sync.domain.commands import COMMANDS
from server_sync.domain.model import ConflictStatus
from tests.agent_app.desk import TIMEZONE
from tests.server_sync.organisation import NOW

pytestmark = pytest.mark.usefixtures("look")
ENTRY = Conflict(bytes(16), 1, "rejected", "add_note", {}, "not_found", {}, b"c" * 16, "客户 A", NOW, NOW)
AT_WORK = {"state": "done", "disposition": "3.13", "appointment_at": None, "assignee": "坐席 02"}


def lines(command: str, arguments: dict[str, Any], **values: Any) -> list[tuple[Any, ...]]:
    entry = replace(ENTRY, command=command, arguments=arguments, **values)
    found = compared(entry, NOW, TIMEZONE)
    return [(line.label, line.base, line.mine, line.theirs) for line in found]


def reason(**values: Any) -> str:
    return why(replace(ENTRY, **values), NOW, TIMEZONE)


def test_every_verb_of_a_desk_has_its_words() -> None:
    verbs = {name.partition("@")[0] for name in COMMANDS}
    assert {verb for verb in verbs if command_label(verb) == verb} == set()
    assert command_label("sing") == "sing"


def test_every_status_has_its_words() -> None:
    statuses = [*ConflictStatus, "set_aside"]
    assert {status for status in statuses if status_label(status)[0] == status} == set()
    assert status_label("later")[0] == "later"


def test_a_corrected_field_stands_side_by_side() -> None:  # journey A6
    given = {"field": "address", "base": "文一路", "value": "文二路", "customer_id": b"c" * 16}
    told = {"theirs": "文三路"}
    assert lines("correct_customer", given, values=told) == [("地址", "文一路", "文二路", "文三路")]
    assert lines("correct_customer", given, stands={"value": "文四路"}) == [
        ("地址", "文一路", "文二路", "文四路")
    ]
    emptied = {"field": "mood", "base": "satisfied", "value": None}
    assert lines("correct_customer", emptied, values={"theirs": None}) == [("情绪", "满意", "", "")]
    assert title(replace(ENTRY, command="correct_customer", arguments=given)) == "更正客户资料 · 地址"


def test_numbers_are_told_apart_by_as_few_digits_as_it_takes() -> None:
    given = {"base": "+8613812345678", "value": "+8613900001111", "contact_point_id": b"p" * 16}
    assert lines("correct_contact_point", given, values={"theirs": "+8613722223333"}) == [
        ("号码", "138****5678", "139****1111", "137****3333")
    ]


def test_a_wrap_up_stands_beside_the_task_as_it_is() -> None:
    given = {"disposition": "1.1", "note": "响了很久"}
    assert lines("finish_attempt", given, stands=AT_WORK) == [
        ("小结", None, "完成", "无人接听"),
        ("任务", None, "", "已完成 · 坐席 02"),
        ("备注", None, "响了很久", None),
    ]
    assert lines("record_answers", {"answers": {"/data/service/csat": "5"}}) == [("csat", None, "5", None)]


def test_other_verbs_show_what_a_person_entered_and_what_stands() -> None:
    promise = {"callback_at": NOW, "with_whom": "respondent", "note": None}
    shown = [line[:3] for line in lines("book_callback", promise)]
    assert shown == [("回拨时间", None, "今天 10:00"), ("联系对象", None, "本人")]
    scopes = {"scopes": ["survey"]}
    assert lines("set_do_not_call", {"scope": "marketing"}, stands=scopes) == [
        ("免打扰", None, "营销", "调研")
    ]
    assert lines("add_tag", {"tag": "老客"}, stands={"tags": ["高意向"]}) == [
        ("标签", None, "老客", "高意向")
    ]
    assert lines("reassign_task", {}, stands={"wanted": "坐席 01"} | AT_WORK) == [
        ("分配给", None, "坐席 01", "坐席 02")
    ]
    assert lines("reassign_task", {"person_id": None})[0][2] == "公共池"
    assert lines("accept_task", {}, stands=AT_WORK) == [("任务", None, "", "已完成 · 坐席 02")]
    assert lines("start_attempt", {"started_at": NOW}) == [("开始时间", None, "今天 10:00", None)]
    assert lines("set_presence", {"state": "break", "pause_reason": "meal"})[0][2] == "小休 · 用餐"
    assert lines("add_attachment", {"file_name": "照片.jpg"}) == [("附件", None, "照片.jpg", None)]
    assert lines("add_note", {"text": "喜欢上午"}) == [("备注", None, "喜欢上午", None)]
    assert lines("sing", {}) == []


def test_why_it_is_there_is_said_in_plain_words() -> None:
    assert "以较晚的修改为准" in reason(kind="merged", values={"merged": ["address"]})
    assert "地址" in reason(kind="merged", values={"field": "address"})
    assert "任务维持现状" in reason(kind="late", status="late")
    assert "未上传" in reason(kind="revoked", status="revoked")
    assert "已先搁置" in reason(kind="server_failed", status="set_aside")
    assert "暂停拨打" in reason(kind="field_conflict", values={"field": "number"})
    assert "主管裁定" in reason(kind="field_conflict", values={"field": "name"})
    assert "两个版本都已保留" in reason(kind="field_conflict", values={"field": "note"})
    assert "不归您负责" in reason(kind="not_found")
    assert reason(kind="task_closed", values={"state": "done"})


def test_a_line_says_whose_it_is_and_that_the_lead_decides() -> None:
    own = conflict_line(ENTRY, NOW, TIMEZONE)
    assert (own.title, own.second, [mark.words for mark in own.marks]) == ("备注", "客户 A", ["未被接受"])
    late = replace(ENTRY, mid=None, status="late", kind="late", person="坐席 01")
    shown = conflict_line(late, NOW, TIMEZONE)
    assert shown.second == "客户 A · 坐席 01"
    assert [mark.words for mark in shown.marks] == ["离线更新", "待裁定"]
    nobody = conflict_line(replace(ENTRY, customer=None), NOW, TIMEZONE)
    assert "不归您负责" in nobody.second
