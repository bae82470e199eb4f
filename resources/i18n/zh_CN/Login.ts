<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Login</name>
    <message>
        <source>Earlier password</source>
        <translation>原密码</translation>
    </message>
    <message>
        <source>Huifang</source>
        <translation>回访</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Please fill this in.</source>
        <translation>请填写此项。</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>正在登录…</translation>
    </message>
    <message>
        <source>Something went wrong; your data is untouched. Please try again, or tell your administrator.</source>
        <translation>登录时出了点问题，数据没有改动。请再试一次，或告知管理员。</translation>
    </message>
    <message>
        <source>The earlier password is wrong. Nothing was deleted; if you no longer know it, please ask your administrator.</source>
        <translation>原密码不正确。未删除任何内容；如已忘记，请联系管理员。</translation>
    </message>
    <message>
        <source>The follow-up desk</source>
        <translation>客户回访工作台</translation>
    </message>
    <message>
        <source>The server cannot be reached, and you have not signed in on this computer before. Please check the address and the network.</source>
        <translation>连接不上服务器，且您尚未在本机登录过。请检查服务器地址和网络。</translation>
    </message>
    <message>
        <source>User name</source>
        <translation>用户名</translation>
    </message>
    <message>
        <source>Your data stays encrypted on this computer; you can work without the network.</source>
        <translation>数据在本机加密保存，断网也能继续工作。</translation>
    </message>
    <message>
        <source>Your password was changed. Please enter the earlier one, too, this once: it opens the data on this computer, and from then on the new one does.</source>
        <translation>密码已修改。请同时输入一次原密码，以打开本机数据；此后使用新密码即可。</translation>
    </message>
    <message>
        <source>Your supervisor has ordered the data on this computer to be deleted. What had not been sent was handed over first.</source>
        <translation>班长已下达清除指令，本机数据已删除；尚未上传的内容已先行移交。</translation>
    </message>
</context>
</TS>
