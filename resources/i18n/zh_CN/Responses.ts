<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Responses</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>A column a choice</source>
        <translation>每个选项一列</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>坐席</translation>
    </message>
    <message>
        <source>All teams</source>
        <translation>全部团队</translation>
    </message>
    <message>
        <source>All versions</source>
        <translation>全部版本</translation>
    </message>
    <message>
        <source>Always the same answer</source>
        <translation>答案雷同</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>Answers or name</source>
        <translation>答案或姓名</translation>
    </message>
    <message>
        <source>Any score</source>
        <translation>不限评分</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>不限时间</translation>
    </message>
    <message>
        <source>At the server</source>
        <translation>服务器收到</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>开始时间</translation>
    </message>
    <message>
        <source>Belongs to</source>
        <translation>所属记录</translation>
    </message>
    <message>
        <source>CSAT</source>
        <translation>满意度</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Choices</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Choose a place</source>
        <translation>选择保存位置</translation>
    </message>
    <message>
        <source>Choose one in the table to read it here.</source>
        <translation>在表格中选择一份，可在此阅读。</translation>
    </message>
    <message>
        <source>Codes</source>
        <translation>选项编码</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>完整</translation>
    </message>
    <message>
        <source>Complete or not</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Completeness</source>
        <translation>完整性</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>更正</translation>
    </message>
    <message>
        <source>Customer</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Device time</source>
        <translation>设备时间</translation>
    </message>
    <message>
        <source>Edition</source>
        <translation>修订</translation>
    </message>
    <message>
        <source>Edition {number}</source>
        <translation>第 {number} 版</translation>
    </message>
    <message>
        <source>Editions</source>
        <translation>历次修订</translation>
    </message>
    <message>
        <source>Everybody</source>
        <translation>全部坐席</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Flags</source>
        <translation>标记</translation>
    </message>
    <message>
        <source>Form</source>
        <translation>表单</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>From a day to a day</source>
        <translation>自选起止日期</translation>
    </message>
    <message>
        <source>Headings</source>
        <translation>表头</translation>
    </message>
    <message>
        <source>In one column</source>
        <translation>合在一列</translation>
    </message>
    <message>
        <source>Incomplete</source>
        <translation>不完整</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>近 30 天</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>近 7 天</translation>
    </message>
    <message>
        <source>Multiple answers</source>
        <translation>多选题</translation>
    </message>
    <message>
        <source>NPS</source>
        <translation>NPS</translation>
    </message>
    <message>
        <source>NPS 0–6</source>
        <translation>NPS 0–6</translation>
    </message>
    <message>
        <source>NPS 7–8</source>
        <translation>NPS 7–8</translation>
    </message>
    <message>
        <source>NPS 9–10</source>
        <translation>NPS 9–10</translation>
    </message>
    <message>
        <source>Names as headings</source>
        <translation>题目名称作表头</translation>
    </message>
    <message>
        <source>No response is chosen</source>
        <translation>未选择答卷</translation>
    </message>
    <message>
        <source>No responses here</source>
        <translation>没有答卷</translation>
    </message>
    <message>
        <source>Nobody has answered this form yet, or the filters leave nothing.</source>
        <translation>这个表单还没有答卷，或没有符合筛选条件的答卷。</translation>
    </message>
    <message>
        <source>One row a response; what is asked several times stands on sheets of its own. The file is not encrypted.</source>
        <translation>每份答卷一行，重复组另放工作表。导出的文件没有加密，请妥善保管。</translation>
    </message>
    <message>
        <source>Open the task</source>
        <translation>打开任务</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>走访位置</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>计划</translation>
    </message>
    <message>
        <source>Questions as headings</source>
        <translation>题目作表头</translation>
    </message>
    <message>
        <source>Recorded</source>
        <translation>提交时间</translation>
    </message>
    <message>
        <source>Responses</source>
        <translation>答卷</translation>
    </message>
    <message>
        <source>Satisfaction</source>
        <translation>满意度</translation>
    </message>
    <message>
        <source>Satisfaction 1–2</source>
        <translation>满意度 1–2</translation>
    </message>
    <message>
        <source>Satisfaction 4–5</source>
        <translation>满意度 4–5</translation>
    </message>
    <message>
        <source>Saved as {name}</source>
        <translation>已保存为 {name}</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>评分</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>团队</translation>
    </message>
    <message>
        <source>This day is before the first one</source>
        <translation>结束日期早于开始日期</translation>
    </message>
    <message>
        <source>To note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>To, this day included</source>
        <translation>到（含当天）</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Too fast</source>
        <translation>作答过快</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>With any flag</source>
        <translation>有标记</translation>
    </message>
    <message>
        <source>With or without flags</source>
        <translation>不限标记</translation>
    </message>
    <message>
        <source>Words of the choices</source>
        <translation>选项文字</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>{done} of {of} written</source>
        <translation>已写 {done} / {of}</translation>
    </message>
</context>
</TS>
