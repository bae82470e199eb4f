<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Knowledge</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Find in the knowledge base</source>
        <translation>搜索知识库</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>搜索结果</translation>
    </message>
    <message>
        <source>Key words or initials: print blurred, too expensive</source>
        <translation>关键词或拼音首字母，如：打印模糊、太贵了、tgl</translation>
    </message>
    <message>
        <source>Knowledge base</source>
        <translation>知识库</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>Read</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>The customer is upset: what soothes stands first</source>
        <translation>客户情绪不满：安抚与应急话术排在前面</translation>
    </message>
    <message>
        <source>Try another word. What is missing can be added by your administrator.</source>
        <translation>换个关键词试试；缺少的内容可请管理员补充。</translation>
    </message>
</context>
</TS>
