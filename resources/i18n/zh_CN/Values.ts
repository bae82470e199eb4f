<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Values</name>
    <message>
        <source>Take away line {number}</source>
        <translation>删除第 {number} 行</translation>
    </message>
    <message>
        <source>days of the calendar</source>
        <translation>自然日</translation>
    </message>
    <message>
        <source>hours by the clock</source>
        <translation>自然小时</translation>
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
        <source>{amount} days</source>
        <translation>{amount} 天</translation>
    </message>
    <message>
        <source>{amount} h</source>
        <translation>{amount} 小时</translation>
    </message>
    <message>
        <source>{amount} working days</source>
        <translation>{amount} 个工作日</translation>
    </message>
    <message>
        <source>{amount} working hours</source>
        <translation>{amount} 工时</translation>
    </message>
    <message>
        <source>{name}: unit</source>
        <translation>{name}：单位</translation>
    </message>
</context>
</TS>
