<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Customer</name>
    <message>
        <source>Add a file</source>
        <translation>添加附件</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>答卷</translation>
    </message>
    <message>
        <source>Callback</source>
        <translation>回拨</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>更正</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Customer number {code}</source>
        <translation>客户编号 {code}</translation>
    </message>
    <message>
        <source>Device {moment}</source>
        <translation>设备时间 {moment}</translation>
    </message>
    <message>
        <source>Do not call</source>
        <translation>免打扰</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>截止</translation>
    </message>
    <message>
        <source>Edition {number}</source>
        <translation>第 {number} 版</translation>
    </message>
    <message>
        <source>Enter adds the tag</source>
        <translation>按回车添加标签</translation>
    </message>
    <message>
        <source>Enter saves the note</source>
        <translation>按 Enter 保存备注</translation>
    </message>
    <message>
        <source>History</source>
        <translation>往来</translation>
    </message>
    <message>
        <source>Look at the answers and correct them</source>
        <translation>查看并更正答卷</translation>
    </message>
    <message>
        <source>Mood</source>
        <translation>情绪</translation>
    </message>
    <message>
        <source>New number</source>
        <translation>新号码</translation>
    </message>
    <message>
        <source>New tag</source>
        <translation>新标签</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Nothing else is open</source>
        <translation>没有其他未完事项</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>未完</translation>
    </message>
    <message>
        <source>Order {amount}</source>
        <translation>订单 {amount}</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>其他坐席</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地区</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>计划</translation>
    </message>
    <message>
        <source>Remove {tag}</source>
        <translation>移除 {tag}</translation>
    </message>
    <message>
        <source>Segment</source>
        <translation>客群</translation>
    </message>
    <message>
        <source>Server {moment}</source>
        <translation>服务器收到 {moment}</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>展开全部</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>团队</translation>
    </message>
    <message>
        <source>The customer of the task appears here.</source>
        <translation>打开任务后，这里显示客户资料。</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Why now</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>Why this call</source>
        <translation>为什么是这一通</translation>
    </message>
    <message>
        <source>Why you</source>
        <translation>分给你</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>写备注</translation>
    </message>
    <message>
        <source>in dispute, not called</source>
        <translation>有争议，暂停拨打</translation>
    </message>
    <message>
        <source>merged</source>
        <translation>已合并</translation>
    </message>
    <message>
        <source>merged with {fields}</source>
        <translation>与{fields}合并</translation>
    </message>
    <message>
        <source>not in service</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>offline update</source>
        <translation>离线更新</translation>
    </message>
    <message>
        <source>returned</source>
        <translation>已退货</translation>
    </message>
    <message numerus="yes">
        <source>{amount} in %n order(s)</source>
        <translation>
            <numerusform>%n 单共 {amount}</numerusform>
        </translation>
    </message>
    <message>
        <source>{edition}, after another correction</source>
        <translation>{edition}（其间另有更正）</translation>
    </message>
    <message>
        <source>{score} {before} → {now}</source>
        <translation>{score} {before} → {now}</translation>
    </message>
</context>
</TS>
