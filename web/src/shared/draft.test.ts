import { describe, expect, it, vi } from 'vitest';
import { discardDraft, loadDraft, saveDraft } from './draft';
import { submissionFor } from './submission';

const now = Date.parse('2026-11-22T03:00:00Z');

describe('drafts', () => {
  it('come back as they were left', () => {
    expect(saveDraft('report', 'u-1', { name: '固态电池' }, now)).toBe('2026-11-22T03:00:00.000Z');
    expect(loadDraft('report', 'u-1', now)).toEqual({
      savedAt: '2026-11-22T03:00:00.000Z',
      content: { name: '固态电池' },
    });
  });

  it('are seen by the person who typed them only', () => {
    saveDraft('report', 'u-1', { name: 'x' }, now);
    expect(loadDraft('report', 'u-2', now)).toBeNull();
  });

  it('go when discarded, and by themselves after two weeks', () => {
    saveDraft('report', 'u-1', {}, now);
    expect(loadDraft('report', 'u-1', now + 15 * 86_400_000)).toBeNull();
    saveDraft('report', 'u-1', {}, now);
    discardDraft('report', 'u-1');
    expect(loadDraft('report', 'u-1', now)).toBeNull();
  });

  it('that cannot be read are no drafts', () => {
    localStorage.setItem('pipeline.draft.report.u-1', '{');
    expect(loadDraft('report', 'u-1', now)).toBeNull();
    localStorage.setItem('pipeline.draft.report.u-1', '{"savedAt":"never","content":{}}');
    expect(loadDraft('report', 'u-1', now)).toBeNull();
  });

  it('say so where the device keeps nothing', () => {
    vi.stubGlobal('localStorage', {
      setItem() {
        throw new DOMException('full', 'QuotaExceededError');
      },
    });
    expect(saveDraft('report', 'u-1', {}, now)).toBeNull();
    vi.unstubAllGlobals();
  });
});

describe('the key of a submission', () => {
  it('stays with the same content and changes with another', () => {
    const first = submissionFor(undefined, { name: 'a', amount: 1 });
    expect(first.key).toMatch(/^[0-9a-f]{32}$/);
    expect(submissionFor(first, { name: 'a', amount: 1 })).toBe(first);
    expect(submissionFor(first, { name: 'b', amount: 1 }).key).not.toBe(first.key);
  });
});
