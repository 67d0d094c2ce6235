import { describe, expect, it } from 'vitest';
import { mergeVersions } from './merge';

const base = {
  name: '固态电池',
  chain: '新能源',
  industryCode: '3841',
  totalInvestment: { amount: 1_000_000_000, currency: 'CNY' },
};

describe('when someone else has saved meanwhile', () => {
  it('takes over what only they changed', () => {
    const merge = mergeVersions(base, { ...base, name: '固态电池二期' }, { ...base, chain: '储能' });
    expect(merge.taken.map(({ field }) => field)).toEqual(['chain']);
    expect(merge.conflicts).toEqual([]);
  });

  it('puts to the person what both changed, with all three versions', () => {
    const merge = mergeVersions(
      base,
      { ...base, totalInvestment: { amount: 2_000_000_000, currency: 'CNY' } },
      { ...base, totalInvestment: { amount: 3_000_000_000, currency: 'CNY' } },
    );
    expect(merge.conflicts).toEqual([
      {
        field: 'totalInvestment',
        base: base.totalInvestment,
        mine: { amount: 2_000_000_000, currency: 'CNY' },
        theirs: { amount: 3_000_000_000, currency: 'CNY' },
      },
    ]);
  });

  it('has nothing to say where both made the same change, or nobody any', () => {
    expect(mergeVersions(base, { ...base, chain: '储能' }, { ...base, chain: '储能' })).toEqual({
      conflicts: [],
      taken: [],
    });
    expect(mergeVersions(base, base, base)).toEqual({ conflicts: [], taken: [] });
  });

  it('counts a removal as a change', () => {
    const { chain: _chain, ...without } = base;
    expect(mergeVersions(base, without, { ...base, chain: '储能' }).conflicts).toHaveLength(1);
    expect(mergeVersions(base, base, without).taken).toHaveLength(1);
  });
});
