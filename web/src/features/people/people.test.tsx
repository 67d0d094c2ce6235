import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import type { PersonRecord } from '@/api/types';
import { renderPage } from '@/test/renderPage';
import { API, meOf, server } from '@/test/server';
import { PeoplePage } from './PeoplePage';

const records: PersonRecord[] = [
  {
    kind: 'project',
    id: 'p-1',
    name: '固态电池项目',
    jurisdiction: { id: 'j-1', name: '南湖区' },
    contacts: [{ name: '周明', title: '总经理', phone: '13900001111' }],
  },
  {
    kind: 'claim',
    id: 'c-1',
    name: '储能项目',
    jurisdiction: { id: 'j-2', name: '秀洲区' },
    contacts: [],
    referrer: '周明',
  },
];

describe('personal data', () => {
  it('is found, and erased from the chosen records with a reason', async () => {
    let kept = records;
    const sent: unknown[] = [];
    server.use(
      http.post(`${API}/personal-data/export`, async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json({ at: `2026-11-20T08:00:0${sent.length}.000Z`, items: kept });
      }),
      http.post(`${API}/personal-data/erase`, async ({ request }) => {
        sent.push(await request.json());
        kept = records.slice(1);
        return HttpResponse.json({ records: 1, persons: 1 });
      }),
    );
    const { user } = await renderPage(
      meOf('coordinator', ['manage-personal-data']),
      '/personal-data',
      '/personal-data',
      <PeoplePage />,
    );
    await user.type(await screen.findByLabelText('姓名、电话或邮箱'), '周明');
    await user.click(screen.getByRole('button', { name: '查询' }));
    expect(await screen.findByRole('heading', { name: '在 2 条记录中找到' })).toBeInTheDocument();
    expect(screen.getByText('13900001111')).toBeInTheDocument();
    expect(screen.getByText('引荐人：周明')).toBeInTheDocument();
    await user.click(screen.getByRole('checkbox', { name: '选择：固态电池项目' }));
    await user.click(screen.getByRole('button', { name: '删除所选（1）' }));
    const dialog = await screen.findByRole('dialog', { name: '删除个人信息' });
    expect(dialog).toHaveTextContent('将从 1 条记录中删除“周明”');
    await user.click(within(dialog).getByRole('button', { name: '确认删除' }));
    expect(await within(dialog).findByText('请写明理由')).toBeInTheDocument();
    await user.type(within(dialog).getByLabelText('理由'), '本人要求');
    await user.click(within(dialog).getByRole('button', { name: '确认删除' }));
    expect(await screen.findByText('已从 1 条记录中删除 1 处')).toBeInTheDocument();
    expect(await screen.findByRole('heading', { name: '在 1 条记录中找到' })).toBeInTheDocument();
    expect(sent).toEqual([
      { value: '周明' },
      { value: '周明', reason: '本人要求', records: ['p-1'] },
      { value: '周明' },
    ]);
  });
});
