<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Doctor</name>
    <message numerus="yes">
        <source>Calls in progress: %n</source>
        <translation>
            <numerusform>进行中的通话草稿：%n</numerusform>
        </translation>
    </message>
    <message>
        <source>Everything is in order.</source>
        <translation>一切正常。</translation>
    </message>
    <message>
        <source>Not everything could be read; what is counted here could be.</source>
        <translation>部分内容无法读取，以上只统计了可读取的内容。</translation>
    </message>
    <message numerus="yes">
        <source>Not sent yet: %n</source>
        <translation>
            <numerusform>未上传：%n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Refused and not dealt with: %n</source>
        <translation>
            <numerusform>被退回且未处理：%n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Taken in, to be sent at the next contact: %n</source>
        <translation>
            <numerusform>已导入，下次联网时上传：%n</numerusform>
        </translation>
    </message>
    <message>
        <source>The data of this profile was deleted, as the supervisor had ordered.</source>
        <translation>此用户在本机的数据已按班长指令清除。</translation>
    </message>
    <message>
        <source>The file cannot be written: {why}</source>
        <translation>无法写入文件：{why}</translation>
    </message>
    <message>
        <source>This file was taken in before.</source>
        <translation>该文件此前已导入。</translation>
    </message>
    <message>
        <source>This is no file of unsent work, or it is damaged: {file}</source>
        <translation>不是未上传内容的文件，或文件已损坏：{file}</translation>
    </message>
    <message>
        <source>This person has not signed in on this computer.</source>
        <translation>此用户未在本机登录过。</translation>
    </message>
    <message>
        <source>Unsent work can be saved with: doctor --save-unsent FILE</source>
        <translation>可用 doctor --save-unsent 文件名 保存未上传的内容</translation>
    </message>
    <message>
        <source>Unsent work saved, sealed with this person&apos;s password: {file}</source>
        <translation>未上传的内容已保存，并以此用户的密码加密：{file}</translation>
    </message>
</context>
</TS>
