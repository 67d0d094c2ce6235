import type { HelpTexts } from './help.zh-CN';

/** The help for each role, and the words with the rule behind each. */
const help: HelpTexts = {
  help: {
    title: 'Help',
    lead: 'The usual steps for your role, and what the words mean',
    steps: 'Usual steps',
    glossary: 'Glossary',
    contact: 'Contact',
    organisation: 'Kept by',
    phone: 'Telephone',
    email: 'E-mail',
    hours: 'Hours',
    version: 'Version',
    none: 'No contact is configured; ask your administrator.',
    of: {
      officer: {
        s1: 'Report under “Report”: name, investors, investment, industry, at least one contact.',
        s2: 'The result shows at once; windows and countdowns are under “Claims”.',
        s3: 'Record each contact on the project’s page; file a signing notice before signing.',
        s4: 'Submit signed, registered and started there with the evidence; the centre verifies.',
      },
      coordinator: {
        s1: 'The desk lists what waits, by kind and number, oldest first.',
        s2: 'What follows is said before you verify or decide; it takes effect once confirmed.',
        s3: 'Disputes offer only what can be decided now, and say why not the rest.',
      },
      leader: {
        s1: 'The home shows the lists, the units and what stalls; boards show results.',
        s2: 'Every figure opens to its projects.',
      },
      department: {
        s1: 'Answer the problems assigned to your department, in time.',
      },
      auditor: {
        s1: 'The audit trail has every act; receipts are verified under “Receipts”.',
      },
      admin: {
        s1: 'Make accounts and reset passwords under “Accounts”, keys under “API keys”. You see no project data.',
      },
    },
  },
  term: {
    report: {
      word: 'First report',
      rule: 'The report of a project in talks at or above the threshold, by the unit that is in talks. The time at which the server received it counts; its number gives the order.',
    },
    claim: {
      word: 'Exclusive claim',
      rule: 'The right to negotiate alone, which the first report gives. At any time at most one unit holds it for a project.',
    },
    window: {
      word: 'Window',
      rule: 'How long the exclusive claim lasts; its last day counts in full. Without a signing by then the next in the queue has it.',
    },
    queue: {
      word: 'Queue',
      rule: 'Who reports later waits in the order of receipt and does not learn who is ahead. When the holder signs, the queue is closed.',
    },
    contact: {
      word: 'Contact',
      rule: 'A visit, a reception, a meeting or a letter. Calls alone are not enough for a report.',
    },
    review: {
      word: 'Review',
      rule: 'What the centre decides of a report when the system cannot tell whether it is the same project.',
    },
    verify: {
      word: 'Verification',
      rule: 'The centre confirms a move or capital and its evidence. Only then does it take effect and count.',
    },
    move: { word: 'Move', rule: 'A project goes from one stage to the next, submitted with its evidence.' },
    evidence: { word: 'Evidence', rule: 'Agreements, licences, permits, photographs and other papers that prove it.' },
    dispute: {
      word: 'Dispute',
      rule: 'Raised against what became of a report; the other side answers, the centre decides, one appeal.',
    },
    firstTalk: { word: 'First-talk unit', rule: 'The unit that first held the claim; a transfer does not change it.' },
    landing: { word: 'Landing unit', rule: 'The unit where the project finally lands.' },
    transfer: {
      word: 'Transfer',
      rule: 'A project in talks passes to a unit where it fits better, with its consent and the centre’s approval.',
    },
    notice: { word: 'Signing notice', rule: 'Filed ahead of a formal signing; late or missing ones are marked.' },
    light: {
      word: 'Light',
      rule: 'Yellow or red when a project is idle, its start is late, or its capital is behind. Calls are no progress.',
    },
    removal: {
      word: 'Removal',
      rule: 'A project in talks that stands still leaves the list, proposed by the facts and confirmed by the centre.',
    },
    leaderLink: { word: 'Leader link', rule: 'Large projects are linked to leaders, in batches.' },
    policy: {
      word: 'Rule set',
      rule: 'Thresholds, periods and rates, each with its time; what was decided stays under the rules of its day.',
    },
    receipt: {
      word: 'Receipt',
      rule: 'The proof of each report, chained one to the next; its code tells whether it is genuine.',
    },
    credit: {
      word: 'Credit',
      rule: 'Verified signings, registrations, starts and capital, credited to units by the rule set.',
    },
    closing: { word: 'Closing', rule: 'The figures of a month are fixed; later corrections count in the open month.' },
    dryRun: { word: 'Dry run', rule: 'Only checks and stores nothing; one sees the result first.' },
  },
};

export default help;
