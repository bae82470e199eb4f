"""The two frames of the look, built from the kit with made-up contents: an agent's work, a team leader's view."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from agent_app.ui.buttons import Button, Kind
from agent_app.ui.cards import Card, KeyValues, SectionHeader, Separator, TagFlow, column, row
from agent_app.ui.charts import Bar, BarTrend, HorizontalBars
from agent_app.ui.choices import ChoiceRow, ScoreRow, Segments
from agent_app.ui.feedback import ProgressDots
from agent_app.ui.fields import SearchField, TextArea
from agent_app.ui.labels import Badge, KeyCap, Paragraph, StatusDot, Text
from agent_app.ui.panels import Columns, ContextColumn, Ground, ListColumn, Rail, RailButton, WorkColumn
from agent_app.ui.row_views import RowList, RowTable
from agent_app.ui.rows import Cell, Column, Mark, TwoLine
from agent_app.ui.stat_cards import StatCard
from agent_app.ui.tables import Id, ListModel, TableModel
from agent_app.ui.tokens import Tone, TypeRole

VIP, PLAIN, FIRM = Mark("VIP", Tone.WARNING), Mark("普通"), Mark("公司")

QUEUE = [
    TwoLine("赵*", (VIP,), "10:30", Tone.WARNING, "约定回拨 · 本人", "华东"),
    TwoLine("陈*", (VIP,), "剩 1 时 20 分", None, "下单后第3天 · 首访", "华东"),
    TwoLine("杭州**电子", (FIRM,), "逾期 2 时", Tone.DANGER, "投诉处理后 3 个工作日 · 核实", "华东"),
    TwoLine("王*", (PLAIN,), "今天", None, "续费前 60 天 · 满意度", "华东"),
    TwoLine("李**", (PLAIN,), "今天", None, "安装完成 7 个工作日内", "华东"),
    TwoLine("周*", (VIP,), "今天", None, "15 天无跟进 · 关怀", "华东"),
    TwoLine("孙**", (PLAIN,), "14:00", None, "无人接听 · 第 2 次，换下午时段", "华东"),
    TwoLine("成都**装饰", (FIRM,), "明天", None, "合同到期前 30 天", "华东"),
    TwoLine("吴*", (PLAIN,), "明天", None, "季度回访 · 新品告知", "华东"),
    TwoLine("郑**", (Mark("沉睡"),), "后天", None, "6 个月无往来 · 激活", "华东"),
]

TEAM = [
    TwoLine("全部坐席", (), "完成率 86%", None, "待回访 214 · 逾期 8"),
    TwoLine("逾期与升级", (), "8", Tone.DANGER, "24 时 5 · 72 时 2 · 7 天 1"),
    TwoLine("承诺到期", (), "5", Tone.WARNING, "今天 3 · 明天 2"),
    TwoLine("新客户首访", (), "92%", Tone.SUCCESS, "计划 · 今日 120 通"),
]

STATES = [
    ("通话中", Tone.SUCCESS),
    ("话后整理", Tone.ACCENT),
    ("空闲", Tone.NEUTRAL),
    ("小休 · 用餐", Tone.WARNING),
    ("离线", Tone.NEUTRAL),
]


def _list_model(rows: list[TwoLine], missing: int = 0) -> ListModel[TwoLine]:
    model: ListModel[TwoLine] = ListModel(lambda ids: None, lambda shown: shown)
    ids = [bytes([place]) * 16 for place in range(len(rows) + missing)]
    model.set_ids(ids)
    model.put_rows(dict(zip(ids, rows, strict=False)))
    return model


def _rail(current: int) -> Rail:
    rail = Rail("主导航")
    places = [
        ("队列", "list", 12),
        ("工单", "ticket", 2),
        ("消息", "chat", 0),
        ("知识", "book", 0),
        ("团队", "users", 0),
        ("计划", "calendar-blank", 0),
        ("报表", "chart-bar", 0),
    ]
    for place, (words, icon, count) in enumerate(places):
        button = RailButton(words, icon, key=f"Alt+{place + 1}")
        button.set_count(count)
        button.setChecked(place == current)
        rail.add(button)
    rail.add_below(RailButton("设置", "gear-six"))
    return rail


def _frame(rail: Rail, columns: QWidget) -> QWidget:
    window = Ground("canvas")
    window.setWindowTitle("回访")
    status = Ground("chrome")
    line = QHBoxLayout(status)
    line.setContentsMargins(12, 3, 12, 3)
    line.setSpacing(20)
    for thing in (
        StatusDot("已同步 · 10:26", Tone.SUCCESS),
        Text("待上传 0", TypeRole.SMALL),
        Text("通话中 02:41", TypeRole.SMALL),
    ):
        line.addWidget(thing)
    line.addStretch(1)
    for words in ("今日 42 / 80", "接通率 61%", "平均满意度 4.5"):
        line.addWidget(Text(words, TypeRole.SMALL, quiet=True))
    line.addLayout(row(Text("快捷键", TypeRole.SMALL, quiet=True), KeyCap("F1"), gap=4))
    outer = QVBoxLayout(window)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.setSpacing(0)
    top = QHBoxLayout()
    top.setSpacing(0)
    top.addWidget(rail)
    top.addWidget(columns, 1)
    outer.addLayout(top, 1)
    outer.addWidget(Separator())
    outer.addWidget(status)
    window.resize(1440, 900)
    return window


def work_frame() -> QWidget:
    """What an agent sees during a call."""
    queue = ListColumn("待回访")
    queue.set_title("待回访", "128", "逾期 3", Tone.DANGER)
    queue.add(SearchField("搜索", "姓名、拼音、尾号、订单号", "F3"))
    queue.add(Segments("筛选", [(w, w) for w in ("全部", "未拨打", "未接通", "已接通", "逾期")]))
    model = _list_model(QUEUE, missing=1)
    rows = RowList("待回访", model)
    rows.choose(model.id_at(1))
    queue.set_body(rows)
    return _frame(_rail(0), Columns(queue, _call(), _context()))


def _call() -> WorkColumn:
    work = WorkColumn()
    name = row(Text("陈*", TypeRole.FIGURE), Badge("VIP", Tone.WARNING), Badge("首访", Tone.ACCENT), 1)
    line = row(
        Text("138****1234 · 浙江杭州 · 下单后第3天 ·", TypeRole.SMALL, quiet=True),
        Text("剩 1 小时 20 分", TypeRole.SMALL, tone=Tone.WARNING, keep=True),
        1,
        gap=4,
    )
    work.header.line.addLayout(column(name, line, gap=2), 1)
    work.header.line.addWidget(StatusDot("通话中 02:41", Tone.SUCCESS, boxed=True))
    work.header.line.addWidget(Button("挂断", Kind.DANGER, key="F6"))
    work.header.line.addWidget(Button("约定回拨", key="F9"))
    steps = ProgressDots()
    steps.show_step(3, 6)
    skipped = Text("因“刚安装完成”跳过 2 题", TypeRole.SMALL, faint=True)
    work.body.addLayout(row(steps, Text("3 / 6 · 服务体验", TypeRole.SMALL, quiet=True), 1, skipped, gap=12))
    script = Card(Text("说", TypeRole.SMALL, tone=Tone.ACCENT), tone=Tone.ACCENT, gap=4)
    words = "您上周五购买的空调已经装好了，想了解一下安装师傅的服务是否符合您的预期，大概占用您三分钟，现在方便吗？"
    script.body.addWidget(Paragraph(words, TypeRole.TITLE))
    work.body.addWidget(script)
    answers = ("很满意", "满意", "一般", "不满意", "很不满意")
    question = ChoiceRow("满意吗", [(w, w) for w in answers])
    question.set_answer(["满意"])
    work.body.addWidget(
        Card(
            Text("您对安装师傅的服务满意吗？", TypeRole.TITLE),
            Text("按数字键作答", TypeRole.SMALL, quiet=True),
            question,
        )
    )
    score = ScoreRow("推荐", low_words="完全不会", high_words="一定会")
    score.set_answer(["9"])
    work.body.addWidget(Card(Text("有多大可能把我们推荐给亲友？", TypeRole.TITLE), score))
    note = TextArea("备注")
    note.set_text("遥控器偶尔失灵，希望尽快有人联系；安装师傅很准时。")
    tags = row(
        Badge("遥控器失灵", Tone.DANGER),
        Badge("师傅准时", Tone.SUCCESS),
        Text("已记承诺：24 小时内技术部联系客户", TypeRole.SMALL, quiet=True),
        1,
    )
    work.body.addWidget(Card(Text("客户还说了什么", TypeRole.TITLE), note, tags))
    work.body.addStretch(1)
    footer = work.footer.line
    for thing in (Button("上一步", key="⇧↵"), Button("异议应答", key="F4"), Button("知识库", key="Ctrl K")):
        footer.addWidget(thing)
    footer.addStretch(1)
    footer.addWidget(Text("已保存到本机 · 10:26:08", TypeRole.SMALL, quiet=True))
    footer.addWidget(Button("完成小结", Kind.PRIMARY, key="F8"))
    work.set_footer_shown(True)
    return work


def _context() -> ContextColumn:
    context = ContextColumn()
    why = KeyValues()
    why.add("截止", "今天 11:50（已用 1 时 10 分，跳过周末）")
    why.add("分给你", "华东组 · 家电技能 · 今日负荷最低")
    holder = QWidget()
    text = Paragraph("11-19 签收 → 计划“新客户首访”第 3 天，工作时间 9:00–18:00 内完成")
    holder.setLayout(column(SectionHeader("为什么是这一通"), text, why, gap=6))
    context.add(holder)
    who = KeyValues()
    who.add("等级", "VIP · 近一年 ¥58,320")
    who.add("电话", "138****1234", "显示")
    who.add("偏好", "上午 · 电话")
    tags = TagFlow()
    tags.set_things([Badge(w) for w in ("高意向", "空调", "老小区")])
    person = QWidget()
    person.setLayout(column(SectionHeader("客户", Button("更正", Kind.QUIET, small=True)), who, tags, gap=6))
    context.add(person)
    past = KeyValues()
    for day, what, more in (
        ("11-19", "安装完成", "师傅上门 1 次"),
        ("11-16", "订单 ¥3,299", "挂机空调 1.5 匹"),
        ("06-21", "投诉 · 已核实", "送货延误，补偿 50 元券"),
    ):
        past.add(day, what, more)
    history = QWidget()
    history.setLayout(column(SectionHeader("往来", Text("3", TypeRole.SMALL)), past, gap=6))
    context.add(history)
    return context


def team_frame() -> QWidget:
    """What a team leader sees."""
    team = ListColumn("团队")
    team.set_title("团队", "华东一组 · 8 人")
    team.add(SearchField("搜索", "坐席、计划、客户", "F3"))
    team.add(Segments("时段", [(w, w) for w in ("今天", "本周", "本月", "自选")]))
    model = _list_model(TEAM)
    rows = RowList("团队", model)
    rows.choose(model.id_at(0))
    team.set_body(rows)
    work = WorkColumn()
    work.header.line.addLayout(
        column(
            Text("华东一组", TypeRole.FIGURE),
            Text("今天 · 数据截至 10:26（本机副本）", TypeRole.SMALL, quiet=True),
            gap=2,
        ),
        1,
    )
    for button in (Button("改派所选"), Button("导出 Excel"), Button("派单", Kind.PRIMARY)):
        work.header.line.addWidget(button)
    stats = row(gap=12)
    for name, figure, note, tone in (
        ("应完成", "482", "昨天 455", None),
        ("已完成", "414", "完成率 86% ↑ 2", Tone.SUCCESS),
        ("逾期", "8", "较昨天 +3", Tone.DANGER),
        ("有效接触率", "63%", "CON1 · n=512", None),
        ("CSAT", "4.6", "92% 满意 · n=198", Tone.SUCCESS),
        ("NPS", "41", "95% 区间 34–48", None),
    ):
        card = StatCard(name)
        card.show_figure(figure, note, tone)
        stats.addWidget(card)
    work.body.addLayout(stats)
    trend = BarTrend("完成率与接通率", 100)
    heights = (62, 64, 61, 70, 72, 68, 74, 77, 73, 79, 82, 80, 84, 86)
    trend.show_bars([Bar(n, f"11-{n + 9:02}", h, str(h), line=58 + h / 9 - 7) for n, h in enumerate(heights)])
    causes = HorizontalBars("问题分类")
    names = (
        ("物流延误", 44),
        ("产品质量", 32),
        ("安装服务", 23),
        ("使用咨询", 19),
        ("售后态度", 9),
        ("价格", 6),
    )
    causes.show_bars([Bar(name, name, count, str(count)) for name, count in names])
    charts = row(gap=12)
    charts.addWidget(
        Card(SectionHeader("完成率与接通率", Text("近 14 天", TypeRole.SMALL, faint=True)), trend), 4
    )
    charts.addWidget(
        Card(SectionHeader("问题分类", Text("点击查看个案", TypeRole.SMALL, faint=True)), causes, 1), 3
    )
    work.body.addLayout(charts)
    work.body.addWidget(Card(_agents()), 1)
    return _frame(_rail(4), Columns(team, work))


def _agents() -> RowTable:
    columns: list[Column[int]] = [
        Column("坐席", lambda n: Cell(f"坐席 {n + 1:02}"), 140),
        Column("状态", lambda n: Cell(STATES[n % 5][0], STATES[n % 5][1], badge=True), 0),
        Column("待回访", lambda n: Cell(str(11 + n * 3)), 88, number=True),
        Column("逾期", lambda n: Cell(str(n % 3), Tone.DANGER if n % 3 else None), 88, number=True),
        Column("完成率", lambda n: Cell(f"{80 + n}%"), 96, number=True),
        Column("NPS", lambda n: Cell(str(25 + n)), 72, number=True),
    ]
    model: TableModel[int] = TableModel(lambda ids: None, columns)
    ids: list[Id] = [bytes([place]) * 16 for place in range(9)]
    model.set_ids(ids)
    rows: Mapping[Id, int] = {row_id: place for place, row_id in enumerate(ids[:8])}
    model.put_rows(rows)
    table = RowTable("坐席", model, several=True)
    table.selectRow(2)
    table.setMinimumHeight(320)
    table.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return table
