<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>StatusBar</name>
    <message>
        <source>Connect rate {rate}</source>
        <translation>接通率 {rate}</translation>
    </message>
    <message>
        <source>First sync paused: {figures}</source>
        <translation>首次同步已暂停：{figures}</translation>
    </message>
    <message>
        <source>First sync: {figures}</source>
        <translation>首次同步：{figures}</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Mean score {score}</source>
        <translation>平均满意度 {score}</translation>
    </message>
    <message>
        <source>Needs attention</source>
        <translation>需要处理</translation>
    </message>
    <message>
        <source>Offline since {since}</source>
        <translation>离线({since})</translation>
    </message>
    <message>
        <source>Syncing</source>
        <translation>正在同步</translation>
    </message>
    <message>
        <source>To look at: {count}</source>
        <translation>待处理 {count}</translation>
    </message>
    <message>
        <source>To send: {count}</source>
        <translation>待上传 {count}</translation>
    </message>
    <message>
        <source>Today {done} / {target}</source>
        <translation>今日 {done} / {target}</translation>
    </message>
    <message>
        <source>Up to date</source>
        <translation>已同步</translation>
    </message>
</context>
</TS>
