<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Standing</name>
    <message numerus="yes">
        <source>every %n day(s)</source>
        <translation>
            <numerusform>every day</numerusform>
            <numerusform>every %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>last order {day}, %n order(s), {amount}</source>
        <translation>
            <numerusform>last order {day}, one order, {amount}</numerusform>
            <numerusform>last order {day}, %n orders, {amount}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>no sign since {day}, more than %n day(s)</source>
        <translation>
            <numerusform>no sign since {day}, more than a day</numerusform>
            <numerusform>no sign since {day}, more than %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{spent} so far, {year} a year for %n more year(s), {percent} % of it</source>
        <translation>
            <numerusform>{spent} so far, {year} a year for one more year, {percent} % of it</numerusform>
            <numerusform>{spent} so far, {year} a year for %n more years, {percent} % of it</numerusform>
        </translation>
    </message>
</context>
</TS>
