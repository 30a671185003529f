<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" sourcelanguage="en" language="zh_CN">
<context>
    <name>MainWindow</name>
    <message>
        <source>&lt;html&gt;&lt;head/&gt;&lt;body&gt;&lt;p align=&quot;center&quot;&gt;&lt;span style=&quot; color:#ff0000;&quot;&gt;Open&lt;/span&gt; the gate&lt;/p&gt;&lt;/body&gt;&lt;/html&gt;</source>
        <translation>&lt;html&gt;&lt;head/&gt;&lt;body&gt;&lt;p align=&quot;center&quot;&gt;&lt;span style=&quot; color:#ff0000;&quot;&gt;打开&lt;/span>闸门&lt;/p&gt;&lt;/body&gt;&lt;/html&gt;</translation>
    </message>
    <message>
        <source>&lt;style type=&quot;text/css&quot;&gt;p, li { white-space: pre-wrap; }&lt;/style&gt;See &lt;a href=&quot;https://example.org/%1&quot;&gt;the levels&lt;/a&gt; if 1 &lt; 2 or &lt;name&gt;</source>
        <translation>&lt;style type=&quot;text/css&quot;&gt;p, li { white-space: pre-wrap; }&lt;/style&gt;若 1 &lt; 2 或 &lt;name&gt;，参见&lt;a href=&quot;https://example.org/%1&quot;&gt;水位&lt;/a&gt;</translation>
    </message>
    <message>
        <source>Ctrl+C</source>
        <translation></translation>
    </message>
</context>
</TS>
