import { describe, expect, it } from 'vitest';
import { filterRows, fits, nextSorts, readFilters, readSorts, sortRows, writeFilters, writeSorts } from './arrange';

interface Row {
  name: string;
  amount?: number;
}
const columns = [
  { key: 'name', value: (row: Row) => row.name },
  { key: 'amount', value: (row: Row) => row.amount },
];
const names = (rows: Row[]) => rows.map((row) => row.name);

describe('rows in order', () => {
  // By their sounds: 安 ān, 陈 chén, 龙 lóng, 中 zhōng.
  it('orders Chinese by its sounds', () => {
    const rows = ['龙门', '中芯', '安徽', '陈桥'].map((name) => ({ name }));
    expect(names(sortRows(rows, columns, readSorts('name')))).toEqual(['安徽', '陈桥', '龙门', '中芯']);
    expect(names(sortRows(rows, columns, readSorts('-name')))).toEqual(['中芯', '龙门', '陈桥', '安徽']);
  });

  it('orders by several columns, what is empty last either way', () => {
    const rows = [{ name: 'b', amount: 2 }, { name: 'a', amount: 2 }, { name: 'c' }, { name: 'd', amount: 10 }];
    expect(names(sortRows(rows, columns, readSorts('amount,name')))).toEqual(['a', 'b', 'd', 'c']);
    expect(names(sortRows(rows, columns, readSorts('-amount,-name')))).toEqual(['d', 'b', 'a', 'c']);
  });

  it('turns with each click, and takes further columns where they are added', () => {
    const once = nextSorts([], 'name', false);
    const twice = nextSorts(once, 'name', false);
    expect([once, twice, nextSorts(twice, 'name', false)].map(writeSorts)).toEqual(['name', '-name', undefined]);
    expect(writeSorts(nextSorts(once, 'amount', true))).toBe('name,amount');
    expect(writeSorts(nextSorts(readSorts('name,amount'), 'name', true))).toBe('-name,amount');
    expect(writeSorts(nextSorts(readSorts('-name,amount'), 'name', true))).toBe('amount');
  });
});

describe('rows that are found', () => {
  it.each([
    ['海宁市', '海宁', true],
    ['Haining', 'HAI', true],
    ['甲公司、乙公司', '乙 甲', true],
    ['海宁市', '平湖', false],
    [12, '>=10', true],
    [12, '<12', false],
    [12, '10-20', true],
    [12.5, '12', true],
    ['2026-03-09', '>=2026-03', true],
    ['2026-02-28', '>=2026-03', false],
    ['2026-03-09', '2026-03', true],
    [undefined, 'x', false],
    [undefined, ' ', true],
  ] as const)('%s by %s: %s', (value, filter, found) => expect(fits(value, filter)).toBe(found));

  it('keeps those that all filters find, and filters in an address', () => {
    const rows = [
      { name: 'a', amount: 1 },
      { name: 'ab', amount: 5 },
    ];
    expect(names(filterRows(rows, columns, { name: 'a', amount: '>=5' }))).toEqual(['ab']);
    expect(readFilters(writeFilters({ name: 'a~b', amount: '', code: '1' }))).toEqual({ name: 'a~b', code: '1' });
  });
});
