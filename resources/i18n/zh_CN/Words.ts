<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Words</name>
    <message>
        <source>Accepted</source>
        <translation>已受理</translation>
    </message>
    <message>
        <source>Active</source>
        <translation>活跃</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Administrator</source>
        <translation>管理员</translation>
    </message>
    <message>
        <source>Afternoon</source>
        <translation>下午</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>坐席</translation>
    </message>
    <message>
        <source>All purposes</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Another person</source>
        <translation>他人</translation>
    </message>
    <message>
        <source>Answers corrected</source>
        <translation>答案更正</translation>
    </message>
    <message>
        <source>Appointment (another person)</source>
        <translation>预约（他人）</translation>
    </message>
    <message>
        <source>Appointment (respondent)</source>
        <translation>预约（本人）</translation>
    </message>
    <message>
        <source>Away</source>
        <translation>出差</translation>
    </message>
    <message>
        <source>Bad number</source>
        <translation>号码无效</translation>
    </message>
    <message>
        <source>Birthday</source>
        <translation>生日</translation>
    </message>
    <message>
        <source>Broken appointment</source>
        <translation>爽约</translation>
    </message>
    <message>
        <source>Busy</source>
        <translation>示忙</translation>
    </message>
    <message>
        <source>Busy line</source>
        <translation>占线</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>通话</translation>
    </message>
    <message>
        <source>Call declined</source>
        <translation>拒接</translation>
    </message>
    <message>
        <source>Call later (another person)</source>
        <translation>稍后再拨（他人）</translation>
    </message>
    <message>
        <source>Call later (respondent)</source>
        <translation>稍后再拨（本人）</translation>
    </message>
    <message>
        <source>Callback booked</source>
        <translation>约定回拨</translation>
    </message>
    <message>
        <source>Callback passed to the team</source>
        <translation>约定转出</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Churning</source>
        <translation>流失预警</translation>
    </message>
    <message>
        <source>City</source>
        <translation>城市</translation>
    </message>
    <message>
        <source>Completed</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Completed by the customer online</source>
        <translation>客户自助完成</translation>
    </message>
    <message>
        <source>Conflict settled</source>
        <translation>冲突已处理</translation>
    </message>
    <message>
        <source>Consent declined</source>
        <translation>不同意</translation>
    </message>
    <message>
        <source>Consent given</source>
        <translation>已同意</translation>
    </message>
    <message>
        <source>Consent withdrawn</source>
        <translation>已撤回同意</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Customer class</source>
        <translation>客户类别</translation>
    </message>
    <message>
        <source>Cut off</source>
        <translation>意外中断</translation>
    </message>
    <message>
        <source>Data corrected</source>
        <translation>资料更正</translation>
    </message>
    <message>
        <source>Deceased</source>
        <translation>去世</translation>
    </message>
    <message>
        <source>Dissatisfied</source>
        <translation>不满</translation>
    </message>
    <message>
        <source>Do not call lifted</source>
        <translation>解除免打扰</translation>
    </message>
    <message>
        <source>Do not call set</source>
        <translation>加入免打扰</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>Dormant</source>
        <translation>沉睡</translation>
    </message>
    <message>
        <source>Draft</source>
        <translation>草稿</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>期限</translation>
    </message>
    <message>
        <source>Emergency</source>
        <translation>应急</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>Escalated</source>
        <translation>已升级</translation>
    </message>
    <message>
        <source>Evening</source>
        <translation>晚间</translation>
    </message>
    <message>
        <source>Fax</source>
        <translation>传真</translation>
    </message>
    <message>
        <source>Form of address</source>
        <translation>称呼</translation>
    </message>
    <message>
        <source>Goods returned</source>
        <translation>退货</translation>
    </message>
    <message>
        <source>Hard refusal</source>
        <translation>明确拒绝</translation>
    </message>
    <message>
        <source>Hard refusal (another person)</source>
        <translation>明确拒绝（他人）</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>已兑现</translation>
    </message>
    <message>
        <source>Keywords</source>
        <translation>关键词</translation>
    </message>
    <message>
        <source>Knowledge</source>
        <translation>知识</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Language barrier</source>
        <translation>语言不通</translation>
    </message>
    <message>
        <source>Later</source>
        <translation>预约再访</translation>
    </message>
    <message>
        <source>Line fault</source>
        <translation>线路故障</translation>
    </message>
    <message>
        <source>Link sent</source>
        <translation>已发链接</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>已流失</translation>
    </message>
    <message>
        <source>Marketing</source>
        <translation>营销</translation>
    </message>
    <message>
        <source>Meal</source>
        <translation>用餐</translation>
    </message>
    <message>
        <source>Meeting</source>
        <translation>会议</translation>
    </message>
    <message>
        <source>Mood</source>
        <translation>情绪</translation>
    </message>
    <message>
        <source>Morning</source>
        <translation>上午</translation>
    </message>
    <message>
        <source>Most attempts reached</source>
        <translation>达到最大次数</translation>
    </message>
    <message>
        <source>Most attempts reached (was reached before)</source>
        <translation>达到最大次数（曾接触）</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Neutral</source>
        <translation>平静</translation>
    </message>
    <message>
        <source>New customer</source>
        <translation>新客</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>无人接听</translation>
    </message>
    <message>
        <source>Nobody suitable</source>
        <translation>无合适受访人</translation>
    </message>
    <message>
        <source>Normal</source>
        <translation>普通</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未接通</translation>
    </message>
    <message>
        <source>Not dialled</source>
        <translation>未拨打</translation>
    </message>
    <message>
        <source>Not met</source>
        <translation>未见到本人</translation>
    </message>
    <message>
        <source>Not the target</source>
        <translation>非目标对象</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>号码</translation>
    </message>
    <message>
        <source>Number does not exist</source>
        <translation>空号</translation>
    </message>
    <message>
        <source>Number suspended</source>
        <translation>停机</translation>
    </message>
    <message>
        <source>Objection</source>
        <translation>异议</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>On a break</source>
        <translation>小休</translation>
    </message>
    <message>
        <source>On a call</source>
        <translation>通话中</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>待回访</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Out of coverage</source>
        <translation>不在服务区</translation>
    </message>
    <message>
        <source>Out of sample</source>
        <translation>超出范围</translation>
    </message>
    <message>
        <source>Partly completed</source>
        <translation>部分完成</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Person not reached</source>
        <translation>未接触到本人</translation>
    </message>
    <message>
        <source>Phone call</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Potential</source>
        <translation>潜力</translation>
    </message>
    <message>
        <source>Preferred time</source>
        <translation>偏好时段</translation>
    </message>
    <message>
        <source>Product line</source>
        <translation>产品线</translation>
    </message>
    <message>
        <source>Promise settled</source>
        <translation>承诺已了结</translation>
    </message>
    <message>
        <source>Promised</source>
        <translation>作出承诺</translation>
    </message>
    <message>
        <source>Province</source>
        <translation>省份</translation>
    </message>
    <message>
        <source>Purposes</source>
        <translation>适用目的</translation>
    </message>
    <message>
        <source>Quota full</source>
        <translation>配额已满</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>Reason of the break</source>
        <translation>小休原因</translation>
    </message>
    <message>
        <source>Reassigned</source>
        <translation>改派</translation>
    </message>
    <message>
        <source>Recommendation</source>
        <translation>推荐度</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>拒访</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>大区</translation>
    </message>
    <message>
        <source>Rest</source>
        <translation>休息</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>执行中</translation>
    </message>
    <message>
        <source>Satisfaction</source>
        <translation>满意度</translation>
    </message>
    <message>
        <source>Satisfied</source>
        <translation>满意</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>服务</translation>
    </message>
    <message>
        <source>Silent</source>
        <translation>沉默</translation>
    </message>
    <message>
        <source>Soft refusal (another person)</source>
        <translation>婉拒（他人）</translation>
    </message>
    <message>
        <source>Soft refusal (respondent)</source>
        <translation>婉拒（本人）</translation>
    </message>
    <message>
        <source>Soothing</source>
        <translation>安抚</translation>
    </message>
    <message>
        <source>Supervisor</source>
        <translation>主管</translation>
    </message>
    <message>
        <source>Survey</source>
        <translation>调研</translation>
    </message>
    <message>
        <source>Switched off</source>
        <translation>关机</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>团队</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>The customer</source>
        <translation>本人</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>To the supervisor</source>
        <translation>转主管</translation>
    </message>
    <message>
        <source>To the supervisor (person not confirmed)</source>
        <translation>转主管（身份未确认）</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>培训</translation>
    </message>
    <message>
        <source>Unable to take part</source>
        <translation>无法受访</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>VIP</source>
        <translation>VIP</translation>
    </message>
    <message>
        <source>Visit</source>
        <translation>走访</translation>
    </message>
    <message>
        <source>Visit on site</source>
        <translation>走访</translation>
    </message>
    <message>
        <source>Voicemail (message left)</source>
        <translation>语音信箱（已留言）</translation>
    </message>
    <message>
        <source>Voicemail (no message)</source>
        <translation>语音信箱（未留言）</translation>
    </message>
    <message>
        <source>Weekend</source>
        <translation>周末</translation>
    </message>
    <message>
        <source>With whom</source>
        <translation>联系对象</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>Wrap-up</source>
        <translation>话后整理</translation>
    </message>
    <message>
        <source>Wrong number</source>
        <translation>号码错误</translation>
    </message>
    <message>
        <source>high</source>
        <translation>高</translation>
    </message>
    <message>
        <source>imported</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>low</source>
        <translation>低</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>中</translation>
    </message>
    <message>
        <source>said on a call</source>
        <translation>通话中提出</translation>
    </message>
    <message>
        <source>set by a supervisor</source>
        <translation>主管设置</translation>
    </message>
    <message>
        <source>unsubscribed by link</source>
        <translation>链接退订</translation>
    </message>
</context>
</TS>
