import { createBrowserRouter, type RouteObject } from 'react-router';
import { RouteFailure } from './RouteFailure';
import { Splash } from './Splash';

const routes: RouteObject[] = [
  {
    path: '/sign-in',
    errorElement: <RouteFailure />,
    HydrateFallback: Splash,
    lazy: async () => ({ Component: (await import('@/features/access/SignInPage')).SignInPage }),
  },
  {
    path: '/set-up',
    errorElement: <RouteFailure />,
    HydrateFallback: Splash,
    lazy: async () => ({ Component: (await import('@/features/access/SetUpPage')).SetUpPage }),
  },
  {
    path: '/',
    lazy: async () => ({ Component: (await import('./Shell')).Shell }),
    HydrateFallback: Splash,
    errorElement: <RouteFailure />,
    children: [
      { index: true, lazy: async () => ({ Component: (await import('@/features/home/HomePage')).HomePage }) },
      {
        lazy: async () => ({ Component: (await import('./Messages')).Messages }),
        children: [
          { path: 'lists', lazy: async () => ({ Component: (await import('@/features/lists/ListsPage')).ListsPage }) },
          { path: 'projects/:id', lazy: async () => ({ Component: (await import('@/features/projects/ProjectPage')).ProjectPage }) },
          { path: 'projects/:id/edit', lazy: async () => ({ Component: (await import('@/features/projects/EditPage')).EditPage }) },
          { path: 'figures', lazy: async () => ({ Component: (await import('@/features/figures/FiguresPage')).FiguresPage }) },
          { path: 'report', lazy: async () => ({ Component: (await import('@/features/claims/ReportPage')).ReportPage }) },
          { path: 'claims', lazy: async () => ({ Component: (await import('@/features/claims/ClaimsPage')).ClaimsPage }) },
          { path: 'claims/:id', lazy: async () => ({ Component: (await import('@/features/claims/ClaimPage')).ClaimPage }) },
          { path: 'claims/:id/outcome', lazy: async () => ({ Component: (await import('@/features/claims/OutcomePage')).OutcomePage }) },
          { path: 'claims/:id/receipt', lazy: async () => ({ Component: (await import('@/features/claims/ReceiptPage')).ReceiptPage }) },
          { path: 'desk', lazy: async () => ({ Component: (await import('@/features/desk/DeskPage')).DeskPage }) },
          { path: 'desk/reviews/:id', lazy: async () => ({ Component: (await import('@/features/desk/ReviewPage')).ReviewPage }) },
          { path: 'imports', lazy: async () => ({ Component: (await import('@/features/imports/ImportsPage')).ImportsPage }) },
          { path: 'imports/:id', lazy: async () => ({ Component: (await import('@/features/imports/ImportPage')).ImportPage }) },
          { path: 'rule-sets', lazy: async () => ({ Component: (await import('@/features/rules/RuleSetsPage')).RuleSetsPage }) },
          { path: 'rule-sets/new', lazy: async () => ({ Component: (await import('@/features/rules/NewRuleSetPage')).NewRuleSetPage }) },
          { path: 'jurisdictions', lazy: async () => ({ Component: (await import('@/features/jurisdictions/JurisdictionsPage')).JurisdictionsPage }) },
          { path: 'receipts', lazy: async () => ({ Component: (await import('@/features/receipts/ReceiptsPage')).ReceiptsPage }) },
          { path: 'account', lazy: async () => ({ Component: (await import('@/features/access/AccountPage')).AccountPage }) },
          { path: 'users', lazy: async () => ({ Component: (await import('@/features/users/UsersPage')).UsersPage }) },
          { path: 'api-keys', lazy: async () => ({ Component: (await import('@/features/keys/KeysPage')).KeysPage }) },
          { path: 'audit', lazy: async () => ({ Component: (await import('@/features/audit/AuditPage')).AuditPage }) },
          { path: 'personal-data', lazy: async () => ({ Component: (await import('@/features/people/PeoplePage')).PeoplePage }) },
          { path: 'permissions', lazy: async () => ({ Component: (await import('@/features/permissions/PermissionsPage')).PermissionsPage }) },
        ],
      },
      { path: '*', lazy: async () => ({ Component: (await import('./NotFoundPage')).NotFoundPage }) },
    ],
  },
];

/** Begins at the address of the moment: main has settled it by then. */
export function createRouter() {
  return createBrowserRouter(routes);
}
