<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Forms</name>
    <message numerus="yes">
        <source>%n draft(s) at this desk</source>
        <translation>
            <numerusform>本机草稿 %n 份</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s) to correct before it can be published</source>
        <translation>
            <numerusform>有 %n 处错误，改正后才能发布</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open task(s)</source>
        <translation>
            <numerusform>未完成任务 %n 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n response(s)</source>
        <translation>
            <numerusform>答卷 %n 份</numerusform>
        </translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>A customer&apos;s name, number</source>
        <translation>代入客户资料：姓名、号码</translation>
    </message>
    <message>
        <source>A new form “{title}”, version {version}.</source>
        <translation>新表单“{title}”，版本 {version}。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Back one page</source>
        <translation>上一页</translation>
    </message>
    <message>
        <source>By</source>
        <translation>发布人</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>Check another file</source>
        <translation>检查另一个文件</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Choose one in the list, or drop a workbook here to import it.</source>
        <translation>请在左侧选择一个表单，或把工作簿拖到这里导入。</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>Fetching the file…</source>
        <translation>正在取回文件…</translation>
    </message>
    <message>
        <source>Forms</source>
        <translation>表单</translation>
    </message>
    <message>
        <source>From the beginning</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Import a workbook</source>
        <translation>导入工作簿</translation>
    </message>
    <message>
        <source>Import a workbook (XLSForm); it is checked before anything is published.</source>
        <translation>请导入工作簿（XLSForm），发布之前会先做检查。</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一页</translation>
    </message>
    <message>
        <source>No errors</source>
        <translation>没有错误</translation>
    </message>
    <message numerus="yes">
        <source>No errors, %n note(s)</source>
        <translation>
            <numerusform>没有错误，有 %n 条提示</numerusform>
        </translation>
    </message>
    <message>
        <source>No form is chosen</source>
        <translation>未选择表单</translation>
    </message>
    <message>
        <source>No forms yet</source>
        <translation>还没有表单</translation>
    </message>
    <message>
        <source>No plan uses it</source>
        <translation>没有计划使用</translation>
    </message>
    <message>
        <source>No plan uses this form.</source>
        <translation>没有计划使用这个表单。</translation>
    </message>
    <message>
        <source>Nobody found</source>
        <translation>没有找到客户</translation>
    </message>
    <message>
        <source>Nothing that a reader would see</source>
        <translation>没有可见的变化</translation>
    </message>
    <message>
        <source>On their version stay: {what}. New tasks take this one.</source>
        <translation>{what}仍用原版本；新任务使用此版本。</translation>
    </message>
    <message>
        <source>Open tasks</source>
        <translation>未完成任务</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>发布</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>发布时间</translation>
    </message>
    <message>
        <source>Published: {code} {version}. It reaches the desks with their next contact.</source>
        <translation>已发布：{code} {version}。各坐席下次联网时生效。</translation>
    </message>
    <message>
        <source>Publishing…</source>
        <translation>正在发布…</translation>
    </message>
    <message>
        <source>Responses</source>
        <translation>答卷</translation>
    </message>
    <message>
        <source>Save the file</source>
        <translation>导出原文件</translation>
    </message>
    <message>
        <source>Saved as {name}</source>
        <translation>已保存为 {name}</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>The form has errors. Nothing was published.</source>
        <translation>表单有错误，没有发布。</translation>
    </message>
    <message>
        <source>The form is at its end</source>
        <translation>表单已填完</translation>
    </message>
    <message>
        <source>The server cannot be reached now. Forms are checked, published and exported there; the list, trials and comparisons work without it. Nothing was changed.</source>
        <translation>现在连不上服务器。检查、发布和导出需要联网；查看列表、试填和版本对比不受影响。什么都没有改动。</translation>
    </message>
    <message>
        <source>This file is too large to be a form. Nothing was changed.</source>
        <translation>文件太大，不能作为表单。什么都没有改动。</translation>
    </message>
    <message>
        <source>This form cannot be read by this program.</source>
        <translation>本程序无法读取这个表单。</translation>
    </message>
    <message>
        <source>This is where the agent goes on to the wrap-up.</source>
        <translation>坐席在这里进入小结。</translation>
    </message>
    <message>
        <source>This version exists already with another content. Give it another version and try again.</source>
        <translation>这个版本已存在，内容不同。请换一个版本号再试。</translation>
    </message>
    <message>
        <source>Trial: nothing is recorded</source>
        <translation>试填：不做任何记录</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>试填</translation>
    </message>
    <message>
        <source>Used by: {plans}</source>
        <translation>使用的计划：{plans}</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Version {before} has this very content already.</source>
        <translation>版本 {before} 的内容与此完全相同。</translation>
    </message>
    <message>
        <source>Version {version} exists already with another content. Write another version on the sheet settings.</source>
        <translation>版本 {version} 已存在，内容不同。请在 settings 表中换一个版本号。</translation>
    </message>
    <message>
        <source>Version {version} of “{title}”, after {before}.</source>
        <translation>“{title}”的版本 {version}，上一版本为 {before}。</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>What changed from {before} to {after}</source>
        <translation>从 {before} 到 {after} 的变化</translation>
    </message>
    <message>
        <source>What is new</source>
        <translation>更新说明</translation>
    </message>
    <message>
        <source>What is new in this version?</source>
        <translation>这个版本有哪些变化？</translation>
    </message>
    <message>
        <source>With the data of</source>
        <translation>代入客户资料</translation>
    </message>
    <message>
        <source>the next number</source>
        <translation>下一个序号</translation>
    </message>
    <message>
        <source>{version} · current</source>
        <translation>{version} · 当前</translation>
    </message>
</context>
</TS>
