/** Notices, and how a person wants to be told: loaded with what shows them. */
const notices = {
  notices: {
    title: '通知', lead: '与您有关的首报、排队、审核和申报', latest: '最新通知', empty: '没有通知', emptyHint: '首报到期、排队到位、审核和申报有结果时，会在这里告诉您。', emptyUnread: '没有未读通知', show: '显示', all: '全部', unread: '未读', markAll: '全部标为已读', mark: '标为已读', marked: '已全部标为已读',
    reason: '理由：{{reason}}', toAll: '查看全部通知', settings: '通知方式', isNew: '未读', failed: '通知没有取到，请稍后再试。',
    kind: {
      'claim-expiring': '首报将到期', 'claim-expired': '首报已到期', 'claim-activated': '排队到位', 'claim-decided': '首报有结果', 'queue-moved': '排队前移', 'move-submitted': '申报待认定', 'move-decided': '认定结果', 'review-waiting': '等待核定', 'dispute-filed': '异议', 'dispute-answered': '异议已答复', 'dispute-answer-due': '异议待答复', 'dispute-decision-due': '异议待决定', 'dispute-decided': '异议决定', 'dispute-appealed': '异议申诉', 'dispute-withdrawn': '异议撤回', 'claim-suspended': '首报中止', 'claim-resumed': '首报恢复',
    },
  },
  noticeSettings: {
    title: '邮件通知', lead: '站内通知始终都有。除此以外，是否发邮件、何时发，由您决定。', off: '本系统未配置邮件服务器，目前只有站内通知。', address: '接收邮箱', addressHint: '不填则发到账号邮箱 {{address}}', addressNone: '账号没有邮箱，不填则不发邮件', addressWrong: '请填写有效的邮箱地址', language: '邮件语言', kinds: '发邮件的通知', when: '发送方式', each: '每条立即发送', digest: '每天汇总一次',
    hour: '汇总时间', hourOf: '{{hour}} 时', quiet: '免打扰时段', quietHint: '北京时间。时段内的邮件，在时段结束后发送；汇总邮件不受影响。', from: '开始', to: '结束', save: '保存通知方式', saved: '通知方式已保存', stale: '设置已在别处修改，已显示最新内容，请核对后再保存。',
  },
};

export type NoticeTexts = typeof notices;
export default notices;
