/** Accounts, keys, audit trail, permissions and personal data: loaded with the pages that show them. */
const system = {
  users: {
    title: '账号管理', lead: '谁可以登录，以什么角色、代表哪个单位', add: '新建账号', search: '搜索', searchHint: '姓名或用户名', role: '角色', allRoles: '全部角色', state: '状态', allStates: '全部', person: '姓名', username: '用户名', unit: '单位', lastSignIn: '最近登录', never: '从未登录', active: '在用', inactive: '已停用', noPassword: '未设密码', mustChange: '待改密码', secondFactor: '两步验证', singleSignOn: '单点登录',
    lockedUntil: '锁定至 {{time}}', empty: '没有符合条件的账号', emptyHint: '换个条件，或新建一个账号。', email: '邮箱', createdAt: '建立时间', factor: '两步验证', yes: '已启用', no: '未启用', displayName: '姓名', usernameHint: '登录时使用，字母、数字或汉字开头，可含 . _ @ -', unitHint: '招商干部必须属于一个可报送项目的单位。', unitOptional: '选填', usernameRequired: '请填写用户名', nameRequired: '请填写姓名', roleRequired: '请选择角色', unitRequired: '请选择单位', emailWrong: '邮箱格式不正确',
    create: '新建并生成链接', edit: '修改资料', editOf: '修改：{{name}}', save: '保存', saved: '已保存', sessions: '登录中的设备', actions: '账号操作',
    linkTitle: '设置密码的链接', linkFor: '把链接发给 {{name}}，由本人设置密码。', linkOnce: '链接只显示这一次，有效至 {{time}}，只能使用一次。', linkCopy: '一次性链接', finish: '完成', created: '账号已建立',
    act: { disable: '停用账号', enable: '启用账号', link: '重新发放链接', unlock: '解除锁定', resetSecondFactor: '重置两步验证' },
    ask: {
      disable: '停用后，{{name}} 的登录立即结束，也不能再登录。记录全部保留，随时可以启用。', enable: '启用后，{{name}} 可以再次登录。', link: '现有密码立即失效，{{name}} 的登录全部结束，由本人用新链接重新设置密码。', unlock: '解除后，{{name}} 可以立即登录。',
      resetSecondFactor: '{{name}} 的身份验证器和恢复码立即失效，登录只需密码，直到重新设置。请先确认是本人提出。',
    },
    did: { disable: '账号已停用', enable: '账号已启用', link: '链接已生成', unlock: '锁定已解除', resetSecondFactor: '两步验证已重置' },
  },
  keys: {
    title: 'API 密钥', lead: '其他系统凭密钥调用接口，权限以勾选的为限', add: '新建密钥', name: '名称', nameHint: '用途或对方系统，如“政务数据平台”', nameRequired: '请填写名称', scopes: '权限', scopesRequired: '请至少选择一项权限', unit: '代表单位', noUnit: '不代表单位', unitHint: '密钥以该单位的身份读写。不选时只能读公开摘要。', unitRequired: '所选权限须代表一个单位', expires: '到期', expiresOn: '到期日期', expiresHint: '选填；当日结束时失效（北京时间）。',
    noExpiry: '长期', lastUsed: '最近使用', neverUsed: '从未使用', from: '来自 {{address}}', state: '状态', usable: '有效', expired: '已到期', revoked: '已吊销', overlap: '旧密钥用至 {{time}}', createdBy: '建立人', actions: '操作', empty: '还没有密钥', emptyHint: '为每个对接系统单独新建一个密钥，便于分别吊销。', create: '新建密钥', save: '保存', saved: '已保存',
    edit: '修改', editOf: '修改：{{name}}', rotate: '更换密钥', rotateOf: '更换密钥：{{name}}', rotateText: '生成新密钥。旧密钥可再用一段时间，便于对方系统切换。', overlapFor: '旧密钥', overlaps: { none: '立即失效', P1D: '再用 1 天', P7D: '再用 7 天', P30D: '再用 30 天' }, rotateConfirm: '生成新密钥', revoke: '吊销', revokeOf: '吊销：{{name}}', revokeText: '吊销立即生效，不可恢复。', revokeConfirm: '确认吊销', revokeDone: '密钥已吊销',
    secretTitle: '密钥已生成', secretOnce: '密钥只显示这一次，系统只保存其摘要。请现在复制并妥善保管。', secret: '密钥', example: '调用示例', finish: '我已保存', menuOf: '对密钥“{{name}}”的操作', more: '操作',
  },
  scope: { 'projects-read': '读项目', 'projects-write': '写项目', 'claims-write': '报送首报', 'reports-read': '读报表', 'webhooks-manage': '管理推送' },
  scopeText: {
    'projects-read': '读取项目、动态、首报和四张清单；代表单位时可读本单位项目全文。', 'projects-write': '登记、修改本单位项目，记录进展，申报阶段变更。', 'claims-write': '代表本单位首报、释放和撤回。', 'reports-read': '读取清单汇总和统计。', 'webhooks-manage': '登记和修改推送地址。',
  },
  relation: { any: '可以', visible: '可见的', own: '本单位', city: '全市', partner: '共同洽谈', former: '曾承接', summary: '公开摘要' },
  relationText: { any: '不涉及具体项目，或只涉及本人', visible: '凡能看到的项目和首报，各按可见的范围', own: '本单位名下的项目和首报', city: '全市的项目和首报（涉密的另有限制）', partner: '经异议决定，与首报单位共同洽谈的项目', former: '曾由本单位承接、后转出的项目，只见当时内容', summary: '外单位已签约及以后的项目，只见公开摘要' },
  permissions: { title: '权限一览', lead: '由程序中实际执行的权限表生成，与接口一致', act: '事项', legend: '图例', none: '不可以', filter: '只看', all: '全部角色和密钥', roles: '角色', scopes: '密钥权限', operations: '{{n}} 个接口', noOperations: '没有单独的接口', empty: '没有可以做的事项' },
  act: {
    'read-disputes': '查看异议', 'read-dispute-evidence': '查看异议证据', 'file-dispute': '提出异议', 'answer-dispute': '答复异议', 'appeal-dispute': '异议申诉', 'decide-dispute': '决定异议',
    'read-self': '查看本人信息', 'manage-self': '管理本人账号', 'read-reference': '查看单位、规则集和行业', 'read-projects': '查看项目', 'export-projects': '导出项目', 'read-timeline': '查看项目动态', 'register-project': '登记限额以下项目', 'edit-project': '修改项目', 'record-progress': '记录进展', 'add-file': '上传文件', 'submit-move': '申报阶段变更', 'read-moves': '查看阶段变更', 'decide-move': '认定阶段变更', 'withdraw-move': '撤回阶段变更',
    'report-project': '首报项目', 'read-claims': '查看首报', 'release-claim': '释放首报权', 'withdraw-claim': '撤回首报', 'revoke-claim': '撤销首报', 'extend-claim': '首报延期', 'resolve-claim': '核定首报', 'verify-receipts': '核验回执', 'read-reports': '查看清单和统计', import: '导入台账', 'read-imports': '查看导入', 'manage-jurisdictions': '管理属地单位', 'manage-rule-sets': '制定规则集', 'confirm-clock': '确认时钟', 'manage-users': '管理账号', 'manage-keys': '管理密钥',
    'read-audit': '查阅审计日志', 'verify-audit': '核验审计日志', 'read-permissions': '查看权限一览', 'manage-personal-data': '查询和删除个人信息',
  },
  auditAction: {
    'claim-suspended': '首报期限中止', 'claim-resumed': '首报期限恢复', 'dispute-filed': '提出异议', 'dispute-answered': '异议答复', 'dispute-decided': '异议决定', 'dispute-finally-decided': '异议最终决定', 'dispute-appealed': '异议申诉', 'dispute-withdrawn': '撤回异议', 'read-evidence': '查看异议证据', 'work-calendar-changed': '修改工作日历', 'list-disputes': '查看异议列表', 'get-dispute': '查看异议', 'read-dispute-evidence': '查看异议证据', 'file-dispute': '提出异议', 'answer-dispute': '答复异议', 'withdraw-dispute': '撤回异议', 'appeal-dispute': '异议申诉', 'decide-dispute': '决定异议', 'suspend-disputed-claim': '中止首报期限', 'resume-disputed-claim': '恢复首报期限', 'list-work-calendars': '查看工作日历', 'get-work-calendar': '查看工作日历', 'put-work-calendar': '修改工作日历',
    'list-notices': '查看通知', 'read-notice': '标记通知已读', 'read-notices': '标记通知已读', 'get-notice-settings': '查看通知方式', 'put-notice-settings': '修改通知方式', 'dispute-due-told': '提醒异议期限', 'claim-expiring-told': '提醒首报将到期', 'notice-mailed': '发送通知邮件',
    'view-created': '保存视图', 'view-edited': '修改视图', 'view-deleted': '删除视图', 'list-views': '查看视图', 'get-view': '查看视图', 'create-view': '保存视图', 'edit-view': '修改视图', 'delete-view': '删除视图', 'jurisdiction-created': '新增单位', 'jurisdiction-edited': '修改单位', 'rule-set-created': '发布规则集', 'rule-set-edited': '修改规则集', 'export-receipts': '导出回执', 'list-leaders': '查看市领导', 'parse-row': '识读粘贴内容', 'read-flow': '查看进出情况', 'read-durations': '查看阶段用时', 'read-claim-figures': '查看首报统计',
    'sign-in': '登录', 'sign-out': '退出', 'refresh-token-reused': '会话凭证被重复使用', 'session-revoked': '结束登录', 'password-changed': '修改密码', 'password-set-up': '用链接设置密码', 'second-factor-begun': '开始设置两步验证', 'second-factor-confirmed': '启用两步验证', 'second-factor-removed': '移除两步验证', 'second-factor-reset': '重置两步验证', 'recovery-code-used': '使用恢复码', 'single-sign-on-linked': '关联单点登录', 'user-created': '新建账号', 'user-edited': '修改账号', 'user-provisioned': '单点登录建立账号', 'user-unlocked': '解除锁定', 'set-up-link-issued': '发放设置密码链接',
    'api-key-created': '新建密钥', 'api-key-edited': '修改密钥', 'api-key-rotated': '更换密钥', 'api-key-revoked': '吊销密钥', 'key-used': '使用密钥', 'key-refused': '密钥被拒', 'read-audit': '查阅审计日志', 'read-contacts': '查看联系人', 'contacts-edited': '修改联系人', 'read-candidates': '查看相近项目', 'read-file': '下载文件', 'read-secret-project': '查看涉密项目', 'read-secret-claim': '查看涉密首报', 'export-projects': '导出项目', 'personal-data-exported': '查询个人信息', 'personal-data-erased': '删除个人信息',
    'change-password': '修改密码', 'begin-second-factor': '开始设置两步验证', 'confirm-second-factor': '启用两步验证', 'remove-second-factor': '移除两步验证', 'list-my-sessions': '查看本人登录', 'revoke-my-session': '结束本人登录', 'get-me': '查看本人信息', 'read-permissions': '查看权限一览', 'list-users': '查看账号列表', 'get-user': '查看账号', 'create-user': '新建账号', 'edit-user': '修改账号', 'issue-set-up-link': '发放设置密码链接', 'unlock-user': '解除锁定', 'reset-second-factor': '重置两步验证', 'list-user-sessions': '查看他人登录', 'revoke-user-session': '结束他人登录',
    'list-api-keys': '查看密钥列表', 'get-api-key': '查看密钥', 'create-api-key': '新建密钥', 'edit-api-key': '修改密钥', 'rotate-api-key': '更换密钥', 'revoke-api-key': '吊销密钥', 'list-audit': '查阅审计日志', 'verify-audit': '核验审计日志', 'read-audit-anchor': '下载签名链头', 'verify-receipts': '核验回执', 'report-project': '首报项目', 'list-claims': '查看首报列表', 'get-claim': '查看首报', 'list-candidates': '查看相近项目', 'get-receipt': '查看回执', 'release-claim': '释放首报权', 'withdraw-claim': '撤回首报', 'revoke-claim': '撤销首报', 'extend-claim': '首报延期', 'resolve-claim': '核定首报',
    'export-projects-csv': '导出项目（.csv）', 'export-projects-xlsx': '导出项目（.xlsx）', 'upload-file': '上传文件', 'download-file': '下载文件', 'add-project-file': '上传项目文件', 'list-project-files': '查看项目文件', 'import-register': '导入台账', 'list-imports': '查看导入列表', 'list-import-fields': '查看导入字段', 'get-import': '查看导入', 'list-import-rows': '查看导入行', 'download-corrections': '下载待更正表', 'list-jurisdictions': '查看单位列表', 'create-jurisdiction': '新增单位', 'get-jurisdiction': '查看单位', 'edit-jurisdiction': '修改单位',
    'read-list': '查看清单', 'read-summary': '查看汇总', 'submit-move': '申报阶段变更', 'list-moves': '查看阶段变更列表', 'get-move': '查看阶段变更', 'verify-move': '认定阶段变更', 'return-move': '退回阶段变更', 'withdraw-move': '撤回阶段变更', 'export-personal-data': '查询个人信息', 'erase-personal-data': '删除个人信息', 'register-project': '登记项目', 'list-projects': '查看项目列表', 'get-project': '查看项目', 'edit-project': '修改项目', 'read-timeline': '查看项目动态', 'list-project-matches': '查看项目比对', 'record-progress': '记录进展',
    'list-industry-classes': '查看行业', 'list-rule-sets': '查看规则集列表', 'create-rule-set': '制定规则集', 'get-current-rule-set': '查看现行规则集', 'get-rule-set': '查看规则集', 'edit-rule-set': '修改规则集', 'get-demo': '查看演示账号', 'confirm-clock': '确认时钟',
    registered: '登记项目', reported: '首报', edited: '修改项目', progress: '记录进展', 'agreement-recorded': '签订框架协议', 'move-submitted': '申报阶段变更', 'move-verified': '认定通过', 'move-returned': '认定退回', 'move-withdrawn': '撤回申报', 'moved-back': '退回上一阶段', terminated: '终止项目', reactivated: '恢复项目', 'claim-activated': '首报生效', 'claim-queued': '首报排队', 'claim-under-review': '首报待核定', 'claim-converted': '首报转签约', 'claim-expired': '首报到期', 'claim-released': '首报释放',
    'claim-revoked': '首报撤销', 'claim-transferred': '首报流转', 'claim-withdrawn': '首报撤回', 'claim-rejected': '首报未予认定', 'claim-extended': '首报延期', 'owner-changed': '归属变更', 'file-added': '上传文件', imported: '导入项目',
  },
  auditOutcome: { done: '完成', read: '查看', denied: '拒绝', failed: '失败' },
  actorKind: { person: '人员', key: '密钥', system: '系统', nobody: '未登录者' },
  subjectKind: { notice: '通知', user: '账号', 'api-key': '密钥', session: '登录', jurisdiction: '属地单位', 'rule-set': '规则集', project: '项目', claim: '首报', move: '阶段变更', file: '文件', import: '导入', receipt: '回执', dispute: '异议', view: '视图', me: '本人' },
  auditField: {
    username: '用户名', displayName: '姓名', email: '邮箱', role: '角色', jurisdictionId: '单位', jurisdiction: '单位', active: '启用', scopes: '权限', expiresAt: '到期时间', nameEn: '英文名称', parentId: '上级单位', reports: '可报送', aliases: '别名', effectiveFrom: '生效日期', effectiveTo: '失效日期', exclusivity: '首谈期限', amount: '金额', currency: '币种', ownerId: '归属单位', owner: '归属单位', leaders: '指定领导', name: '名称', text: '文字',
  },
  auditReason: { password: '密码', oidc: '单点登录', 'invalid-credentials': '用户名或密码不正确', 'account-locked': '账号已锁定', 'second-factor-invalid': '验证码不正确', 'single-sign-on': '单点登录' },
  auditBreak: { 'sequence-gap': '序号不连续', 'previous-hash': '与上一条不相连', hash: '校验值不符', missing: '有缺失', head: '与链头不符', anchor: '与锚定不符', 'anchor-signature': '锚定签名不符', 'anchor-file': '锚定文件读不出' },
  audit: {
    title: '审计日志', lead: '谁在何时何地做了什么；只增不改，逐条相连', actorKind: '操作者类别', actor: '操作者', actorHint: '从列表选择，或粘贴编号', anyone: '全部', action: '动作', anyAction: '全部动作', outcome: '结果', anyOutcome: '全部结果', subjectKind: '对象类别', anySubject: '全部对象', subjectId: '对象编号', projectId: '项目', projectHint: '系统内项目编号', requestId: '请求编号', from: '不早于', to: '不晚于',
    filters: '筛选', filtersN: '筛选（{{n}}）', clear: '清除筛选', at: '时间', address: '地址', subject: '对象', empty: '没有符合条件的记录', emptyHint: '换个条件再试。', seq: '第 {{n}} 条', open: '查看第 {{n}} 条：{{action}}', detail: '审计记录',
    role: '角色', onBehalfOf: '代表单位', client: '设备', request: '请求', reason: '理由', ruleSet: '规则集', hash: '本条校验值', previousHash: '上一条校验值', changes: '改动', field: '字段', before: '改动前', after: '改动后', noChanges: '没有字段改动。', project: '项目', toProject: '打开项目', sameRequest: '同一请求的记录', sameActor: '该操作者的记录', sameSubject: '该对象的记录', sameProject: '该项目的记录', whoTitle: '操作者', whereTitle: '来源', whatTitle: '内容', sealTitle: '校验',
    verify: '核验', verifying: '正在核验…', anchor: '下载签名链头', anchorFailed: '没有下载成功：{{reason}}', valid: '审计日志完整', broken: '审计日志有改动', checked: '共核验 {{n}} 条，对照锚定 {{anchors}} 个，{{time}}（北京时间）', firstBroken: '第一处不符：第 {{n}} 条，{{reason}}', happened: '事项', requested: '请求（包括被拒绝的）',
  },
  people: {
    title: '个人信息', lead: '按联系人本人的要求，查询、提供或删除其个人信息', value: '姓名、电话或邮箱', valueHint: '请填写完整，不支持部分匹配。查询和删除都会记入审计日志。', valueRequired: '请填写姓名、电话或邮箱', search: '查询', found: '在 {{n}} 条记录中找到', none: '没有找到', noneHint: '请核对写法；电话不分空格和连接号。', record: '记录', kind: '类别', kinds: { project: '项目', claim: '首报', user: '账号的通知邮箱' }, unit: '单位', details: '所留信息', referrer: '引荐人：{{name}}', download: '下载（JSON）',
    chooseAll: '全选', choose: '选择：{{name}}', eraseAll: '全部删除', eraseChosen: '删除所选（{{n}}）', eraseTitle: '删除个人信息', eraseText: '将从 {{n}} 条记录中删除“{{value}}”的姓名、职务、电话和邮箱，不可恢复。项目和首报本身保留，回执仍可核验。', eraseConfirm: '确认删除', erased: '已从 {{records}} 条记录中删除 {{persons}} 处',
    contactTitle: '{{name}}，{{title}}',
  },
};

export type SystemTexts = typeof system;
export default system;
