// A mail server for the tests: node server.mjs. It takes a free port, prints "ready PORT" and ends when its standard input does.
// Commands, a line each: "mails" answers all mails received so far as one line of JSON; "down" drops every connection from now on, "up" takes them again.
// With --implicit or --starttls it speaks TLS, with the certificate and key of the files SMTP_CERTIFICATE and SMTP_KEY.
// Recipients later@… are asked to come again (450); recipients gone@… are refused (550).
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';

const mails = [];
let down = false;

const refusal = (code, text) => Object.assign(new Error(text), { responseCode: code });

const mode = process.argv[2];
const tls = mode ? { cert: readFileSync(process.env.SMTP_CERTIFICATE), key: readFileSync(process.env.SMTP_KEY) } : {};

const server = new SMTPServer({
  ...tls,
  secure: mode === '--implicit',
  authOptional: true,
  disabledCommands: mode ? ['AUTH'] : ['AUTH', 'STARTTLS'],
  disableReverseLookup: true,
  onRcptTo: ({ address }, _, done) =>
    done(address.startsWith('later@') ? refusal(450, 'come again') : address.startsWith('gone@') ? refusal(550, 'nobody here') : undefined),
  onData: (stream, session, done) => {
    const parts = [];
    stream.on('data', (part) => parts.push(part));
    stream.on('end', async () => {
      const mail = await PostalMime.parse(Buffer.concat(parts));
      const headers = Object.fromEntries(mail.headers.map(({ key, value }) => [key, value]));
      mails.push({ secure: session.secure, to: session.envelope.rcptTo.map(({ address }) => address), subject: mail.subject, text: mail.text, messageId: mail.messageId, headers });
      done();
    });
  },
});
server.on('error', () => {});
server.server.prependListener('connection', (socket) => down && socket.destroy());
server.listen(0, '127.0.0.1', () => console.log(`ready ${server.server.address().port}`));

createInterface({ input: process.stdin })
  .on('line', (line) => {
    if (line === 'mails') console.log(JSON.stringify(mails));
    else {
      down = line === 'down';
      console.log(line);
    }
  })
  .on('close', () => process.exit(0));
