import type front from './front.zh-CN';

const texts: typeof front = {
  nav: {
    main: 'Main', skip: 'Skip to content', open: 'Open navigation', signOut: 'Sign out', home: 'Home', lists: 'Four lists', figures: 'Figures', report: 'Report a project', claims: 'First-report claims', disputes: 'Disputes', notices: 'Notices ({{n}} unread)',
    desk: "Centre's desk", imports: 'Imports', ruleSets: 'Rule sets', jurisdictions: 'Jurisdictions', receipts: 'Receipt check', users: 'Users', keys: 'API keys', audit: 'Audit trail', people: 'Personal data', permissions: 'Who may do what',
    group: { work: 'Work', records: 'Records', ground: 'Ground rules', system: 'System' },
  },
  theme: { title: 'Appearance', system: 'As the system', light: 'Light', dark: 'Dark' },
  offline: { title: 'The server cannot be reached.', text: 'What is on the page and what you typed stay; everything goes on by itself once it is back.', shell: 'Check the network; the page opens by itself once it is back.' },
  palette: {
    title: 'Search and go', open: 'Search and go', button: 'Search', placeholder: 'Project, investor, claim, page or action', results: 'Results', none: 'Nothing found. Projects need two characters or more.', choose: 'choose', goTo: 'go',
    list: 'List: {{stage}}', theme: 'Appearance: {{name}}', language: 'Switch to Chinese', group: { recent: 'Recent', pages: 'Pages', actions: 'Actions', projects: 'Projects', claims: 'Claims' },
  },
  shortcuts: {
    title: 'Keyboard shortcuts', everywhere: 'Everywhere', desk: "Centre's desk", pages: 'Go to a page', close: 'Close what is open', next: 'Next', previous: 'Previous', open: 'Open the project', verify: 'Verify (press twice)', return: 'Return',
    hint: 'Press g, then a letter, to go to a page. While you are typing, shortcuts do nothing.',
  },
  tour: {
    title: 'New here?', text: 'One minute to see where to begin.', start: 'Show me', no: 'No, thanks', next: 'Next', back: 'Back', done: 'Done',
    stop: {
      lists: { title: 'The four lists', text: 'In talks, signed, registered, started: how many, how much, and what came and went this month. Choose a name to see its list.' }, search: { title: 'Search and go', text: 'Press Ctrl K (⌘ K on a Mac), type a project, an investor or a page, and Enter.' },
      work: { title: 'Navigation', text: 'Only what you may use. On a phone it opens at the top left.' }, figures: { title: 'Figures', text: 'Industries, places, time in stage, claims; every chart is also a table.' }, person: { title: 'Your account', text: 'Dark appearance, shortcuts and your password are here.' },
    },
  },
  home: {
    hello: 'Hello, {{name}}', adminText: 'Administrators look after users, keys, jurisdictions and rule sets and see no project data.', pipeline: "The city's four lists", pipelineOf: 'Four lists of {{name}}', flow: 'This month +{{in}} · −{{out}}',
    ofCity: 'City: {{n}}', ofCityAt: 'City: {{n}} (end of {{date}})', deskTitle: 'Waiting for the centre', toDesk: 'Open the desk', disputesN: 'Disputes to decide: {{n}}', until: 'due', toAnswerTitle: 'Disputes to answer', reviewsN: 'Reports to review: {{n}}', movesN: 'Moves to verify: {{n}}', deskClear: 'Nothing waits: all decided',
    endingTitle: 'Claims ending soon', allClaims: 'All claims', noClaims: 'No active claims', allProjects: 'All projects', noProjects: 'No projects yet', count: 'Projects', dueTitle: 'What is due next', nothingDue: 'Nothing is due or stalling just now.',
    moreDue: 'And {{n}} more, under all projects.', recentTitle: 'Updated last', overdue: 'overdue', due: { report: 'At the threshold: report it', claim: 'Exclusive for', signing: 'Planned signing', start: 'Planned start', production: 'Planned production', red: 'Red light: record progress or terminate', yellow: 'Yellow light: record progress' },
    returnedTitle: 'Moves that came back', draftTitle: 'Draft not sent', unnamed: 'Report without a name', savedAt: 'Saved {{time}}', today: 'today', daysAgo: '{{n}} d', movedTitle: 'Moved this month', toFigures: 'Figures', nothingMoved: 'Nothing has moved this month', nothingMovedHint: 'What the centre verifies as signed, registered or started appears here.',
    stalledTitle: 'Where it stalls', since: '{{stage}} since', lights: '{{light}}: {{n}}', nothingStalls: 'Nothing stalls', nothingStallsHint: 'Projects without progress turn yellow, then red, and appear here.', newlySigned: 'Newly signed', chainChecked: 'All receipts verified: {{n}}', newestReceipts: 'Newest receipts',
    refusals: 'Latest refusals', allRefusals: 'All refusals', noRefusals: 'Nothing was refused', noRefusalsHint: 'What somebody was not allowed to do appears here.',
    way: { users: 'Accounts, one-time links, second factors', keys: 'Keys for other systems: issue, rotate, revoke', jurisdictions: 'Counties, zones, offices and their other names', ruleSets: 'Thresholds, lengths and rates, from a day on', audit: 'Who did what and when, chained' },
  },
  map: { title: 'By jurisdiction', by: 'The map shows', count: 'Projects', cny: 'Investment', table: 'Table', area: '{{name}}: projects {{n}}, {{amount}}', apart: 'City and others', water: 'Hangzhou Bay' },
  figures: {
    title: 'Figures', lead: 'Of the projects that you may see; every chart is also a table', run: 'Period', months: '{{n}} mo.', chart: 'Chart', table: 'Table', viewOf: 'View of {{title}}', none: 'No data yet', noneHint: 'Figures appear once projects are entered and signed.',
    funnel: 'The four lists', funnelSays: 'Now: {{counts}}', flow: 'Projects entering each stage, by month', flowSays: 'How many came onto each list; the table also tells how many left', inOut: '{{stage}} in/out', divisions: 'Investment by industry', divisionsSays: 'Most in {{name}}: {{amount}}; the first {{n}} are shown', divisionsRest: 'Projects without an industry: {{n}}',
    noDivision: 'No industry given', durations: 'Time in each stage', durationsSays: 'Longest now in {{stage}}: half of the projects for more than {{days}}', durationsNone: 'No project stands in a stage for more than a day', leftCount: 'Left', leftMedian: 'Left: median', leftP90: 'Left: nine in ten within', standingCount: 'Standing', standingMedian: 'Standing: median',
    standingP90: 'Standing: nine in ten within', claims: 'Claims over time', claimsSays: 'Active now: {{n}}', claim: { active: 'Active at month end', converted: 'Converted', expired: 'Expired', released: 'Released or revoked' },
    claimColumn: { received: 'Received', activated: 'Activated', converted: 'Converted', expired: 'Expired', released: 'Released', revoked: 'Revoked', active: 'Active at month end' },
  },
};

export default texts;
