<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>WrapUp</name>
    <message numerus="yes">
        <source>%n answered</source>
        <translation>
            <numerusform>已答 %n 题</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) of the guide have no answer yet: go back (Esc), or choose a partial result.</source>
        <translation>
            <numerusform>话术还有 %n 题必答未答：可按 Esc 返回补问，或改选“部分完成”。</numerusform>
        </translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Call back at *</source>
        <translation>回拨时间 *</translation>
    </message>
    <message>
        <source>Called again at the time agreed, by you.</source>
        <translation>到约定时间由您本人回拨。</translation>
    </message>
    <message>
        <source>Called again from {moment} on ({why}).</source>
        <translation>{moment} 起再拨（{why}）。</translation>
    </message>
    <message>
        <source>Choose again</source>
        <translation>重选</translation>
    </message>
    <message>
        <source>Goes to the supervisor, who decides what comes next.</source>
        <translation>转主管处理，由主管决定下一步。</translation>
    </message>
    <message>
        <source>Not checked in: the visit is recorded together with its result.</source>
        <translation>尚未签到：走访将与结果一并记录。</translation>
    </message>
    <message>
        <source>Not dialled from here: the call is recorded together with its result.</source>
        <translation>没有拨打记录：保存小结时会补记这一通电话。</translation>
    </message>
    <message>
        <source>Not to be called any more for *</source>
        <translation>不再拨打的范围 *</translation>
    </message>
    <message>
        <source>Not to be called for</source>
        <translation>不再拨打的范围</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Please choose the result of the call first.</source>
        <translation>请先选择通话结果。</translation>
    </message>
    <message>
        <source>Please choose what the customer is not to be called for.</source>
        <translation>请选择客户不愿接听的范围。</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>通话结果</translation>
    </message>
    <message>
        <source>Result in detail</source>
        <translation>具体结果</translation>
    </message>
    <message>
        <source>Result of the visit</source>
        <translation>走访结果</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save, next customer</source>
        <translation>保存并接下一位</translation>
    </message>
    <message>
        <source>Stays in the queue; it may be called again at once.</source>
        <translation>留在队列，随时可以再拨。</translation>
    </message>
    <message>
        <source>That was the last attempt: the task ends.</source>
        <translation>已达最多拨打次数，任务结束。</translation>
    </message>
    <message>
        <source>The task ends and is not called again.</source>
        <translation>任务结束，不再拨打。</translation>
    </message>
    <message>
        <source>The task is completed.</source>
        <translation>回访完成。</translation>
    </message>
    <message>
        <source>Time agreed</source>
        <translation>约定的时间</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>小结</translation>
    </message>
    <message>
        <source>no answers yet</source>
        <translation>尚无回答</translation>
    </message>
</context>
</TS>
