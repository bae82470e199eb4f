<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Errors</name>
    <message>
        <source>A colleague has an appointment with this customer: {at}.</source>
        <translation>同事已与该客户约定：{at}。</translation>
    </message>
    <message>
        <source>A colleague speaks with this customer since {since}. Take another one first.</source>
        <translation>同事正在与该客户通话（{since} 起），请先处理其他客户。</translation>
    </message>
    <message>
        <source>A condition is not valid. Nothing was saved; look at the conditions and save again.</source>
        <translation>有一个条件无效，没有保存。请检查条件后再保存。</translation>
    </message>
    <message>
        <source>Counting takes longer than {seconds} seconds and was stopped: {looked_up} of {conditions} conditions look through orders, contacts and the like, most often {heaviest}. Use fewer of these.</source>
        <translation>统计超过 {seconds} 秒，已中止：{conditions} 个条件中有 {looked_up} 个要逐客户查找订单、联系记录等，其中最多的是“{heaviest}”。请减少这类条件。</translation>
    </message>
    <message>
        <source>Do not call ({scope}): {source}, {set_at}.</source>
        <translation>免打扰（{scope}）：{source}，{set_at}。</translation>
    </message>
    <message>
        <source>Files of this type are not taken.</source>
        <translation>不支持这种类型的文件。</translation>
    </message>
    <message>
        <source>No connection to the server. You can go on working; everything is sent later.</source>
        <translation>连不上服务器。可以照常工作，联网后自动上传。</translation>
    </message>
    <message>
        <source>No contact with the server for {days} days. Connect this computer to the network and sign in; what you saved is safe.</source>
        <translation>本机已 {days} 天未与服务器联系，请连接网络后登录；已保存的内容是安全的。</translation>
    </message>
    <message>
        <source>Outside {from}–{to}: nobody may be called then.</source>
        <translation>超出{from}–{to}，该时段不可拨打。</translation>
    </message>
    <message>
        <source>Please answer this question.</source>
        <translation>请作答。</translation>
    </message>
    <message>
        <source>Somebody else has changed these hours meanwhile. Nothing was overwritten; look at them and save again.</source>
        <translation>其他人刚刚改过这里的工作时间，没有覆盖任何内容。请核对后再保存。</translation>
    </message>
    <message>
        <source>Somebody else has changed this article meanwhile. Nothing was overwritten.</source>
        <translation>该条目已被他人修改，未覆盖任何内容。</translation>
    </message>
    <message>
        <source>Somebody else has changed this goal meanwhile. Nothing was overwritten; look at the goal and save again.</source>
        <translation>其他人刚刚改过这个目标，没有覆盖任何内容。请核对后再保存。</translation>
    </message>
    <message>
        <source>Somebody else has changed this ladder meanwhile. Nothing was overwritten; look at it and save again.</source>
        <translation>其他人刚刚改过这条升级规则，没有覆盖任何内容。请核对后再保存。</translation>
    </message>
    <message>
        <source>Somebody else has changed this plan meanwhile. Nothing was overwritten; look at the plan and save again.</source>
        <translation>该计划已被他人修改。未覆盖任何内容，请查看后重新保存。</translation>
    </message>
    <message>
        <source>Somebody else has taken this task.</source>
        <translation>该任务已被他人领取。</translation>
    </message>
    <message>
        <source>The call could not be placed. Dial by hand and go on; the attempt is recorded.</source>
        <translation>未能拨出。请手动拨打后继续，本次拨打已记录。</translation>
    </message>
    <message>
        <source>The disk is full: nothing can be saved. What you wrote is still on the screen; please free some space.</source>
        <translation>磁盘已满，无法保存。已写的内容仍在屏幕上，请先清理磁盘。</translation>
    </message>
    <message>
        <source>The file cannot be written there. Choose another folder.</source>
        <translation>文件无法写到那里，请换一个文件夹。</translation>
    </message>
    <message>
        <source>The file goes on from another place. It is tried again by itself.</source>
        <translation>文件的续传位置不一致，会自动重试。</translation>
    </message>
    <message>
        <source>The file is larger than {most_megabytes} MB.</source>
        <translation>文件超过 {most_megabytes} MB。</translation>
    </message>
    <message>
        <source>The file was damaged on its way or on this machine.</source>
        <translation>文件在传输中或本机上已损坏。</translation>
    </message>
    <message>
        <source>The guide cannot be read. You can go on with notes; please tell your supervisor.</source>
        <translation>话术无法读取，可先用备注继续，请告知主管。</translation>
    </message>
    <message>
        <source>The guide needs a newer program. You can go on with notes.</source>
        <translation>话术需要更新的程序版本，可先用备注继续。</translation>
    </message>
    <message>
        <source>The key does not fit this desk&apos;s data. Nothing was deleted; please ask your administrator.</source>
        <translation>密钥与本机数据不符，未删除任何内容，请联系管理员。</translation>
    </message>
    <message>
        <source>The key of this desk&apos;s data is missing. Nothing was deleted; please ask your administrator.</source>
        <translation>缺少本机数据的密钥，未删除任何内容，请联系管理员。</translation>
    </message>
    <message>
        <source>The passphrase is wrong.</source>
        <translation>口令不对。</translation>
    </message>
    <message>
        <source>The plan would make {count} tasks, more than {most}. It makes none until that is confirmed.</source>
        <translation>该计划将生成 {count} 个任务，超过 {most} 个的上限。确认之前不会生成任务。</translation>
    </message>
    <message>
        <source>The server did not understand this program. Please update it; your work is safe here.</source>
        <translation>服务器无法识别本程序，请更新程序；已做的工作都在本机。</translation>
    </message>
    <message>
        <source>The server has a fault. Your work is safe here and will be sent later.</source>
        <translation>服务器出现故障。已做的工作都在本机，稍后自动上传。</translation>
    </message>
    <message>
        <source>The server is busy. Your work is safe here and will be sent soon.</source>
        <translation>服务器繁忙。已做的工作都在本机，很快会自动上传。</translation>
    </message>
    <message>
        <source>The server is older than this program. Your work is safe here until it is updated.</source>
        <translation>服务器版本较旧；升级之前，已做的工作都保存在本机。</translation>
    </message>
    <message>
        <source>The server was restored from a backup. This desk is fetching its data anew; your work is kept.</source>
        <translation>服务器已从备份恢复，本机正在重新获取数据；您的工作均已保留。</translation>
    </message>
    <message>
        <source>The server would empty this desk. Nothing was deleted; please ask your administrator.</source>
        <translation>服务器要求清空本机数据，未执行任何删除，请联系管理员。</translation>
    </message>
    <message>
        <source>The user name or the password is wrong.</source>
        <translation>用户名或密码不对。</translation>
    </message>
    <message>
        <source>The working hours are not valid: {problem}.</source>
        <translation>工作时间无效：{problem}。</translation>
    </message>
    <message>
        <source>There is no follow-up server at this address. Please check the address.</source>
        <translation>该地址没有回访服务器，请检查地址。</translation>
    </message>
    <message>
        <source>This account is disabled. Please ask your supervisor.</source>
        <translation>该账号已停用，请联系主管。</translation>
    </message>
    <message>
        <source>This answer cannot be changed.</source>
        <translation>该答案不可修改。</translation>
    </message>
    <message>
        <source>This answer is not among the choices.</source>
        <translation>该答案不在选项中。</translation>
    </message>
    <message>
        <source>This answer is not possible.</source>
        <translation>该答案不符合要求。</translation>
    </message>
    <message>
        <source>This answer is of the wrong kind.</source>
        <translation>答案类型不对。</translation>
    </message>
    <message>
        <source>This answer is out of range.</source>
        <translation>答案超出范围。</translation>
    </message>
    <message>
        <source>This answer is too long.</source>
        <translation>答案过长。</translation>
    </message>
    <message>
        <source>This call has its wrap-up already.</source>
        <translation>该通话已做过小结。</translation>
    </message>
    <message>
        <source>This computer is no longer admitted. What had not been sent was handed to your supervisor.</source>
        <translation>本机已被吊销，尚未上传的内容已移交班长。</translation>
    </message>
    <message>
        <source>This customer has {most} files already. Remove one that is not needed.</source>
        <translation>这位客户已有 {most} 个附件，请先删除不需要的。</translation>
    </message>
    <message>
        <source>This desk was away for too long. It is fetching its data anew; your work is kept.</source>
        <translation>本机离线时间过长，正在重新获取数据；您的工作均已保留。</translation>
    </message>
    <message>
        <source>This desk&apos;s data cannot be read. Nothing was deleted; please ask your administrator.</source>
        <translation>无法读取本机数据，未删除任何内容，请联系管理员。</translation>
    </message>
    <message>
        <source>This desk&apos;s data is damaged. Nothing was deleted; please ask your administrator.</source>
        <translation>本机数据已损坏，未删除任何内容，请联系管理员。</translation>
    </message>
    <message>
        <source>This desk&apos;s data was copied to another machine. Please sign in again.</source>
        <translation>本机数据被复制到了另一台电脑，请重新登录。</translation>
    </message>
    <message>
        <source>This desk&apos;s data was saved by a newer program. Nothing was changed; please update this program.</source>
        <translation>本机数据由更新版本的程序保存，未作任何改动，请更新本程序。</translation>
    </message>
    <message>
        <source>This did not work. What you entered is safe; please tell your supervisor.</source>
        <translation>操作没有成功，已填写的内容不会丢失，请告知主管。</translation>
    </message>
    <message>
        <source>This entry exists already.</source>
        <translation>该记录已存在。</translation>
    </message>
    <message>
        <source>This entry no longer exists. It may have been moved or removed.</source>
        <translation>该记录已不存在，可能已被移走或删除。</translation>
    </message>
    <message>
        <source>This file cannot be read.</source>
        <translation>这个文件无法读取。</translation>
    </message>
    <message>
        <source>This is too large to send. It stays on this machine.</source>
        <translation>内容过大，无法上传，已留在本机。</translation>
    </message>
    <message>
        <source>This program is too old for the server. Please update it; your work is safe here.</source>
        <translation>程序版本过旧，请更新；已做的工作都在本机。</translation>
    </message>
    <message>
        <source>This promise is settled already.</source>
        <translation>这项承诺已经了结。</translation>
    </message>
    <message>
        <source>This question is not asked here.</source>
        <translation>此处不问该题。</translation>
    </message>
    <message>
        <source>This question is not in the form.</source>
        <translation>问卷中没有该题。</translation>
    </message>
    <message>
        <source>This result is not known.</source>
        <translation>未知的结果代码。</translation>
    </message>
    <message>
        <source>This result needs a note.</source>
        <translation>该结果需要填写备注。</translation>
    </message>
    <message>
        <source>This result needs an agreed time.</source>
        <translation>该结果需要约定时间。</translation>
    </message>
    <message>
        <source>This sign-in has ended. Please sign in again; your work is safe here.</source>
        <translation>登录已失效，请重新登录；已做的工作都在本机。</translation>
    </message>
    <message>
        <source>This task is closed already.</source>
        <translation>该任务已结束。</translation>
    </message>
    <message>
        <source>This task lies in the team&apos;s pool. Pull it first: that needs the connection to the server.</source>
        <translation>该任务在公共池中，请先领取；领取需要连接服务器。</translation>
    </message>
    <message>
        <source>This time has passed already.</source>
        <translation>该时间已过。</translation>
    </message>
    <message>
        <source>This value is out of range.</source>
        <translation>数值超出范围。</translation>
    </message>
    <message>
        <source>Too many tries. Try again in {seconds} seconds.</source>
        <translation>尝试次数过多，请 {seconds} 秒后再试。</translation>
    </message>
    <message>
        <source>Two people corrected this number differently ({since}). It is not called until the supervisor has decided.</source>
        <translation>这个号码有两种不同的更正（{since}），主管确认前暂停拨打。</translation>
    </message>
    <message>
        <source>You are signed in on this computer already. Please go on in the window that is open.</source>
        <translation>您已在本机登录，请回到已打开的窗口继续。</translation>
    </message>
    <message>
        <source>You may not do this. Please ask your supervisor.</source>
        <translation>没有权限，请联系主管。</translation>
    </message>
    <message>
        <source>Your time with this pulled task is over; it goes back to the team&apos;s pool.</source>
        <translation>领取的任务已到期，将退回公共池。</translation>
    </message>
    <message>
        <source>an end lies before its beginning</source>
        <translation>结束时间早于开始时间</translation>
    </message>
    <message>
        <source>hours are typed as 9:00-12:00, 13:30-18:00</source>
        <translation>请按 9:00-12:00, 13:30-18:00 的格式填写</translation>
    </message>
    <message>
        <source>something stands there that no calendar knows</source>
        <translation>含有日历不认识的内容</translation>
    </message>
    <message>
        <source>there is no such day</source>
        <translation>没有这一天</translation>
    </message>
    <message>
        <source>there is no such timezone</source>
        <translation>没有这个时区</translation>
    </message>
    <message>
        <source>these are too many</source>
        <translation>数量过多</translation>
    </message>
    <message>
        <source>they are not laid out as a calendar is</source>
        <translation>格式不是日历</translation>
    </message>
    <message>
        <source>two spans lie over each other</source>
        <translation>两个时段重叠</translation>
    </message>
    <message>
        <source>{field} is missing.</source>
        <translation>请填写{field}。</translation>
    </message>
    <message>
        <source>{field} is not valid.</source>
        <translation>{field}不正确。</translation>
    </message>
    <message>
        <source>{field} was changed by somebody else meanwhile. Both versions are kept.</source>
        <translation>{field}同时被他人修改，两个版本都已保留。</translation>
    </message>
</context>
</TS>
