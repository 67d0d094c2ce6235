import access from './access.en';
import front from './front.en';
import type { Texts } from './zh-CN';

const texts: Texts = {
  ...front,
  ...access,
  app: { name: 'Pipeline', short: 'Pipeline' },
  common: {
    loading: 'Loading…', more: 'Load more', retry: 'Try again', cancel: 'Cancel', remove: 'Remove', close: 'Close', yes: 'Yes', no: 'No', none: '—', notGiven: 'Not given',
    listSeparator: ', ',
  },
  time: { shanghai: '{{time}} (Beijing time)' },
  table: { sortBy: 'Sort by {{column}}' },
  role: { officer: 'Investment officer', coordinator: 'Centre staff', leader: 'City leader', department: 'City department', auditor: 'Auditor', admin: 'Administrator' },
  stage: { 'in-talks': 'In talks', signed: 'Signed', registered: 'Registered', started: 'Started', 'in-production': 'In production', terminated: 'Terminated' },
  light: { green: 'Green', yellow: 'Yellow', red: 'Red' },
  claimStatus: {
    active: 'Active', queued: 'Queued', 'under-review': 'Under review', converted: 'Converted', expired: 'Expired', released: 'Released', revoked: 'Revoked',
    transferred: 'Transferred', withdrawn: 'Withdrawn', rejected: 'Rejected',
  },
  level: { l1: 'Level 1: same', l2: 'Level 2: to review', l3: 'Level 3: to review' },
  contactKind: { visit: 'Visit', reception: 'Reception', meeting: 'Meeting', letter: 'Letter', call: 'Call', other: 'Other' },
  reasonCode: {
    policy: 'Policy', market: 'Market', 'force-majeure': 'Force majeure', land: 'Land', funding: 'Funding', 'investor-withdrew': 'Investor withdrew', other: 'Other',
  },
  agreementKind: { formal: 'Formal agreement', framework: 'Framework agreement' },
  buildKind: { new: 'New', expansion: 'Expansion', renovation: 'Technical renovation' },
  channel: { fund: 'Fund', intermediary: 'Intermediary', office: 'Out-posted office', event: 'Event', other: 'Other' },
  flag: {
    backfilled: 'Backfilled', 'uscc-check-digit': 'Credit code fails its check digit', 'unknown-industry': 'Industry class not in the standard', 'national-code-malformed': 'National code malformed',
    'under-centre-review': 'Under review by the centre', 'registered-before-signed': 'Registered before signed', 'owner-unknown': 'Owner unknown', 'stage-unknown': 'Stage unknown',
    'late-notice': 'Signing notice late', 'no-notice': 'No signing notice',
  },
  currency: {
    CNY: 'CNY', USD: 'USD', EUR: 'EUR', HKD: 'HKD', JPY: 'JPY', GBP: 'GBP', SGD: 'SGD', KRW: 'KRW', TWD: 'TWD', CHF: 'CHF', AUD: 'AUD', CAD: 'CAD',
  },
  unit: { '0': '{{currency}}', '4': '{{currency}} ten thousand', '6': '{{currency}} million', '8': '{{currency}} hundred million', '9': '{{currency}} billion' },
  money: {
    '0': '{{currency}} {{figure}}', '4': '{{currency}} {{figure}} ten thousand', '6': '{{currency}} {{figure}} million', '8': '{{currency}} {{figure}} hundred million', '9': '{{currency}} {{figure}} billion',
  },
  amount: {
    unitOf: 'Unit of: {{label}}', exact: 'That is {{figure}}', hint: 'Type a figure and choose its unit on the right', unreadable: 'This is not an amount', required: 'Please give: {{label}}',
    wrong: 'Please give an amount with cents at most',
  },
  countdown: { days: '{{n}} d', over: 'Expired' },
  country: { HK: 'Hong Kong, China', MO: 'Macao, China', TW: 'Taiwan, China' },
  problem: {
    id: 'Request', networkTitle: 'The server cannot be reached', networkDetail: 'Check the network and try again. What you typed is still on the page.', unexpectedTitle: 'Something went wrong on this page', unexpectedDetail: 'Reload the page; if it happens again, tell your administrator.',
  },
  failure: { title: 'The page did not open', reload: 'Reload' },
  notFound: { title: 'No such page', text: 'The address may be wrong, or its content is no longer visible.', home: 'Back to home' },
  signIn: {
    title: 'Sign in', heading: 'One project, one record, from first talk to ground-breaking', intro: 'First reports, signing notices, verification and the four lists: every inward-investment project of the city, with its history.', stages: 'The four lists',
    username: 'User name', password: 'Password', submit: 'Sign in', usernameRequired: 'Please give your user name', passwordRequired: 'Please give your password', demoTitle: 'Demo accounts', demoText: 'One click fills in the account; the password of all is',
    fill: 'Fill in account {{username}}', endedTitle: 'Your session has ended', endedText: 'Sign in again. What you typed is still on the page and will be sent once you have.', someoneElse: 'Sign out and use another account',
  },
  lists: {
    title: 'Four lists', lead: 'In talks, signed, registered, started: as they stand now', asOfMonth: 'As they stood at the end of {{month}}', view: 'View', board: 'Board', table: 'Table', report: 'Report a project',
    month: 'Month', now: 'Now', monthEnd: 'End of {{month}}', earlierMonth: 'Earlier month', laterMonth: 'Later month', jurisdiction: 'Jurisdiction', allJurisdictions: 'All jurisdictions',
    count: 'Projects: {{n}}', emptyColumn: 'No project on this list yet', exclusive: 'Exclusive for', since: { 'in-talks': 'In talks', signed: 'Signed', registered: 'Registered', started: 'Started' },
    emptyHint: {
      'in-talks': 'Choose “Report a project” to enter the first project in talks; at or above the threshold it gets the exclusive claim too.', signed: 'Once the centre has verified a formal agreement, the project moves here.',
      registered: 'Once the project company is licensed or filed, and verified, the project moves here.', started: 'Once building is permitted or equipment installed, and verified, the project moves here.',
    },
    emptyTable: 'No project matches', emptyMonth: 'This list was empty at the end of that month.', clear: 'Clear filters', filters: 'Filters', filtersN: 'Filters ({{n}})', search: 'Search', searchHint: 'Name, investor or code, two characters or more',
    allIndustries: 'All industries', currency: 'Currency', allCurrencies: 'All currencies', minAmount: 'Investment from', maxAmount: 'Investment to', allLights: 'All',
    export: 'Export', exportAs: { xlsx: 'Excel workbook (.xlsx)', csv: 'Text table (.csv)' }, exporting: 'Exporting {{size}}', exportFailed: 'The export failed: {{reason}}',
  },
  project: {
    title: 'Project', name: 'Project name', code: 'Code', stage: 'Stage', owner: 'Owner', jurisdiction: 'Jurisdiction', firstTalk: 'First in talks', investors: 'Investors',
    totalInvestment: 'Total investment', fixedInvestment: 'Fixed-asset investment', foreignCapital: 'Planned foreign capital', industryCode: 'Industry class', chain: 'Industry chain', nationalCode: 'National project code', manufacturing: 'Manufacturing',
    foreign: 'Capital', foreignYes: 'Foreign', foreignNo: 'Domestic', buildKind: 'Kind of building', landMu: 'Land (mu)', energyTce: 'Energy (tce)', jobs: 'Jobs', annualOutput: 'Expected annual output',
    annualTax: 'Expected annual tax', channel: 'Channel', referrer: 'Referrer', provincialZone: 'In a zone of provincial level or above', secret: 'Secret', leaders: 'Named leaders', landingPlace: 'Landing place', plannedSigningOn: 'Planned signing',
    plannedStartOn: 'Planned start', plannedProductionOn: 'Planned production', firstContactOn: 'First contact', terminatedOn: 'Terminated on', contacts: 'Contact persons', claim: 'Claim', light: 'Light', createdAt: 'Entered', updatedAt: 'Updated', reportRequired: 'Report required', status: 'Status', to: 'To', from: 'From',
    occurredOn: 'Occurred on', reasonCode: 'Reason', reason: 'Reason', note: 'Note', expiresAt: 'Ends', activatedAt: 'Active from', flags: 'Flags', kind: 'Kind', queuePosition: 'Place in the queue', sequence: 'Sequence', file: 'File',
    summaryOnly: "This is another unit's project: only its public summary is shown.", asOfText: 'Another unit has taken this project over; this is how it stood at {{time}}.',
    reportRequiredText: 'The investment has reached the report threshold. Until the project is reported, only its facts can be edited.', factsTitle: 'Facts', noInvestors: 'No investor recorded', trackTitle: 'Stages', notYet: 'Not yet', pending: 'To be verified',
    missingN: 'Still missing: {{n}}', terminatedText: 'The project has been terminated.', evidenceTitle: 'Verified evidence of each stage', pendingText: 'A move to “{{stage}}” awaits verification by the centre.', pendingBy: 'Submitted by {{name}}.',
    noClaim: 'No claim', exclusiveUntil: 'Exclusive until {{time}} (Beijing time)',
  },
  evidence: {
    agreementKind: 'Kind of agreement', agreementNo: 'Agreement number', parties: 'Parties', agreedAmount: 'Agreed amount', signedOn: 'Signed on', uscc: 'Credit code of the project company', registeredOn: 'Registered on', filingCode: 'Filing code', filedOn: 'Filed on',
    permitNo: 'Construction permit', permittedOn: 'Permitted on', equipmentContractNo: 'Equipment contract', installedOn: 'Installed on', photoOn: 'Date of site photo', acceptedOn: 'Accepted on', firstInvoiceOn: 'First invoice on',
    files: 'Evidence files', occurredOn: 'Occurred on', none: 'No evidence', frameworkHint: 'A framework agreement is recorded, but the project stays in talks.', signedTitle: 'Evidence of signing', registeredTitle: 'Evidence of registration', startedTitle: 'Evidence of the start', inProductionTitle: 'Evidence of production',
  },
  files: {
    title: 'Files', choose: 'Choose files', add: 'Upload a file', empty: 'No files yet', remove: 'Remove file {{name}}', uploading: 'Uploading {{name}}', nth: 'File {{n}}', failed: 'The file was not downloaded: {{reason}}',
  },
  industry: { placeholder: 'Type a class or its code', asCode: 'Use code {{code}}', notFound: 'Nothing found; a code of 2 to 4 digits may be typed', hint: 'Industrial classification GB/T 4754-2017' },
  jurisdiction: { any: 'Choose a jurisdiction' },
  investor: {
    nth: 'Investor {{n}}', name: 'Investor name', uscc: 'Unified social credit code', country: 'Country or region', groupParent: 'Group parent', primary: 'Primary investor', add: 'Add an investor', removeNth: 'Remove investor {{n}}', nameRequired: 'Please name the investor',
    fortune500: 'Fortune Global 500', china500: 'China 500', listed: 'Listed', centralSoe: 'Central state-owned', specialised: 'Specialised and new', ofGroup: 'Part of {{name}}',
  },
  person: { nth: 'Contact person {{n}}', name: 'Name', title: 'Position', phone: 'Phone', email: 'E-mail', add: 'Add a contact person', removeNth: 'Remove contact person {{n}}' },
  contact: {
    nth: 'Contact {{n}}', kind: 'Kind of contact', occurredOn: 'Date of contact', note: 'What was discussed', noteHint: 'With whom, where, about what', files: 'Evidence files', filesOf: 'Evidence files of contact {{n}}', add: 'Add a contact', removeNth: 'Remove contact {{n}}',
  },
  reason: { label: 'Reason', required: 'Please give a reason' },
  form: {
    projectTitle: 'Project', investorsTitle: 'Investors', moreTitle: 'More', moreHint: 'All optional; can be added on the project page later.', peopleTitle: 'Contact persons', peopleHint: 'Sensitive: seen by the owner and the centre only.', nameRequired: 'Please name the project',
    industryRequired: 'Please choose an industry class', nationalCodeHint: 'Given by the national approval platform, e.g. 2405-330402-04-01-123456', leadersHint: 'No other leader sees the project.', secretHint: 'Seen by the owner, the centre, auditors and named leaders only.',
    number: 'Please give a number', wholeNumber: 'Please give a whole number', dateRequired: 'Please choose a date',
  },
  outcome: {
    title: 'Outcome', activeTitle: 'First report accepted: your exclusive claim is active', activeText: 'Until {{time}} (Beijing time).', left: 'Left', queuedTitle: 'Queued, place {{n}}', queuedTitlePlain: 'Queued',
    queuedText: 'Another unit has reported first. If you have questions, contact the investment-promotion centre.', reviewTitle: 'Received; the centre will review it', reviewText: 'Your report keeps its place. The decision will be shown here. If you have questions, contact the investment-promotion centre.',
    endedTitle: '{{status}}', receipt: 'Show receipt', project: 'Show project', claim: 'Show claim',
  },
  receipt: {
    title: 'Receipt', qr: 'Scan to compare the hash', sheetTitle: 'Receipt of a first report', number: 'No. {{n}}', project: 'Project: {{name}}', statement: 'The report of {{unit}} was received and recorded at {{time}} (Beijing time).', sequence: 'Sequence', jurisdiction: 'Reported by',
    receivedAt: 'Received', claimId: 'Claim', hash: 'Hash of this receipt (SHA-256)', previousHash: 'Hash of the previous receipt', first: 'The first receipt: none before it', print: 'Print', canonical: 'What the hash covers',
    explain: 'The hash is computed from the report and chained to the receipt before it; a change to any of them is found when the chain is checked. Personal data enter as salted hashes.', printedAt: 'Printed {{time}} (Beijing time)',
  },
  claims: {
    title: 'First-report claims', lead: 'While a claim is active, its unit alone negotiates', claim: 'Claim', number: 'No. {{n}}', status: 'Status', place: 'place {{n}}', allStatuses: 'All', expires: 'Ends', expiresBefore: 'Ends on or before',
    empty: 'No claims', emptyHint: 'Report a project at or above the threshold, and its claim and countdown appear here.', decide: 'Decide', factsTitle: 'Claim', reportedBy: 'Reported by', activatedAt: 'Active from', endedAt: 'Ended', endReason: 'Why it ended', project: 'Project',
    reportTitle: 'Report',
  },
  claimAct: {
    extend: 'Extend', release: 'Release claim', withdraw: 'Withdraw report', revoke: 'Revoke claim',
    confirm: { extend: 'Extend', release: 'Release', withdraw: 'Withdraw', revoke: 'Revoke' },
    done: { extend: 'Extended', release: 'Released', withdraw: 'Withdrawn', revoke: 'Revoked' },
    text: {
      extend: 'The countdown goes on to the new end.', release: 'The next unit in the queue gets the claim at once.', withdraw: 'Your place in the queue is given up.', revoke: 'The next unit in the queue gets the claim at once.',
    },
  },
  matchReason: {
    'national-code': 'Same national code', 'investor-and-name': 'Same investor and project name', 'investor-class-amount': 'Same investor and class, amounts close', 'investor-class-name': 'Same investor and class, names alike', 'same-investor': 'An investor in common',
    'similar-investor': 'Investor names alike', 'similar-name-amount': 'Project names alike, amounts close', 'group-and-class': 'Same group and class', phase: 'May be a phase', secret: 'Touches a secret project', 'too-many-candidates': 'Too many similar projects',
  },
  desk: {
    title: "Centre's desk", lead: 'Moves to verify and reports to review', moves: 'Moves', reviews: 'Reviews', noMoves: 'No move awaits verification', noMovesHint: 'Moves that units submit (signed, registered, started) appear here.', noReviews: 'No report awaits review',
    noReviewsHint: 'Where the system cannot tell whether two projects are the same, the report appears here.', submittedBy: 'submitted by {{name}}', to: 'to', occurredOn: 'Occurred on', verify: 'Verify', verifyAgain: 'Press v again', keyStep: 'step', verifyOf: 'Verify: {{name}}', return: 'Return', returnOf: 'Return: {{name}}', verified: 'Verified',
    returned: 'Returned', confirmReturn: 'Return', returnText: 'The submitter can complete the evidence and submit again.', notYours: 'Someone else has to verify this move.', decision: 'Action',
  },
  review: {
    title: 'Review: {{name}}', noCandidates: 'Nothing similar', tooMany: 'Too many are similar; only the closest are listed.', notYours: 'This report cannot be decided now; an earlier one may have to be decided first.', candidateProject: 'Candidate {{n}}: project in the library', candidateClaim: 'Candidate {{n}}: report under review', decided: { same: 'Decided before: same', distinct: 'Decided before: distinct' },
    fact: 'Fact', thisReport: 'This report', likeness: 'Comparison', like: { same: 'Same', different: 'Different', 'one-sided': 'One side only', neither: 'Neither given', common: 'In common' }, decisionTitle: 'Decision', choice: 'Decision', choiceRequired: 'Please choose', sameAs: 'Same project as candidate {{n}}', distinct: 'Distinct from every candidate',
    distinctHint: 'Matched again in sequence order, then a project of its own.', submit: 'Decide', done: 'Decided: {{status}}',
  },
  imports: {
    title: 'Imports', lead: 'Bring a register in, checked row by row', newTitle: 'Import a register', step1: 'Choose a .csv or .xlsx file', step2: 'Dry run: every row checked, nothing written', step3: 'Import for real', choose: 'Choose a file, or drop it here', formats: '.csv, .xlsx; Chinese or English headers', file: 'File',
    mode: 'Mode', modes: { rowwise: 'Row by row', atomic: 'All or nothing' }, modeHint: { rowwise: 'Good rows go in; the others are listed with reasons.', atomic: 'One bad row keeps the whole file out.' }, dryRun: 'Start dry run', dryRunHint: 'A dry run changes nothing.', formerTitle: 'Former imports', none: 'No imports yet', noneHint: 'The original text and the outcome of every row are kept.',
    rows: 'Rows', by: 'By', at: 'Started', finishedAt: 'Finished', isDryRun: 'Dry run', status: { queued: 'Queued', running: 'Running', completed: 'Completed', failed: 'Failed' }, outcome: { all: 'All', accepted: 'Accepted', doubtful: 'Doubtful', rejected: 'Rejected' }, severity: { doubt: 'Doubt', refusal: 'Refusal' },
    duplicates: 'Duplicates', pageTitle: 'Import: {{name}}', reading: 'Reading the file…', progress: '{{done}} of {{total}} rows', progressLabel: 'Progress of the import', dryRunTitle: 'Outcome of the dry run', resultTitle: 'Outcome', corrections: 'Download corrections', correctionsHint: 'Rejected and doubtful rows with reasons, ready to be corrected and imported again.', nextTitle: 'Next',
    chooseAgain: 'To go on, choose the file “{{name}}” again.', dryRunAgain: 'Dry run again', forReal: 'Import for real', mappingChanged: 'The columns have changed: run a dry run first.', mappingTitle: 'Columns', mappingHint: 'On the left the columns of the file, on the right the fields of the system.', mappedTwice: 'More than one column for: {{fields}}', ignoreColumn: '(not imported)',
    rowsTitle: 'Rows', byIssue: 'By issue', allIssues: 'All issues', noRows: 'No such rows', row: 'Row {{n}}', rowOf: 'Content of row {{n}}', column: 'Column', original: 'Original', parsed: 'Understood as', issues: 'Issues', matches: 'Similar projects', changes: 'Proposed updates', notMatched: 'A dry run checks the sheet itself and does not compare it with the library; the import proper does.', action: { create: 'New project', 'update-proposed': 'Update proposed', none: 'No change' },
  },
  issue: {
    'name-missing': 'No project name', 'total-row': 'A row of totals', 'header-row': 'A row of headers', 'maybe-no-project': 'May be no project',
    'second-column': 'Another column of its kind', 'too-long': 'Too long', shortened: 'Shortened', 'not-storable': 'Characters that cannot be kept',
    'stage-not-importable': 'Stage cannot be imported', 'row-failed': 'Failed', 'report-incomplete': 'Report incomplete',
    'other-jurisdiction': "Another jurisdiction's project", 'project-already-signed': 'Project already signed', 'claim-already-held': 'Claim already held',
    'claim-held-by-another': 'Claimed by another unit', 'investor-missing': 'No investor', 'amount-missing': 'No amount', 'industry-missing': 'No industry class',
    'possible-duplicate': 'Possible duplicate', 'atomic-rollback': 'Whole file kept out', approximate: 'Approximate', 'lower-bound': 'Lower bound',
    'upper-bound': 'Upper bound', partial: 'A part only', planned: 'Planned figure', 'bound-only': 'Only a bound', 'value-range': 'A range', 'two-amounts': 'Two amounts',
    'several-amounts': 'Several amounts', phases: 'Amounts of phases', 'batch-total': 'Total of several projects', 'not-total': 'Not the total',
    'unit-missing': 'No unit', 'currency-assumed': 'Currency assumed', 'currency-differs': 'Currencies differ', 'currency-unknown': 'Currency unknown',
    implausible: 'Implausible', 'not-positive': 'Not positive', rounded: 'Rounded to cents', 'extra-text': 'Words in the cell', 'amount-unreadable': 'Amount unreadable',
    'unit-converted': 'Unit of area converted', 'land-unreadable': 'Land unreadable', 'date-no-year': 'Date without a year', 'date-month-only': 'Month only',
    'date-year-only': 'Year only', 'date-two-days': 'Two days', 'date-bound': 'Date is a bound', 'date-relative': 'Relative date', 'date-period': 'Date is a period',
    'date-planned': 'Planned date', 'date-approximate': 'Approximate date', 'date-ambiguous': 'Ambiguous date', 'date-impossible': 'No such day',
    'date-serial': 'Date is a serial number', 'date-unreadable': 'Date unreadable', 'date-future': 'Date in the future', 'date-order': 'Dates out of order',
    'registered-before-signed': 'Registered before signed', 'stage-unknown': 'Stage unknown', 'stage-assumed': 'Stage assumed', 'stage-planned': 'Stage planned',
    'framework-only': 'Framework agreement only', 'stage-behind-dates': 'Stage behind its dates', 'owner-unknown': 'Owner unknown', 'owner-differs': 'Owners differ',
    'place-several': 'Several places', 'place-elsewhere': 'Place outside the city', 'investor-generic': 'Investor not named', 'investor-alias': 'Investor abbreviated',
    'investors-maybe-several': 'Maybe several investors', 'country-unknown': 'Country unknown',
    'country-several': 'Several countries', 'uscc-malformed': 'Credit code malformed', 'uscc-check-digit': 'Credit code fails its check digit',
    'national-code-malformed': 'National code malformed', 'industry-unknown': 'Industry class unknown', 'industry-assumed': 'Industry class assumed',
    'contact-kind-unknown': 'Kind of contact unknown',
  },
  rules: {
    title: 'Rule sets', lead: 'Thresholds, periods and rates. Everything is decided under the rule set of its time; a new one never changes the past.', new: 'New rule set', newLead: 'Starts from the latest one and follows it from its first day.', standing: { past: 'Past', current: 'In force', future: 'To come' }, period: '{{from}} to {{to}}', open: 'open end',
    name: 'Name', nameRequired: 'Please give a name', effectiveFrom: 'Effective from', claimTitle: 'First report', moveTitle: 'Verification and signing notice', creditTitle: 'Credit and transfer', reportThresholds: 'Report threshold', thresholdNth: 'Report threshold {{n}}', exclusivity: 'Exclusivity', extensions: 'Extensions', noExtension: 'None', times: '{{n}} ×',
    extensionsMax: 'Extensions allowed', extension: 'Length of an extension', contactMaxAge: 'Age of contacts at most', verification: 'Stages the centre verifies', notice: 'Signing notice', noticePeriod: 'Notice before signing', noticeEnforcement: 'Without due notice', enforcement: { flag: 'Recorded', block: 'Signing refused' }, credit: 'Credit', creditAt: 'when {{stage}}', creditMode: 'Credit mode',
    creditModes: { 'both-full': 'First-talk and landing unit in full', split: 'Split by percentage' }, creditStage: 'Credit stage', transfers: 'Transfers', maxTransfers: 'Transfers a project', acceptIn: 'accepted within', transferAcceptance: 'Time to accept a transfer', rates: 'Rates to CNY', rate: '{{year}}: 1 {{currency}} = {{cny}} CNY', year: 'Year', yearRequired: 'Four digits, please',
    currencyRequired: 'Three letters, please', cny: 'In CNY', addRate: 'Add a rate', removeRate: 'Remove rate {{n}}', matchingHorizon: 'Matching looks back', reactivation: 'Reactivation within', lights: 'Lights (without progress)', light: { yellow: 'yellow after', red: 'red after', removal: 'removal after' }, coordination: 'Monthly coordination from', leaderLink: 'Leader link from', create: 'Publish', created: 'Rule set published',
  },
  duration: { Y: '{{n}} year(s)', M: '{{n}} month(s)', W: '{{n}} week(s)', D: '{{n}} day(s)', TH: '{{n}} hour(s)', TM: '{{n}} minute(s)', TS: '{{n}} second(s)' },
  durationUnit: { Y: 'years', M: 'months', W: 'weeks', D: 'days', TH: 'hours', TM: 'minutes', TS: 'seconds' },
  jurisdictionKind: { centre: 'Centre', county: 'County', district: 'District', city: 'County-level city', zone: 'Zone', office: 'Out-posted office', department: 'City department' },
  jurisdictions: {
    title: 'Jurisdictions', lead: 'The counties, zones and offices that report and own projects', name: 'Name', nameEn: 'English name', code: 'Code', kind: 'Kind', parent: 'Part of', noParent: 'None', reports: 'Reports', provincialZone: 'Zone of provincial level or above', active: 'Active', change: 'Action', edit: 'Edit', editOf: 'Edit: {{name}}', add: 'Add a unit',
    save: 'Save', saved: 'Saved', nameRequired: 'Please give a name', codeRequired: 'Please give a code', aliases: 'Other names', aliasesHint: 'Recognised in imports, too',
  },
  receiptBreak: { 'sequence-gap': 'a gap in the sequence', 'previous-hash': 'not chained to the one before', hash: 'the hash does not fit', content: 'the content was altered', missing: 'the end is missing' },
  receipts: {
    title: 'Receipt check', lead: 'Every receipt is chained to the one before it', text: 'The check recomputes every receipt from the first. One that was altered, deleted or moved is found.', verify: 'Check the chain', valid: 'The chain is intact', broken: 'The chain is broken', checked: 'Receipts checked: {{n}}, {{time}} (Beijing time)', firstBroken: 'First mismatch: no. {{n}}, {{reason}}',
  },
};

export default texts;
