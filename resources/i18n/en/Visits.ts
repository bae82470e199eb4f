<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Visits</name>
    <message numerus="yes">
        <source>%n dossier(s) on this device</source>
        <translation>
            <numerusform>%n dossier on this device</numerusform>
            <numerusform>%n dossiers on this device</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) to upload</source>
        <translation>
            <numerusform>%n file to upload</numerusform>
            <numerusform>%n files to upload</numerusform>
        </translation>
    </message>
</context>
</TS>
