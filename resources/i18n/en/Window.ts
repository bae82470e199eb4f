<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Window</name>
    <message numerus="yes">
        <source>%n escalation(s) to look at</source>
        <translation>
            <numerusform>%n escalation to look at</numerusform>
            <numerusform>%n escalations to look at</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n customer(s) from this computer?</source>
        <translation>
            <numerusform>Remove %n customer from this computer?</numerusform>
            <numerusform>Remove %n customers from this computer?</numerusform>
        </translation>
    </message>
</context>
</TS>
