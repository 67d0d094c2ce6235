/** What comes due, in Chinese. */
const due = {
  due: {
    weekTitle: '未来七天',
    title: '到期与待办',
    lead: '独占期、签约、转灯、出库、问题与流转，最先到期的在前',
    all: '全部',
    more: '更多到期事项',
    nothing: '这段时间没有到期事项',
    nothingHint: '可选更长的时间查看。',
    unnamed: '尚未告知名称的项目',
    since: '等待自',
    overdue: '已过期',
    escalatesOn: '将升级于',
    plannedOn: '计划签约',
    within: '时间',
    length: {
      P7D: '七天',
      P14D: '十四天',
      P1M: '一个月',
      P3M: '三个月',
    },
    kind: {
      'claim-ends': '独占期到期',
      'claim-passes-on': '独占期到期，由下一家接续',
      'claim-to-resolve': '报备待研判',
      'notice-to-file': '签约备案最后日期',
      'signing-late': '计划签约，备案偏晚',
      'signing-planned': '计划签约',
      'leader-contact': '挂联领导待接洽',
      'light-turns': '将转灯',
      'removal-to-contest': '拟出库：此前记录接洽可取消',
      'removal-to-decide': '拟出库：此后由中心决定',
      'problem-due': '问题到期',
      'problem-to-close': '问题已答复，待销号',
      'transfer-to-answer': '流转待答复',
      'transfer-to-decide': '流转待审定',
      'move-to-verify': '阶段变更待核验',
      'capital-to-verify': '到位资金待核验',
      'action-due': '会议交办事项到期',
    },
  },
};

export type DueTexts = typeof due;
export default due;
