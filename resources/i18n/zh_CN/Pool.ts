<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Pool</name>
    <message numerus="yes">
        <source>%n pulled, yours until {moment}</source>
        <translation>
            <numerusform>已领取 %n 条，{moment}前归你</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n pulled; on their way</source>
        <translation>
            <numerusform>已领取 %n 条，正在同步</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing more for you now: finish what you have, or colleagues were faster.</source>
        <translation>暂无可领取的任务：请先完成手头任务，或已被同事领走。</translation>
    </message>
    <message>
        <source>Pull</source>
        <translation>领取</translation>
    </message>
    <message>
        <source>Pull tasks out of the team&apos;s pool</source>
        <translation>从公共池领取任务</translation>
    </message>
    <message>
        <source>Pulling…</source>
        <translation>领取中…</translation>
    </message>
    <message numerus="yes">
        <source>Team pool · %n waiting</source>
        <translation>
            <numerusform>公共池 · %n 条待领取</numerusform>
        </translation>
    </message>
    <message>
        <source>The team&apos;s pool</source>
        <translation>公共池</translation>
    </message>
</context>
</TS>
