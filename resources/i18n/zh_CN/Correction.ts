<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Correction</name>
    <message>
        <source>Answers</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>Correct answers</source>
        <translation>更正答案</translation>
    </message>
    <message>
        <source>Edition {number} is on its way to the server and stays as it is.</source>
        <translation>第 {number} 版正在上传，内容不再改动。</translation>
    </message>
    <message>
        <source>Edition {number} stays as it is.</source>
        <translation>第 {number} 版保持原样。</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>稍后再改</translation>
    </message>
    <message>
        <source>Let it be</source>
        <translation>放弃更正</translation>
    </message>
    <message>
        <source>Nothing is lost: the answers stay as they are.</source>
        <translation>内容没有丢失，答案保持原样。</translation>
    </message>
    <message>
        <source>Resumed as it was saved {ago}.</source>
        <translation>已恢复，{ago}保存。</translation>
    </message>
    <message>
        <source>Save edition</source>
        <translation>保存新版</translation>
    </message>
    <message>
        <source>Save the edition, or go back and look again.</source>
        <translation>可以保存新版，也可以返回再看一遍。</translation>
    </message>
    <message>
        <source>The customer was given to somebody else.</source>
        <translation>客户已转给他人。</translation>
    </message>
    <message>
        <source>The form cannot be shown</source>
        <translation>表单无法显示</translation>
    </message>
    <message>
        <source>The form is at its end</source>
        <translation>表单已填完</translation>
    </message>
    <message>
        <source>These answers are no longer here</source>
        <translation>这些答案已不在本机</translation>
    </message>
    <message>
        <source>What you save here becomes the next edition.</source>
        <translation>在此保存的内容将成为新的一版。</translation>
    </message>
    <message>
        <source>Who recorded it or leads the team may correct it.</source>
        <translation>只有填写人或班组主管可以更正。</translation>
    </message>
    <message>
        <source>{form} · edition {number}</source>
        <translation>{form} · 第 {number} 版</translation>
    </message>
</context>
</TS>
