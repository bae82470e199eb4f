<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Standing</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>活跃度</translation>
    </message>
    <message>
        <source>Buys</source>
        <translation>购买周期</translation>
    </message>
    <message>
        <source>Churn risk</source>
        <translation>流失风险</translation>
    </message>
    <message>
        <source>Habits</source>
        <translation>消费习惯</translation>
    </message>
    <message>
        <source>Lifetime</source>
        <translation>终身价值</translation>
    </message>
    <message>
        <source>Occupation</source>
        <translation>职业</translation>
    </message>
    <message>
        <source>Portrait</source>
        <translation>客户画像</translation>
    </message>
    <message>
        <source>Prefers</source>
        <translation>偏好</translation>
    </message>
    <message>
        <source>Price sensitivity</source>
        <translation>价格敏感度</translation>
    </message>
    <message>
        <source>Reached by</source>
        <translation>偏好方式</translation>
    </message>
    <message>
        <source>Segments</source>
        <translation>客群</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>churn risk of {risk}</source>
        <translation>流失风险 {risk}</translation>
    </message>
    <message>
        <source>enquiry answered late</source>
        <translation>咨询回复超时</translation>
    </message>
    <message numerus="yes">
        <source>every %n day(s)</source>
        <translation>
            <numerusform>约每 %n 天</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>last order {day}, %n order(s), {amount}</source>
        <translation>
            <numerusform>最近下单 {day}，共 %n 单，{amount}</numerusform>
        </translation>
    </message>
    <message>
        <source>last sign {day}</source>
        <translation>最近互动 {day}</translation>
    </message>
    <message>
        <source>less active than before</source>
        <translation>活跃度下降</translation>
    </message>
    <message>
        <source>low score</source>
        <translation>评分偏低</translation>
    </message>
    <message>
        <source>more complaints</source>
        <translation>投诉增多</translation>
    </message>
    <message numerus="yes">
        <source>no sign since {day}, more than %n day(s)</source>
        <translation>
            <numerusform>{day} 后无互动，已超过 %n 天</numerusform>
        </translation>
    </message>
    <message>
        <source>since {day}</source>
        <translation>{day} 起</translation>
    </message>
    <message>
        <source>{now} in {days} days, {before} in the {before_days} days before</source>
        <translation>近 {days} 天 {now} 次，此前 {before_days} 天 {before} 次</translation>
    </message>
    <message numerus="yes">
        <source>{spent} so far, {year} a year for %n more year(s), {percent} % of it</source>
        <translation>
            <numerusform>已消费 {spent}，按年消费 {year} 再计 %n 年，取 {percent} %</numerusform>
        </translation>
    </message>
</context>
</TS>
