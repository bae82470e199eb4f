<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>CallGuide</name>
    <message numerus="yes">
        <source>%n question(s) skipped</source>
        <translation>
            <numerusform>%n question skipped</numerusform>
            <numerusform>%n questions skipped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) skipped because of “{answer}”</source>
        <translation>
            <numerusform>%n question skipped because of “{answer}”</numerusform>
            <numerusform>%n questions skipped because of “{answer}”</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{named} and others, %n kinds</source>
        <translation>
            <numerusform>{named}</numerusform>
            <numerusform>{named} and others, %n kinds</numerusform>
        </translation>
    </message>
</context>
</TS>
