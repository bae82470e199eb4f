<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Lock</name>
    <message numerus="yes">
        <source>It has had no contact for %n day(s), longer than customers&apos; data may stay on it unseen. Connect it to the network: as soon as it reaches the server it unlocks by itself and sends what is waiting.</source>
        <translation>
            <numerusform>It has had no contact for %n day, longer than customers&apos; data may stay on it unseen. Connect it to the network: as soon as it reaches the server it unlocks by itself and sends what is waiting.</numerusform>
            <numerusform>It has had no contact for %n days, longer than customers&apos; data may stay on it unseen. Connect it to the network: as soon as it reaches the server it unlocks by itself and sends what is waiting.</numerusform>
        </translation>
    </message>
</context>
</TS>
