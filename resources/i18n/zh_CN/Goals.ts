<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Goals</name>
    <message numerus="yes">
        <source>%n day(s) left</source>
        <translation>
            <numerusform>剩 %n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>A goal says what is to be reached by when; it is measured every night.</source>
        <translation>目标写明到什么时候要达到什么，每晚自动测算。</translation>
    </message>
    <message>
        <source>All goals</source>
        <translation>全部目标</translation>
    </message>
    <message>
        <source>Bought again</source>
        <translation>复购率</translation>
    </message>
    <message>
        <source>Choose one from the list, or set a new one.</source>
        <translation>从列表中选一个，或新建一个。</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Contracts renewed</source>
        <translation>续费率</translation>
    </message>
    <message>
        <source>Customers reached</source>
        <translation>有效接触率</translation>
    </message>
    <message>
        <source>Find a goal</source>
        <translation>查找目标</translation>
    </message>
    <message>
        <source>Follow-ups completed</source>
        <translation>回访完成率</translation>
    </message>
    <message>
        <source>From (day)</source>
        <translation>开始日期</translation>
    </message>
    <message>
        <source>Goal</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Goals</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>How far it has come</source>
        <translation>进展</translation>
    </message>
    <message>
        <source>It is measured every night, for the first time after it was saved.</source>
        <translation>每晚测算一次，保存后的当晚首次测算。</translation>
    </message>
    <message>
        <source>Last measured</source>
        <translation>上次测算</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>当前值</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>未达成</translation>
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
        <source>New goal</source>
        <translation>新建目标</translation>
    </message>
    <message>
        <source>No goal is open</source>
        <translation>没有打开的目标</translation>
    </message>
    <message>
        <source>No goals here</source>
        <translation>还没有目标</translation>
    </message>
    <message>
        <source>Nothing chosen: everybody and everything counts.</source>
        <translation>不选表示不限范围。</translation>
    </message>
    <message>
        <source>One after the other, commas between them</source>
        <translation>逐个填写，用逗号隔开</translation>
    </message>
    <message>
        <source>Plans</source>
        <translation>回访计划</translation>
    </message>
    <message>
        <source>Product lines</source>
        <translation>产品线</translation>
    </message>
    <message>
        <source>Reached</source>
        <translation>已达成</translation>
    </message>
    <message>
        <source>Recommendation (NPS)</source>
        <translation>净推荐值（NPS）</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>地区</translation>
    </message>
    <message>
        <source>Satisfaction, mean (CSAT)</source>
        <translation>满意度均分（CSAT）</translation>
    </message>
    <message>
        <source>Satisfied (CSAT 4 or 5)</source>
        <translation>满意度达标率（CSAT 4–5 分）</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>出处</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标值</translation>
    </message>
    <message>
        <source>Teams</source>
        <translation>团队</translation>
    </message>
    <message>
        <source>Tiers</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Today&apos;s value</source>
        <translation>基线值</translation>
    </message>
    <message>
        <source>Under way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Until (day)</source>
        <translation>截止日期</translation>
    </message>
    <message>
        <source>What is measured</source>
        <translation>衡量指标</translation>
    </message>
    <message>
        <source>What is to be reached, and by when</source>
        <translation>要达到什么，到什么时候</translation>
    </message>
    <message>
        <source>Who answers for it</source>
        <translation>责任人</translation>
    </message>
    <message>
        <source>Whose</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>answers of 4 or 5, of all valid answers</source>
        <translation>有效评价中 4 分和 5 分的占比</translation>
    </message>
    <message>
        <source>attempts in which somebody was reached, of all attempts</source>
        <translation>外呼中接触到客户的占比</translation>
    </message>
    <message>
        <source>contracts renewed, of those that expire</source>
        <translation>到期合同中续签的占比</translation>
    </message>
    <message>
        <source>customers with two orders or more, of those who ordered</source>
        <translation>下单客户中下单两次及以上的占比</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>nothing counted yet</source>
        <translation>暂无数据</translation>
    </message>
    <message>
        <source>over</source>
        <translation>已截止</translation>
    </message>
    <message>
        <source>over {count}</source>
        <translation>样本 {count}</translation>
    </message>
    <message>
        <source>percent, {least} to {most}</source>
        <translation>百分比，{least} 到 {most}</translation>
    </message>
    <message>
        <source>points, {least} to {most}</source>
        <translation>分值，{least} 到 {most}</translation>
    </message>
    <message>
        <source>share of 9–10 less share of 0–6</source>
        <translation>9–10 分占比减 0–6 分占比</translation>
    </message>
    <message>
        <source>such as 2026-12-31</source>
        <translation>例如 2026-12-31</translation>
    </message>
    <message>
        <source>tasks closed with success, of those due</source>
        <translation>到期任务中成功办结的占比</translation>
    </message>
    <message>
        <source>the mean of all valid answers</source>
        <translation>全部有效评价的平均分</translation>
    </message>
    <message>
        <source>the target is reached</source>
        <translation>已达到目标</translation>
    </message>
    <message>
        <source>{percent}% of the way, {expected}% of the time</source>
        <translation>进度 {percent}%，时间已过 {expected}%</translation>
    </message>
    <message>
        <source>{percent}% of the way, {expected}% of the time, n={sample}</source>
        <translation>完成 {percent}%，时间已过 {expected}%，样本 {sample}</translation>
    </message>
    <message>
        <source>{value} of {target}</source>
        <translation>{value} / 目标 {target}</translation>
    </message>
</context>
</TS>
