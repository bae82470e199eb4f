<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Ledger</name>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>还有 %n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>Agrees</source>
        <translation>同意</translation>
    </message>
    <message>
        <source>Consent</source>
        <translation>客户同意</translation>
    </message>
    <message>
        <source>Contacts and occasions</source>
        <translation>联系与回访机会</translation>
    </message>
    <message>
        <source>Control group, not contacted: {wanted}</source>
        <translation>对照组，不联系：{wanted}</translation>
    </message>
    <message>
        <source>Declines</source>
        <translation>不同意</translation>
    </message>
    <message>
        <source>Fewer</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>From {moment} on</source>
        <translation>{moment} 起</translation>
    </message>
    <message>
        <source>In which words was he asked? Enter records it</source>
        <translation>征询原话，回车登记</translation>
    </message>
    <message>
        <source>May he be called now</source>
        <translation>现在能否联系</translation>
    </message>
    <message>
        <source>Merged into another contact: {wanted}</source>
        <translation>已并入其他回访：{wanted}</translation>
    </message>
    <message>
        <source>No</source>
        <translation>不可以</translation>
    </message>
    <message>
        <source>Nobody has contacted him yet</source>
        <translation>尚未联系过</translation>
    </message>
    <message>
        <source>Not sent out: {because} ({wanted})</source>
        <translation>未派：{because}（{wanted}）</translation>
    </message>
    <message>
        <source>The words he was asked with</source>
        <translation>征询原话</translation>
    </message>
    <message>
        <source>Withdraws</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>可以</translation>
    </message>
    <message>
        <source>agreed on {moment}</source>
        <translation>{moment} 已同意</translation>
    </message>
    <message>
        <source>never asked</source>
        <translation>未征询</translation>
    </message>
    <message>
        <source>no result yet</source>
        <translation>未小结</translation>
    </message>
    <message>
        <source>not agreed since {moment}</source>
        <translation>{moment} 起不同意</translation>
    </message>
</context>
</TS>
