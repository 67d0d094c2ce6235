import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { saveDraft } from '@/shared/draft';
import { renderPage } from '@/test/renderPage';
import { answers, meOf, server } from '@/test/server';
import { HomePage } from './HomePage';
import { stillReturned } from './returned';

const TODAY = '2026-11-22';

describe('what came back', () => {
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
  inTalks: 'all',
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
    expect(await within(strip).findByText(/全市 41（2026年10月末）/)).toBeInTheDocument();
    expect(await within(strip).findByText(/本月进 2 · 出 1/)).toBeInTheDocument();
    expect(screen.getByRole('link', { name: '未报完的项目' })).toHaveAttribute('href', '/report');
    expect(screen.getByRole('link', { name: '报送项目' })).toBeInTheDocument();
  });

  it('shows a city that the map does not know as tiles', async () => {
    city();
    await renderPage(meOf('leader', ['read-projects', 'read-claims']), '/', '/', <HomePage />);
    expect(await screen.findByRole('link', { name: /别处：0 个项目/ })).toBeInTheDocument();
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
    expect(screen.queryByRole('link', { name: /政策规则/ })).not.toBeInTheDocument();
  });
});
