<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Visits</name>
    <message numerus="yes">
        <source>%n dossier(s) on this device</source>
        <translation>
            <numerusform>本机存有 %n 份客户档案</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) to upload</source>
        <translation>
            <numerusform>%n 个文件待上传</numerusform>
        </translation>
    </message>
    <message>
        <source>Agreed for {moment}</source>
        <translation>约定时间 {moment}</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Due {moment}</source>
        <translation>截止 {moment}</translation>
    </message>
    <message>
        <source>Form complete</source>
        <translation>表单已填完</translation>
    </message>
    <message>
        <source>Next visit</source>
        <translation>下一家走访</translation>
    </message>
    <message>
        <source>No visit is left in these days.</source>
        <translation>这几天的走访都已完成。</translation>
    </message>
    <message>
        <source>No visits in these days</source>
        <translation>这几天没有走访</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已上传</translation>
    </message>
    <message>
        <source>Team pool</source>
        <translation>团队公共池</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>本周</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>走访中</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>走访</translation>
    </message>
    <message>
        <source>Visits that a plan or your supervisor hands out appear here, also without the network.</source>
        <translation>计划或主管派给您的走访会出现在这里，断网时也看得到。</translation>
    </message>
    <message>
        <source>Waits to be sent</source>
        <translation>待上传</translation>
    </message>
    <message>
        <source>Which days</source>
        <translation>日期范围</translation>
    </message>
    <message>
        <source>no address</source>
        <translation>未登记地址</translation>
    </message>
    <message>
        <source>{held} · in step as of {moment}</source>
        <translation>{held} · {moment} 已同步</translation>
    </message>
    <message>
        <source>{held} · not yet in step with the server</source>
        <translation>{held} · 尚未与服务器同步</translation>
    </message>
</context>
</TS>
