import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import type { Project } from '@/api/types';
import { renderPage } from '@/test/renderPage';
import { answers, API, meOf, problem, server } from '@/test/server';
import { EditPage } from './EditPage';

const stored: Project = {
  id: 'p-1',
  code: '2026-000001',
  name: '固态电池',
  stage: 'in-talks',
  owner: { id: 'j-1', name: '南湖区' },
  chain: '新能源',
  industryCode: '3841',
  investors: [{ name: '甲公司', country: 'CN', primary: true }],
  totalInvestment: { amount: 1_000_000_000, currency: 'CNY' },
  version: 1,
  allowedActions: ['edit'],
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
};

describe('editing while someone else saves', () => {
  it('loses nothing typed: shows both versions, merges, and saves against the newer one', async () => {
    let current = stored;
    const sent: { ifMatch: string | null; body: unknown }[] = [];
    server.use(
      answers('/industry-classes', { items: [] }),
      http.get(`${API}/projects/p-1`, () =>
        HttpResponse.json({ ...current }, { headers: { ETag: `"${current.version}"` } }),
      ),
      http.patch(`${API}/projects/p-1`, async ({ request }) => {
        const ifMatch = request.headers.get('If-Match');
        sent.push({ ifMatch, body: await request.json() });
        if (ifMatch !== '"2"') {
          current = { ...stored, chain: '储能', jobs: 300, version: 2 };
          return problem('precondition-failed', 412);
        }
        return HttpResponse.json({ ...current });
      }),
    );
    const { user } = await renderPage(meOf('officer', []), '/projects/:id/edit', '/projects/p-1/edit', <EditPage />);
    const chain = await screen.findByLabelText('产业链');
    await user.clear(chain);
    await user.type(chain, '固态电池链');
    await user.click(screen.getByRole('button', { name: '保存修改' }));

    await user.click(await screen.findByRole('radio', { name: /保留我的/ }));
    await user.click(screen.getByRole('button', { name: '按此合并' }));
    expect(screen.getByLabelText('产业链')).toHaveValue('固态电池链');
    expect(screen.getByLabelText('就业人数')).toHaveValue('300');
    await user.click(screen.getByRole('button', { name: '保存修改' }));

    expect(await screen.findByTestId('where')).toHaveTextContent('/projects/p-1');
    expect(sent).toEqual([
      { ifMatch: '"1"', body: { chain: '固态电池链' } },
      { ifMatch: '"2"', body: { chain: '固态电池链' } },
    ]);
  });

  it('is not begun by somebody who may not: the page says so instead', async () => {
    server.use(
      http.get(`${API}/projects/p-1`, () =>
        HttpResponse.json({ ...stored, allowedActions: [] }, { headers: { ETag: '"1"' } }),
      ),
    );
    await renderPage(meOf('leader', []), '/projects/:id/edit', '/projects/p-1/edit', <EditPage />);
    expect(await screen.findByText('您不能修改该项目')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: '保存修改' })).not.toBeInTheDocument();
  });
});
