import { Webhook } from 'standardwebhooks';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

/** What the service signs, as a receiver with the library of the standard takes it. The signatures are those of tests/Pipeline.Domain.Tests. */
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const body = '{"test": 2432232314}';
const headers = {
  'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  'webhook-timestamp': '1614265330',
  'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};

beforeEach(() => {
  vi.useFakeTimers({ now: 1614265330_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

it('takes what is signed by its secret', () => {
  expect(new Webhook(secret).verify(body, headers)).toEqual({ test: 2432232314 });
});

it('takes what is signed by two secrets while one is rotated', () => {
  const both = { ...headers, 'webhook-signature': `v1,${'A'.repeat(43)}= ${headers['webhook-signature']}` };
  expect(new Webhook(secret).verify(body, both)).toEqual({ test: 2432232314 });
});

it('refuses what was changed', () => {
  expect(() => new Webhook(secret).verify('{"test": 2432232315}', headers)).toThrow();
});
