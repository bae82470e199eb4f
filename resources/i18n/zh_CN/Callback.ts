<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Callback</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Book a callback</source>
        <translation>约定回拨</translation>
    </message>
    <message>
        <source>Call back at *</source>
        <translation>回拨时间 *</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Promise it</source>
        <translation>约定</translation>
    </message>
    <message>
        <source>Time agreed</source>
        <translation>约定的时间</translation>
    </message>
    <message>
        <source>With whom</source>
        <translation>与谁约定</translation>
    </message>
    <message>
        <source>You call back yourself and are reminded before.</source>
        <translation>由您本人回拨，到点前会提醒。</translation>
    </message>
    <message>
        <source>{moment} is promised already; a new time replaces it.</source>
        <translation>已约定 {moment}；新的时间会取代它。</translation>
    </message>
</context>
</TS>
