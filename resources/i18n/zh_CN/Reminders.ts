<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Reminders</name>
    <message>
        <source>Escalated: what was promised to {name} is open; due {due}, with {holder}</source>
        <translation>已升级：对{name}的承诺未兑现；截止 {due}，负责人 {holder}</translation>
    </message>
    <message>
        <source>Escalated: {name} was promised a call, {due}; with {holder}</source>
        <translation>已升级：与{name}约定 {due} 回拨；负责人 {holder}</translation>
    </message>
    <message>
        <source>Escalated: {name}, {label} is not accepted; due {due}, with {holder}</source>
        <translation>已升级：{name}·{label} 未受理；截止 {due}，负责人 {holder}</translation>
    </message>
    <message>
        <source>Escalated: {name}, {label} is not finished; due {due}, with {holder}</source>
        <translation>已升级：{name}·{label} 未完成；截止 {due}，负责人 {holder}</translation>
    </message>
    <message>
        <source>Not accepted yet: {name}, {label}; due {due}</source>
        <translation>尚未受理：{name}·{label}；截止 {due}</translation>
    </message>
    <message>
        <source>Not finished: {name}, {label}; due {due}</source>
        <translation>尚未完成：{name}·{label}；截止 {due}</translation>
    </message>
    <message>
        <source>What was promised to {name} is due: {due}</source>
        <translation>对{name}的承诺到期：{due}</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>无人</translation>
    </message>
    <message>
        <source>{name} was promised a call: {due}</source>
        <translation>与{name}约定回拨：{due}</translation>
    </message>
</context>
</TS>
