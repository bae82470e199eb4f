<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Moment</name>
    <message>
        <source>3/15 · last Mon · -7</source>
        <translation>3/15 · 上周一 · -7</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>周五</translation>
    </message>
    <message>
        <source>Mon</source>
        <translation>周一</translation>
    </message>
    <message>
        <source>Nobody understands this as a day</source>
        <translation>无法识别为日期</translation>
    </message>
    <message>
        <source>Often agreed</source>
        <translation>常用时间</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>周六</translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>周日</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>周四</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>周二</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>周三</translation>
    </message>
    <message>
        <source>tomorrow 10:30 · 3/15 9am · next Wed 14:00</source>
        <translation>明天 10:30 · 3/15 9点 · 下周三 14:00</translation>
    </message>
</context>
</TS>
