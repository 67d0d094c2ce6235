import { describe, expect, it } from 'vitest';
import type { PastedRow } from '@/api/types';
import { filledFields, pasteInto } from './paste';

const powers = [8, 4, 0] as const;
const row = (more: Partial<PastedRow>): PastedRow =>
  ({ project: {}, issues: [], unread: [], headers: true, rows: 1, ...more }) as unknown as PastedRow;

describe('a pasted row', () => {
  it('fills what it says and leaves what was typed', () => {
    const filled = pasteInto(
      {
        project: { name: '旧名', chain: '氢能', investors: [{ name: '', country: 'CN', primary: true }] },
        contacts: [{ note: '已写' }],
      },
      row({
        project: {
          name: '固态电池项目',
          totalInvestment: { amount: 1_250_000_000, currency: 'CNY' },
          investors: [{ name: '甲公司', country: 'ZZ', primary: true }],
        } as PastedRow['project'],
      }),
      powers,
    );
    expect(filled.project.name).toBe('固态电池项目');
    expect(filled.project.chain).toBe('氢能');
    expect(filled.project.totalInvestment).toEqual({ text: '12.5', power: 8, currency: 'CNY' });
    expect(filled.project.investors).toEqual([{ name: '甲公司', country: 'CN', primary: true }]);
    expect(filled.contacts).toEqual([{ note: '已写' }]);
  });

  it('leaves the investors alone when it names none', () => {
    const investors = [{ name: '乙公司', country: 'DE', primary: true }];
    expect(
      pasteInto({ project: { investors } }, row({ project: { name: '甲' } as PastedRow['project'] }), powers).project
        .investors,
    ).toEqual(investors);
  });

  it('puts its contact into the first record, beside what is there', () => {
    const filled = pasteInto(
      { contacts: [{ files: [] }, { note: '第二次' }] },
      row({ contact: { kind: 'visit', occurredOn: '2026-04-20', note: '赴总部' } }),
      powers,
    );
    expect(filled.contacts).toEqual([
      { files: [], kind: 'visit', occurredOn: '2026-04-20', note: '赴总部' },
      { note: '第二次' },
    ]);
  });

  it('tells what was taken, and not what is empty', () => {
    expect(
      filledFields(row({ project: { name: '甲', secret: false, investors: [] } as unknown as PastedRow['project'] })),
    ).toEqual([['name', '甲']]);
  });
});
