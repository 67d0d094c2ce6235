import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { LeaderLink, LinkStatus } from '@/api/types';
import { Amount } from '@/shared/Amount';
import { DataTable } from '@/shared/DataTable';
import { ExportMenu } from '@/shared/ExportMenu';
import { Filter } from '@/shared/Filter';
import { LinkNotes } from '@/shared/leaders/LinkNotes';
import { batchesQuery, leaderLinksQuery, linkSummaryQuery } from '@/shared/leaders/queries';
import { LinkButton } from '@/shared/LinkButton';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading, Page, Panel } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { leadersQuery, useCan } from '@/shared/queries';
import { useUnitName } from '@/shared/units';
import { useUrlState } from '@/shared/urlState';
import { Day, When } from '@/shared/When';

const KEYS = ['status', 'leader', 'contact'] as const;
const STATUSES: readonly LinkStatus[] = ['active', 'closed'];

/** Which leader is linked to which project, and the batches by which that changes. */
export function LeaderLinksPage() {
  const { t } = useTranslation();
  const unit = useUnitName();
  const can = useCan();
  const { values, change } = useUrlState(KEYS);
  const leaders = useQuery({ ...leadersQuery, enabled: can('read-leader-batches') });
  const filter = {
    status: STATUSES.find((status) => status === values.status),
    leaderId: values.leader,
    noContact: values.contact === 'none' ? true : undefined,
  };
  const query = useInfiniteQuery(leaderLinksQuery(filter));
  const links = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      title={t('leaders.title')}
      lead={t('leaders.lead')}
      wide
      actions={
        <>
          <ExportMenu
            name="leader-links"
            query={() =>
              new URLSearchParams({
                ...(filter.status && { status: filter.status }),
                ...(filter.leaderId && { leaderId: filter.leaderId }),
              })
            }
          />
          {can('draft-leader-batch') && (
            <LinkButton type="primary" to="/leader-links/batches/new">
              {t('leaders.draft')}
            </LinkButton>
          )}
        </>
      }
    >
      {can('read-leader-batches') && (
        <div className="home-half">
          <Summary />
          <Batches />
        </div>
      )}
      <div className="filters" role="search" aria-label={t('lists.filters')}>
        <Filter id="links-status" label={t('leaders.status')}>
          <Select
            id="links-status"
            allowClear
            value={values.status}
            placeholder={t('leaders.anyStatus')}
            onChange={(status: string | undefined) => change({ status })}
            options={STATUSES.map((status) => ({ value: status, label: t(`leaders.statuses.${status}`) }))}
          />
        </Filter>
        {can('read-leader-batches') && (
          <Filter id="links-leader" label={t('leaders.leader')}>
            <Select
              id="links-leader"
              allowClear
              value={values.leader}
              placeholder={t('leaders.anyLeader')}
              onChange={(leader: string | undefined) => change({ leader })}
              options={leaders.data?.map(({ id, name }) => ({ value: id, label: name }))}
            />
          </Filter>
        )}
        <Filter id="links-contact" label={t('leaders.contact')}>
          <Select
            id="links-contact"
            allowClear
            value={values.contact}
            placeholder={t('leaders.anyContact')}
            onChange={(contact: string | undefined) => change({ contact })}
            options={[{ value: 'none', label: t('leaders.noContact') }]}
          />
        </Filter>
      </div>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {query.data && links.length === 0 && <Empty title={t('leaders.empty')}>{t('leaders.emptyHint')}</Empty>}
      {links.length > 0 && (
        <DataTable<LeaderLink>
          caption={t('leaders.title')}
          rows={links}
          rowKey={(link) => link.id}
          busy={query.isPlaceholderData}
          columns={[
            {
              key: 'project',
              title: t('leaders.project'),
              heading: true,
              render: (link) => <Link to={`/projects/${link.project.id}`}>{link.project.name}</Link>,
            },
            { key: 'leader', title: t('leaders.leader'), render: (link) => link.leader.name },
            { key: 'unit', title: t('lights.unit'), render: (link) => unit(link.jurisdiction) },
            {
              key: 'amount',
              title: t('leaders.amount'),
              align: 'right',
              render: (link) => <Amount money={link.project.totalInvestment} digits={2} />,
            },
            { key: 'batch', title: t('leaders.batch'), align: 'right', render: (link) => link.batch },
            { key: 'since', title: t('leaders.since'), render: (link) => <Day date={link.since} /> },
            { key: 'notes', title: t('leaders.state'), render: (link) => <LinkNotes link={link} /> },
          ]}
        />
      )}
      <LoadMore {...query} />
    </Page>
  );
}

function Summary() {
  const { t } = useTranslation();
  const query = useQuery(linkSummaryQuery);
  const sum = query.data;
  return (
    <Panel title={t('leaders.summary')}>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={3} />}
      {sum && (
        <ul className="plain-list num">
          <li className="split">
            <span>{t('leaders.everLinked')}</span>
            <strong>{sum.everLinked}</strong>
          </li>
          <li className="split">
            <span>{t('leaders.landed')}</span>
            <strong>
              {sum.landed}
              {sum.landingRate && ` (${(Number(sum.landingRate) * 100).toFixed(2)} %)`}
            </strong>
          </li>
          <li className="split">
            <span>{t('leaders.statuses.active')}</span>
            <strong>{sum.active}</strong>
          </li>
          <li className="split">
            <span>{t('leaders.noContact')}</span>
            <strong>{sum.noContact}</strong>
          </li>
        </ul>
      )}
    </Panel>
  );
}

function Batches() {
  const { t } = useTranslation();
  const query = useInfiniteQuery(batchesQuery);
  const batches = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Panel title={t('leaders.batches')}>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={3} />}
      {query.data && batches.length === 0 && <Empty title={t('leaders.noBatches')} />}
      <ul className="plain-list">
        {batches.map((batch) => (
          <li key={batch.id} className="split">
            <Link to={`/leader-links/batches/${batch.id}`}>
              {batch.number
                ? t('leaders.batchN', { n: batch.number })
                : t('leaders.draftOf', { by: batch.draftedBy.name })}
            </Link>
            <span className="muted">
              {t('leaders.changes', {
                links: batch.links.length,
                replacements: batch.replacements.length,
                closeOuts: batch.closeOuts.length,
              })}{' '}
              <When at={batch.issuedAt ?? batch.draftedAt} precision="day" />
            </span>
          </li>
        ))}
      </ul>
      <LoadMore {...query} />
    </Panel>
  );
}
