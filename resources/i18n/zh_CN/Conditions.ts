<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Conditions</name>
    <message>
        <source> or </source>
        <translation> 或 </translation>
    </message>
    <message>
        <source>({members})</source>
        <translation>（{members}）</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>, and </source>
        <translation>，并且</translation>
    </message>
    <message>
        <source>; </source>
        <translation>；</translation>
    </message>
    <message>
        <source>Activity index</source>
        <translation>活跃度</translation>
    </message>
    <message>
        <source>All customers</source>
        <translation>所有客户</translation>
    </message>
    <message>
        <source>All of these</source>
        <translation>全部满足</translation>
    </message>
    <message>
        <source>Amount of orders</source>
        <translation>下单金额</translation>
    </message>
    <message>
        <source>Amount of running contracts</source>
        <translation>在约合同金额</translation>
    </message>
    <message>
        <source>Amount spent</source>
        <translation>累计消费</translation>
    </message>
    <message>
        <source>Another line</source>
        <translation>切换条件</translation>
    </message>
    <message>
        <source>Any of these</source>
        <translation>任一满足</translation>
    </message>
    <message>
        <source>At most {most} characters</source>
        <translation>最多 {most} 个字</translation>
    </message>
    <message>
        <source>At most {most} conditions</source>
        <translation>最多 {most} 个条件</translation>
    </message>
    <message>
        <source>At most {most} groups within each other</source>
        <translation>条件组最多嵌套 {most} 层</translation>
    </message>
    <message>
        <source>At most {most} values in all conditions together</source>
        <translation>所有条件合计最多 {most} 个取值</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>联系次数</translation>
    </message>
    <message>
        <source>Attempts answered</source>
        <translation>接通次数</translation>
    </message>
    <message>
        <source>Average recommendation (NPS)</source>
        <translation>平均推荐意愿（NPS）</translation>
    </message>
    <message>
        <source>Average satisfaction (CSAT)</source>
        <translation>平均满意度（CSAT）</translation>
    </message>
    <message>
        <source>Back to the lines</source>
        <translation>回到条件列表</translation>
    </message>
    <message>
        <source>By mouse: pull a line upon a group, or between two lines of one.</source>
        <translation>鼠标操作：把条件拖到一个组上，或拖到组内两行之间。</translation>
    </message>
    <message>
        <source>Can be reached by</source>
        <translation>可用联系方式</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>请选择</translation>
    </message>
    <message>
        <source>Choose one</source>
        <translation>请选择一项</translation>
    </message>
    <message>
        <source>Choose the question whose answer is meant</source>
        <translation>请选择要看哪道题的回答</translation>
    </message>
    <message>
        <source>Churn risk</source>
        <translation>流失风险</translation>
    </message>
    <message>
        <source>City</source>
        <translation>城市</translation>
    </message>
    <message>
        <source>Combined how</source>
        <translation>组合方式</translation>
    </message>
    <message>
        <source>Company</source>
        <translation>企业</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>比较方式</translation>
    </message>
    <message>
        <source>Complaints in all</source>
        <translation>投诉次数（全部来源）</translation>
    </message>
    <message>
        <source>Complaints reported</source>
        <translation>投诉次数（外部系统）</translation>
    </message>
    <message>
        <source>Complaints solved</source>
        <translation>投诉办结次数</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>Conditions</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>Consent given for</source>
        <translation>已同意</translation>
    </message>
    <message>
        <source>Consent withdrawn for</source>
        <translation>已撤回同意</translation>
    </message>
    <message>
        <source>Contacts</source>
        <translation>互动</translation>
    </message>
    <message>
        <source>Contract expires</source>
        <translation>合同到期日</translation>
    </message>
    <message>
        <source>Contract lapsed without renewal</source>
        <translation>到期未续约日</translation>
    </message>
    <message>
        <source>Contracts</source>
        <translation>合同</translation>
    </message>
    <message>
        <source>Counting …</source>
        <translation>正在统计…</translation>
    </message>
    <message>
        <source>Courses ended</source>
        <translation>结课次数</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Customer number</source>
        <translation>客户编号</translation>
    </message>
    <message>
        <source>Customer since</source>
        <translation>建档日期</translation>
    </message>
    <message>
        <source>Days it looks back</source>
        <translation>回看天数</translation>
    </message>
    <message>
        <source>Deliveries</source>
        <translation>交付次数</translation>
    </message>
    <message>
        <source>Deliveries reported</source>
        <translation>交付次数（外部系统）</translation>
    </message>
    <message>
        <source>Do not call</source>
        <translation>免打扰</translation>
    </message>
    <message>
        <source>Down</source>
        <translation>下移</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>E-mail</source>
        <translation>邮箱</translation>
    </message>
    <message>
        <source>Edit the line</source>
        <translation>编辑条件</translation>
    </message>
    <message>
        <source>Enquiries</source>
        <translation>咨询次数</translation>
    </message>
    <message>
        <source>Enter edits the line, Ins adds one, Ctrl with an arrow moves it</source>
        <translation>回车编辑这一行，Ins 加条件，Ctrl 加方向键移动</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>业务事件</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>字段</translation>
    </message>
    <message>
        <source>First order</source>
        <translation>首次下单</translation>
    </message>
    <message>
        <source>Follow-ups completed</source>
        <translation>完成回访次数</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>Go-lives</source>
        <translation>上线次数</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>条件组</translation>
    </message>
    <message>
        <source>Habits</source>
        <translation>生活习惯</translation>
    </message>
    <message>
        <source>Installations</source>
        <translation>安装次数</translation>
    </message>
    <message>
        <source>Into a group of its own</source>
        <translation>单独成组</translation>
    </message>
    <message>
        <source>Into the group beside it</source>
        <translation>移入相邻的组</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Landline</source>
        <translation>座机</translation>
    </message>
    <message>
        <source>Last answer to a question</source>
        <translation>某题的最近回答</translation>
    </message>
    <message>
        <source>Last attempt</source>
        <translation>最近一次拨打或上门</translation>
    </message>
    <message>
        <source>Last complaint reported</source>
        <translation>最近一次投诉</translation>
    </message>
    <message>
        <source>Last complaint solved</source>
        <translation>最近一次投诉办结</translation>
    </message>
    <message>
        <source>Last contact</source>
        <translation>最近一次联系</translation>
    </message>
    <message>
        <source>Last contract signed</source>
        <translation>最近一次签约</translation>
    </message>
    <message>
        <source>Last course ended</source>
        <translation>最近一次结课</translation>
    </message>
    <message>
        <source>Last delivery</source>
        <translation>最近一次交付</translation>
    </message>
    <message>
        <source>Last delivery reported</source>
        <translation>最近一次交付（外部系统）</translation>
    </message>
    <message>
        <source>Last enquiry</source>
        <translation>最近一次咨询</translation>
    </message>
    <message>
        <source>Last go-live</source>
        <translation>最近一次上线</translation>
    </message>
    <message>
        <source>Last installation</source>
        <translation>最近一次安装</translation>
    </message>
    <message>
        <source>Last order</source>
        <translation>最近一次下单</translation>
    </message>
    <message>
        <source>Last recommendation (NPS)</source>
        <translation>最近推荐意愿（NPS）</translation>
    </message>
    <message>
        <source>Last result</source>
        <translation>最近一次联系结果</translation>
    </message>
    <message>
        <source>Last satisfaction (CSAT)</source>
        <translation>最近满意度（CSAT）</translation>
    </message>
    <message>
        <source>Last signing</source>
        <translation>最近一次签约（外部系统）</translation>
    </message>
    <message>
        <source>Last ticket solved</source>
        <translation>最近一次工单办结</translation>
    </message>
    <message>
        <source>Last visit by the customer</source>
        <translation>最近一次到访</translation>
    </message>
    <message>
        <source>Life-cycle stage</source>
        <translation>生命周期阶段</translation>
    </message>
    <message>
        <source>Lifetime value</source>
        <translation>客户终身价值</translation>
    </message>
    <message>
        <source>Mobile number</source>
        <translation>手机</translation>
    </message>
    <message>
        <source>Month of birth</source>
        <translation>生日月份</translation>
    </message>
    <message>
        <source>Name at least one</source>
        <translation>至少填一项</translation>
    </message>
    <message>
        <source>Next contact planned</source>
        <translation>计划的下次联系</translation>
    </message>
    <message>
        <source>Nobody meets these conditions now</source>
        <translation>目前没有客户满足这些条件</translation>
    </message>
    <message>
        <source>Nobody understands this as a day</source>
        <translation>看不懂这是哪一天</translation>
    </message>
    <message>
        <source>None of these</source>
        <translation>都不满足</translation>
    </message>
    <message>
        <source>Not all of these</source>
        <translation>不全满足</translation>
    </message>
    <message>
        <source>Number of orders</source>
        <translation>累计下单次数</translation>
    </message>
    <message>
        <source>Occupation</source>
        <translation>职业</translation>
    </message>
    <message>
        <source>Of the conditions before the last change</source>
        <translation>这是上次改动之前的结果</translation>
    </message>
    <message>
        <source>Open follow-ups</source>
        <translation>未完成的回访</translation>
    </message>
    <message>
        <source>Open promises</source>
        <translation>未兑现的承诺</translation>
    </message>
    <message>
        <source>Opposite</source>
        <translation>取反</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Orders placed</source>
        <translation>下单次数</translation>
    </message>
    <message>
        <source>Out of the group</source>
        <translation>移出本组</translation>
    </message>
    <message>
        <source>Overdue promises</source>
        <translation>逾期的承诺</translation>
    </message>
    <message>
        <source>Permission</source>
        <translation>授权与免打扰</translation>
    </message>
    <message>
        <source>Person</source>
        <translation>个人</translation>
    </message>
    <message>
        <source>Person or company</source>
        <translation>个人或企业</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>偏好</translation>
    </message>
    <message>
        <source>Preferred channel</source>
        <translation>偏好的联系方式</translation>
    </message>
    <message>
        <source>Price sensitivity</source>
        <translation>价格敏感度</translation>
    </message>
    <message>
        <source>Product lines bought</source>
        <translation>购买过的产品线</translation>
    </message>
    <message>
        <source>Product lines under contract</source>
        <translation>在约产品线</translation>
    </message>
    <message>
        <source>Purchase cycle</source>
        <translation>购买周期</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>题目</translation>
    </message>
    <message>
        <source>Questionnaires answered</source>
        <translation>答卷份数</translation>
    </message>
    <message>
        <source>RFM: how much</source>
        <translation>RFM 金额分</translation>
    </message>
    <message>
        <source>RFM: how often</source>
        <translation>RFM 频次分</translation>
    </message>
    <message>
        <source>RFM: how recent</source>
        <translation>RFM 近度分</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Refusals</source>
        <translation>拒访次数</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Responsible agent</source>
        <translation>负责坐席</translation>
    </message>
    <message>
        <source>Returns</source>
        <translation>退货次数</translation>
    </message>
    <message>
        <source>Running contracts</source>
        <translation>在约合同数</translation>
    </message>
    <message>
        <source>Sample of these customers</source>
        <translation>客户示例</translation>
    </message>
    <message>
        <source>Satisfaction and answers</source>
        <translation>满意度与答卷</translation>
    </message>
    <message>
        <source>Say from what to what</source>
        <translation>请填写起止值</translation>
    </message>
    <message>
        <source>Say over how many days it looks back, at most {most}</source>
        <translation>请填写回看多少天，最多 {most} 天</translation>
    </message>
    <message>
        <source>Say what it is compared with</source>
        <translation>请填写要比较的内容</translation>
    </message>
    <message>
        <source>Segment</source>
        <translation>所在客群</translation>
    </message>
    <message>
        <source>Segments and portrait</source>
        <translation>客群与画像</translation>
    </message>
    <message>
        <source>Signings</source>
        <translation>签约次数</translation>
    </message>
    <message>
        <source>The count appears here</source>
        <translation>人数会显示在这里</translation>
    </message>
    <message>
        <source>The count needs the server, which cannot be reached now</source>
        <translation>统计人数需要连接服务器，目前离线</translation>
    </message>
    <message>
        <source>The first must not be greater than the second</source>
        <translation>起始值不能大于结束值</translation>
    </message>
    <message>
        <source>The server did not answer; change a condition to ask again</source>
        <translation>服务器没有返回结果，改动条件后会重新统计</translation>
    </message>
    <message>
        <source>These keys</source>
        <translation>显示快捷键</translation>
    </message>
    <message>
        <source>This cannot be asked of this field</source>
        <translation>这个字段不能这样比较</translation>
    </message>
    <message>
        <source>This cannot be read as a condition</source>
        <translation>这不是可识别的条件</translation>
    </message>
    <message>
        <source>This group has no condition</source>
        <translation>这个组里没有条件</translation>
    </message>
    <message>
        <source>This has to be a number with at most two decimals</source>
        <translation>请填数字，最多两位小数</translation>
    </message>
    <message>
        <source>This has to be a whole number</source>
        <translation>请填整数</translation>
    </message>
    <message>
        <source>This has to be a whole number of days</source>
        <translation>请填整数天数</translation>
    </message>
    <message>
        <source>This has to be an amount with at most two decimals</source>
        <translation>请填金额，最多两位小数</translation>
    </message>
    <message>
        <source>This version does not know the comparison {operator}</source>
        <translation>当前版本不认识比较方式 {operator}</translation>
    </message>
    <message>
        <source>This version does not know the field {field}</source>
        <translation>当前版本不认识字段 {field}</translation>
    </message>
    <message>
        <source>Tickets solved</source>
        <translation>工单办结次数</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Type to find a field</source>
        <translation>输入名称、拼音或首字母查找</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Up</source>
        <translation>上移</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>取值</translation>
    </message>
    <message>
        <source>Visits by the customer</source>
        <translation>到访次数</translation>
    </message>
    <message>
        <source>WeChat</source>
        <translation>微信</translation>
    </message>
    <message>
        <source>about {number} customers</source>
        <translation>约 {number} 位客户</translation>
    </message>
    <message>
        <source>after</source>
        <translation>晚于</translation>
    </message>
    <message>
        <source>anniversary within</source>
        <translation>周年日在未来 N 天内</translation>
    </message>
    <message>
        <source>anniversary within {days} days</source>
        <translation>周年日在 {days} 天内</translation>
    </message>
    <message>
        <source>before</source>
        <translation>早于</translation>
    </message>
    <message>
        <source>begins with</source>
        <translation>开头是</translation>
    </message>
    <message>
        <source>between</source>
        <translation>介于</translation>
    </message>
    <message>
        <source>between {low} and {high}</source>
        <translation>介于 {low} 和 {high} 之间</translation>
    </message>
    <message>
        <source>contains</source>
        <translation>包含</translation>
    </message>
    <message>
        <source>contains none of</source>
        <translation>不含其中任何一项</translation>
    </message>
    <message>
        <source>contains one of</source>
        <translation>含其中任一项</translation>
    </message>
    <message>
        <source>days</source>
        <translation>天</translation>
    </message>
    <message>
        <source>is</source>
        <translation>是</translation>
    </message>
    <message>
        <source>is empty</source>
        <translation>为空</translation>
    </message>
    <message>
        <source>is none of</source>
        <translation>不是其中任何一项</translation>
    </message>
    <message>
        <source>is not</source>
        <translation>不是</translation>
    </message>
    <message>
        <source>is not empty</source>
        <translation>不为空</translation>
    </message>
    <message>
        <source>is one of</source>
        <translation>是其中之一</translation>
    </message>
    <message>
        <source>last answer to “{question}”</source>
        <translation>“{question}”的最近回答</translation>
    </message>
    <message>
        <source>more than {days} days ago</source>
        <translation>已超过 {days} 天</translation>
    </message>
    <message>
        <source>more than … ago</source>
        <translation>已超过 N 天</translation>
    </message>
    <message>
        <source>no condition yet: all customers</source>
        <translation>还没有条件：所有客户</translation>
    </message>
    <message>
        <source>none of ({members})</source>
        <translation>都不满足（{members}）</translation>
    </message>
    <message>
        <source>not ({condition})</source>
        <translation>不满足（{condition}）</translation>
    </message>
    <message>
        <source>not all of ({members})</source>
        <translation>不全满足（{members}）</translation>
    </message>
    <message>
        <source>on or after</source>
        <translation>不早于</translation>
    </message>
    <message>
        <source>on or before</source>
        <translation>不晚于</translation>
    </message>
    <message>
        <source>one that is not here</source>
        <translation>本机没有的一项</translation>
    </message>
    <message>
        <source>points</source>
        <translation>分</translation>
    </message>
    <message>
        <source>several with commas between</source>
        <translation>多个之间用逗号隔开</translation>
    </message>
    <message>
        <source>times</source>
        <translation>次</translation>
    </message>
    <message>
        <source>to</source>
        <translation>到</translation>
    </message>
    <message>
        <source>within the last</source>
        <translation>在最近 N 天内</translation>
    </message>
    <message>
        <source>within the last {days} days</source>
        <translation>在最近 {days} 天内</translation>
    </message>
    <message>
        <source>within the next</source>
        <translation>在未来 N 天内</translation>
    </message>
    <message>
        <source>within the next {days} days</source>
        <translation>在未来 {days} 天内</translation>
    </message>
    <message>
        <source>yuan</source>
        <translation>元</translation>
    </message>
    <message>
        <source>{choice}, chosen</source>
        <translation>{choice}，已选</translation>
    </message>
    <message>
        <source>{field} of the last {days} days</source>
        <translation>最近 {days} 天{field}</translation>
    </message>
    <message>
        <source>{number} customers</source>
        <translation>{number} 位客户</translation>
    </message>
    <message>
        <source>{shown} of them:</source>
        <translation>其中 {shown} 位：</translation>
    </message>
    <message>
        <source>{value} is no choice of this field</source>
        <translation>{value} 不是这个字段的选项</translation>
    </message>
</context>
</TS>
