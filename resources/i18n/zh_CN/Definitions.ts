<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Definitions</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>A condition is not complete</source>
        <translation>条件还没填完整</translation>
    </message>
    <message>
        <source>A number from {least} to {most}</source>
        <translation>填 {least} 到 {most} 之间的数</translation>
    </message>
    <message>
        <source>A number that is not too large, and its unit</source>
        <translation>填一个不过大的数字并选单位</translation>
    </message>
    <message>
        <source>A whole number from {least} to {most}</source>
        <translation>填 {least}–{most} 的整数</translation>
    </message>
    <message>
        <source>At most {longest} characters</source>
        <translation>最多 {longest} 个字</translation>
    </message>
    <message>
        <source>At most {most}</source>
        <translation>最多 {most} 个</translation>
    </message>
    <message>
        <source>Choose one</source>
        <translation>请选择一项</translation>
    </message>
    <message>
        <source>Each contact has to be later than the one before</source>
        <translation>每次联系都要晚于上一次</translation>
    </message>
    <message>
        <source>Forget it</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Forget what was written on “{name}”?</source>
        <translation>放弃对“{name}”所做的修改？</translation>
    </message>
    <message>
        <source>It cannot be saved yet. Please look at: {fields}</source>
        <translation>还不能保存，请检查：{fields}</translation>
    </message>
    <message>
        <source>Keep mine</source>
        <translation>保留我的</translation>
    </message>
    <message>
        <source>Let it be</source>
        <translation>放弃修改</translation>
    </message>
    <message>
        <source>Not before {day}</source>
        <translation>不能早于 {day}</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>Not saved yet. It stands as you left it: {moment}.</source>
        <translation>还没有保存。内容停在离开时的样子：{moment}。</translation>
    </message>
    <message>
        <source>Required</source>
        <translation>必填</translation>
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
        <source>Somebody has changed this too meanwhile: {fields}. {first} is now: {text}</source>
        <translation>其他人也改了：{fields}。{first}现为：{text}</translation>
    </message>
    <message>
        <source>Take theirs</source>
        <translation>采用对方的</translation>
    </message>
    <message>
        <source>This is not understood</source>
        <translation>无法识别</translation>
    </message>
    <message>
        <source>What is not saved is lost.</source>
        <translation>未保存的内容将丢失。</translation>
    </message>
    <message>
        <source>without a name</source>
        <translation>未命名</translation>
    </message>
</context>
</TS>
