"""The condition builder on the screen: by keyboard alone, by dragging, and with a count that never belies the tree."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QMimeData, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QListView, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from agent_app.ui.accessibility import unnamed
from agent_app.ui.conditions.acts import ACTS
from agent_app.ui.conditions.builder import ConditionBuilder
from agent_app.ui.conditions.field_list import searched_labels
from agent_app.ui.conditions.field_picker import FieldPicker
from agent_app.ui.conditions.help import KeysTold
from agent_app.ui.conditions.listing import LinesView
from agent_app.ui.conditions.state import NOTHING_KNOWN, Counted, CountStage, Sample
from agent_app.ui.forms.search import terms_of
from agent_app.ui.labels import KeyCap
from server_sync.domain.errors import ErrorKind
from server_sync.domain.rules.conditions import FIELDS
from tests.agent_app.clipping import clipped
from tests.agent_app.ui.conditions.trees import AUDIENCE, COUNTED, KNOWN, NOW, SILENT, TWICE, VIP, group

pytestmark = pytest.mark.usefixtures("look")
Widget = TypeVar("Widget", bound=QWidget)
CTRL = Qt.KeyboardModifier.ControlModifier
FIELD_ROLE = int(Qt.ItemDataRole.UserRole) + 1
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def edited() -> list[Any]:
    return []


@pytest.fixture
def builder(qtbot: QtBot, edited: list[Any]) -> ConditionBuilder:
    made = ConditionBuilder(lambda: date(2026, 11, 22), lambda: ZoneInfo("Asia/Shanghai"))
    made.set_known(KNOWN)
    made.edited.connect(edited.append)
    qtbot.addWidget(made)
    made.resize(860, 640)
    made.show()
    made.activateWindow()
    return made


def lines_of(builder: ConditionBuilder) -> LinesView:
    (found,) = builder.findChildren(LinesView)
    return found


def press(builder: ConditionBuilder, key: Qt.Key, held: Qt.KeyboardModifier = NONE, times: int = 1) -> None:
    for _ in range(times):
        QTest.keyClick(lines_of(builder), key, held)


def focused() -> QLineEdit:
    """The line that has the keyboard."""
    found = QApplication.focusWidget()
    assert isinstance(found, QLineEdit)
    return found


def spoken(builder: ConditionBuilder) -> list[str]:
    """What a screen reader hears of the lines, from the top."""
    view = lines_of(builder)
    found, index = [], view.model().index(0, 0)
    while index.isValid():
        found.append(str(index.data(Qt.ItemDataRole.AccessibleTextRole)))
        index = view.indexBelow(index)
    return found


KEYS: list[tuple[str, dict[str, Any], Callable[[ConditionBuilder], None], dict[str, Any]]] = [
    ("Ctrl+↓ moves down", group(VIP, SILENT), lambda b: press(b, Qt.Key.Key_Down, CTRL), group(SILENT, VIP)),
    ("Del removes", group(VIP, SILENT), lambda b: press(b, Qt.Key.Key_Delete), group(SILENT)),
    ("Ctrl+D doubles", group(VIP), lambda b: press(b, Qt.Key.Key_D, CTRL), group(VIP, VIP)),
    (
        "Ctrl+G groups",
        group(VIP, SILENT),
        lambda b: press(b, Qt.Key.Key_G, CTRL),
        group(group(VIP, any_of=True), SILENT),
    ),
    ("! negates", group(VIP), lambda b: press(b, Qt.Key.Key_Exclam), group({**VIP, "operator": "!="})),
    (
        "Ctrl+→ leads in",
        group(VIP, group(SILENT)),
        lambda b: press(b, Qt.Key.Key_Right, CTRL),
        group(group(VIP, SILENT)),
    ),
    ("Ins adds", group(VIP), lambda b: press(b, Qt.Key.Key_Insert), group(VIP, VIP)),
]


@pytest.mark.parametrize(("before", "keys", "after"), [one[1:] for one in KEYS], ids=[one[0] for one in KEYS])
def test_a_key_changes_the_line_and_ctrl_z_takes_it_back(
    builder: ConditionBuilder,
    before: dict[str, Any],
    keys: Callable[[ConditionBuilder], None],
    after: dict[str, Any],
) -> None:
    builder.open(before)
    builder.start()
    keys(builder)
    assert builder.tree() == after
    press(builder, Qt.Key.Key_Z, CTRL)
    assert builder.tree() == before
    press(builder, Qt.Key.Key_Y, CTRL)
    assert builder.tree() == after


def test_arrows_walk_through_all_lines_and_enter_edits_the_current_one(builder: ConditionBuilder) -> None:
    builder.open(group(VIP, group(TWICE, SILENT, any_of=True)))
    builder.start()
    press(builder, Qt.Key.Key_Down, times=2)
    press(builder, Qt.Key.Key_Return)
    field = focused()
    assert field.text() == "2"
    QTest.keyClicks(field, "5")
    assert builder.tree() == group(VIP, group({**TWICE, "value": 5}, SILENT, any_of=True))
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert lines_of(builder).hasFocus()


def test_what_is_typed_and_wrong_is_said_and_gives_no_tree(
    builder: ConditionBuilder, edited: list[Any]
) -> None:
    builder.open(group(TWICE))
    builder.start()
    press(builder, Qt.Key.Key_Return)
    field = focused()
    QTest.keyClicks(field, "x")
    assert edited == [None]
    assert builder.tree() is None
    assert any("请填整数" in words for words in spoken(builder))
    assert field.text() == "x"


def test_a_day_is_typed_as_people_say_it(builder: ConditionBuilder) -> None:
    builder.open(group({"field": "last_order_on", "operator": ">=", "value": "2026-01-01"}))
    builder.start()
    press(builder, Qt.Key.Key_Return)
    QTest.keyClicks(focused(), "-7")
    tree = builder.tree()
    assert tree is not None
    assert tree["rules"][0]["value"] == "2026-11-15"


def test_several_choices_are_ticked_by_the_space_bar(builder: ConditionBuilder) -> None:
    builder.open(group({**VIP, "operator": "in", "value": ["vip"]}))
    builder.start()
    press(builder, Qt.Key.Key_Return)
    ticks = QApplication.focusWidget()
    assert isinstance(ticks, QListWidget)
    QTest.keyClick(ticks, Qt.Key.Key_Down)
    QTest.keyClick(ticks, Qt.Key.Key_Space)
    assert builder.tree() == group({**VIP, "operator": "in", "value": ["vip", "normal"]})


def test_another_comparison_brings_the_editor_of_its_value(builder: ConditionBuilder) -> None:
    builder.open(group(TWICE))
    operator = next(one for one in builder.findChildren(QComboBox) if one.accessibleName() == "比较方式")
    operator.setCurrentIndex(operator.findData("between"))
    operator.activated.emit(operator.currentIndex())
    assert builder.tree() == group({**TWICE, "operator": "between", "value": [2, 2]})


@pytest.mark.parametrize(("typed", "found"), [("dj", "tier"), ("dengji", "tier"), ("ljxdcs", "order_count")])
def test_a_field_is_found_by_pinyin_and_initials(builder: ConditionBuilder, typed: str, found: str) -> None:
    builder.open(group(SILENT))
    wanted: list[Any] = []
    builder.terms_wanted.connect(wanted.append)
    (picker,) = builder.findChildren(FieldPicker)
    QTest.mouseClick(picker, Qt.MouseButton.LeftButton)
    assert wanted == [searched_labels()]
    builder.set_terms(terms_of(wanted[0]))
    line = focused()
    QTest.keyClicks(line, typed)
    for _ in FIELDS:
        if marked(line) != found:
            QTest.keyClick(line, Qt.Key.Key_Down)
    QTest.keyClick(line, Qt.Key.Key_Return)
    tree = builder.tree()
    assert tree is not None
    assert tree["rules"][0]["field"] == found


ASKED = {"field": "answer", "operator": "=", "value": "5", "question": ""}


def test_a_question_is_chosen_from_those_that_are_known(builder: ConditionBuilder) -> None:
    builder.open(group(ASKED))
    (question,) = (one for one in shown(builder, QComboBox) if one.accessibleName() == "题目")
    question.activated.emit(question.findData("/data/q1"))
    assert builder.tree() == group({**ASKED, "question": "/data/q1"})
    assert spoken(builder)[1] == "“您对安装师傅的服务满意吗？”的最近回答 是 5"


def test_where_no_question_is_known_its_path_is_typed(builder: ConditionBuilder) -> None:
    builder.set_known(NOTHING_KNOWN)
    builder.open(group(ASKED))
    (path,) = (one for one in shown(builder, QLineEdit) if one.accessibleName() == "题目")
    QTest.keyClicks(path, "/data/q2")
    assert builder.tree() == group({**ASKED, "question": "/data/q2"})


def shown(builder: ConditionBuilder, kind: type[Widget]) -> list[Widget]:
    return [one for one in builder.findChildren(kind) if one.isVisible()]


def list_beneath(line: QLineEdit) -> QListView:
    """The list that the line searches."""
    around = line.parentWidget()
    assert around is not None
    (view,) = around.findChildren(QListView)
    return view


def marked(line: QLineEdit) -> str:
    """The field that Enter takes."""
    return str(list_beneath(line).currentIndex().data(FIELD_ROLE))


def test_the_picker_lists_every_field_beneath_its_topic(builder: ConditionBuilder) -> None:
    builder.open(group(VIP))
    (picker,) = builder.findChildren(FieldPicker)
    QTest.mouseClick(picker, Qt.MouseButton.LeftButton)
    line = focused()
    view = list_beneath(line)
    listed = [view.model().index(row, 0).data(FIELD_ROLE) for row in range(view.model().rowCount())]
    assert [name for name in listed if name] == list(FIELDS)
    assert listed.count(None) == len({field.topic for field in FIELDS.values()})
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert picker.hasFocus()
    assert not view.isVisible()


def test_what_may_be_done_by_key_and_mouse_is_told_when_somebody_asks(builder: ConditionBuilder) -> None:
    (told,) = builder.findChildren(KeysTold)
    assert told.isHidden()
    press(builder, Qt.Key.Key_Question)
    assert told.isVisible()
    assert {one.accessibleName() for one in told.findChildren(KeyCap)} >= {act.key for act in ACTS}
    assert clipped(builder) == []
    press(builder, Qt.Key.Key_Question)
    assert told.isHidden()


def index_of(builder: ConditionBuilder, *path: int) -> QModelIndex:
    model = lines_of(builder).model()
    index = model.index(0, 0)
    for place in path:
        index = model.index(place, 0, index)
    return index


def drop(builder: ConditionBuilder, line: QModelIndex, group: QModelIndex, place: int) -> None:
    """As the view does when the mouse lets it go there; -1: upon the group."""
    model = lines_of(builder).model()
    data: QMimeData = model.mimeData([line])
    model.dropMimeData(data, Qt.DropAction.MoveAction, place, 0, group)


@pytest.mark.parametrize(
    ("line", "into", "place", "after"),
    [
        ((0,), (1,), -1, group(group(TWICE, VIP, any_of=True), SILENT)),
        ((0,), (1,), 0, group(group(VIP, TWICE, any_of=True), SILENT)),
        ((1, 0), (), 3, group(VIP, SILENT, TWICE)),
        ((1,), (), 0, group(group(TWICE, any_of=True), VIP, SILENT)),
        ((1,), (1,), 0, group(VIP, group(TWICE, any_of=True), SILENT)),
    ],
)
def test_a_line_is_dragged_to_where_it_is_let_go(
    builder: ConditionBuilder, line: tuple[int, ...], into: tuple[int, ...], place: int, after: dict[str, Any]
) -> None:
    before = group(VIP, group(TWICE, any_of=True), SILENT)
    builder.open(before)
    drop(builder, index_of(builder, *line), index_of(builder, *into), place)
    assert builder.tree() == after


def test_rules_take_no_drop_and_the_whole_cannot_be_dragged(builder: ConditionBuilder) -> None:
    builder.open(group(VIP, group(SILENT)))
    root, rule, inner = index_of(builder), index_of(builder, 0), index_of(builder, 1)
    drops, drags = Qt.ItemFlag.ItemIsDropEnabled, Qt.ItemFlag.ItemIsDragEnabled
    assert [bool(one.flags() & drops) for one in (root, rule, inner)] == [True, False, True]
    assert [bool(one.flags() & drags) for one in (root, rule, inner)] == [False, True, True]


def test_the_count_is_wished_for_once_when_changes_pause(builder: ConditionBuilder, qtbot: QtBot) -> None:
    wished: list[Any] = []
    builder.count_wanted.connect(wished.append)
    builder.open(group(VIP))
    builder.start()
    with qtbot.waitSignal(builder.count_wanted, timeout=5_000):
        press(builder, Qt.Key.Key_Insert, times=3)
    assert wished == [group(VIP, VIP, VIP, VIP)]


def test_a_count_says_when_it_is_of_a_tree_before(builder: ConditionBuilder) -> None:
    builder.open(group(VIP))
    builder.show_count(COUNTED, NOW)
    assert builder.count_words() == "1,284 位客户 其中 3 位："
    builder.start()
    press(builder, Qt.Key.Key_Delete)
    assert "改动之前" in builder.count_words()


HEAVY = {"seconds": 20, "looked_up": 40, "conditions": 52, "heaviest": "order_count"}
STAGES = [
    (Counted(), "人数会显示在这里"),
    (Counted(CountStage.RUNNING, 3), "3 位客户 正在统计…"),
    (Counted(CountStage.COUNTED, 0), "0 位客户 目前没有客户满足这些条件"),
    (Counted(CountStage.FAILED), "服务器没有返回结果，改动条件后会重新统计"),
    (
        Counted(CountStage.FAILED, 3, error=ErrorKind.TOO_HEAVY, error_values=HEAVY),
        (
            "3 位客户 统计超过 20 秒，已中止：52 个条件中有 40 个要逐客户查找订单、联系记录等，"
            "其中最多的是“累计下单次数”。请减少这类条件。"
        ),
    ),
    (Counted(CountStage.OFFLINE), "统计人数需要连接服务器，目前离线"),
    (
        Counted(CountStage.COUNTED, 12_000, about=True, sample=(Sample("C1", "陈*", "vip"),)),
        "约 12,000 位客户 其中 1 位：",
    ),
]


@pytest.mark.parametrize(("counted", "words"), STAGES)
def test_the_count_says_how_far_it_is(builder: ConditionBuilder, counted: Counted, words: str) -> None:
    builder.show_count(counted, NOW)
    assert builder.count_words() == words


def test_looking_only_changes_nothing(builder: ConditionBuilder, edited: list[Any]) -> None:
    builder.open(AUDIENCE)
    builder.set_read_only(True)
    builder.start()
    for key, held in ((Qt.Key.Key_Delete, NONE), (Qt.Key.Key_Insert, NONE), (Qt.Key.Key_Down, CTRL)):
        press(builder, key, held)
    drop(builder, index_of(builder, 0), index_of(builder, 2), 0)
    assert builder.tree() == AUDIENCE
    assert not edited


def test_every_part_has_a_name_and_nothing_is_cut(builder: ConditionBuilder) -> None:
    builder.open(AUDIENCE)
    builder.show_count(COUNTED, NOW)
    builder.start()
    for _ in range(11):
        press(builder, Qt.Key.Key_Down)
        QApplication.processEvents()
        assert not unnamed(builder)
        # a table's header asks for the height of any scroll area, and never gets it
        assert not [one for one in clipped(builder) if not one.startswith("TableHeader")]
    assert spoken(builder)[:3] == ["全部满足", "等级 是 VIP", "最近一次联系 已超过 15 天"]
