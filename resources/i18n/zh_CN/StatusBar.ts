<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>StatusBar</name>
    <message numerus="yes">
        <source>%n file(s) refused</source>
        <translation>
            <numerusform>%n 个附件被退回</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) to send</source>
        <translation>
            <numerusform>%n 个附件待上传</numerusform>
        </translation>
    </message>
    <message>
        <source>Connect rate {rate}</source>
        <translation>接通率 {rate}</translation>
    </message>
    <message>
        <source>Files: {count} · {progress}</source>
        <translation>附件 {count} · {progress}</translation>
    </message>
    <message>
        <source>First sync paused</source>
        <translation>首次同步已暂停</translation>
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
        <translation>离线（{since}）</translation>
    </message>
    <message>
        <source>Sending files failed; it is tried again by itself.</source>
        <translation>附件上传失败，稍后会自动重试。</translation>
    </message>
    <message>
        <source>Syncing</source>
        <translation>正在同步</translation>
    </message>
    <message>
        <source>The entry that a file belongs to is sent before the file.</source>
        <translation>附件所属的记录先上传，然后上传附件。</translation>
    </message>
    <message>
        <source>The server cannot be reached; files are sent when it is there again.</source>
        <translation>现在连不上服务器，恢复后会自动上传。</translation>
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
    <message>
        <source>entry first</source>
        <translation>等记录先上传</translation>
    </message>
    <message>
        <source>server away</source>
        <translation>连不上服务器</translation>
    </message>
    <message>
        <source>tried again soon</source>
        <translation>稍后重试</translation>
    </message>
</context>
</TS>
