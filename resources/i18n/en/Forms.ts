<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Forms</name>
    <message numerus="yes">
        <source>%n draft(s) at this desk</source>
        <translation>
            <numerusform>%n draft at this desk</numerusform>
            <numerusform>%n drafts at this desk</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s) to correct before it can be published</source>
        <translation>
            <numerusform>%n error to correct before it can be published</numerusform>
            <numerusform>%n errors to correct before it can be published</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open task(s)</source>
        <translation>
            <numerusform>%n open task</numerusform>
            <numerusform>%n open tasks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n response(s)</source>
        <translation>
            <numerusform>%n response</numerusform>
            <numerusform>%n responses</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>No errors, %n note(s)</source>
        <translation>
            <numerusform>No errors, %n note</numerusform>
            <numerusform>No errors, %n notes</numerusform>
        </translation>
    </message>
</context>
</TS>
