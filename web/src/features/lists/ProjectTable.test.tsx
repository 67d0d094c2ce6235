import { act, screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { renderPage } from '@/test/renderPage';
import { answers, API, meOf, server } from '@/test/server';
import { ListsPage } from './ListsPage';

const me = meOf('officer', ['export-projects']);
const project = (n: number) => ({
  id: `p-${n}`,
  code: `2026-${n}`,
  name: `项目${n}`,
  stage: 'in-talks',
  owner: { id: 'j-1', name: '南湖区' },
  firstTalk: null,
  investors: [],
  claim: null,
  version: 1,
  updatedAt: '2026-11-20T00:00:00Z',
});
const asked: URLSearchParams[] = [];

beforeEach(() => {
  asked.length = 0;
  server.use(
    answers('/jurisdictions', { items: [] }),
    answers('/industry-classes', { items: [] }),
    answers('/views', { items: [], nextCursor: null }),
    http.get(`${API}/projects`, ({ request }) => {
      const query = new URL(request.url).searchParams;
      if (query.get('limit') === '1') return HttpResponse.json({ items: [], nextCursor: null, total: 7 });
      asked.push(query);
      const from = query.get('cursor') ? 200 : 0;
      return HttpResponse.json({
        items: Array.from({ length: from ? 40 : 200 }, (_, i) => project(from + i)),
        nextCursor: from ? null : 'c-2',
        total: from ? undefined : 240,
      });
    }),
  );
});

async function open(at = '/lists?view=table') {
  const page = await renderPage(me, '/lists', at, <ListsPage />);
  await screen.findByText('共 240 个项目');
  return page;
}

// Rows are drawn where there is room for them: the browser's story tells of those.
describe('the table', () => {
  it('marks the order that it asks the server for', async () => {
    await open();
    expect(asked[0]?.get('sort')).toBe('-createdAt');
    expect(await screen.findByRole('columnheader', { name: '登记时间' })).toHaveAttribute('aria-sort', 'descending');
    expect(screen.getByRole('columnheader', { name: '更新时间' })).toHaveAttribute('aria-sort', 'none');
  });

  it('shows the columns that the address names, in their order', async () => {
    await open('/lists?view=table&columns=*name,owner,stage');
    expect((await screen.findAllByRole('columnheader')).map((each) => each.textContent).filter(Boolean)).toEqual([
      '序号',
      '项目名称',
      '归属单位',
      '阶段',
    ]);
  });

  it('loses no column of those chosen faster than the address follows', async () => {
    const { user, router } = await open('/lists?view=table&columns=*name,owner,stage');
    await user.click(screen.getByRole('button', { name: '列' }));
    const [owner, stage] = [
      await screen.findByRole('checkbox', { name: '归属单位' }),
      screen.getByRole('checkbox', { name: '阶段' }),
    ];
    act(() => {
      owner.click();
      stage.click();
    });
    await screen.findByRole('columnheader', { name: '项目名称' });
    expect(router.state.location.search).toBe('?view=table&columns=*name');
  });

  it('keeps the view, the order and the columns when the filters are cleared', async () => {
    server.use(
      http.get(`${API}/projects`, ({ request }) =>
        HttpResponse.json(
          new URL(request.url).searchParams.get('q')
            ? { items: [], nextCursor: null, total: 0 }
            : { items: [project(1)], nextCursor: null, total: 1 },
        ),
      ),
    );
    const { user, router } = await renderPage(
      me,
      '/lists',
      '/lists?view=table&q=%E7%94%B5%E6%B1%A0&sort=name&columns=*name',
      <ListsPage />,
    );
    await user.click((await screen.findAllByRole('button', { name: '清除筛选' }))[0] as HTMLElement);
    expect(await screen.findByText('共 1 个项目')).toBeInTheDocument();
    expect(router.state.location.search).toBe('?view=table&sort=name&columns=*name');
  });
});
