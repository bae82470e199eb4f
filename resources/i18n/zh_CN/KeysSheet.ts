<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>KeysSheet</name>
    <message>
        <source>Any key closes this</source>
        <translation>按任意键关闭</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>↑ ↓ show the rest, any other key closes this</source>
        <translation>按 ↑ ↓ 查看其余，按其他任意键关闭</translation>
    </message>
</context>
</TS>
