// A receiver of webhooks as an integrator writes it, with the library of the standard. It notes what came, a line each,
// in the file that it is told, and refuses each twentieth id when it comes first.
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';

const { Webhook } = createRequire(new URL('../../web/package.json', import.meta.url))('standardwebhooks');
const [secret, file] = process.argv.slice(2);
const webhook = new Webhook(secret);
const seen = new Set();

const server = createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    const body = Buffer.concat(parts).toString('utf8');
    const id = request.headers['webhook-id'];
    let verified = true;
    try {
      webhook.verify(body, request.headers);
    } catch {
      verified = false;
    }
    const { type, subject, sequence, data } = JSON.parse(body);
    appendFileSync(file, `${JSON.stringify({ id, type, subject, sequence, version: data?.version, verified })}\n`);
    const first = !seen.has(id);
    seen.add(id);
    response.writeHead(!verified ? 401 : first && seen.size % 20 === 0 ? 503 : 204).end();
  });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
