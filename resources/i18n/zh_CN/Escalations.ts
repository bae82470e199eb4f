<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Escalations</name>
    <message numerus="yes">
        <source>%n not sent</source>
        <translation>
            <numerusform>%n 条未送达</numerusform>
        </translation>
    </message>
    <message>
        <source>Callback</source>
        <translation>约定回拨</translation>
    </message>
    <message>
        <source>Came</source>
        <translation>提醒时间</translation>
    </message>
    <message>
        <source>Choose one from the list to see why it came.</source>
        <translation>请在左侧选择一条，查看升级原因。</translation>
    </message>
    <message>
        <source>Complaint</source>
        <translation>投诉核实</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>截止</translation>
    </message>
    <message>
        <source>Escalation</source>
        <translation>升级</translation>
    </message>
    <message>
        <source>Escalations</source>
        <translation>升级</translation>
    </message>
    <message>
        <source>Leave it where it is</source>
        <translation>取消改派</translation>
    </message>
    <message>
        <source>Mark as seen</source>
        <translation>标为已读</translation>
    </message>
    <message>
        <source>No entry is open</source>
        <translation>未选择升级</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>无人负责</translation>
    </message>
    <message>
        <source>Not sent</source>
        <translation>未送达</translation>
    </message>
    <message>
        <source>Nothing here</source>
        <translation>暂无升级</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>待处理</translation>
    </message>
    <message>
        <source>Promise</source>
        <translation>承诺</translation>
    </message>
    <message>
        <source>Reassign</source>
        <translation>改派</translation>
    </message>
    <message>
        <source>Reassign the task of {name} to</source>
        <translation>把 {name} 的任务改派给</translation>
    </message>
    <message>
        <source>Seen</source>
        <translation>已读</translation>
    </message>
    <message>
        <source>Step {step} of {steps}</source>
        <translation>第 {step} 级 / 共 {steps} 级</translation>
    </message>
    <message>
        <source>Take away</source>
        <translation>收回</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>接手</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>The other side could not be reached.</source>
        <translation>对方服务无法连接。</translation>
    </message>
    <message>
        <source>The other side did not answer in time.</source>
        <translation>对方服务未及时响应。</translation>
    </message>
    <message>
        <source>The other side refused the message.</source>
        <translation>对方服务拒收该消息。</translation>
    </message>
    <message>
        <source>The other side refused the sign-in.</source>
        <translation>对方服务拒绝登录。</translation>
    </message>
    <message>
        <source>There is no address or number to send it to.</source>
        <translation>没有可发送的邮箱或号码。</translation>
    </message>
    <message>
        <source>This channel is not set up at the server.</source>
        <translation>服务器未配置该渠道。</translation>
    </message>
    <message>
        <source>What a ladder raises to you, or cannot send, will stand here.</source>
        <translation>预警升级给您的任务，以及未能送达的提醒，会显示在这里。</translation>
    </message>
    <message>
        <source>Which entries</source>
        <translation>显示哪些</translation>
    </message>
    <message>
        <source>Why now</source>
        <translation>为什么是现在</translation>
    </message>
    <message>
        <source>With</source>
        <translation>负责人</translation>
    </message>
    <message>
        <source>group robot</source>
        <translation>群机器人</translation>
    </message>
    <message>
        <source>handed to the lead</source>
        <translation>移交主管</translation>
    </message>
    <message>
        <source>mail</source>
        <translation>邮件</translation>
    </message>
    <message>
        <source>notice to the lead</source>
        <translation>通知主管</translation>
    </message>
    <message>
        <source>pop-up</source>
        <translation>弹窗</translation>
    </message>
    <message>
        <source>text message</source>
        <translation>短信</translation>
    </message>
</context>
</TS>
