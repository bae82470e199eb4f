<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Findings</name>
    <message>
        <source>A choice of the list {value} has no name</source>
        <translation>选项列表 {value} 中有选项没有值</translation>
    </message>
    <message>
        <source>A newer server says: {kind}</source>
        <translation>较新的服务器提示：{kind}</translation>
    </message>
    <message>
        <source>Add a row of type {suggestion} after its last question</source>
        <translation>在它的最后一题之后加一行 {suggestion}</translation>
    </message>
    <message>
        <source>Add a sheet named {suggestion}</source>
        <translation>增加名为 {suggestion} 的工作表</translation>
    </message>
    <message>
        <source>Add it to the first row</source>
        <translation>在第一行加上这一列</translation>
    </message>
    <message>
        <source>Add its choices to the sheet choices</source>
        <translation>在 choices 表中加上它的选项</translation>
    </message>
    <message>
        <source>At character {at}: forms do not know the axis {value}</source>
        <translation>第 {at} 个字符：表单不支持轴 {value}</translation>
    </message>
    <message>
        <source>At character {at}: nothing is to be found at {value}</source>
        <translation>第 {at} 个字符：{value} 没有对应的题目</translation>
    </message>
    <message>
        <source>At character {at}: the choices have no column {value}</source>
        <translation>第 {at} 个字符：选项没有 {value} 列</translation>
    </message>
    <message>
        <source>At character {at}: the function {value} does not exist</source>
        <translation>第 {at} 个字符：函数 {value} 不存在</translation>
    </message>
    <message>
        <source>At character {at}: the function {value} takes {wanted} arguments, not {count}</source>
        <translation>第 {at} 个字符：函数 {value} 应有 {wanted} 个参数，而不是 {count} 个</translation>
    </message>
    <message>
        <source>At character {at}: {value} cannot stand there; expected: {expected}</source>
        <translation>第 {at} 个字符：此处不应有 {value}；应为：{expected}</translation>
    </message>
    <message>
        <source>Close what was begun last first</source>
        <translation>先结束后开始的组</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Correct the formula, or write the value itself</source>
        <translation>改正公式，或者直接写值</translation>
    </message>
    <message>
        <source>Delete one of them</source>
        <translation>删去其中一列</translation>
    </message>
    <message>
        <source>Delete the row, or add a row of type begin_{value} above</source>
        <translation>删去这一行，或者在前面加一行 begin_{value}</translation>
    </message>
    <message>
        <source>Divide it among several calculations</source>
        <translation>拆成几个计算题</translation>
    </message>
    <message>
        <source>Drop it here, too, or choose it together with the workbook</source>
        <translation>把它也拖到这里，或与工作簿一起选择</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>检查结果</translation>
    </message>
    <message>
        <source>Give each question a name of its own</source>
        <translation>给每个题目各自的变量名</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>No column is of the default language {value}</source>
        <translation>没有默认语言 {value} 的列</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Only the first row counts; delete the others</source>
        <translation>只有第一行有效，请删去其余各行</translation>
    </message>
    <message>
        <source>Open and save the file in a spreadsheet program, or write the value itself</source>
        <translation>用表格软件打开并保存一次，或者直接写值</translation>
    </message>
    <message>
        <source>Programs that analyse the answers may take them for one</source>
        <translation>有的统计软件会把两者当作一个，建议改名</translation>
    </message>
    <message>
        <source>Rename it, say to {suggestion}; or set allow_choice_duplicates to yes on the sheet settings</source>
        <translation>改名，例如 {suggestion}；或者在 settings 表把 allow_choice_duplicates 设为 yes</translation>
    </message>
    <message>
        <source>Rename one of them, say to {suggestion}</source>
        <translation>给其中一个改名，例如 {suggestion}</translation>
    </message>
    <message>
        <source>Rename the file to end with {found}</source>
        <translation>把扩展名改为 {found}</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Separate them and write the value into every row</source>
        <translation>取消合并，并在每一行写值</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>工作表</translation>
    </message>
    <message>
        <source>Some programs stop reading there; delete them</source>
        <translation>有的软件读到这里就停止，请删去空行</translation>
    </message>
    <message>
        <source>Suggestion</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Take one of them out of the circle</source>
        <translation>去掉其中一个引用</translation>
    </message>
    <message>
        <source>The calculation {name} has no expression</source>
        <translation>计算题 {name} 没有表达式</translation>
    </message>
    <message>
        <source>The cells {value} are merged; only the first one has the value</source>
        <translation>{value} 是合并单元格，只有第一格有值</translation>
    </message>
    <message>
        <source>The choice {value} has no label</source>
        <translation>选项 {value} 没有文字</translation>
    </message>
    <message>
        <source>The choice {value} of the list {name} has a space, which separates choices where several may be taken</source>
        <translation>选项列表 {name} 的选项值 {value} 含有空格，而多选题用空格分隔选项</translation>
    </message>
    <message>
        <source>The choice {value} of the list {name} stands in row {first} already</source>
        <translation>选项列表 {name} 的选项值 {value} 与第 {first} 行重复</translation>
    </message>
    <message>
        <source>The column {name} is missing, which other texts have</source>
        <translation>缺少 {name} 列，而其他文字有这种语言</translation>
    </message>
    <message>
        <source>The column {name} is not known and not read</source>
        <translation>{name} 列无法识别，不会读取</translation>
    </message>
    <message>
        <source>The columns {other} and {name} are the same</source>
        <translation>{other} 列和 {name} 列重复</translation>
    </message>
    <message>
        <source>The default {value} is no possible answer to {name}</source>
        <translation>默认值 {value} 不是 {name} 可能的答案</translation>
    </message>
    <message>
        <source>The expression breaks off at character {at}; expected: {expected}</source>
        <translation>表达式在第 {at} 个字符处中断；应为：{expected}</translation>
    </message>
    <message>
        <source>The expression is too long or too deep</source>
        <translation>表达式过长，或者嵌套过深</translation>
    </message>
    <message>
        <source>The file cannot be read: {reason}</source>
        <translation>无法读取文件：{reason}</translation>
    </message>
    <message>
        <source>The file is too large: {size}</source>
        <translation>文件过大：{size}</translation>
    </message>
    <message>
        <source>The file {name}, which the form names, is not beside it</source>
        <translation>表单引用的文件 {name} 不在同一文件夹</translation>
    </message>
    <message>
        <source>The file&apos;s name stands for it: under another name it would be another form</source>
        <translation>以文件名代替：文件改名后会成为另一个表单</translation>
    </message>
    <message>
        <source>The formula gives an error: {value}</source>
        <translation>公式结果有误：{value}</translation>
    </message>
    <message>
        <source>The formula {value} was saved without its value</source>
        <translation>公式 {value} 没有保存结果</translation>
    </message>
    <message>
        <source>The list of choices {value} does not exist</source>
        <translation>选项列表 {value} 不存在</translation>
    </message>
    <message>
        <source>The list of choices {value} is empty</source>
        <translation>选项列表 {value} 是空的</translation>
    </message>
    <message>
        <source>The name of the list of choices is missing</source>
        <translation>缺少选项列表名</translation>
    </message>
    <message>
        <source>The name {value} differs from the one in row {first} only in capital letters</source>
        <translation>变量名 {value} 与第 {first} 行只有大小写不同</translation>
    </message>
    <message>
        <source>The name {value} is taken by the form itself</source>
        <translation>变量名 {value} 由表单保留</translation>
    </message>
    <message>
        <source>The name {value} stands in the same group in row {first} already</source>
        <translation>变量名 {value} 与同组第 {first} 行重复</translation>
    </message>
    <message>
        <source>The next number is taken</source>
        <translation>自动取下一个版本号</translation>
    </message>
    <message>
        <source>The parameter {name} cannot be {value}, only: {known}</source>
        <translation>参数 {name} 不能是 {value}，只能是：{known}</translation>
    </message>
    <message>
        <source>The parameter {name} has to be a number, not {value}</source>
        <translation>参数 {name} 须为数字，而不是 {value}</translation>
    </message>
    <message>
        <source>The parameter {name} is {value}, more than from start to end: {most}</source>
        <translation>参数 {name} 为 {value}，超过了从 start 到 end 的距离 {most}</translation>
    </message>
    <message>
        <source>The parameter {name} must not be 0</source>
        <translation>参数 {name} 不能为 0</translation>
    </message>
    <message>
        <source>The parameters cannot be understood at {value}</source>
        <translation>参数中的 {value} 无法识别</translation>
    </message>
    <message>
        <source>The question has no type</source>
        <translation>题目没有题型</translation>
    </message>
    <message>
        <source>The question shows without words in that language</source>
        <translation>使用该语言时没有文字</translation>
    </message>
    <message>
        <source>The question that {value} refers to does not exist</source>
        <translation>{value} 指向的题目不存在</translation>
    </message>
    <message>
        <source>The question type {value} does not exist</source>
        <translation>题型 {value} 不存在</translation>
    </message>
    <message>
        <source>The question {name} has no label</source>
        <translation>题目 {name} 没有文字</translation>
    </message>
    <message>
        <source>The regular expression {value} is broken or not supported</source>
        <translation>正则表达式 {value} 有误或不受支持</translation>
    </message>
    <message>
        <source>The row has no name</source>
        <translation>这一行没有变量名</translation>
    </message>
    <message>
        <source>The setting {name} cannot be {value}, only: {known}</source>
        <translation>设置 {name} 不能是 {value}，只能是：{known}</translation>
    </message>
    <message>
        <source>The setting {name} is missing</source>
        <translation>缺少设置 {name}</translation>
    </message>
    <message>
        <source>The sheet has no questions</source>
        <translation>工作表中没有题目</translation>
    </message>
    <message>
        <source>The sheet {name} is none that a form can have</source>
        <translation>表单没有名为 {name} 的工作表</translation>
    </message>
    <message>
        <source>The workbook cannot be converted as it is (pyxform): {detail}</source>
        <translation>无法转换表格(pyxform):{detail}</translation>
    </message>
    <message>
        <source>The {value} {name} that begins here is never closed</source>
        <translation>从这里开始的 {value} {name} 没有结束</translation>
    </message>
    <message>
        <source>There is more than one row of settings</source>
        <translation>设置不止一行</translation>
    </message>
    <message>
        <source>There is no column {name}</source>
        <translation>没有 {name} 列</translation>
    </message>
    <message>
        <source>There is no parameter {value} for this type of question, only: {known}</source>
        <translation>这种题型没有参数 {value}，只有：{known}</translation>
    </message>
    <message>
        <source>There is no sheet {name}</source>
        <translation>没有 {name} 工作表</translation>
    </message>
    <message>
        <source>These depend on each other in a circle: {circle} (rows {rows})</source>
        <translation>这些项互相循环依赖：{circle}（第 {rows} 行）</translation>
    </message>
    <message>
        <source>They are not counted; delete them</source>
        <translation>空格不计入，请删去</translation>
    </message>
    <message>
        <source>This cannot be done here yet: {feature}</source>
        <translation>目前还不支持：{feature}</translation>
    </message>
    <message>
        <source>This closes a {value} that was never begun</source>
        <translation>这里结束的 {value} 没有开始</translation>
    </message>
    <message>
        <source>This closes a {value}, but {name}, begun in row {first}, is still open</source>
        <translation>这里结束 {value}，但第 {first} 行开始的 {name} 还没有结束</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Write a name of letters, digits and underscores</source>
        <translation>写上由字母、数字和下划线组成的变量名</translation>
    </message>
    <message>
        <source>Write a type, such as text</source>
        <translation>写上题型，例如 text</translation>
    </message>
    <message>
        <source>Write an expression, such as 1 + 1</source>
        <translation>写上表达式，例如 1 + 1</translation>
    </message>
    <message>
        <source>Write one question a row below the column names</source>
        <translation>在列名下面每行写一个题目</translation>
    </message>
    <message>
        <source>Write the name of the list behind the type, or into its column</source>
        <translation>在题型后面或者列表名一列写上列表名</translation>
    </message>
    <message>
        <source>Write the value that is stored when the choice is taken</source>
        <translation>写上选中后保存的值</translation>
    </message>
    <message>
        <source>Write them as key=value key=value</source>
        <translation>写成 key=value key=value</translation>
    </message>
    <message>
        <source>a question, a function, a number or a text in quotes</source>
        <translation>题目、函数、数字或带引号的文字</translation>
    </message>
    <message>
        <source>actions on this event</source>
        <translation>该事件的动作</translation>
    </message>
    <message>
        <source>an operator such as =, +, and, or; or the end</source>
        <translation>= + and or 等运算符，或者结束</translation>
    </message>
    <message>
        <source>at least {least}</source>
        <translation>至少 {least}</translation>
    </message>
    <message>
        <source>encrypted submissions</source>
        <translation>加密提交</translation>
    </message>
    <message>
        <source>it declares a document type or entities</source>
        <translation>其中声明了文档类型或实体</translation>
    </message>
    <message>
        <source>it is damaged, or of another type than its name says</source>
        <translation>文件已损坏，或与扩展名不符</translation>
    </message>
    <message>
        <source>it is empty</source>
        <translation>文件是空的</translation>
    </message>
    <message>
        <source>it is neither UTF-8 nor GBK; save it as UTF-8</source>
        <translation>编码既不是 UTF-8 也不是 GBK,请另存为 UTF-8</translation>
    </message>
    <message>
        <source>it is no XForm</source>
        <translation>不是 XForm</translation>
    </message>
    <message>
        <source>it is no well-formed XML</source>
        <translation>不是格式正确的 XML</translation>
    </message>
    <message>
        <source>it is none of .xlsx, .xlsm, .xls, .csv, .md and .xml</source>
        <translation>不是 .xlsx、.xlsm、.xls、.csv、.md 或 .xml 文件</translation>
    </message>
    <message>
        <source>it is protected by a password; save it without one</source>
        <translation>文件有密码保护，请另存为无密码的文件</translation>
    </message>
    <message>
        <source>the XForm has no instance for the answers</source>
        <translation>XForm 中没有存放答案的 instance</translation>
    </message>
    <message>
        <source>the appearance search()</source>
        <translation>外观 search()</translation>
    </message>
    <message>
        <source>{column} is not possible with {value}</source>
        <translation>{value} 不能使用 {column}</translation>
    </message>
    <message>
        <source>{count} empty rows stand above this one</source>
        <translation>这一行上面有 {count} 个空行</translation>
    </message>
    <message>
        <source>{count} rows have no text in this language: {rows}</source>
        <translation>有 {count} 行没有这种语言的文字：第 {rows} 行</translation>
    </message>
    <message>
        <source>{filename}, in which it looks things up, is damaged</source>
        <translation>表单引用的文件 {filename} 已损坏</translation>
    </message>
    <message>
        <source>{least} to {most}</source>
        <translation>{least} 到 {most}</translation>
    </message>
    <message>
        <source>{most} MB are the most</source>
        <translation>最大 {most} MB</translation>
    </message>
    <message>
        <source>{most} questions and groups are the most</source>
        <translation>最多 {most} 个题目和分组</translation>
    </message>
    <message>
        <source>{most} rows are the most</source>
        <translation>最多 {most} 行</translation>
    </message>
    <message>
        <source>{name} has a constraint message, but no constraint</source>
        <translation>{name} 有校验提示，但没有校验</translation>
    </message>
    <message>
        <source>{name} is really a file of the type {found}</source>
        <translation>{name} 实际上是 {found} 文件</translation>
    </message>
    <message>
        <source>{value} is neither yes nor no nor a condition</source>
        <translation>{value} 既不是 yes 或 no,也不是条件</translation>
    </message>
    <message>
        <source>{value} is no .csv, .xml or .geojson file</source>
        <translation>{value} 不是 .csv、.xml 或 .geojson 文件</translation>
    </message>
    <message>
        <source>{value} is no number of repetitions</source>
        <translation>{value} 不是重复次数</translation>
    </message>
    <message>
        <source>{value} is no question, such as ${{name}}, that can trigger this</source>
        <translation>{value} 不是能触发的题目，应为 ${{name}} 形式</translation>
    </message>
    <message>
        <source>{value} is no reference such as ${{name}}</source>
        <translation>{value} 不是 ${{name}} 形式的引用</translation>
    </message>
    <message>
        <source>{value} is no valid name: a letter or underscore first, then letters, digits, _, - and .</source>
        <translation>{value} 不能作变量名：须以字母、汉字或下划线开头，其后为字母、汉字、数字、_、- 和 .</translation>
    </message>
    <message>
        <source>{value} may be several questions, in the rows {rows}</source>
        <translation>{value} 指向多个题目，在第 {rows} 行</translation>
    </message>
    <message>
        <source>“{value}” has spaces around it</source>
        <translation>“{value}”前后有空格</translation>
    </message>
</context>
</TS>
