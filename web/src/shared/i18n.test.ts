import i18next from 'i18next';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { switchLanguage } from './i18n';

describe('a number with its noun', () => {
  beforeAll(() => switchLanguage('en'));
  afterAll(() => switchLanguage('zh-CN'));

  it('is told in English as of one or of several', () => {
    expect(i18next.t('inbox.waits', { count: 1 })).toBe('waits 1 day');
    expect(i18next.t('inbox.waits', { count: 0 })).toBe('waits 0 days');
    expect(i18next.t('inbox.waits', { count: 21 })).toBe('waits 21 days');
  });

  it('may be grouped already', () => {
    expect(i18next.t('imports.sheet.sameDone', { n: '1,001' })).toContain('1,001 cells');
    expect(i18next.t('imports.sheet.sameDone', { n: '1' })).toContain('1 cell corrected');
  });
});
