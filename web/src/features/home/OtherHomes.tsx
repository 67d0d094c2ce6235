import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Amount } from '@/shared/Amount';
import { HeadlineRoom } from '@/shared/HeadlineRoom';
import { loadTexts } from '@/shared/i18n';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { useUnitName } from '@/shared/units';
import { Pipeline } from './Pipeline';
import { Empty, Loading, Panel } from '@/shared/Page';
import { CityMap, EndingClaims, MovedThisMonth, Stalled } from './Panels';
import { signedQuery } from './queries';

const Headline = lazy(async () => ({
  default: (await Promise.all([import('@/shared/Headline'), loadTexts('boards')]))[0].Headline,
}));

/** How the city stands, what moved, what ends, where it stalls: at a glance. */
export function LeaderHome() {
  const can = useCan();
  return (
    <>
      <Pipeline />
      {can('read-figures') && (
        <Suspense fallback={<HeadlineRoom />}>
          <Headline />
        </Suspense>
      )}
      <div className="home-split">
        <div className="home-main">
          <CityMap />
        </div>
        <div className="home-side">
          <Stalled />
        </div>
      </div>
      <div className="home-half">
        <MovedThisMonth />
        <EndingClaims withUnit />
      </div>
    </>
  );
}

export function DepartmentHome() {
  const { t } = useTranslation();
  const unit = useUnitName();
  const query = useQuery(signedQuery);
  return (
    <>
      <Pipeline />
      <div className="home-split">
        <div className="home-main">
          <CityMap />
        </div>
        <div className="home-side">
          <Panel
            title={t('home.newlySigned')}
            extra={<Link to="/lists?view=table&stage=signed">{t('home.allProjects')}</Link>}
          >
            <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
            {query.isPending && <Loading rows={5} />}
            {query.data?.items.length === 0 && (
              <Empty title={t('home.noProjects')}>{t('lists.emptyHint.signed')}</Empty>
            )}
            <ul className="plain-list">
              {query.data?.items.map((project) => (
                <li key={project.id}>
                  <div className="split">
                    <Link to={`/projects/${project.id}`}>{project.name}</Link>
                    <Amount money={project.totalInvestment} digits={2} />
                  </div>
                  <p className="row-notes muted">
                    <span>{unit(project.owner)}</span>
                    <span>{project.investors.map((investor) => investor.name).join(t('common.listSeparator'))}</span>
                  </p>
                </li>
              ))}
            </ul>
          </Panel>
        </div>
      </div>
    </>
  );
}

export function AdminHome() {
  const { t } = useTranslation();
  const can = useCan();
  const ways = [
    ['manage-users', '/users', 'users'],
    ['manage-keys', '/api-keys', 'keys'],
    ['manage-webhooks', '/webhooks', 'webhooks'],
    ['manage-jurisdictions', '/jurisdictions', 'jurisdictions'],
    ['manage-rule-sets', '/rule-sets', 'ruleSets'],
    ['read-audit', '/audit', 'audit'],
    ['read-system', '/system', 'system'],
  ] as const;
  return (
    <>
      <p className="lead-text">{t('home.adminText')}</p>
      <ul className="ways-on">
        {ways
          .filter(([permission]) => can(permission))
          .map(([, to, label]) => (
            <li key={to}>
              <Link to={to}>
                <strong>{t(`nav.${label}`)}</strong>
                <span>{t(`home.way.${label}`)}</span>
              </Link>
            </li>
          ))}
      </ul>
    </>
  );
}
