import type { AccessTexts } from './access.zh-CN';

const access: AccessTexts = {
  access: {
    codeTitle: 'Second factor', codeText: 'The password is right. Open the authenticator on your phone and enter the six digits it shows.', code: 'Code', codeRequired: 'Please enter the code', recoveryText: 'Enter a recovery code that you have not used yet.', recoveryCode: 'Recovery code', useRecovery: 'No phone at hand? Use a recovery code', useCode: 'Use a code instead',
    confirm: 'Confirm and sign in', back: 'Back', or: 'or', singleSignOn: 'Single sign-on', signingOn: 'Signing in…', passwordSet: 'The password is set. Please sign in.',
    signOnProblem: {
      'sign-on-refused': { title: 'Single sign-on failed', text: 'The identity provider did not confirm who you are. Try again; if it keeps failing, ask the administrator.' },
      'sign-on-expired': { title: 'The sign-on took too long', text: 'It took more than ten minutes, or began in another window. Please begin again.' },
      'sign-on-unavailable': { title: 'Single sign-on is away', text: 'The identity provider does not answer at present. Try again later, or sign in with name and password.' },
      'sign-on-unknown-user': { title: 'No account', text: 'Who you are is confirmed, but there is no active account for you here. Ask the administrator for one.' },
      'sign-on-no-role': { title: 'No role', text: 'Who you are is confirmed, but no role or unit of this system is assigned to you. Ask the administrator.' },
    },
  },
  password: {
    current: 'Present password', currentRequired: 'Please enter your present password', next: 'New password', nextRequired: 'Please enter a new password', again: 'New password again', againRequired: 'Please enter the new password again', differ: 'The two passwords differ', short: 'At least {{n}} characters; there are {{now}}',
    hint: 'At least {{n}} characters. No capitals or symbols are asked for: several words in a row are longer and easier to remember. Not a common password, and without your user name.', show: 'Show passwords', change: 'Change password', changed: 'Password changed; your sessions on other devices have ended', others: 'Your sessions on other devices end at once.', none: 'You sign in by single sign-on; there is no password of yours here.',
  },
  setUp: {
    title: 'Set your password', for: 'Account', name: 'Name', until: 'Link works until', once: 'The link works once.', submit: 'Set password', invalidTitle: 'The link does not work', invalidText: 'It may have been used, be over, or have been replaced by a newer one.', invalidNext: 'Ask the administrator for a new link. If you have set your password already, just sign in.', toSignIn: 'Go to sign-in',
    noToken: 'Please open the whole link that the administrator sent you.',
  },
  firstStep: {
    'password-change-required': { title: 'First change your password', text: 'Somebody else set your first password. Once you have changed it, everything opens.' },
    'second-factor-set-up-required': { title: 'First set up the second factor', text: 'Your role signs in with an authenticator on the phone as well. Once it is set up, everything opens.' },
    other: { title: 'One step is left', text: 'Something has to be done first: {{step}}. Please ask the administrator.' },
  },
  account: {
    title: 'My account', menu: 'Account menu', lead: '{{name}}, user name {{username}}', passwordTitle: 'Password', factorTitle: 'Second factor', factorOn: 'On', factorOff: 'Off', factorOnText: 'Signing in asks for the six digits of your authenticator beside the password.', factorOffText: 'Once on, signing in asks for the six digits of an authenticator on your phone beside the password: a password alone lets nobody in.',
    setUp: 'Set up the second factor', remove: 'Remove the second factor', removeText: 'Signing in will ask for the password only. For a new phone, remove it first and set it up again.', removed: 'Second factor removed', confirmRemove: 'Remove', sessionsTitle: 'Where you are signed in', sessionsLead: 'End what you do not know at once, and change your password.',
  },
  factor: {
    step1: 'Your password', step2: 'Add it to your phone', step3: 'Keep the recovery codes', password: 'Your password once more', next: 'Next', scan: 'Scan this with the authenticator on your phone', scanHint: 'Any authenticator that knows TOTP will do.', qr: 'QR code for the second factor', orType: 'If you cannot scan, type the secret', secret: 'Secret', code: 'The six digits that it shows', confirm: 'Turn on',
    recoveryText: 'Without your phone, a recovery code lets you in, each once. They are shown this once only: print or write them down, and keep them apart from the phone.', recoveryCodes: 'Recovery codes', kept: 'I have kept them', print: 'Print', printTitle: 'Recovery codes of {{name}} ({{username}})', done: 'The second factor is on',
  },
  once: { copy: 'Copy', copied: 'Copied' },
  session: {
    current: 'This session', unknownClient: 'Unknown device', address: 'Address', started: 'Signed in', seen: 'Last seen', method: 'By', methods: { password: 'Password', oidc: 'Single sign-on' }, end: 'End', endOf: 'End the session: {{client}}', endText: 'That device has to sign in again.', endCurrentText: 'This is your present session: ending it leads to the sign-in page.', confirmEnd: 'End session', ended: 'Session ended', empty: 'No open sessions',
  },
  stale: { title: 'Someone else has changed this meanwhile', text: 'Everything you typed is still here. Look it over, then save again.', again: 'The latest version has been fetched. Look it over, then try again.' },
};

export default access;
