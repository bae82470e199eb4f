"""The names of sheets, columns and question types: XLSForm's own, other spellings of them, and Chinese ones."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
EXTERNAL_CHOICES, ENTITIES, OSM = "external_choices", "entities", "osm"
SHEETS = (SURVEY, CHOICES, EXTERNAL_CHOICES, SETTINGS, ENTITIES, OSM)
"""The sheets of a form, in the order in which they are spoken of."""

CHINESE_SHEETS: Mapping[str, str] = {
    "问卷": SURVEY,
    "题目": SURVEY,
    "调查": SURVEY,
    "选项": CHOICES,
    "外部选项": EXTERNAL_CHOICES,
    "设置": SETTINGS,
}

SURVEY_COLUMNS = (
    "type", "name", "label", "hint", "guidance_hint", "required", "required_message", "relevant", "constraint",
    "constraint_message", "calculation", "choice_filter", "appearance", "default", "read_only", "trigger",
    "parameters", "repeat_count", "image", "big-image", "audio", "video", "autoplay", "media", "bind", "body",
    "control", "instance", "intent", "save_to", "disabled", "query", "rows", "compact_tag", "no_app_error_string",
    "sms_field", "sms_option", "list_name",
)  # fmt: skip
CHOICE_COLUMNS = ("list_name", "name", "label", "image", "big-image", "audio", "video", "media", "geometry")
SETTING_COLUMNS = (
    "form_title", "form_id", "version", "instance_name", "default_language", "allow_choice_duplicates",
    "clean_text_values", "style", "name", "public_key", "submission_url", "auto_send", "auto_delete",
    "client_editable", "omit_instanceid", "instance_xmlns", "namespaces", "attribute", "id_string", "title",
    "sms_keyword", "sms_separator", "sms_allow_media", "sms_date_format", "sms_datetime_format", "sms_response",
    "prefix", "delimiter", "flat", "add_none_option", "entity_version", "set_form_id", "set_form_title",
)  # fmt: skip
COLUMNS: Mapping[str, tuple[str, ...]] = {
    SURVEY: SURVEY_COLUMNS,
    CHOICES: CHOICE_COLUMNS,
    EXTERNAL_CHOICES: CHOICE_COLUMNS,
    SETTINGS: SETTING_COLUMNS,
}
TRANSLATED = frozenset(
    {"label", "hint", "guidance_hint", "image", "big-image", "audio", "video"}
    | {"constraint_message", "required_message"}
)
"""Columns that may stand once for each language."""

_SPELLINGS: Mapping[str, Mapping[str, str]] = {
    SURVEY: {
        "relevance": "relevant",
        "calculate": "calculation",
        "readonly": "read_only",
        "caption": "label",
        "command": "type",
        "tag": "name",
        "value": "name",
        "constraining_message": "constraint_message",
        "jr:constraintmsg": "constraint_message",
        "requiredmsg": "required_message",
        "jr:requiredmsg": "required_message",
        "count": "repeat_count",
        "jr:count": "repeat_count",
        "noapperrorstring": "no_app_error_string",
    },
    CHOICES: {"list name": "list_name", "caption": "label", "value": "name"},
    EXTERNAL_CHOICES: {"list name": "list_name", "caption": "label", "value": "name"},
    SETTINGS: {
        "set_form_id": "form_id",
        "set_form_title": "form_title",
        "id_string": "form_id",
        "title": "form_title",
    },
}
_WRAPPERS = frozenset({"bind", "control", "body", "media"})

_CHINESE_TEXTS = {
    "提示": "hint",
    "说明": "hint",
    "详细说明": "guidance_hint",
    "图片": "image",
    "音频": "audio",
    "视频": "video",
}
_CHINESE: Mapping[str, Mapping[str, str]] = {
    SURVEY: {
        **_CHINESE_TEXTS,
        "题型": "type",
        "类型": "type",
        "变量名": "name",
        "变量": "name",
        "名称": "name",
        "题目": "label",
        "标签": "label",
        "标题": "label",
        "必填": "required",
        "必答": "required",
        "必填提示": "required_message",
        "显示条件": "relevant",
        "相关条件": "relevant",
        "校验": "constraint",
        "约束": "constraint",
        "校验提示": "constraint_message",
        "约束提示": "constraint_message",
        "计算": "calculation",
        "计算公式": "calculation",
        "选项筛选": "choice_filter",
        "选项过滤": "choice_filter",
        "外观": "appearance",
        "默认值": "default",
        "只读": "read_only",
        "触发": "trigger",
        "触发条件": "trigger",
        "参数": "parameters",
        "重复次数": "repeat_count",
    },
    CHOICES: {
        **_CHINESE_TEXTS,
        "列表": "list_name",
        "列表名": "list_name",
        "选项列表": "list_name",
        "变量名": "name",
        "名称": "name",
        "选项值": "name",
        "值": "name",
        "编码": "name",
        "题目": "label",
        "标签": "label",
        "选项": "label",
        "选项名称": "label",
        "显示文字": "label",
    },
    SETTINGS: {
        "表单标题": "form_title",
        "标题": "form_title",
        "表单编号": "form_id",
        "编号": "form_id",
        "版本": "version",
        "版本号": "version",
        "默认语言": "default_language",
        "实例名称": "instance_name",
        "允许重复选项": "allow_choice_duplicates",
    },
}
TYPE_HEADINGS = frozenset(
    {"type", "command"} | {word for word, name in _CHINESE[SURVEY].items() if name == "type"}
)
"""What the column of types may be called: it marks the row of column names."""

_CHINESE_TYPES: Mapping[str, str] = {
    "单选": "select_one",
    "单选题": "select_one",
    "多选": "select_multiple",
    "多选题": "select_multiple",
    "排序": "rank",
    "排序题": "rank",
    "文本": "text",
    "填空": "text",
    "整数": "integer",
    "小数": "decimal",
    "数字": "decimal",
    "滑块": "range",
    "范围": "range",
    "日期": "date",
    "时间": "time",
    "日期时间": "dateTime",
    "备注": "note",
    "提示语": "note",
    "计算": "calculate",
    "确认": "acknowledge",
    "隐藏": "hidden",
    "图片": "image",
    "照片": "image",
    "拍照": "image",
    "录音": "audio",
    "音频": "audio",
    "视频": "video",
    "文件": "file",
    "位置": "geopoint",
    "定位": "geopoint",
    "轨迹": "geotrace",
    "区域": "geoshape",
    "条码": "barcode",
    "扫码": "barcode",
    "分组": "begin_group",
    "开始分组": "begin_group",
    "分组开始": "begin_group",
    "结束分组": "end_group",
    "分组结束": "end_group",
    "循环": "begin_repeat",
    "重复": "begin_repeat",
    "开始循环": "begin_repeat",
    "循环开始": "begin_repeat",
    "开始重复": "begin_repeat",
    "结束循环": "end_repeat",
    "循环结束": "end_repeat",
    "结束重复": "end_repeat",
}
_CHINESE_YES_NO: Mapping[str, str] = {"是": "yes", "否": "no", "必填": "yes", "选填": "no"}
_SPACES = re.compile(r"[ \t\n\u3000]+")
_LATIN_IN_BRACKETS = str.maketrans({"（": "(", "）": ")"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its place from 0, its heading as written, as pyxform is given it, its XLSForm name, its language."""

    place: int
    written: str
    heading: str
    name: str
    language: str


