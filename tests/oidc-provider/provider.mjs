// An OpenID provider for the tests: node provider.mjs PORT, accounts as JSON in OIDC_ACCOUNTS ({"login": {"sub": …, claims …}}).
// PORT 0 takes a free one. It prints "ready ISSUER" and ends when its standard input does.
// Whoever is named by login_hint is signed in without a form; nobody named: the sign-in is declined.
import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const accounts = JSON.parse(process.env.OIDC_ACCOUNTS ?? '{}');
// Two logins with one sub are one person, before and after a change: which of them it was is remembered by grant.
const logins = new Map();
const redirect_uris = ['https://localhost/api/v1/auth/oidc/callback'];
const code = { redirect_uris, response_types: ['code'], grant_types: ['authorization_code'] };
const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });

const configuration = {
  clients: [
    { client_id: 'pipeline', client_secret: 'a secret: with/special+signs & 50%', token_endpoint_auth_method: 'client_secret_basic', ...code },
    { client_id: 'pipeline-public', token_endpoint_auth_method: 'none', ...code },
  ],
  jwks: { keys: [{ ...key, use: 'sig', alg: 'RS256', kid: 'tests' }] },
  cookies: { keys: ['only the tests know'] },
  pkce: { required: () => true },
  claims: { openid: ['sub', 'preferred_username', 'name', 'groups', 'unit'], profile: [], email: [] },
  conformIdTokenClaims: false,
  features: { devInteractions: { enabled: false } },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, sub, code) => ({ accountId: sub, claims: () => accounts[logins.get(code?.grantId)] ?? { sub } }),
  loadExistingGrant: async ({ oidc }) => {
    const grant = new oidc.provider.Grant({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
    grant.addOIDCScope('openid profile email');
    logins.set(await grant.save(), oidc.params.login_hint);
    return grant;
  },
};

const server = createServer();
server.listen(Number(process.argv[2] ?? 0), '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, configuration);
  provider.use(async (context, next) => {
    if (!context.path.startsWith('/interaction/')) return next();
    const { params } = await provider.interactionDetails(context.req, context.res);
    const result = params.login_hint in accounts ? { login: { accountId: accounts[params.login_hint].sub } } : { error: 'access_denied', error_description: 'declined' };
    context.redirect(await provider.interactionResult(context.req, context.res, result));
  });
  server.on('request', provider.callback());
  console.log(`ready ${issuer}`);
});

process.stdin.on('end', () => process.exit(0)).resume();
