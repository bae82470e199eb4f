<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Customer</name>
    <message numerus="yes">
        <source>{amount} in %n order(s)</source>
        <translation>
            <numerusform>{amount} in %n order</numerusform>
            <numerusform>{amount} in %n orders</numerusform>
        </translation>
    </message>
</context>
</TS>
