"""Workbooks with Chinese names of sheets, columns and types are forms like any other."""

import io

import pytest
from openpyxl import Workbook

from server_sync.domain.forms.checking import CheckedForm, check_form
from server_sync.domain.forms.definition import FormDefinition, QuestionKind
from server_sync.domain.forms.reading import read_form
from server_sync.domain.forms.xlsform.findings import FindingKind
from server_sync.domain.forms.xlsform.headings import read_columns, read_type


def check(survey: list[list[str]], choices: list[list[str]], sheet: str = "问卷") -> CheckedForm:
    """What is found in a Chinese workbook."""
    made = Workbook()
    first = made.worksheets[0]
    first.title = sheet
    for row in survey:
        first.append(row)
    for name, rows in (
        ("选项", choices),
        ("设置", [["表单编号", "版本", "表单标题"], ["care", "1", "回访"]]),
    ):
        more = made.create_sheet(name)
        for row in rows:
            more.append(row)
    file = io.BytesIO()
    made.save(file)
    return check_form(file.getvalue(), "form.xlsx")


HEADER = ["题型", "变量名", "题目", "必填", "显示条件", "校验", "校验提示", "计算", "重复次数"]
CHOICES = [["列表名", "选项值", "选项"], ["满意度", "good", "满意"], ["满意度", "bad", "不满意"]]
SURVEY = [
    HEADER,
    ["开始分组", "基本", "基本情况"],
    ["单选 满意度", "满意", "您满意吗?", "是"],
    ["文本", "原因", "为什么?", "否", "${满意} = 'bad'"],
    ["结束分组"],
    ["整数", "人数", "几个人?", "", "", ". > 0 and . < 5", "一到四"],
    ["循环", "成员", "成员", "", "", "", "", "", "${人数}"],
    ["多选 满意度", "多选", "哪些?"],
    ["日期", "日期", "哪天?"],
    ["结束循环"],
    ["备注", "谢谢", "谢谢您"],
    ["计算", "加一", "", "", "", "", "", "${人数} + 1"],
]


def read(checked: CheckedForm) -> FormDefinition:
    assert checked.errors == ()
    assert checked.form is not None
    return read_form(checked.form.xform_xml)


def test_a_workbook_all_in_chinese_is_a_form() -> None:
    form = read(check(SURVEY, CHOICES))
    assert (form.code, form.version, form.title) == ("care", "1", "回访")
    assert {path: question.kind for path, question in form.questions.items()} == {
        "/data/基本/满意": QuestionKind.SELECT_ONE,
        "/data/基本/原因": QuestionKind.TEXT,
        "/data/人数": QuestionKind.INTEGER,
        "/data/成员/多选": QuestionKind.SELECT_MULTIPLE,
        "/data/成员/日期": QuestionKind.DATE,
        "/data/谢谢": QuestionKind.NOTE,
    }
    required = form.binds["/data/基本/满意"].required
    assert required is not None
    assert required.source == "true()"
    assert form.binds["/data/基本/原因"].required is None
    assert form.binds["/data/加一"].calculate is not None


def test_findings_name_the_columns_as_they_are_written() -> None:
    rows = [*SURVEY, ["文本", "后来", "后来呢?", "", "${满a意} = 'bad'"], ["单先 满意度", "错", "错"]]
    found = [
        (one.kind, one.sheet, one.row, one.column, one.suggestion) for one in check(rows, CHOICES).errors
    ]
    assert found[0] == (FindingKind.REFERENCE_UNKNOWN, "问卷", 13, "显示条件", "满意")
    assert found[1][:4] == (FindingKind.TYPE_UNKNOWN, "问卷", 14, "题型")


@pytest.mark.parametrize(
    ("written", "heading", "name", "language"),
    [
        ("题目", "label", "label", ""),
        ("题目::中文 (zh)", "label::中文 (zh)", "label", "中文 (zh)"),
        ("题目::中文（zh）", "label::中文(zh)", "label", "中文(zh)"),
        ("label::English (en)", "label::English (en)", "label", "English (en)"),
        ("Label:English", "Label:English", "label", "English"),
        ("bind::relevant", "bind::relevant", "relevant", ""),
        ("media::image::English", "media::image::English", "image", "English"),
        ("jr:count", "jr:count", "repeat_count", ""),
        ("Repeat Count", "Repeat Count", "repeat_count", ""),
        ("constraint message", "constraint message", "constraint_message", ""),
        ("instance::odk:tag", "instance::odk:tag", "instance", "odk:tag"),
        ("我的备注", "我的备注", "我的备注", ""),
    ],
)
def test_a_heading_is_known_by_all_its_spellings(
    written: str, heading: str, name: str, language: str
) -> None:
    [column] = read_columns("survey", [written])
    assert (column.heading, column.name, column.language) == (heading, name, language)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("单选 城市", "select_one 城市"),
        ("多选　城市", "select_multiple 城市"),
        ("日期时间", "dateTime"),
        ("begin  group", "begin group"),
        ("select_one 城市 or_other", "select_one 城市 or_other"),
        ("别的", "别的"),
    ],
)
def test_a_type_is_known_in_both_languages(written: str, read: str) -> None:
    assert read_type(written) == read
