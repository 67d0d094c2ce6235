import { lazy, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '@/api/types';
import { loadTexts } from '@/shared/i18n';
import { LinkButton } from '@/shared/LinkButton';
import { Loading, Page } from '@/shared/Page';
import { useMe } from '@/shared/queries';
import { useUnitName } from '@/shared/units';
import { AdminHome, DepartmentHome, LeaderHome } from './OtherHomes';

// What a department is to answer comes with its texts.
const ProblemsToAnswer = lazy(async () => ({
  default: (await Promise.all([import('./ProblemsToAnswer'), loadTexts('coordination')]))[0].ProblemsToAnswer,
}));

// Each home comes to those whose it is.
const OfficerHome = lazy(async () => ({ default: (await import('./OfficerHome')).OfficerHome }));
const CoordinatorHome = lazy(async () => ({ default: (await import('./CoordinatorHome')).CoordinatorHome }));

// So does what comes due.
const WeekPanel = lazy(async () => ({
  default: (await Promise.all([import('./WeekPanel'), loadTexts('due')]))[0].WeekPanel,
}));

// And what is linked to a leader.
const LinkedProjects = lazy(async () => ({
  default: (await Promise.all([import('./LinkedProjects'), loadTexts('leaders')]))[0].LinkedProjects,
}));

// So does what meetings gave a department to do; a unit's is among what comes due.
const MyActions = lazy(async () => ({
  default: (await Promise.all([import('./MyActions'), loadTexts('meetings')]))[0].MyActions,
}));

// What was done is told in the words of the audit trail, which nobody else needs here.
const AuditorHome = lazy(async () => ({
  default: (await Promise.all([import('./AuditorHome'), ...(['audit', 'accounts', 'work'] as const).map(loadTexts)]))[0]
    .AuditorHome,
}));

/** What somebody opens first: by role, the answer to what they come for most often. */
export function HomePage() {
  const { t } = useTranslation();
  const unit = useUnitName();
  const me = useMe();
  const lead = me && (me.jurisdiction ? unit(me.jurisdiction) : t(`role.${me.role}`));
  return (
    <Page
      title={me ? t('home.hello', { name: me.user.displayName }) : t('nav.home')}
      lead={lead === me?.user.displayName ? undefined : lead}
      wide
      actions={
        me && (
          <>
            {me.permissions.includes('report-project') && (
              <LinkButton type="primary" to="/report">
                {t('lists.report')}
              </LinkButton>
            )}
            {me.permissions.includes('manage-users') && (
              <LinkButton type="primary" to="/users?new=1">
                {t('home.newUser')}
              </LinkButton>
            )}
            {me.permissions.includes('manage-keys') && <LinkButton to="/api-keys?new=1">{t('home.newKey')}</LinkButton>}
          </>
        )
      }
    >
      <Suspense fallback={<Loading rows={8} />}>
        {!me && <Loading rows={8} />}
        {me?.permissions.includes('read-due') ? (
          <WeekPanel withUnit={me.role !== 'officer'}>{homeOf(me)}</WeekPanel>
        ) : (
          me && homeOf(me)
        )}
      </Suspense>
    </Page>
  );
}

function homeOf(me: Me): ReactNode {
  if (!me.permissions.includes('read-projects')) return <AdminHome />;
  switch (me.role) {
    case 'officer':
      return me.jurisdiction ? <OfficerHome me={me} unit={me.jurisdiction} /> : <DepartmentHome />;
    case 'coordinator':
      return <CoordinatorHome />;
    case 'auditor':
      return (
        <Suspense fallback={<Loading rows={8} />}>
          <AuditorHome />
        </Suspense>
      );
    case 'leader':
      return (
        <LinkedProjects>
          <LeaderHome />
        </LinkedProjects>
      );
    default:
      return (
        <>
          {me.permissions.includes('answer-problem') && (
            <Suspense fallback={<Loading rows={4} />}>
              <ProblemsToAnswer />
            </Suspense>
          )}
          {me.jurisdiction && (
            <Suspense>
              <MyActions ownerId={me.jurisdiction.id} />
            </Suspense>
          )}
          <DepartmentHome />
        </>
      );
  }
}
