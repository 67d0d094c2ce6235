import type { WorkTexts } from './work.zh-CN';

const work: WorkTexts = {
  grid: {
    rows: 'Projects: {{n}}', loaded: 'loaded: {{n}}', order: 'by {{column}}, {{direction}}', directions: { ascending: 'ascending', descending: 'descending' }, select: 'Select: {{name}}', selectAll: 'Select all loaded projects',
    columns: 'Columns', columnsTitle: 'Columns shown', columnsHint: 'Tick what to show and put it in order; pinned columns stay when you scroll sideways.', pin: 'Pin: {{column}}', unpin: 'Unpin: {{column}}', earlier: 'Move forward: {{column}}', later: 'Move back: {{column}}', standard: 'Standard columns', hiddenColumns: 'Not shown',
    stages: 'By stage', allStages: 'All', region: 'Table of projects, scrollable',
    on: { 'in-talks': 'In talks since', signed: 'Signed on', registered: 'Registered on', started: 'Started on', 'in-production': 'In production since' },
  },
  views: {
    title: 'Views', none: 'No view saved yet', mine: 'My views', shared: 'Shared by colleagues', save: 'Save this view', name: 'Name of the view', nameRequired: 'Give it a name', share: 'Share with colleagues of my unit', shareCentre: 'Share with colleagues of the centre', saved: 'View saved', by: 'shared by {{name}}',
    remove: 'Delete: {{name}}', removed: 'View deleted', update: 'Replace by what is shown: {{name}}', updated: 'View updated', sharedTag: 'Shared', shareOf: 'Share: {{name}}', open: 'Open view: {{name}}', hint: 'A view remembers filters, order and columns.',
  },
  boardMove: {
    menu: 'Actions: {{name}}', move: 'Submit the next stage', open: 'Open the project', key: 'Key M', here: 'Drop to submit: {{stage}}', notHere: 'Cannot move here', checking: 'Checking', nothing: 'No move of this project can be submitted now.', notTo: 'This project cannot move to {{stage}} now.',
    hint: 'Drag a card to the next column, or focus a card and press M, to submit a move.', picked: 'Picked up {{name}}', over: '{{name}} is over {{stage}}', dropped: '{{name}} was dropped on {{stage}}', cancelled: '{{name}} was put back',
  },
  bulk: {
    selected: 'Selected: {{n}}', clear: 'Clear selection', export: 'Export selection', tooMany: 'At most {{n}} selected projects can be exported at once: select fewer, or export all.', verify: 'Verify', progress: 'Record progress', verifyTitle: 'Verify several moves', progressTitle: 'Record progress on several projects',
    verifyNone: 'None of the selected projects has a move to verify.', check: 'Dry run', checkHint: 'A dry run only checks; nothing is stored.', run: 'Do it: {{n}}', retry: 'Retry the failed: {{n}}', close: 'Close', project: 'Project', result: 'Outcome', waiting: 'Waiting', ready: 'Can be done', done: 'Done', failed: 'Failed', running: 'Working: {{done}} of {{total}}',
    checked: 'Dry run finished: {{ok}} can be done, {{failed}} cannot.', finished: 'Finished: {{ok}} done, {{failed}} failed.', verifyRow: 'Verify as {{stage}}', noMove: 'No move to verify', edit: 'Back to the form',
  },
  next: {
    title: 'Next step', move: 'Submit: {{stage}}', ready: 'Nothing is missing: the move can be submitted.', needs: 'What it needs', claim: 'The investment has reached the threshold: report it first.',
  },
  inline: {
    more: 'Add what is not given yet: {{n}}', edit: 'Edit: {{field}}', save: 'Save', cancel: 'Cancel', saved: 'Saved: {{field}}', conflictTitle: 'Somebody has just changed “{{field}}”', conflictText: 'What you typed differs from what is stored now. Choose which to keep.', mine: 'What I typed', theirs: 'Stored now', keep: 'Confirm', retry: 'The project was changed meanwhile; your change was saved upon the newest version.',
  },
  log: { text: 'Search the timeline', textHint: 'Notes, fields or names', shown: 'Shown: {{n}} of {{total}}', onlyLoaded: 'Only entries loaded so far are searched' },
  queue: { title: 'Queue', place: 'Place {{n}}' },
  preview: { open: 'Preview: {{name}}', close: 'Close', save: 'Download', failed: 'The file could not be opened: {{reason}}', pages: 'Pages of {{name}}', pageOf: 'Page {{n}} of {{total}}', unreadable: 'This PDF cannot be shown here: it is damaged or protected by a password. Download it to open it with another program.' },
  paste: {
    title: 'Paste from a spreadsheet', hint: 'Copy a row (with its headers, if you like) and paste it here: what is understood is filled into the form.', label: 'Pasted row', read: 'Read it', understood: 'Filled in: {{n}}', doubt: 'Not understood, please check: {{n}}', unknownColumn: 'Unknown column', unread: 'Not understood', severalRows: 'Several rows were pasted; only the first was read.', close: 'Close', headless: 'No headers: the columns were told by their content.',
  },
  lookup: { own: "Investors of your unit's projects" },
  warn: { uscc: 'The check digit of the credit code does not fit. Please check; if it is right, go on.', usccLength: 'A credit code has 18 characters. Please check; if it is right, go on.' },
  projectAct: {
    progress: 'Record progress', claim: 'Report this project', moveTo: 'Move to: {{stage}}', edit: 'Edit facts', back: 'Step back', terminate: 'Terminate', reactivate: 'Reactivate', withdrawMove: 'Withdraw move', withdrawn: 'Withdrawn',
  },
  progress: { note: 'Progress', noteRequired: 'Please describe the progress', submit: 'Save progress', done: 'Progress recorded' },
  move: {
    occurredOn: 'Occurred on', on: 'Date', note: 'Note', submit: 'Submit', submitted: 'Submitted; the centre will verify it', effective: 'In effect', missing: 'Still needed: {{fields}}',
    backText: 'The project goes back to “{{stage}}”; its dates stay in the history.', terminateText: 'The project leaves the lists; its history stays.', reactivateText: 'The exclusive claim does not revive.', reactivateTo: 'Back to', reasonCode: 'Reason for termination',
    reasonCodeRequired: 'Please choose a reason',
  },
  edit: {
    title: 'Edit: {{name}}', save: 'Save changes', done: 'Changes saved', staleTitle: 'Someone else has changed this project meanwhile', staleText: 'Everything you typed is still here. Look at the differences, then save again.', takenTitle: 'Changed by others only: taken over',
    conflictsTitle: 'Changed by both: please choose', mine: 'Keep mine', theirs: 'Take theirs', settle: 'Merge', merged: 'Merged; please save again',
  },
  timeline: { title: 'Timeline', kind: 'Kind of entry', all: 'All entries', empty: 'Nothing yet', system: 'System' },
  timelineKind: {
    registered: 'Registered', reported: 'Reported', edited: 'Edited', progress: 'Progress', 'move-submitted': 'Move submitted', 'move-verified': 'Move verified', 'move-returned': 'Move returned', 'move-withdrawn': 'Move withdrawn',
    'moved-back': 'Moved back', terminated: 'Terminated', reactivated: 'Reactivated', 'claim-activated': 'Claim active', 'claim-queued': 'Claim queued', 'claim-under-review': 'Claim under review', 'claim-converted': 'Claim converted',
    'claim-expired': 'Claim expired', 'claim-released': 'Claim released', 'claim-revoked': 'Claim revoked', 'claim-withdrawn': 'Claim withdrawn', 'claim-rejected': 'Claim rejected', 'claim-extended': 'Claim extended', 'claim-transferred': 'Claim transferred', 'owner-changed': 'Owner changed',
    'claim-suspended': 'Window suspended', 'claim-resumed': 'Window resumed', 'dispute-filed': 'Dispute filed', 'dispute-answered': 'Dispute answered', 'dispute-decided': 'Dispute decided', 'dispute-appealed': 'Dispute appealed', 'dispute-withdrawn': 'Dispute withdrawn',
    'file-added': 'File added', imported: 'Imported', 'agreement-recorded': 'Framework agreement',
  },
  report: {
    title: 'Report a project', lead: 'The first complete report gets the exclusive claim. The time of receipt at the server counts.', notYours: 'Your account cannot report projects.', wayTitle: 'How to report', way: { report: 'First report', register: 'Register below the threshold' },
    wayHint: { report: 'A project in talks at or above the report threshold: matched and ranked at once.', register: 'A project in talks below the threshold: entered in the library without an exclusive claim.' },
    contactsTitle: 'Substantive contacts', contactsHint: 'At least one visit, reception, meeting or letter. Attach photos, letters or other papers.', restored: 'Draft of {{time}} restored', discard: 'Discard draft', saved: 'Draft saved at {{time}}', notSaved: 'What you type is saved as a draft',
    submitReport: 'Submit report', submitRegister: 'Register project', switchToReport: 'Submit as a first report', switchToRegister: 'Register below the threshold', registered: 'Project registered',
  },
};

export default work;
