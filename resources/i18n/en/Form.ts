<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Form</name>
    <message numerus="yes">
        <source>%n question(s) skipped</source>
        <translation>
            <numerusform>%n question skipped</numerusform>
            <numerusform>%n questions skipped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) skipped because {question} = {answer}</source>
        <translation>
            <numerusform>%n question skipped because {question} = {answer}</numerusform>
            <numerusform>%n questions skipped because {question} = {answer}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Its %n answer(s) go with it.</source>
        <translation>
            <numerusform>Its answer goes with it.</numerusform>
            <numerusform>Its %n answers go with it.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>“{question}” = {answer}: %n answer(s) would no longer count</source>
        <translation>
            <numerusform>“{question}” = {answer}: %n answer would no longer count</numerusform>
            <numerusform>“{question}” = {answer}: %n answers would no longer count</numerusform>
        </translation>
    </message>
</context>
</TS>
