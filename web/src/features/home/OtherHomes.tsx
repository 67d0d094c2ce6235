import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Amount } from '@/shared/Amount';
import { useCodeText } from '@/shared/i18n';
import { Empty, Loading, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan } from '@/shared/queries';
import { ClaimStatusTag } from '@/shared/tags';
import { useUnitName } from '@/shared/units';
import { When } from '@/shared/When';
import { CityMap, EndingClaims, MovedThisMonth, Stalled } from './Panels';
import { Pipeline } from './Pipeline';
import { newestClaimsQuery, receiptsCheckQuery, refusalsQuery, signedQuery } from './queries';

/** How the city stands, what moved, what ends, where it stalls: at a glance. */
export function LeaderHome() {
  return (
    <>
      <Pipeline />
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

export function AuditorHome() {
  return (
    <>
      <ChainState />
      <div className="home-half">
        <NewestReceipts />
        <Refusals />
      </div>
      <Pipeline />
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

function ChainState() {
  const { t } = useTranslation();
  const code = useCodeText();
  const query = useQuery(receiptsCheckQuery);
  const check = query.data;
  return (
    <>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={2} />}
      {check && (
        <section
          className={check.valid ? 'outcome outcome-active chain' : 'outcome outcome-broken chain'}
          aria-labelledby="chain-title"
        >
          <div>
            <h2 id="chain-title">{check.valid ? t('receipts.valid') : t('receipts.broken')}</h2>
            <p className="num">
              {check.firstBroken
                ? t('receipts.firstBroken', {
                    n: check.firstBroken.sequence,
                    reason: code('receiptBreak', check.firstBroken.reason),
                  })
                : t('home.chainChecked', { n: check.checked })}
            </p>
          </div>
          <p className="chain-ways">
            <Link to="/receipts">{t('nav.receipts')}</Link>
            <Link to="/audit">{t('nav.audit')}</Link>
          </p>
        </section>
      )}
    </>
  );
}

function NewestReceipts() {
  const { t } = useTranslation();
  const unit = useUnitName();
  const query = useQuery(newestClaimsQuery);
  return (
    <Panel title={t('home.newestReceipts')} extra={<Link to="/claims">{t('home.allClaims')}</Link>}>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={4} />}
      {query.data?.items.length === 0 && <Empty title={t('claims.empty')}>{t('claims.emptyHint')}</Empty>}
      <ul className="plain-list">
        {query.data?.items.map((claim) => (
          <li key={claim.id}>
            <div className="split">
              <Link to={`/claims/${claim.id}/receipt`}>
                {t('claims.number', { n: claim.sequence })} {claim.report?.name}
              </Link>
              <ClaimStatusTag status={claim.status} />
            </div>
            <p className="row-notes muted">
              <span>{unit(claim.jurisdiction)}</span>
              <When at={claim.receivedAt} precision="second" />
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Refusals() {
  const { t } = useTranslation();
  const code = useCodeText();
  const query = useQuery(refusalsQuery);
  return (
    <Panel title={t('home.refusals')} extra={<Link to="/audit?outcome=denied">{t('home.allRefusals')}</Link>}>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={4} />}
      {query.data?.length === 0 && <Empty title={t('home.noRefusals')}>{t('home.noRefusalsHint')}</Empty>}
      <ul className="plain-list">
        {query.data?.map((entry) => (
          <li key={entry.id}>
            <div className="split">
              <span>{code('auditAction', entry.action)}</span>
              <span className="muted">
                <When at={entry.at} precision="second" />
              </span>
            </div>
            <p className="row-notes muted">
              <span>{entry.actor.name ?? t('timeline.system')}</span>
              {entry.reason && <span>{entry.reason}</span>}
            </p>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
