<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Goals</name>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <translation>
            <numerusform>剩 %n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>Goals</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>nothing counted yet</source>
        <translation>暂无数据</translation>
    </message>
    <message>
        <source>{percent}% of the way, {expected}% of the time, n={sample}</source>
        <translation>完成 {percent}%，时间已过 {expected}%，样本 {sample}</translation>
    </message>
    <message>
        <source>{value} of {target}</source>
        <translation>{value} / 目标 {target}</translation>
    </message>
</context>
</TS>
