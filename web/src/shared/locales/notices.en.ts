import type { NoticeTexts } from './notices.zh-CN';

const notices: NoticeTexts = {
  notices: {
    title: 'Notices', lead: 'Claims, queues, reviews and moves that concern you', latest: 'Latest notices', empty: 'No notices', emptyHint: 'When a claim ends, your turn comes, or a review or a move is decided, it is told here.', emptyUnread: 'No unread notices', show: 'Show', all: 'All', unread: 'Unread', markAll: 'Mark all as read', mark: 'Mark as read', marked: 'All marked as read',
    reason: 'Reason: {{reason}}', toAll: 'See all notices', settings: 'How I am told', isNew: 'Unread', failed: 'The notices could not be fetched; please try again later.',
    kind: {
      'claim-expiring': 'Claim about to end', 'claim-expired': 'Claim ended', 'claim-activated': 'Turn in the queue', 'claim-decided': 'Claim decided', 'queue-moved': 'Moved up in the queue', 'move-submitted': 'Move to verify', 'move-decided': 'Move decided', 'review-waiting': 'Waits for review', 'dispute-filed': 'Dispute', 'dispute-answered': 'Dispute answered', 'dispute-answer-due': 'Answer due', 'dispute-decision-due': 'Decision due', 'dispute-decided': 'Dispute decided', 'dispute-appealed': 'Appeal', 'dispute-withdrawn': 'Dispute withdrawn', 'claim-suspended': 'Window suspended', 'claim-resumed': 'Window resumed',
    },
  },
  noticeSettings: {
    title: 'Notices by e-mail', lead: 'Notices are always in the pages. Whether and when they also come by e-mail is up to you.', off: 'No mail server is configured: notices are in the pages only.', address: 'E-mail address', addressHint: 'Empty: to the address of the account, {{address}}', addressNone: 'The account has no address; empty: no mail', addressWrong: 'Please give a valid e-mail address', language: 'Language of mail', kinds: 'What comes by e-mail', when: 'When', each: 'Each at once', digest: 'Once a day, together',
    hour: 'Hour of the digest', hourOf: '{{hour}}:00', quiet: 'Quiet hours', quietHint: 'Beijing time. What falls into them comes at their end; the digest is not affected.', from: 'From', to: 'To', save: 'Save', saved: 'Saved', stale: 'The settings were changed elsewhere; the newest are shown. Please check and save again.',
  },
};

export default notices;
