<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Plans</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>0 to 100; 50 is usual</source>
        <translation>0–100，一般为 50</translation>
    </message>
    <message>
        <source>2026-11-01; left empty: no limit</source>
        <translation>如 2026-11-01，不填则不限</translation>
    </message>
    <message>
        <source>A certain agent</source>
        <translation>指定坐席</translation>
    </message>
    <message>
        <source>A task of this plan is open</source>
        <translation>本计划的任务还未完成</translation>
    </message>
    <message>
        <source>After</source>
        <translation>间隔</translation>
    </message>
    <message>
        <source>After a score was given</source>
        <translation>评分之后</translation>
    </message>
    <message>
        <source>After an order</source>
        <translation>下单之后</translation>
    </message>
    <message>
        <source>After something that happened</source>
        <translation>某件事发生之后</translation>
    </message>
    <message>
        <source>Again and again</source>
        <translation>周期性回访</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>All in all</source>
        <translation>累计</translation>
    </message>
    <message>
        <source>Another plan&apos;s task is open</source>
        <translation>其他计划的任务还未完成</translation>
    </message>
    <message>
        <source>Answers of these plans only (codes)</source>
        <translation>只看这些计划的评分（计划编码）</translation>
    </message>
    <message>
        <source>As things stand its next run makes about {count} tasks; it goes on by itself from then on.</source>
        <translation>按现在的数据，下次运行约生成 {count} 个任务，之后会自动持续运行。</translation>
    </message>
    <message>
        <source>Asks the server for whom tasks would come if the plan ran now. Nothing is made.</source>
        <translation>请服务器试算：如果现在运行，会给哪些客户生成任务。不会真的生成。</translation>
    </message>
    <message>
        <source>Audience</source>
        <translation>人群</translation>
    </message>
    <message>
        <source>Before a date of the customer</source>
        <translation>客户的某个日期之前</translation>
    </message>
    <message>
        <source>Before a festival</source>
        <translation>节日之前</translation>
    </message>
    <message>
        <source>Begin with a template: one is ready for every usual practice.</source>
        <translation>可以从模板开始：常用的回访做法都有现成模板。</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>手动：坐席自己选、自己拨</translation>
    </message>
    <message>
        <source>By tier and stage</source>
        <translation>按等级和阶段的频率</translation>
    </message>
    <message>
        <source>Callable after</source>
        <translation>多久之后可拨</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>最近修改</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Choose one from the list, or begin with a template.</source>
        <translation>从列表选择，或从模板开始。</translation>
    </message>
    <message>
        <source>Class in the queue</source>
        <translation>队列类别</translation>
    </message>
    <message>
        <source>Confirm …</source>
        <translation>确认…</translation>
    </message>
    <message>
        <source>Contacted too often lately</source>
        <translation>近期联系过于频繁</translation>
    </message>
    <message>
        <source>Control group</source>
        <translation>对照组</translation>
    </message>
    <message>
        <source>Control group (%)</source>
        <translation>对照组（%）</translation>
    </message>
    <message>
        <source>Counted from</source>
        <translation>从哪天算起</translation>
    </message>
    <message>
        <source>Counting what it would do …</source>
        <translation>正在试算…</translation>
    </message>
    <message>
        <source>Customer codes</source>
        <translation>客户编号</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>天数</translation>
    </message>
    <message>
        <source>Days after it</source>
        <translation>之后第几天</translation>
    </message>
    <message>
        <source>Days before it</source>
        <translation>提前天数</translation>
    </message>
    <message>
        <source>Days before it, one or several</source>
        <translation>提前天数，可填多档</translation>
    </message>
    <message>
        <source>Days without contact</source>
        <translation>无跟进天数</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>Dialling</source>
        <translation>拨号方式</translation>
    </message>
    <message>
        <source>Dials after (seconds)</source>
        <translation>几秒后自动拨</translation>
    </message>
    <message>
        <source>Do not call</source>
        <translation>免打扰</translation>
    </message>
    <message>
        <source>Due within</source>
        <translation>期限</translation>
    </message>
    <message>
        <source>Due within, from then on</source>
        <translation>可拨后多久到期</translation>
    </message>
    <message>
        <source>Duplicate</source>
        <translation>复制一份</translation>
    </message>
    <message>
        <source>Each counted from the same moment as the first contact: after, short word, guide, due</source>
        <translation>都从首次联系的同一时刻算起：间隔、简称、话术、期限</translation>
    </message>
    <message>
        <source>Each is due within {span}.</source>
        <translation>每条须在 {span}内完成。</translation>
    </message>
    <message>
        <source>Each may be called {later} later and is due within {span} from then on.</source>
        <translation>每条过 {later}后才可拨打，此后须在 {span}内完成。</translation>
    </message>
    <message>
        <source>End</source>
        <translation>结束</translation>
    </message>
    <message>
        <source>End the plan “{name}”?</source>
        <translation>结束计划「{name}」？</translation>
    </message>
    <message>
        <source>Every</source>
        <translation>每</translation>
    </message>
    <message>
        <source>Every so many days</source>
        <translation>每隔多少天</translation>
    </message>
    <message>
        <source>Festival</source>
        <translation>节日</translation>
    </message>
    <message>
        <source>Find a plan</source>
        <translation>查找计划</translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Forget what was written on “{name}”?</source>
        <translation>放弃对「{name}」的修改？</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>From a template</source>
        <translation>从模板新建</translation>
    </message>
    <message>
        <source>From so many on</source>
        <translation>至少多少次</translation>
    </message>
    <message>
        <source>Further contacts</source>
        <translation>后续联系</translation>
    </message>
    <message>
        <source>Goal</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Guide</source>
        <translation>话术表单</translation>
    </message>
    <message>
        <source>Held against the days before (days)</source>
        <translation>与之前同样天数相比（天）</translation>
    </message>
    <message>
        <source>Hours without a reply</source>
        <translation>未回复小时数</translation>
    </message>
    <message>
        <source>How</source>
        <translation>怎么做</translation>
    </message>
    <message>
        <source>How many tasks it would make cannot be told now. From its next run on it makes tasks by itself.</source>
        <translation>暂时算不出会生成多少任务。启用后，从下次运行起会自动生成任务。</translation>
    </message>
    <message>
        <source>How many times</source>
        <translation>几次</translation>
    </message>
    <message>
        <source>How often at least</source>
        <translation>至少多久一次</translation>
    </message>
    <message>
        <source>If it would be more than {most} by then, none is made and you are asked again.</source>
        <translation>届时如果超过 {most} 条，一条也不会生成，会再次要求确认。</translation>
    </message>
    <message>
        <source>It makes no more tasks. Those that are there stay; the plan can be set to work again.</source>
        <translation>不再生成新任务，已有任务保留；以后还可以重新启用。</translation>
    </message>
    <message>
        <source>Its days, if the calendar has none (2027-02-06)</source>
        <translation>节日日期，日历里没有时填写（2027-02-06）</translation>
    </message>
    <message>
        <source>Its last run made no tasks: it would have been {count}, more than it may make unasked.</source>
        <translation>上次运行没有生成任务：本来会有 {count} 条，超过了未经确认可以生成的数量。</translation>
    </message>
    <message>
        <source>Its next run makes about {count} tasks at once, more than {most}.</source>
        <translation>下次运行将一次生成约 {count} 条任务，超过 {most} 条。</translation>
    </message>
    <message>
        <source>Joined to tasks that are there</source>
        <translation>并入已有任务</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>保留我的</translation>
    </message>
    <message>
        <source>Last run</source>
        <translation>上次运行</translation>
    </message>
    <message>
        <source>Left empty: at once</source>
        <translation>不填则立即可拨</translation>
    </message>
    <message>
        <source>Less by (%)</source>
        <translation>下降幅度（%）</translation>
    </message>
    <message>
        <source>Let it be</source>
        <translation>放弃修改</translation>
    </message>
    <message>
        <source>Look ahead</source>
        <translation>试算</translation>
    </message>
    <message>
        <source>Make about {count} tasks of “{name}”?</source>
        <translation>确认为“{name}”生成约 {count} 条任务？</translation>
    </message>
    <message>
        <source>Make {count} tasks</source>
        <translation>生成 {count} 条任务</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name of the batch</source>
        <translation>批次名称</translation>
    </message>
    <message>
        <source>Name, short word or source</source>
        <translation>名称、简称或出处</translation>
    </message>
    <message>
        <source>New plan</source>
        <translation>新建计划</translation>
    </message>
    <message>
        <source>No connection to the server: this can be looked at later. What you write is kept.</source>
        <translation>未连接服务器，稍后再试算；已填写的内容不会丢。</translation>
    </message>
    <message>
        <source>No consent</source>
        <translation>未取得同意</translation>
    </message>
    <message>
        <source>No day of this name is in the calendar, and the plan would never begin. There are: {known}. Name the day in the calendar, or give the days themselves.</source>
        <translation>日历中没有这个名称的日子，计划将永远不会触发。日历中有：{known}。请先在日历中为该日命名，或直接填写日期。</translation>
    </message>
    <message>
        <source>No plan is open</source>
        <translation>没有打开的计划</translation>
    </message>
    <message>
        <source>No plans here</source>
        <translation>这里没有计划</translation>
    </message>
    <message>
        <source>Nobody in touch for some time</source>
        <translation>一段时间无跟进</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>Number of the import</source>
        <translation>导入批次号</translation>
    </message>
    <message>
        <source>Of the plan as it was before the last change</source>
        <translation>这是修改之前的试算结果</translation>
    </message>
    <message>
        <source>On which day</source>
        <translation>哪一天</translation>
    </message>
    <message>
        <source>Once, an imported list</source>
        <translation>一次性：导入名单</translation>
    </message>
    <message>
        <source>Once, chosen customers</source>
        <translation>一次性：指定客户</translation>
    </message>
    <message>
        <source>Once, everybody of the audience</source>
        <translation>一次性：人群内全部客户</translation>
    </message>
    <message>
        <source>One after the other, commas between them</source>
        <translation>多个用逗号隔开</translation>
    </message>
    <message>
        <source>One more contact</source>
        <translation>加一次联系</translation>
    </message>
    <message>
        <source>One more line</source>
        <translation>加一行</translation>
    </message>
    <message>
        <source>Ordinary</source>
        <translation>普通</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Picked now</source>
        <translation>现在命中</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>计划</translation>
    </message>
    <message>
        <source>Plans</source>
        <translation>回访计划</translation>
    </message>
    <message>
        <source>Preview: the agent dials</source>
        <translation>预览：坐席看过再拨</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Progressive: dials by itself</source>
        <translation>渐进：倒计时后自动拨</translation>
    </message>
    <message>
        <source>Promise</source>
        <translation>承诺</translation>
    </message>
    <message>
        <source>Purpose</source>
        <translation>目的</translation>
    </message>
    <message>
        <source>Recommendation (NPS)</source>
        <translation>推荐度（NPS）</translation>
    </message>
    <message>
        <source>Satisfaction (CSAT)</source>
        <translation>满意度（CSAT）</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Set to work</source>
        <translation>启用</translation>
    </message>
    <message>
        <source>Set “{name}” to work?</source>
        <translation>启用计划「{name}」？</translation>
    </message>
    <message>
        <source>Shared out evenly</source>
        <translation>均衡分配</translation>
    </message>
    <message>
        <source>Short word</source>
        <translation>简称</translation>
    </message>
    <message>
        <source>Skills needed</source>
        <translation>需要的技能</translation>
    </message>
    <message>
        <source>So many in a hundred are not contacted, to compare with (0 to 100)</source>
        <translation>按此比例留出不联系的客户作对比（0–100）</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>有人</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>出处</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Still caught up with after so many days</source>
        <translation>错过后几天内仍补做</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Tags that whom it picks gets</source>
        <translation>给命中客户打的标签</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>用对方的</translation>
    </message>
    <message>
        <source>Task made before</source>
        <translation>已生成过任务</translation>
    </message>
    <message>
        <source>Tasks</source>
        <translation>生成任务</translation>
    </message>
    <message>
        <source>Tasks and the rest are of the first {count} picked.</source>
        <translation>任务及以下各项只统计命中的前 {count} 位。</translation>
    </message>
    <message>
        <source>That is about {days} working days for all {people} agents together, who take {number} a day.</source>
        <translation>按全部 {people} 名坐席每天共 {number} 条计算，大约需要 {days} 个工作日。</translation>
    </message>
    <message>
        <source>The customer&apos;s own agent</source>
        <translation>客户的专属坐席</translation>
    </message>
    <message>
        <source>The plan cannot be saved or set to work yet. Please look at: {fields}</source>
        <translation>计划还不能保存或启用，请检查：{fields}</translation>
    </message>
    <message>
        <source>The server is counting …</source>
        <translation>服务器正在试算…</translation>
    </message>
    <message>
        <source>The short word in an agent&apos;s queue, such as 首访 or 关怀</source>
        <translation>坐席队列里显示的简称，如 首访、关怀</translation>
    </message>
    <message>
        <source>The supervisor</source>
        <translation>主管</translation>
    </message>
    <message>
        <source>The team&apos;s pool</source>
        <translation>团队公共池</translation>
    </message>
    <message>
        <source>Tier</source>
        <translation>等级</translation>
    </message>
    <message>
        <source>Trigger</source>
        <translation>触发方式</translation>
    </message>
    <message>
        <source>Up to</source>
        <translation>到</translation>
    </message>
    <message>
        <source>User name of the agent</source>
        <translation>坐席登录名</translation>
    </message>
    <message>
        <source>Verification of a complaint</source>
        <translation>投诉核实</translation>
    </message>
    <message>
        <source>What</source>
        <translation>是什么</translation>
    </message>
    <message>
        <source>What each reminder offers</source>
        <translation>每一档的方案</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>发生了什么</translation>
    </message>
    <message>
        <source>What is not saved is lost.</source>
        <translation>未保存的内容会丢失。</translation>
    </message>
    <message>
        <source>What stirs</source>
        <translation>哪种信号</translation>
    </message>
    <message>
        <source>What would happen now?</source>
        <translation>现在会怎样？</translation>
    </message>
    <message>
        <source>When</source>
        <translation>什么时候</translation>
    </message>
    <message>
        <source>When something stirs</source>
        <translation>出现信号时</translation>
    </message>
    <message>
        <source>Which date</source>
        <translation>哪个日期</translation>
    </message>
    <message>
        <source>Which orders</source>
        <translation>哪些订单</translation>
    </message>
    <message>
        <source>Which plans</source>
        <translation>哪些计划</translation>
    </message>
    <message>
        <source>Which score</source>
        <translation>哪种评分</translation>
    </message>
    <message>
        <source>Who gets the tasks</source>
        <translation>任务给谁</translation>
    </message>
    <message>
        <source>Whom</source>
        <translation>对谁</translation>
    </message>
    <message>
        <source>Works from (day)</source>
        <translation>开始日期</translation>
    </message>
    <message>
        <source>Works until (day)</source>
        <translation>结束日期</translation>
    </message>
    <message>
        <source>a contract was signed</source>
        <translation>签约</translation>
    </message>
    <message>
        <source>active</source>
        <translation>活跃</translation>
    </message>
    <message>
        <source>activity falls</source>
        <translation>活跃度下降</translation>
    </message>
    <message>
        <source>activity falls by {percent}% within {days} days</source>
        <translation>{days} 天内活跃度下降 {percent}%</translation>
    </message>
    <message>
        <source>after: {event}</source>
        <translation>{event}后</translation>
    </message>
    <message>
        <source>all at the beginning</source>
        <translation>都在周期第一天</translation>
    </message>
    <message>
        <source>an enquiry waits for a reply</source>
        <translation>咨询未及时回复</translation>
    </message>
    <message>
        <source>anniversary of the signing</source>
        <translation>签约周年</translation>
    </message>
    <message>
        <source>as the company does</source>
        <translation>按公司设置</translation>
    </message>
    <message>
        <source>birthday</source>
        <translation>生日</translation>
    </message>
    <message>
        <source>bought again</source>
        <translation>复购</translation>
    </message>
    <message>
        <source>bought again within {days} days</source>
        <translation>{days} 天内复购</translation>
    </message>
    <message>
        <source>callable {span} later</source>
        <translation>{span}后可拨</translation>
    </message>
    <message>
        <source>came with the program or from a file</source>
        <translation>随程序或文件导入</translation>
    </message>
    <message>
        <source>churning</source>
        <translation>流失中</translation>
    </message>
    <message>
        <source>complained</source>
        <translation>投诉</translation>
    </message>
    <message>
        <source>complaint solved</source>
        <translation>投诉办结</translation>
    </message>
    <message>
        <source>complaints rise</source>
        <translation>投诉上升</translation>
    </message>
    <message>
        <source>complaints rise within {days} days</source>
        <translation>{days} 天内投诉上升</translation>
    </message>
    <message>
        <source>course ended</source>
        <translation>课程结束</translation>
    </message>
    <message>
        <source>delivered</source>
        <translation>交付</translation>
    </message>
    <message>
        <source>due {moment}</source>
        <translation>{moment} 到期</translation>
    </message>
    <message>
        <source>each customer on a day of his own</source>
        <translation>每位客户分散到各自的一天</translation>
    </message>
    <message>
        <source>end of the contract</source>
        <translation>合同到期</translation>
    </message>
    <message>
        <source>enquired</source>
        <translation>咨询</translation>
    </message>
    <message>
        <source>every order</source>
        <translation>每一单</translation>
    </message>
    <message>
        <source>every stage</source>
        <translation>所有阶段</translation>
    </message>
    <message>
        <source>every tier</source>
        <translation>所有等级</translation>
    </message>
    <message>
        <source>every {every}, {times} time(s)</source>
        <translation>每{every} {times} 次</translation>
    </message>
    <message>
        <source>gone live</source>
        <translation>上线</translation>
    </message>
    <message>
        <source>half-year</source>
        <translation>半年</translation>
    </message>
    <message>
        <source>installed</source>
        <translation>安装</translation>
    </message>
    <message>
        <source>joined to others</source>
        <translation>并入</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>已流失</translation>
    </message>
    <message>
        <source>month</source>
        <translation>月</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新客户</translation>
    </message>
    <message>
        <source>no goal</source>
        <translation>无目标</translation>
    </message>
    <message>
        <source>no guide</source>
        <translation>无话术</translation>
    </message>
    <message>
        <source>no reply to an enquiry for {hours} hours</source>
        <translation>咨询 {hours} 小时未回复</translation>
    </message>
    <message>
        <source>nothing of it has come to this desk yet</source>
        <translation>本机还没有它的任务记录</translation>
    </message>
    <message>
        <source>once: {batch}</source>
        <translation>一次性：{batch}</translation>
    </message>
    <message>
        <source>picked</source>
        <translation>命中</translation>
    </message>
    <message>
        <source>quarter</source>
        <translation>季度</translation>
    </message>
    <message>
        <source>silent</source>
        <translation>沉默</translation>
    </message>
    <message>
        <source>still open {count}</source>
        <translation>未完成 {count}</translation>
    </message>
    <message>
        <source>tasks</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>the dispatch</source>
        <translation>发货</translation>
    </message>
    <message>
        <source>the first order only</source>
        <translation>仅首单</translation>
    </message>
    <message>
        <source>the order</source>
        <translation>下单</translation>
    </message>
    <message>
        <source>the receipt</source>
        <translation>收货</translation>
    </message>
    <message>
        <source>ticket solved</source>
        <translation>工单解决</translation>
    </message>
    <message>
        <source>visited shop, site or app</source>
        <translation>到店或访问</translation>
    </message>
    <message>
        <source>week</source>
        <translation>周</translation>
    </message>
    <message>
        <source>year</source>
        <translation>年</translation>
    </message>
    <message>
        <source>{count} customers</source>
        <translation>{count} 位客户</translation>
    </message>
    <message>
        <source>{days} days after {basis}</source>
        <translation>{basis}后 {days} 天</translation>
    </message>
    <message>
        <source>{days} days after {basis}, first order only</source>
        <translation>{basis}后 {days} 天（仅首单）</translation>
    </message>
    <message>
        <source>{days} days before</source>
        <translation>提前 {days} 天</translation>
    </message>
    <message>
        <source>{days} days before {name}</source>
        <translation>{name}前 {days} 天</translation>
    </message>
    <message>
        <source>{days} days before: {date}</source>
        <translation>{date}前 {days} 天</translation>
    </message>
    <message>
        <source>{days} days without contact</source>
        <translation>{days} 天无跟进</translation>
    </message>
    <message>
        <source>{least} to {most}</source>
        <translation>{least}–{most}</translation>
    </message>
    <message>
        <source>{measure} from {at_least} to {at_most}</source>
        <translation>{measure} 评 {at_least}–{at_most} 分</translation>
    </message>
    <message>
        <source>{name} (copy)</source>
        <translation>{name}（副本）</translation>
    </message>
    <message>
        <source>{person} has changed this too meanwhile: {fields}. {first} is now: {text}</source>
        <translation>{person} 同时也改了：{fields}。{first}现在是：{text}</translation>
    </message>
    <message>
        <source>{value} of {target} until {day}</source>
        <translation>{value} / {target}，{day} 截止</translation>
    </message>
</context>
</TS>
