<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>WrapUp</name>
    <message numerus="yes">
        <source>%n answered</source>
        <translation>
            <numerusform>%n answered</numerusform>
            <numerusform>%n answered</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) of the guide have no answer yet: go back (Esc), or choose a partial result.</source>
        <translation>
            <numerusform>%n question of the guide has no answer yet: go back (Esc), or choose a partial result.</numerusform>
            <numerusform>%n questions of the guide have no answer yet: go back (Esc), or choose a partial result.</numerusform>
        </translation>
    </message>
</context>
</TS>
