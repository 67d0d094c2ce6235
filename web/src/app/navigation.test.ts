import { describe, expect, it } from 'vitest';
import type { Me } from '@/api/types';
import { isBarred } from './navigation';

const who = (...permissions: string[]) => ({ permissions }) as unknown as Me;
const RECORD = '0123456789abcdef0123456789abcdef';

describe('a page that somebody may not open', () => {
  it('is barred with all that lies below it', () => {
    for (const page of ['/lists', '/lists/print', '/figures/print', '/libraries/experts', '/transfers/market'])
      expect([page, isBarred(who(), page)]).toEqual([page, true]);
    expect(isBarred(who('read-projects'), '/lists/print')).toBe(false);
    expect(isBarred(who('read-libraries'), '/libraries/experts')).toBe(false);
  });

  it('can need more than the page it is found from', () => {
    expect(isBarred(who('read-audit'), '/audit/patterns')).toBe(true);
    expect(isBarred(who('read-audit', 'read-patterns'), '/audit/patterns')).toBe(false);
    expect(isBarred(who(), '/rule-sets/new')).toBe(true);
    expect(isBarred(who('decide-move'), '/reason-templates')).toBe(true);
    expect(isBarred(who('decide-move', 'manage-reason-templates'), '/reason-templates')).toBe(false);
  });

  it('is not one that everybody has, nor a single record, of which the server knows', () => {
    for (const page of ['/', '/account', '/help', '/rule-sets', `/imports/${RECORD}`, `/meetings/${RECORD}/wall`])
      expect([page, isBarred(who(), page)]).toEqual([page, false]);
  });
});
