import type { DisputeTexts } from './disputes.zh-CN';

/** Disputes and the calendar of working days. */
const disputes: DisputeTexts = {
  disputes: {
    title: 'Disputes', lead: 'Contested outcomes of reports, answers, decisions and appeals; times are counted in working days', one: 'Dispute', allStatuses: 'All statuses', status: 'Status', empty: 'No disputes', emptyHint: 'An outcome that is queued, rejected, revoked or expired can be contested from the page of its report.',
    filed: 'Filed', due: 'Due', parties: 'Sides', of: '{{contestant}} against {{respondent}}', noRespondent: 'nobody', open: 'Open the dispute',
    side: { contestant: 'Filed by your unit', respondent: 'Against your unit', city: 'For the centre' },
    contest: 'Contest', contestText: 'Give your grounds. The other side reads them, without the name of your unit; files are for the centre only. An outcome can be contested once.', contestUntil: 'May be contested until {{time}}', contested: 'The outcome is contested',
    grounds: 'Grounds', groundsRequired: 'Give your grounds', groundsHint: 'Do not name your unit: the other side reads this.', files: 'Supporting files', filedBy: 'Filed by',
    answer: 'Answer', answerText: 'Answer in time. Your answer and files are for the centre only.', answerRequired: 'Write your answer', answered: 'Answered', answeredAt: 'Answered at', answerDue: 'Answer due', waiting: 'Not answered yet', told: 'The other side answered at {{time}}; the centre reads its answer.',
    decide: 'Decide', decisionDue: 'Decision due', overdue: 'Overdue', outcomeLabel: 'Decision', reason: 'Reason', reasonHint: 'Both sides read this. Do not name the one to the other.', decided: 'Decided', decidedAt: 'Decided at', decidedBy: 'Decided by',
    outcome: { uphold: 'Upheld', reassign: 'Claim reassigned', 'co-negotiate': 'Negotiate together', revoke: 'Claim revoked' },
    outcomeHint: {
      uphold: 'Nothing changes.', reassign: 'The active claim is revoked now; who contested gets a full window from now on.', 'co-negotiate': 'The claim stays; who contested reads the facts and records progress until the signing.', revoke: 'The active claim is revoked now and the queue moves up.',
    },
    falseReport: 'The report is proven false', falseReportHint: 'Its unit can neither report nor move this project for 90 days.', barred: 'Proven false', outcomeRequired: 'Choose a decision',
    appeal: 'Appeal', appealText: 'There is one appeal; another coordinator decides for good.', appealed: 'Appealed', appealDue: 'Appeal due', appealedAt: 'Appealed at', appellant: 'Appealed by', appealGrounds: 'Grounds of the appeal', finalOutcome: 'Final decision', finalReason: 'Reason of the final decision',
    finalAt: 'Finally decided at', withdraw: 'Withdraw the dispute', withdrawText: 'The same outcome cannot be contested again.', withdrawn: 'The dispute is withdrawn', suspend: 'Suspend the window', suspendText: 'The window stands still and gets these days back with the decision.', suspended: 'Suspended', suspendedAt: 'The window stands still since {{time}}',
    resume: 'Resume the window', resumeText: 'The window goes on now and gets back the days it stood still.', resumed: 'Resumed', contestant: 'Contested by', respondent: 'Other side', contestantClaim: 'Contested outcome', respondentClaim: 'Claim at stake', project: 'Project',
    evidence: 'Sealed evidence', evidenceText: 'Reports, receipts, matches, timeline and files are kept as they stood when the dispute was filed.', seal: 'Seal', intact: 'As it was sealed', touched: 'Not as it was sealed', showEvidence: 'Show the evidence', save: 'Download the evidence', claims: '{{n}} claims', entries: '{{n}} timeline entries', sealedFiles: '{{n}} files',
    frozenProject: 'The project as it was sealed', course: 'Course', desk: 'Disputes', deskEmpty: 'No dispute to decide', deskEmptyHint: 'A dispute appears here once the other side has answered or its time is over.', deskAppeals: 'Appeals to decide',
  },
  disputeStatus: { 'awaiting-answer': 'Awaiting answer', 'awaiting-decision': 'Awaiting decision', decided: 'Decided', appealed: 'Appealed', final: 'Closed', withdrawn: 'Withdrawn' },
  workDays: {
    title: 'Working days', lead: 'Times for disputes, answers and decisions are counted in working days. Enter each year once the State Council has announced it.', year: '{{year}}', holidays: 'Off', workdays: 'Worked weekends', edit: 'Edit', addYear: 'Enter {{year}}',
    datesHint: 'One day or span a line, such as 2027-10-01 or 2027-10-01~2027-10-07', badDates: 'Not readable as dates: {{text}}', saved: 'The working days are saved', save: 'Save', disputeTimes: 'Dispute times (working days)', times: 'file {{file}}, answer {{answer}}, decide {{decide}}, appeal {{appeal}}', bar: 'Bar after a false report',
  },
};

export default disputes;
