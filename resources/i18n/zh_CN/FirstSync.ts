<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>FirstSync</name>
    <message>
        <source>Asking the server</source>
        <translation>正在询问服务器</translation>
    </message>
    <message>
        <source>First sync goes on when the server is there. Lists and figures are incomplete.</source>
        <translation>连上服务器后会继续首次同步。列表和数字还不完整。</translation>
    </message>
    <message>
        <source>First sync paused. Lists and figures are incomplete.</source>
        <translation>首次同步已暂停。列表和数字还不完整。</translation>
    </message>
    <message>
        <source>First sync. Lists and figures are incomplete until it is over.</source>
        <translation>正在首次同步，完成前列表和数字还不完整。</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>{rows} of {total} rows</source>
        <translation>{rows} / {total} 条</translation>
    </message>
    <message>
        <source>{span} left</source>
        <translation>还需 {span}</translation>
    </message>
</context>
</TS>
