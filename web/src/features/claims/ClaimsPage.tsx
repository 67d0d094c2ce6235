import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Claim, ClaimStatus } from '@/api/types';
import { Countdown } from '@/shared/Countdown';
import { DataTable, type Column } from '@/shared/DataTable';
import { DateInput } from '@/shared/DateInput';
import { endOfDay } from '@/shared/dates';
import { JurisdictionSelect } from '@/shared/JurisdictionSelect';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading, Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useMe } from '@/shared/queries';
import { ClaimStatusTag } from '@/shared/tags';
import { useUnitName } from '@/shared/units';
import { useUrlState } from '@/shared/urlState';
import { When } from '@/shared/When';
import { claimsQuery } from './queries';

const KEYS = ['status', 'jurisdiction', 'before'] as const;
const STATUSES: readonly ClaimStatus[] = [
  'active',
  'queued',
  'under-review',
  'converted',
  'expired',
  'released',
  'revoked',
  'transferred',
  'withdrawn',
  'rejected',
];

export function ClaimsPage() {
  const { t } = useTranslation();
  const unit = useUnitName();
  const me = useMe();
  const { values, change, clear } = useUrlState(KEYS);
  const before = values.before && /^\d{4}-\d{2}-\d{2}$/.test(values.before) ? values.before : undefined;
  const query = useInfiniteQuery(
    claimsQuery({
      status: STATUSES.find((status) => status === values.status),
      jurisdictionId: values.jurisdiction,
      expiresBefore: before ? endOfDay(before) : undefined,
    }),
  );
  const claims = query.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Boolean(values.status || values.jurisdiction || before);

  const columns: Column<Claim>[] = [
    {
      key: 'claim',
      title: t('claims.claim'),
      heading: true,
      render: (claim) => (
        <span className="name-cell">
          <Link to={`/claims/${claim.id}`}>{claim.report?.name ?? t('claims.number', { n: claim.sequence })}</Link>
          <small className="num">{t('claims.number', { n: claim.sequence })}</small>
        </span>
      ),
    },
    {
      key: 'status',
      title: t('claims.status'),
      render: (claim) => (
        <span>
          <ClaimStatusTag status={claim.status} />
          {claim.queuePosition ? <span className="num"> {t('claims.place', { n: claim.queuePosition })}</span> : null}
        </span>
      ),
    },
    { key: 'jurisdiction', title: t('project.jurisdiction'), render: (claim) => unit(claim.jurisdiction) },
    {
      key: 'received',
      title: t('receipt.receivedAt'),
      align: 'right',
      render: (claim) => <When at={claim.receivedAt} />,
    },
    {
      key: 'expires',
      title: t('claims.expires'),
      align: 'right',
      render: (claim) =>
        claim.status === 'active' && claim.expiresAt ? (
          <span className="expiry">
            <Countdown until={claim.expiresAt} onOver={() => void query.refetch()} />
            <small>
              <When at={claim.expiresAt} />
            </small>
          </span>
        ) : (
          <When at={claim.endedAt} />
        ),
    },
  ];

  return (
    <Page title={t('claims.title')} lead={t('claims.lead')} wide>
      <div className="filters" role="search" aria-label={t('lists.filters')}>
        <div className="filter">
          <label htmlFor="claims-status">{t('claims.status')}</label>
          <Select
            id="claims-status"
            allowClear
            value={values.status}
            placeholder={t('claims.allStatuses')}
            onChange={(status: string | undefined) => change({ status })}
            options={STATUSES.map((status) => ({ value: status, label: t(`claimStatus.${status}`) }))}
          />
        </div>
        {me && me.role !== 'officer' && (
          <div className="filter">
            <label htmlFor="claims-jurisdiction">{t('project.jurisdiction')}</label>
            <JurisdictionSelect
              id="claims-jurisdiction"
              value={values.jurisdiction}
              onChange={(jurisdiction) => change({ jurisdiction })}
              placeholder={t('lists.allJurisdictions')}
            />
          </div>
        )}
        <div className="filter">
          <label htmlFor="claims-before">{t('claims.expiresBefore')}</label>
          <DateInput id="claims-before" value={before} onChange={(date) => change({ before: date })} />
        </div>
        {filtered && (
          <Button className="filters-clear" onClick={clear}>
            {t('lists.clear')}
          </Button>
        )}
      </div>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={8} />}
      {query.data && claims.length === 0 && (
        <Empty title={t('claims.empty')}>
          {filtered ? <Button onClick={clear}>{t('lists.clear')}</Button> : t('claims.emptyHint')}
        </Empty>
      )}
      {claims.length > 0 && (
        <DataTable
          caption={t('claims.title')}
          columns={columns}
          rows={claims}
          rowKey={(claim) => claim.id}
          busy={query.isPlaceholderData}
        />
      )}
      <LoadMore {...query} />
    </Page>
  );
}
