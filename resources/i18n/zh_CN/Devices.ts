<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Devices</name>
    <message numerus="yes">
        <source>%n not sent</source>
        <translation>
            <numerusform>未上传 %n 条</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>持有数据 %n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>Admit again</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>At its next contact it hands over what was not sent and deletes everything. As long as it has no network nobody can force it; its data stays encrypted, and it locks itself when its time is over.</source>
        <translation>下次联网时，该设备先移交未上传的内容，再删除全部数据。断网期间无法强制执行；其数据始终加密，超过期限后自动锁定。</translation>
    </message>
    <message>
        <source>Computers</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Contact within the last hour</source>
        <translation>一小时内有联系</translation>
    </message>
    <message>
        <source>It gets nothing more and is locked at its next contact. What was done on it without the network comes to your conflicts.</source>
        <translation>该设备不再获得任何数据，并在下次联网时锁定。断网期间所做的内容会进入您的冲突列表。</translation>
    </message>
    <message>
        <source>Last contact {ago}</source>
        <translation>最近联系：{ago}</translation>
    </message>
    <message>
        <source>Nobody of the team has signed in yet</source>
        <translation>团队中尚无人登录</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>吊销</translation>
    </message>
    <message>
        <source>Revoke the computer of {person} ({name})?</source>
        <translation>吊销 {person} 的设备（{name}）？</translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation>已吊销</translation>
    </message>
    <message>
        <source>Revoke…</source>
        <translation>吊销…</translation>
    </message>
    <message>
        <source>To be wiped</source>
        <translation>待清除</translation>
    </message>
    <message>
        <source>Wipe</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Wipe the computer of {person} ({name})?</source>
        <translation>清除 {person} 的设备（{name}）上的数据？</translation>
    </message>
    <message>
        <source>Wiped</source>
        <translation>已清除</translation>
    </message>
    <message>
        <source>Wipe…</source>
        <translation>清除…</translation>
    </message>
    <message>
        <source>locked until it reaches the server</source>
        <translation>已锁定，连上服务器后解锁</translation>
    </message>
    <message>
        <source>may work alone for {span}</source>
        <translation>可离线工作 {span}</translation>
    </message>
</context>
</TS>
