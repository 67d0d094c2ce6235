import { describe, expect, it } from 'vitest';
import type { Project } from '@/api/types';
import { fromProject, mergePatch, sameValue, toContacts, toProjectInput } from './projectForm';

describe('what a form sends', () => {
  it('leaves out what was left empty', () => {
    expect(
      toProjectInput({
        name: ' 固态电池 ',
        chain: '  ',
        industryCode: '3841',
        landMu: '120.5',
        jobs: '',
        secret: false,
        totalInvestment: { text: '12.5', power: 8, currency: 'CNY' },
        fixedInvestment: { text: '', power: 8, currency: 'CNY' },
        investors: [{ name: ' 甲公司 ', uscc: '91330400ma2b8xxxxx', country: 'CN', primary: true }],
        contacts: [{}, { name: '王', phone: ' ' }],
      }),
    ).toEqual({
      name: '固态电池',
      industryCode: '3841',
      landMu: 120.5,
      totalInvestment: { amount: 1_250_000_000, currency: 'CNY' },
      investors: [
        {
          name: '甲公司',
          uscc: '91330400MA2B8XXXXX',
          country: 'CN',
          fortune500: false,
          china500: false,
          listed: false,
          centralSoe: false,
          specialised: false,
          primary: true,
        },
      ],
      contacts: [{ name: '王' }],
    });
  });

  it('takes a contact row for a contact as soon as it holds anything', () => {
    expect(
      toContacts([
        {},
        { kind: 'visit', occurredOn: '2026-11-11', note: '拜访', files: [{ id: 'f-1', name: 'a.pdf' }] },
      ]),
    ).toEqual([{ kind: 'visit', occurredOn: '2026-11-11', note: '拜访', files: ['f-1'] }]);
    expect(toContacts([{ note: '只有说明' }])).toEqual([{ note: '只有说明' }]);
    expect(toContacts(undefined)).toEqual([]);
  });
});

const project: Project = {
  id: 'p-1',
  code: '2026-000001',
  name: '固态电池',
  stage: 'in-talks',
  owner: { id: 'j-1', name: '南湖区' },
  investors: [
    {
      name: '甲公司',
      country: 'CN',
      fortune500: false,
      china500: false,
      listed: false,
      centralSoe: false,
      specialised: false,
      primary: true,
    },
  ],
  totalInvestment: { amount: 1_234_567_890.12, currency: 'CNY' },
  industryCode: '3841',
  jobs: 80,
  secret: false,
  provincialZone: true,
  stageDates: {},
  version: 1,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
};

describe('named leaders', () => {
  it('are sent for a secret project only', () => {
    expect(toProjectInput({ secret: true, leaders: ['u-1'] }).leaders).toEqual(['u-1']);
    expect(toProjectInput({ secret: true, leaders: [] })).not.toHaveProperty('leaders');
    expect(toProjectInput({ leaders: ['u-1'] })).not.toHaveProperty('leaders');
  });
});

describe('editing', () => {
  it('sends nothing for a form that was opened and saved', () => {
    const before = toProjectInput(fromProject(project, [8, 4, 0]));
    expect(mergePatch(before, toProjectInput(fromProject(project, [9, 6, 0])))).toEqual({});
  });

  it('sends changed members, and null for those taken away', () => {
    const form = fromProject(project, [8, 4, 0]);
    const before = toProjectInput(form);
    expect(
      mergePatch(
        before,
        toProjectInput({ ...form, name: '固态电池二期', jobs: '', provincialZone: false, chain: '新能源' }),
      ),
    ).toEqual({
      name: '固态电池二期',
      jobs: null,
      provincialZone: null,
      chain: '新能源',
    });
  });

  it('compares by content, not by the order of members', () => {
    expect(sameValue({ a: 1, b: { c: undefined, d: 2 } }, { b: { d: 2 }, a: 1 })).toBe(true);
    expect(sameValue([1, 2], [2, 1])).toBe(false);
    expect(sameValue(undefined, null)).toBe(true);
  });
});