def sheet_named(written: str) -> str:
    """Which sheet of a form a sheet with this name is; "" for none."""
    name = written.strip().lower()
    return name if name in SHEETS else CHINESE_SHEETS.get(name, "")


def read_columns(sheet: str, headings: list[str]) -> list[Column]:
    """The columns of a sheet by its first row; those without a heading are left out."""
    double = any("::" in heading for heading in headings)
    columns: list[Column] = []
    for place, written in enumerate(headings):
        shown = _SPACES.sub(" ", written).strip()
        if shown:
            columns.append(_column(sheet, place, shown, double))
    return columns


def _column(sheet: str, place: int, written: str, double: bool) -> Column:
    delimiter = "::" if double or "::" in written else ":"
    first, *rest = (token.strip() for token in written.split(delimiter))
    chinese = _CHINESE.get(sheet, {}).get(first)
    if chinese is not None:
        rest = [token.translate(_LATIN_IN_BRACKETS) for token in rest]
        return Column(place, written, "::".join((chinese, *rest)), chinese, rest[0] if rest else "")
    spellings = _SPELLINGS.get(sheet, {})
    whole = "_".join(written.split()).lower()
    if whole in spellings or written.lower() in spellings:
        return Column(place, written, written, spellings.get(whole) or spellings[written.lower()], "")
    name = "_".join(first.split()).lower()
    if name in _WRAPPERS and rest:
        inner = ":".join(rest[:2]) if rest[0] == "jr" else rest[0]
        known = spellings.get(inner.lower(), inner)
        language = rest[-1] if len(rest) > 1 and known in TRANSLATED and rest[-1] not in inner else ""
        return Column(place, written, written, known if known in COLUMNS[SURVEY] else name, language)
    name = spellings.get(name, name)
    if name not in COLUMNS.get(sheet, ()):
        return Column(place, written, written, written, "")
    return Column(place, written, written, name, rest[0] if rest else "")


def read_type(written: str) -> str:
    """A question type in XLSForm's words: 「单选 城市」 is "select_one 城市"; others as they are."""
    words = _SPACES.sub(" ", written).strip().split(" ")
    known = _CHINESE_TYPES.get(words[0])
    return " ".join((known, *words[1:])) if known else " ".join(words)


def read_yes_no(written: str) -> str:
    """「是」 and 「否」 as XLSForm has them; anything else as it is."""
    return _CHINESE_YES_NO.get(written, written)
