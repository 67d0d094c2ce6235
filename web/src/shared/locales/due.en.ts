import type { DueTexts } from './due.zh-CN';

/** What comes due, in English. */
const due: DueTexts = {
  due: {
    weekTitle: 'The next seven days',
    title: 'What comes due',
    lead: 'Windows, signings, plans, lights, removals, problems, transfers and disputes, the first due at first',
    all: 'All',
    more: 'More that comes due',
    nothing: 'Nothing comes due in this time',
    nothingHint: 'Choose a longer time to look further ahead.',
    unnamed: 'A project whose name is not told yet',
    since: 'waiting since',
    overdue: 'Overdue',
    escalatesOn: 'taken further on',
    plannedOn: 'signing planned on',
    within: 'Within',
    length: {
      P7D: 'Seven days',
      P14D: 'Fourteen days',
      P1M: 'One month',
      P3M: 'Three months',
    },
    kind: {
      'claim-ends': 'Window ends',
      'claim-passes-on': 'Window ends and passes to the next in the queue',
      'claim-to-resolve': 'Report to review',
      'notice-to-file': 'Last day to file the signing notice',
      'signing-late': 'Signing planned, notice too late',
      'signing-planned': 'Signing planned',
      'leader-contact': 'Leader to have a contact',
      'light-turns': 'Light turns',
      'removal-to-contest': 'Removal proposed: a contact by then cancels it',
      'removal-to-decide': 'Removal proposed: the centre decides from then on',
      'problem-due': 'Problem due',
      'problem-to-close': 'Problem answered: close or contest it',
      'transfer-to-answer': 'Transfer to answer',
      'transfer-to-decide': 'Transfer to decide',
      'move-to-verify': 'Move to verify',
      'capital-to-verify': 'Capital to verify',
      'action-due': 'Action of a meeting due',
      'dispute-to-answer': 'Dispute to answer',
      'dispute-to-decide': 'Dispute to decide',
      'dispute-to-appeal': 'Decision of a dispute becomes final',
      'report-to-file': 'At the threshold: report it',
      'step-planned': 'Planned step',
    },
  },
};

export default due;
