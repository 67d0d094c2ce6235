import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Import, ImportRow } from '@/api/types';
import { renderPage } from '@/test/renderPage';
import { answers, API, meOf, problem, server } from '@/test/server';
import { ImportPage } from './ImportPage';
import { ImportsPage } from './ImportsPage';
import { doubled, mappingOf } from './mapping';

const me = meOf('coordinator', ['import', 'edit-project']);

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
  rows: 'all',
  rowsHeldBack: 0,
  rowsDoubtful: 1,
  columns: [
    { header: '项目名称', field: 'name' },
    { header: '总投资', field: 'totalInvestment' },
    { header: '来源', field: null, samples: ['http://example.com'] },
  ],
  pendingCorrections: 0,
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
}

/** Listens to what is posted to a path, as JSON. */
function listenTo(path: string, answer: object): unknown[] {
  const posted: unknown[] = [];
  server.use(
    http.post(API + path, async ({ request }) => {
      posted.push(await request.json());
      return HttpResponse.json({ ...answer });
    }),
  );
  return posted;
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
      });
      return HttpResponse.json({ ...answer }, { status: 202 });
    }),
  );
  return started;
}

beforeEach(() => {
  // Nothing is laid out here, and a sheet draws what is in sight.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(600);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(1200);
  server.use(
    // What is done is not among what one may go on with.
    http.get(`${API}/imports`, ({ request }) =>
      HttpResponse.json({
        items: new URL(request.url).searchParams.has('unfinished') ? [] : [done],
        nextCursor: null,
      }),
    ),
    answers('/imports/fields', {
      items: [
        { key: 'name', zh: '项目名称', en: 'Name', required: true, aliases: [] },
        { key: 'totalInvestment', zh: '总投资', en: 'Total investment', required: false, aliases: [] },
        { key: 'source', zh: '信息来源', en: 'Source', required: false, aliases: [] },
      ],
    }),
    answers('/imports/i-1', { ...done } as never),
    answers('/imports/i-1/rows', { items: [row], nextCursor: null } as never),
    http.get(`${API}/imports`, ({ request }) =>
      HttpResponse.json({
        items: new URL(request.url).searchParams.get('unfinished') ? [] : [{ ...done }],
        nextCursor: null,
      }),
    ),
  );
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe('the list of imports', () => {
  it('begins with a dry run as soon as a file is chosen', async () => {
    const started = listen(done);
    const { user } = await renderPage(me, '/imports', '/imports', <ImportsPage />);
    expect(await screen.findByRole('link', { name: 'register.csv' })).toBeInTheDocument();
    expect(screen.getByRole('button', { name: '开始预检' })).toBeDisabled();
    await user.upload(screen.getByLabelText('文件'), new File(['项目名称\n甲'], '台账.csv', { type: 'text/csv' }));
    expect(await screen.findByTestId('where')).toHaveTextContent('/imports/i-1');
    expect(started).toMatchObject([{ dryRun: 'true', mode: 'rowwise' }]);
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
    expect(await screen.findByText('预检结果', undefined, { timeout: 5000 })).toBeInTheDocument();
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
    server.use(answers('/imports/i-1', { ...done, dryRun: false } as never));
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
    server.use(answers('/imports/i-1', { ...done, dryRun: false } as never));
    const { user } = await renderPage(me, '/imports/:id', '/imports/i-1', <ImportPage />);
    await screen.findByText('没有这样的行');
    await user.click(screen.getByText('拒绝', { selector: '.ant-segmented-item-label' }));
    await waitFor(() => expect(asked.slice(-1)).toEqual(['rejected']));
  });

  it('is taken over with the mapping of the dry run, without the file', async () => {
    const posted = listenTo('/imports/i-1/rerun', { ...done, id: 'i-2', dryRun: false });
    server.use(
      answers('/imports/i-2', { ...done, id: 'i-2', dryRun: false } as never),
      answers('/imports/i-2/rows', { items: [], nextCursor: null }),
    );
    const { user } = await renderPage(me, '/imports/:id', '/imports/i-1', <ImportPage />);
    await user.click(await screen.findByRole('button', { name: '正式导入' }));
    expect(await screen.findByText(/将导入 2 行，其中存疑 1 行/)).toBeInTheDocument();
    expect(posted).toEqual([]);
    await user.click(await screen.findByRole('button', { name: '确认导入' }));
    expect(await screen.findByText('导入结果')).toBeInTheDocument();
    const mapping = { 项目名称: 'name', 总投资: 'totalInvestment', 来源: '' };
    expect(posted).toEqual([{ dryRun: false, mapping, rows: 'all' }]);
  });

  it('is taken over without the rows that are doubtful', async () => {
    const posted = listenTo('/imports/i-1/rerun', { ...done, id: 'i-2', dryRun: false });
    server.use(
      answers('/imports/i-2', { ...done, id: 'i-2', dryRun: false, rowsHeldBack: 1 } as never),
      answers('/imports/i-2/rows', { items: [], nextCursor: null }),
    );
    const { user } = await renderPage(me, '/imports/:id', '/imports/i-1', <ImportPage />);
    await user.click(await screen.findByRole('button', { name: '仅导入无疑问的 1 行（暂缓 1 行）' }));
    await user.click(await screen.findByRole('button', { name: '确认导入' }));
    expect(await screen.findByRole('button', { name: '处理暂缓的 1 行' })).toBeInTheDocument();
    expect((posted[0] as { rows: string }).rows).toBe('undoubted');
  });

  it('is undone with a reason, after it was said what that does', async () => {
    const stored = { ...done, dryRun: false };
    const undone = { by: { id: 'u-1', name: '中心' }, at: '2026-05-04T01:00:00Z', reason: '传错了' };
    const posted = listenTo('/imports/i-1/undo', { ...stored, undone });
    server.use(
      answers('/imports/i-1', stored as never),
      answers('/imports/i-1/rows', { items: [], nextCursor: null }),
      answers('/imports/i-1/undo', {
        possible: true,
        projects: 2,
        reports: 0,
        updates: 1,
        tooMany: false,
        builtOn: [],
        builtOnTotal: 0,
      } as never),
    );
    const { user } = await renderPage(me, '/imports/:id', '/imports/i-1', <ImportPage />);
    await user.click(await screen.findByRole('button', { name: '查看能否撤销' }));
    const would = await screen.findAllByText(/将移出 2 个项目，撤回或释放 0 件首报，恢复 1 处/);
    expect(would[0]).toBeVisible();
    await user.click(screen.getByRole('button', { name: '撤销导入' }));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByRole('textbox'), '传错了');
    await user.click(within(dialog).getByRole('button', { name: '撤销导入' }));
    await waitFor(() => expect(posted).toEqual([{ reason: '传错了' }]));
    expect(await screen.findByText(/该导入已由中心撤销/)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: '查看能否撤销' })).not.toBeInTheDocument();
  });

  it('names what stands against its being undone', async () => {
    server.use(
      answers('/imports/i-1', { ...done, dryRun: false } as never),
      answers('/imports/i-1/rows', { items: [], nextCursor: null }),
      answers('/imports/i-1/undo', {
        possible: false,
        projects: 2,
        reports: 0,
        updates: 0,
        tooMany: false,
        builtOn: [{ projectId: 'p-1', projectCode: '2026-000001', name: '电池工厂', by: ['edit', 'capital'] }],
        builtOnTotal: 3,
      } as never),
    );
    const { user } = await renderPage(me, '/imports/:id', '/imports/i-1', <ImportPage />);
    await user.click(await screen.findByRole('button', { name: '查看能否撤销' }));
    expect(await screen.findByRole('link', { name: '电池工厂' })).toHaveAttribute('href', '/projects/p-1');
    expect(screen.getByText('到位资金')).toBeInTheDocument();
    expect(screen.getByText('另有 2 项未列出。')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: '撤销导入' })).not.toBeInTheDocument();
  });

  it('says when the text of its rows was removed, by which rule set, and is not gone on with', async () => {
    const removed = { at: '2027-05-05T01:00:00.000Z', ruleSetId: 'r-9', ruleSetName: '保留一年' };
    server.use(answers('/imports/i-1', { ...done, rowsRemoved: removed, fileRemoved: removed } as never));
    await renderPage(me, '/imports/:id', '/imports/i-1', <ImportPage />);
    expect(await screen.findByText(/各行内容已按规则集“保留一年”清除/)).toHaveTextContent('2027');
    expect(screen.getByText(/导入文件已按规则集“保留一年”清除/)).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: '正式导入' })).toBeNull();
  });

  it('wants another dry run once a column means something else', async () => {
    const posted = listenTo('/imports/i-1/rerun', done);
    const { user } = await renderPage(me, '/imports/:id', '/imports/i-1', <ImportPage />);
    expect(await screen.findByText('http://example.com')).toBeInTheDocument();
    await user.click(await screen.findByLabelText('来源'));
    await user.click(await screen.findByText('信息来源', { selector: '.ant-select-item-option-content' }));
    expect(screen.getByRole('button', { name: '正式导入' })).toBeDisabled();
    await user.click(screen.getByRole('button', { name: '再预检一次' }));
    await waitFor(() => expect(posted).toMatchObject([{ dryRun: true, mapping: { 来源: 'source' } }]));
  });

  it('is shown as left: with its corrections, which are judged before it is taken over', async () => {
    server.use(
      answers('/imports/i-1', { ...done, pendingCorrections: 1 } as never),
      answers('/imports/i-1/rows', {
        items: [{ ...row, corrections: [{ column: '总投资', text: '6亿美元' }] }],
        nextCursor: null,
      } as never),
    );
    const { user } = await renderPage(me, '/imports/:id', '/imports/i-1', <ImportPage />);
    expect(await screen.findByRole('gridcell', { name: /6亿美元/ })).toBeInTheDocument();
    expect(screen.getByText('有 1 格更正还没有重新判断，请先再预检一次。')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: '正式导入' })).toBeDisabled();
    await user.click(screen.getByRole('gridcell', { name: /6亿美元/ }));
    expect(screen.getByText('更正为')).toBeInTheDocument();
  });

  it('keeps each correction with the server, undoes it and does it again', async () => {
    const posted = listenTo('/imports/i-1/corrections', done);
    const { user } = await renderPage(me, '/imports/:id', '/imports/i-1', <ImportPage />);
    await user.click(await screen.findByRole('gridcell', { name: /5.2亿美元/ }));
    await user.keyboard('6亿美元{Enter}');
    await waitFor(() => expect(posted).toEqual([{ items: [{ rowNumber: 2, column: '总投资', text: '6亿美元' }] }]));
    await user.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(posted[1]).toEqual({ items: [{ rowNumber: 2, column: '总投资' }] }));
    await user.keyboard('{Control>}y{/Control}');
    await waitFor(() => expect(posted).toHaveLength(3));
    expect(screen.getByRole('gridcell', { name: /6亿美元/ })).toBeInTheDocument();
  });

  it('says so when a correction could not be kept, and keeps trying when asked', async () => {
    server.use(http.post(`${API}/imports/i-1/corrections`, () => problem('database-unavailable', 503)));
    const { user } = await renderPage(me, '/imports/:id', '/imports/i-1', <ImportPage />);
    await user.click(await screen.findByRole('gridcell', { name: /5.2亿美元/ }));
    await user.keyboard('6亿美元{Enter}');
    expect(await screen.findByText('更正还没有保存')).toBeInTheDocument();
    const posted = listenTo('/imports/i-1/corrections', done);
    await user.click(screen.getByRole('button', { name: '重试' }));
    await waitFor(() => expect(posted).toEqual([{ items: [{ rowNumber: 2, column: '总投资', text: '6亿美元' }] }]));
    expect(screen.queryByText('更正还没有保存')).not.toBeInTheDocument();
  });

  it('that went on elsewhere can only be read', async () => {
    server.use(answers('/imports/i-1', { ...done, continuedBy: 'i-2' } as never));
    const { user } = await renderPage(me, '/imports/:id', '/imports/i-1', <ImportPage />);
    expect(await screen.findByRole('link', { name: '打开后一次导入' })).toHaveAttribute('href', '/imports/i-2');
    expect(screen.queryByRole('button', { name: '正式导入' })).not.toBeInTheDocument();
    await user.click(await screen.findByRole('gridcell', { name: /5.2亿美元/ }));
    await user.keyboard('6');
    expect(screen.getByRole('gridcell', { name: /5.2亿美元/ })).toBeInTheDocument();
  });
});

