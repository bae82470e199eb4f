<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Conflicts</name>
    <message>
        <source>A call</source>
        <translation>一次拨打</translation>
    </message>
    <message>
        <source>A callback</source>
        <translation>约定回拨</translation>
    </message>
    <message>
        <source>A corrected field</source>
        <translation>更正客户资料</translation>
    </message>
    <message>
        <source>A corrected number</source>
        <translation>更正号码</translation>
    </message>
    <message>
        <source>A note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Answers of a call</source>
        <translation>问卷答案</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>原值</translation>
    </message>
    <message>
        <source>Callback</source>
        <translation>回拨时间</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>查看客户</translation>
    </message>
    <message>
        <source>Do not call</source>
        <translation>免打扰</translation>
    </message>
    <message>
        <source>Do not call lifted</source>
        <translation>解除免打扰</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已处理</translation>
    </message>
    <message>
        <source>Merged</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新值</translation>
    </message>
    <message>
        <source>Not taken</source>
        <translation>未被接受</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Nothing to look at</source>
        <translation>没有需要处理的冲突</translation>
    </message>
    <message>
        <source>Now it says</source>
        <translation>现在的值</translation>
    </message>
    <message>
        <source>Presence</source>
        <translation>坐席状态</translation>
    </message>
    <message>
        <source>Reassign a task</source>
        <translation>改派任务</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>小结</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>重新提交</translation>
    </message>
    <message>
        <source>Somebody else changed this too: {fields}. The later value stands.</source>
        <translation>其他人也改过：{fields}。以较晚的修改为准。</translation>
    </message>
    <message>
        <source>Take up a task</source>
        <translation>领取任务</translation>
    </message>
    <message>
        <source>When the server cannot take something you saved, it waits here. Nothing gets lost.</source>
        <translation>服务器没有接受的修改会留在这里，不会丢失。</translation>
    </message>
    <message>
        <source>Wrap-up of a call</source>
        <translation>通话小结</translation>
    </message>
</context>
</TS>
