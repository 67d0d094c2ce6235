import { describe, expect, it } from 'vitest';
import { suggested } from './InvestorInput';

describe('the investors offered', () => {
  it('hold what was typed, each once, with its code where any project has it', () => {
    expect(
      suggested([{ name: '甲公司' }, { name: '乙集团' }, { name: '甲公司', uscc: '914403001922038216' }], '甲').map(
        (each) => [each.name, each.uscc],
      ),
    ).toEqual([['甲公司', '914403001922038216']]);
  });

  it('are found whatever the case', () => {
    expect(suggested([{ name: 'Acme GmbH' }], 'acme')).toHaveLength(1);
    expect(suggested([{ name: 'Acme GmbH' }], 'beta')).toEqual([]);
  });
});
