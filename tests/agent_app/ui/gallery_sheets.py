"""One sheet with every widget of the kit in its states, for the gallery."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_app.ui.buttons import Button, IconButton, Kind
from agent_app.ui.cards import Card, SectionHeader, column, row
from agent_app.ui.choices import ChoiceRow
from agent_app.ui.feedback import Banner, EmptyState, Skeleton, UndoBar
from agent_app.ui.fields import Field, Picker, TextArea, TextField
from agent_app.ui.labels import Badge, KeyCap, Picture, StatusDot, Text
from agent_app.ui.panels import Ground
from agent_app.ui.tokens import Tone, TypeRole


def _disabled(button: Button) -> Button:
    button.setEnabled(False)
    return button


def _invalid() -> Field:
    field = Field("手机号", TextField("", "11 位"), required=True)
    field.set_error("号码少一位")
    return field


def sheet() -> QWidget:
    """Everything once."""
    ground = Ground("canvas")
    page = QVBoxLayout(ground)
    page.setContentsMargins(24, 24, 24, 24)
    page.setSpacing(14)
    page.addWidget(
        Card(
            SectionHeader("按钮"),
            row(
                Button("完成小结", Kind.PRIMARY, key="F8"),
                Button("拨打", Kind.PRIMARY, icon="phone"),
                Button("约定回拨", key="F9"),
                Button("挂断", Kind.DANGER, key="F6", icon="phone-disconnect"),
                Button("更正", Kind.QUIET),
                Button("小按钮", small=True),
                _disabled(Button("不可用", key="F5")),
                _disabled(Button("不可用", Kind.PRIMARY)),
                IconButton("更多", "dots-three"),
                1,
            ),
        )
    )
    texts = [Text(role.name, role) for role in TypeRole]
    tones = [Text(tone.value, tone=tone) for tone in Tone]
    page.addWidget(
        Card(
            SectionHeader("文字"),
            row(*texts, *tones, Text("quiet", quiet=True), Text("faint", faint=True), 1),
        )
    )
    badges = [Badge(w, t) for w, t in zip(("普通", "首访", "通话中", "VIP", "逾期"), Tone, strict=True)]
    dots = [StatusDot(t.value, t) for t in Tone]
    pictures = [
        Picture(n, 20)
        for n in ("phone", "ticket", "users", "chat", "book", "gear-six", "calendar-blank", "chart-bar")
    ]
    page.addWidget(
        Card(
            SectionHeader("标记"),
            row(*badges, *dots, KeyCap("F1"), KeyCap("Ctrl K"), KeyCap("⇧↵"), *pictures, 1),
        )
    )
    several = ChoiceRow("多选", [(str(n), f"选项 {n}") for n in range(1, 13)], several=True)
    several.set_answer(["2", "5"])
    page.addWidget(Card(SectionHeader("选择"), several))
    fields = row(
        Field("姓名", TextField("", "客户姓名"), hint="与证件一致"),
        _invalid(),
        Field("时段", Picker("", [("a", "上午"), ("p", "下午")])),
        Field("密码", TextField("", secret=True)),
    )
    page.addWidget(Card(SectionHeader("输入"), fields, TextArea("备注", "客户还说了什么")))
    page.addLayout(_feedback(ground), 1)
    bar = UndoBar(ground)
    ground.resize(1280, 900)
    bar.offer("已改派 3 条给坐席 02", "token")
    return ground


def _feedback(ground: QWidget) -> QHBoxLayout:
    banners = column(gap=8)
    for words, tone, action in (
        ("离线：拨打和小结照常，联网后自动上传。", Tone.WARNING, ""),
        ("没有存上：磁盘已满。已写的内容仍在屏幕上，请先清理磁盘。", Tone.DANGER, "再试一次"),
        ("有新版本，下班后会自动更新。", Tone.ACCENT, "现在更新"),
    ):
        banner = Banner(ground)
        banner.say(words, tone, action=action)
        banners.addWidget(banner)
    banners.addWidget(Skeleton())
    banners.addStretch(1)
    empty = EmptyState(
        "没有待回访", "新任务到了会出现在这里。可以先处理逾期的工单。", action="看工单", key="Alt 2"
    )
    made = row(gap=14)
    made.addLayout(banners, 3)
    made.addWidget(empty, 2)
    return made
