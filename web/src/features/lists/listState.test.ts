import { describe, expect, it } from 'vitest';
import { readUrl, writeUrl } from '@/shared/urlState';
import {
  countQuery,
  exportQuery,
  filterCount,
  listQuery,
  LIST_KEYS,
  listStageOf,
  monthOf,
  sortOf,
  viewOf,
} from './listState';

const at = (search: string) => readUrl(new URLSearchParams(search), LIST_KEYS);

describe('the list that an address asks for', () => {
  it('passes every filter and the order on', () => {
    expect(
      exportQuery(
        at(
          'view=table&stage=signed&jurisdiction=j-1&industry=38&currency=USD&min=100000000&max=500000000.5&q=%E7%94%B5%E6%B1%A0&light=red&sort=-totalInvestment&columns=name',
        ),
      ),
    ).toEqual({
      stage: ['signed'],
      jurisdictionId: ['j-1'],
      industry: ['38'],
      currency: ['USD'],
      minAmount: 100_000_000,
      maxAmount: 500_000_000.5,
      q: '电池',
      idle: 'red',
      sort: '-totalInvestment',
    });
  });

  it('always tells the server the order that it marks', () => {
    expect(exportQuery(at('view=table')).sort).toBe('-createdAt');
    expect(sortOf(at('view=table'))).toBe('-createdAt');
    expect(sortOf(at('sort=-name'))).toBe('-name');
  });

  it('leaves nonsense out', () => {
    expect(exportQuery(at('stage=dreaming&light=blue&min=much&max=-1&q=%20&sort=beauty'))).toEqual({
      sort: '-createdAt',
    });
    expect(monthOf(at('month=2026-13'))).toBeUndefined();
    expect(viewOf(at('view=carpet'))).toBe('table');
  });

  it('asks for any of several units', () => {
    expect(listQuery(at('jurisdiction=j-1,j-2'))).toEqual({ jurisdictionId: ['j-1', 'j-2'] });
    expect(listQuery(at('jurisdiction=,'))).toEqual({});
  });

  it('counts each stage among what the other filters leave', () => {
    expect(countQuery(at('q=%E7%94%B5%E6%B1%A0&light=red&sort=name'), { stage: ['signed'] })).toEqual({
      q: '电池',
      idle: 'red',
      stage: ['signed'],
      count: true,
      limit: 1,
    });
    expect(countQuery(at('stage=signed&light=red'), { idle: 'green' })).toEqual({
      stage: ['signed'],
      idle: 'green',
      count: true,
      limit: 1,
    });
  });

  it('knows past months of the four lists only', () => {
    expect(monthOf(at('month=2026-10'))).toBe('2026-10');
    expect(listStageOf(at('stage=terminated'))).toBe('in-talks');
    expect(listStageOf(at('stage=started'))).toBe('started');
  });

  it('asks a list for what a list knows', () => {
    expect(listQuery(at('month=2026-10&stage=signed&jurisdiction=j-1&q=x&light=red&sort=name&cursor=c'))).toEqual({
      month: '2026-10',
      jurisdictionId: ['j-1'],
      q: 'x',
    });
  });

  it('counts what narrows the view that is shown', () => {
    expect(filterCount(at('view=table&sort=name&cursor=x&jurisdiction=j-1'))).toBe(0);
    expect(filterCount(at('view=table&q=电池&stage=signed&min=1&light=red'))).toBe(4);
    expect(filterCount(at('view=board&q=电池&stage=signed&light=red'))).toBe(1);
  });
});

describe('changing the address', () => {
  it('goes back to the first page when a filter or the order changes', () => {
    expect(writeUrl(new URLSearchParams('view=table&cursor=abc&q=x'), { stage: 'signed' }).toString()).toBe(
      'view=table&q=x&stage=signed',
    );
    expect(writeUrl(new URLSearchParams('cursor=abc'), { sort: 'name' }).toString()).toBe('sort=name');
  });

  it('keeps the filters when the page changes', () => {
    expect(writeUrl(new URLSearchParams('q=x&cursor=abc'), { cursor: 'def' }).toString()).toBe('q=x&cursor=def');
  });

  it('takes an emptied filter out', () => {
    expect(writeUrl(new URLSearchParams('q=x&stage=signed'), { q: undefined }).toString()).toBe('stage=signed');
  });
});
