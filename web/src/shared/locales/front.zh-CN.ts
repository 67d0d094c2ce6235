/** Of the frame, the homes, the figures and what helps to find one's way. */
const front = {
  nav: {
    main: '主导航', skip: '跳到正文', open: '打开导航', signOut: '退出', home: '首页', lists: '四张清单', figures: '统计分析', report: '项目报送', claims: '首报首谈', disputes: '异议', notices: '通知（{{n}} 条未读）',
    desk: '中心工作台', imports: '数据导入', ruleSets: '规则集', jurisdictions: '属地单位', receipts: '回执核验', users: '账号管理', keys: 'API 密钥', audit: '审计日志', people: '个人信息', permissions: '权限一览',
    group: { work: '业务', records: '台账', ground: '依据', system: '系统' },
  },
  theme: { title: '外观', system: '跟随系统', light: '浅色', dark: '深色' },
  offline: { title: '连接不上服务器。', text: '页面上的内容和已填写的都还在；恢复连接后会自动继续。', shell: '请检查网络；恢复连接后会自动打开。' },
  palette: {
    title: '搜索与跳转', open: '搜索与跳转', button: '搜索项目、页面', placeholder: '项目、投资方、首报、页面或操作', results: '结果', none: '没有找到。项目至少输入两个字。', choose: '选择', goTo: '前往',
    list: '清单：{{stage}}', theme: '外观：{{name}}', language: '切换到英文（English）', group: { recent: '最近', pages: '页面', actions: '操作', projects: '项目', claims: '首报' },
  },
  shortcuts: {
    title: '键盘快捷键', everywhere: '任何页面', desk: '中心工作台', pages: '前往页面', close: '关闭窗口', next: '下一项', previous: '上一项', open: '打开项目', verify: '认定通过（按两次）', return: '退回',
    hint: '先按 g，再按字母，前往相应页面。正在输入文字时，快捷键不起作用。',
  },
  tour: {
    title: '第一次来？', text: '用一分钟看看从哪里开始。', start: '开始导览', no: '不用了', next: '下一步', back: '上一步', done: '知道了',
    stop: {
      lists: { title: '四张清单', text: '在谈、签约、注册、开工，此刻各有多少、多大，本月进出几个。点名称看清单。' }, search: { title: '搜索与跳转', text: '按 Ctrl K（Mac 为 ⌘ K），输入项目名称、投资方或页面名，回车即到。' },
      work: { title: '导航', text: '只列出您能用的页面。手机上从左上角打开。' }, figures: { title: '统计分析', text: '行业、属地、各阶段用时、首报走势；每张图都能换成表格。' }, person: { title: '账号', text: '在这里切换深色外观、查看快捷键、修改密码。' },
    },
  },
  home: {
    hello: '{{name}}，您好', adminText: '管理员负责账号、密钥、属地单位和规则集，不查看项目内容。', pipeline: '全市四张清单', pipelineOf: '{{name}}的四张清单', flow: '本月进 {{in}} · 出 {{out}}',
    ofCity: '全市 {{n}}', ofCityAt: '全市 {{n}}（{{date}} 月末）', deskTitle: '待中心办理', toDesk: '进入工作台', disputesN: '异议待决定 {{n}}', until: '期限', toAnswerTitle: '待答复的异议', reviewsN: '报送待核定 {{n}} 件', movesN: '阶段变更待认定 {{n}} 项', deskClear: '没有待办，都已办结',
    endingTitle: '即将到期的首报', allClaims: '全部首报', noClaims: '没有有效的首报', allProjects: '全部项目', noProjects: '还没有项目', count: '项目数', dueTitle: '接下来要办', nothingDue: '眼下没有到期或停滞的项目。',
    moreDue: '还有 {{n}} 个，见全部项目。', recentTitle: '最近更新', overdue: '已过期', due: { report: '总投资已达门槛，须首报', claim: '首报权还剩', signing: '计划签约', start: '计划开工', production: '计划投产', red: '红灯：久无进展，请记录或终止', yellow: '黄灯：请记录进展' },
    returnedTitle: '被退回的申报', draftTitle: '未提交的草稿', unnamed: '未命名的报送', savedAt: '保存于 {{time}}', today: '今天', daysAgo: '{{n}} 天', movedTitle: '本月变动', toFigures: '统计分析', nothingMoved: '本月还没有变动', nothingMovedHint: '签约、注册、开工经中心认定后，会列在这里。',
    stalledTitle: '停滞的项目', since: '{{stage}}于', lights: '{{light}} {{n}} 个', nothingStalls: '没有停滞的项目', nothingStallsHint: '久无进展的项目会亮黄灯、红灯，并列在这里。', newlySigned: '新近签约', chainChecked: '已核验全部 {{n}} 张回执', newestReceipts: '最新回执',
    refusals: '最近的拒绝', allRefusals: '全部拒绝', noRefusals: '没有被拒绝的操作', noRefusalsHint: '无权的访问和被系统拒绝的操作会列在这里。',
    way: { users: '新建账号、发送一次性链接、重置两步验证', keys: '为第三方系统签发、轮换、吊销密钥', jurisdictions: '属地、开发区、驻外机构及其别名', ruleSets: '门槛、期限、汇率，自生效日起适用', audit: '谁在何时做了什么，逐条相连' },
  },
  map: { title: '各属地项目', by: '地图显示', count: '项目数', cny: '投资额', table: '表格', area: '{{name}}：{{n}} 个项目，{{amount}}', apart: '市本级及其他', water: '杭州湾' },
  figures: {
    title: '统计分析', lead: '只统计您能看到的项目；每张图都可换成表格', run: '时间范围', months: '{{n}} 个月', chart: '图', table: '表', viewOf: '{{title}}的显示方式', none: '还没有数据', noneHint: '有项目登记、签约后，这里会出现统计。',
    funnel: '四张清单', funnelSays: '此刻：{{counts}}', flow: '每月进入各阶段的项目', flowSays: '每月新进入各清单的项目数；表格中另有离开的项目数', inOut: '{{stage}} 进／出', divisions: '各行业投资额', divisionsSays: '{{name}}最多，{{amount}}；图示前 {{n}} 位', divisionsRest: '另有 {{n}} 个项目未填行业',
    noDivision: '未填行业', durations: '各阶段用时', durationsSays: '现在停留最久的是{{stage}}：半数项目已超过 {{days}}', durationsNone: '四个阶段里没有停留超过一天的项目', leftCount: '已离开', leftMedian: '已离开：中位数', leftP90: '已离开：九成不超过', standingCount: '现停留', standingMedian: '现停留：中位数',
    standingP90: '现停留：九成不超过', claims: '首报走势', claimsSays: '现有 {{n}} 件有效首报', claim: { active: '月末有效', converted: '转签约', expired: '到期', released: '释放或撤销' },
    claimColumn: { received: '收到', activated: '生效', converted: '转签约', expired: '到期', released: '释放', revoked: '撤销', active: '月末有效' },
  },
};

export default front;
