import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { API, meOf, officer, problem, server } from '@/test/server';
import { body, client, tagged } from './client';
import { isProblem } from 'pipeline-client';
import { accessToken, currentSession, resume, setRequestLanguage, signIn, signOut } from './session';

const me = meOf('officer', []);
const token = (accessToken: string) =>
  HttpResponse.json({ accessToken, tokenType: 'Bearer', expiresIn: 900, user: officer });
const bearer = (request: Request) => request.headers.get('Authorization');

/** `/me` for one token only. */
function meFor(valid: string, seen: (string | null)[] = []) {
  return http.get(`${API}/me`, ({ request }) => {
    seen.push(bearer(request));
    return bearer(request) === `Bearer ${valid}` ? HttpResponse.json({ ...me }) : problem('invalid-credentials', 401);
  });
}

beforeEach(async () => {
  server.use(http.post(`${API}/auth/logout`, () => new HttpResponse(null, { status: 204 })));
  await signOut();
  server.use(http.post(`${API}/auth/token`, () => token('first')));
  await signIn('nanhu', 'secret');
});

describe('a request', () => {
  it('carries the token and the language chosen', async () => {
    setRequestLanguage('en');
    let language: string | null = null;
    server.use(
      http.get(`${API}/me`, ({ request }) => {
        language = request.headers.get('Accept-Language');
        return HttpResponse.json({ ...me });
      }),
    );
    expect((await body(client.GET('/api/v1/me'))).user.username).toBe('nanhu');
    expect(language).toBe('en');
    setRequestLanguage('zh-CN');
  });

  it('keeps the token out of every store of the browser', () => {
    expect(accessToken()).toBe('first');
    expect(JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }) + document.cookie).not.toContain(
      'first',
    );
  });

  it('is sent again once with a renewed token after a 401', async () => {
    const seen: (string | null)[] = [];
    server.use(
      meFor('second', seen),
      http.post(`${API}/auth/refresh`, () => token('second')),
    );
    expect((await body(client.GET('/api/v1/me'))).role).toBe('officer');
    expect(seen).toEqual(['Bearer first', 'Bearer second']);
  });

  it('renews once for requests that fail together', async () => {
    let renewals = 0;
    server.use(
      meFor('second'),
      http.post(`${API}/auth/refresh`, () => {
        renewals += 1;
        return token('second');
      }),
    );
    await Promise.all([client.GET('/api/v1/me'), client.GET('/api/v1/me'), client.GET('/api/v1/me')]);
    expect(renewals).toBe(1);
  });

  it('waits for the person to sign in again when the session has ended, and then sends the same body', async () => {
    const bodies: unknown[] = [];
    server.use(
      http.post(`${API}/auth/refresh`, () => problem('invalid-credentials', 401)),
      http.post(`${API}/claims`, async ({ request }) => {
        bodies.push(await request.json());
        return bearer(request) === 'Bearer third'
          ? HttpResponse.json({ id: 'c-1' }, { status: 201 })
          : problem('invalid-credentials', 401);
      }),
    );
    const sent = body(client.POST('/api/v1/claims', { body: { projectId: 'p-1', contacts: [] } }));
    await expect.poll(() => currentSession().state).toBe('expired');
    expect(currentSession().user?.username).toBe('nanhu');
    server.use(http.post(`${API}/auth/token`, () => token('third')));
    await signIn('nanhu', 'secret');
    expect((await sent).id).toBe('c-1');
    expect(bodies).toEqual([
      { projectId: 'p-1', contacts: [] },
      { projectId: 'p-1', contacts: [] },
    ]);
  });

  it('fails with the 401 when the person gives up', async () => {
    server.use(
      meFor('never'),
      http.post(`${API}/auth/refresh`, () => problem('invalid-credentials', 401)),
    );
    const sent = body(client.GET('/api/v1/me')).catch((error: unknown) => error);
    await expect.poll(() => currentSession().state).toBe('expired');
    await signOut();
    expect(isProblem(await sent, 'invalid-credentials')).toBe(true);
    expect(currentSession()).toEqual({ state: 'anonymous', user: null });
  });

  it('turns a refusal into a problem with its fields and the request id', async () => {
    server.use(
      http.post(`${API}/projects`, () =>
        problem('report-required', 422, {
          title: '须首报',
          errors: { totalInvestment: [{ code: 'threshold', message: '达到门槛' }] },
        }),
      ),
    );
    const error = await body(client.POST('/api/v1/projects', { body: { name: 'x' } })).catch((each: unknown) => each);
    expect(isProblem(error, 'report-required') && error.errors.totalInvestment?.[0]?.message).toBe('达到门槛');
    expect(isProblem(error) && error.requestId).toBe('request-1');
  });

  it('turns a network failure and a page of another server into problems too', async () => {
    server.use(http.get(`${API}/me`, () => HttpResponse.error()));
    const network = await body(client.GET('/api/v1/me')).catch((each: unknown) => each);
    expect(isProblem(network, 'network') && network.status).toBe(0);
    server.use(
      http.get(
        `${API}/me`,
        () => new HttpResponse('<h1>Bad gateway</h1>', { status: 502, headers: { 'Content-Type': 'text/html' } }),
      ),
    );
    const gateway = await body(client.GET('/api/v1/me')).catch((each: unknown) => each);
    expect(isProblem(gateway) && gateway.status).toBe(502);
  });

  it('hands out the ETag of what it read', async () => {
    server.use(http.get(`${API}/projects/p-1`, () => HttpResponse.json({ id: 'p-1' }, { headers: { ETag: '"7-x"' } })));
    expect((await tagged(client.GET('/api/v1/projects/{id}', { params: { path: { id: 'p-1' } } }))).etag).toBe('"7-x"');
  });
});

describe('signing in', () => {
  it('is refused with the reason', async () => {
    server.use(http.post(`${API}/auth/token`, () => problem('account-locked', 429, { title: '账号已锁定' })));
    await expect(signIn('nanhu', 'wrong')).rejects.toMatchObject({ slug: 'account-locked' });
  });

  it('is not taken up again once known', async () => {
    await resume();
    expect(currentSession().state).toBe('signed-in');
  });
});
