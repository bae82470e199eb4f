<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Calendar</name>
    <message>
        <source>A week of its own</source>
        <translation>单独设定的周工时</translation>
    </message>
    <message>
        <source>As the company</source>
        <translation>恢复沿用</translation>
    </message>
    <message>
        <source>As usual</source>
        <translation>照常</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>休息</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>公司</translation>
    </message>
    <message>
        <source>Day off</source>
        <translation>休息日</translation>
    </message>
    <message>
        <source>Days of the month</source>
        <translation>本月日期</translation>
    </message>
    <message>
        <source>From when</source>
        <translation>从何时起</translation>
    </message>
    <message>
        <source>Holiday</source>
        <translation>节假日</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>Hours of this day</source>
        <translation>当日时段</translation>
    </message>
    <message>
        <source>How much</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>Make-up day</source>
        <translation>调休上班</translation>
    </message>
    <message>
        <source>Month before</source>
        <translation>上个月</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name of this day</source>
        <translation>当日名称</translation>
    </message>
    <message>
        <source>Next month</source>
        <translation>下个月</translation>
    </message>
    <message>
        <source>Other hours</source>
        <translation>特殊时段</translation>
    </message>
    <message>
        <source>Save the week</source>
        <translation>保存周工时</translation>
    </message>
    <message>
        <source>Save this day</source>
        <translation>保存当日</translation>
    </message>
    <message>
        <source>Spring Festival</source>
        <translation>春节</translation>
    </message>
    <message>
        <source>Team {name}</source>
        <translation>团队 {name}</translation>
    </message>
    <message>
        <source>The company&apos;s week</source>
        <translation>沿用公司工时</translation>
    </message>
    <message>
        <source>The official days of this year are not published yet.</source>
        <translation>本年度放假安排尚未公布，暂按星期推算。</translation>
    </message>
    <message>
        <source>This day</source>
        <translation>当日安排</translation>
    </message>
    <message>
        <source>Time zone {name}</source>
        <translation>时区 {name}</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>试算</translation>
    </message>
    <message>
        <source>Try a sum</source>
        <translation>时效试算</translation>
    </message>
    <message>
        <source>Type a day and a time, such as Fri 16:30 or 3/15 9:00.</source>
        <translation>请填写日期和时间，如 周五 16:30 或 3/15 9:00。</translation>
    </message>
    <message>
        <source>Type a number that is not negative; days are whole.</source>
        <translation>请填写不小于 0 的数字，天数须为整数。</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>单位</translation>
    </message>
    <message>
        <source>Week</source>
        <translation>周工时</translation>
    </message>
    <message>
        <source>Whose calendar</source>
        <translation>查看谁的日历</translation>
    </message>
    <message>
        <source>Worked</source>
        <translation>上班</translation>
    </message>
    <message>
        <source>Working day</source>
        <translation>工作日</translation>
    </message>
    <message>
        <source>Working time</source>
        <translation>工作日历</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>休息</translation>
    </message>
    <message>
        <source>days</source>
        <translation>自然日</translation>
    </message>
    <message>
        <source>hours</source>
        <translation>自然小时</translation>
    </message>
    <message>
        <source>now · Fri 16:30</source>
        <translation>现在 · 周五 16:30</translation>
    </message>
    <message>
        <source>working days</source>
        <translation>工作日</translation>
    </message>
    <message>
        <source>working hours</source>
        <translation>工时</translation>
    </message>
    <message>
        <source>{year}-{month}</source>
        <translation>{year} 年 {month} 月</translation>
    </message>
    <message>
        <source>“{at}”: {problem}</source>
        <translation>“{at}”：{problem}</translation>
    </message>
</context>
</TS>
