import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import type { ApiKey } from '@/api/types';
import { renderPage } from '@/test/renderPage';
import { answers, API, meOf, server } from '@/test/server';
import { KeysPage } from './KeysPage';
import { UnitKeysPage } from './UnitKeysPage';

const key: ApiKey = {
  id: 'k-1',
  name: '政务数据平台',
  hint: 'ppl_abcdefgh',
  scopes: ['projects:read'],
  jurisdiction: null,
  waiting: false,
  createdBy: { id: 'u-1', name: '管理员' },
  createdAt: '2026-11-20T08:00:00.000Z',
  version: 1,
};

async function open(keys: ApiKey[]) {
  server.use(
    answers('/api-keys', { items: keys, nextCursor: null } as never),
    answers('/api-keys/k-1', key as never, { ETag: '"1-abc"' }),
    answers('/jurisdictions', { items: [], nextCursor: null }),
  );
  return renderPage(meOf('admin', ['manage-keys']), '/api-keys', '/api-keys', <KeysPage />);
}

describe('an API key', () => {
  it('is made with what was ticked, and its secret shown once', async () => {
    const { user } = await open([]);
    const sent: unknown[] = [];
    server.use(
      http.post(`${API}/api-keys`, async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json({ ...key, secret: 'ppl_abcdefgh-and-the-rest' }, { status: 201 });
      }),
    );
    await user.click(await screen.findByRole('button', { name: '新建密钥' }));
    const dialog = await screen.findByRole('dialog', { name: '新建密钥' });
    await user.type(within(dialog).getByLabelText('名称'), '政务数据平台');
    await user.click(within(dialog).getByRole('checkbox', { name: /claims:write/ }));
    await user.click(within(dialog).getByRole('button', { name: '新建密钥' }));
    expect(await within(dialog).findByText('所选权限须代表一个单位')).toBeInTheDocument();
    await user.click(within(dialog).getByRole('checkbox', { name: /claims:write/ }));
    await user.click(within(dialog).getByRole('checkbox', { name: /projects:read/ }));
    await user.type(within(dialog).getByLabelText('到期日期'), '2027-01-31{Enter}');
    await user.click(within(dialog).getByRole('button', { name: '新建密钥' }));
    expect(await screen.findByLabelText('密钥')).toHaveValue('ppl_abcdefgh-and-the-rest');
    expect((screen.getByLabelText('调用示例') as HTMLTextAreaElement).value).toContain(
      'Bearer ppl_abcdefgh-and-the-rest',
    );
    // The day ends in Shanghai.
    expect(sent).toEqual([{ name: '政务数据平台', scopes: ['projects:read'], expiresAt: '2027-01-31T15:59:59.999Z' }]);
    await user.click(screen.getByRole('button', { name: '我已保存' }));
    await waitFor(() => expect(screen.queryByText(/and-the-rest/)).not.toBeInTheDocument());
    expect(screen.queryByDisplayValue(/and-the-rest/)).not.toBeInTheDocument();
  });

  it('is rotated with the overlap chosen, for the version that was read', async () => {
    const { user } = await open([key]);
    const sent: unknown[] = [];
    server.use(
      http.post(`${API}/api-keys/k-1/rotate`, async ({ request }) => {
        sent.push({ ifMatch: request.headers.get('If-Match'), body: await request.json() });
        return HttpResponse.json({ ...key, secret: 'ppl_new' });
      }),
    );
    await user.click(await screen.findByRole('button', { name: '对密钥“政务数据平台”的操作' }));
    await user.click(await screen.findByRole('menuitem', { name: '更换密钥' }));
    const dialog = await screen.findByRole('dialog', { name: '更换密钥：政务数据平台' });
    await user.click(within(dialog).getByRole('radio', { name: '再用 30 天' }));
    await waitFor(() => expect(within(dialog).getByRole('button', { name: '生成新密钥' })).toBeEnabled());
    await user.click(within(dialog).getByRole('button', { name: '生成新密钥' }));
    expect(await screen.findByLabelText('密钥')).toHaveValue('ppl_new');
    expect(sent).toEqual([{ ifMatch: '"1-abc"', body: { overlap: 'P30D' } }]);
  });
});

describe('a key that acts for a unit', () => {
  it('is confirmed by the unit in the version it was read in', async () => {
    const waiting = { ...key, waiting: true, jurisdiction: { id: 'j-1', code: 'nanhu', name: '南湖区' } };
    let keys = [waiting];
    const sent: (string | null)[] = [];
    server.use(
      http.get(`${API}/unit-keys`, () => HttpResponse.json({ items: keys, nextCursor: null })),
      answers('/unit-keys/k-1', waiting as never, { ETag: '"3-abc"' }),
      answers('/jurisdictions', { items: [], nextCursor: null }),
      http.post(`${API}/unit-keys/k-1/confirm`, ({ request }) => {
        sent.push(request.headers.get('If-Match'));
        keys = [{ ...waiting, waiting: false }];
        return HttpResponse.json(keys[0]);
      }),
    );
    const { user } = await renderPage(meOf('officer', ['confirm-keys']), '/unit-keys', '/unit-keys', <UnitKeysPage />);
    expect(await screen.findByText('待单位确认')).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: '确认密钥“政务数据平台”' }));
    expect(await screen.findByText('有效')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: /确认密钥/ })).not.toBeInTheDocument();
    expect(sent).toEqual(['"3-abc"']);
  });
});
