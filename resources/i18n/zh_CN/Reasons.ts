<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Reasons</name>
    <message>
        <source> (make-up working day)</source>
        <translation>（调休上班）</translation>
    </message>
    <message numerus="yes">
        <source>%n attempt(s) a day at most</source>
        <translation>
            <numerusform>每天最多拨打 %n 次</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) to the end of the contract</source>
        <translation>
            <numerusform>距合同到期还有%n天</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) without contact</source>
        <translation>
            <numerusform>%n天无跟进</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n for other products</source>
        <translation>
            <numerusform>%n 人负责其他产品线</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n for other regions</source>
        <translation>
            <numerusform>%n 人负责其他地区</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not at work that day</source>
        <translation>
            <numerusform>%n 人当日不上班</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not signed in</source>
        <translation>
            <numerusform>%n 人未在线</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open task(s) before it</source>
        <translation>
            <numerusform>此前在手 %n 条</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) before it left out: past when the ladder began</source>
        <translation>
            <numerusform>之前的 %n 级在启用阶梯时已过，不再补发</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with a full day</source>
        <translation>
            <numerusform>%n 人当日已满</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with less experience</source>
        <translation>
            <numerusform>%n 人经验等级不足</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n with more open tasks or less fitting</source>
        <translation>
            <numerusform>%n 人在手更多或匹配度较低</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without the language</source>
        <translation>
            <numerusform>%n 人不会该语言</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without the skill</source>
        <translation>
            <numerusform>%n 人缺少所需技能</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Already called {most} times in 24 hours; possible from {free} on.</source>
        <translation>24 小时内已拨打 {most} 次，{free} 起可以再拨。</translation>
    </message>
    <message>
        <source>Already called {most} times in 5 minutes; possible from {free} on.</source>
        <translation>5 分钟内已拨打 {most} 次，{free} 起可以再拨。</translation>
    </message>
    <message>
        <source>Already called {most} times in 7 days; possible from {free} on.</source>
        <translation>7 天内已拨打 {most} 次，{free} 起可以再拨。</translation>
    </message>
    <message>
        <source>Already reached {most} times in 24 hours; possible from {free} on.</source>
        <translation>24 小时内已联系到 {most} 次，{free} 起可以再联系。</translation>
    </message>
    <message>
        <source>Already reached {most} times in 7 days; possible from {free} on.</source>
        <translation>7 天内已联系到 {most} 次，{free} 起可以再联系。</translation>
    </message>
    <message>
        <source>Cantonese</source>
        <translation>粤语</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>Consent declined on {moment}: {purpose}</source>
        <translation>客户于{moment}不同意：{purpose}</translation>
    </message>
    <message>
        <source>Consent withdrawn on {moment}: {purpose}</source>
        <translation>客户于{moment}撤回同意：{purpose}</translation>
    </message>
    <message>
        <source>Contacted within the last {most}; possible from {free} on.</source>
        <translation>{most}内已联系过，{free} 起可以再联系。</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英语</translation>
    </message>
    <message>
        <source>Less than {most} minutes since the last call; possible from {free} on.</source>
        <translation>距上次拨打不足 {most} 分钟，{free} 起可以再拨。</translation>
    </message>
    <message>
        <source>Never asked for consent: {purpose}</source>
        <translation>未征得同意：{purpose}</translation>
    </message>
    <message>
        <source>Surveys do better between {start} and {end}.</source>
        <translation>调研放在 {start}–{end} 效果更好。</translation>
    </message>
    <message>
        <source>The do-not-call list has not been fetched yet.</source>
        <translation>免打扰名单还没有取到。</translation>
    </message>
    <message>
        <source>The do-not-call list is of {moment}, older than {hours} hours.</source>
        <translation>免打扰名单停留在{moment}，已超过 {hours} 小时。</translation>
    </message>
    <message>
        <source>Today is no working day; surveys do better on working days.</source>
        <translation>今天不是工作日，调研放在工作日效果更好。</translation>
    </message>
    <message>
        <source>VIP first</source>
        <translation>VIP 优先</translation>
    </message>
    <message>
        <source>a colleague speaks with the customer since {moment}</source>
        <translation>同事正在与该客户通话（{moment} 起）</translation>
    </message>
    <message>
        <source>a colleague&apos;s appointment: {moment}</source>
        <translation>同事的约定：{moment}</translation>
    </message>
    <message>
        <source>activity fell from {before} to {recent} in {days} days</source>
        <translation>{days}天内活跃次数由{before}降至{recent}</translation>
    </message>
    <message>
        <source>after the complaint of {moment}</source>
        <translation>{moment}投诉后</translation>
    </message>
    <message>
        <source>after the delivery on {moment}</source>
        <translation>{moment}交付后</translation>
    </message>
    <message>
        <source>after the enquiry of {moment}</source>
        <translation>{moment}咨询后</translation>
    </message>
    <message>
        <source>after the go-live on {moment}</source>
        <translation>{moment}上线后</translation>
    </message>
    <message>
        <source>after the installation on {moment}</source>
        <translation>{moment}安装后</translation>
    </message>
    <message>
        <source>after the signing on {moment}</source>
        <translation>{moment}签约后</translation>
    </message>
    <message>
        <source>after the visit on {moment}</source>
        <translation>{moment}到访后</translation>
    </message>
    <message>
        <source>again after {span}</source>
        <translation>{span}后再拨</translation>
    </message>
    <message>
        <source>again at once</source>
        <translation>可立即再拨</translation>
    </message>
    <message numerus="yes">
        <source>all %n attempt(s) used</source>
        <translation>
            <numerusform>%n 次拨打机会已用完</numerusform>
        </translation>
    </message>
    <message>
        <source>anniversary of the contract on {on}</source>
        <translation>合同周年 {on}</translation>
    </message>
    <message>
        <source>another part of the day: {part}</source>
        <translation>换时段：{part}</translation>
    </message>
    <message>
        <source>appointment at {moment}</source>
        <translation>约定 {moment}</translation>
    </message>
    <message>
        <source>appointment missed: {moment}</source>
        <translation>约定已过：{moment}</translation>
    </message>
    <message>
        <source>as well: {purposes}</source>
        <translation>同时：{purposes}</translation>
    </message>
    <message>
        <source>asks for another skill: {wanted}</source>
        <translation>需要其他技能：{wanted}</translation>
    </message>
    <message>
        <source>at the time agreed</source>
        <translation>按约定时间回拨</translation>
    </message>
    <message>
        <source>birthday on {on}</source>
        <translation>生日 {on}</translation>
    </message>
    <message>
        <source>bought again on {ordered_on}</source>
        <translation>{ordered_on} 复购</translation>
    </message>
    <message>
        <source>by due time: {moment}</source>
        <translation>按截止时间：{moment}</translation>
    </message>
    <message>
        <source>chosen by hand</source>
        <translation>人工挑选</translation>
    </message>
    <message>
        <source>closed then; moved back to {moment}</source>
        <translation>当时非工作时间，提前到 {moment}</translation>
    </message>
    <message>
        <source>closed then; moved to {moment}</source>
        <translation>当时不在工作时间，顺延到{moment}</translation>
    </message>
    <message>
        <source>complaint solved on {moment}</source>
        <translation>{moment}投诉处理完毕</translation>
    </message>
    <message>
        <source>complaint to be verified, {due}</source>
        <translation>投诉待核实，{due}</translation>
    </message>
    <message>
        <source>complaints rose from {before} to {recent} in {days} days</source>
        <translation>{days}天内投诉由{before}次升至{recent}次</translation>
    </message>
    <message>
        <source>contact {step} of {steps}</source>
        <translation>第{step}次回访（共{steps}次）</translation>
    </message>
    <message>
        <source>contract ended on {on}</source>
        <translation>合同已于 {on} 到期</translation>
    </message>
    <message>
        <source>counted back from when it is due, {moment}</source>
        <translation>从截止时间倒推：{moment}</translation>
    </message>
    <message>
        <source>counted from when it could be begun, {moment}</source>
        <translation>从可开始时起算：{moment}</translation>
    </message>
    <message>
        <source>counted from when it was due, {moment}</source>
        <translation>从截止时间起算：{moment}</translation>
    </message>
    <message>
        <source>counted from when it was given to its holder, {moment}</source>
        <translation>从派给负责人时起算：{moment}</translation>
    </message>
    <message>
        <source>counted from when it was made, {moment}</source>
        <translation>从创建时起算：{moment}</translation>
    </message>
    <message>
        <source>course ended on {moment}</source>
        <translation>{moment}结课</translation>
    </message>
    <message numerus="yes">
        <source>day %n after delivery</source>
        <translation>
            <numerusform>签收后第%n天</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>day %n after shipping</source>
        <translation>
            <numerusform>发货后第%n天</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>day %n after the order</source>
        <translation>
            <numerusform>下单后第%n天</numerusform>
        </translation>
    </message>
    <message>
        <source>declined before: for a refusal converter</source>
        <translation>此前婉拒，转拒访转化坐席</translation>
    </message>
    <message>
        <source>do not call ({scope}): {source}, {moment}</source>
        <translation>免打扰（{scope}）：{source}，{moment}</translation>
    </message>
    <message>
        <source>enquiry of {moment} unanswered for {hours} hours</source>
        <translation>{moment}的咨询超过{hours}小时未回复</translation>
    </message>
    <message>
        <source>experience {level}</source>
        <translation>经验 {level} 级</translation>
    </message>
    <message>
        <source>finished: {disposition}</source>
        <translation>已结束：{disposition}</translation>
    </message>
    <message>
        <source>from an imported list</source>
        <translation>导入名单</translation>
    </message>
    <message>
        <source>given by the supervisor</source>
        <translation>主管指派</translation>
    </message>
    <message>
        <source>half-yearly</source>
        <translation>每半年</translation>
    </message>
    <message>
        <source>has another task of the customer</source>
        <translation>已持有该客户的其他任务</translation>
    </message>
    <message>
        <source>lies in the team&apos;s pool: pull it first</source>
        <translation>在公共池中，请先领取</translation>
    </message>
    <message>
        <source>monthly</source>
        <translation>每月</translation>
    </message>
    <message>
        <source>named by the plan</source>
        <translation>计划指定</translation>
    </message>
    <message>
        <source>not before {moment}</source>
        <translation>{moment}之后</translation>
    </message>
    <message>
        <source>not done in time by who had pulled it</source>
        <translation>领取人未按时完成，重新分派</translation>
    </message>
    <message>
        <source>outside {start}–{end}</source>
        <translation>超出{start}–{end}</translation>
    </message>
    <message>
        <source>promise, {due}</source>
        <translation>承诺事项，{due}</translation>
    </message>
    <message>
        <source>pulled until {moment}; it goes back to the pool</source>
        <translation>领取已于{moment}到期，将退回公共池</translation>
    </message>
    <message>
        <source>quarterly</source>
        <translation>每季度</translation>
    </message>
    <message>
        <source>quiet hours; sent at {moment}</source>
        <translation>免打扰时段，顺延至 {moment} 发送</translation>
    </message>
    <message>
        <source>refusal conversion</source>
        <translation>拒访转化</translation>
    </message>
    <message>
        <source>taken from the team&apos;s pool</source>
        <translation>从团队公共池领取</translation>
    </message>
    <message>
        <source>taken over: account disabled</source>
        <translation>原坐席账号已停用，改派</translation>
    </message>
    <message>
        <source>taken over: not heard of for long</source>
        <translation>原坐席长时间未上线，改派</translation>
    </message>
    <message>
        <source>taken over: on leave</source>
        <translation>原坐席请假，改派</translation>
    </message>
    <message>
        <source>the customer&apos;s own agent</source>
        <translation>客户专属坐席</translation>
    </message>
    <message>
        <source>the plan is paused: {plan}</source>
        <translation>计划已暂停：{plan}</translation>
    </message>
    <message>
        <source>the team&apos;s supervisor</source>
        <translation>班组主管</translation>
    </message>
    <message>
        <source>ticket solved on {moment}</source>
        <translation>{moment}工单解决</translation>
    </message>
    <message numerus="yes">
        <source>tried %n time(s)</source>
        <translation>
            <numerusform>已拨打 %n 次</numerusform>
        </translation>
    </message>
    <message>
        <source>two different numbers: the supervisor decides</source>
        <translation>号码有争议，待主管确认</translation>
    </message>
    <message>
        <source>weekly</source>
        <translation>每周</translation>
    </message>
    <message>
        <source>with the supervisor</source>
        <translation>已转主管</translation>
    </message>
    <message>
        <source>yearly</source>
        <translation>每年</translation>
    </message>
    <message>
        <source>{days} days without contact, at most {most} are meant</source>
        <translation>{days}天未联系，应不超过{most}天</translation>
    </message>
    <message>
        <source>{days} days, every day counts: until {end}</source>
        <translation>{days} 个自然日，到{end}</translation>
    </message>
    <message>
        <source>{days} skipped: public holiday</source>
        <translation>跳过{days}：法定节假日</translation>
    </message>
    <message>
        <source>{days} skipped: weekend</source>
        <translation>跳过{days}：周末</translation>
    </message>
    <message numerus="yes">
        <source>{days}: %n working day(s)</source>
        <translation>
            <numerusform>{days}：%n 个工作日</numerusform>
        </translation>
    </message>
    <message>
        <source>{disposition}; again from {moment} on</source>
        <translation>{disposition}，{moment} 起再拨</translation>
    </message>
    <message>
        <source>{festival} on {on}</source>
        <translation>{festival} {on}</translation>
    </message>
    <message>
        <source>{first} to {last}</source>
        <translation>{first}至{last}</translation>
    </message>
    <message>
        <source>{measure} was {score}</source>
        <translation>{measure} {score} 分</translation>
    </message>
    <message>
        <source>{span}, every hour counts: until {end}</source>
        <translation>自然时间 {span}，到{end}</translation>
    </message>
    <message>
        <source>{start} to {end}: {span} of working time</source>
        <translation>{start} 至 {end}：工作时间 {span}</translation>
    </message>
</context>
</TS>
