import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { DisputeStatus } from '@/api/types';
import { Filter } from '@/shared/Filter';
import { LoadMore } from '@/shared/LoadMore';
import { Empty, Loading, Page } from '@/shared/Page';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useUrlState } from '@/shared/urlState';
import { DisputeTable } from '@/shared/disputes/DisputeTable';
import { disputesQuery } from '@/shared/disputes/queries';

const STATUSES: readonly DisputeStatus[] = [
  'awaiting-answer',
  'awaiting-decision',
  'decided',
  'appealed',
  'final',
  'withdrawn',
];

export function DisputesPage() {
  const { t } = useTranslation();
  const { values, change, clear } = useUrlState(['status'] as const);
  const query = useInfiniteQuery(disputesQuery({ status: STATUSES.find((status) => status === values.status) }));
  const disputes = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page title={t('disputes.title')} lead={t('disputes.lead')} wide>
      <div className="filters" role="search" aria-label={t('lists.filters')}>
        <Filter id="disputes-status" label={t('disputes.status')}>
          <Select
            id="disputes-status"
            allowClear
            value={values.status}
            placeholder={t('disputes.allStatuses')}
            onChange={(status: string | undefined) => change({ status })}
            options={STATUSES.map((status) => ({ value: status, label: t(`disputeStatus.${status}`) }))}
          />
        </Filter>
      </div>
      <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />
      {query.isPending && <Loading rows={6} />}
      {query.data && disputes.length === 0 && (
        <Empty title={t('disputes.empty')}>
          {values.status ? <Button onClick={clear}>{t('lists.clear')}</Button> : t('disputes.emptyHint')}
        </Empty>
      )}
      {disputes.length > 0 && <DisputeTable disputes={disputes} busy={query.isPlaceholderData} />}
      <LoadMore {...query} />
    </Page>
  );
}
