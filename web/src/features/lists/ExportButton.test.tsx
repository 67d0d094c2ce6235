import { screen, waitFor } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { renderPage } from '@/test/renderPage';
import { answers, API, meOf, problem, server } from '@/test/server';
import { ListsPage } from './ListsPage';

const me = meOf('officer', ['report-project', 'export-projects']);
const FILTERED =
  '/lists?view=table&stage=signed&jurisdiction=j-1&industry=38&min=100000000&q=%E7%94%B5%E6%B1%A0&light=red&sort=-name&columns=name,total-investment';
const saved: { name: string; content: Promise<string> }[] = [];

beforeEach(() => {
  server.use(
    answers('/projects', { items: [], nextCursor: null }),
    answers('/jurisdictions', { items: [] }),
    answers('/industry-classes', { items: [] }),
    answers('/views', { items: [], nextCursor: null }),
  );
  saved.length = 0;
  let last: Blob;
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    last = blob as Blob;
    return 'blob:file';
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
    saved.push({ name: this.download, content: last.text() });
  });
});

afterEach(() => vi.restoreAllMocks());

async function choose(format: RegExp, at = FILTERED, caller = me) {
  const { user } = await renderPage(caller, '/lists', at, <ListsPage />);
  await user.click(await screen.findByRole('button', { name: '其他格式：导出' }));
  await user.click(await screen.findByText(format));
}

describe('the export', () => {
  it('asks for what is shown, says how much has come, and saves it under its name', async () => {
    let asked = '';
    let finish = () => {};
    server.use(
      http.get(`${API}/exports/projects.xlsx`, ({ request }) => {
        asked = new URL(request.url).search;
        const stream = new ReadableStream<Uint8Array>({
          start(controller) {
            controller.enqueue(new TextEncoder().encode('x'.repeat(2048)));
            finish = () => {
              controller.enqueue(new TextEncoder().encode('end'));
              controller.close();
            };
          },
        });
        return new HttpResponse(stream, {
          headers: {
            'Content-Disposition':
              "attachment; filename=projects-2026-11-22.xlsx; filename*=UTF-8''%E9%A1%B9%E7%9B%AE-2026-11-22.xlsx",
          },
        });
      }),
    );
    await choose(/\.xlsx/);
    expect(await screen.findByText('正在导出 2 KB')).toBeInTheDocument();
    expect(saved).toEqual([]);
    finish();
    await waitFor(() => expect(saved).toHaveLength(1));
    expect(saved[0]?.name).toBe('项目-2026-11-22.xlsx');
    expect(await saved[0]?.content).toBe(`${'x'.repeat(2048)}end`);
    expect(Object.fromEntries(new URLSearchParams(asked))).toEqual({
      stage: 'signed',
      jurisdictionId: 'j-1',
      industry: '38',
      minAmount: '100000000',
      q: '电池',
      idle: 'red',
      sort: '-name',
      columns: 'name,total-investment,currency',
    });
    expect(await screen.findByRole('button', { name: '导出' })).toBeEnabled();
  });

  it('says why there is no file', async () => {
    server.use(http.get(`${API}/exports/projects.csv`, () => problem('validation-failed', 400, { title: '填写有误' })));
    await choose(/\.csv/);
    expect(await screen.findByText('导出失败：填写有误')).toBeInTheDocument();
    expect(saved).toEqual([]);
  });

  it('saves nothing of a file that broke off', async () => {
    server.use(
      http.get(
        `${API}/exports/projects.csv`,
        () =>
          new HttpResponse(
            new ReadableStream<Uint8Array>({
              start(controller) {
                controller.enqueue(new TextEncoder().encode('half'));
                controller.error(new Error('connection lost'));
              },
            }),
          ),
      ),
    );
    await choose(/\.csv/);
    expect(await screen.findByText('导出失败：连接不上服务器')).toBeInTheDocument();
    expect(saved).toEqual([]);
  });

  it.each([
    ['of a past month', '/lists?view=table&month=2026-10', me],
    ['of the board', '/lists?view=board', me],
    ['without the right', '/lists?view=table', meOf('admin', ['report-project'])],
  ])('is not offered %s', async (_, at, caller) => {
    server.use(
      http.get(`${API}/lists/:stage`, () =>
        HttpResponse.json({ items: [], nextCursor: null, count: 0, totals: { cny: 0, byCurrency: [] } }),
      ),
    );
    await renderPage(caller, '/lists', at, <ListsPage />);
    await screen.findByRole('link', { name: '报送项目' }); // the rights are known by now
    expect(screen.queryByRole('button', { name: '导出' })).not.toBeInTheDocument();
  });
});
