<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>CallGuide</name>
    <message numerus="yes">
        <source>{named} and others, %n kinds</source>
        <translation>
            <numerusform>{named}</numerusform>
            <numerusform>{named} and others, %n kinds</numerusform>
        </translation>
    </message>
</context>
</TS>
