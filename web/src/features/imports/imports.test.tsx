import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Import, ImportRow } from '@/api/types';
import { renderPage } from '@/test/renderPage';
import { answers, API, meOf, server } from '@/test/server';
import { ImportPage } from './ImportPage';
import { ImportsPage } from './ImportsPage';
import { doubled, mappingOf } from './mapping';
import { hold } from './queries';

const me = meOf('coordinator', ['import']);

const done: Import = {
  id: 'i-1',
  fileName: 'register.csv',
  status: 'completed',
  mode: 'rowwise',
  dryRun: true,
  rowsTotal: 3,
  rowsDone: 3,
  rowsAccepted: 2,
  rowsRejected: 1,
  rowsDoubtful: 1,
  columns: [
    { header: '项目名称', field: 'name' },
    { header: '总投资', field: 'totalInvestment' },
    { header: '来源', field: null },
  ],
  notes: [{ code: 'sheet-hidden', message: '工作表“旧表”是隐藏的，未读取' }],
  issueCounts: [
    { code: 'stage-unknown', severity: 'doubt', count: 1 },
    { code: 'name-missing', severity: 'refusal', count: 1 },
  ],
  duplicates: 0,
  matching: 'run',
  version: 1,
  createdBy: { id: 'u-1', name: '中心' },
  createdAt: '2026-11-22T01:00:00Z',
  finishedAt: '2026-11-22T01:00:02Z',
};

const row: ImportRow = {
  rowNumber: 2,
  outcome: 'accepted',
  doubtful: true,
  action: 'create',
  original: { 项目名称: '固态电池项目', 总投资: '5.2亿美元', 来源: 'http://example.com' },
  parsed: { name: '固态电池项目', totalInvestment: { amount: 520_000_000, currency: 'USD' } },
  issues: [
    {
      column: '总投资',
      field: 'totalInvestment',
      code: 'amount-approximate',
      severity: 'doubt',
      message: '金额带“约”字',
      original: '约5.2亿美元',
    },
  ],
  matches: [{ level: 'l2', reasons: ['same-investor'], projectId: 'p-1', projectName: '固态电池一期' }],
};

interface Started {
  file: string;
  dryRun: string;
  mode: string;
  mapping: unknown;
}

function listen(answer: Import): Started[] {
  const started: Started[] = [];
  server.use(
    http.post(`${API}/imports`, async ({ request }) => {
      const text = await request.text();
      const part = (name: string) =>
        new RegExp(
          `name="${name}"(?:; filename="([^"]*)")?[^\\r\\n]*\\r?\\n(?:[^\\r\\n]+\\r?\\n)*\\r?\\n([^\\r\\n]*)`,
        ).exec(text);
      started.push({
        file: part('file')?.[1] ?? '',
        dryRun: part('dryRun')?.[2] ?? '',
        mode: part('mode')?.[2] ?? '',
        mapping: JSON.parse(part('mapping')?.[2] ?? 'null'),
      });
      return HttpResponse.json({ ...answer }, { status: 202 });
    }),
  );
  return started;
}

beforeEach(() => {
  server.use(
    answers('/imports', { items: [done], nextCursor: null } as never),
    answers('/imports/fields', {
      items: [
        { key: 'name', zh: '项目名称', en: 'Name', required: true, aliases: [] },
        { key: 'totalInvestment', zh: '总投资', en: 'Total investment', required: false, aliases: [] },
        { key: 'source', zh: '信息来源', en: 'Source', required: false, aliases: [] },
      ],
    }),
    answers('/imports/i-1', { ...done } as never),
    answers('/imports/i-1/rows', { items: [row], nextCursor: null } as never),
  );
});

describe('the list of imports', () => {
  it('begins with a dry run of the chosen file', async () => {
    const started = listen(done);
    const { user } = await renderPage(me, '/imports', '/imports', <ImportsPage />);
    expect(await screen.findByRole('link', { name: 'register.csv' })).toBeInTheDocument();
    expect(screen.getByRole('button', { name: '开始试运行' })).toBeDisabled();
    await user.upload(screen.getByLabelText('文件'), new File(['项目名称\n甲'], '台账.csv', { type: 'text/csv' }));
    await user.click(screen.getByRole('button', { name: '开始试运行' }));
    expect(await screen.findByTestId('where')).toHaveTextContent('/imports/i-1');
    expect(started).toMatchObject([{ dryRun: 'true', mode: 'rowwise', mapping: null }]);
  });
});

