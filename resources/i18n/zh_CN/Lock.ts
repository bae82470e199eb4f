<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Lock</name>
    <message>
        <source>Contact the server now</source>
        <translation>立即联系服务器</translation>
    </message>
    <message numerus="yes">
        <source>It has had no contact for %n day(s), longer than customers&apos; data may stay on it unseen. Connect it to the network: as soon as it reaches the server it unlocks by itself and sends what is waiting.</source>
        <translation>
            <numerusform>本机已 %n 天未与服务器联系，超过了客户资料可脱离服务器保存的期限。请连接网络：一旦连上服务器即自动解锁，并上传待发送的内容。</numerusform>
        </translation>
    </message>
    <message>
        <source>The data on this computer is being deleted</source>
        <translation>正在清除本机数据</translation>
    </message>
    <message>
        <source>This computer is no longer admitted</source>
        <translation>本机已被吊销</translation>
    </message>
    <message>
        <source>This computer needs its server</source>
        <translation>请先连接服务器</translation>
    </message>
    <message>
        <source>What had not been sent was handed to your supervisor; please ask there.</source>
        <translation>尚未上传的内容已移交班长，请向班长咨询。</translation>
    </message>
    <message>
        <source>What you have saved is safe on this computer.</source>
        <translation>已保存的内容仍安全地留在本机。</translation>
    </message>
    <message>
        <source>Your account is disabled</source>
        <translation>您的账号已停用</translation>
    </message>
    <message>
        <source>Your supervisor has ordered it. What has not been sent is handed over first; please leave the computer on until then.</source>
        <translation>班长已下达清除指令。尚未上传的内容会先行移交，在此之前请勿关机。</translation>
    </message>
    <message>
        <source>Your supervisor has revoked it. What had not been sent was handed to your supervisor.</source>
        <translation>班长已吊销本机，尚未上传的内容已移交班长。</translation>
    </message>
</context>
</TS>
