"""Every code and kind of the domain has words."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from agent_app.ui import i18n, words
from agent_app.ui.error_words import error_text
from agent_app.ui.reason_words import reason_text
from server_sync.domain.errors import ErrorKind
from server_sync.domain.model.activity import ActivityKind
from server_sync.domain.model.customer import Tier
from server_sync.domain.model.people import PauseReason, Presence, Role
from server_sync.domain.model.plan import PlanState, Purpose
from server_sync.domain.model.task import TaskState
from server_sync.domain.rules.dispositions import BY_CODE, TREE
from server_sync.domain.rules.retries import DAY_PARTS, WEEKEND

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = int(datetime(2026, 11, 22, 10, 26, tzinfo=SHANGHAI).timestamp() * 1000)

# Kinds that end at the server's command line, in result files or on web pages, which have their own words.
NEVER_AT_A_DESK = (
    "CALENDAR_",
    "CONDITION_",
    "DATABASE_",
    "BACKUP_",
    "WORKERS_",
    "ADDRESS_",
    "CERTIFICATE_",
    "FORM_",
)
INTAKE_STARTS_AT = ErrorKind.FILE_UNREADABLE


@pytest.fixture(autouse=True)
def chinese() -> None:
    i18n.install("zh_CN")


@pytest.mark.parametrize("code", BY_CODE)
def test_every_disposition_has_a_label(code: str) -> None:
    assert words.disposition_label(code) != code


@pytest.mark.parametrize("branch", TREE)
def test_every_branch_of_the_wrap_up_has_a_label(branch: str) -> None:
    assert words.disposition_branch_label(branch) != branch


def test_every_code_of_the_model_has_a_label() -> None:
    bare: list[str] = [presence for presence in Presence if words.presence_label(presence)[0] == presence]
    bare += [reason for reason in PauseReason if words.pause_label(reason) == reason]
    bare += [tier for tier in Tier if words.tier_label(tier)[0] == tier]
    bare += [purpose for purpose in Purpose if words.purpose_label(purpose) == purpose]
    bare += [state for state in TaskState if words.task_state_label(state)[0] == state]
    bare += [state for state in PlanState if words.plan_state_label(state)[0] == state]
    bare += [role for role in Role if words.role_label(role) == role]
    bare += [kind for kind in ActivityKind if words.activity_label(kind) == kind]
    bare += [part for part in (*DAY_PARTS, WEEKEND) if words.day_part_label(part) == part]
    assert not bare


def test_a_break_says_its_reason() -> None:
    assert words.presence_label("break", "meal")[0] == "小休 · 用餐"


def test_a_code_of_a_newer_server_is_shown_as_it_is() -> None:
    assert words.disposition_label("9.99") == "9.99"
    assert words.tier_label("platinum")[0] == "platinum"


def test_every_error_that_can_reach_a_desk_has_its_own_words() -> None:
    kinds = list(ErrorKind)
    reaching = [k for k in kinds[: kinds.index(INTAKE_STARTS_AT)] if not k.name.startswith(NEVER_AT_A_DESK)]
    unknown = error_text("no_such_kind", {}, NOW, SHANGHAI)
    values = {"per": "gap", "most": 30, "free_at": NOW, "in_step_at": NOW, "hours": 24}
    values |= {"purpose": "marketing", "answer": "never_asked"}
    assert [kind for kind in reaching if error_text(kind, values, NOW, SHANGHAI) == unknown] == []


@pytest.mark.parametrize(
    "problem",
    [
        "not_an_object",
        "unknown_key",
        "timezone_unknown",
        "not_a_day",
        "interval_malformed",
        "interval_empty",
        "intervals_overlap",
        "too_many",
    ],
)
def test_every_fault_of_a_calendar_is_told_in_words(problem: str) -> None:
    said = error_text(ErrorKind.CALENDAR_INVALID, {"problem": problem, "at": "week.mon"}, NOW, SHANGHAI)
    assert said.startswith("工作时间无效：")
    assert problem not in said


def test_an_error_without_its_values_still_speaks() -> None:
    assert error_text(ErrorKind.FIELD_INVALID, {}, NOW, SHANGHAI) == "不正确。"


def test_do_not_call_names_scope_source_and_time() -> None:
    values = {"scope": "marketing", "source": "call", "set_at": NOW}
    assert (
        error_text(ErrorKind.DO_NOT_CALL, values, NOW, SHANGHAI) == "免打扰（营销）：通话中提出，今天 10:26。"
    )


def test_a_questions_own_message_goes_before_ours() -> None:
    values = {"message": "请输入 1 到 5"}
    assert error_text(ErrorKind.ANSWER_CONSTRAINT, values, NOW, SHANGHAI) == "请输入 1 到 5"


@pytest.mark.parametrize(
    ("kind", "values", "said"),
    [
        ("days_after_order", {"days": 3, "label": "首访"}, "下单后第3天·首访"),
        ("days_after_order", {"days": 7, "basis": "delivered_on", "label": "满意度"}, "签收后第7天·满意度"),
        ("silence", {"days": 15, "label": "关怀"}, "15天无跟进·关怀"),
        ("batch", {"batch": "2026-11 新品告知"}, "2026-11 新品告知"),
        ("outside_calling_window", {"from": "08:00", "to": "21:00"}, "超出08:00–21:00"),
        (
            "skipped",
            {"from_on": "2026-11-21", "to_on": "2026-11-22", "days": 2, "why": "weekend"},
            "跳过昨天至今天：周末",
        ),
        (
            "contact_too_often",
            {"per": "day", "most": 2, "free_at": NOW},
            "24 小时内已拨打 2 次，今天 10:26 起可以再拨。",
        ),
        (
            "contact_too_often",
            {"per": "customer_gap", "most": 72, "contacted_at": NOW, "free_at": NOW},
            "3 天内已联系过，今天 10:26 起可以再联系。",
        ),
        (
            "contact_too_often",
            {"per": "customer_gap", "most": 0.5, "contacted_at": NOW, "free_at": NOW},
            "30 分钟内已联系过，今天 10:26 起可以再联系。",
        ),
        (
            "contact_too_often",
            {"per": "customer_week", "most": 3, "free_at": NOW},
            "7 天内已联系到 3 次，今天 10:26 起可以再联系。",
        ),
        (
            "no_consent",
            {"purpose": "marketing", "answer": "withdrawn", "since_at": NOW},
            "客户于今天 10:26撤回同意：营销",
        ),
        (
            "no_consent",
            {"purpose": "marketing", "answer": "never_asked", "since_at": None},
            "未征得同意：营销",
        ),
        ("day_part", {"part": "morning"}, "换时段：上午"),
        (
            "assigned",
            {"region": "华东", "skills": ["zh", "家具"], "load": 3},
            "华东 · 中文 · 家具 · 此前在手 3 条",
        ),
        (
            "assigned",
            {"region": None, "skills": [], "load": 0, "owner": True},
            "客户专属坐席 · 此前在手 0 条",
        ),
        ("assigned", {"by": "supervisor"}, "主管指派"),
        (
            "assigned",
            {"handed_back": "on_leave", "region": "华东", "skills": ["refusal"], "experience": 3, "load": 1},
            "原坐席请假，改派 · 华东 · 拒访转化 · 经验 3 级 · 此前在手 1 条",
        ),
        ("assigned", {"handed_back": "lease_over"}, "领取人未按时完成，重新分派"),
        (
            "assigned",
            {"holder": True, "region": None, "skills": [], "load": 0},
            "已持有该客户的其他任务 · 此前在手 0 条",
        ),
        (
            "not_the_others",
            {"load": 0, "others": {"away": 1, "full": 2, "more_load": 3}},
            "3 人在手更多或匹配度较低、2 人当日已满、1 人当日不上班",
        ),
        ("not_the_others", {"by": "supervisor"}, ""),
        ("of_a_newer_server", {"label": "首访"}, "首访"),
    ],
)
def test_reasons_in_words(kind: str, values: dict[str, Any], said: str) -> None:
    assert reason_text(kind, values, NOW, SHANGHAI) == said
