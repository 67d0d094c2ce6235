import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Project } from '@/api/types';
import { saveDraft } from '@/shared/draft';
import { renderPage } from '@/test/renderPage';
import { answers, meOf, server } from '@/test/server';
import { dueNext, dueProjects, stillReturned } from './due';
import { HomePage } from './HomePage';

const TODAY = '2026-11-22';

const project = (more: Partial<Project>): Project =>
  ({
    id: 'p-1',
    code: '2026-000001',
    name: '固态电池项目',
    stage: 'in-talks',
    owner: { id: 'j-1', name: '南湖区' },
    investors: [],
    secret: false,
    light: 'green',
    flags: [],
    version: 1,
    createdAt: '2026-11-01T00:00:00Z',
    updatedAt: '2026-11-01T00:00:00Z',
    ...more,
  }) as Project;

describe('what is due next', () => {
  it('is a report before all else, then a claim that ends, a plan that has passed, a red light', () => {
    const all = {
      light: 'red',
      plannedSigningOn: '2026-11-01',
      claim: { id: 'c', status: 'active', expiresAt: '2026-11-25T15:59:59.999Z' },
    } as const;
    expect(dueNext(project({ ...all, reportRequired: true }), TODAY)?.kind).toBe('report');
    expect(dueNext(project(all), TODAY)?.kind).toBe('claim');
    expect(dueNext(project({ ...all, claim: null }), TODAY)).toMatchObject({
      kind: 'signing',
      overdue: true,
      on: '2026-11-01',
    });
    expect(dueNext(project({ light: 'red' }), TODAY)).toMatchObject({ kind: 'red', overdue: true });
    expect(dueNext(project({ light: 'yellow' }), TODAY)).toMatchObject({ kind: 'yellow', overdue: false });
    expect(dueNext(project({}), TODAY)).toBeNull();
  });

  it('counts a claim from a week before its last day in the city, a plan from a fortnight before', () => {
    const ending = (expiresAt: string) =>
      dueNext(project({ claim: { id: 'c', status: 'active', expiresAt } }), TODAY)?.kind;
    expect(ending('2026-11-29T15:59:59.999Z')).toBe('claim');
    expect(ending('2026-11-29T16:00:00.000Z')).toBeUndefined();
    expect(dueNext(project({ plannedSigningOn: '2026-12-06' }), TODAY)).toMatchObject({
      kind: 'signing',
      overdue: false,
    });
    expect(dueNext(project({ plannedSigningOn: '2026-12-07' }), TODAY)).toBeNull();
  });

  it('asks for the plan of the stage that is next, and for none while the centre decides', () => {
    expect(dueNext(project({ stage: 'signed', plannedSigningOn: '2026-11-01' }), TODAY)).toBeNull();
    expect(dueNext(project({ stage: 'registered', plannedStartOn: '2026-11-30' }), TODAY)?.kind).toBe('start');
    expect(
      dueNext(
        project({ plannedSigningOn: '2026-11-01', pendingMove: { id: 'm', to: 'signed' } as Project['pendingMove'] }),
        TODAY,
      ),
    ).toBeNull();
  });

  it('comes the most pressing first, then by day', () => {
    const given = [
      project({ id: 'yellow', light: 'yellow' }),
      project({ id: 'late', plannedSigningOn: '2026-11-10' }),
      project({ id: 'none' }),
      project({ id: 'later', plannedSigningOn: '2026-11-20' }),
      project({ id: 'report', reportRequired: true }),
    ];
    expect(dueProjects(given, TODAY).map((each) => each.project.id)).toEqual(['report', 'late', 'later', 'yellow']);
  });

  it('forgets a move that came back once it has been sent in again', () => {
    const moves = [
      { projectId: 'a', status: 'pending' },
      { projectId: 'b', status: 'returned' },
      { projectId: 'a', status: 'returned' },
      { projectId: 'b', status: 'returned' },
    ];
    expect(stillReturned(moves)).toEqual([moves[1]]);
  });
});

const nothing = { items: [], nextCursor: null };
const stages = {
  by: 'stage',
  asOf: TODAY,
  rows: [{ key: 'in-talks', label: '在谈', count: 3, totals: { cny: 1e9, byCurrency: [] } }],
  total: { count: 3, totals: { cny: 1e9, byCurrency: [] } },
  cityInTalks: { asOf: '2026-10-31', count: 41 },
};

function city() {
  server.use(
    answers('/summary', stages),
    answers('/summary/flow', { months: [{ name: '2026-11', stages: [{ stage: 'in-talks', entered: 2, left: 1 }] }] }),
    answers('/claims', nothing),
    answers('/moves', nothing),
    answers('/disputes', nothing),
    answers('/projects', nothing),
    answers('/jurisdictions', {
      items: [
        { id: 'j-1', code: 'nanhu', name: '南湖区', kind: 'district', reports: true, active: true },
        { id: 'j-9', code: 'elsewhere', name: '别处', kind: 'county', reports: true, active: true },
      ],
    }),
    answers('/receipts/verify', { valid: true, checked: 12 }),
    answers('/audit', nothing),
  );
}

describe('the home', () => {
  it('tells an officer how the own lists stand beside the city, and of a draft', async () => {
    city();
    saveDraft('report', 'u-1', { values: { project: { name: '未报完的项目' } } });
    await renderPage(meOf('officer', ['read-projects', 'read-claims', 'report-project']), '/', '/', <HomePage />);
    const strip = (await screen.findByRole('heading', { name: '南湖区的四张清单' })).closest('section') as HTMLElement;
    expect(await within(strip).findByText(/全市 41（2026-10 月末）/)).toBeInTheDocument();
    expect(await within(strip).findByText(/本月进 2 · 出 1/)).toBeInTheDocument();
    expect(screen.getByRole('link', { name: '未报完的项目' })).toHaveAttribute('href', '/report');
    expect(screen.getByRole('link', { name: '报送项目' })).toBeInTheDocument();
  });

  it('shows a city that the map does not know as tiles', async () => {
    city();
    await renderPage(meOf('leader', ['read-projects', 'read-claims']), '/', '/', <HomePage />);
    expect(await screen.findByRole('link', { name: /^别处：0 个项目/ })).toBeInTheDocument();
    expect(document.querySelector('svg.map')).toBeNull();
  });

  it('tells an auditor whether the chain is whole', async () => {
    city();
    await renderPage(
      meOf('auditor', ['read-projects', 'read-claims', 'read-audit', 'verify-receipts']),
      '/',
      '/',
      <HomePage />,
    );
    expect(await screen.findByRole('heading', { name: '回执链完整' })).toBeInTheDocument();
    expect(screen.getByText('已核验全部 12 张回执')).toBeInTheDocument();
  });

  it('leads an administrator to what administrators do, and asks for no project', async () => {
    await renderPage(meOf('admin', ['manage-users', 'manage-keys']), '/', '/', <HomePage />);
    expect(await screen.findByRole('link', { name: /账号管理/ })).toHaveAttribute('href', '/users');
    expect(screen.queryByRole('link', { name: /规则集/ })).not.toBeInTheDocument();
  });
});
