<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Queue</name>
    <message numerus="yes">
        <source>%n held back</source>
        <translation>
            <numerusform>暂缓 %n 条</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n overdue</source>
        <translation>
            <numerusform>逾期 %n</numerusform>
        </translation>
    </message>
    <message>
        <source>After that</source>
        <translation>接下来</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Appointment due</source>
        <translation>约定到点</translation>
    </message>
    <message>
        <source>As well</source>
        <translation>同时</translation>
    </message>
    <message>
        <source>Attempt {number} · {reason}</source>
        <translation>已拨 {number} 次·{reason}</translation>
    </message>
    <message>
        <source>Callback · {reason}</source>
        <translation>约定回拨·{reason}</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>公司</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>期限</translation>
    </message>
    <message>
        <source>Due soon</source>
        <translation>临期</translation>
    </message>
    <message>
        <source>Due {moment}</source>
        <translation>截止 {moment}</translation>
    </message>
    <message>
        <source>Find a customer</source>
        <translation>查找客户</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>查找结果</translation>
    </message>
    <message>
        <source>Free from {moment} on</source>
        <translation>{moment} 起可以拨打</translation>
    </message>
    <message>
        <source>Important customer</source>
        <translation>重点客户</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>未接通</translation>
    </message>
    <message>
        <source>Name, pinyin, last digits, order</source>
        <translation>姓名、拼音、尾号、订单号</translation>
    </message>
    <message>
        <source>New</source>
        <translation>未拨打</translation>
    </message>
    <message>
        <source>New task</source>
        <translation>新任务</translation>
    </message>
    <message>
        <source>New tasks appear here as soon as a plan or your supervisor hands them out.</source>
        <translation>计划生成或主管派单后，新任务会出现在这里。</translation>
    </message>
    <message>
        <source>Next customer</source>
        <translation>下一位客户</translation>
    </message>
    <message>
        <source>No open task</source>
        <translation>无待办任务</translation>
    </message>
    <message>
        <source>Nobody else can be called right now.</source>
        <translation>目前没有其他可拨打的任务。</translation>
    </message>
    <message>
        <source>Nobody found</source>
        <translation>没有找到客户</translation>
    </message>
    <message>
        <source>Not called</source>
        <translation>暂停拨打</translation>
    </message>
    <message>
        <source>Not its time yet</source>
        <translation>未到时间</translation>
    </message>
    <message>
        <source>Not now</source>
        <translation>现在不能打</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Nothing can be called right now; the rest waits for its time.</source>
        <translation>现在没有可拨打的任务，其余任务到时间后会出现。</translation>
    </message>
    <message>
        <source>Nothing to call</source>
        <translation>暂无待回访</translation>
    </message>
    <message>
        <source>Number {place} of {count}</source>
        <translation>队列第 {place} 位，共 {count} 条</translation>
    </message>
    <message>
        <source>Open task</source>
        <translation>有待办任务</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>逾期</translation>
    </message>
    <message>
        <source>Part of the queue</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Promise or complaint</source>
        <translation>承诺与投诉核实</translation>
    </message>
    <message>
        <source>Reached</source>
        <translation>已接通</translation>
    </message>
    <message>
        <source>Team pool</source>
        <translation>公共池</translation>
    </message>
    <message>
        <source>The clock since {moment}</source>
        <translation>时限从 {moment} 起算</translation>
    </message>
    <message>
        <source>This call waits for its wrap-up (F8); the next customer comes after it.</source>
        <translation>这一通还没有小结，请先完成小结（F8）再接下一位。</translation>
    </message>
    <message>
        <source>To call</source>
        <translation>待回访</translation>
    </message>
    <message>
        <source>Tried before</source>
        <translation>重拨</translation>
    </message>
    <message>
        <source>Try another piece of the name, its pinyin or initials, or the last digits.</source>
        <translation>换个姓名片段、拼音或首字母，或输入号码尾号试试。</translation>
    </message>
    <message>
        <source>Until somebody changes that</source>
        <translation>需有人处理后才能拨打</translation>
    </message>
    <message>
        <source>What keeps the others back</source>
        <translation>其他任务为何暂缓</translation>
    </message>
    <message>
        <source>Why now</source>
        <translation>为何现在</translation>
    </message>
    <message>
        <source>Why this</source>
        <translation>为何是他</translation>
    </message>
    <message>
        <source>Why this one, why now, what keeps the others back</source>
        <translation>为何是他、为何现在、其他为何暂缓</translation>
    </message>
    <message>
        <source>{last}, attempt {number} · {reason}</source>
        <translation>{last}，已拨 {number} 次·{reason}</translation>
    </message>
</context>
</TS>
