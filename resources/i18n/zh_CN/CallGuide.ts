<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>CallGuide</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>Appointment {moment}</source>
        <translation>约定 {moment}</translation>
    </message>
    <message>
        <source>Ask now</source>
        <translation>现在问</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Book a callback</source>
        <translation>约定回拨</translation>
    </message>
    <message>
        <source>Bring back ({key})</source>
        <translation>找回（{key}）</translation>
    </message>
    <message>
        <source>Bring former answers back</source>
        <translation>找回原来的答案</translation>
    </message>
    <message>
        <source>Call</source>
        <translation>通话</translation>
    </message>
    <message>
        <source>Call {clock}</source>
        <translation>通话中 {clock}</translation>
    </message>
    <message>
        <source>Call, and wrap up with a note (F8).</source>
        <translation>直接拨打，通话后用备注做小结（F8）。</translation>
    </message>
    <message>
        <source>Callback</source>
        <translation>约定回拨</translation>
    </message>
    <message>
        <source>Check in</source>
        <translation>签到</translation>
    </message>
    <message>
        <source>Checked in at {position}, accuracy not known.</source>
        <translation>已签到：{position}，精度未知。</translation>
    </message>
    <message>
        <source>Checked in at {position}.</source>
        <translation>已签到：{position}。</translation>
    </message>
    <message>
        <source>Checked in at {position}. This is less accurate than 30 m; it is kept with that, and F5 tries again.</source>
        <translation>已签到：{position}。精度低于 30 米，已按此精度保存；按 F5 可重新定位。</translation>
    </message>
    <message>
        <source>Checked in without a position. F5 looks for it again.</source>
        <translation>已签到，未记录位置。按 F5 重新定位。</translation>
    </message>
    <message>
        <source>Checked in. This computer cannot find its position: type it, or leave it open.</source>
        <translation>已签到。本机无法定位：可手工填写位置，也可不填。</translation>
    </message>
    <message>
        <source>Correct the answers</source>
        <translation>更正答案</translation>
    </message>
    <message>
        <source>Dial</source>
        <translation>拨打</translation>
    </message>
    <message>
        <source>Dial, check in</source>
        <translation>拨号、签到</translation>
    </message>
    <message>
        <source>Dials in {seconds} s. F6 stops it; F5 dials at once.</source>
        <translation>{seconds} 秒后自动拨号。F6 停止，F5 立即拨号。</translation>
    </message>
    <message>
        <source>Done: {result}</source>
        <translation>已小结：{result}</translation>
    </message>
    <message>
        <source>Ended {clock}</source>
        <translation>已挂断 {clock}</translation>
    </message>
    <message>
        <source>Everything is saved. Press Ctrl F2 for the next visit.</source>
        <translation>内容都已保存。按 Ctrl F2 接着下一家走访。</translation>
    </message>
    <message>
        <source>Everything is saved. Press F2 for the next customer.</source>
        <translation>内容都已保存。按 F2 接下一位客户。</translation>
    </message>
    <message>
        <source>Hang up</source>
        <translation>挂断</translation>
    </message>
    <message>
        <source>It was given to somebody else, or has ended. Press F2 for the next.</source>
        <translation>任务已改派给他人或已结束。按 F2 接下一位。</translation>
    </message>
    <message>
        <source>Key points</source>
        <translation>核对要点</translation>
    </message>
    <message>
        <source>Latitude, longitude, metres</source>
        <translation>纬度, 经度, 精度(米)</translation>
    </message>
    <message>
        <source>Looking for the position…</source>
        <translation>正在定位……</translation>
    </message>
    <message>
        <source>Manual: you choose and dial</source>
        <translation>手动外呼：自选自拨</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>No guide for this task</source>
        <translation>这个任务没有话术</translation>
    </message>
    <message>
        <source>Nobody is open</source>
        <translation>还没有打开客户</translation>
    </message>
    <message>
        <source>Not dialled</source>
        <translation>未拨打</translation>
    </message>
    <message>
        <source>Nothing was answered. Wrap the call up with its result.</source>
        <translation>没有记录任何回答，请直接用通话结果做小结。</translation>
    </message>
    <message>
        <source>Number to dial</source>
        <translation>拨打的号码</translation>
    </message>
    <message>
        <source>On site {clock}</source>
        <translation>在场 {clock}</translation>
    </message>
    <message>
        <source>Position by hand</source>
        <translation>手工填写位置</translation>
    </message>
    <message>
        <source>Press F2 for the next customer, or choose one on the left.</source>
        <translation>按 F2 接下一位客户，或在左侧选一位。</translation>
    </message>
    <message>
        <source>Preview: you dial</source>
        <translation>预览外呼：看后再拨</translation>
    </message>
    <message>
        <source>Progressive: dials after {seconds} s</source>
        <translation>渐进外呼：{seconds} 秒后自动拨</translation>
    </message>
    <message>
        <source>Promised by {moment}</source>
        <translation>承诺 {moment} 前办结</translation>
    </message>
    <message>
        <source>Repeat them to the customer; when they are right, wrap up (F8).</source>
        <translation>向客户复述这些要点，确认无误后做小结（F8）。</translation>
    </message>
    <message>
        <source>Resumed as it was saved {ago}.</source>
        <translation>已恢复，{ago}保存。</translation>
    </message>
    <message>
        <source>Resumed at question {number}, saved {ago}.</source>
        <translation>已从第 {number} 题继续，{ago}保存。</translation>
    </message>
    <message>
        <source>Resumed at the end of the guide, saved {ago}.</source>
        <translation>话术已走完，{ago}保存。</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Start over ({key})</source>
        <translation>重新开始（{key}）</translation>
    </message>
    <message>
        <source>Start over? The answers so far can be brought back until the call is wrapped up.</source>
        <translation>要重新开始吗？小结保存前，已填的答案可以找回。</translation>
    </message>
    <message>
        <source>Started over. The former answers can be brought back until the call is wrapped up.</source>
        <translation>已重新开始。小结保存前，原来的答案可以找回。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>The guide cannot be shown</source>
        <translation>话术打不开</translation>
    </message>
    <message>
        <source>The guide is at its end</source>
        <translation>话术已到末尾</translation>
    </message>
    <message>
        <source>There is no number to dial. Correct it at the right, or log the call by F8.</source>
        <translation>没有可拨的号码。请在右侧更正，或按 F8 补记通话。</translation>
    </message>
    <message>
        <source>This call waits for its wrap-up (F8) before the next.</source>
        <translation>这一通还没有小结，请先完成小结（F8）再拨。</translation>
    </message>
    <message>
        <source>This task has ended</source>
        <translation>这个任务已结束</translation>
    </message>
    <message>
        <source>This task is no longer here</source>
        <translation>这个任务已不在本机</translation>
    </message>
    <message>
        <source>Two numbers in degrees are needed, such as 31.2304, 121.4737.</source>
        <translation>请填写以度为单位的两个数，例如 31.2304, 121.4737。</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>采用</translation>
    </message>
    <message>
        <source>Wrap up</source>
        <translation>小结</translation>
    </message>
    <message>
        <source>You can go on: call, and wrap up with a note (F8).</source>
        <translation>不影响工作：照常拨打，通话后用备注做小结（F8）。</translation>
    </message>
    <message>
        <source>no number</source>
        <translation>无号码</translation>
    </message>
    <message numerus="yes">
        <source>{named} and others, %n kinds</source>
        <translation>
            <numerusform>{named}等 %n 种商品</numerusform>
        </translation>
    </message>
    <message>
        <source>{question}: no answer yet</source>
        <translation>{question}：还没有回答</translation>
    </message>
</context>
</TS>
