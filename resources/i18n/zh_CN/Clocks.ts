<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Clocks</name>
    <message>
        <source>device clock {span} ahead</source>
        <translation>设备时钟快 {span}</translation>
    </message>
    <message>
        <source>device clock {span} behind</source>
        <translation>设备时钟慢 {span}</translation>
    </message>
    <message>
        <source>{position} ±{metres} m</source>
        <translation>{position} ±{metres} 米</translation>
    </message>
</context>
</TS>
