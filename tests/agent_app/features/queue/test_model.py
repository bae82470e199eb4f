"""The lines of the queue in words: what presses is said first, and a line never says more than it may."""

from dataclasses import replace

import pytest

from agent_app.features.queue.model import found_line, queue_line
from agent_app.store.queries.queue import QueueRow
from agent_app.store.queries.search import Found
from agent_app.ui.tokens import Tone
from server_sync.domain.clock import DAY, HOUR, MINUTE
from server_sync.domain.rules.queue_order import QueueClass
from tests.agent_app.desk import TIMEZONE
from tests.server_sync.organisation import NOW

pytestmark = pytest.mark.usefixtures("look")

ROW = QueueRow(
    id=bytes(16),
    customer_id=bytes(16),
    name="张*",
    kind="person",
    tier="normal",
    region="华东",
    city="杭州",
    state="open",
    reason="days_after_order",
    reason_values={"days": 3, "label": "首访"},
    why="fresh",
    why_values={},
    queue_class=QueueClass.FRESH,
    due_at=NOW + 3 * DAY,
    appointment_at=None,
    not_before_at=None,
    attempt_count=0,
    disposition=None,
    in_pool=False,
)


@pytest.mark.parametrize(
    ("row", "note", "tone"),
    [
        (ROW, "10-04", None),
        (replace(ROW, due_at=NOW + 2 * HOUR), "剩 2 小时", Tone.WARNING),
        (replace(ROW, due_at=NOW + 5 * HOUR), "15:00", None),
        (replace(ROW, due_at=NOW - 2 * HOUR), "逾期 2 小时", Tone.DANGER),
        (
            replace(ROW, appointment_at=NOW + MINUTE, queue_class=QueueClass.APPOINTMENT),
            "10:01",
            Tone.WARNING,
        ),
        (replace(ROW, appointment_at=NOW - HOUR, queue_class=QueueClass.PROMISE), "09:00", Tone.DANGER),
        (
            replace(ROW, not_before_at=NOW + HOUR, queue_class=QueueClass.WAITING, due_at=NOW - 1),
            "11:00",
            None,
        ),
        (replace(ROW, state="done", due_at=NOW - DAY), "已完成", Tone.SUCCESS),
    ],
)
def test_the_corner_says_what_is_left_of_the_time(row: QueueRow, note: str, tone: Tone | None) -> None:
    line = queue_line(row, NOW, TIMEZONE)
    assert (line.note, line.note_tone) == (note, tone)


@pytest.mark.parametrize(
    ("row", "second"),
    [
        (ROW, "下单后第3天·首访"),
        (replace(ROW, attempt_count=2, disposition="3.13"), "无人接听，已拨 2 次·下单后第3天·首访"),
        (replace(ROW, attempt_count=1), "已拨 1 次·下单后第3天·首访"),
        (replace(ROW, appointment_at=NOW, attempt_count=1), "约定回拨·下单后第3天·首访"),
    ],
)
def test_the_second_line_says_why_and_what_was_before(row: QueueRow, second: str) -> None:
    assert queue_line(row, NOW, TIMEZONE).second == second


def test_marks_say_tier_firm_and_pool(qapp: object) -> None:
    line = queue_line(replace(ROW, tier="vip", kind="company", in_pool=True), NOW, TIMEZONE)
    assert [mark.words for mark in line.marks] == ["VIP", "公司", "公共池"]
    assert [mark.words for mark in queue_line(ROW, NOW, TIMEZONE).marks] == ["普通"]


def test_a_line_speaks_whole_and_its_tooltip_is_exact() -> None:
    line = queue_line(ROW, NOW, TIMEZONE)
    assert "张*" in line.spoken()
    assert "华东" in line.spoken()
    assert "2026-10-04 10:00:00" in line.tooltip
    assert queue_line(replace(ROW, region=None), NOW, TIMEZONE).second_note == "杭州"


@pytest.mark.parametrize(
    ("found", "title", "second"),
    [
        (Found(bytes(16), "欧阳小明", "K-1", "vip", "person", "华东", b"t" * 16), "欧阳*", "有待办任务"),
        (
            Found(bytes(16), "杭州云栖电子有限公司", "K-2", "normal", "company", None, None),
            "杭州**电子",
            "无待办任务",
        ),
    ],
)
def test_who_was_found_is_masked_and_says_whether_anything_is_to_be_done(
    found: Found, title: str, second: str
) -> None:
    line = found_line(found)
    assert (line.title, line.second, line.tooltip) == (title, second, found.code)
