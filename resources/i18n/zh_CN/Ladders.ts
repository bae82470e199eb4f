<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Ladders</name>
    <message>
        <source>A ladder has one step or more</source>
        <translation>一条规则至少要有一级</translation>
    </message>
    <message>
        <source>A ladder says when somebody is reminded of what waits, and by what.</source>
        <translation>规则写明事情拖到什么时候提醒谁、用什么方式提醒。</translation>
    </message>
    <message>
        <source>Asked in which order</source>
        <translation>匹配顺序</translation>
    </message>
    <message>
        <source>Callbacks</source>
        <translation>约定回拨</translation>
    </message>
    <message>
        <source>Choose one from the list to see its steps and try them.</source>
        <translation>从列表中选一条，查看各级提醒并试算。</translation>
    </message>
    <message>
        <source>Classes in the queue</source>
        <translation>队列类别</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Due when</source>
        <translation>截止时间</translation>
    </message>
    <message>
        <source>Find a ladder</source>
        <translation>查找规则</translation>
    </message>
    <message>
        <source>For which</source>
        <translation>适用范围</translation>
    </message>
    <message>
        <source>Group robot</source>
        <translation>群机器人</translation>
    </message>
    <message>
        <source>Hand-over</source>
        <translation>收回转交</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Ladder</source>
        <translation>升级规则</translation>
    </message>
    <message>
        <source>Ladders</source>
        <translation>升级规则</translation>
    </message>
    <message>
        <source>Made when</source>
        <translation>创建时间</translation>
    </message>
    <message>
        <source>Made {created}, due {due}, and nobody does anything:</source>
        <translation>{created} 创建、{due} 截止，一直无人处理时：</translation>
    </message>
    <message>
        <source>Mail</source>
        <translation>邮件</translation>
    </message>
    <message>
        <source>Mail, text messages and robots wait for their end. The same twice: none.</source>
        <translation>邮件、短信和群机器人等时段结束后再发。起止相同表示不设。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name or source</source>
        <translation>名称或出处</translation>
    </message>
    <message>
        <source>New</source>
        <translation>新建</translation>
    </message>
    <message>
        <source>New ladder</source>
        <translation>新建规则</translation>
    </message>
    <message>
        <source>No ladder is open</source>
        <translation>没有打开的规则</translation>
    </message>
    <message>
        <source>No ladders here</source>
        <translation>还没有规则</translation>
    </message>
    <message>
        <source>Notice to the lead</source>
        <translation>通知主管</translation>
    </message>
    <message>
        <source>One more step</source>
        <translation>再加一级</translation>
    </message>
    <message>
        <source>Ordinary</source>
        <translation>普通</translation>
    </message>
    <message>
        <source>Plans</source>
        <translation>回访计划</translation>
    </message>
    <message>
        <source>Pop-up</source>
        <translation>弹窗</translation>
    </message>
    <message>
        <source>Promise</source>
        <translation>承诺</translation>
    </message>
    <message>
        <source>Promises</source>
        <translation>承诺</translation>
    </message>
    <message>
        <source>Purposes</source>
        <translation>回访目的</translation>
    </message>
    <message>
        <source>Quiet from</source>
        <translation>免打扰开始</translation>
    </message>
    <message>
        <source>Quiet hours</source>
        <translation>免打扰时段</translation>
    </message>
    <message>
        <source>Quiet until</source>
        <translation>免打扰结束</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Set</source>
        <translation>设定</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>出处</translation>
    </message>
    <message>
        <source>Step {number}</source>
        <translation>第 {number} 级</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>各级提醒</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Text message</source>
        <translation>短信</translation>
    </message>
    <message>
        <source>The first ladder that fits is the task&apos;s, and no other. Nothing chosen: it fits all.</source>
        <translation>按顺序匹配到的第一条规则生效，其他不再匹配。不选表示不限。</translation>
    </message>
    <message>
        <source>The ladder is not complete yet: look at its fields first.</source>
        <translation>规则还不完整，请先检查各项内容。</translation>
    </message>
    <message>
        <source>The smaller number is asked first</source>
        <translation>数字小的先匹配</translation>
    </message>
    <message>
        <source>Tiers</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>试算</translation>
    </message>
    <message>
        <source>Type a day and a time, such as Fri 16:30 or 3/15 9:00.</source>
        <translation>请输入日期和时间，例如 周五 16:30 或 3/15 9:00。</translation>
    </message>
    <message>
        <source>Type a time such as 21:00.</source>
        <translation>请输入时间，例如 21:00。</translation>
    </message>
    <message>
        <source>Verification of a complaint</source>
        <translation>投诉核实</translation>
    </message>
    <message>
        <source>What</source>
        <translation>基本信息</translation>
    </message>
    <message>
        <source>What it watches</source>
        <translation>针对什么</translation>
    </message>
    <message>
        <source>What would happen to a task?</source>
        <translation>一条任务会怎样提醒？</translation>
    </message>
    <message>
        <source>a working day later</source>
        <translation>一个工作日后</translation>
    </message>
    <message>
        <source>after it could be called</source>
        <translation>从可拨打起算</translation>
    </message>
    <message>
        <source>after it was due</source>
        <translation>从截止起算</translation>
    </message>
    <message>
        <source>after it was made</source>
        <translation>从创建起算</translation>
    </message>
    <message>
        <source>before it is due</source>
        <translation>从截止倒推</translation>
    </message>
    <message>
        <source>now · Fri 16:30</source>
        <translation>现在 · 周五 16:30</translation>
    </message>
    <message>
        <source>taken away; the lead gives it to somebody else</source>
        <translation>收回任务，由主管改派</translation>
    </message>
    <message>
        <source>to the group</source>
        <translation>发到群</translation>
    </message>
    <message>
        <source>to the team&apos;s leads</source>
        <translation>发给团队主管</translation>
    </message>
    <message>
        <source>to whoever has the task</source>
        <translation>发给任务的负责坐席</translation>
    </message>
    <message>
        <source>while it is open</source>
        <translation>未完成时</translation>
    </message>
    <message>
        <source>while nobody has accepted it</source>
        <translation>无人受理时</translation>
    </message>
    <message>
        <source>{span} before it is due</source>
        <translation>截止前 {span}</translation>
    </message>
    <message>
        <source>{span}: {means}</source>
        <translation>{span}：{means}</translation>
    </message>
    <message>
        <source>{step}: as long as</source>
        <translation>{step}：持续条件</translation>
    </message>
    <message>
        <source>{step}: by which means</source>
        <translation>{step}：提醒方式</translation>
    </message>
    <message>
        <source>{step}: counted from</source>
        <translation>{step}：起算点</translation>
    </message>
    <message>
        <source>{step}: earlier</source>
        <translation>{step}：上移</translation>
    </message>
    <message>
        <source>{step}: how long</source>
        <translation>{step}：时长</translation>
    </message>
    <message>
        <source>{step}: later</source>
        <translation>{step}：下移</translation>
    </message>
    <message>
        <source>{step}: take away</source>
        <translation>{step}：删除</translation>
    </message>
</context>
</TS>
