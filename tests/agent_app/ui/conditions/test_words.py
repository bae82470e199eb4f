"""Every field, operator, choice and fault of the domain has its words, in both languages; trees read as sentences."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from agent_app.ui import i18n
from agent_app.ui.condition_words import choice_label, field_label, operator_label, topic_label, unit_label
from agent_app.ui.conditions.asked import usual, with_operator
from agent_app.ui.conditions.lines import Mode
from agent_app.ui.conditions.sentences import fault_words, mode_label, rule_words, tree_words
from agent_app.ui.conditions.state import Fault
from server_sync.domain.rules.conditions import EVERYONE, FIELDS
from server_sync.domain.rules.conditions.field import Topic, Unit
from tests.agent_app.ui.conditions.trees import KNOWN, SILENT, TEAM, TWICE, VIP, group

_CHINESE = re.compile("[\u4e00-\u9fff]")
_SAME = {"VIP", "RFM"}
SIGNS = {"=", "≠", "<", "≤", ">", "≥"}


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    i18n.install("zh_CN")
    yield
    i18n.install("zh_CN")


def labels() -> dict[str, str]:
    """Every label that the fields of the domain need, by what it is of."""
    found = {f"topic {topic.value}": topic_label(topic.value) for topic in Topic}
    found |= {f"unit {unit.value}": unit_label(unit.value) for unit in Unit}
    found |= {f"mode {mode.name}": mode_label(mode) for mode in Mode}
    for field in FIELDS.values():
        found[f"field {field.name}"] = field_label(field.name)
        for operator in field.operators:
            found[f"operator {operator.value} of {field.type.value}"] = operator_label(
                field.type.value, operator.value
            )
        for choice in field.choices:
            found[f"choice {choice} of {field.name}"] = choice_label(field.name, choice)
    return found


def test_all_is_said_in_chinese() -> None:
    plain = {what: said for what, said in labels().items() if not _CHINESE.search(said)}
    assert set(plain.values()) <= _SAME | SIGNS, plain


def test_all_is_said_in_english() -> None:
    i18n.install("en")
    for what, said in labels().items():
        assert not _CHINESE.search(said), what
        assert said, what
        assert "_" not in said, what


def test_no_two_fields_are_called_the_same() -> None:
    for language in ("zh_CN", "en"):
        i18n.install(language)
        called = [field_label(name) for name in FIELDS]
        assert len(set(called)) == len(called), language


@pytest.mark.parametrize("name", FIELDS)
def test_a_rule_of_every_field_and_operator_is_a_line_of_words(name: str) -> None:
    field = FIELDS[name]
    for operator in field.operators:
        subject, predicate = rule_words(with_operator(usual(1, field), operator), KNOWN)
        assert _CHINESE.search(subject)
        assert predicate.strip()
        assert "{" not in subject + predicate


SENTENCES: list[tuple[dict[str, Any], str]] = [
    (dict(EVERYONE), "所有客户"),
    (group(VIP), "等级 是 VIP"),
    (group(VIP, SILENT), "等级 是 VIP，并且最近一次联系 已超过 15 天"),
    (group(TWICE, VIP, any_of=True), "最近 90 天下单次数 ≥ 2 次 或 等级 是 VIP"),
    (
        group(SILENT, group(TWICE, VIP, any_of=True)),
        "最近一次联系 已超过 15 天，并且（最近 90 天下单次数 ≥ 2 次 或 等级 是 VIP）",
    ),
    (group(VIP, SILENT, any_of=True, negated=True), "都不满足（等级 是 VIP；最近一次联系 已超过 15 天）"),
    (group(VIP, SILENT, negated=True), "不全满足（等级 是 VIP；最近一次联系 已超过 15 天）"),
    (group(SILENT, negated=True), "不满足（最近一次联系 已超过 15 天）"),
    (group({"field": "team", "operator": "=", "value": TEAM}), "团队 是 华东一组"),
    (group({"field": "team", "operator": "=", "value": "02" * 16}), "团队 是 本机没有的一项"),
    (group({"field": "spent", "operator": ">=", "value": "1299.5"}), "累计消费 ≥ ¥1,299.50"),
    (
        group({"field": "answer", "operator": "=", "value": "5", "question": "/data/q1"}),
        "“您对安装师傅的服务满意吗？”的最近回答 是 5",
    ),
    (
        group({"field": "segments", "operator": "in", "value": ["high_value", "x"]}),
        "所在客群 含其中任一项 高价值客群、x",
    ),
    (group({"field": "shoe_size", "operator": ">", "value": 43}), "shoe_size > 43"),
]


@pytest.mark.parametrize(("tree", "sentence"), SENTENCES)
def test_a_tree_reads_as_a_sentence(tree: dict[str, Any], sentence: str) -> None:
    assert tree_words(tree, KNOWN) == sentence


FAULTS = [
    Fault("field_unknown", {"field": "x"}),
    Fault("operator_unknown", {"field": "x", "operator": "~"}),
    Fault("operator_not_for_field", {"field": "x", "operator": "<"}),
    Fault("days_invalid", {"field": "x", "most": 36_600}),
    Fault("question_invalid", {"field": "x"}),
    Fault("value_too_long", {"field": "x", "most": 200}),
    Fault("too_many_values", {"field": "x", "most": 5_000}),
    Fault("choice_unknown", {"field": "x", "value": "gold"}),
    Fault("range_reversed", {"field": "x"}),
    Fault("too_many_rules", {"most": 200}),
    Fault("too_deep", {"most": 12}),
    Fault("group_empty", {}),
    Fault("unknown_key", {"key": "x"}),
    *[Fault("value_invalid", {"field": "x", "expected": one}) for one in
      ("text", "list", "pair", "whole_number", "days", "day", "money", "decimal", "id")],
]  # fmt: skip


def test_every_fault_has_words_of_its_own() -> None:
    said = [fault_words(fault) for fault in FAULTS]
    assert all(_CHINESE.search(words) for words in said)
    assert len(set(said)) == len(said)
