"""The customer column as it is drawn: what may be read, what is typed and for whom, by keys, nothing cut."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import update

from agent_app.actions.calls import Promise, book_callback
from agent_app.actions.customers import set_do_not_call
from agent_app.actions.session import DeskSession
from agent_app.features.customer360.view import CustomerFeature
from agent_app.host.sealed_files import SealedFolder
from agent_app.ports import Route
from agent_app.store.changes import StoreChanges
from agent_app.ui.accessibility import unnamed
from agent_app.ui.buttons import Button
from agent_app.ui.feedback import Banner
from agent_app.ui.fields import TextField
from agent_app.ui.labels import Text
from agent_app.ui.tokens import SIZES
from server_sync.domain.clock import DAY, HOUR
from server_sync.domain.commands import Insert
from server_sync.domain.model import customer
from tests.agent_app.clipping import clipped
from tests.agent_app.conftest import ImmediateWork
from tests.agent_app.desk import TIMEZONE, Company
from tests.agent_app.features.customer360.gallery import SEGMENT, STANDING
from tests.agent_app.windows import window_around
from tests.server_sync.organisation import NOW

pytestmark = pytest.mark.usefixtures("look")


class Column:
    """The feature in a window as narrow as its column may be, with two customers of its agent."""

    def __init__(self, company: Company, qtbot: QtBot) -> None:
        organisation = company.organisation
        agent = organisation.north_agents[0]
        self.company = company
        self.customers = [
            organisation.customer(
                organisation.north,
                owner=agent,
                name=name,
                province="浙江",
                city="杭州",
                address="文三路四百零九号云栖大厦十二楼东侧，前台转采购部",
                tags=["老客", "价格敏感", "上午接电话", "转介绍"],
                mood="satisfied",
                note="家里有老人，声音请大一些，上门之前一定要先打电话",
                segment="消费者",
            )
            for name in ("张小明", "李小红")
        ]
        self.tasks = [organisation.task(one, agent, due_at=NOW - DAY) for one in self.customers]
        self.numbers = [
            organisation.contact_point(one, value=f"+8613812345{place}78")
            for place, one in enumerate(self.customers)
        ]
        company.put(*self.customers, *self.tasks, *self.numbers)
        for one in self.customers:
            company.put(organisation.order(one), organisation.order(one, returned_at=NOW))
        session = DeskSession(company.desk(agent), ImmediateWork(), self.tell, TIMEZONE)
        self.routes = list[Route]()
        files = SealedFolder(company.store.file.parent / "attachments")
        self.feature = CustomerFeature(session, files, self.routes.append)
        self.window = window_around(qtbot, self.feature.widget, SIZES.context_min)

    def tell(self, changes: StoreChanges) -> None:
        self.feature.on_changed(changes)

    def open(self, number: int) -> None:
        self.feature.open(self.customers[number].row_id, self.tasks[number].row_id)
        settle()

    def words(self) -> str:
        """Everything that can be read."""
        settle()
        return "\n".join(label.text() for label in self.window.findChildren(QLabel) if label.isVisible())

    def lines(self) -> dict[str, TextField]:
        """What can be typed into, by its name."""
        return {one.accessibleName(): one for one in self.window.findChildren(TextField) if one.isVisible()}

    def press(self, words: str) -> None:
        """Press the button of these words."""
        (button,) = (one for one in self.window.findChildren(Button) if one.text() == words)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        settle()

    def note(self) -> TextField:
        """Ctrl+N."""
        binding = next(one for one in self.feature.shortcuts() if one.action == "customer.note")
        binding.callback()
        settle()
        return self.lines()["备注"]


@pytest.fixture
def column(company: Company, qtbot: QtBot) -> Column:
    return Column(company, qtbot)


def settle() -> None:
    """Let widgets that were just made appear."""
    for _ in range(3):
        QCoreApplication.processEvents()


def type_into(line: TextField, text: str) -> None:
    """As a person does: what is there is replaced."""
    line.setFocus()
    line.selectAll()
    line.insert(text)


def test_before_anybody_is_chosen_the_column_says_so_and_nothing_can_be_pressed(column: Column) -> None:
    assert "打开任务后" in column.words()
    assert [one for one in column.feature.widget.findChildren(Button) if one.isVisible()] == []


def test_no_number_is_readable_whole(column: Column) -> None:
    column.open(0)
    column.press("更正")
    assert "138****5078" in column.words()
    read = column.words() + "".join(
        line.text() + line.placeholderText() + line.toolTip() for line in column.lines().values()
    )
    assert "13812345078" not in read


def test_why_this_call_what_is_open_and_what_was_stand_there(column: Column) -> None:
    column.open(0)
    words = column.words()
    for part in ("首访", "新客首访", "逾期", "浙江 杭州", "已退货", "没有其他未完事项"):
        assert part in words


def test_a_refusal_is_shown_at_once(column: Column) -> None:
    column.open(0)
    agent = column.company.organisation.north_agents[0]
    column.tell(
        set_do_not_call(column.company.desk(agent), column.customers[0].row_id, "marketing", "call", None)
    )
    assert "免打扰" in column.words()
    assert "没有其他未完事项" not in column.words()


def test_a_customer_who_is_only_looked_at_shows_his_one_task_and_no_contradiction(column: Column) -> None:
    column.feature.open(column.customers[0].row_id)
    assert "首访" in column.words()
    assert "没有其他未完事项" not in column.words()


def test_everything_that_takes_the_focus_has_a_spoken_name(column: Column) -> None:
    column.open(0)
    column.press("更正")
    assert unnamed(column.window) == []
    column.note()
    assert unnamed(column.window) == []


@pytest.mark.parametrize("opened", ["nothing", "corrections", "note"])
def test_nothing_is_cut_in_the_narrowest_column(column: Column, qtbot: QtBot, opened: str) -> None:
    column.open(0)
    if opened == "corrections":
        column.press("更正")
    elif opened == "note":
        column.note()
    qtbot.wait(1)
    assert clipped(column.window) == []


# ---- correcting by keys


def test_to_correct_is_to_press_type_and_go_on(column: Column) -> None:
    column.open(0)
    column.press("更正")
    lines = column.lines()
    assert lines["姓名"].hasFocus()
    type_into(lines["城市"], "宁波")
    QTest.keyClick(lines["城市"], Qt.Key.Key_Tab)
    assert column.company.rows("SELECT city FROM customer WHERE id = ?", column.customers[0].row_id) == [
        ("宁波",)
    ]
    assert "浙江 宁波" in column.words()


def test_leaving_for_another_customer_saves_for_whom_it_was_typed(column: Column) -> None:
    column.open(0)
    column.press("更正")
    type_into(column.lines()["城市"], "宁波")
    column.open(1)
    column.press("更正")
    assert column.company.rows("SELECT name, city FROM customer ORDER BY id") == [
        ("张小明", "宁波"),
        ("李小红", "杭州"),
    ]
    assert column.lines()["城市"].text() == "杭州"


def test_what_is_being_typed_outlives_a_refresh_with_what_was_seen(column: Column) -> None:
    column.open(0)
    column.press("更正")
    line = column.lines()["姓名"]
    type_into(line, "张大明")
    with column.company.store.write() as connection:
        connection.exec_driver_sql("UPDATE customer SET name = '张晓明' WHERE name = '张小明'")
    column.tell(StoreChanges(frozenset({"customer"}), None, "sync"))
    assert line.text() == "张大明"
    QTest.keyClick(line, Qt.Key.Key_Tab)
    banner = column.window.findChildren(Banner)[0]
    assert banner.isVisible()
    assert "姓名" in banner.words()
    assert column.company.rows("SELECT 1 FROM customer WHERE name = '张晓明'") != []


def test_a_new_number_is_masked_again_once_it_is_saved(column: Column) -> None:
    column.open(0)
    column.press("更正")
    line = column.lines()["新号码"]
    type_into(line, "139 0000 1234")
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert (line.text(), line.placeholderText()) == ("", "139****1234")
    type_into(line, "139")
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert line.text() == "139", "what was refused can be mended"
    assert column.window.findChildren(Banner)[0].isVisible()


def test_section_5_a_number_that_another_corrected_is_what_the_next_correction_has_seen(
    column: Column,
) -> None:
    column.open(0)
    column.press("更正")
    line = column.lines()["新号码"]
    type_into(line, "139 0000 1234")
    QTest.keyClick(line, Qt.Key.Key_Tab)
    with column.company.store.write() as connection:
        connection.exec_driver_sql("UPDATE contact_point SET value = '+8613900005678'")
    column.tell(StoreChanges(frozenset({"contact_point"}), None, "sync"))
    assert line.placeholderText() == "139****5678"
    type_into(line, "139 0000 9999")
    QTest.keyClick(line, Qt.Key.Key_Tab)
    assert line.placeholderText() == "139****9999"


def test_section_5_a_tag_is_typed_and_taken_off_by_its_button(column: Column) -> None:
    column.open(0)
    column.press("更正")
    line = column.lines()["新标签"]
    for tag in ("高意向", "新品"):
        type_into(line, tag)
        QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == ""
    QTest.keyClick(line, Qt.Key.Key_Return)
    column.press("移除 高意向")
    ((tags,),) = column.company.rows("SELECT tags FROM customer WHERE id = ?", column.customers[0].row_id)
    assert "新品" in str(tags)
    assert "高意向" not in str(tags)
    assert unnamed(column.window) == []


# ---- notes by keys


def test_a_note_is_written_by_keys_alone(column: Column) -> None:
    column.open(0)
    line = column.note()
    assert line.hasFocus()
    line.insert("喜欢上午")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert column.company.rows("SELECT text FROM activity") == [("喜欢上午",)]
    assert not line.isVisible()
    assert line.text() == ""
    assert "喜欢上午" in column.words()


def test_a_note_that_was_begun_is_not_lost_by_asking_again_nor_by_a_refusal(column: Column) -> None:
    column.open(0)
    line = column.note()
    line.insert("长" * 10_001)
    assert column.note() is line
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert line.isVisible()
    assert len(line.text()) == 10_001


def test_a_note_for_one_customer_is_never_found_in_anothers_line(column: Column) -> None:
    column.open(0)
    column.note().insert("说的是张小明")
    column.open(1)
    assert column.note().text() == ""


def test_tab_goes_through_the_column_from_top_to_bottom(column: Column) -> None:
    column.open(0)
    column.press("更正")
    lines = list(column.lines().values())
    for earlier, later in pairwise(lines):
        assert earlier.hasFocus()
        QTest.keyClick(earlier, Qt.Key.Key_Tab)
        assert later.hasFocus()
    focused = QApplication.focusWidget()
    assert focused is lines[-1]


def test_a_long_remark_is_folded_until_it_is_asked_for_and_then_stays_open(column: Column) -> None:
    customer = column.customers[0]
    remark = "客户要求每次来电先与行政部联系，再转技术负责人；" * 20
    with column.company.store.write() as connection:
        connection.exec_driver_sql("UPDATE customer SET note = ? WHERE id = ?", (remark, customer.row_id))
    column.feature.open(customer.row_id)
    assert remark not in column.words()
    column.press("展开全部")
    assert remark in column.words()
    column.feature.on_changed(StoreChanges(frozenset({"customer"}), None, "sync"))
    assert remark in column.words()


def test_a_customer_who_is_looked_up_without_a_task_is_named(column: Column) -> None:
    column.feature.open(column.customers[0].row_id)
    assert column.customers[0].row["name"] in column.words()
    column.feature.open(column.customers[0].row_id, column.tasks[0].row_id)
    assert column.customers[0].row["name"] not in column.words()


def test_a_number_that_is_not_in_service_says_so_beside_its_label(column: Column) -> None:
    number = column.numbers[0]
    with column.company.store.write() as connection:
        sql = "UPDATE contact_point SET valid = 0, label = '公司' WHERE id = ?"
        connection.exec_driver_sql(sql, (number.row_id,))
    column.feature.open(column.customers[0].row_id)
    assert "公司 · 已停用" in column.words()


def test_the_keyboard_comes_back_from_a_note_written_or_left(column: Column) -> None:
    elsewhere = TextField("别处", parent=column.window)
    elsewhere.show()
    column.open(0)
    for key, kept in ((Qt.Key.Key_Return, False), (Qt.Key.Key_Escape, True)):
        elsewhere.setFocus()
        line = column.note()
        assert QApplication.focusWidget() is line
        line.insert("一句话")
        QTest.keyClick(line, key)
        settle()
        assert QApplication.focusWidget() is elsewhere
        assert line.isVisible() is kept


def test_when_a_promised_call_is_due_is_never_shortened(column: Column) -> None:
    agent = column.company.desk(column.company.organisation.north_agents[0])
    column.open(0)
    promise = Promise(NOW + 26 * HOUR, note="他说这个时间一定在")
    column.tell(book_callback(agent, column.tasks[0].row_id, column.customers[0].row_id, promise))
    settle()
    texts = (text for text in column.window.findChildren(Text) if text.isVisible())
    line = next(text for text in texts if text.text().startswith("明天 12:00 · 本人"))
    assert line.wordWrap()
    assert line.height() >= line.heightForWidth(line.width())


def test_the_portrait_says_where_the_customer_stands_and_why(column: Column) -> None:
    column.open(0)
    assert "客户画像" not in column.words()
    column.company.put(Insert("segment", {"id": column.company.ids.new(), **SEGMENT}))
    with column.company.store.write() as connection:
        known = update(customer).where(customer.c.id == column.customers[0].row_id)
        connection.execute(known.values(STANDING))
    column.open(0)
    words = column.words()
    for one in (
        "客户画像",
        "流失预警",
        "流失风险 65",
        "R 3 · F 5 · M 5",
        "17 / 100",
        "近 30 天 1 次，此前 90 天 9 次",
    ):
        assert one in words
    for one in ("活跃度下降 +40、评分偏低 +25", "流失预警客户", "教师", "空调、家具", "约每 45 天"):
        assert one in words
    assert clipped(column.window) == []
    column.open(1)
    assert "客户画像" not in column.words()
