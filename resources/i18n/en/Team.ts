<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Team</name>
    <message numerus="yes">
        <source>%n attempt(s)</source>
        <translation>
            <numerusform>attempt %n</numerusform>
            <numerusform>attempt %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more of those chosen are closed and stay as they are.</source>
        <translation>
            <numerusform>One more of those chosen is closed and stays as it is.</numerusform>
            <numerusform>%n more of those chosen are closed and stay as they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n persons</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n task(s)</source>
        <translation>
            <numerusform>%n task</numerusform>
            <numerusform>%n tasks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n task(s) moved, the load is even</source>
        <translation>
            <numerusform>%n task moved, the load is even</numerusform>
            <numerusform>%n tasks moved, the load is even</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n task(s) now with {name}</source>
        <translation>
            <numerusform>%n task now with {name}</numerusform>
            <numerusform>%n tasks now with {name}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n task(s) stay where they are:</source>
        <translation>
            <numerusform>%n task stays where it is:</numerusform>
            <numerusform>%n tasks stay where they are:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Even out by moving %n task(s)</source>
        <translation>
            <numerusform>Even out by moving %n task</numerusform>
            <numerusform>Even out by moving %n tasks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Give %n task(s) to</source>
        <translation>
            <numerusform>Give %n task to</numerusform>
            <numerusform>Give %n tasks to</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Stopped; %n task(s) stay where they are.</source>
        <translation>
            <numerusform>Stopped; %n task stays where it is.</numerusform>
            <numerusform>Stopped; %n tasks stay where they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{result}: %n call(s)</source>
        <translation>
            <numerusform>{result}: %n call</numerusform>
            <numerusform>{result}: %n calls</numerusform>
        </translation>
    </message>
</context>
</TS>
