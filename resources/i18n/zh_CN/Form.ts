<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Form</name>
    <message numerus="yes">
        <source>%n question(s) skipped</source>
        <translation>
            <numerusform>跳过 %n 题</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n question(s) skipped because {question} = {answer}</source>
        <translation>
            <numerusform>因 {question}={answer}，跳过 %n 题</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n so far; Enter goes on</source>
        <translation>
            <numerusform>已有 %n 项；按回车继续下一题</numerusform>
        </translation>
    </message>
    <message>
        <source>(empty)</source>
        <translation>（空）</translation>
    </message>
    <message>
        <source>14:30, 1430, 3pm</source>
        <translation>14:30、1430、下午3点半</translation>
    </message>
    <message>
        <source>3/15 14:30, tomorrow 9:00</source>
        <translation>3/15 14:30、明天 9点</translation>
    </message>
    <message>
        <source>3/15, next Wed, tomorrow, +3</source>
        <translation>3/15、12月3日、下周三、明天、+3</translation>
    </message>
    <message>
        <source>31.2304, 121.4737</source>
        <translation>31.2304, 121.4737</translation>
    </message>
    <message>
        <source>A number</source>
        <translation>数字</translation>
    </message>
    <message>
        <source>A point on each line; Alt+Enter begins the next</source>
        <translation>每行一个点；Alt+回车换行</translation>
    </message>
    <message>
        <source>A recording was cut off here after {length}.</source>
        <translation>这里有一段录音中断了，已录下 {length}。</translation>
    </message>
    <message>
        <source>A whole number</source>
        <translation>整数</translation>
    </message>
    <message>
        <source>Add the point where I am</source>
        <translation>添加当前位置</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>All questions</source>
        <translation>全部题目</translation>
    </message>
    <message>
        <source>Alt+Enter begins a new line</source>
        <translation>Alt+回车换行</translation>
    </message>
    <message>
        <source>Another one?</source>
        <translation>还有吗？</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像头</translation>
    </message>
    <message>
        <source>Change and drop them</source>
        <translation>改，这些不再计入</translation>
    </message>
    <message>
        <source>Choose a file</source>
        <translation>选择文件</translation>
    </message>
    <message>
        <source>Choose or paste a photo, then mark what matters with mouse or pen.</source>
        <translation>先选择或粘贴照片，再用鼠标或笔标出重点。</translation>
    </message>
    <message>
        <source>Close the list</source>
        <translation>收起列表</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>End the recording</source>
        <translation>结束录音</translation>
    </message>
    <message>
        <source>Enlarge</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Entry</source>
        <translation>条目</translation>
    </message>
    <message>
        <source>Find a question</source>
        <translation>查找题目</translation>
    </message>
    <message>
        <source>Found to within {metres} m; it may become better.</source>
        <translation>已定位，精度 {metres} 米，稍候可能更准。</translation>
    </message>
    <message>
        <source>Found; how exactly is not known.</source>
        <translation>已定位，精度未知。</translation>
    </message>
    <message>
        <source>From {least} to {most}, in steps of {step}.</source>
        <translation>请填 {least} 到 {most}，间隔 {step}。</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>作答说明</translation>
    </message>
    <message>
        <source>Is there another “{label}”?</source>
        <translation>还有下一个“{label}”吗？</translation>
    </message>
    <message>
        <source>Is there any “{label}”?</source>
        <translation>有“{label}”要登记吗？</translation>
    </message>
    <message numerus="yes">
        <source>Its %n answer(s) go with it.</source>
        <translation>
            <numerusform>其中 %n 个回答会一并删除。</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Key points</source>
        <translation>核对要点</translation>
    </message>
    <message>
        <source>Language of the form</source>
        <translation>表单语言</translation>
    </message>
    <message>
        <source>Leave it as it was</source>
        <translation>保持原来的回答</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>跳过</translation>
    </message>
    <message>
        <source>Letters in the order that is said; Alt+↑ and Alt+↓ move a line</source>
        <translation>按客户说的顺序按字母键；Alt+↑、Alt+↓ 移动一行</translation>
    </message>
    <message>
        <source>Listen</source>
        <translation>收听</translation>
    </message>
    <message>
        <source>Looking for the position …</source>
        <translation>正在定位…</translation>
    </message>
    <message>
        <source>Loudspeaker</source>
        <translation>扬声器</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>麦克风</translation>
    </message>
    <message>
        <source>Next language</source>
        <translation>切换表单语言</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>No answer yet</source>
        <translation>未作答</translation>
    </message>
    <message>
        <source>No file yet: choose one, drop it here, or paste it with Ctrl+V.</source>
        <translation>还没有文件：可选择、拖到这里，或按 Ctrl+V 粘贴。</translation>
    </message>
    <message>
        <source>No files are taken here; one goes on with Enter.</source>
        <translation>这里不收文件，按回车继续即可。</translation>
    </message>
    <message>
        <source>No picture yet: choose one, drop it here, or paste it with Ctrl+V.</source>
        <translation>还没有照片：可选择、拖到这里，或按 Ctrl+V 粘贴。</translation>
    </message>
    <message>
        <source>No recording yet: record one, choose a file, or drop it here.</source>
        <translation>还没有录音：可以录音、选择文件，或拖到这里。</translation>
    </message>
    <message>
        <source>No such question; Esc shows all.</source>
        <translation>没有这样的题目；按 Esc 显示全部。</translation>
    </message>
    <message>
        <source>No, go on</source>
        <translation>没有了，继续</translation>
    </message>
    <message>
        <source>Not understood. A day is typed as 3/15, 2026-3-15, next Wed, tomorrow or +3.</source>
        <translation>没看懂。日期可以写成 3/15、12月3日、下周三、明天、+3。</translation>
    </message>
    <message>
        <source>Not understood. A moment is typed as 3/15 14:30 or tomorrow 9:00.</source>
        <translation>没看懂。日期和时间可以写成 3/15 14:30、明天 9:00。</translation>
    </message>
    <message>
        <source>Not understood. A number is typed, such as 12.</source>
        <translation>没看懂。请填数字，例如 12。</translation>
    </message>
    <message>
        <source>Not understood. A number is typed, such as 12.5.</source>
        <translation>没看懂。请填数字，例如 12.5。</translation>
    </message>
    <message>
        <source>Not understood. A place is typed as latitude and longitude, such as 31.2304, 121.4737.</source>
        <translation>没看懂。位置请填“纬度, 经度”，例如 31.2304, 121.4737。</translation>
    </message>
    <message>
        <source>Not understood. A telephone number is typed, such as 138 1234 5678.</source>
        <translation>没看懂。请填电话号码，例如 138 1234 5678。</translation>
    </message>
    <message>
        <source>Not understood. A time is typed as 14:30, 1430 or 3pm.</source>
        <translation>没看懂。时间可以写成 14:30、1430、下午3点半。</translation>
    </message>
    <message>
        <source>Not understood. A whole number is typed, such as 12.</source>
        <translation>没看懂。请填整数，例如 12。</translation>
    </message>
    <message>
        <source>Not understood. The name of a file is wanted.</source>
        <translation>没看懂。请填文件名。</translation>
    </message>
    <message>
        <source>Nothing matches; Esc shows all</source>
        <translation>没有匹配的选项；按 Esc 显示全部</translation>
    </message>
    <message>
        <source>Nothing was answered in it.</source>
        <translation>其中还没有回答。</translation>
    </message>
    <message>
        <source>Number keys; 10 is the key - beside the 0</source>
        <translation>按数字键作答；10 分按 0 右边的 - 键</translation>
    </message>
    <message>
        <source>On another computer, or already with the customer&apos;s files.</source>
        <translation>文件在另一台电脑上，或已归入客户附件。</translation>
    </message>
    <message>
        <source>Only to within {metres} m. Outdoors it becomes better; it is kept as it is.</source>
        <translation>精度仅 {metres} 米，到室外会更准；此位置照常保存。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>未答</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>照片</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>定位</translation>
    </message>
    <message>
        <source>Questions</source>
        <translation>题目</translation>
    </message>
    <message>
        <source>Reading barcodes</source>
        <translation>识别条码</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>Record again</source>
        <translation>重新录音</translation>
    </message>
    <message>
        <source>Recording</source>
        <translation>正在录音</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Remove it</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Remove this entry</source>
        <translation>删除这一项</translation>
    </message>
    <message>
        <source>Remove “{label}” {position}?</source>
        <translation>删除“{label}”第 {position} 项？</translation>
    </message>
    <message>
        <source>Say</source>
        <translation>说</translation>
    </message>
    <message>
        <source>Scan with the camera</source>
        <translation>用摄像头扫码</translation>
    </message>
    <message>
        <source>Several answers are possible</source>
        <translation>可多选，按字母键作答</translation>
    </message>
    <message>
        <source>Several: type, Enter takes the marked one, Backspace the last one back</source>
        <translation>可多选：输入文字、拼音或首字母，回车选中，退格撤回最后一个</translation>
    </message>
    <message>
        <source>Sign or draw here with mouse, pen or finger.</source>
        <translation>请用鼠标、笔或手指在此签名或绘制。</translation>
    </message>
    <message>
        <source>Stop playing</source>
        <translation>停止播放</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Take the picture</source>
        <translation>拍照</translation>
    </message>
    <message>
        <source>Take what was found</source>
        <translation>采用此位置</translation>
    </message>
    <message>
        <source>Taken: {file}</source>
        <translation>已采集：{file}</translation>
    </message>
    <message>
        <source>Taking it in …</source>
        <translation>正在存入…</translation>
    </message>
    <message>
        <source>These questions would not be asked any more; their answers would not be handed in.</source>
        <translation>这些题目将不再询问，已填的回答不会提交。</translation>
    </message>
    <message>
        <source>Throw it away</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Type the number, or ↑ and ↓</source>
        <translation>输入数字，或按 ↑ ↓ 调整</translation>
    </message>
    <message>
        <source>Type to find</source>
        <translation>输入文字、拼音或首字母查找</translation>
    </message>
    <message>
        <source>Type, Enter takes the marked one</source>
        <translation>输入文字、拼音或首字母，回车选中</translation>
    </message>
    <message>
        <source>Watch</source>
        <translation>观看</translation>
    </message>
    <message>
        <source>What the camera sees</source>
        <translation>摄像头画面</translation>
    </message>
    <message>
        <source>Where I am</source>
        <translation>当前位置</translation>
    </message>
    <message>
        <source>Which questions</source>
        <translation>显示哪些题目</translation>
    </message>
    <message>
        <source>Words, pinyin, initials</source>
        <translation>文字、拼音、首字母</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>有误</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>Yes, add one</source>
        <translation>有，再加一项</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>还有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>answered</source>
        <translation>已答</translation>
    </message>
    <message>
        <source>because {question} = {answer}</source>
        <translation>因 {question}={answer}</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>未答</translation>
    </message>
    <message>
        <source>not asked so far</source>
        <translation>暂不询问</translation>
    </message>
    <message>
        <source>note</source>
        <translation>话术</translation>
    </message>
    <message>
        <source>open, an answer is required</source>
        <translation>必答，未答</translation>
    </message>
    <message>
        <source>required</source>
        <translation>必答</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>有误</translation>
    </message>
    <message>
        <source>{answered} of {asked} answered</source>
        <translation>已答 {answered} / {asked}</translation>
    </message>
    <message>
        <source>{found} of {every}</source>
        <translation>{found} / {every} 项</translation>
    </message>
    <message>
        <source>{what}: none was found, or the system does not let this program use it.</source>
        <translation>{what}：未找到，或系统不允许本程序使用。</translation>
    </message>
    <message>
        <source>{what}: the part for visits is not installed here. Files and typing do without it.</source>
        <translation>{what}：本机未安装上门组件，可改用文件或手动输入。</translation>
    </message>
    <message numerus="yes">
        <source>“{question}” = {answer}: %n answer(s) would no longer count</source>
        <translation>
            <numerusform>“{question}”改为“{answer}”：有 %n 个回答将不再计入</numerusform>
        </translation>
    </message>
</context>
</TS>
