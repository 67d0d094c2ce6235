import type { ComponentType } from 'react';
import { createBrowserRouter, type RouteObject } from 'react-router';
import { loadTexts, type TextGroup } from '@/shared/i18n';
import { RouteFailure } from './RouteFailure';
import { Splash } from './Splash';

/** A page whose texts come with it. */
function withTexts(groups: TextGroup | TextGroup[], page: () => Promise<ComponentType>) {
  return async () => ({ Component: (await Promise.all([page(), ...[groups].flat().map(loadTexts)]))[0] });
}

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
          {
            path: 'lists',
            lazy: withTexts('work', async () => (await import('@/features/lists/ListsPage')).ListsPage),
          },
          {
            path: 'help',
            lazy: withTexts('help', async () => (await import('@/features/help/HelpPage')).HelpPage),
          },
          {
            path: 'lists/print',
            lazy: withTexts('work', async () => (await import('@/features/lists/ListPaper')).ListPaper),
          },
          {
            path: 'projects/:id/print',
            lazy: withTexts('work', async () => (await import('@/features/projects/ProjectPaper')).ProjectPaper),
          },
          {
            path: 'figures/print',
            lazy: async () => ({ Component: (await import('@/features/figures/FiguresPaper')).FiguresPaper }),
          },
          {
            path: 'projects/:id',
            lazy: withTexts(
              ['work', 'regime', 'coordination', 'leaders', 'duties', 'libraries', 'resources'],
              async () => (await import('@/features/projects/ProjectPage')).ProjectPage,
            ),
          },
          {
            path: 'projects/:id/edit',
            lazy: withTexts('work', async () => (await import('@/features/projects/EditPage')).EditPage),
          },
          {
            path: 'projects/:id/fault-tolerance',
            lazy: withTexts(
              ['coordination', 'work'],
              async () => (await import('@/features/projects/TolerancePage')).TolerancePage,
            ),
          },
          {
            path: 'figures',
            lazy: async () => ({ Component: (await import('@/features/figures/FiguresPage')).FiguresPage }),
          },
          {
            path: 'boards',
            lazy: withTexts('boards', async () => (await import('@/features/boards/BoardPage')).BoardPage),
          },
          {
            path: 'boards/wall',
            lazy: withTexts('boards', async () => (await import('@/features/boards/BoardWall')).BoardWall),
          },
          {
            path: 'periods',
            lazy: withTexts('closing', async () => (await import('@/features/closing/PeriodsPage')).PeriodsPage),
          },
          {
            path: 'bulletins',
            lazy: withTexts(
              ['bulletins', 'boards'],
              async () => (await import('@/features/bulletins/BulletinsPage')).BulletinsPage,
            ),
          },
          {
            path: 'bulletins/:id',
            lazy: withTexts(
              ['bulletins', 'boards', 'coordination'],
              async () => (await import('@/features/bulletins/BulletinPage')).BulletinPage,
            ),
          },
          {
            path: 'targets',
            lazy: withTexts('boards', async () => (await import('@/features/boards/TargetsPage')).TargetsPage),
          },
          {
            path: 'indicators',
            lazy: withTexts('boards', async () => (await import('@/features/boards/IndicatorsPage')).IndicatorsPage),
          },
          {
            path: 'scores',
            lazy: withTexts(
              ['boards', 'scores'],
              async () => (await import('@/features/boards/ScoresPage')).ScoresPage,
            ),
          },
          {
            path: 'duties',
            lazy: withTexts('duties', async () => (await import('@/features/duties/DutiesPage')).DutiesPage),
          },
          {
            path: 'foreign-lists/:list',
            lazy: withTexts(
              'libraries',
              async () => (await import('@/features/libraries/ForeignListPage')).ForeignListPage,
            ),
          },
          {
            path: 'land',
            lazy: withTexts('resources', async () => (await import('@/features/land/LandPage')).LandPage),
          },
          {
            path: 'land/:id',
            lazy: withTexts('resources', async () => (await import('@/features/land/ParcelPage')).ParcelPage),
          },
          {
            path: 'chains',
            lazy: withTexts('resources', async () => (await import('@/features/chains/ChainsPage')).ChainsPage),
          },
          {
            path: 'chains/:id',
            lazy: withTexts('resources', async () => (await import('@/features/chains/ChainPage')).ChainPage),
          },
          {
            path: 'events',
            lazy: withTexts('resources', async () => (await import('@/features/events/EventsPage')).EventsPage),
          },
          {
            path: 'events/:id',
            lazy: withTexts('resources', async () => (await import('@/features/events/EventPage')).EventPage),
          },
          {
            path: 'financing',
            lazy: withTexts(
              'resources',
              async () => (await import('@/features/financing/FinancingPage')).FinancingPage,
            ),
          },
          {
            path: 'financing/:id',
            lazy: withTexts('resources', async () => (await import('@/features/financing/NeedPage')).NeedPage),
          },
          {
            path: 'office-leads',
            lazy: withTexts('resources', async () => (await import('@/features/officeLeads/LeadsPage')).LeadsPage),
          },
          {
            path: 'office-leads/:id',
            lazy: withTexts('resources', async () => (await import('@/features/officeLeads/LeadPage')).LeadPage),
          },
          {
            path: 'libraries/:library',
            lazy: withTexts(
              'libraries',
              async () => (await import('@/features/libraries/LibrariesPage')).LibrariesPage,
            ),
          },
          {
            path: 'score-models',
            lazy: withTexts(
              ['boards', 'scores'],
              async () => (await import('@/features/boards/ScoreModelsPage')).ScoreModelsPage,
            ),
          },
          {
            path: 'score-models/new',
            lazy: withTexts(
              ['boards', 'scores'],
              async () => (await import('@/features/boards/ScoreModelEditPage')).ScoreModelEditPage,
            ),
          },
          {
            path: 'score-models/:id',
            lazy: withTexts(
              ['boards', 'scores'],
              async () => (await import('@/features/boards/ScoreModelPage')).ScoreModelPage,
            ),
          },
          {
            path: 'score-models/:id/edit',
            lazy: withTexts(
              ['boards', 'scores'],
              async () => (await import('@/features/boards/ScoreModelEditPage')).ScoreModelEditPage,
            ),
          },
          {
            path: 'report',
            lazy: withTexts(['work', 'issues'], async () => (await import('@/features/claims/ReportPage')).ReportPage),
          },
          {
            path: 'claims',
            lazy: async () => ({ Component: (await import('@/features/claims/ClaimsPage')).ClaimsPage }),
          },
          {
            path: 'claims/:id',
            lazy: withTexts(['disputes', 'work'], async () => (await import('@/features/claims/ClaimPage')).ClaimPage),
          },
          {
            path: 'claims/:id/outcome',
            lazy: async () => ({ Component: (await import('@/features/claims/OutcomePage')).OutcomePage }),
          },
          {
            path: 'claims/:id/complete',
            lazy: withTexts(
              ['work', 'issues'],
              async () => (await import('@/features/claims/CompletePage')).CompletePage,
            ),
          },
          {
            path: 'claims/:id/receipt',
            lazy: async () => ({ Component: (await import('@/features/claims/ReceiptPage')).ReceiptPage }),
          },
          {
            path: 'disputes',
            lazy: withTexts('disputes', async () => (await import('@/features/disputes/DisputesPage')).DisputesPage),
          },
          {
            path: 'disputes/:id',
            lazy: withTexts(
              ['disputes', 'work', 'reviews'],
              async () => (await import('@/features/disputes/DisputePage')).DisputePage,
            ),
          },
          {
            path: 'transfers',
            lazy: withTexts('regime', async () => (await import('@/features/transfers/TransfersPage')).TransfersPage),
          },
          {
            path: 'transfers/market',
            lazy: withTexts('regime', async () => (await import('@/features/transfers/MarketPage')).MarketPage),
          },
          {
            path: 'signings',
            lazy: withTexts('regime', async () => (await import('@/features/signings/SigningsPage')).SigningsPage),
          },
          {
            path: 'lights',
            lazy: withTexts(
              ['coordination', 'regime'],
              async () => (await import('@/features/lights/LightsPage')).LightsPage,
            ),
          },
          {
            path: 'due',
            lazy: withTexts('due', async () => (await import('@/features/due/DuePage')).DuePage),
          },
          {
            path: 'leader-links',
            lazy: withTexts(
              ['leaders', 'coordination'],
              async () => (await import('@/features/leaders/LeaderLinksPage')).LeaderLinksPage,
            ),
          },
          {
            path: 'leader-links/batches/new',
            lazy: withTexts(
              ['leaders', 'coordination'],
              async () => (await import('@/features/leaders/BatchPage')).NewBatchPage,
            ),
          },
          {
            path: 'leader-links/batches/:id',
            lazy: withTexts(
              ['leaders', 'coordination'],
              async () => (await import('@/features/leaders/BatchPage')).BatchPage,
            ),
          },
          {
            path: 'removals',
            lazy: withTexts(
              ['coordination', 'regime'],
              async () => (await import('@/features/removals/RemovalsPage')).RemovalsPage,
            ),
          },
          {
            path: 'problems',
            lazy: withTexts(
              ['coordination', 'regime'],
              async () => (await import('@/features/problems/ProblemsPage')).ProblemsPage,
            ),
          },
          {
            path: 'meetings',
            lazy: withTexts(
              ['meetings', 'coordination', 'regime'],
              async () => (await import('@/features/meetings/MeetingsPage')).MeetingsPage,
            ),
          },
          {
            path: 'meetings/:id',
            lazy: withTexts(
              ['meetings', 'coordination', 'regime'],
              async () => (await import('@/features/meetings/MeetingPage')).MeetingPage,
            ),
          },
          {
            path: 'meetings/:id/wall',
            lazy: withTexts(
              ['meetings', 'coordination', 'regime'],
              async () => (await import('@/features/meetings/WallPage')).WallPage,
            ),
          },
          {
            path: 'actions',
            lazy: withTexts(
              ['meetings', 'coordination', 'regime'],
              async () => (await import('@/features/meetings/ActionsPage')).ActionsPage,
            ),
          },
          {
            path: 'credit',
            lazy: withTexts('regime', async () => (await import('@/features/credit/CreditPage')).CreditPage),
          },
          {
            path: 'notices',
            lazy: withTexts('notices', async () => (await import('@/features/notices/NoticesPage')).NoticesPage),
          },
          {
            path: 'desk',
            lazy: withTexts(
              ['disputes', 'work', 'regime', 'due'],
              async () => (await import('@/features/desk/DeskPage')).DeskPage,
            ),
          },
          {
            path: 'desk/reviews/:id',
            lazy: withTexts(['work', 'reviews'], async () => (await import('@/features/desk/ReviewPage')).ReviewPage),
          },
          {
            path: 'imports',
            lazy: withTexts(
              ['regime', 'issues', 'imports', 'reviews'],
              async () => (await import('@/features/imports/ImportsPage')).ImportsPage,
            ),
          },
          {
            path: 'imports/records',
            lazy: withTexts(
              ['regime', 'imports'],
              async () => (await import('@/features/imports/RecordSheetsPage')).RecordSheetsPage,
            ),
          },
          {
            path: 'imports/records/:id',
            lazy: withTexts(
              ['regime', 'imports'],
              async () => (await import('@/features/imports/RecordImportPage')).RecordImportPage,
            ),
          },
          {
            path: 'imports/:id',
            lazy: withTexts(
              ['issues', 'imports', 'reviews'],
              async () => (await import('@/features/imports/ImportPage')).ImportPage,
            ),
          },
          {
            path: 'rule-sets',
            lazy: withTexts(
              ['disputes', 'regime', 'rules'],
              async () => (await import('@/features/rules/RuleSetsPage')).RuleSetsPage,
            ),
          },
          {
            path: 'rule-sets/new',
            lazy: withTexts(
              ['regime', 'rules'],
              async () => (await import('@/features/rules/DraftRuleSetPage')).DraftRuleSetPage,
            ),
          },
          {
            path: 'rule-sets/drafts/:id',
            lazy: withTexts(
              ['disputes', 'regime', 'rules'],
              async () => (await import('@/features/rules/DraftPage')).DraftPage,
            ),
          },
          {
            path: 'rule-sets/drafts/:id/edit',
            lazy: withTexts(
              ['regime', 'rules'],
              async () => (await import('@/features/rules/DraftRuleSetPage')).EditRuleSetDraftPage,
            ),
          },
          {
            path: 'jurisdictions',
            lazy: withTexts(
              'accounts',
              async () => (await import('@/features/jurisdictions/JurisdictionsPage')).JurisdictionsPage,
            ),
          },
          {
            path: 'receipts',
            lazy: async () => ({ Component: (await import('@/features/receipts/ReceiptsPage')).ReceiptsPage }),
          },
          {
            path: 'account',
            lazy: withTexts('notices', async () => (await import('@/features/access/AccountPage')).AccountPage),
          },
          {
            path: 'users',
            lazy: withTexts('accounts', async () => (await import('@/features/users/UsersPage')).UsersPage),
          },
          {
            path: 'api-keys',
            lazy: withTexts('accounts', async () => (await import('@/features/keys/KeysPage')).KeysPage),
          },
          {
            path: 'system',
            lazy: withTexts(
              ['accounts', 'rules'],
              async () => (await import('@/features/system/SystemPage')).SystemPage,
            ),
          },
          {
            path: 'webhooks',
            lazy: withTexts('accounts', async () => (await import('@/features/webhooks/WebhooksPage')).WebhooksPage),
          },
          {
            path: 'webhooks/:id',
            lazy: withTexts('accounts', async () => (await import('@/features/webhooks/WebhookPage')).WebhookPage),
          },
          {
            path: 'unit-keys',
            lazy: withTexts('accounts', async () => (await import('@/features/keys/UnitKeysPage')).UnitKeysPage),
          },
          {
            path: 'audit',
            lazy: withTexts(
              ['audit', 'accounts', 'work'],
              async () => (await import('@/features/audit/AuditPage')).AuditPage,
            ),
          },
          {
            path: 'audit/patterns',
            lazy: withTexts('audit', async () => (await import('@/features/audit/PatternsPage')).PatternsPage),
          },
          {
            path: 'personal-data',
            lazy: withTexts('accounts', async () => (await import('@/features/people/PeoplePage')).PeoplePage),
          },
          {
            path: 'reason-templates',
            lazy: withTexts([], async () => (await import('@/features/desk/ReasonTextsPage')).ReasonTextsPage),
          },
          {
            path: 'permissions',
            lazy: withTexts(
              'accounts',
              async () => (await import('@/features/permissions/PermissionsPage')).PermissionsPage,
            ),
          },
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
