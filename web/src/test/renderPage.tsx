import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { App, ConfigProvider } from 'antd';
import { http, HttpResponse } from 'msw';
import type { ReactNode } from 'react';
import { createMemoryRouter, RouterProvider, useLocation } from 'react-router';
import { signIn } from '@/api/session';
import type { Me } from '@/api/types';
import { answers, API, server } from './server';

export function WhereAmI() {
  const location = useLocation();
  return <output data-testid="where">{location.pathname + location.search}</output>;
}

/** Draws a page for someone signed in, as the program does, and shows where a navigation has led. */
export async function renderPage(me: Me, path: string, at: string, page: ReactNode) {
  server.use(
    http.post(`${API}/auth/token`, () =>
      HttpResponse.json({ accessToken: 'token', tokenType: 'Bearer', expiresIn: 900, user: me.user }),
    ),
    answers('/me', { ...me }),
  );
  await signIn(me.user.username, 'secret');
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const router = createMemoryRouter(
    [
      { path, element: page },
      { path: '*', element: <WhereAmI /> },
    ],
    { initialEntries: [at] },
  );
  const view = render(
    <ConfigProvider button={{ autoInsertSpace: false }} wave={{ disabled: true }} theme={{ token: { motion: false } }}>
      <QueryClientProvider client={queries}>
        <App component={false}>
          <RouterProvider router={router} />
        </App>
      </QueryClientProvider>
    </ConfigProvider>,
  );
  return { user: userEvent.setup({ delay: null }), view, router, queries };
}