describe('an import', () => {
  it('shows how far it is until it is done', async () => {
    let asked = 0;
    server.use(
      http.get(`${API}/imports/i-1`, () => {
        asked += 1;
        return HttpResponse.json(
          asked < 3 ? { ...done, status: 'running', rowsTotal: 200, rowsDone: 50 * asked } : { ...done },
        );
      }),
    );
    await renderPage(me, '/imports/:id', '/imports/i-1', <ImportPage />);
    expect(await screen.findByText('已处理 50 / 200 行')).toBeInTheDocument();
    expect(screen.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '25');
    expect(await screen.findByText('试运行结果', undefined, { timeout: 5000 })).toBeInTheDocument();
  });

  it('is cancelled while it runs', async () => {
    const running = { ...done, status: 'running', rowsTotal: 200, rowsDone: 50 };
    let cancelled = false;
    server.use(
      http.get(`${API}/imports/i-1`, () =>
        HttpResponse.json(cancelled ? { ...running, status: 'cancelled' } : { ...running }),
      ),
      http.post(`${API}/imports/i-1/cancel`, () => {
        cancelled = true;
        return HttpResponse.json({ ...running, status: 'cancelled' });
      }),
    );
    const { user } = await renderPage(me, '/imports/:id', '/imports/i-1', <ImportPage />);
    await user.click(await screen.findByRole('button', { name: '取消导入' }));
    expect(await screen.findByText('已取消')).toBeInTheDocument();
    expect(screen.queryByRole('progressbar')).not.toBeInTheDocument();
  });

  it('sums up, and sets the original beside what was understood, cell by cell', async () => {
    await renderPage(me, '/imports/:id', '/imports/i-1', <ImportPage />);
    expect(await screen.findByText('阶段不明')).toBeInTheDocument();
    expect(screen.getByText('工作表“旧表”是隐藏的，未读取')).toBeInTheDocument();
    const table = await screen.findByRole('table', { hidden: true });
    const cells = within(table).getByRole('rowheader', { name: '总投资', hidden: true }).closest('tr');
    expect(cells).toHaveTextContent('5.2亿美元5.20 亿美元金额带“约”字');
    expect(cells).toHaveClass('cell-doubt');
    expect(screen.getByText('固态电池一期')).toBeInTheDocument();
  });

  it('asks the server for the rows of an outcome', async () => {
    const asked: string[] = [];
    server.use(
      http.get(`${API}/imports/i-1/rows`, ({ request }) => {
        asked.push(new URL(request.url).searchParams.get('outcome') ?? 'all');
        return HttpResponse.json({ items: [], nextCursor: null });
      }),
    );
    const { user } = await renderPage(me, '/imports/:id', '/imports/i-1', <ImportPage />);
    await screen.findByText('没有这样的行');
    await user.click(screen.getByText('拒绝', { selector: '.ant-segmented-item-label' }));
    await waitFor(() => expect(asked).toEqual(['all', 'rejected']));
  });

  it('runs for real with the file and the mapping of the dry run', async () => {
    hold('i-1', new File(['x'], 'register.csv'));
    const started = listen({ ...done, id: 'i-2', dryRun: false });
    server.use(
      answers('/imports/i-2', { ...done, id: 'i-2', dryRun: false } as never),
      answers('/imports/i-2/rows', { items: [], nextCursor: null }),
    );
    const { user } = await renderPage(me, '/imports/:id', '/imports/i-1', <ImportPage />);
    await user.click(await screen.findByRole('button', { name: '正式导入' }));
    expect(await screen.findByText('导入结果')).toBeInTheDocument();
    expect(started).toMatchObject([
      { dryRun: 'false', mapping: { 项目名称: 'name', 总投资: 'totalInvestment', 来源: '' } },
    ]);
  });

  it('wants another dry run once a column means something else', async () => {
    hold('i-1', new File(['x'], 'register.csv'));
    const started = listen(done);
    const { user } = await renderPage(me, '/imports/:id', '/imports/i-1', <ImportPage />);
    await user.click(await screen.findByLabelText('来源'));
    await user.click(await screen.findByText('信息来源', { selector: '.ant-select-item-option-content' }));
    expect(screen.getByRole('button', { name: '正式导入' })).toBeDisabled();
    await user.click(screen.getByRole('button', { name: '再试运行一次' }));
    await waitFor(() => expect(started).toMatchObject([{ dryRun: 'true', mapping: { 来源: 'source' } }]));
  });
});

describe('a mapping', () => {
  it('names every column, and sees a field given twice', () => {
    expect(mappingOf(done)).toEqual({ 项目名称: 'name', 总投资: 'totalInvestment', 来源: '' });
    expect(doubled({ a: 'name', b: 'name', c: '', d: '' })).toEqual(['name']);
  });
});
