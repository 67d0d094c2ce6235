import { screen, waitFor, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import type { UserAccount } from '@/api/types';
import { renderPage } from '@/test/renderPage';
import { answers, API, meOf, problem, server } from '@/test/server';
import { UsersPage } from './UsersPage';

const me = meOf('admin', ['manage-users']);
const units = [
  {
    id: 'j-1',
    code: 'nanhu',
    name: '南湖区',
    kind: 'district',
    reports: true,
    active: true,
    provincialZone: false,
    aliases: [],
    version: 1,
  },
  {
    id: 'j-2',
    code: 'fgw',
    name: '市发改委',
    kind: 'department',
    reports: false,
    active: true,
    provincialZone: false,
    aliases: [],
    version: 1,
  },
];
const account: UserAccount = {
  id: 'u-9',
  username: 'shen',
  displayName: '沈晓红',
  role: 'officer',
  jurisdiction: { id: 'j-1', code: 'nanhu', name: '南湖区' },
  active: true,
  hasPassword: true,
  mustChangePassword: false,
  secondFactor: false,
  singleSignOn: false,
  createdAt: '2026-11-20T08:00:00.000Z',
  version: 3,
};

function open(at = '/users') {
  server.use(
    answers('/jurisdictions', { items: units, nextCursor: null }),
    answers('/users', { items: [account], nextCursor: null } as never),
    answers('/users/u-9', account as never, { ETag: '"3-abc"' }),
    answers('/users/u-9/sessions', { items: [], nextCursor: null }),
  );
  return renderPage(me, '/users', at, <UsersPage />);
}

/** The dialog over the drawer; ids, and so names, are all alike in tests. */
async function overTheDrawer() {
  await waitFor(() => expect(screen.getAllByRole('dialog')).toHaveLength(2));
  return screen.getAllByRole('dialog')[1] as HTMLElement;
}

describe('a new account', () => {
  it('of an officer needs a unit that reports, and comes with a link shown once', async () => {
    const { user } = await open();
    const sent: unknown[] = [];
    server.use(
      http.post(`${API}/users`, async ({ request }) => {
        const body = await request.json();
        sent.push(body);
        return sent.length === 1
          ? problem('duplicate-code', 409, {
              title: '已存在',
              errors: { username: [{ code: 'taken', message: '已被使用' }] },
            })
          : HttpResponse.json(
              {
                ...account,
                hasPassword: false,
                setUpLink: { url: 'https://pipeline.example/set-up#one-time', expiresAt: '2026-11-25T08:00:00.000Z' },
              },
              { status: 201 },
            );
      }),
    );
    await user.click(await screen.findByRole('button', { name: '新建账号' }));
    const dialog = await screen.findByRole('dialog', { name: '新建账号' });
    await user.type(within(dialog).getByLabelText('用户名'), 'shen');
    await user.type(within(dialog).getByLabelText('姓名'), '沈晓红');
    await user.click(within(dialog).getByRole('button', { name: '新建并生成链接' }));
    expect(await within(dialog).findByText('请选择单位')).toBeInTheDocument();
    await user.click(within(dialog).getByLabelText('单位'));
    expect(await screen.findByTitle('南湖区')).toBeInTheDocument();
    expect(screen.queryByTitle('市发改委')).not.toBeInTheDocument();
    await user.click(screen.getByTitle('南湖区'));
    await user.click(within(dialog).getByRole('button', { name: '新建并生成链接' }));
    expect(await within(dialog).findByText('已被使用')).toBeInTheDocument();
    await user.type(within(dialog).getByLabelText('用户名'), '2');
    await user.click(within(dialog).getByRole('button', { name: '新建并生成链接' }));
    expect(await screen.findByLabelText('一次性链接')).toHaveValue('https://pipeline.example/set-up#one-time');
    expect(sent[1]).toEqual({ username: 'shen2', displayName: '沈晓红', role: 'officer', jurisdictionId: 'j-1' });
    await user.click(screen.getByRole('button', { name: '完成' }));
    await waitFor(() => expect(screen.queryByLabelText('一次性链接')).not.toBeInTheDocument());
  });
});

describe('an account', () => {
  it('is disabled only after a question, and a refusal is shown there', async () => {
    const { user } = await open('/users?user=u-9');
    const sent: unknown[] = [];
    server.use(
      http.patch(`${API}/users/u-9`, async ({ request }) => {
        sent.push({ ifMatch: request.headers.get('If-Match'), body: await request.json() });
        return problem('last-admin', 409, { title: '最后一名管理员' });
      }),
    );
    await user.click(await screen.findByRole('button', { name: '停用账号' }));
    expect(sent).toEqual([]);
    const question = await overTheDrawer();
    await user.click(within(question).getByRole('button', { name: '停用账号' }));
    expect(await within(question).findByText('最后一名管理员')).toBeInTheDocument();
    expect(sent).toEqual([{ ifMatch: '"3-abc"', body: { active: false } }]);
  });

  it('edited by another meanwhile keeps what was typed and sends only that', async () => {
    const { user } = await open('/users?user=u-9');
    const sent: unknown[] = [];
    await user.click(await screen.findByRole('button', { name: '修改资料' }));
    const dialog = await overTheDrawer();
    server.use(
      answers('/users/u-9', { ...account, email: 'shen@example.cn', version: 4 } as never, { ETag: '"4-def"' }),
      http.patch(`${API}/users/u-9`, async ({ request }) => {
        sent.push({ ifMatch: request.headers.get('If-Match'), body: await request.json() });
        return sent.length === 1 ? problem('precondition-failed', 412) : HttpResponse.json(account);
      }),
    );
    await user.type(within(dialog).getByLabelText('姓名'), '（组长）');
    await user.click(within(dialog).getByRole('button', { name: '保存' }));
    expect(await within(dialog).findByText('您编辑期间，他人已作修改')).toBeInTheDocument();
    expect(within(dialog).getByLabelText('姓名')).toHaveValue('沈晓红（组长）');
    expect(within(dialog).getByLabelText('邮箱')).toHaveValue('shen@example.cn');
    await user.click(within(dialog).getByRole('button', { name: '保存' }));
    await waitFor(() =>
      expect(sent).toEqual([
        { ifMatch: '"3-abc"', body: { displayName: '沈晓红（组长）' } },
        { ifMatch: '"4-def"', body: { displayName: '沈晓红（组长）' } },
      ]),
    );
  });
});
