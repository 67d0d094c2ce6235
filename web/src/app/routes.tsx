import { createBrowserRouter, type RouteObject } from 'react-router';
import { RouteFailure } from './RouteFailure';
import { NotFoundPage } from './NotFoundPage';
import { Shell } from './Shell';
import { Splash } from './Splash';

const routes: RouteObject[] = [
  {
    path: '/sign-in',
    errorElement: <RouteFailure />,
    HydrateFallback: Splash,
    lazy: async () => ({ Component: (await import('@/features/access/SignInPage')).SignInPage }),
  },
  {
    path: '/',
    Component: Shell,
    HydrateFallback: Splash,
    errorElement: <RouteFailure />,
    children: [
      { index: true, lazy: async () => ({ Component: (await import('@/features/home/HomePage')).HomePage }) },
      { path: 'lists', lazy: async () => ({ Component: (await import('@/features/lists/ListsPage')).ListsPage }) },
      { path: 'projects/:id', lazy: async () => ({ Component: (await import('@/features/projects/ProjectPage')).ProjectPage }) },
      { path: 'projects/:id/edit', lazy: async () => ({ Component: (await import('@/features/projects/EditPage')).EditPage }) },
      { path: 'report', lazy: async () => ({ Component: (await import('@/features/claims/ReportPage')).ReportPage }) },
      { path: 'claims', lazy: async () => ({ Component: (await import('@/features/claims/ClaimsPage')).ClaimsPage }) },
      { path: 'claims/:id', lazy: async () => ({ Component: (await import('@/features/claims/ClaimPage')).ClaimPage }) },
      { path: 'claims/:id/outcome', lazy: async () => ({ Component: (await import('@/features/claims/OutcomePage')).OutcomePage }) },
      { path: 'claims/:id/receipt', lazy: async () => ({ Component: (await import('@/features/claims/ReceiptPage')).ReceiptPage }) },
      { path: '*', Component: NotFoundPage },
    ],
  },
];

export const router = createBrowserRouter(routes);
