/** Lists as a table, saved views, the board's moves, work on several rows, the project page and the report form. */
const work = {
  grid: {
    rows: '共 {{n}} 个项目', loaded: '已载入 {{n}} 个', order: '按{{column}}{{direction}}', directions: { ascending: '升序', descending: '降序' }, select: '选择：{{name}}', selectAll: '选择已载入的全部项目',
    columns: '列', columnsTitle: '显示的列', columnsHint: '勾选要显示的列，调整次序；钉住的列横向滚动时不动。', pin: '钉住：{{column}}', unpin: '取消钉住：{{column}}', earlier: '前移：{{column}}', later: '后移：{{column}}', standard: '恢复默认', hiddenColumns: '未显示的列',
    stages: '按阶段', allStages: '全部', region: '项目表格，可滚动',
    on: { 'in-talks': '洽谈日期', signed: '签约日期', registered: '注册日期', started: '开工日期', 'in-production': '投产日期' },
  },
  views: {
    title: '视图', none: '还没有保存的视图', mine: '我的视图', shared: '同事分享的视图', save: '保存当前视图', name: '视图名称', nameRequired: '请填写名称', share: '分享给本单位同事', shareCentre: '分享给中心同事', saved: '视图已保存', by: '{{name}} 分享',
    remove: '删除：{{name}}', removed: '视图已删除', update: '用当前内容更新：{{name}}', updated: '视图已更新', sharedTag: '已分享', shareOf: '分享：{{name}}', open: '打开视图：{{name}}', hint: '视图记住筛选、次序和显示的列。',
  },
  boardMove: {
    menu: '操作：{{name}}', move: '申报下一阶段', open: '查看项目', key: '快捷键 M', here: '松开后申报{{stage}}', notHere: '不能移到这里', checking: '正在核对', nothing: '这个项目现在不能申报阶段变更。', notTo: '这个项目现在不能移到{{stage}}。',
    hint: '把卡片拖到下一列，或选中卡片后按 M，即可申报阶段变更。', picked: '已拿起 {{name}}', over: '{{name}} 在{{stage}}一列上方', dropped: '{{name}} 已放到{{stage}}', cancelled: '已放回 {{name}}',
  },
  bulk: {
    selected: '已选 {{n}} 个项目', clear: '取消选择', export: '导出所选', tooMany: '一次最多导出 {{n}} 个所选项目，请减少选择或导出全部。', verify: '认定通过', progress: '记录进展', verifyTitle: '批量认定阶段变更', progressTitle: '批量记录进展',
    verifyNone: '所选项目没有待认定的阶段变更。', check: '试运行', checkHint: '试运行只检查，不写入。', run: '执行 {{n}} 个', retry: '重试失败的 {{n}} 个', close: '关闭', project: '项目', result: '结果', waiting: '等待', ready: '可以执行', done: '已完成', failed: '未成功', running: '正在处理 {{done}} / {{total}}',
    checked: '试运行完成：{{ok}} 个可以执行，{{failed}} 个不能。', finished: '执行完成：{{ok}} 个成功，{{failed}} 个未成功。', verifyRow: '认定为{{stage}}', noMove: '没有待认定的变更', edit: '返回修改',
  },
  next: {
    title: '下一步', move: '申报{{stage}}', ready: '材料要求已齐备，可以申报。', needs: '申报时须提供', claim: '总投资达到首报门槛，请先首报。',
  },
  inline: {
    more: '补充其他信息（{{n}} 项未填）', edit: '修改：{{field}}', save: '保存', cancel: '取消', saved: '已保存：{{field}}', conflictTitle: '别人刚刚修改了“{{field}}”', conflictText: '您填写的和现在保存的不同，请选择保留哪一个。', mine: '我填写的', theirs: '现在保存的', keep: '确认', retry: '项目刚被他人修改，已按最新内容保存您的修改。',
  },
  log: { text: '搜索动态', textHint: '备注、字段或人名', shown: '显示 {{n}} 条，共 {{total}} 条', onlyLoaded: '只在已载入的动态里查找' },
  queue: { title: '排队情况', place: '第 {{n}} 位' },
  preview: { open: '预览：{{name}}', close: '关闭', save: '下载', failed: '文件没有打开：{{reason}}', pages: '{{name}}的各页', pageOf: '第 {{n}} 页，共 {{total}} 页', unreadable: '这个 PDF 无法在此显示：文件已损坏或设有密码。请下载后用其他程序打开。' },
  paste: {
    title: '从表格粘贴', hint: '在电子表格里复制一行（可连同表头），粘贴到这里，系统会把读懂的内容填进表单。', label: '粘贴的内容', read: '读入', understood: '已填入 {{n}} 项', doubt: '有 {{n}} 处没有读懂，请核对', unknownColumn: '不认识的列', unread: '没有读懂', severalRows: '粘贴了多行，只读入第一行。', close: '收起', headless: '没有表头，按内容推断各列。',
  },
  lookup: { own: '本单位已有的投资方' },
  warn: { uscc: '统一社会信用代码的校验位不符，请核对；确认无误可以继续。', usccLength: '统一社会信用代码应为 18 位，请核对；确认无误可以继续。' },
  projectAct: {
    progress: '记录进展', claim: '首报此项目', moveTo: '申报{{stage}}', edit: '修改信息', back: '退回上一阶段', terminate: '终止项目', reactivate: '恢复项目', withdrawMove: '撤回申报', withdrawn: '已撤回',
  },
  progress: { note: '进展情况', noteRequired: '请写明进展情况', submit: '保存进展', done: '进展已记录' },
  move: {
    occurredOn: '发生日期', on: '日期', note: '说明', submit: '提交', submitted: '已提交，等待中心认定', effective: '已生效', missing: '还需要：{{fields}}',
    backText: '项目将退回到“{{stage}}”，原有日期保留在记录中。', terminateText: '终止后项目退出清单，记录全部保留。', reactivateText: '恢复后首报权不恢复。', reactivateTo: '恢复到', reasonCode: '终止原因',
    reasonCodeRequired: '请选择终止原因',
  },
  edit: {
    title: '修改：{{name}}', save: '保存修改', done: '修改已保存', staleTitle: '您编辑期间，他人已修改此项目', staleText: '您填写的内容都还在。请核对以下不同之处，再保存一次。', takenTitle: '他人改动、您没有改动的，已采用新内容',
    conflictsTitle: '双方都改动的，请逐项选择', mine: '保留我的', theirs: '采用他人的', settle: '按此合并', merged: '已合并，请再次保存',
  },
  timeline: { title: '项目动态', kind: '动态类别', all: '全部动态', empty: '还没有动态', system: '系统' },
  timelineKind: {
    registered: '登记', reported: '首报', edited: '修改信息', progress: '进展', 'move-submitted': '申报阶段变更', 'move-verified': '认定通过', 'move-returned': '认定退回', 'move-withdrawn': '撤回申报',
    'moved-back': '退回上一阶段', terminated: '终止', reactivated: '恢复', 'claim-activated': '首报生效', 'claim-queued': '首报排队', 'claim-under-review': '首报待核定', 'claim-converted': '首报转签约',
    'claim-expired': '首报到期', 'claim-released': '首报释放', 'claim-revoked': '首报撤销', 'claim-withdrawn': '首报撤回', 'claim-rejected': '首报未予认定', 'claim-extended': '首报延期', 'claim-transferred': '首报流转', 'owner-changed': '归属变更',
    'claim-suspended': '首报期限中止', 'claim-resumed': '首报期限恢复', 'dispute-filed': '提出异议', 'dispute-answered': '异议答复', 'dispute-decided': '异议决定', 'dispute-appealed': '异议申诉', 'dispute-withdrawn': '撤回异议',
    'file-added': '上传文件', imported: '导入', 'agreement-recorded': '签订框架协议',
  },
  report: {
    title: '项目报送', lead: '先完整报送者取得首报权。以服务器收到的时间为准。', notYours: '您的账号不能报送项目。', wayTitle: '报送方式', way: { report: '首报', register: '限额以下登记' },
    wayHint: { report: '总投资达到首报门槛的在谈项目，报送后由系统当场比对并排定先后。', register: '未达到门槛的在谈项目，直接登记入库，不取得首报权。' },
    contactsTitle: '实质性接触', contactsHint: '至少一次拜访、接待、会谈或函件。请附照片、函件等佐证文件。', restored: '已恢复 {{time}} 的草稿', discard: '放弃草稿', saved: '草稿已于 {{time}} 自动保存', notSaved: '填写内容会自动保存为草稿',
    submitReport: '提交首报', submitRegister: '登记项目', switchToReport: '改为首报并提交', switchToRegister: '改为限额以下登记并提交', registered: '项目已登记',
  },
};

export type WorkTexts = typeof work;
export default work;
