<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Window</name>
    <message numerus="yes">
        <source>%n escalation(s) to look at</source>
        <translation>
            <numerusform>%n 条升级待处理</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to look at</source>
        <translation>
            <numerusform>%n 条待处理</numerusform>
        </translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>答卷</translation>
    </message>
    <message>
        <source>Articles</source>
        <translation>知识库</translation>
    </message>
    <message>
        <source>Calendar</source>
        <translation>日历</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>通话</translation>
    </message>
    <message>
        <source>Callback at {time}: {name}</source>
        <translation>{time} 约定回拨：{name}</translation>
    </message>
    <message>
        <source>Close the notice</source>
        <translation>关闭提醒</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Find anything</source>
        <translation>全局查找</translation>
    </message>
    <message>
        <source>Fold the right column</source>
        <translation>折叠右栏</translation>
    </message>
    <message>
        <source>Forms</source>
        <translation>表单</translation>
    </message>
    <message>
        <source>Goals</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Huifang · {name}</source>
        <translation>回访 · {name}</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Knowledge base</source>
        <translation>知识库</translation>
    </message>
    <message>
        <source>Ladders</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Noted in the log of this computer as {id}.</source>
        <translation>本机日志编号：{id}</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open the notice</source>
        <translation>打开提醒</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>导航</translation>
    </message>
    <message>
        <source>Plans</source>
        <translation>计划</translation>
    </message>
    <message>
        <source>Presence</source>
        <translation>坐席状态</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>队列</translation>
    </message>
    <message>
        <source>Raised</source>
        <translation>升级</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n customer(s) from this computer?</source>
        <translation>
            <numerusform>从本机移除 %n 位客户？</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove them</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Something went wrong. What was saved is safe; you can go on.</source>
        <translation>程序出了点问题。已保存的内容不受影响，可以继续工作。</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>团队</translation>
    </message>
    <message>
        <source>The server says that they are no longer yours. If you did not expect this, ask your supervisor first; nothing is removed until you agree.</source>
        <translation>服务器表示这些客户已不再归您负责。如果这不在预料之中，请先询问主管；确认之前不会移除任何资料。</translation>
    </message>
    <message>
        <source>Visits</source>
        <translation>走访</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
</context>
</TS>
