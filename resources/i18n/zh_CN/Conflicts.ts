<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Conflicts</name>
    <message>
        <source>A call</source>
        <translation>一次拨打</translation>
    </message>
    <message>
        <source>A callback</source>
        <translation>约定回拨</translation>
    </message>
    <message>
        <source>A callback given to the team</source>
        <translation>回拨转给团队</translation>
    </message>
    <message>
        <source>A check-in at a visit</source>
        <translation>走访签到</translation>
    </message>
    <message>
        <source>A corrected field</source>
        <translation>更正客户资料</translation>
    </message>
    <message>
        <source>A corrected number</source>
        <translation>更正号码</translation>
    </message>
    <message>
        <source>A day of the calendar</source>
        <translation>日历中的一天</translation>
    </message>
    <message>
        <source>A decision</source>
        <translation>冲突处理</translation>
    </message>
    <message>
        <source>A device admitted again</source>
        <translation>恢复设备</translation>
    </message>
    <message>
        <source>A device shut out</source>
        <translation>停用设备</translation>
    </message>
    <message>
        <source>A device to be emptied</source>
        <translation>清除设备数据</translation>
    </message>
    <message>
        <source>A file</source>
        <translation>附件</translation>
    </message>
    <message>
        <source>A file removed</source>
        <translation>删除附件</translation>
    </message>
    <message>
        <source>A goal</source>
        <translation>一个目标</translation>
    </message>
    <message>
        <source>A ladder of reminders</source>
        <translation>升级规则</translation>
    </message>
    <message>
        <source>A new tag</source>
        <translation>添加标签</translation>
    </message>
    <message>
        <source>A note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>A plan</source>
        <translation>回访计划</translation>
    </message>
    <message>
        <source>A promise</source>
        <translation>承诺</translation>
    </message>
    <message>
        <source>A promise settled</source>
        <translation>承诺的了结</translation>
    </message>
    <message>
        <source>A reminder taken note of</source>
        <translation>提醒已读</translation>
    </message>
    <message>
        <source>A shift in the roster</source>
        <translation>排班</translation>
    </message>
    <message>
        <source>A shift taken out</source>
        <translation>取消排班</translation>
    </message>
    <message>
        <source>A tag taken off</source>
        <translation>移除标签</translation>
    </message>
    <message>
        <source>A task escalated</source>
        <translation>任务升级</translation>
    </message>
    <message>
        <source>A task handed back</source>
        <translation>退回任务</translation>
    </message>
    <message>
        <source>An article of the knowledge base</source>
        <translation>知识库条目</translation>
    </message>
    <message>
        <source>Answers of a call</source>
        <translation>问卷答案</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>条目</translation>
    </message>
    <message>
        <source>Assigned to</source>
        <translation>分配给</translation>
    </message>
    <message>
        <source>Base</source>
        <translation>基准</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>By</source>
        <translation>坐席</translation>
    </message>
    <message>
        <source>Callback</source>
        <translation>回拨时间</translation>
    </message>
    <message>
        <source>Choose an entry of the list</source>
        <translation>请在列表中选择一条</translation>
    </message>
    <message>
        <source>Conflicts</source>
        <translation>冲突</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>征得同意</translation>
    </message>
    <message>
        <source>Consent withdrawn</source>
        <translation>撤回同意</translation>
    </message>
    <message>
        <source>Corrected answers</source>
        <translation>答案更正</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>查看客户</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Device revoked</source>
        <translation>设备已停用</translation>
    </message>
    <message>
        <source>Do not call</source>
        <translation>免打扰</translation>
    </message>
    <message>
        <source>Do not call lifted</source>
        <translation>解除免打扰</translation>
    </message>
    <message>
        <source>Do not take it</source>
        <translation>不采用</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Everything you saved has been taken</source>
        <translation>您保存的内容都已被接受</translation>
    </message>
    <message>
        <source>Explanation</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>For the supervisor, when you hand it over</source>
        <translation>转交主管时附上的说明</translation>
    </message>
    <message>
        <source>Goes into the customer&apos;s history</source>
        <translation>处理说明，会记入客户的往来记录</translation>
    </message>
    <message>
        <source>Hand to the supervisor</source>
        <translation>转交主管</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>已转交</translation>
    </message>
    <message>
        <source>Handed over with</source>
        <translation>转交说明</translation>
    </message>
    <message>
        <source>Handing over</source>
        <translation>转交主管</translation>
    </message>
    <message>
        <source>Keep theirs</source>
        <translation>保留对方的</translation>
    </message>
    <message>
        <source>Leave as it was</source>
        <translation>不修改</translation>
    </message>
    <message>
        <source>Leave everything as it stands</source>
        <translation>维持现状</translation>
    </message>
    <message>
        <source>Leave the task as it is</source>
        <translation>任务维持现状</translation>
    </message>
    <message>
        <source>Left unsent on a device that was revoked. Nothing of it has been carried out.</source>
        <translation>设备停用时尚未上传，内容均未执行。</translation>
    </message>
    <message>
        <source>Let it be</source>
        <translation>不再提交</translation>
    </message>
    <message>
        <source>Letting be</source>
        <translation>自行处理</translation>
    </message>
    <message>
        <source>Merged</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>我的</translation>
    </message>
    <message>
        <source>Not taken</source>
        <translation>未被接受</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Noted</source>
        <translation>已阅</translation>
    </message>
    <message>
        <source>Nothing to look at</source>
        <translation>没有需要处理的冲突</translation>
    </message>
    <message>
        <source>Now it says</source>
        <translation>现状</translation>
    </message>
    <message>
        <source>Of customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Offline update</source>
        <translation>离线更新</translation>
    </message>
    <message>
        <source>Presence</source>
        <translation>坐席状态</translation>
    </message>
    <message>
        <source>Quiet hours</source>
        <translation>免打扰时段</translation>
    </message>
    <message>
        <source>Reassign a task</source>
        <translation>改派任务</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>小结</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>保存于</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>重新提交</translation>
    </message>
    <message>
        <source>Send again, or take this one</source>
        <translation>重新提交或采用</translation>
    </message>
    <message>
        <source>Set aside</source>
        <translation>已搁置</translation>
    </message>
    <message>
        <source>Somebody else changed this too: {fields}. The later value stands.</source>
        <translation>其他人也改过：{fields}。以较晚的修改为准。</translation>
    </message>
    <message>
        <source>Take this one</source>
        <translation>采用这一份</translation>
    </message>
    <message>
        <source>Take up a task</source>
        <translation>领取任务</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>The result came after the task had been closed or given to somebody else. It is kept as history; the task stays as it is until the supervisor decides.</source>
        <translation>结果上传时，任务已关闭或已改派。结果作为历史保留，任务维持现状，由主管决定。</translation>
    </message>
    <message>
        <source>The server failed at this again and again. It was set aside so that the rest could go on.</source>
        <translation>服务器多次处理失败，已先搁置，其余内容照常上传。</translation>
    </message>
    <message>
        <source>The state of a plan</source>
        <translation>回访计划的状态</translation>
    </message>
    <message>
        <source>The task or customer is no longer yours.</source>
        <translation>该任务或客户已不归您负责。</translation>
    </message>
    <message>
        <source>The team has no open conflicts</source>
        <translation>团队没有未处理的冲突</translation>
    </message>
    <message>
        <source>The team&apos;s</source>
        <translation>团队</translation>
    </message>
    <message>
        <source>Theirs</source>
        <translation>对方</translation>
    </message>
    <message>
        <source>To decide</source>
        <translation>待裁定</translation>
    </message>
    <message>
        <source>Two people corrected this differently. The supervisor decides.</source>
        <translation>两人作了不同的更正，由主管裁定。</translation>
    </message>
    <message>
        <source>Two people corrected this number differently. It is not called until the supervisor has decided.</source>
        <translation>两人对这个号码作了不同的更正，主管裁定前暂停拨打。</translation>
    </message>
    <message>
        <source>What the server could not take from somebody of your team, and results that came late, wait here.</source>
        <translation>团队成员未被接受的修改和离线更新会在这里等您处理。</translation>
    </message>
    <message>
        <source>When the server cannot take something you saved, it waits here. Nothing gets lost.</source>
        <translation>服务器没有接受的修改会留在这里，不会丢失。</translation>
    </message>
    <message>
        <source>Whose</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>Working hours</source>
        <translation>工作时间</translation>
    </message>
    <message>
        <source>Wrap-up of a call</source>
        <translation>通话小结</translation>
    </message>
    <message>
        <source>Write it otherwise</source>
        <translation>修改内容</translation>
    </message>
    <message>
        <source>the team&apos;s pool</source>
        <translation>公共池</translation>
    </message>
</context>
</TS>
