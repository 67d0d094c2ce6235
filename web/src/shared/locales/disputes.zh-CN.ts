/** Disputes and the calendar of working days. */
const disputes = {
  disputes: {
    title: '异议', lead: '对首报结果的异议、答复、决定与申诉，期限按工作日计算', one: '异议', allStatuses: '全部状态', status: '状态', empty: '没有异议', emptyHint: '对排队、驳回、撤销或到期的结果有异议时，可在该首报的页面提出。',
    filed: '提出时间', due: '期限', parties: '双方', of: '{{contestant}} 对 {{respondent}}', noRespondent: '无对方单位', open: '查看异议',
    side: { contestant: '本单位提出', respondent: '针对本单位', city: '由中心办理' },
    contest: '提出异议', contestText: '请写明理由。理由会转给对方单位，但不显示本单位名称；附件只有中心能看到。每个结果只能提出一次异议。', contestUntil: '可在 {{time}} 前提出异议', contested: '异议已提出',
    grounds: '理由', groundsRequired: '请写明理由', groundsHint: '请勿写明本单位名称，对方单位会看到这段文字。', files: '佐证文件', filedBy: '提出人',
    answer: '答复', answerText: '请在期限内答复。答复和附件只有中心能看到。', answerRequired: '请写明答复', answered: '已答复', answeredAt: '答复时间', answerDue: '答复期限', waiting: '尚未答复', told: '对方已于 {{time}} 答复，内容由中心审阅。',
    decide: '作出决定', decisionDue: '决定期限', overdue: '已逾期', outcomeLabel: '决定', reason: '决定理由', reasonHint: '双方都会看到这段理由，请勿写明对方单位名称。', decided: '已作出决定', decidedAt: '决定时间', decidedBy: '决定人',
    outcome: { uphold: '维持原结果', reassign: '首报权转给异议方', 'co-negotiate': '双方共同洽谈', revoke: '撤销对方首报' },
    outcomeHint: {
      uphold: '原结果不变。', reassign: '现有首报立即撤销，异议方从此刻起取得完整的首报期。', 'co-negotiate': '首报权不变，异议方可查看项目信息并记录进展，直到签约。', revoke: '现有首报立即撤销，按排队次序递补。',
    },
    falseReport: '认定对方报送不实', falseReportHint: '该单位 90 天内不能报送或推进此项目。', barred: '已认定报送不实', outcomeRequired: '请选择决定',
    appeal: '申诉', appealText: '申诉只有一次，由另一位协调员作出最终决定。', appealed: '已申诉', appealDue: '申诉期限', appealedAt: '申诉时间', appellant: '申诉方', appealGrounds: '申诉理由', finalOutcome: '最终决定', finalReason: '最终决定理由',
    finalAt: '最终决定时间', withdraw: '撤回异议', withdrawText: '撤回后不能就同一结果再次提出。', withdrawn: '异议已撤回', suspend: '中止首报期限', suspendText: '期限暂停计算，作出决定后顺延相应天数。', suspended: '已中止', suspendedAt: '期限自 {{time}} 起中止',
    resume: '恢复首报期限', resumeText: '期限从此刻起继续计算，并顺延中止的天数。', resumed: '已恢复', contestant: '异议方', respondent: '对方', contestantClaim: '异议方的首报', respondentClaim: '被异议的首报', project: '项目',
    evidence: '封存的证据', evidenceText: '提出异议时的报送、回执、比对、动态和文件已按当时的样子封存。', seal: '校验值', intact: '与封存时一致', touched: '与封存时不一致', showEvidence: '查看证据', save: '下载证据', claims: '{{n}} 件首报', entries: '{{n}} 条动态', sealedFiles: '{{n}} 个文件',
    frozenProject: '封存时的项目信息', course: '办理经过', desk: '异议', deskEmpty: '没有待决定的异议', deskEmptyHint: '对方答复或答复期满后，异议会出现在这里。', deskAppeals: '申诉待决定',
  },
  disputeStatus: { 'awaiting-answer': '等待答复', 'awaiting-decision': '等待决定', decided: '已决定', appealed: '申诉中', final: '已终结', withdrawn: '已撤回' },
  workDays: {
    title: '工作日历', lead: '异议、答复和决定的期限按工作日计算。国务院办公厅公布次年安排后，请在此更新。', year: '{{year}} 年', holidays: '放假', workdays: '调休上班', edit: '修改', addYear: '填写 {{year}} 年',
    datesHint: '每行一天或一段，例如 2027-10-01 或 2027-10-01~2027-10-07', badDates: '有读不出的日期：{{text}}', saved: '工作日历已保存', save: '保存', disputeTimes: '异议期限（工作日）', times: '提出 {{file}}、答复 {{answer}}、决定 {{decide}}、申诉 {{appeal}}', bar: '报送不实限制期',
  },
};

export type DisputeTexts = typeof disputes;
export default disputes;
