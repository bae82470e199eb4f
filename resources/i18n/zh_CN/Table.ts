<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Table</name>
    <message>
        <source>Sort: press a head, or Alt+← → for the column, Alt+↑ ↓ for the order</source>
        <translation>排序：点击表头，或按 Alt+← → 换列、Alt+↑ ↓ 换升降序</translation>
    </message>
</context>
</TS>
