<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Attachments</name>
    <message>
        <source>Add file</source>
        <translation>添加附件</translation>
    </message>
    <message>
        <source>Adding {names} …</source>
        <translation>正在添加 {names}…</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Fetching {share}</source>
        <translation>正在取回 {share}</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>附件</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>适应窗口</translation>
    </message>
    <message>
        <source>No files yet. Add one, or drop it here.</source>
        <translation>还没有附件。可点“添加附件”，或把文件拖到这里。</translation>
    </message>
    <message>
        <source>Not yet sent by the desk that added it</source>
        <translation>对方坐席尚未上传完</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Own size</source>
        <translation>原始大小</translation>
    </message>
    <message>
        <source>Pictures, recordings and documents</source>
        <translation>图片、录音和文档</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Remove this file?</source>
        <translation>删除这个附件？</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>删除 {name}</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>另存</translation>
    </message>
    <message>
        <source>Save a copy</source>
        <translation>另存副本</translation>
    </message>
    <message>
        <source>Send again</source>
        <translation>重新上传</translation>
    </message>
    <message>
        <source>Sending {share}</source>
        <translation>正在上传 {share}</translation>
    </message>
    <message>
        <source>Sent; being confirmed</source>
        <translation>已上传，等待确认</translation>
    </message>
    <message>
        <source>The server does not have this file any more</source>
        <translation>服务器上已没有这个文件</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Waits to be sent; it is safe here</source>
        <translation>待上传，已安全保存在本机</translation>
    </message>
    <message>
        <source>{name} is removed here and at the server, for everybody, and cannot come back.</source>
        <translation>{name} 将从本机和服务器删除，所有人都不再能看到，且无法恢复。</translation>
    </message>
    <message>
        <source>{name}: {problem}</source>
        <translation>{name}：{problem}</translation>
    </message>
</context>
</TS>
