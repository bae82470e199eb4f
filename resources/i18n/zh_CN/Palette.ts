<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Palette</name>
    <message>
        <source>An action, a customer, a setting</source>
        <translation>操作、客户或设置</translation>
    </message>
    <message>
        <source>Find anything</source>
        <translation>全局查找</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>查找结果</translation>
    </message>
    <message>
        <source>Nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>Try another piece of a name, its pinyin or initials, or the last digits.</source>
        <translation>换个姓名片段、拼音或首字母，或输入号码尾号试试。</translation>
    </message>
</context>
</TS>