describe('proposed updates', () => {
  const proposing: ImportRow = {
    ...row,
    doubtful: false,
    issues: [],
    matches: [],
    action: 'update-proposed',
    projectId: 'p-1',
    changes: { chain: { from: '光电', to: '氢能' } },
    acceptable: ['chain'],
  };

  beforeEach(() =>
    server.use(
      answers('/imports/i-1', { ...done, dryRun: false } as never),
      answers('/imports/i-1/rows', { items: [proposing], nextCursor: null, total: 1 } as never),
    ),
  );

  it('are accepted one by one', async () => {
    const posted = listenTo('/imports/i-1/decisions', { items: [{ rowNumber: 2, status: 200 }] });
    const { user } = await renderPage(me, '/imports/:id', '/imports/i-1', <ImportPage />);
    await user.click(await screen.findByRole('button', { name: '采纳' }));
    await waitFor(() => expect(posted).toEqual([{ items: [{ rowNumber: 2, decision: 'accept' }] }]));
  });

  it('are declined together, and each refusal stands at its row', async () => {
    const posted = listenTo('/imports/i-1/decisions', {
      items: [{ rowNumber: 2, status: 409, problem: { type: '/problems/update-decided', detail: '已经处理过' } }],
    });
    const { user } = await renderPage(me, '/imports/:id', '/imports/i-1', <ImportPage />);
    await user.click(await screen.findByRole('checkbox', { name: '全选' }));
    await user.click(screen.getByRole('button', { name: '不采纳所选（1）' }));
    expect(await screen.findByText('已经处理过')).toBeInTheDocument();
    expect(posted).toEqual([{ items: [{ rowNumber: 2, decision: 'decline' }] }]);
  });
});

