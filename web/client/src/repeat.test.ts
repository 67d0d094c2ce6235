import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect, isProblem } from './index';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A service that answers as it is told: a status, or 0 for a broken connection. */
function scripted(...answers: number[]) {
  const seen: { key: string | null; body: string }[] = [];
  const client = connect({
    baseUrl: 'http://pipeline.test/',
    key: 'ppl_key',
    fetch: async (request) => {
      const status = answers[seen.length] ?? 200;
      expect(request.headers.get('Authorization')).toBe('Bearer ppl_key');
      seen.push({ key: request.headers.get('Idempotency-Key'), body: await request.text() });
      if (status === 0) throw new TypeError('broken');
      return Response.json(status < 400 ? {} : { type: 'about:blank', title: 'x', status }, {
        status,
        headers: status === 429 ? { 'Retry-After': '20' } : {},
      });
    },
  });
  return { client, seen };
}

async function settled<T>(answer: Promise<T>): Promise<T | unknown> {
  const outcome = answer.catch((error: unknown) => error);
  await vi.runAllTimersAsync();
  return outcome;
}

const report = { body: {} as never };
const change = { params: { path: { id: 'p' }, header: { 'If-Match': '"1"' } }, body: { name: '甲' } };

describe('what may be sent again', () => {
  it.each([502, 503, 504, 0])('a report after %i, with the same key and body', async (status) => {
    const { client, seen } = scripted(status, status, 201);
    await settled(client.POST('/api/v1/claims', report));
    expect(seen).toHaveLength(3);
    expect(new Set(seen.map((each) => each.key)).size).toBe(1);
    expect(seen[0]?.key).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(seen.map((each) => each.body))).toEqual(new Set(['{}']));
  });

  it('a reading, which needs no key', async () => {
    const { client, seen } = scripted(0, 200);
    await settled(client.GET('/api/v1/me'));
    expect(seen.map((each) => each.key)).toEqual([null, null]);
  });

  it('everything after 429, not before the time it tells', async () => {
    const { client, seen } = scripted(429, 200);
    const answer = client.PATCH('/api/v1/projects/{id}', change);
    await vi.advanceTimersByTimeAsync(19_999);
    expect(seen).toHaveLength(1);
    await settled(answer);
    expect(seen).toHaveLength(2);
  });
});

describe('what may not', () => {
  it.each([503, 0])('a change after %i: whether it was made is not known', async (status) => {
    const { client, seen } = scripted(status, 200);
    expect(await settled(client.PATCH('/api/v1/projects/{id}', change))).toBeInstanceOf(Error);
    expect(seen).toHaveLength(1);
  });

  it('a refusal, which is thrown', async () => {
    const { client, seen } = scripted(409);
    const error = await settled(client.POST('/api/v1/claims', report));
    expect(isProblem(error) && error.status).toBe(409);
    expect(seen).toHaveLength(1);
  });

  it('a fifth failure', async () => {
    const { client, seen } = scripted(503, 503, 503, 503, 503, 200);
    const error = await settled(client.GET('/api/v1/me'));
    expect(isProblem(error) && error.status).toBe(503);
    expect(seen).toHaveLength(5);
  });
});
