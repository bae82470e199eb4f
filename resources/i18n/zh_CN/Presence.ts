<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Presence</name>
    <message>
        <source>What are you doing?</source>
        <translation>选择坐席状态</translation>
    </message>
</context>
</TS>
