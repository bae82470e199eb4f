"""The lines of a condition tree and what may be done with them: all can be taken back, no fault is silent."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_app.ui.conditions.lines import GroupLine, Line, Mode, RuleLine, every
from agent_app.ui.conditions.presenter import ConditionPresenter
from server_sync.domain.errors import KnownError
from server_sync.domain.rules import conditions
from server_sync.domain.rules.conditions import FIELDS, AsOf, Operator
from tests.agent_app.ui.conditions.trees import SILENT, TWICE, VIP, group

TODAY = AsOf("2026-11-22", "Asia/Shanghai")
NAMED = {"field": "name", "operator": "contains", "value": "客户"}


def opened(tree: dict[str, Any]) -> ConditionPresenter:
    made = ConditionPresenter(lambda _: None)
    made.open(tree)
    return made


def line_of(presenter: ConditionPresenter, *path: int) -> Line:
    line: Line = presenter.state.root
    for place in path:
        assert isinstance(line, GroupLine)
        line = line.lines[place]
    return line


def id_of(presenter: ConditionPresenter, *path: int) -> int:
    return line_of(presenter, *path).id


Step = Callable[[ConditionPresenter], None]
INTENTS: list[tuple[str, dict[str, Any], Step, dict[str, Any]]] = [
    (
        "a line goes down",
        group(VIP, TWICE, SILENT),
        lambda p: p.on_shifted(id_of(p, 0), 1),
        group(TWICE, VIP, SILENT),
    ),
    (
        "a line goes up",
        group(VIP, TWICE, SILENT),
        lambda p: p.on_shifted(id_of(p, 2), -1),
        group(VIP, SILENT, TWICE),
    ),
    (
        "the first stays the first",
        group(VIP, TWICE),
        lambda p: p.on_shifted(id_of(p, 0), -1),
        group(VIP, TWICE),
    ),
    (
        "into the group above, as its last",
        group(group(VIP, any_of=True), TWICE),
        lambda p: p.on_moved_in(id_of(p, 1)),
        group(group(VIP, TWICE, any_of=True)),
    ),
    (
        "into the group below, as its first",
        group(TWICE, group(VIP, any_of=True)),
        lambda p: p.on_moved_in(id_of(p, 0)),
        group(group(TWICE, VIP, any_of=True)),
    ),
    (
        "beside no group there is no way in",
        group(VIP, TWICE),
        lambda p: p.on_moved_in(id_of(p, 1)),
        group(VIP, TWICE),
    ),
    (
        "out of a group, beneath it",
        group(group(VIP, TWICE, any_of=True), SILENT),
        lambda p: p.on_moved_out(id_of(p, 0, 0)),
        group(group(TWICE, any_of=True), VIP, SILENT),
    ),
    (
        "a group goes with its last line",
        group(group(VIP, any_of=True), SILENT),
        lambda p: p.on_moved_out(id_of(p, 0, 0)),
        group(VIP, SILENT),
    ),
    (
        "a group is not moved into itself",
        group(group(group(VIP), TWICE)),
        lambda p: p.on_moved(id_of(p, 0), id_of(p, 0, 0), 0),
        group(group(group(VIP), TWICE)),
    ),
    (
        "removed with all beneath it",
        group(group(VIP, TWICE), SILENT),
        lambda p: p.on_removed(id_of(p, 0)),
        group(SILENT),
    ),
    ("the root is emptied", group(VIP), lambda p: p.on_removed(id_of(p)), group()),
    ("twice", group(VIP, TWICE), lambda p: p.on_duplicated(id_of(p, 0)), group(VIP, VIP, TWICE)),
    (
        "wrapped",
        group(VIP, TWICE),
        lambda p: p.on_wrapped(id_of(p, 1)),
        group(VIP, group(TWICE, any_of=True)),
    ),
    (
        "the opposite of a rule with an opposite operator",
        group(VIP),
        lambda p: p.on_negated(id_of(p, 0)),
        group({**VIP, "operator": "!="}),
    ),
    (
        "the opposite of a rule without one",
        group(SILENT, VIP),
        lambda p: p.on_negated(id_of(p, 0)),
        group(group(SILENT, any_of=True, negated=True), VIP),
    ),
    (
        "the opposite of the opposite",
        group(group(SILENT, any_of=True, negated=True), VIP),
        lambda p: p.on_negated(id_of(p, 0, 0)),
        group(SILENT, VIP),
    ),
    ("the opposite of a group", group(VIP), lambda p: p.on_negated(id_of(p)), group(VIP, negated=True)),
    (
        "another field of other values",
        group(VIP),
        lambda p: p.on_field(id_of(p, 0), "orders_within"),
        group({"field": "orders_within", "operator": ">=", "value": 1, "days": 90}),
    ),
    (
        "another field of the same kind keeps operator, value and days",
        group({**TWICE, "operator": "<", "days": 30}),
        lambda p: p.on_field(id_of(p, 0), "contacts_within"),
        group({**TWICE, "field": "contacts_within", "operator": "<", "days": 30}),
    ),
    (
        "one value becomes a list",
        group(VIP),
        lambda p: p.on_operator(id_of(p, 0), "in"),
        group({**VIP, "operator": "in", "value": ["vip"]}),
    ),
    (
        "one number becomes a range",
        group(TWICE),
        lambda p: p.on_operator(id_of(p, 0), "between"),
        group({**TWICE, "operator": "between", "value": [2, 2]}),
    ),
    (
        "emptiness takes no value",
        group(NAMED),
        lambda p: p.on_operator(id_of(p, 0), "null"),
        group({"field": "name", "operator": "null"}),
    ),
]


@pytest.mark.parametrize(
    ("before", "step", "after"), [one[1:] for one in INTENTS], ids=[one[0] for one in INTENTS]
)
def test_an_intent_changes_the_tree_as_its_name_says(
    before: dict[str, Any], step: Step, after: dict[str, Any]
) -> None:
    presenter = opened(before)
    step(presenter)
    assert presenter.state.tree == after


def test_a_new_rule_stands_beneath_the_current_one_and_is_looked_at() -> None:
    presenter = opened(group(group(VIP, any_of=True), SILENT))
    presenter.on_chosen(id_of(presenter, 0, 0))
    presenter.on_rule_added("order_count")
    made = line_of(presenter, 0, 1)
    assert isinstance(made, RuleLine)
    assert made.field == "order_count"
    assert presenter.state.current == made.id


def test_a_rule_whose_text_is_missing_is_named_and_gives_no_tree() -> None:
    presenter = opened(group(VIP))
    presenter.on_rule_added("name")
    line = id_of(presenter, 1)
    assert presenter.state.tree is None
    assert presenter.state.faults[line].problem == "value_invalid"
    presenter.on_value(line, "客户")
    assert presenter.state.tree == group(VIP, {**NAMED, "operator": "="})


def test_what_is_wrong_with_the_whole_is_told_of_the_line_where_it_shows() -> None:
    tree = group(*[VIP] * 201)
    presenter = opened(tree)
    assert [fault.problem for fault in presenter.state.faults.values()] == ["too_many_rules"]
    assert list(presenter.state.faults) == [id_of(presenter, 200)]


@pytest.mark.parametrize(
    "rule",
    [
        {"field": "shoe_size", "operator": "=", "value": 43},
        7,
        {"rules": [], "combinator": "and"},
        {**TWICE, "days": "x"},
    ],
)
def test_a_line_that_nobody_knows_is_shown_and_found_wrong(rule: Any) -> None:
    presenter = opened(group(VIP, rule))
    assert list(presenter.state.faults) == [id_of(presenter, 1)]


def test_typing_one_value_is_one_change() -> None:
    presenter = opened(group(NAMED))
    line = id_of(presenter, 0)
    for text in ("王", "王府", "王府井"):
        presenter.on_value(line, text)
    presenter.on_undo()
    assert presenter.state.tree == group(NAMED)
    presenter.on_redo()
    assert presenter.state.tree == group({**NAMED, "value": "王府井"})


def test_modes_are_the_four_ways_of_combining() -> None:
    presenter = opened(group(VIP, SILENT))
    trees = []
    for mode in Mode:
        presenter.on_mode(id_of(presenter), mode)
        trees.append(presenter.state.tree)
    parsed = [conditions.parse(tree, TODAY) for tree in trees]
    assert [(one.together, one.negated) for one in parsed] == [
        (True, False),
        (False, False),
        (False, True),
        (True, True),
    ]


NAMES = ["shift", "out", "in", "move", "add", "group", "remove", "copy", "wrap", "negate", "mode", "field", "operator",
         "value", "days", "undo", "redo", "choose"]  # fmt: skip
STEPS = st.lists(st.tuples(st.sampled_from(NAMES), st.integers(0, 30), st.integers(0, 30)), max_size=25)
VALUES: list[Any] = [
    "",
    "vip",
    "2026-02-30",
    "2026-03-01",
    0,
    -1,
    10**13,
    [],
    ["vip"],
    [3, 1],
    None,
    "12.345",
    30,
]


def take(presenter: ConditionPresenter, name: str, one: int, other: int) -> None:
    """One intent, at lines that are there."""
    shown = list(every(presenter.state.root))
    line, beside = shown[one % len(shown)], shown[other % len(shown)]
    field = list(FIELDS)[(one * 31 + other) % len(FIELDS)]
    operators = FIELDS[line.field].operators if isinstance(line, RuleLine) else (Operator.EQUAL,)
    operator = operators[other % len(operators)]
    steps: dict[str, Callable[[], None]] = {
        "shift": lambda: presenter.on_shifted(line.id, other - 15),
        "out": lambda: presenter.on_moved_out(line.id),
        "in": lambda: presenter.on_moved_in(line.id),
        "move": lambda: presenter.on_moved(line.id, beside.id, other % 4),
        "add": lambda: presenter.on_rule_added(field),
        "group": presenter.on_group_added,
        "remove": lambda: presenter.on_removed(line.id),
        "copy": lambda: presenter.on_duplicated(line.id),
        "wrap": lambda: presenter.on_wrapped(line.id),
        "negate": lambda: presenter.on_negated(line.id),
        "mode": lambda: presenter.on_mode(line.id, list(Mode)[other % 4]),
        "field": lambda: presenter.on_field(line.id, field),
        "operator": lambda: presenter.on_operator(line.id, operator.value),
        "value": lambda: presenter.on_value(line.id, VALUES[other % len(VALUES)]),
        "days": lambda: presenter.on_days(line.id, VALUES[other % len(VALUES)]),
        "undo": presenter.on_undo,
        "redo": presenter.on_redo,
        "choose": lambda: presenter.on_chosen(line.id),
    }
    steps[name]()


@given(STEPS)
def test_after_any_intents_the_domain_takes_the_tree_or_a_line_is_named(
    steps: list[tuple[str, int, int]],
) -> None:
    presenter = opened(group(VIP, group(TWICE, SILENT, any_of=True)))
    for step in steps:
        take(presenter, *step)
        state = presenter.state
        ids = [line.id for line in every(state.root)]
        assert len(set(ids)) == len(ids)
        assert state.current in ids
        assert set(state.faults) <= set(ids)
        assert all(
            line.lines for line in every(state.root) if isinstance(line, GroupLine) and line is not state.root
        )
        if state.tree is None:
            assert state.faults
        else:
            conditions.parse(state.tree, TODAY)


def undo_all(presenter: ConditionPresenter) -> None:
    while presenter.state.can_undo:
        presenter.on_undo()


def redo_all(presenter: ConditionPresenter) -> None:
    while presenter.state.can_redo:
        presenter.on_redo()


@given(STEPS)
def test_undo_leads_back_to_the_beginning_and_redo_to_the_end(steps: list[tuple[str, int, int]]) -> None:
    presenter = opened(group(VIP, group(TWICE, SILENT, any_of=True)))
    first = presenter.state.root
    for step in steps:
        take(presenter, *step)
    redo_all(presenter)
    last = presenter.state.root
    undo_all(presenter)
    assert presenter.state.root == first
    redo_all(presenter)
    assert presenter.state.root == last


@given(STEPS)
def test_a_tree_is_read_as_it_was_written(steps: list[tuple[str, int, int]]) -> None:
    presenter = opened(group(VIP, group(TWICE, SILENT, any_of=True)))
    for step in steps:
        take(presenter, *step)
    tree = presenter.state.tree
    if tree is not None:
        assert opened(dict(tree)).state.tree == tree


def test_the_fault_of_a_line_is_the_one_that_the_domain_tells() -> None:
    tree = group({**VIP, "value": "gold"})
    presenter = opened(tree)
    fault = presenter.state.faults[id_of(presenter, 0)]
    with pytest.raises(KnownError) as refused:
        conditions.parse(tree, TODAY)
    assert fault.problem == refused.value.values["problem"] == "choice_unknown"
    assert fault.values["value"] == refused.value.values["value"] == "gold"
