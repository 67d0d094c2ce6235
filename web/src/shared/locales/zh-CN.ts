import access from './access.zh-CN';
import front from './front.zh-CN';

const texts = {
  ...front,
  ...access,
  app: { name: '招商引资项目全程管理', short: '招商引资' },
  common: {
    loading: '正在加载…', more: '加载更多', retry: '重试', cancel: '取消', remove: '移除', close: '关闭', yes: '是', no: '否', none: '—', notGiven: '未填',
    listSeparator: '、',
  },
  time: { shanghai: '{{time}}（北京时间）' },
  table: { sortBy: '按“{{column}}”排序' },
  role: { officer: '招商干部', coordinator: '中心工作人员', leader: '市领导', department: '市级部门', auditor: '督查审计', admin: '管理员' },
  stage: { 'in-talks': '在谈', signed: '签约', registered: '注册', started: '开工', 'in-production': '投产', terminated: '终止' },
  light: { green: '绿灯', yellow: '黄灯', red: '红灯' },
  claimStatus: {
    active: '首报有效', queued: '排队中', 'under-review': '中心核定中', converted: '已转签约', expired: '已到期', released: '已释放', revoked: '已撤销',
    transferred: '已流转', withdrawn: '已撤回', rejected: '未予认定',
  },
  level: { l1: '一级：相同', l2: '二级：待核', l3: '三级：待核' },
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
  money: { '0': '{{figure}} {{currency}}', '4': '{{figure}} 万{{currency}}', '6': '{{figure}} 百万{{currency}}', '8': '{{figure}} 亿{{currency}}', '9': '{{figure}} 十亿{{currency}}' },
  amount: {
    unitOf: '{{label}}的单位', exact: '即 {{figure}}', hint: '填写数字，并在右侧选择单位', unreadable: '这不是有效的金额', required: '请填写{{label}}',
    wrong: '请填写有效的金额，最多精确到分',
  },
  countdown: { days: '{{n}} 天', over: '已到期' },
  country: { HK: '中国香港', MO: '中国澳门', TW: '中国台湾' },
  problem: {
    id: '请求编号', networkTitle: '连接不上服务器', networkDetail: '请检查网络后重试。已填写的内容仍在页面上。', unexpectedTitle: '页面出错了', unexpectedDetail: '请重新加载页面；如仍出错，请联系管理员。',
  },
  failure: { title: '页面没有打开', reload: '重新加载' },
  notFound: { title: '没有这个页面', text: '地址可能有误，或内容已不可见。', home: '回到首页' },
  signIn: {
    title: '登录', heading: '一个项目，从洽谈到开工，一本账', intro: '首报首谈、签约备案、分级认定、四张清单，全市招商项目在这里登记、流转、留痕。', stages: '四张清单',
    username: '用户名', password: '密码', submit: '登录', usernameRequired: '请输入用户名', passwordRequired: '请输入密码', demoTitle: '演示账号', demoText: '点一下即可填入，密码均为',
    fill: '填入账号 {{username}}', endedTitle: '登录已过期', endedText: '请重新登录。页面上已填写的内容都还在，登录后会接着提交。', someoneElse: '退出，换一个账号',
  },
  lists: {
    title: '四张清单', lead: '在谈、签约、注册、开工，按属地汇总到此刻', asOfMonth: '截至 {{month}} 月末的情况', view: '显示方式', board: '看板', table: '表格', report: '报送项目',
    month: '月份', now: '此刻', monthEnd: '{{month}} 月末', earlierMonth: '上一个月', laterMonth: '下一个月', jurisdiction: '属地', allJurisdictions: '全部属地',
    count: '{{n}} 个项目', emptyColumn: '这张清单还没有项目', exclusive: '首报剩余', since: { 'in-talks': '洽谈', signed: '签约', registered: '注册', started: '开工' },
    emptyHint: {
      'in-talks': '点“报送项目”登记第一个在谈项目；达到首报门槛的项目同时取得首报权。', signed: '正式协议经中心认定后，项目会从在谈移到这里。',
      registered: '项目公司取得营业执照或备案并经认定后，会移到这里。', started: '取得施工许可或设备进场并经认定后，会移到这里。',
    },
    emptyTable: '没有符合条件的项目', emptyMonth: '那个月末这张清单没有项目。', clear: '清除筛选', filters: '筛选', filtersN: '筛选（{{n}}）', search: '搜索', searchHint: '名称、投资方或编号，至少两个字',
    allIndustries: '全部行业', currency: '币种', allCurrencies: '全部币种', minAmount: '总投资不低于', maxAmount: '总投资不高于', allLights: '全部',
    export: '导出', exportAs: { xlsx: 'Excel 工作簿（.xlsx）', csv: '文本表格（.csv）' }, exporting: '正在导出 {{size}}', exportFailed: '没有导出成功：{{reason}}',
  },
  project: {
    title: '项目', name: '项目名称', code: '项目编号', stage: '阶段', owner: '归属单位', jurisdiction: '属地', firstTalk: '首谈单位', investors: '投资方',
    totalInvestment: '总投资', fixedInvestment: '固定资产投资', foreignCapital: '计划外资', industryCode: '行业分类', chain: '产业链', nationalCode: '国家项目代码', manufacturing: '制造业',
    foreign: '内外资', foreignYes: '外资', foreignNo: '内资', buildKind: '建设性质', landMu: '用地（亩）', energyTce: '能耗（吨标煤）', jobs: '就业人数', annualOutput: '预计年产值',
    annualTax: '预计年税收', channel: '招商渠道', referrer: '引荐人', provincialZone: '落在省级以上平台', secret: '涉密项目', leaders: '指定的市领导', landingPlace: '落地地点', plannedSigningOn: '计划签约日期',
    plannedStartOn: '计划开工日期', plannedProductionOn: '计划投产日期', firstContactOn: '首次洽谈日期', terminatedOn: '终止日期', contacts: '联系人', claim: '首报', light: '亮灯', createdAt: '登记时间', updatedAt: '更新时间', reportRequired: '须首报', status: '状态', to: '变更为', from: '原阶段',
    occurredOn: '发生日期', reasonCode: '原因', reason: '理由', note: '说明', expiresAt: '到期时间', activatedAt: '生效时间', flags: '标记', kind: '方式', queuePosition: '排队位次', sequence: '序号', file: '文件',
    summaryOnly: '这是外单位项目，只显示公开摘要。', asOfText: '项目已由其他单位承接，这里是 {{time}} 时的内容。',
    reportRequiredText: '项目总投资已达到首报门槛。完成首报之前，只能修改项目信息。', factsTitle: '项目信息', noInvestors: '尚未登记投资方', trackTitle: '阶段进度', notYet: '未到', pending: '待认定',
    missingN: '还缺 {{n}} 项材料', terminatedText: '项目已终止。', evidenceTitle: '各阶段认定材料', pendingText: '已提交变更为“{{stage}}”，等待中心认定。', pendingBy: '提交人：{{name}}',
    noClaim: '没有首报', exclusiveUntil: '首报权有效至 {{time}}（北京时间）',
  },
  evidence: {
    agreementKind: '协议性质', agreementNo: '协议编号', parties: '协议各方', agreedAmount: '协议金额', signedOn: '签约日期', uscc: '项目公司统一社会信用代码', registeredOn: '注册日期', filingCode: '备案代码', filedOn: '备案日期',
    permitNo: '施工许可证号', permittedOn: '许可日期', equipmentContractNo: '设备合同号', installedOn: '设备进场日期', photoOn: '现场照片日期', acceptedOn: '竣工验收日期', firstInvoiceOn: '首张发票日期',
    files: '材料文件', occurredOn: '发生日期', none: '没有材料', frameworkHint: '框架协议会记入项目，但项目仍为在谈。', signedTitle: '签约材料', registeredTitle: '注册（备案）材料', startedTitle: '开工材料', inProductionTitle: '投产材料',
  },
  files: {
    title: '文件', choose: '选择文件', add: '上传文件', empty: '还没有文件', remove: '移除文件 {{name}}', uploading: '正在上传 {{name}}', nth: '文件 {{n}}', failed: '文件没有下载成功：{{reason}}',
  },
  industry: { placeholder: '输入行业名称或代码', asCode: '按代码 {{code}} 填报', notFound: '没有找到，可直接输入 2 至 4 位代码', hint: '国民经济行业分类 GB/T 4754-2017' },
  jurisdiction: { any: '请选择属地' },
  investor: {
    nth: '投资方 {{n}}', name: '投资方名称', uscc: '统一社会信用代码', country: '国家（地区）', groupParent: '所属集团', primary: '主投资方', add: '增加投资方', removeNth: '移除投资方 {{n}}', nameRequired: '请填写投资方名称',
    fortune500: '世界500强', china500: '中国500强', listed: '上市公司', centralSoe: '央企', specialised: '专精特新', ofGroup: '隶属 {{name}}',
  },
  person: { nth: '联系人 {{n}}', name: '姓名', title: '职务', phone: '电话', email: '邮箱', add: '增加联系人', removeNth: '移除联系人 {{n}}' },
  contact: {
    nth: '接触记录 {{n}}', kind: '接触方式', occurredOn: '接触日期', note: '接触情况', noteHint: '与谁、在哪里、谈了什么', files: '佐证文件', filesOf: '接触记录 {{n}} 的佐证文件', add: '增加接触记录', removeNth: '移除接触记录 {{n}}',
  },
  reason: { label: '理由', required: '请写明理由' },
  form: {
    projectTitle: '项目', investorsTitle: '投资方', moreTitle: '更多信息', moreHint: '以下均为选填，日后可在项目页补充。', peopleTitle: '联系人', peopleHint: '联系人属敏感信息，只有归属单位和中心可见。', nameRequired: '请填写项目名称',
    industryRequired: '请选择行业分类', nationalCodeHint: '在线审批监管平台赋码，形如 2405-330402-04-01-123456', leadersHint: '除此之外，其他市领导看不到该项目。', secretHint: '仅归属单位、中心、督查和指定的领导可见。',
    number: '请填写数字', wholeNumber: '请填写整数', dateRequired: '请选择日期',
  },
  outcome: {
    title: '报送结果', activeTitle: '首报成功，首谈权已生效', activeText: '有效至 {{time}}（北京时间）。', left: '剩余', queuedTitle: '已排队，位次第 {{n}}', queuedTitlePlain: '已排队',
    queuedText: '已有其他单位首报。如有疑问，请联系市投资促进中心。', reviewTitle: '已收到，等待中心核定', reviewText: '本次报送保留先后次序，中心核定后会在这里显示结果。如有疑问，请联系市投资促进中心。',
    endedTitle: '{{status}}', receipt: '查看回执', project: '查看项目', claim: '查看首报',
  },
  receipt: {
    title: '首报回执', qr: '扫码核对本回执校验值', sheetTitle: '项目首报回执', number: '第 {{n}} 号', project: '项目名称：{{name}}', statement: '{{unit}}的项目报送已于 {{time}}（北京时间）由系统收到并登记。', sequence: '受理序号', jurisdiction: '报送单位',
    receivedAt: '收到时间', claimId: '首报编号', hash: '本回执校验值（SHA-256）', previousHash: '上一回执校验值', first: '首张回执，无上一张', print: '打印', canonical: '参与校验的内容',
    explain: '校验值由报送内容计算得出，并与上一张回执相连；改动任何一张，都会在核验时被发现。个人信息以加盐摘要参与计算。', printedAt: '打印时间 {{time}}（北京时间）',
  },
  claims: {
    title: '首报首谈', lead: '首报权有效期内，由首报单位独家洽谈', claim: '首报', number: '第 {{n}} 号', status: '状态', place: '第 {{n}} 位', allStatuses: '全部状态', expires: '到期', expiresBefore: '到期日不晚于',
    empty: '没有首报', emptyHint: '报送达到门槛的项目后，首报和它的倒计时会出现在这里。', decide: '核定', factsTitle: '首报信息', reportedBy: '报送人', activatedAt: '生效时间', endedAt: '结束时间', endReason: '结束原因', project: '项目',
    reportTitle: '报送内容',
  },
  claimAct: {
    extend: '延期', release: '释放首报权', withdraw: '撤回报送', revoke: '撤销首报',
    confirm: { extend: '确认延期', release: '确认释放', withdraw: '确认撤回', revoke: '确认撤销' },
    done: { extend: '已延期', release: '已释放', withdraw: '已撤回', revoke: '已撤销' },
    text: {
      extend: '延期后按新的到期时间继续倒计时。', release: '释放后，排队的下一家立即取得首报权。', withdraw: '撤回后不再保留排队位次。', revoke: '撤销后，排队的下一家立即取得首报权。',
    },
  },
  matchReason: {
    'national-code': '国家项目代码相同', 'investor-and-name': '投资方和项目名称相同', 'investor-class-amount': '投资方、行业相同，金额相近', 'investor-class-name': '投资方、行业相同，名称相近', 'same-investor': '有共同投资方',
    'similar-investor': '投资方名称相近', 'similar-name-amount': '项目名称、金额相近', 'group-and-class': '同一集团、同一行业', phase: '可能是分期', secret: '涉及涉密项目', 'too-many-candidates': '相近项目过多',
  },
  desk: {
    title: '中心工作台', lead: '阶段变更的认定和首报的核定', moves: '阶段变更', reviews: '首报核定', noMoves: '没有待认定的阶段变更', noMovesHint: '各单位申报签约、注册、开工后，会出现在这里。', noReviews: '没有待核定的首报',
    noReviewsHint: '系统不能自行判定是否同一项目时，报送会出现在这里。', submittedBy: '{{name}} 提交', to: '变更为', occurredOn: '发生日期', verify: '认定通过', verifyAgain: '再按 v 确认', keyStep: '上下选择', verifyOf: '认定通过：{{name}}', return: '退回', returnOf: '退回：{{name}}', verified: '已认定',
    returned: '已退回', confirmReturn: '确认退回', returnText: '退回后由提交人补充材料，再次申报。', notYours: '这项变更须由其他人认定。', decision: '操作',
  },
  review: {
    title: '首报核定：{{name}}', noCandidates: '没有相近的项目或报送', tooMany: '相近的项目过多，这里只列出最相近的一部分。', notYours: '目前不能核定这件报送，可能还有次序在前的报送未核定。', candidateProject: '候选 {{n}}：库内项目', candidateClaim: '候选 {{n}}：待核定报送', decided: { same: '曾核定为同一项目', distinct: '曾核定为不同项目' },
    fact: '比对项', thisReport: '本次报送', likeness: '比对', like: { same: '相同', different: '不同', 'one-sided': '缺一方', neither: '均未填', common: '有共同方' }, decisionTitle: '核定', choice: '核定意见', choiceRequired: '请选择核定意见', sameAs: '与候选 {{n}} 是同一项目', distinct: '与各候选都不是同一项目',
    distinctHint: '按次序再比对后，另立项目。', submit: '提交核定', done: '已核定，结果：{{status}}',
  },
  imports: {
    title: '数据导入', lead: '把台账导入系统，逐行核对后入库', newTitle: '导入台账', step1: '选择 .csv 或 .xlsx 文件', step2: '试运行：逐行检查，不写入', step3: '核对无误后正式导入', choose: '点此选择文件，或把文件拖到这里', formats: '.csv、.xlsx，表头用中文或英文均可', file: '文件',
    mode: '导入方式', modes: { rowwise: '逐行导入', atomic: '全部或不导入' }, modeHint: { rowwise: '合格的行入库，不合格的行列明原因。', atomic: '有一行不合格，整个文件都不入库。' }, dryRun: '开始试运行', dryRunHint: '试运行不改动任何数据。', formerTitle: '以往导入', none: '还没有导入过', noneHint: '导入后，每一行的原文和结果都会长期保留。',
    rows: '总行数', by: '导入人', at: '导入时间', finishedAt: '完成时间', isDryRun: '试运行', status: { queued: '等待中', running: '进行中', completed: '已完成', failed: '失败' }, outcome: { all: '全部', accepted: '接受', doubtful: '存疑', rejected: '拒绝' }, severity: { doubt: '存疑', refusal: '拒绝' },
    duplicates: '重复行', pageTitle: '导入：{{name}}', reading: '正在读取文件…', progress: '已处理 {{done}} / {{total}} 行', progressLabel: '导入进度', dryRunTitle: '试运行结果', resultTitle: '导入结果', corrections: '下载待更正表', correctionsHint: '含拒绝和存疑的行及原因，更正后可再次导入。', nextTitle: '下一步',
    chooseAgain: '要继续，请重新选择文件“{{name}}”。', dryRunAgain: '再试运行一次', forReal: '正式导入', mappingChanged: '列对应已改动，请先再试运行一次。', mappingTitle: '列的对应关系', mappingHint: '左边是文件里的列，右边是系统里的字段。', mappedTwice: '以下字段对应了不止一列：{{fields}}', ignoreColumn: '（不导入）',
    rowsTitle: '逐行结果', byIssue: '按问题筛选', allIssues: '全部问题', noRows: '没有这样的行', row: '第 {{n}} 行', rowOf: '第 {{n}} 行的内容', column: '列', original: '原文', parsed: '系统理解为', issues: '问题', matches: '相近项目', changes: '建议的更新', notMatched: '试运行只检查表格本身，不与库内项目比对；正式导入时比对。', action: { create: '新建项目', 'update-proposed': '提出更新建议', none: '不改动' },
  },
  issue: {
    'name-missing': '没有项目名称', 'total-row': '合计行', 'header-row': '表头行', 'maybe-no-project': '可能不是项目', 'second-column': '另有同类列', 'too-long': '内容过长', shortened: '内容已截短',
    'not-storable': '含不能保存的字符', 'stage-not-importable': '阶段不能导入', 'row-failed': '处理出错', 'report-incomplete': '首报要件不全', 'other-jurisdiction': '其他属地的项目',
    'project-already-signed': '项目已签约', 'claim-already-held': '已持有首报', 'claim-held-by-another': '已有其他单位首报', 'investor-missing': '没有投资方', 'amount-missing': '没有总投资',
    'industry-missing': '没有行业', 'possible-duplicate': '可能重复', 'atomic-rollback': '整批未导入', approximate: '约数', 'lower-bound': '只有下限', 'upper-bound': '只有上限',
    partial: '只是一部分', planned: '计划数', 'bound-only': '只有界限', 'value-range': '数值区间', 'two-amounts': '两个金额', 'several-amounts': '多个金额', phases: '分期金额',
    'batch-total': '多个项目合计', 'not-total': '不是总投资', 'unit-missing': '缺单位', 'currency-assumed': '币种推定', 'currency-differs': '币种不一致', 'currency-unknown': '币种不明',
    implausible: '数值可疑', 'not-positive': '不是正数', rounded: '已取整到分', 'extra-text': '夹有文字', 'amount-unreadable': '金额读不出', 'unit-converted': '面积单位已换算',
    'land-unreadable': '用地读不出', 'date-no-year': '日期缺年份', 'date-month-only': '只有月份', 'date-year-only': '只有年份', 'date-two-days': '日期跨两天', 'date-bound': '日期只有界限',
    'date-relative': '相对日期', 'date-period': '日期是时段', 'date-planned': '计划日期', 'date-approximate': '大致日期', 'date-ambiguous': '日期有歧义', 'date-impossible': '没有这一天',
    'date-serial': '日期是序列数', 'date-unreadable': '日期读不出', 'date-future': '日期在将来', 'date-order': '日期先后不合', 'registered-before-signed': '注册早于签约', 'stage-unknown': '阶段不明',
    'stage-assumed': '阶段推定', 'stage-planned': '阶段是计划', 'framework-only': '只有框架协议', 'stage-behind-dates': '阶段落后于日期', 'owner-unknown': '属地不明', 'owner-differs': '属地不一致',
    'place-several': '多个落户地', 'place-elsewhere': '落户地不在本市', 'investor-generic': '投资方不具体', 'investor-alias': '投资方是简称', 'investors-maybe-several': '可能不止一个投资方',
    'country-unknown': '国别不明', 'country-several': '多个国别', 'uscc-malformed': '信用代码格式不符', 'uscc-check-digit': '信用代码校验位不符',
    'national-code-malformed': '国家项目代码格式不符', 'industry-unknown': '行业不明', 'industry-assumed': '行业推定', 'contact-kind-unknown': '接触方式不明',
  },
  rules: {
    title: '规则集', lead: '门槛、期限和汇率。每一项首报、变更都按当时有效的规则集办理，新规则不改动以往。', new: '制定新规则集', newLead: '在现行规则集上修改，自生效之日起接替现行规则集。', standing: { past: '已失效', current: '现行', future: '待生效' }, period: '{{from}} 至 {{to}}', open: '长期',
    name: '名称', nameRequired: '请填写名称', effectiveFrom: '生效日期', claimTitle: '首报首谈', moveTitle: '认定与签约备案', creditTitle: '成效认定与流转', reportThresholds: '首报门槛', thresholdNth: '首报门槛 {{n}}', exclusivity: '首谈期限', extensions: '延期', noExtension: '不延期', times: '{{n}} 次',
    extensionsMax: '可延期次数', extension: '每次延期', contactMaxAge: '接触记录有效期', verification: '须中心认定的阶段', notice: '签约备案', noticePeriod: '提前备案', noticeEnforcement: '未按期备案', enforcement: { flag: '记录在案', block: '不予签约' }, credit: '成效认定', creditAt: '{{stage}}时计入', creditMode: '计入方式',
    creditModes: { 'both-full': '首谈地、落地地均全额计入', split: '按比例分成' }, creditStage: '计入时点', transfers: '流转', maxTransfers: '每个项目可流转次数', acceptIn: '接收期限', transferAcceptance: '流转接收期限', rates: '折算汇率（人民币）', rate: '{{year}} 年 1 {{currency}} = {{cny}} 元', year: '年度', yearRequired: '请填写四位年份',
    currencyRequired: '请填写三位币种代码', cny: '折合人民币', addRate: '增加汇率', removeRate: '移除汇率 {{n}}', matchingHorizon: '比对回溯期', reactivation: '终止后可恢复期限', lights: '亮灯（无进展时长）', light: { yellow: '黄灯', red: '红灯', removal: '建议出库' }, coordination: '每月协调门槛', leaderLink: '市领导挂联门槛', create: '发布规则集', created: '规则集已发布',
  },
  duration: { Y: '{{n}} 年', M: '{{n}} 个月', W: '{{n}} 周', D: '{{n}} 天', TH: '{{n}} 小时', TM: '{{n}} 分钟', TS: '{{n}} 秒' },
  durationUnit: { Y: '年', M: '个月', W: '周', D: '天', TH: '小时', TM: '分钟', TS: '秒' },
  jurisdictionKind: { centre: '中心', county: '县', district: '区', city: '县级市', zone: '开发区', office: '驻外机构', department: '市级部门' },
  jurisdictions: {
    title: '属地单位', lead: '报送和承接项目的县（市、区）、开发区和驻外机构', name: '名称', nameEn: '英文名称', code: '代码', kind: '类别', parent: '上级单位', noParent: '无', reports: '可报送', provincialZone: '省级以上平台', active: '启用', change: '操作', edit: '修改', editOf: '修改：{{name}}', add: '新增单位',
    save: '保存', saved: '已保存', nameRequired: '请填写名称', codeRequired: '请填写代码', aliases: '别名', aliasesHint: '导入台账时也按这些写法识别',
  },
  receiptBreak: { 'sequence-gap': '序号不连续', 'previous-hash': '与上一张不相连', hash: '校验值不符', content: '内容被改动', missing: '末尾缺失' },
  receipts: {
    title: '回执核验', lead: '每张首报回执都与上一张相连', text: '核验会从第一张回执起逐张重新计算。任何一张被改动、删除或调换次序，都会被发现。', verify: '开始核验', valid: '回执链完整', broken: '回执链已断', checked: '共核验 {{n}} 张，{{time}}（北京时间）', firstBroken: '第一处不符：第 {{n}} 号，{{reason}}',
  },
};

export type Texts = typeof texts;
export default texts;
