import { screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Me } from '@/api/types';
import { renderPage } from '@/test/renderPage';
import { API, meOf, server } from '@/test/server';
import { Shell } from './Shell';

beforeEach(() =>
  server.use(http.get(`${API}/notices`, () => HttpResponse.json({ items: [], nextCursor: null, total: 0 }))),
);

describe('the first step', () => {
  it('is all there is until it is done', async () => {
    let me: Me = {
      ...meOf('officer', ['read-projects']),
      firstStep: 'password-change-required',
      hasPassword: true,
      secondFactor: false,
    };
    const changed: unknown[] = [];
    const { user } = await renderPage(me, '/', '/', <Shell />);
    server.use(
      http.get(`${API}/me`, () => HttpResponse.json(me)),
      http.post(`${API}/me/password`, async ({ request }) => {
        changed.push(await request.json());
        me = meOf('officer', ['read-projects']);
        return new HttpResponse(null, { status: 204 });
      }),
    );
    expect(await screen.findByRole('heading', { level: 1, name: '请先修改密码' })).toBeInTheDocument();
    expect(screen.queryByRole('navigation')).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: '退出' })).toBeInTheDocument();
    await user.type(screen.getByLabelText('当前密码'), 'given by another');
    await user.type(screen.getByLabelText('新密码'), 'four words in a row');
    await user.type(screen.getByLabelText('再次输入新密码'), 'four words in a row');
    await user.click(screen.getByRole('button', { name: '修改密码' }));
    const nav = await screen.findByRole('navigation', { name: '主导航' });
    expect(within(nav).getByRole('link', { name: '四张清单' })).toBeInTheDocument();
    expect(changed).toEqual([{ currentPassword: 'given by another', newPassword: 'four words in a row' }]);
  });

  it('keeps the recovery codes on the page until they have been kept', async () => {
    let me: Me = {
      ...meOf('auditor', []),
      firstStep: 'second-factor-set-up-required',
      hasPassword: true,
      secondFactor: false,
    };
    const { user, queries } = await renderPage(me, '/', '/', <Shell />);
    server.use(
      http.get(`${API}/me`, () => HttpResponse.json(me)),
      http.post(`${API}/me/second-factor`, () =>
        HttpResponse.json({ secret: 'JBSWY3DPEHPK3PXP', uri: 'otpauth://totp/Pipeline:nanhu?secret=JBSWY3DPEHPK3PXP' }),
      ),
      http.post(`${API}/me/second-factor/confirm`, () => {
        me = { ...meOf('auditor', []), secondFactor: true };
        return HttpResponse.json({ recoveryCodes: ['abcde-fghjk', 'mnpqr-stuvw'] });
      }),
    );
    await user.type(await screen.findByLabelText('请再输入一次密码'), 'four words in a row');
    await user.click(screen.getByRole('button', { name: '下一步' }));
    expect(await screen.findByLabelText('密钥')).toHaveValue('JBSWY3DPEHPK3PXP');
    await user.type(screen.getByLabelText('验证器显示的六位验证码'), '123456');
    await user.click(screen.getByRole('button', { name: '启用' }));
    expect(await screen.findByLabelText('恢复码')).toHaveValue('abcde-fghjk\nmnpqr-stuvw');
    await queries.invalidateQueries();
    expect(screen.getByLabelText('恢复码')).toHaveValue('abcde-fghjk\nmnpqr-stuvw');
    await user.click(screen.getByRole('button', { name: '我已保存好' }));
    expect(await screen.findByRole('navigation', { name: '主导航' })).toBeInTheDocument();
  });
});

describe('a page that is not for one', () => {
  it('is said to be so once, and nothing of it is asked for', async () => {
    await renderPage(meOf('leader', ['read-projects']), '/audit', '/audit', <Shell />);
    expect(await screen.findByRole('heading', { level: 1, name: '无权查看此页' })).toBeInTheDocument();
    expect(screen.getByRole('link', { name: '查看各角色的权限' })).toHaveAttribute('href', '/permissions');
  });
});
