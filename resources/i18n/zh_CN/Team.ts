<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Team</name>
    <message numerus="yes">
        <source>%n attempt(s)</source>
        <translation>
            <numerusform>第 %n 次</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more of those chosen are closed and stay as they are.</source>
        <translation>
            <numerusform>所选中另有 %n 条已结束，不作改派。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%n 人</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n task(s)</source>
        <translation>
            <numerusform>%n 条任务</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n task(s) moved, the load is even</source>
        <translation>
            <numerusform>已调整 %n 条任务，任务量已均衡</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n task(s) now with {name}</source>
        <translation>
            <numerusform>已将 %n 条任务改派给{name}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n task(s) stay where they are:</source>
        <translation>
            <numerusform>%n 条任务未改派：</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>95% CI {low} to {high}</source>
        <translation>95% 区间 {low} 至 {high}</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>坐席</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>坐席</translation>
    </message>
    <message>
        <source>All agents</source>
        <translation>全部坐席</translation>
    </message>
    <message>
        <source>All teams</source>
        <translation>全部团队</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已接通</translation>
    </message>
    <message>
        <source>Answered calls ÷ dialled calls, by the end of the call.</source>
        <translation>接通数 ÷ 外呼数，按通话结束时间统计。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Back to the figures</source>
        <translation>返回指标</translation>
    </message>
    <message>
        <source>By plan</source>
        <translation>按计划</translation>
    </message>
    <message>
        <source>By plan or by result</source>
        <translation>按计划或按结果</translation>
    </message>
    <message>
        <source>By result</source>
        <translation>按结果</translation>
    </message>
    <message>
        <source>CSAT</source>
        <translation>满意度</translation>
    </message>
    <message>
        <source>Called</source>
        <translation>已外呼</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Completion</source>
        <translation>完成率</translation>
    </message>
    <message>
        <source>Completion %</source>
        <translation>完成率 %</translation>
    </message>
    <message>
        <source>Completion and connect rates, last 14 days</source>
        <translation>完成率与接通率，近 14 天</translation>
    </message>
    <message>
        <source>Connect rate</source>
        <translation>接通率</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>接通率</translation>
    </message>
    <message>
        <source>Connected %</source>
        <translation>接通率 %</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Done this month</source>
        <translation>本月完成</translation>
    </message>
    <message>
        <source>Done this week</source>
        <translation>本周完成</translation>
    </message>
    <message>
        <source>Done today</source>
        <translation>今日完成</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>应完成</translation>
    </message>
    <message>
        <source>Due at</source>
        <translation>截止</translation>
    </message>
    <message>
        <source>Due before now and still open</source>
        <translation>已过截止时间、尚未完成</translation>
    </message>
    <message>
        <source>Even out</source>
        <translation>均衡</translation>
    </message>
    <message numerus="yes">
        <source>Even out by moving %n task(s)</source>
        <translation>
            <numerusform>调整 %n 条任务以均衡</numerusform>
        </translation>
    </message>
    <message>
        <source>Even the load out</source>
        <translation>均衡任务量</translation>
    </message>
    <message>
        <source>Evening out</source>
        <translation>均衡方案</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>Fri</source>
        <translation>周五</translation>
    </message>
    <message>
        <source>Give</source>
        <translation>改派</translation>
    </message>
    <message numerus="yes">
        <source>Give %n task(s) to</source>
        <translation>
            <numerusform>改派 %n 条任务给</numerusform>
        </translation>
    </message>
    <message>
        <source>Give to</source>
        <translation>改派给</translation>
    </message>
    <message>
        <source>In the team&apos;s pool, or waiting for an owner</source>
        <translation>在公共池，或等待派单</translation>
    </message>
    <message>
        <source>Last call</source>
        <translation>最近结果</translation>
    </message>
    <message>
        <source>Leave</source>
        <translation>请假</translation>
    </message>
    <message>
        <source>Mean of the answers 1–5; satisfied are 4 and 5. {count} answer sheets without a score.</source>
        <translation>1–5 分有效答案的均值，4、5 分为满意；另有 {count} 份答卷未评分。</translation>
    </message>
    <message>
        <source>Mon</source>
        <translation>周一</translation>
    </message>
    <message>
        <source>NPS</source>
        <translation>NPS</translation>
    </message>
    <message>
        <source>No calls in this period yet.</source>
        <translation>本时段还没有通话。</translation>
    </message>
    <message>
        <source>No tasks here</source>
        <translation>没有任务</translation>
    </message>
    <message>
        <source>None of the chosen tasks is open any more.</source>
        <translation>所选任务都已结束，不能改派。</translation>
    </message>
    <message>
        <source>Not dialled yet</source>
        <translation>未拨打</translation>
    </message>
    <message>
        <source>Not heard of</source>
        <translation>未上线</translation>
    </message>
    <message>
        <source>Nothing belongs to this figure at the moment.</source>
        <translation>这一指标目前没有对应的任务。</translation>
    </message>
    <message>
        <source>Nothing is due in this period.</source>
        <translation>本时段没有到期的任务。</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>休</translation>
    </message>
    <message>
        <source>Open tasks whose due time has passed, as of now.</source>
        <translation>截至现在，已过截止时间而未完成的任务。</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>逾期</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>Plan and reason</source>
        <translation>计划与原因</translation>
    </message>
    <message>
        <source>Press a day, or Enter on it; pressed again, it is as usual.</source>
        <translation>点击某天或按回车设置，再按一次恢复默认。</translation>
    </message>
    <message>
        <source>Reassign</source>
        <translation>改派</translation>
    </message>
    <message>
        <source>Reassign chosen tasks</source>
        <translation>改派所选</translation>
    </message>
    <message>
        <source>Reassigning: {done} of {total}</source>
        <translation>改派中：{done}/{total}</translation>
    </message>
    <message>
        <source>Roster</source>
        <translation>排班</translation>
    </message>
    <message>
        <source>Roster · {week}</source>
        <translation>排班 · {week}</translation>
    </message>
    <message>
        <source>Sat</source>
        <translation>周六</translation>
    </message>
    <message>
        <source>Share of 9–10 minus share of 0–6, with its 95 % confidence interval.</source>
        <translation>9–10 分占比减 0–6 分占比，附 95% 置信区间。</translation>
    </message>
    <message>
        <source>Since {moment}</source>
        <translation>自 {moment}</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message numerus="yes">
        <source>Stopped; %n task(s) stay where they are.</source>
        <translation>
            <numerusform>已停止，%n 条任务保持不变。</numerusform>
        </translation>
    </message>
    <message>
        <source>Sun</source>
        <translation>周日</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Tasks due in the period with a success ÷ tasks due. Finished in the period: {done}.</source>
        <translation>本时段到期任务中成功完成的 ÷ 到期任务；本时段内结束 {done} 条。</translation>
    </message>
    <message>
        <source>Tasks due in the period; cancelled ones are not counted.</source>
        <translation>本时段到期的任务，已取消的不计。</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>团队</translation>
    </message>
    <message>
        <source>Team pool</source>
        <translation>公共池</translation>
    </message>
    <message>
        <source>The load is even</source>
        <translation>任务量已均衡</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>本月</translation>
    </message>
    <message>
        <source>This week</source>
        <translation>本周</translation>
    </message>
    <message>
        <source>Thu</source>
        <translation>周四</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Tue</source>
        <translation>周二</translation>
    </message>
    <message>
        <source>Unassigned</source>
        <translation>未分配</translation>
    </message>
    <message>
        <source>Undo reassigning</source>
        <translation>撤销改派</translation>
    </message>
    <message>
        <source>Usual hours</source>
        <translation>常规</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>待回访</translation>
    </message>
    <message>
        <source>Wed</source>
        <translation>周三</translation>
    </message>
    <message>
        <source>Week after</source>
        <translation>下一周</translation>
    </message>
    <message>
        <source>Week before</source>
        <translation>上一周</translation>
    </message>
    <message>
        <source>What a press on a day sets</source>
        <translation>点击设置为</translation>
    </message>
    <message>
        <source>What is begun, promised or pulled stays, and so do customers with their own agent. Nobody gets what he has not the skills for.</source>
        <translation>已开始、已预约、已领取的任务以及专属客户的任务不动；不会分给技能不符的坐席。</translation>
    </message>
    <message>
        <source>Which tasks</source>
        <translation>任务范围</translation>
    </message>
    <message>
        <source>Whoever of the team is free takes them</source>
        <translation>由团队中空闲的坐席领取</translation>
    </message>
    <message>
        <source>With recommendation</source>
        <translation>有推荐评分</translation>
    </message>
    <message>
        <source>With satisfaction</source>
        <translation>有满意度评分</translation>
    </message>
    <message>
        <source>Without a plan</source>
        <translation>无计划</translation>
    </message>
    <message>
        <source>Work</source>
        <translation>上班</translation>
    </message>
    <message>
        <source>Yesterday {count}</source>
        <translation>昨天 {count}</translation>
    </message>
    <message>
        <source>as of {moment} (this desk&apos;s copy)</source>
        <translation>数据截至 {moment}（本机副本）</translation>
    </message>
    <message>
        <source>calls</source>
        <translation>通</translation>
    </message>
    <message>
        <source>completed / due</source>
        <translation>完成 / 应完成</translation>
    </message>
    <message>
        <source>last 14 days</source>
        <translation>近 14 天</translation>
    </message>
    <message>
        <source>of {waiting} waiting</source>
        <translation>待回访 {waiting}</translation>
    </message>
    <message>
        <source>the team&apos;s pool</source>
        <translation>公共池</translation>
    </message>
    <message>
        <source>this desk&apos;s copy is not complete yet</source>
        <translation>本机副本尚未同步完整</translation>
    </message>
    <message>
        <source>{answered} answered of {dialled} calls</source>
        <translation>接通 {answered} / 外呼 {dialled}</translation>
    </message>
    <message>
        <source>{answered} of {dialled} calls</source>
        <translation>接通 {answered} / {dialled}</translation>
    </message>
    <message>
        <source>{chosen} tasks are chosen; at most {most} can be reassigned at once.</source>
        <translation>已选 {chosen} 条；一次最多改派 {most} 条。</translation>
    </message>
    <message>
        <source>{completed} completed of {due} due</source>
        <translation>完成 {completed} / 应完成 {due}</translation>
    </message>
    <message>
        <source>{count} chosen</source>
        <translation>已选 {count} 条</translation>
    </message>
    <message>
        <source>{count} more cancelled</source>
        <translation>另取消 {count}</translation>
    </message>
    <message>
        <source>{count} overdue</source>
        <translation>逾期 {count}</translation>
    </message>
    <message>
        <source>{day}: {completed} of {due} completed ({completion}), {answered} of {dialled} connected ({connect})</source>
        <translation>{day}：完成 {completed}/{due}（{completion}），接通 {answered}/{dialled}（{connect}）</translation>
    </message>
    <message>
        <source>{giver} → {taker}</source>
        <translation>{giver} → {taker}</translation>
    </message>
    <message>
        <source>{plan}: {share} completed</source>
        <translation>{plan}：完成率 {share}</translation>
    </message>
    <message numerus="yes">
        <source>{result}: %n call(s)</source>
        <translation>
            <numerusform>{result}：%n 通</numerusform>
        </translation>
    </message>
    <message>
        <source>{share} completed</source>
        <translation>完成率 {share}</translation>
    </message>
    <message>
        <source>{share} satisfied</source>
        <translation>{share} 满意</translation>
    </message>
    <message>
        <source>{waiting} waiting · {overdue} overdue</source>
        <translation>待回访 {waiting} · 逾期 {overdue}</translation>
    </message>
    <message>
        <source>{waiting} waiting · {share} completed</source>
        <translation>待回访 {waiting} · 完成率 {share}</translation>
    </message>
</context>
</TS>
