import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import type { LeaderBatch, LeaderLink } from '@/api/types';
import { batchDifferenceQuery, batchQuery } from '@/shared/leaders/queries';
import { Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { When } from '@/shared/When';
import { BatchEditor } from './BatchEditor';

/** A new batch. */
export function NewBatchPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('leaders.draft')} lead={t('leaders.draftLead')} wide>
      <BatchEditor />
    </Page>
  );
}

/** A batch: what its draft would change, or what it changed when it was issued. */
export function BatchPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery(batchQuery(id));
  const batch = query.data;
  return (
    <Page
      title={batch?.number ? t('leaders.batchN', { n: batch.number }) : t('leaders.draft')}
      lead={batch?.number ? undefined : t('leaders.draftLead')}
      wide
    >
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {batch &&
        (batch.status === 'draft' ? <BatchEditor key={batch.version} batch={batch} /> : <Issued batch={batch} />)}
    </Page>
  );
}

function Issued({ batch }: { batch: LeaderBatch }) {
  const { t } = useTranslation();
  const query = useQuery(batchDifferenceQuery(batch.id));
  const difference = query.data;
  return (
    <>
      <p className="lead-text">
        {t('leaders.issuedBy', { by: batch.issuedBy?.name })} <When at={batch.issuedAt} />
      </p>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {difference && (
        <>
          <p className="num">
            {t('leaders.balance', {
              before: difference.before,
              added: difference.added.length,
              closed: difference.closedOut.length,
              after: difference.after,
            })}
          </p>
          <Links title={t('leaders.added')} links={difference.added} />
          <Panel title={t('leaders.replaced')}>
            {difference.replaced.length === 0 && <p className="muted">{t('common.none')}</p>}
            <ul className="plain-list">
              {difference.replaced.map(({ from, to }) => (
                <li key={to.id}>
                  <Link to={`/projects/${to.project.id}`}>{to.project.name}</Link>: {from.leader.name} →{' '}
                  {to.leader.name}
                </li>
              ))}
            </ul>
          </Panel>
          <Links title={t('leaders.closedOut')} links={difference.closedOut} withReason />
        </>
      )}
    </>
  );
}

function Links({ title, links, withReason }: { title: string; links: LeaderLink[]; withReason?: boolean }) {
  const { t } = useTranslation();
  return (
    <Panel title={title}>
      {links.length === 0 && <p className="muted">{t('common.none')}</p>}
      <ul className="plain-list">
        {links.map((link) => (
          <li key={link.id} className="split">
            <Link to={`/projects/${link.project.id}`}>{link.project.name}</Link>
            <span>
              {link.leader.name} <span className="tag">{t(`leaders.role.${link.role}`)}</span>{' '}
              {withReason && link.endReason && t(`leaders.end.${link.endReason}`)}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
