import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { App, ConfigProvider } from 'antd';
import { http, HttpResponse } from 'msw';
import type { ReactNode } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { beforeEach, describe, expect, it } from 'vitest';
import { signOut } from '@/api/session';
import { WhereAmI } from '@/test/renderPage';
import { answers, API, officer, problem, server } from '@/test/server';
import { safeNext, SignInPage } from './SignInPage';
import { SetUpPage } from './SetUpPage';

const token = { accessToken: 'token', tokenType: 'Bearer', expiresIn: 900, user: officer };

function open(path: string, at: string, page: ReactNode) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const router = createMemoryRouter(
    [
      { path, element: page },
      { path: '*', element: <WhereAmI /> },
    ],
    { initialEntries: [at] },
  );
  render(
    <ConfigProvider button={{ autoInsertSpace: false }} wave={{ disabled: true }} theme={{ token: { motion: false } }}>
      <QueryClientProvider client={queries}>
        <App component={false}>
          <RouterProvider router={router} />
        </App>
      </QueryClientProvider>
    </ConfigProvider>,
  );
  return { user: userEvent.setup({ delay: null }), router };
}

beforeEach(async () => {
  server.use(
    http.post(`${API}/auth/logout`, () => new HttpResponse(null, { status: 204 })),
    http.get(`${API}/demo`, () => problem('not-found', 404)),
    answers('/auth/methods', { password: true }),
  );
  await signOut();
});

describe('signing in', () => {
  it('asks for the code in a second step and sends it with the name and password typed before', async () => {
    const sent: unknown[] = [];
    server.use(
      http.post(`${API}/auth/token`, async ({ request }) => {
        const body = (await request.json()) as { code?: string };
        sent.push(body);
        if (!body.code) return problem('second-factor-required', 401);
        return body.code === '123456'
          ? HttpResponse.json(token)
          : problem('second-factor-invalid', 401, { detail: '验证码不正确，或已经用过。' });
      }),
    );
    const { user } = open('/sign-in', '/sign-in?next=%2Fclaims', <SignInPage />);
    await user.type(await screen.findByLabelText('用户名'), 'nanhu');
    await user.type(screen.getByLabelText('密码'), 'a long pass phrase');
    await user.click(screen.getByRole('button', { name: '登录' }));
    await user.type(await screen.findByLabelText('验证码'), '999999');
    await user.click(screen.getByRole('button', { name: '验证并登录' }));
    expect(await screen.findByText('验证码不正确，或已经用过。')).toBeInTheDocument();
    await user.clear(screen.getByLabelText('验证码'));
    await user.type(screen.getByLabelText('验证码'), '123456');
    await user.click(screen.getByRole('button', { name: '验证并登录' }));
    expect(await screen.findByTestId('where')).toHaveTextContent('/claims');
    const typed = { username: 'nanhu', password: 'a long pass phrase' };
    expect(sent).toEqual([typed, { ...typed, code: '999999' }, { ...typed, code: '123456' }]);
  });

  it('goes back to the password, kept, when the account is locked on the way', async () => {
    server.use(
      http.post(`${API}/auth/token`, async ({ request }) =>
        ((await request.json()) as { code?: string }).code
          ? problem('account-locked', 429, { title: '账号已暂时锁定' })
          : problem('second-factor-required', 401),
      ),
    );
    const { user } = open('/sign-in', '/sign-in', <SignInPage />);
    await user.type(await screen.findByLabelText('用户名'), 'nanhu');
    await user.type(screen.getByLabelText('密码'), 'a long pass phrase');
    await user.click(screen.getByRole('button', { name: '登录' }));
    await user.click(await screen.findByRole('button', { name: '手机不在身边？改用恢复码' }));
    await user.type(screen.getByLabelText('恢复码'), 'abcde-fghjk');
    await user.click(screen.getByRole('button', { name: '验证并登录' }));
    expect(await screen.findByText('账号已暂时锁定')).toBeInTheDocument();
    expect(screen.getByLabelText('密码')).toHaveValue('a long pass phrase');
    expect(screen.queryByLabelText('恢复码')).not.toBeInTheDocument();
  });

  it('offers single sign-on by the name it has here, and leads back to the page that was wanted', async () => {
    server.use(answers('/auth/methods', { password: true, singleSignOn: { displayName: '政务统一认证' } }));
    open('/sign-in', '/sign-in?next=%2Fclaims%3Fstatus%3Dactive', <SignInPage />);
    expect(await screen.findByRole('link', { name: '政务统一认证' })).toHaveAttribute(
      'href',
      '/api/v1/auth/oidc/start?returnTo=%2Fclaims%3Fstatus%3Dactive',
    );
  });

  it('takes up the session that single sign-on has begun', async () => {
    server.use(http.post(`${API}/auth/refresh`, () => HttpResponse.json(token)));
    open('/sign-in', '/sign-in?sso=done&returnTo=%2Fdesk', <SignInPage />);
    expect(await screen.findByTestId('where')).toHaveTextContent('/desk');
  });

  it('says why single sign-on failed', async () => {
    open('/sign-in', '/sign-in?problem=sign-on-no-role', <SignInPage />);
    expect(await screen.findByText('没有角色')).toBeInTheDocument();
  });

  it('goes to addresses of this system only', () => {
    expect(safeNext('/claims?status=active')).toBe('/claims?status=active');
    for (const foreign of [
      '//evil.example',
      '/\\evil.example',
      '/\t/evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      null,
    ])
      expect(safeNext(foreign)).toBe('/');
  });
});

