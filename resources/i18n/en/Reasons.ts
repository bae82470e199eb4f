<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Reasons</name>
    <message numerus="yes">
        <source>%n attempt(s) a day at most</source>
        <translation>
            <numerusform>%n attempt a day at most</numerusform>
            <numerusform>%n attempts a day at most</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) to the end of the contract</source>
        <translation>
            <numerusform>%n day to the end of the contract</numerusform>
            <numerusform>%n days to the end of the contract</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) without contact</source>
        <translation>
            <numerusform>%n day without contact</numerusform>
            <numerusform>%n days without contact</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open task(s) before it</source>
        <translation>
            <numerusform>%n open task before it</numerusform>
            <numerusform>%n open tasks before it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n step(s) before it left out: past when the ladder began</source>
        <translation>
            <numerusform>%n step before it left out: past when the ladder began</numerusform>
            <numerusform>%n steps before it left out: past when the ladder began</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>all %n attempt(s) used</source>
        <translation>
            <numerusform>the one attempt used</numerusform>
            <numerusform>all %n attempts used</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>tried %n time(s)</source>
        <translation>
            <numerusform>tried once</numerusform>
            <numerusform>tried %n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{days}: %n working day(s)</source>
        <translation>
            <numerusform>{days}: %n working day</numerusform>
            <numerusform>{days}: %n working days</numerusform>
        </translation>
    </message>
</context>
</TS>
