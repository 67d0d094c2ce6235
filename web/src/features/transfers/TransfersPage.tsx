import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TransferStatus } from '@/api/types';
import { Filter } from '@/shared/Filter';
import { LinkButton } from '@/shared/LinkButton';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading, Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useCan, useMe } from '@/shared/queries';
import { TransferCard } from '@/shared/transfers/TransferCard';
import { transferQuery, transfersQuery } from '@/shared/transfers/queries';
import { useUrlState } from '@/shared/urlState';

const STATUSES: readonly TransferStatus[] = [
  'proposed',
  'accepted',
  'approved',
  'declined',
  'rejected',
  'cancelled',
  'lapsed',
];
const KEYS = ['direction', 'status', 'transfer'] as const;

/** What comes in and goes out: a unit's own; the centre's, all. */
export function TransfersPage() {
  const { t } = useTranslation();
  const unit = useMe()?.jurisdiction;
  const officer = useMe()?.role === 'officer';
  const can = useCan();
  const { values, change } = useUrlState(KEYS);
  const direction = values.direction === 'in' || values.direction === 'out' ? values.direction : undefined;
  const query = useInfiniteQuery(
    transfersQuery({ status: STATUSES.find((status) => status === values.status), direction }),
  );
  const one = useQuery({ ...transferQuery(values.transfer ?? ''), enabled: values.transfer !== undefined });
  const transfers = (query.data?.pages.flatMap((page) => page.items) ?? []).filter(
    (transfer) => transfer.id !== one.data?.id,
  );
  return (
    <Page
      title={t('transfers.title')}
      lead={officer && unit ? t('transfers.leadUnit') : t('transfers.lead')}
      actions={can('read-market') ? <LinkButton to="/transfers/market">{t('market.title')}</LinkButton> : undefined}
    >
      <div className="filters" role="search" aria-label={t('lists.filters')}>
        {officer && (
          <Segmented
            aria-label={t('transfers.direction')}
            value={direction ?? 'all'}
            onChange={(next) => change({ direction: next === 'all' ? undefined : next })}
            options={[
              { value: 'all', label: t('transfers.all') },
              { value: 'in', label: t('transfers.in') },
              { value: 'out', label: t('transfers.out') },
            ]}
          />
        )}
        <Filter id="transfers-status" label={t('transfers.status')}>
          <Select
            id="transfers-status"
            allowClear
            value={values.status}
            placeholder={t('transfers.allStatuses')}
            onChange={(status: string | undefined) => change({ status })}
            options={STATUSES.map((status) => ({ value: status, label: t(`transferStatus.${status}`) }))}
          />
        </Filter>
      </div>
      <ProblemAlert error={query.error ?? one.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {one.data && <TransferCard transfer={one.data} chosen />}
      {query.data && transfers.length === 0 && !one.data && (
        <Empty title={t('transfers.empty')}>{t('transfers.emptyHint')}</Empty>
      )}
      {transfers.map((transfer) => (
        <TransferCard key={transfer.id} transfer={transfer} />
      ))}
      <LoadMore {...query} />
    </Page>
  );
}