describe('the page of a one-time link', () => {
  const link = { username: 'shen', displayName: '沈晓红', expiresAt: '2026-11-25T08:00:00.000Z', minLength: 15 };

  it('says for whom and until when, sets the password, and goes on to sign in with the name filled in', async () => {
    window.location.hash = '#secret-token';
    const sent: unknown[] = [];
    server.use(
      http.post(`${API}/auth/set-up/check`, async ({ request }) => {
        sent.push(await request.json());
        return HttpResponse.json(link);
      }),
      http.post(`${API}/auth/set-up`, async ({ request }) => {
        sent.push(await request.json());
        return new HttpResponse(null, { status: 204 });
      }),
    );
    const { user, router } = open('/set-up', '/set-up', <SetUpPage />);
    expect(await screen.findByText('沈晓红')).toBeInTheDocument();
    expect(screen.getByText('2026-11-25 16:00')).toBeInTheDocument();
    expect(screen.getByText(/^至少 15 个字符/)).toBeInTheDocument();
    expect(window.location.hash).toBe('');
    await user.type(screen.getByLabelText('新密码'), 'too short');
    await user.type(screen.getByLabelText('再次输入新密码'), 'another');
    await user.click(screen.getByRole('button', { name: '设置密码' }));
    expect(await screen.findByText('至少 15 个字符，现在是 9 个')).toBeInTheDocument();
    expect(await screen.findByText('两次输入的密码不一致')).toBeInTheDocument();
    for (const label of ['新密码', '再次输入新密码']) {
      await user.clear(screen.getByLabelText(label));
      await user.type(screen.getByLabelText(label), 'four words in a row');
    }
    await user.click(screen.getByRole('button', { name: '设置密码' }));
    await waitFor(() =>
      expect(router.state.location).toMatchObject({ pathname: '/sign-in', state: { username: 'shen' } }),
    );
    expect(sent).toEqual([{ token: 'secret-token' }, { token: 'secret-token', password: 'four words in a row' }]);
  });

  it('says what to do when the link no longer works', async () => {
    window.location.hash = '#old';
    server.use(http.post(`${API}/auth/set-up/check`, () => problem('link-invalid', 422)));
    open('/set-up', '/set-up', <SetUpPage />);
    expect(await screen.findByText(/请联系管理员，重新发送设置密码的链接/)).toBeInTheDocument();
    expect(screen.queryByLabelText('新密码')).not.toBeInTheDocument();
  });
});
