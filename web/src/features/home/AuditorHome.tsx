import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCodeText } from '@/shared/i18n';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { ClaimStatusTag } from '@/shared/tags';
import { useUnitName } from '@/shared/units';
import { When } from '@/shared/When';
import { Pipeline } from './Pipeline';
import { Empty, Loading, Panel } from '@/shared/Page';
import { EndingClaims, MovedThisMonth } from './Panels';
import { newestClaimsQuery, receiptsCheckQuery, refusalsQuery } from './queries';

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
