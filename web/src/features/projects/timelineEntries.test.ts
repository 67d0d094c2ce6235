import { describe, expect, it } from 'vitest';
import type { TimelineEntry } from '@/api/types';
import { changesOf, newestFirst, says } from './timelineEntries';

describe('what an entry changed', () => {
  it('is told without ids, and with the evidence member by member', () => {
    expect(
      changesOf({
        before: { stage: 'in-talks' },
        after: { moveId: 'm-1', to: 'signed', evidence: { parties: '甲、乙', files: [] } },
      }),
    ).toEqual([
      { field: 'stage', before: 'in-talks', after: 'signed' },
      { field: 'parties', after: '甲、乙' },
    ]);
  });

  it('tells a member taken away from one that is not spoken of', () => {
    expect(changesOf({ before: { chain: '新能源', jobs: 80 }, after: { chain: null } })).toEqual([
      { field: 'chain', before: '新能源', after: null },
      { field: 'jobs', before: 80 },
    ]);
  });

  it('is nothing where nothing is said', () => {
    expect(changesOf({})).toEqual([]);
    expect(changesOf({ before: { note: '' }, after: { claimId: 'c-1' } })).toEqual([]);
  });
});

describe('the order of entries', () => {
  const entry = (id: string, at: string): TimelineEntry => ({ id, at, kind: 'progress', actor: null });

  it('is the newest first, however they come', () => {
    const [old, young] = [entry('1', '2026-01-01T00:00:00Z'), entry('2', '2026-02-01T00:00:00Z')];
    expect(newestFirst([old, young])).toEqual([young, old]);
    expect(newestFirst([young, old])).toEqual([young, old]);
    expect(newestFirst([])).toEqual([]);
  });
});

describe('looking for an entry', () => {
  it('finds every word, in any order and case, anywhere in what is shown', () => {
    expect(says(['Visited the HQ', undefined, '张三'], 'hq 张')).toBe(true);
    expect(says(['Visited the HQ'], 'hq 张')).toBe(false);
  });

  it('leaves all where nothing is looked for', () => {
    expect(says([], '  ')).toBe(true);
  });
});
