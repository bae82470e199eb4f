<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Settings</name>
    <message>
        <source>Calendar</source>
        <translation>日历</translation>
    </message>
    <message>
        <source>Calendar address</source>
        <translation>日历地址</translation>
    </message>
    <message>
        <source>Callbacks, visits and deadlines in Outlook or on your phone, names masked. A new address ends the one before.</source>
        <translation>在 Outlook 或手机日历中查看约定回拨、走访和截止时间，姓名已脱敏。生成新地址后，旧地址随即失效。</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>拨号方式</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>End the address</source>
        <translation>停用地址</translation>
    </message>
    <message>
        <source>I dial by hand</source>
        <translation>手工拨号</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Make a private address</source>
        <translation>生成私有地址</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Softphone of this computer</source>
        <translation>本机软电话</translation>
    </message>
    <message>
        <source>System</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Takes effect the next time you start the program.</source>
        <translation>下次启动后生效。</translation>
    </message>
    <message>
        <source>The address has ended; nobody can read your calendar any more.</source>
        <translation>地址已停用，任何人都无法再读取您的日历。</translation>
    </message>
    <message>
        <source>Whoever knows the address can read your callbacks, visits and deadlines. It is shown only now.</source>
        <translation>知道此地址的人都能看到您的回拨、走访和截止时间。地址仅在此时显示，请及时复制。</translation>
    </message>
</context>
</TS>