describe('what one left', () => {
  it('is listed to go on with, or set aside', async () => {
    server.use(
      http.get(`${API}/imports`, ({ request }) =>
        HttpResponse.json({
          items: new URL(request.url).searchParams.get('unfinished')
            ? [{ ...done, id: 'i-9', fileName: '半截.xlsx', pendingCorrections: 4 }]
            : [],
          nextCursor: null,
        }),
      ),
    );
    let dismissed = '';
    server.use(
      http.post(`${API}/imports/:id/dismiss`, ({ params }) => {
        dismissed = String(params.id);
        return HttpResponse.json({ ...done });
      }),
    );
    const { user } = await renderPage(me, '/imports', '/imports', <ImportsPage />);
    expect(await screen.findByRole('link', { name: '半截.xlsx' })).toHaveAttribute('href', '/imports/i-9');
    expect(screen.getByText(/4 格更正待判断/)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: '不再继续：半截.xlsx' }));
    await waitFor(() => expect(dismissed).toBe('i-9'));
  });
});

describe('a mapping', () => {
  it('names every column, and sees a field given twice in one table', () => {
    expect(mappingOf(done)).toEqual({ 项目名称: 'name', 总投资: 'totalInvestment', 来源: '' });
    expect(doubled({ a: 'name', b: 'name', c: '', d: '' }, [])).toEqual(['name']);
    const table = (...columns: string[]) => ({ original: Object.fromEntries(columns.map((each) => [each, ''])) });
    expect(doubled({ a: 'name', b: 'name' }, [table('a'), table('b')])).toEqual([]);
    expect(doubled({ a: 'name', b: 'name' }, [table('a', 'b')])).toEqual(['name']);
  });
});
