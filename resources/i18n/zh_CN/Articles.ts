<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Articles</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>条目</translation>
    </message>
    <message>
        <source>Articles</source>
        <translation>条目</translation>
    </message>
    <message>
        <source>Bring back</source>
        <translation>恢复使用</translation>
    </message>
    <message>
        <source>Choose one from the list, or write a new one.</source>
        <translation>请从列表中选择，或新建条目。</translation>
    </message>
    <message>
        <source>Commas between them; the article is found by them, and by their pinyin</source>
        <translation>用逗号分隔；可按关键词、拼音及首字母查找</translation>
    </message>
    <message>
        <source>Find an article</source>
        <translation>查找条目</translation>
    </message>
    <message>
        <source>For which calls</source>
        <translation>适用目的</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Knowledge base</source>
        <translation>知识库</translation>
    </message>
    <message>
        <source>Last changed {at} · {who}</source>
        <translation>最近修改 {at} · {who}</translation>
    </message>
    <message>
        <source>Let it be</source>
        <translation>放弃修改</translation>
    </message>
    <message>
        <source>Needed</source>
        <translation>必填</translation>
    </message>
    <message>
        <source>New article</source>
        <translation>新建条目</translation>
    </message>
    <message>
        <source>No article is open</source>
        <translation>未打开条目</translation>
    </message>
    <message>
        <source>No articles here</source>
        <translation>没有条目</translation>
    </message>
    <message>
        <source>None chosen: for all calls</source>
        <translation>不选表示适用于全部</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>Retire</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Retired</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save mine all the same</source>
        <translation>仍保存我的版本</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>有人</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Try another word, or write a new one.</source>
        <translation>换个词试试，或新建条目。</translation>
    </message>
    <message>
        <source>What to say</source>
        <translation>话术内容</translation>
    </message>
    <message>
        <source>Which articles</source>
        <translation>条目范围</translation>
    </message>
    <message>
        <source>Words, pinyin or initials</source>
        <translation>文字、拼音或首字母</translation>
    </message>
    <message>
        <source>came with the program or from a file</source>
        <translation>系统自带或文件导入</translation>
    </message>
    <message>
        <source>{person} has changed this too meanwhile: {fields}. It stands now: {text}</source>
        <translation>{person}同时修改了{fields}，当前内容：{text}</translation>
    </message>
</context>
</TS>
