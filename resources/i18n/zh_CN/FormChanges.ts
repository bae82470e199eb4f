<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>FormChanges</name>
    <message>
        <source>Added</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Choices</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Conditions and the like</source>
        <translation>条件与规则</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Language added</source>
        <translation>新增语言</translation>
    </message>
    <message>
        <source>Language removed</source>
        <translation>删除语言</translation>
    </message>
    <message>
        <source>List {name}: {choice}</source>
        <translation>选项表 {name}：{choice}</translation>
    </message>
    <message>
        <source>Moved</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Removed</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>重复组</translation>
    </message>
    <message>
        <source>Reworded</source>
        <translation>改写</translation>
    </message>
    <message>
        <source>The form</source>
        <translation>表单</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>计算值</translation>
    </message>
    <message>
        <source>added</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>another list of choices</source>
        <translation>换用选项表</translation>
    </message>
    <message>
        <source>appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>asked when</source>
        <translation>显示条件</translation>
    </message>
    <message>
        <source>calculation</source>
        <translation>计算</translation>
    </message>
    <message>
        <source>constraint</source>
        <translation>约束</translation>
    </message>
    <message>
        <source>default</source>
        <translation>默认值</translation>
    </message>
    <message>
        <source>hint</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>how many times</source>
        <translation>重复次数</translation>
    </message>
    <message>
        <source>in another order</source>
        <translation>顺序改变</translation>
    </message>
    <message>
        <source>in {group}</source>
        <translation>在“{group}”中</translation>
    </message>
    <message>
        <source>message</source>
        <translation>提示语</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>outside of groups</source>
        <translation>不在分组中</translation>
    </message>
    <message>
        <source>read-only</source>
        <translation>只读</translation>
    </message>
    <message>
        <source>removed</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>required</source>
        <translation>必填</translation>
    </message>
    <message>
        <source>to another place of its group</source>
        <translation>移到本组的其他位置</translation>
    </message>
    <message>
        <source>type</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>which choices are offered</source>
        <translation>选项筛选</translation>
    </message>
    <message>
        <source>{what} {count}</source>
        <translation>{what} {count}</translation>
    </message>
    <message numerus="yes">
        <source>…and %n more</source>
        <translation>
            <numerusform>…另有 %n 处</numerusform>
        </translation>
    </message>
</context>
</TS>
