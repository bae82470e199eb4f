"""What a form says of itself: jumps with their reason, refusals with what would be understood."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest

from agent_app.ui import i18n
from agent_app.ui.forms.state import Because, Dropping, ReadBack, Removing, Skipped
from agent_app.ui.forms.words import (
    asking_words,
    because_words,
    language_names,
    named,
    problem_words,
    skipped_words,
)
from server_sync.domain.errors import ErrorKind
from server_sync.domain.forms.pages import Problem

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    i18n.install("zh_CN")
    yield
    i18n.install("zh_CN")


@pytest.mark.parametrize(
    ("languages", "names"),
    [
        (("中文 (zh-CN)", "English (en)"), ["中文", "English"]),
        (("中文 (zh-CN)", "中文 (zh-TW)"), ["中文 (zh-CN)", "中文 (zh-TW)"]),
        (("default", "(en)"), ["default", "(en)"]),
    ],
)
def test_languages_are_named_without_their_tags_where_that_tells_them_apart(
    languages: tuple[str, ...], names: list[str]
) -> None:
    assert language_names(languages) == list(zip(languages, names, strict=True))


def test_a_jump_is_explained_with_question_and_answer() -> None:
    assert skipped_words(Skipped(2, "刚安装完成", "到哪一步了？")) == "因 到哪一步了=刚安装完成，跳过 2 题"
    assert skipped_words(Skipped(1, "")) == "跳过 1 题"
    assert skipped_words(None) == ""


def test_a_line_of_the_list_says_why_it_is_left_out() -> None:
    assert because_words(Because("Q3", "不满意")) == "因 Q3=不满意"
    assert because_words(None) == "暂不询问"


def test_a_long_question_is_named_in_few_words() -> None:
    assert named("您对安装师傅的服务\n满意吗？") == "您对安装师傅的服务 满意吗"
    assert len(named("很长" * 40)) == 16


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("date", "下周三"),
        ("time", "14:30"),
        ("date_time", "明天 9:00"),
        ("integer", "12"),
        ("place", "31.2304"),
    ],
)
def test_a_refused_answer_says_what_would_be_understood(kind: str, words: str) -> None:
    problem = Problem("/data/q", ErrorKind.ANSWER_WRONG_TYPE, {"expected": kind})
    assert words in problem_words({"/data/q": problem}, 0, SHANGHAI)["/data/q"]


def test_the_forms_own_message_goes_before_ours() -> None:
    problem = Problem("/data/q", ErrorKind.ANSWER_WRONG_TYPE, {"expected": "date"}, "请填日期")
    assert problem_words({"/data/q": problem}, 0, SHANGHAI) == {"/data/q": "请填日期"}


def test_a_range_says_its_ends() -> None:
    values = {"least": "1", "most": "10", "step": "1"}
    problem = Problem("/data/q", ErrorKind.ANSWER_OUT_OF_RANGE, values)
    assert problem_words({"/data/q": problem}, 0, SHANGHAI)["/data/q"] == "请填 1 到 10，间隔 1。"


def test_what_goes_is_asked_with_its_count() -> None:
    lost = (ReadBack("/data/a", "为什么？", "太慢"), ReadBack("/data/b", "哪一次？", "昨天"))
    title, *_ = asking_words(Dropping("/data/q", "yes", Because("满意吗？", "很满意"), lost))
    assert title == "“满意吗”改为“很满意”：有 2 个回答将不再计入"
    title, words, *_ = asking_words(Removing("/data/p[2]", "家庭成员", 2, 3))
    assert (title, words) == ("删除“家庭成员”第 2 项？", "其中 3 个回答会一并删除。")
