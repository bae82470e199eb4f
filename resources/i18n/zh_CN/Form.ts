<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Form</name>
    <message>
        <source>3/15 14:30</source>
        <translation>3/15 14:30</translation>
    </message>
    <message>
        <source>3/15 or 2026-3-15</source>
        <translation>3/15 或 2026-3-15</translation>
    </message>
    <message>
        <source>A number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>A whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>Alt+Enter begins a new line</source>
        <translation>Alt+回车换行</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>Number keys; 10 is the key - beside the 0</source>
        <translation>按数字键作答；10 分按 0 右边的 - 键</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>题目</translation>
    </message>
    <message>
        <source>Say</source>
        <translation>说</translation>
    </message>
    <message>
        <source>Several answers are possible</source>
        <translation>可多选，按字母键作答</translation>
    </message>
</context>
</TS>
