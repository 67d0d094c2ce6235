const texts = {
  app: { name: '招商引资项目全程管理' },
  common: {
    loading: '正在加载…', more: '加载更多', retry: '重试', cancel: '取消', remove: '移除', yes: '是', no: '否', none: '—', notGiven: '未填',
    listSeparator: '、',
  },
  time: { shanghai: '{{time}}(北京时间)' },
  table: { sortBy: '按“{{column}}”排序' },
  nav: {
    main: '主导航', skip: '跳到正文', open: '打开导航', signOut: '退出登录', home: '首页', lists: '四张清单', report: '项目报送', claims: '首报首谈',
    desk: '中心工作台', imports: '数据导入', ruleSets: '规则集', jurisdictions: '属地单位', receipts: '回执核验',
  },
  role: { officer: '招商干部', coordinator: '中心工作人员', leader: '市领导', department: '市级部门', auditor: '督查审计', admin: '管理员' },
  stage: { 'in-talks': '在谈', signed: '签约', registered: '注册', started: '开工', 'in-production': '投产', terminated: '终止' },
  light: { green: '绿灯', yellow: '黄灯', red: '红灯' },
  claimStatus: {
    active: '首报有效', queued: '排队中', 'under-review': '中心核定中', converted: '已转签约', expired: '已到期', released: '已释放', revoked: '已撤销',
    transferred: '已流转', withdrawn: '已撤回', rejected: '未予认定',
  },
  level: { l1: '一级:相同', l2: '二级:待核', l3: '三级:待核' },
  contactKind: { visit: '外出拜访', reception: '来访接待', meeting: '会谈', letter: '函件', call: '电话', other: '其他' },
  reasonCode: {
    policy: '政策原因', market: '市场变化', 'force-majeure': '不可抗力', land: '用地要素', funding: '资金问题', 'investor-withdrew': '投资方退出', other: '其他',
  },
  agreementKind: { formal: '正式协议', framework: '框架协议' },
  buildKind: { new: '新建', expansion: '扩建', renovation: '技术改造' },
  channel: { fund: '基金', intermediary: '中介机构', office: '驻外机构', event: '招商活动', other: '其他' },
  flag: {
    backfilled: '历史补录', 'uscc-check-digit': '统一社会信用代码校验位不符', 'unknown-industry': '行业代码不在国标内', 'national-code-malformed': '国家项目代码格式不符',
    'under-centre-review': '中心核定中', 'registered-before-signed': '注册早于签约', 'owner-unknown': '属地不明', 'stage-unknown': '阶段不明',
    'late-notice': '签约备案逾期', 'no-notice': '未做签约备案',
  },
  currency: {
    CNY: '元', USD: '美元', EUR: '欧元', HKD: '港元', JPY: '日元', GBP: '英镑', SGD: '新加坡元', KRW: '韩元', TWD: '新台币', CHF: '瑞士法郎', AUD: '澳元', CAD: '加元',
  },
  unit: { '0': '{{currency}}', '4': '万{{currency}}', '6': '百万{{currency}}', '8': '亿{{currency}}', '9': '十亿{{currency}}' },
  money: '{{figure}} {{unit}}',
  amount: {
    unitOf: '{{label}}的单位', exact: '即 {{figure}}', hint: '填写数字,并在右侧选择单位', unreadable: '这不是有效的金额', required: '请填写{{label}}',
    wrong: '请填写有效的金额,最多精确到分',
  },
  countdown: { days: '{{n}} 天', over: '已到期' },
  country: { HK: '中国香港', MO: '中国澳门', TW: '中国台湾' },
  problem: {
    id: '请求编号', networkTitle: '连接不上服务器', networkDetail: '请检查网络后重试。已填写的内容仍在页面上。', unexpectedTitle: '页面出错了', unexpectedDetail: '请重新加载页面;如仍出错,请联系管理员。',
  },
  failure: { title: '页面没有打开', reload: '重新加载' },
  notFound: { title: '没有这个页面', text: '地址可能有误,或内容已不可见。', home: '回到首页' },
  signIn: {
    title: '登录', heading: '一个项目,从洽谈到开工,一本账', intro: '首报首谈、签约备案、分级认定、四张清单,全市招商项目在这里登记、流转、留痕。', stages: '四张清单',
    username: '用户名', password: '密码', submit: '登录', usernameRequired: '请输入用户名', passwordRequired: '请输入密码', demoTitle: '演示账号', demoText: '点一下即可填入,密码均为',
    fill: '填入账号 {{username}}', endedTitle: '登录已过期', endedText: '请重新登录。页面上已填写的内容都还在,登录后会接着提交。', someoneElse: '退出,换一个账号',
  },
  home: {
    hello: '{{name}},您好', adminTitle: '系统管理', adminText: '管理员负责属地单位和规则集,不查看项目内容。请从左侧导航进入。', cityInTalks: '全市在谈项目 {{n}} 个(截至 {{date}})',
    deskTitle: '待办', toDesk: '进入工作台', pendingMoves: '项阶段变更待认定', reviews: '件报送待核定', endingTitle: '即将到期的首报', allClaims: '全部首报', noClaims: '没有有效的首报',
    ownTitle: '{{name}}的项目', allProjects: '全部项目', noProjects: '还没有项目', byJurisdiction: '各属地项目', count: '项目数',
  },
  lists: {
    title: '四张清单', lead: '在谈、签约、注册、开工,按属地汇总到此刻', asOfMonth: '截至 {{month}} 月末的情况', view: '显示方式', board: '看板', table: '表格', report: '报送项目',
    month: '月份', now: '此刻', monthEnd: '{{month}} 月末', earlierMonth: '上一个月', laterMonth: '下一个月', jurisdiction: '属地', allJurisdictions: '全部属地',
    count: '{{n}} 个项目', emptyColumn: '这张清单还没有项目', exclusive: '首报剩余', since: { 'in-talks': '洽谈', signed: '签约', registered: '注册', started: '开工' },
    emptyHint: {
      'in-talks': '点“报送项目”登记第一个在谈项目;达到首报门槛的项目同时取得首报权。', signed: '正式协议经中心认定后,项目会从在谈移到这里。',
      registered: '项目公司取得营业执照或备案并经认定后,会移到这里。', started: '取得施工许可或设备进场并经认定后,会移到这里。',
    },
    emptyTable: '没有符合条件的项目', emptyMonth: '那个月末这张清单没有项目。', clear: '清除筛选', filters: '筛选', filtersN: '筛选({{n}})', search: '搜索', searchHint: '名称、投资方或编号,至少两个字',
    allStages: '全部阶段', allIndustries: '全部行业', currency: '币种', allCurrencies: '全部币种', minAmount: '总投资不低于', maxAmount: '总投资不高于', allLights: '全部',
    monthHint: '查看历史月末时,按清单和属地筛选。', pages: '翻页', firstPage: '回到第一页', nextPage: '下一页',
  },
  project: {
    title: '项目', name: '项目名称', code: '项目编号', stage: '阶段', owner: '归属单位', jurisdiction: '属地', firstTalk: '首谈单位', investors: '投资方', primaryInvestor: '主投资方',
    totalInvestment: '总投资', fixedInvestment: '固定资产投资', foreignCapital: '计划外资', industryCode: '行业分类', chain: '产业链', nationalCode: '国家项目代码', manufacturing: '制造业',
    foreign: '内外资', foreignYes: '外资', foreignNo: '内资', buildKind: '建设性质', landMu: '用地(亩)', energyTce: '能耗(吨标煤)', jobs: '就业人数', annualOutput: '预计年产值',
    annualTax: '预计年税收', phase: '分期', channel: '招商渠道', referrer: '引荐人', provincialZone: '落在省级以上平台', secret: '涉密项目', landingPlace: '落地地点', plannedSigningOn: '计划签约日期',
    plannedStartOn: '计划开工日期', contacts: '联系人', claim: '首报', light: '亮灯', createdAt: '登记时间', updatedAt: '更新时间', reportRequired: '须首报', status: '状态', to: '变更为', from: '原阶段',
    occurredOn: '发生日期', reasonCode: '原因', reason: '理由', note: '说明', expiresAt: '到期时间', activatedAt: '生效时间', flags: '标记', kind: '方式', queuePosition: '排队位次', sequence: '序号', file: '文件',
    summaryOnly: '这是外单位项目,只显示公开摘要。', asOfText: '项目已由其他单位承接,这里是 {{time}} 时的内容。',
    reportRequiredText: '项目总投资已达到首报门槛。完成首报之前,只能修改项目信息。', factsTitle: '项目信息', noInvestors: '尚未登记投资方', trackTitle: '阶段进度', notYet: '未到', pending: '待认定',
    missingN: '还缺 {{n}} 项材料', terminatedText: '项目已终止。', evidenceTitle: '各阶段认定材料', pendingText: '已提交变更为“{{stage}}”,等待中心认定。', pendingBy: '提交人:{{name}}',
    noClaim: '没有首报', exclusiveUntil: '首报权有效至 {{time}}(北京时间)',
  },
  projectAct: {
    progress: '记录进展', claim: '首报此项目', moveTo: '申报{{stage}}', edit: '修改信息', back: '退回上一阶段', terminate: '终止项目', reactivate: '恢复项目', withdrawMove: '撤回申报', withdrawn: '已撤回',
  },
  progress: { note: '进展情况', noteRequired: '请写明进展情况', submit: '保存进展', done: '进展已记录' },
  move: {
    occurredOn: '{{stage}}日期', on: '日期', note: '说明', submit: '提交', submitted: '已提交,等待中心认定', effective: '已生效', missing: '还需要:{{fields}}',
    backText: '项目将退回到“{{stage}}”,原有日期保留在记录中。', terminateText: '终止后项目退出清单,记录全部保留。', reactivateText: '恢复后首报权不恢复。', reactivateTo: '恢复到', reasonCode: '终止原因',
    reasonCodeRequired: '请选择终止原因',
  },
  evidence: {
    agreementKind: '协议性质', agreementNo: '协议编号', parties: '协议各方', agreedAmount: '协议金额', uscc: '项目公司统一社会信用代码', registeredOn: '注册日期', filingCode: '备案代码', filedOn: '备案日期',
    permitNo: '施工许可证号', permittedOn: '许可日期', equipmentContractNo: '设备合同号', installedOn: '设备进场日期', photoOn: '现场照片日期', acceptedOn: '竣工验收日期', firstInvoiceOn: '首张发票日期',
    files: '材料文件', occurredOn: '发生日期', none: '没有材料', frameworkHint: '框架协议会记入项目,但项目仍为在谈。', signedTitle: '签约材料', registeredTitle: '注册(备案)材料', startedTitle: '开工材料', inProductionTitle: '投产材料',
  },
  edit: {
    title: '修改:{{name}}', save: '保存修改', done: '修改已保存', staleTitle: '您编辑期间,他人已修改此项目', staleText: '您填写的内容都还在。请核对以下不同之处,再保存一次。', takenTitle: '他人改动、您没有改动的,已采用新内容',
    conflictsTitle: '双方都改动的,请逐项选择', mine: '保留我的', theirs: '采用他人的', settle: '按此合并', merged: '已合并,请再次保存',
  },
  timeline: { title: '项目动态', kind: '动态类别', all: '全部动态', empty: '还没有动态', system: '系统' },
  timelineKind: {
    registered: '登记', reported: '首报', edited: '修改信息', progress: '进展', 'move-submitted': '申报阶段变更', 'move-verified': '认定通过', 'move-returned': '认定退回', 'move-withdrawn': '撤回申报',
    'moved-back': '退回上一阶段', terminated: '终止', reactivated: '恢复', 'claim-activated': '首报生效', 'claim-queued': '首报排队', 'claim-under-review': '首报待核定', 'claim-converted': '首报转签约',
    'claim-expired': '首报到期', 'claim-released': '首报释放', 'claim-revoked': '首报撤销', 'claim-withdrawn': '首报撤回', 'claim-rejected': '首报未予认定', 'claim-extended': '首报延期', 'owner-changed': '归属变更',
    'file-added': '上传文件', imported: '导入', 'agreement-recorded': '签订框架协议',
  },
  files: {
    title: '文件', choose: '选择文件', add: '上传文件', empty: '还没有文件', remove: '移除文件 {{name}}', uploading: '正在上传 {{name}}', nth: '文件 {{n}}', failed: '文件没有下载成功:{{reason}}',
  },
  industry: { placeholder: '输入行业名称或代码', asCode: '按代码 {{code}} 填报', notFound: '没有找到,可直接输入 2 至 4 位代码', hint: '国民经济行业分类 GB/T 4754-2017' },
  jurisdiction: { any: '请选择属地' },
  investor: {
    nth: '投资方 {{n}}', name: '投资方名称', uscc: '统一社会信用代码', country: '国家(地区)', groupParent: '所属集团', primary: '主投资方', add: '增加投资方', removeNth: '移除投资方 {{n}}', nameRequired: '请填写投资方名称',
    fortune500: '世界500强', china500: '中国500强', listed: '上市公司', centralSoe: '央企', specialised: '专精特新', ofGroup: '隶属 {{name}}',
  },
  person: { nth: '联系人 {{n}}', name: '姓名', title: '职务', phone: '电话', email: '邮箱', add: '增加联系人', removeNth: '移除联系人 {{n}}' },
  contact: {
    nth: '接触记录 {{n}}', kind: '接触方式', occurredOn: '接触日期', note: '接触情况', noteHint: '与谁、在哪里、谈了什么', files: '佐证文件', filesOf: '接触记录 {{n}} 的佐证文件', add: '增加接触记录', removeNth: '移除接触记录 {{n}}',
  },
  reason: { label: '理由', required: '请写明理由' },
  form: {
    projectTitle: '项目', investorsTitle: '投资方', moreTitle: '更多信息', moreHint: '以下均为选填,日后可在项目页补充。', peopleTitle: '联系人', peopleHint: '联系人属敏感信息,只有归属单位和中心可见。', nameRequired: '请填写项目名称',
    industryRequired: '请选择行业分类', nationalCodeHint: '在线审批监管平台赋码,形如 2405-330402-04-01-123456', phaseHint: '同一投资方的分期项目请写明,例如“二期”', secretHint: '仅归属单位、中心、督查和指定的领导可见。',
    number: '请填写数字', wholeNumber: '请填写整数', dateRequired: '请选择日期',
  },
  report: {
    title: '项目报送', lead: '先完整报送者取得首报权。以服务器收到的时间为准。', notYours: '您的账号不能报送项目。', wayTitle: '报送方式', way: { report: '首报', register: '限额以下登记' },
    wayHint: { report: '总投资达到首报门槛的在谈项目,报送后由系统当场比对并排定先后。', register: '未达到门槛的在谈项目,直接登记入库,不取得首报权。' },
    contactsTitle: '实质性接触', contactsHint: '至少一次拜访、接待、会谈或函件。请附照片、函件等佐证文件。', restored: '已恢复 {{time}} 的草稿', discard: '放弃草稿', saved: '草稿已于 {{time}} 自动保存', notSaved: '填写内容会自动保存为草稿',
    submitReport: '提交首报', submitRegister: '登记项目', switchToReport: '改为首报并提交', switchToRegister: '改为限额以下登记并提交', registered: '项目已登记',
  },
  outcome: {
    title: '报送结果', activeTitle: '首报成功,首谈权已生效', activeText: '有效至 {{time}}(北京时间)。', left: '剩余', queuedTitle: '已排队,位次第 {{n}}', queuedTitlePlain: '已排队',
    queuedText: '已有其他单位首报。如有疑问,请联系市投资促进中心。', reviewTitle: '已收到,等待中心核定', reviewText: '本次报送保留先后次序,中心核定后会在这里显示结果。如有疑问,请联系市投资促进中心。',
    endedTitle: '{{status}}', receipt: '查看回执', project: '查看项目', claim: '查看首报',
  },
  receipt: {
    title: '首报回执', sheetTitle: '项目首报回执', number: '第 {{n}} 号', project: '项目名称:{{name}}', statement: '{{unit}}的项目报送已于 {{time}}(北京时间)由系统收到并登记。', sequence: '受理序号', jurisdiction: '报送单位',
    receivedAt: '收到时间', claimId: '首报编号', hash: '本回执校验值(SHA-256)', previousHash: '上一回执校验值', first: '首张回执,无上一张', print: '打印', canonical: '参与校验的内容',
    explain: '校验值由报送内容计算得出,并与上一张回执相连;改动任何一张,都会在核验时被发现。个人信息以加盐摘要参与计算。', printedAt: '打印时间 {{time}}(北京时间)',
  },
  claims: {
    title: '首报首谈', lead: '首报权有效期内,由首报单位独家洽谈', claim: '首报', number: '第 {{n}} 号', status: '状态', place: '第 {{n}} 位', allStatuses: '全部状态', expires: '到期', expiresBefore: '到期日不晚于',
    empty: '没有首报', emptyHint: '报送达到门槛的项目后,首报和它的倒计时会出现在这里。', decide: '核定', factsTitle: '首报信息', reportedBy: '报送人', activatedAt: '生效时间', endedAt: '结束时间', endReason: '结束原因', project: '项目',
    reportTitle: '报送内容',
  },
  claimAct: {
    extend: '延期', release: '释放首报权', withdraw: '撤回报送', revoke: '撤销首报',
    confirm: { extend: '确认延期', release: '确认释放', withdraw: '确认撤回', revoke: '确认撤销' },
    done: { extend: '已延期', release: '已释放', withdraw: '已撤回', revoke: '已撤销' },
    text: {
      extend: '延期后按新的到期时间继续倒计时。', release: '释放后,排队的下一家立即取得首报权。', withdraw: '撤回后不再保留排队位次。', revoke: '撤销后,排队的下一家立即取得首报权。',
    },
  },
};

export type Texts = typeof texts;
export default texts;
